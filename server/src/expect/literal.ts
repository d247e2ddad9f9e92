/** The value that an `@expect` writes: a literal of DAX, BLANK or an error. */
import { dateSerial } from '../../../grammar/src/literals.ts';
import { closest } from '../base/closest.ts';
import type { DaxErrorId } from '../plan/values.ts';
import type { Expected } from './records.ts';

/** Ids that `@expect error` may name. */
const errors: Readonly<Record<DaxErrorId, true>> = {
  'text-to-number': true,
  'comparison-types': true,
  'multiple-values': true,
  'argument-out-of-range': true,
  'division-by-zero': true,
  'not-boolean': true,
  'lookup-ambiguous': true,
  'invalid-date': true,
  raised: true,
  'circular-dependency': true,
  overflow: true,
};
/** In the order in which they are told. */
export const errorIds: ReadonlySet<string> = new Set(Object.keys(errors));

const numberPattern = /^[+-]?(?:\d+(?:\.(\d*))?|\.(\d+))(?:[eE]([+-]?\d{1,3}))?$/;

/** Longest literal that is read, text aside: more digits than any value has, and more signs than any word. */
const longest = 400;

/**
 * Reads an expected value.
 *
 * @returns the value, or in `problem` what is wrong with the text, as a clause that follows a colon
 */
export function expectedOf(text: string): { readonly expected: Expected } | { readonly problem: string } {
  if (text === '') return { problem: 'a value is missing' };
  const string = stringOf(text);
  if (string !== undefined) return { expected: { kind: 'text', value: string } };
  if (text.length > longest) return { problem: problemOf(text.slice(0, longest)) };
  const word = text.toUpperCase().replace(/\s*\(\s*\)$/, '');
  if (word === 'BLANK') return { expected: { kind: 'blank' } };
  if (word === 'TRUE' || word === 'FALSE') return { expected: { kind: 'boolean', value: word === 'TRUE' } };

  const error = /^error(?:\s+(\S.*))?$/i.exec(text);
  if (error !== null) return expectedError(error[1]);

  const number = numberPattern.exec(text);
  if (number !== null) {
    const fraction = number[1] ?? number[2];
    const exponent = number[3];
    const integer = fraction === undefined && exponent === undefined;
    return { expected: { kind: 'number', text, integer, decimals: (fraction?.length ?? 0) - Number(exponent ?? 0) } };
  }

  const date = /^dt"([^"]*)"$/i.exec(text);
  if (date !== null) {
    const serial = dateSerial(date[1] ?? '');
    if (Number.isNaN(serial)) return { problem: `${text} is no date; write dt"YYYY-MM-DD" or dt"YYYY-MM-DDThh:mm:ss"` };
    return { expected: { kind: 'date', serial, text } };
  }
  return { problem: problemOf(text) };
}

/** The value of a text in double quotes, however long. */
function stringOf(text: string): string | undefined {
  if (text.length < 2 || !text.startsWith('"') || !text.endsWith('"')) return undefined;
  const inside = text.slice(1, -1);
  const value = inside.replaceAll('""', '');
  return value.includes('"') ? undefined : inside.replaceAll('""', '"');
}

/** A number that is at least 0, for `±` and `within`. */
export function boundOf(text: string): number | undefined {
  const value = text.length <= longest && numberPattern.test(text) ? Number(text) : NaN;
  return Number.isFinite(value) && value >= 0 ? value : undefined;
}

function expectedError(id: string | undefined): { readonly expected: Expected } | { readonly problem: string } {
  if (id === undefined) return { expected: { kind: 'error', id: undefined } };
  if (isErrorId(id)) return { expected: { kind: 'error', id } };
  const suggestion = closest(id, errorIds);
  return { problem: `there is no error ${id}${suggestion === undefined ? `; errors are ${[...errorIds].join(', ')}` : `, did you mean ${suggestion}`}` };
}

const isErrorId = (id: string): id is DaxErrorId => errorIds.has(id);

function problemOf(text: string): string {
  const shown = text.length > 40 ? `${text.slice(0, 40)}…` : text;
  const percent = /^([+-]?\d*\.?\d+)\s*%$/.exec(text);
  if (percent !== null) return `${shown} is no literal of DAX; write the number that the metric gives, such as ${String(Number((Number(percent[1]) / 100).toPrecision(12)))}`;
  if (/^[+-]?\d{1,3}(,\d{3})+(\.\d+)?$/.test(text)) return `numbers are written without separators: ${text.replaceAll(',', '')}`;
  if (/^[^"]*[[(]/.test(text)) return `${shown} is no literal; an expression stands after an equals sign`;
  return `${shown} is no literal; text stands in double quotes`;
}
