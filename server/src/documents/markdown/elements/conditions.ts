/** Conditions of a sentence: what is said of names, joined by "and", "or", "not" and brackets. */
import { pieceOf, spanOf } from './tokens.ts';
import { predicateAt, type Read, type Reading } from './predicate.ts';
import type { Condition, Reference } from './types.ts';
import { isIdentifier, wordReference, type Unit } from './units.ts';

const maximumDepth = 8;
/** Units that prose beside a condition is told to have at most. */
const maximumProse = 100;

/** Words that are never what a condition is about. */
const noSubject: ReadonlySet<string> = new Set([
  'and', 'or', 'not', 'is', 'are', 'if', 'when', 'then', 'else', 'otherwise', 'where', 'which', 'that', 'this', 'it', 'its', 'there', 'these', 'those', 'with',
  'rows', 'row', 'records', 'record', 'table', 'filter', 'filters', 'value', 'values', 'set', 'to', 'in', 'of', 'only', 'exclude', 'include', 'null', 'true',
  'false', 'by', 'from', 'for', 'as', 'a', 'an', 'the', 'all', 'any', 'each', 'both', 'one', 'between', 'conditions', 'session', 'sessions', 'conversation',
  'conversations', 'event', 'events', 'result', 'default', 'column', 'cell', 'code', 'codes',
]);

/** The condition that begins at a unit, with all that is joined to it. */
export const conditionAt = (it: Reading, at: number): Read | undefined => disjunction(it, at, 0);

/** What a condition may be about: any reference, or a plain word that may name a column. */
export function subjectAt(it: Reading, at: number): Reference | undefined {
  const unit = it.units[at];
  if (unit?.reference !== undefined) return unit.reference;
  if (unit?.kind !== 'word' || noSubject.has(unit.key) || !isIdentifier(it.plain, unit)) return undefined;
  return wordReference(it.plain, unit);
}

function disjunction(it: Reading, at: number, depth: number): Read | undefined {
  const first = conjunction(it, at, depth);
  if (first === undefined) return undefined;
  const parts: Condition[] = [first.condition];
  let { next } = first;
  for (;;) {
    const joint = behindNote(it, next);
    if (!isWord(it.units[joint], 'or', '||')) break;
    const more = conjunction(it, behindFillers(it, joint + 1), depth);
    if (more === undefined) {
      // What else may hold is not known: the alternative is kept as prose up to the end of the sentence or bracket.
      parts.push({ kind: 'prose', ...pieceOf(it.plain, it.units[joint + 1]?.start ?? it.units[joint]?.end ?? 0, endOfProse(it, joint + 1)) });
      break;
    }
    parts.push(more.condition);
    next = more.next;
  }
  return joined('or', parts, next);
}

function conjunction(it: Reading, at: number, depth: number): Read | undefined {
  const first = primary(it, at, depth);
  if (first === undefined) return undefined;
  const parts: Condition[] = [first.condition];
  let { next } = first;
  for (;;) {
    const joint = behindNote(it, next);
    if (!isWord(it.units[joint], 'and', '&&')) break;
    const more = primary(it, behindFillers(it, joint + 1), depth);
    if (more === undefined) break;
    parts.push(more.condition);
    next = more.next;
  }
  return joined('and', parts, next);
}

function joined(kind: 'and' | 'or', parts: readonly Condition[], next: number): Read | undefined {
  const [first] = parts;
  const last = parts.at(-1);
  if (first === undefined || last === undefined) return undefined;
  return { condition: parts.length === 1 ? first : { kind, parts, span: { start: first.span.start, end: last.span.end } }, next };
}

function primary(it: Reading, at: number, depth: number): Read | undefined {
  const unit = it.units[at];
  if (unit === undefined) return undefined;
  if (unit.key === '(') {
    const inner = depth < maximumDepth ? disjunction(it, at + 1, depth + 1) : undefined;
    const close = inner === undefined ? undefined : behindNote(it, inner.next);
    if (inner === undefined || close === undefined || it.units[close]?.key !== ')') return undefined;
    return { condition: inner.condition, next: close + 1 };
  }
  if (isWord(unit, 'not', '!')) {
    const inner = depth < maximumDepth ? primary(it, at + 1, depth + 1) : undefined;
    return inner === undefined ? undefined : {
      condition: { kind: 'not', part: inner.condition, span: { start: spanOf(it.plain, unit.start, unit.end).start, end: inner.condition.span.end } },
      next: inner.next,
    };
  }
  return shared(it, at) ?? single(it, at);
}

function single(it: Reading, at: number): Read | undefined {
  const subject = subjectAt(it, at);
  const unit = it.units[at];
  return subject === undefined || unit === undefined ? undefined : predicateAt(it, subject, unit.start, at + 1);
}

/** "if a and b are null": two names with one predicate, only where nothing before the first can claim it. */
function shared(it: Reading, at: number): Read | undefined {
  const [first, joint, second] = [it.units[at], it.units[at + 1], it.units[at + 2]];
  if (first?.reference === undefined || second?.reference === undefined || !isWord(joint, 'and', 'or')) return undefined;
  const before = it.units[at - 1];
  if (before !== undefined && !['if', 'when', 'where', 'both', 'that', 'either', '('].includes(before.key)) return undefined;
  const one = predicateAt(it, first.reference, first.start, at + 3);
  const other = predicateAt(it, second.reference, second.start, at + 3);
  if (one === undefined || other === undefined) return undefined;
  const kind = joint?.key === 'or' ? 'or' : 'and';
  return { condition: { kind, parts: [one.condition, other.condition], span: one.condition.span }, next: one.next };
}

const isWord = (unit: Unit | undefined, ...keys: readonly string[]): boolean => unit !== undefined && unit.literal === undefined && keys.includes(unit.key);

const behindFillers = (it: Reading, at: number): number => (isWord(it.units[at], 'that', 'where', 'if', 'when', 'also', 'both', 'only') ? at + 1 : at);

/** Behind a remark in round brackets without conditions: "(Entity Records)". */
export function behindNote(it: Reading, at: number): number {
  return noteAt(it, at)?.next ?? at;
}

/** A remark in round brackets, at most twenty units long. */
export function noteAt(it: Reading, at: number): { readonly start: number; readonly end: number; readonly next: number } | undefined {
  const open = it.units[at];
  if (open?.key !== '(' || open.kind !== 'sign') return undefined;
  for (let i = at + 1; i <= at + 20; i++) {
    const unit = it.units[i];
    if (unit === undefined || unit.key === '(') return undefined;
    if (unit.key === ')') return i === at + 1 ? undefined : { start: open.end, end: unit.start, next: i + 1 };
  }
  return undefined;
}

function endOfProse(it: Reading, from: number): number {
  let depth = 0;
  let at = from;
  for (; at < Math.min(it.units.length, from + maximumProse); at++) {
    const key = it.units[at]?.key;
    if (key === '(') depth++;
    else if (key === ')' && depth-- === 0) break;
  }
  return it.units[at - 1]?.end ?? 0;
}
