/** Sentences of an item: the conditions in them, what the sentence does with each, and the codes outside of them. */
import { spanOf, pieceOf } from './tokens.ts';
import { conditionAt, noteAt } from './conditions.ts';
import type { PlainText } from './plain.ts';
import type { Reading } from './predicate.ts';
import type { Clause, Condition, LooseCode, Note, Piece, Reference } from './types.ts';
import type { Unit } from './units.ts';

export interface Sentences {
  readonly clauses: readonly Clause[];
  readonly codes: readonly LooseCode[];
  /** Subjects of conditions that are plain words. */
  readonly subjects: readonly Reference[];
}

export function readSentences(plain: PlainText, units: readonly Unit[]): Sentences {
  const out: Out = { clauses: [], codes: [], subjects: [] };
  let start = 0;
  for (let i = 0; i <= units.length; i++) {
    if (i < units.length && !endsSentence(units, i)) continue;
    readSentence({ plain, units: units.slice(start, i) }, out);
    start = i + 1;
  }
  return out;
}

interface Out {
  readonly clauses: Clause[];
  readonly codes: LooseCode[];
  readonly subjects: Reference[];
}

/** A dot before blank space or behind a literal; a semicolon. */
function endsSentence(units: readonly Unit[], i: number): boolean {
  const unit = units[i];
  if (unit?.kind !== 'sign') return false;
  if (unit.key === ';') return true;
  if (unit.key !== '.') return false;
  const next = units[i + 1];
  return next === undefined || next.gap || units[i - 1]?.literal !== undefined || units[i - 1]?.kind === 'reference';
}

function readSentence(it: Reading, out: Out): void {
  const { units, plain } = it;
  const [first] = units;
  const last = units.at(-1);
  if (first === undefined || last === undefined) return;
  const sentence = spanOf(plain, first.start, last.end);
  const references = units.flatMap((unit) => unit.reference ?? []);
  let effect: Pick<Clause, 'effect' | 'effectSpan'> = { effect: undefined, effectSpan: undefined };
  let defining = false;
  // "then TalkTime is set to 0": what is said there is a result, unless the sentence speaks of rows again.
  let resulting = false;
  for (let i = 0; i < units.length; ) {
    const unit = units[i];
    if (unit === undefined) break;
    const said = effectOf(plain, unit);
    effect = said ?? effect;
    resulting = said === undefined && (resulting || results.has(unit.key));
    defining ||= definers.has(unit.key);
    const read = unit.literal === undefined ? conditionAt(it, i) : undefined;
    if (read === undefined) {
      const code = codeOf(plain, unit, references);
      if (code !== undefined) out.codes.push(code);
      i++;
      continue;
    }
    if (resulting || units[read.next]?.key === 'if') {
      // "IsAgentSession is set to true if ...": what is told is the condition behind.
      defining ||= !resulting;
      i = read.next;
      continue;
    }
    const isCase = !defining && (units[i - 1]?.key === 'if' || (units[i - 1]?.key === 'when' && units[i - 2]?.key === 'case') || units[read.next]?.key === '?');
    const role = defining ? 'definition' : isCase ? 'case' : 'filter';
    out.clauses.push({
      condition: read.condition, span: read.condition.span, ...effect, role,
      defines: role === 'definition' ? definedBy(plain, units, i) : undefined,
      lead: pieceOf(plain, first.start, units[i - 1]?.end ?? first.start),
      notes: notesIn(it, read.condition, i, read.next),
      sentence,
    });
    out.subjects.push(...subjectsOf(read.condition).filter((subject) => subject.form === 'word'));
    i = Math.max(read.next, i + 1);
  }
}

const results: ReadonlySet<string> = new Set(['then', 'else', 'otherwise']);
const definers: ReadonlySet<string> = new Set([':=', 'obtained', 'occurs', 'calculated', 'defined', 'derived', 'determined', 'means', 'based']);

/** A word that says whether rows are kept: "exclude rows where", "include only". */
function effectOf(plain: PlainText, unit: Unit): Pick<Clause, 'effect' | 'effectSpan'> | undefined {
  if (unit.kind !== 'word') return undefined;
  const effect = drops.test(unit.key) ? 'drop' : keeps.test(unit.key) ? 'keep' : undefined;
  return effect === undefined ? undefined : { effect, effectSpan: spanOf(plain, unit.start, unit.end) };
}

const drops = /^(?:exclud(?:e|es|ed|ing)|except|ignor(?:e|es|ed|ing)|omit(?:s|ted)?|remov(?:e|es|ed|ing)|drop(?:s|ped)?|without)$/;
/** "Exclude sessions using x != 1": what follows "using" is the filter itself, so its rows are kept. */
const keeps = /^(?:includ(?:e|es|ed|ing)|only|keep(?:s|ing)?|ensure|using)$/;

/** The name before `:=`, or the word with which the sentence of a definition begins when it is a name by its looks. */
function definedBy(plain: PlainText, units: readonly Unit[], at: number): Piece | undefined {
  const [first] = units;
  if (first === undefined) return undefined;
  const assign = units.findIndex((it, i) => i < at && it.key === ':=');
  if (assign > 0) {
    const last = units[assign - 1];
    if (last === undefined) return undefined;
    return isCamel(plain, last) ? pieceOf(plain, last.start, last.end) : pieceOf(plain, first.start, last.end);
  }
  return first.kind === 'word' && isCamel(plain, first) ? pieceOf(plain, first.start, first.end) : undefined;
}

/** `IsAgentSession`, `FactSession`: a capital behind a small letter. */
export const isCamel = (plain: PlainText, it: { readonly start: number; readonly end: number }): boolean => /[a-z][A-Z]/.test(plain.text.slice(it.start, it.end));

/** Remarks in brackets behind the condition, or behind a part of it. */
function notesIn(it: Reading, condition: Condition, from: number, to: number): readonly Note[] {
  const parts = leavesOf(condition);
  const notes: Note[] = [];
  for (let i = from; i <= to; i++) {
    const note = noteAt(it, i);
    if (note === undefined) continue;
    const open = spanOf(it.plain, note.start, note.end);
    const part = parts.filter((leaf) => leaf.kind !== 'prose' && leaf.span.end <= open.start).at(-1);
    if (part !== undefined) notes.push({ text: it.plain.text.slice(note.start, note.end), span: open, condition: part });
    i = note.next - 1;
  }
  return notes;
}

function leavesOf(condition: Condition): readonly Condition[] {
  if (condition.kind === 'and' || condition.kind === 'or') return condition.parts.flatMap(leavesOf);
  return condition.kind === 'not' ? leavesOf(condition.part) : [condition];
}

const subjectsOf = (condition: Condition): readonly Reference[] => leavesOf(condition).flatMap((it) => ('subject' in it ? it.subject : []));

/** Five or more digits, or a number in quotes. */
function codeOf(plain: PlainText, unit: Unit, references: readonly Reference[]): LooseCode | undefined {
  const { literal } = unit;
  if (literal === undefined || literal.kind === 'boolean') return undefined;
  const digits = /^\d+$/.test(literal.text.trim());
  if (!digits || (literal.kind === 'number' && literal.text.length < 5)) return undefined;
  return { ...pieceOf(plain, unit.start, unit.end), literal, reference: references.length === 1 ? references[0] : undefined };
}
