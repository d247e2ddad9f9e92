/** Text functions: making, searching and changing text. Characters are UTF-16 units, as Power BI counts them. */
import { formatValue } from '../../formats/formatString.ts';
import { formatLocale } from '../../formats/locales.ts';
import type { Cell } from '../../plan/values.ts';
import { daxError, isFailure, notEvaluated, type Failure } from '../values/cells.ts';
import { toText } from '../values/coerce.ts';
import { textKey } from '../values/text.ts';
import { argument, eachRow, ofTexts, wholeOf, type Call, type Evaluator, type TypedValue } from './evaluator.ts';
import { containsPattern, indexOfPattern } from './wildcards.ts';

export const textOf = (it: TypedValue): string => toText(it.value, it.type);

const given = (args: Parameters<Evaluator>[0], call: Call, least: number) =>
  Array.from({ length: Math.max(least, args.length) }, (_, i) => argument(args, i, call));

const outOfRange = (name: string, detail: string, call: Call): Failure => daxError('argument-out-of-range', { function: name, detail }, call.at);

/** LEFT and RIGHT: one character unless told. */
const end = (name: string, take: (text: string, count: number) => string): Evaluator => (args, call) =>
  eachRow(args[1] === null || args[1] === undefined ? [argument(args, 0, call)] : [argument(args, 0, call), args[1]], call, 'string', (it, length) => {
    const count = length === undefined ? 1 : wholeOf(length, call);
    if (isFailure(count)) return count;
    return count < 0 ? outOfRange(name, 'the number of characters is negative', call) : take(textOf(it), count);
  });

/** FIND and SEARCH: the place of a text, counted from one; without it the last argument, or an error. */
const place = (name: string, find: (within: string, text: string, from: number, call: Call) => number): Evaluator => (args, call) => {
  const hasStart = args[2] !== null && args[2] !== undefined;
  const hasOther = args.length > 3;
  const columns = [argument(args, 0, call), argument(args, 1, call), argument(args, 2, call), argument(args, 3, call)];
  return eachRow(columns, call, 'int64', (text, within, start, other): Cell => {
    const from = hasStart && start !== undefined ? wholeOf(start, call) : 1;
    if (isFailure(from)) return from;
    const all = textOf(within as TypedValue);
    if (from < 1 || from > Math.max(1, all.length)) return outOfRange(name, 'the start lies outside of the text', call);
    const found = find(all, textOf(text as TypedValue), from - 1, call);
    if (found >= 0) return found + 1;
    if (!hasOther) return outOfRange(name, 'the text to find does not occur', call);
    if (other === undefined || other.value === null) return null;
    return wholeOf(other, call);
  });
};

/** SUBSTITUTE: every occurrence, or the one that is counted; capitals matter. */
function substitute(text: string, old: string, replacement: string, instance: number | undefined, call: Call): string {
  if (old === '') return text;
  if (instance === undefined) {
    const pieces = text.split(old);
    call.budget.reserveText(text.length + (pieces.length - 1) * Math.max(0, replacement.length - old.length));
    return pieces.join(replacement);
  }
  let at = -1;
  let from = 0;
  for (let i = 0; i < instance; i++) {
    at = text.indexOf(old, from);
    if (at < 0) return text;
    from = at + old.length;
  }
  call.budget.reserveText(text.length + replacement.length);
  return text.slice(0, at) + replacement + text.slice(at + old.length);
}

const { FORMAT, ...others } = {
  /** Case-insensitive, with wildcards. */
  CONTAINSSTRING: (args, call) => eachRow(given(args, call, 2), call, 'boolean', (within, find) =>
    containsPattern(textKey(textOf(within as TypedValue)), textKey(textOf(find as TypedValue)))),
  CONTAINSSTRINGEXACT: (args, call) => eachRow(given(args, call, 2), call, 'boolean', (within, find) =>
    textOf(within as TypedValue).includes(textOf(find as TypedValue))),
  COMBINEVALUES: (args, call) => eachRow(given(args, call, 2), call, 'string', (delimiter, ...values) => {
    const texts = values.map(textOf);
    const between = textOf(delimiter as TypedValue);
    call.budget.reserveText(texts.reduce((sum, it) => sum + it.length + between.length, 0));
    return texts.join(between);
  }),
  CONCATENATE: (args, call) => eachRow(given(args, call, 2), call, 'string', (a, b) => {
    const left = textOf(a as TypedValue);
    const right = textOf(b as TypedValue);
    call.budget.reserveText(left.length + right.length);
    return left + right;
  }),
  EXACT: (args, call) => eachRow(given(args, call, 2), call, 'boolean', (a, b) => textOf(a as TypedValue) === textOf(b as TypedValue)),
  FIND: place('FIND', (within, find, from) => within.indexOf(find, from)),
  FORMAT: (args, call) => {
    const culture = args[2] ?? null;
    return eachRow([argument(args, 0, call), argument(args, 1, call), ...(culture === null ? [] : [culture])], call, 'string', (value, format, third) => {
      const name = third === undefined || third.value === null ? call.culture : textOf(third);
      if (formatLocale(name) === undefined) return notEvaluated({ id: 'feature-not-supported', what: `FORMAT in the culture ${name.slice(0, 40)}` }, call.at);
      const formatted = formatValue(value.value, value.type, textOf(format), name);
      return formatted ?? notEvaluated({ id: 'feature-not-supported', what: `FORMAT with "${textOf(format).slice(0, 40)}"` }, call.at);
    });
  },
  LEFT: end('LEFT', (all, count) => all.slice(0, count)),
  LEN: (args, call) => eachRow([argument(args, 0, call)], call, 'int64', (it) => (it.value === null ? 0 : textOf(it).length)),
  LOWER: (args, call) => eachRow([argument(args, 0, call)], call, 'string', (it) => charByChar(textOf(it), (character) => character.toLowerCase())),
  MID: (args, call) => eachRow(given(args, call, 3), call, 'string', (it, start, length) => {
    const from = wholeOf(start as TypedValue, call);
    if (isFailure(from)) return from;
    const count = wholeOf(length as TypedValue, call);
    if (isFailure(count)) return count;
    if (from < 1) return outOfRange('MID', 'the start is below one', call);
    if (count < 0) return outOfRange('MID', 'the number of characters is negative', call);
    return textOf(it as TypedValue).slice(from - 1, from - 1 + count);
  }),
  REPLACE: (args, call) => eachRow(given(args, call, 4), call, 'string', (it, start, length, put) => {
    const from = wholeOf(start as TypedValue, call);
    if (isFailure(from)) return from;
    const count = wholeOf(length as TypedValue, call);
    if (isFailure(count)) return count;
    if (from < 1) return outOfRange('REPLACE', 'the start is below one', call);
    if (count < 0) return outOfRange('REPLACE', 'the number of characters is negative', call);
    const all = textOf(it as TypedValue);
    const added = textOf(put as TypedValue);
    call.budget.reserveText(all.length + added.length);
    return all.slice(0, from - 1) + added + all.slice(from - 1 + count);
  }),
  REPT: (args, call) => eachRow(given(args, call, 2), call, 'string', (it, times) => {
    const count = wholeOf(times as TypedValue, call);
    if (isFailure(count)) return count;
    if (count < 0) return outOfRange('REPT', 'the number of times is negative', call);
    const all = textOf(it as TypedValue);
    call.budget.reserveText(all.length * count);
    return all.length === 0 ? '' : all.repeat(count);
  }),
  RIGHT: end('RIGHT', (all, count) => (count === 0 ? '' : all.slice(-count))),
  SEARCH: place('SEARCH', (within, find, from, call) => {
    const folded = textKey(within);
    // A character that folds to several would shift the places behind it.
    const sameLength = folded.length === within.length;
    return indexOfPattern(sameLength ? folded : within.toLowerCase(), sameLength ? textKey(find) : find.toLowerCase(), from, () => { call.budget.poll(); });
  }),
  SUBSTITUTE: (args, call) => eachRow(given(args, call, 3), call, 'string', (it, old, put, nth) => {
    const instance = nth === undefined || args[3] === null ? undefined : wholeOf(nth, call);
    if (typeof instance === 'object') return instance;
    if (instance !== undefined && instance < 1) return outOfRange('SUBSTITUTE', 'the occurrence is below one', call);
    return substitute(textOf(it as TypedValue), textOf(old as TypedValue), textOf(put as TypedValue), instance, call);
  }),
  TRIM: (args, call) => eachRow([argument(args, 0, call)], call, 'string', (it) => textOf(it).replace(/ +/g, ' ').replace(/^ | $/g, '')),
  UNICHAR: (args, call) => eachRow([argument(args, 0, call)], call, 'string', (it) => {
    const code = wholeOf(it, call);
    if (isFailure(code)) return code;
    return code < 1 || code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff) ? outOfRange('UNICHAR', `${code} is no character`, call) : String.fromCodePoint(code);
  }),
  UNICODE: (args, call) => eachRow([argument(args, 0, call)], call, 'int64', (it) => {
    const all = textOf(it);
    return all === '' ? (it.value === null ? null : outOfRange('UNICODE', 'the text is empty', call)) : (all.codePointAt(0) ?? null);
  }),
  UPPER: (args, call) => eachRow([argument(args, 0, call)], call, 'string', (it) => charByChar(textOf(it), (character) => character.toUpperCase())),
} satisfies Record<string, Evaluator>;

/** A format may show a moment as the number that it is; the others read their arguments as text. */
export const text: Readonly<Record<string, Evaluator>> = { FORMAT, ...Object.fromEntries(Object.entries(others).map(([name, evaluator]) => [name, ofTexts(evaluator)])) };

/** A change of case keeps the length of a text: a character that would become several, as ß does, stays as it is. */
function charByChar(text: string, change: (text: string) => string): string {
  const whole = change(text);
  return whole.length === text.length ? whole : [...text].map((it) => (change(it).length === it.length ? change(it) : it)).join('');
}
