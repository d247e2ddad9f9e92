/** Hints for made-up rows that mean nothing: each is told at its key and left out. */
import type { Finding } from '../findings/finding.ts';
import { finding } from '../findings/registry.ts';
import type { ColumnHints, TableHints } from '../model/generate.ts';
import { nameKey, type Column, type DataType, type Place, type Table } from '../model/model.ts';
import { converter, misfit } from './table/cells.ts';

/** Tells a fault of one key. */
export type HintFault = (key: string, expected: string, found: string) => void;

const numeric: ReadonlySet<DataType> = new Set(['int64', 'double', 'decimal']);

/** Keys that mean something for columns of some types only; `min` to `deviation` also tell seconds where `after` is given. */
const wanted: readonly (readonly [keys: readonly (keyof ColumnHints)[], fits: (type: DataType, hints: ColumnHints) => boolean, words: string])[] = [
  [['share'], (type) => type === 'boolean', 'given for a boolean column only'],
  [['min', 'max', 'mean', 'deviation'], (type, hints) => numeric.has(type) || hints.after !== undefined, 'given for a number, or with after'],
  [['decimals'], (type) => type === 'double' || type === 'decimal', 'given for a double or decimal column only'],
  [['from', 'to', 'hours', 'after'], (type) => type === 'dateTime', 'given for a dateTime column only'],
  [['words', 'prefix'], (type) => type === 'string', 'given for a string column only'],
];

/**
 * The hints of a column without those that mean nothing.
 *
 * @param columnNamed a column of the same table; `fault` is told where the table surely has none of that name
 */
export function checkedHints(table: Table, column: Column, hints: ColumnHints, fault: HintFault, columnNamed: (key: string, name: string) => Column | undefined): ColumnHints {
  const dropped = new Set<keyof ColumnHints>();
  const refuse = (key: keyof ColumnHints, expected: string, found: string): void => {
    if (dropped.has(key)) return;
    dropped.add(key);
    fault(key, expected, found);
  };
  const { type } = column;
  if (type !== undefined) {
    for (const [keys, fits, words] of wanted) {
      for (const key of keys) if (hints[key] !== undefined && !fits(type, hints)) refuse(key, words, `a column of type ${type}`);
    }
    const convert = converter(type, { delimiter: undefined, blankTokens: [], trueWords: ['true'], falseWords: ['false'], dateFormats: [] });
    const odd = hints.values?.find((it) => convert(it.value) === misfit);
    if (odd !== undefined) refuse('values', `values of the type ${type}`, String(odd.value).slice(0, 60));
  }
  if (hints.values !== undefined && !hints.values.some((it) => it.weight > 0)) refuse('values', 'values of which one has a weight above 0', hints.values.length === 0 ? 'none' : 'no weight above 0');
  if ((hints.min ?? Number.NEGATIVE_INFINITY) > (hints.max ?? Number.POSITIVE_INFINITY)) refuse('max', 'at least min', `${String(hints.max)}, below ${String(hints.min)}`);
  else if (hints.mean !== undefined && hints.min !== undefined && hints.mean < hints.min) refuse('mean', 'at least min', `${String(hints.mean)}, below ${String(hints.min)}`);
  else if (hints.mean !== undefined && hints.max !== undefined && hints.mean > hints.max) refuse('mean', 'at most max', `${String(hints.mean)}, above ${String(hints.max)}`);
  if (hints.after !== undefined && (hints.min ?? 0) < 0) refuse('min', '0 or more seconds', String(hints.min));
  if (isBackward(hints)) refuse('to', 'no earlier than from', hints.to ?? '');
  for (const key of ['after', 'of'] as const) {
    const name = hints[key];
    if (name === undefined || dropped.has(key)) continue;
    const other = columnNamed(key, name);
    if (other === undefined) dropped.add(key);
    else if (nameKey(other.name) === nameKey(column.name)) refuse(key, 'another column of the table', 'the column itself');
    else if (other.type !== undefined && other.type !== 'dateTime') refuse(key, 'a dateTime column', `${other.name}, which is ${other.type}`);
    else if (leadsBack(table, column, other)) refuse(key, 'a column that is not made from this one', other.name);
  }
  if (hints.part !== undefined && hints.of === undefined) refuse('part', 'given together with of, the column of dates', 'no of');
  if (hints.of !== undefined && hints.part === undefined) refuse('of', 'given together with part', 'no part');
  if (column.key && (hints.blanks ?? 0) > 0) refuse('blanks', '0 for a key', String(hints.blanks));
  return dropped.size === 0 ? hints : Object.fromEntries(Object.entries(hints).filter(([key]) => !dropped.has(key as keyof ColumnHints))) as ColumnHints;
}

/** Whether a range of time ends before it begins. */
export const isBackward = ({ from, to }: TableHints): boolean => from !== undefined && to !== undefined && to.padEnd(19, 'T99') < from;

/** Whether a column is made, at some step, from another that is made from it. */
function leadsBack({ columns }: Table, start: Column, first: Column): boolean {
  const seen = new Set<Column>();
  for (let at: Column | undefined = first; at !== undefined && !seen.has(at);) {
    if (at === start) return true;
    seen.add(at);
    const next: string | undefined = at.generate?.after ?? at.generate?.of;
    at = next === undefined ? undefined : columns.get(nameKey(next));
  }
  return false;
}

/** The finding of a fault, at the key's value. */
export const hintFinding = (at: string, expected: string, found: string, place: Place): Finding =>
  finding('model-invalid-value', { at, expected, found }, place.span);
