/** Which chart suits a result, and what it draws: decided by the data alone. */
import type { Results, ResultsColumn, ResultsTable } from '../../../server/src/lsp/protocol/results.ts';

export interface ChartData {
  /** `stacked` where the parts add up to the whole, `bars` where they do not. */
  readonly kind: 'line' | 'bars' | 'stacked';
  /** Heading of the categories, or of time. */
  readonly axis: string;
  readonly value: string;
  /** Of a line over time the places on the axis, in days; else undefined. */
  readonly times: readonly number[] | undefined;
  /** In the order of the axis. */
  readonly categories: readonly string[];
  /** A value for each category; null where there is none. */
  readonly series: readonly { readonly name: string; readonly values: readonly (number | null)[]; readonly texts: readonly string[] }[];
  /** The numbers of the axis are shown as percents, as the values are. */
  readonly isPercent: boolean;
  /** What is not drawn, in words. */
  readonly left: readonly string[];
}

/** More bars, lines or parts tell nobody anything. */
const mostBars = 40;
const mostSeries = 8;
const fewTimes = 3;

/** @returns undefined where there is nothing that a chart would tell */
export function chartData(results: Results): ChartData | undefined {
  const { table } = results;
  if (!('columns' in table) || table.rows < 2) return undefined;
  const shape = shapeOf(table);
  if (shape === undefined) return undefined;
  const { axis, series, values } = shape;
  const isTime = axis.type === 'dateTime';
  const left: string[] = [];
  const rows = kept(table, axis, series, values, isTime, left);
  const keys = [...new Map(rows.map((row) => [keyOf(axis, row), row])).entries()];
  if (isTime) keys.sort((a, b) => numberAt(axis, a[1]) - numberAt(axis, b[1]));
  const isLine = isTime && keys.length >= fewTimes;
  const shown = isLine ? keys : keys.slice(0, mostBars);
  if (shown.length < keys.length) left.push(`the first ${String(shown.length)} of ${String(keys.length)} groups are drawn`);
  if (shown.length < 2) return undefined;
  const places = new Map(shown.map(([key], i) => [key, i]));
  const all = series === undefined ? values.map((column) => seriesOf(column.title, column, rows, axis, places)) : split(series, values[0], rows, axis, places, left);
  const whole = results.whole;
  const sum = all.reduce((total, it) => total + it.values.reduce<number>((part, value) => part + (value ?? 0), 0), 0);
  const isAdditive = left.length === 0 && whole !== undefined && Math.abs(sum - whole) <= Math.abs(whole) * 1e-9 && all.every((it) => it.values.every((value) => (value ?? 0) >= 0));
  return {
    kind: isLine ? 'line' : all.length > 1 && isAdditive ? 'stacked' : 'bars',
    axis: axis.title,
    value: values.length === 1 ? (values[0]?.title ?? '') : values.map((it) => it.title).join(', '),
    times: isLine ? shown.map(([, row]) => numberAt(axis, row)) : undefined,
    categories: shown.map(([, row]) => axis.texts[row] ?? ''),
    series: all,
    isPercent: values.every((it) => it.isPercent === true),
    left,
  };
}

/** What the chart says, for those who do not see it. */
export function chartSummary({ kind, axis, value, categories, series, left }: ChartData): string {
  const numbers = series.flatMap((it) => it.values.flatMap((number, i) => (number === null ? [] : [{ number, text: it.texts[i] ?? '', at: categories[i] ?? '' }])));
  const least = numbers.reduce<typeof numbers[number] | undefined>((best, it) => (best === undefined || it.number < best.number ? it : best), undefined);
  const most = numbers.reduce<typeof numbers[number] | undefined>((best, it) => (best === undefined || it.number > best.number ? it : best), undefined);
  const kinds = { line: 'Line chart', bars: 'Bar chart', stacked: 'Stacked bar chart' } as const;
  const several = series.length > 1 ? `, ${String(series.length)} series` : '';
  const range = least === undefined || most === undefined ? '' : ` From ${least.text} at ${least.at} to ${most.text} at ${most.at}.`;
  return `${kinds[kind]} of ${value} by ${axis}: ${String(categories.length)} points${several}.${range}${left.map((it) => ` ${sentence(it)}.`).join('')} The table has the same values.`;
}

export const sentence = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}`;

interface Shape {
  readonly axis: ResultsColumn;
  readonly series: ResultsColumn | undefined;
  readonly values: readonly ResultsColumn[];
}

const isNumber = ({ type }: ResultsColumn): boolean => type === 'int64' || type === 'double' || type === 'decimal';

/** One or two columns of groups and numbers behind them; anything else is no chart. */
function shapeOf({ columns }: ResultsTable): Shape | undefined {
  const isMetric = columns.some((it) => it.role === 'value');
  const groups = columns.filter((it) => (isMetric ? it.role === 'group' : !isNumber(it) || it.codes !== undefined));
  const values = columns.filter((it) => !groups.includes(it) && isNumber(it));
  const [first, second, ...more] = groups;
  if (first === undefined || more.length > 0 || values.length === 0 || values.length > mostSeries) return undefined;
  if (second === undefined) return { axis: first, series: undefined, values };
  if (values.length > 1) return undefined;
  // Time goes along, whichever column it stands in; else the column of more values does.
  const isSwapped = second.type === 'dateTime' ? first.type !== 'dateTime' : first.type !== 'dateTime' && distinct(second) > distinct(first);
  return isSwapped ? { axis: second, series: first, values } : { axis: first, series: second, values };
}

const distinct = (column: ResultsColumn): number => new Set(column.texts).size;

/** Rows that have a place: a line has none for BLANK. */
function kept(table: ResultsTable, axis: ResultsColumn, series: ResultsColumn | undefined, values: readonly ResultsColumn[], isTime: boolean, left: string[]): readonly number[] {
  const rows: number[] = [];
  const failed = new Set([axis, ...(series === undefined ? [] : [series]), ...values].flatMap((it) => it.failed.map(([row]) => row)));
  let blanks = 0;
  for (let row = 0; row < table.rows; row++) {
    if (failed.has(row)) continue;
    if (isTime && typeof axis.cells[row] !== 'number') blanks++;
    else rows.push(row);
  }
  if (table.rows < table.total) left.push(`the first ${table.rows.toLocaleString('en-US')} of ${table.total.toLocaleString('en-US')} rows are drawn`);
  if (failed.size > 0) left.push(`${String(failed.size)} without a value ${failed.size === 1 ? 'is' : 'are'} left out`);
  if (blanks > 0) left.push('rows without a date are left out');
  return rows;
}

const keyOf = (column: ResultsColumn, row: number): string => JSON.stringify(column.cells[row] ?? null);

const numberAt = (column: ResultsColumn | undefined, row: number): number => Number(column?.cells[row] ?? Number.NaN);

/** Decimals cross as ten thousandths. */
function valueAt(column: ResultsColumn, row: number): number | null {
  const cell = column.cells[row];
  if (cell === null || cell === undefined || typeof cell === 'boolean') return null;
  const number = column.type === 'decimal' ? Number(cell) / 10_000 : Number(cell);
  return Number.isFinite(number) ? number : null;
}

function seriesOf(name: string, column: ResultsColumn, rows: readonly number[], axis: ResultsColumn, places: ReadonlyMap<string, number>): ChartData['series'][number] {
  const values = Array.from<number | null>({ length: places.size }).fill(null);
  const texts = Array.from<string>({ length: places.size }).fill('');
  for (const row of rows) {
    const place = places.get(keyOf(axis, row));
    if (place === undefined) continue;
    values[place] = valueAt(column, row);
    texts[place] = column.texts[row] ?? '';
  }
  return { name, values, texts };
}

/** A series for each value of the second column; of many the greatest. */
function split(by: ResultsColumn, value: ResultsColumn | undefined, rows: readonly number[], axis: ResultsColumn, places: ReadonlyMap<string, number>, left: string[]): ChartData['series'] {
  if (value === undefined) return [];
  const byKey = new Map<string, number[]>();
  for (const row of rows) {
    const key = keyOf(by, row);
    const its = byKey.get(key);
    if (its === undefined) byKey.set(key, [row]);
    else its.push(row);
  }
  const all = [...byKey.values()].map((its) => seriesOf(by.texts[its[0] ?? 0] ?? '', value, its, axis, places));
  if (all.length <= mostSeries) return all;
  const size = (it: ChartData['series'][number]): number => it.values.reduce<number>((sum, number) => sum + Math.abs(number ?? 0), 0);
  const greatest = new Set([...all].sort((a, b) => size(b) - size(a)).slice(0, mostSeries));
  left.push(`the greatest ${String(mostSeries)} of ${String(all.length)} ${by.title} are drawn`);
  return all.filter((it) => greatest.has(it));
}
