/** One case: a model and a question, answered by the product and by the naive evaluator. */
import { evaluate, Invalid, TooLong, type ResultTable, type Verdict } from './evaluate.ts';
import { ask, askTogether, type Answer } from './product.ts';
import type { SmallModel } from './smallModel.ts';
import { metricsText, queryText, scalarText, tableText, type Question } from './tree.ts';
import { keyOf, near, numberOf, shown, type Doubt, type Val } from './values.ts';

export interface Case {
  readonly model: SmallModel;
  readonly question: Question;
}

export type Outcome =
  | { readonly kind: 'same'; readonly rows: number; readonly scans: number; readonly waves: number }
  | { readonly kind: 'different'; readonly answer: Answer; readonly verdict: Verdict; readonly why: string }
  /** The product does not evaluate something, and says why. */
  | { readonly kind: 'refused'; readonly why: string }
  /** The definitions leave open what the answer is, or the case is too large for the naive evaluator. */
  | { readonly kind: 'left out'; readonly why: string };

export async function check({ model, question }: Case): Promise<Outcome> {
  let verdict: Verdict;
  try {
    verdict = evaluate(model, question.measures, question.query);
  } catch (error) {
    if (error instanceof Invalid) return { kind: 'left out', why: `invalid: ${error.message}` };
    if (error instanceof TooLong) return { kind: 'left out', why: 'too long' };
    throw error;
  }
  if (verdict.doubt.fragile) return { kind: 'left out', why: 'fragile' };
  return outcomeOf(await ask(model, question), verdict);
}

/** Questions over one model, asked one by one and then all in one job; the outcomes of the job. */
export async function checkTogether(model: SmallModel, questions: readonly Question[]): Promise<readonly Outcome[]> {
  const verdicts = questions.flatMap((question) => {
    try {
      const verdict = evaluate(model, question.measures, question.query);
      return verdict.doubt.fragile ? [] : [{ question, verdict }];
    } catch (error) {
      if (error instanceof Invalid || error instanceof TooLong) return [];
      throw error;
    }
  });
  const answers = await askTogether(model, verdicts.map((it) => it.question));
  return verdicts.map(({ verdict }, i) => outcomeOf(answers[i] ?? { kind: 'fault', what: 'no answer' }, verdict));
}

function outcomeOf(answer: Answer, verdict: Verdict): Outcome {
  if (answer.kind === 'refused') return { kind: 'refused', why: JSON.stringify(answer.reason) };
  const why = answer.kind === 'fault' ? answer.what : differenceOf(answer.table, verdict);
  if (why !== undefined) return { kind: 'different', answer, verdict, why };
  const stats = answer.kind === 'table' ? answer.stats : { scans: 0, waves: 0 };
  return { kind: 'same', rows: verdict.table.rows.length, scans: stats.scans, waves: stats.waves };
}

/** What differs, in a word; rows in any order. */
function differenceOf(found: ResultTable, { table, doubt }: Verdict): string | undefined {
  if (found.names.length !== table.names.length) return `${String(found.names.length)} columns instead of ${String(table.names.length)}`;
  const name = table.names.findIndex((it, i) => it !== undefined && unquoted(found.names[i]) !== it);
  if (name >= 0) return `a column is called ${String(found.names[name])} instead of ${String(table.names[name])}`;
  if (found.rows.length !== table.rows.length) return `${String(found.rows.length)} rows instead of ${String(table.rows.length)}`;
  const left = [...found.rows];
  for (const row of table.rows) {
    const at = left.findIndex((it) => it.every((cell, i) => equal(cell, row[i] ?? null, doubt)));
    if (at < 0) return 'other values';
    left.splice(at, 1);
  }
  return undefined;
}

/** `T[c]` of `'T'[c]`, brackets and quotes as they are. */
const unquoted = (name: string | undefined): string | undefined => name?.replace(/^(.*?)\[(.*)\]$/s, (_, table: string, column: string) =>
  `${table.replace(/^'(.*)'$/s, '$1').replaceAll("''", "'")}[${column.replaceAll(']]', ']')}]`);

function equal(a: Val, b: Val, doubt: Doubt): boolean {
  if (a === null || b === null) return a === b;
  if (a.t === 'text' || a.t === 'bool' || b.t === 'text' || b.t === 'bool') return keyOf(a) === keyOf(b);
  if ((a.t === 'date') !== (b.t === 'date') && !doubt.days) return false;
  const x = numberOf(a);
  const y = numberOf(b);
  return Object.is(x, y) || x === y || near(x, y, doubt);
}

/** A case as text: model, metrics, query and both answers. */
export function report({ model, question }: Case, outcome: Outcome): string {
  const rows = (it: ResultTable): string => [it.names.join(', '), ...it.rows.map((row) => row.map(shown).join(', ')).sort()].map((line) => `    ${line}`).join('\n');
  const tables = model.tables.map((it) => `${it.name}: ${it.columns.map((column) => `${column.name} ${column.type}`).join(', ')}\n${it.rows.map((row) => `    ${row.map(shown).join(', ')}`).join('\n')}`);
  const lines = [...tables, ...model.relationships.map((it) => `${it.from.table}[${it.from.column}] -> ${it.to.table}[${it.to.column}]${it.inactive === true ? ' inactive' : ''}`), ...model.calculated.map((it) => (it.k === 'calculatedTable' ? `${it.name} = ${tableText(it.query)} -> ${it.to.map((to) => to.table).join(', ')}` : `${it.table}[${it.name}] = ${scalarText(it.expression)}`)), metricsText(question.measures), queryText(question.query), outcome.kind];
  if (outcome.kind === 'different') {
    lines.push(outcome.why, `  definitions:\n${rows(outcome.verdict.table)}`);
    if (outcome.answer.kind === 'table') lines.push(`  product:\n${rows(outcome.answer.table)}`);
  } else if ('why' in outcome) lines.push(outcome.why);
  return lines.join('\n');
}
