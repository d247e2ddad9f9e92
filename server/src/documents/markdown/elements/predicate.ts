/**
 * What a text says of a name: `= 1`, `isn't set to '1'`, `between 1 to 7`, `IN (1, 2)`, `is not null`.
 *
 * Signs and words are read alike. What does not lead to a literal says nothing here: no value is ever guessed.
 */
import { spanOf } from './tokens.ts';
import type { PlainText } from './plain.ts';
import type { Condition, Literal, Operator, Reference } from './types.ts';
import type { Unit } from './units.ts';

export interface Reading {
  readonly plain: PlainText;
  readonly units: readonly Unit[];
}

export interface Read {
  readonly condition: Condition;
  /** Index of the unit behind it. */
  readonly next: number;
}

const signs: ReadonlyMap<string, Operator> = new Map([
  ['=', '='], ['==', '='], ['!=', '<>'], ['!==', '<>'], ['<>', '<>'], ['≠', '<>'], ['<', '<'], ['>', '>'],
  ['<=', '<='], ['=<', '<='], ['≤', '<='], ['>=', '>='], ['=>', '>='], ['≥', '>='],
]);
const nothings: ReadonlySet<string> = new Set(['null', 'blank', 'empty']);
/** Words that may stand between a name and its value, and those of them that say "equals". */
const fillers: ReadonlySet<string> = new Set(['to', 'a', 'an', 'any', 'the', 'of', 'value', 'values', 'must', 'should', 'one', 'either', 'with', 'code', 'codes', 'both', 'also']);
const verbs: ReadonlySet<string> = new Set(['is', 'are', 'was', 'were', 'be', 'being', 'set', 'equal', 'equals', 'as', 'has', 'having']);
const negatedVerbs: ReadonlySet<string> = new Set(["isn't", "aren't", "wasn't", "doesn't", "don't", 'isnt', 'cannot', "shouldn't", "mustn't"]);
const maximumFillers = 12;
const maximumValues = 1000;
/** A literal right behind a name is its value only when it looks like a code. */
const code = /^\d{5,}$/;

export function predicateAt(it: Reading, subject: Reference, start: number, from: number): Read | undefined {
  const unit = it.units[from];
  if (unit === undefined) return undefined;
  const operator = unit.kind === 'sign' ? signs.get(unit.key) : undefined;
  if (operator !== undefined) return bySign(it, subject, start, from, operator, unit);
  if (unit.kind === 'literal' || unit.key === ':') {
    const at = unit.kind === 'literal' ? from : from + 1;
    const value = it.units[at]?.literal;
    return subject.form !== 'word' && value !== undefined && code.test(value.text.trim()) ? valuesFrom(it, subject, start, at, '=', at === from ? undefined : unit) : undefined;
  }
  return byWords(it, subject, start, from);
}

function bySign(it: Reading, subject: Reference, start: number, at: number, operator: Operator, unit: Unit): Read | undefined {
  const next = it.units[at + 1];
  if (next?.kind === 'word' && nothings.has(next.key) && (operator === '=' || operator === '<>')) {
    return nullTest(it, subject, start, at + 1, operator === '<>');
  }
  return next?.literal === undefined ? undefined : valuesFrom(it, subject, start, at + 1, operator, unit);
}

function byWords(it: Reading, subject: Reference, start: number, from: number): Read | undefined {
  let negated = false;
  let said = false;
  let open = false;
  // "defined by x and not set to 1"
  let at = it.units[from]?.key === 'and' && it.units[from + 1]?.key === 'not' ? from + 1 : from;
  for (let count = 0; count < maximumFillers; count++, at++) {
    const unit = it.units[at];
    if (unit === undefined) return undefined;
    if (unit.literal !== undefined) {
      return said ? valuesFrom(it, subject, start, at, negated ? '<>' : '=', it.units[from]) : undefined;
    }
    if (unit.kind !== 'word') {
      const operator = unit.kind === 'sign' ? signs.get(unit.key) : undefined;
      return operator === '<>' && said && !negated ? bySign(it, subject, start, at, operator, unit) : undefined;
    }
    const { key } = unit;
    if (key === 'not') negated = !negated;
    else if (negatedVerbs.has(key)) {
      negated = !negated;
      said = true;
    } else if (verbs.has(key)) said = true;
    else if (nothings.has(key)) return said || negated ? nullTest(it, subject, start, at, negated) : undefined;
    else if (key === 'between') return between(it, subject, start, at + 1, negated);
    else if (key === 'from' && open) return between(it, subject, start, at + 1, negated);
    else if (key === 'in') return inList(it, subject, start, at + 1, negated);
    else if (key === 'contains' || key === 'contain' || key === 'containing') return contains(it, subject, start, at + 1, negated);
    else if (bounds.has(key)) return bounded(it, subject, start, at, negated);
    else if (!fillers.has(key)) return undefined;
    open ||= key === 'any' || key === 'value' || key === 'values';
  }
  return undefined;
}

const span = (it: Reading, start: number, next: number) => spanOf(it.plain, start, it.units[next - 1]?.end ?? start);

/** "is null", "is empty or null", "NULL/empty". */
function nullTest(it: Reading, subject: Reference, start: number, at: number, negated: boolean): Read {
  let next = at + 1;
  while (['or', '/'].includes(it.units[next]?.key ?? '') && nothings.has(it.units[next + 1]?.key ?? '')) next += 2;
  if (it.units[next]?.key === '(' && it.units[next + 1]?.key === ')') next += 2;
  return { condition: { kind: 'null', subject, negated, span: span(it, start, next) }, next };
}

/** One literal, or several joined by commas, "or", "and", "/". */
function valuesFrom(it: Reading, subject: Reference, start: number, at: number, operator: Operator, said: Unit | undefined): Read | undefined {
  const first = it.units[at]?.literal;
  if (first === undefined) return undefined;
  const values = [first];
  let next = at + 1;
  while ((operator === '=' || operator === '<>') && values.length < maximumValues) {
    let step = next;
    while (step < next + 2 && [',', 'or', 'and', '/'].includes(it.units[step]?.key ?? '')) step++;
    const value = it.units[step]?.literal;
    const behind = it.units[step + 1];
    if (step === next || value?.kind !== first.kind || (behind?.kind === 'sign' && signs.has(behind.key))) break;
    values.push(value);
    next = step + 1;
  }
  const place = span(it, start, next);
  if (values.length > 1) return { condition: { kind: 'in', subject, negated: operator === '<>', values, span: place }, next };
  const operatorSpan = said === undefined ? { start: first.span.start, end: first.span.start } : spanOf(it.plain, said.start, Math.max(said.end, it.units[at - 1]?.end ?? said.end));
  return { condition: { kind: 'comparison', subject, operator, operatorSpan, value: first, span: place }, next };
}

function between(it: Reading, subject: Reference, start: number, at: number, negated: boolean): Read | undefined {
  const low = it.units[at]?.literal;
  const high = it.units[at + 2]?.literal;
  const joint = it.units[at + 1]?.key ?? '';
  if (low === undefined || high === undefined || !['and', 'to', '-', '–', 'through'].includes(joint)) return undefined;
  return { condition: { kind: 'between', subject, negated, low, high, span: span(it, start, at + 3) }, next: at + 3 };
}

const closers: ReadonlyMap<string, string> = new Map([['(', ')'], ['[', ']'], ['{', '}']]);

function inList(it: Reading, subject: Reference, start: number, at: number, negated: boolean): Read | undefined {
  const close = closers.get(it.units[at]?.key ?? '');
  if (close === undefined) return undefined;
  const values: Literal[] = [];
  let next = at + 1;
  for (; it.units[next]?.key !== close; next++) {
    const unit = it.units[next];
    if (unit?.literal !== undefined) values.push(unit.literal);
    else if (unit === undefined || ![',', 'or', 'and', ';'].includes(unit.key)) return undefined;
    if (values.length > maximumValues) return undefined;
  }
  next++;
  return values.length === 0 ? undefined : { condition: { kind: 'in', subject, negated, values, span: span(it, start, next) }, next };
}

function contains(it: Reading, subject: Reference, start: number, at: number, negated: boolean): Read | undefined {
  const inBrackets = it.units[at]?.key === '(';
  const value = it.units[inBrackets ? at + 1 : at]?.literal;
  if (value === undefined || (inBrackets && it.units[at + 2]?.key !== ')')) return undefined;
  const next = inBrackets ? at + 3 : at + 1;
  return { condition: { kind: 'contains', subject, negated, value, span: span(it, start, next) }, next };
}

const bounds: ReadonlyMap<string, Operator> = new Map([
  ['greater', '>'], ['more', '>'], ['larger', '>'], ['higher', '>'], ['less', '<'], ['fewer', '<'], ['smaller', '<'], ['lower', '<'], ['at', '>='],
]);
const opposite: ReadonlyMap<Operator, Operator> = new Map([['>', '<='], ['<', '>='], ['>=', '<'], ['<=', '>']]);

/** "greater than 0", "less than or equal to 10", "at least 1". */
function bounded(it: Reading, subject: Reference, start: number, at: number, negated: boolean): Read | undefined {
  const word = it.units[at];
  const key = (offset: number): string => it.units[at + offset]?.key ?? '';
  let operator = bounds.get(word?.key ?? '');
  let value = at + 2;
  if (word === undefined || operator === undefined) return undefined;
  if (operator === '>=') {
    if (key(1) !== 'least' && key(1) !== 'most') return undefined;
    operator = key(1) === 'least' ? '>=' : '<=';
  } else if (key(1) !== 'than') return undefined;
  else if (key(2) === 'or' && key(3) === 'equal') {
    operator = operator === '>' ? '>=' : '<=';
    value = at + (key(4) === 'to' ? 5 : 4);
  }
  const meant = negated ? opposite.get(operator) : operator;
  return meant === undefined ? undefined : valuesFrom(it, subject, start, value, meant, word);
}
