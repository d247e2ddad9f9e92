// What becomes of the expressions of a corpus: parsed with every token given back, bound in a model rebuilt from them.
import { parseExpression, parseFile, tokenizeExpression } from '../../grammar/src/index.ts';
import { lineIndex, positionAt } from '../../server/src/base/spans.ts';
import { checkModel, modelPath, type CorpusEntry } from '../reference/rebuild.ts';
import { partedExpression, partedSegment, type Parted } from './roundTrip.ts';

/** `no DAX`: an engine would not accept it either, and `why` says so; it counts as read, not as bound. */
export type Verdict = 'bound' | 'not bound' | 'not parsed' | 'no DAX';

export interface Outcome {
  readonly entry: CorpusEntry;
  readonly verdict: Verdict;
  /** Each with its place in the expression. */
  readonly faults: readonly Fault[];
  /** Why no engine would accept it. */
  readonly why: string | undefined;
}

export interface Fault {
  readonly at: number;
  readonly rule: string;
  readonly message: string;
}

/** Faults that tell text in another notation than the one in which DAX is stored. */
const notations = new Map([
  ['local-separators', 'semicolons between arguments or decimal commas, as an editor may show them; stored DAX has commas and points'],
]);

export function runCorpus(corpus: readonly CorpusEntry[]): readonly Outcome[] {
  const files = new Map(corpus.map((it) => [asFile(it), it] as const));
  return [...grouped([...files.keys()], modelPath).values()].flatMap(checkModel).map(({ entry: read, findings }): Outcome => {
    const { codes, lost } = partedOf(read);
    const entry = files.get(read) ?? read;
    const moved = read.expression.length - entry.expression.length;
    const errors = findings.filter((it) => it.severity === 'error').map((it): Fault => ({ at: Math.max(0, it.span.start - moved), rule: it.rule, message: it.message }));
    const faults = lost === undefined ? errors : [...errors, { ...lost, at: lost.at - moved }];
    const notation = errors.length > 0 && errors.every((it) => it.rule === errors[0]?.rule) ? notations.get(errors[0]?.rule ?? '') : undefined;
    const isParsed = codes.length === 0 && lost === undefined;
    const verdict = notation !== undefined ? 'no DAX' : !isParsed ? 'not parsed' : errors.length > 0 ? 'not bound' : 'bound';
    return { entry, verdict, faults, why: notation };
  });
}

/** Queries, and functions as a model stores them, `(parameters) => expression`, are read as a file that defines them. */
function asFile(entry: CorpusEntry): CorpusEntry {
  if (entry.kind === 'daxFile') return { ...entry };
  const text = entry.expression;
  const tokens = tokenizeExpression(text).filter(({ kind }) => kind !== 'comment' && kind !== 'doc');
  const isQuery = /^(?:DEFINE|EVALUATE)$/i.test(tokens[0]?.text ?? '');
  const close = tokens.findIndex(({ text: sign }) => sign === ')');
  if (isQuery) return { ...entry, kind: 'daxFile' };
  const isFunction = tokens[0]?.text === '(' && tokens.some(({ text: sign }, i) => sign === '=>' && i > close);
  return isFunction ? { ...entry, kind: 'daxFile', expression: `FUNCTION '${entry.object.replaceAll("'", "''")}' = ${text}` } : { ...entry };
}

function grouped<T>(all: readonly T[], keyOf: (it: T) => string): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>();
  for (const it of all) {
    const same = groups.get(keyOf(it));
    if (same === undefined) groups.set(keyOf(it), [it]);
    else same.push(it);
  }
  return groups;
}

/** The problems of an expression by code, and the first token that its tree does not give back. */
function partedOf({ kind, expression: text }: CorpusEntry): { readonly codes: readonly string[]; readonly lost: Fault | undefined } {
  if (kind === 'daxFile') {
    const { segments } = parseFile(text);
    const codes = segments.flatMap((it) => it.problems.map((problem) => problem.code));
    const lost = segments.filter((it) => it.problems.length === 0).map((it) => faultOf(partedSegment(it), it.start)).find((it) => it !== undefined);
    return { codes, lost };
  }
  const { expression, problems } = parseExpression(text);
  return { codes: problems.map((it) => it.code), lost: problems.length > 0 ? undefined : faultOf(partedExpression(text, expression), 0) };
}

function faultOf(parted: Parted | undefined, start: number): Fault | undefined {
  if (parted === undefined) return undefined;
  const { at, written = 'nothing', printed = 'nothing' } = parted;
  return { at: start + at, rule: 'token', message: `The tree does not give back ${written}, but ${printed}.` };
}

/** The outcomes by file, every error with its place, and the sums. */
export function report(outcomes: readonly Outcome[]): string {
  const files = grouped(outcomes, ({ entry }) => `${entry.repo}/${entry.file}`);
  const counted = [...files].map(([file, own]) => `${file}: ${sums(own)}`);
  const faulty = outcomes.filter((it) => it.verdict === 'not parsed' || it.verdict === 'not bound');
  const unaccepted = outcomes.filter((it) => it.verdict === 'no DAX');
  return [
    ...counted,
    ...(faulty.length === 0 ? [] : ['', 'Errors:', ...faulty.flatMap(shown)]),
    ...(unaccepted.length === 0 ? [] : ['', 'What no DAX engine would accept:', ...unaccepted.flatMap((it) => [...shown(it), `    ${it.why ?? ''}`])]),
    '', `${String(outcomes.length)} expressions of ${String(files.size)} files: ${sums(outcomes)}`,
  ].join('\n');
}

function sums(outcomes: readonly Outcome[]): string {
  const count = (...verdicts: readonly Verdict[]): number => outcomes.filter((it) => verdicts.includes(it.verdict)).length;
  const no = count('no DAX');
  return `${String(count('bound', 'not bound'))} of ${String(outcomes.length)} parsed, ${String(count('bound'))} bound${no === 0 ? '' : `, ${String(no)} no DAX`}`;
}

function shown({ entry: { repo, file, table, object, expression }, faults }: Outcome): readonly string[] {
  const lines = lineIndex(expression);
  return faults.map(({ at, rule, message }) => {
    const { line, column } = positionAt(lines, at);
    const text = expression.split(/\r\n|\r|\n/)[line] ?? '';
    return `  ${repo}/${file} ${table ?? ''}[${object}] ${String(line + 1)}:${String(column + 1)} ${rule}: ${message}\n    ${text.trim().slice(0, 160)}`;
  });
}
