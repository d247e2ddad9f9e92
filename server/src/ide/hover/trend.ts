/** A metric over time, in its hover: a line of Unicode blocks, its lowest and highest value in words. */
import { nameKey, type Model, type Table } from '../../model/model.ts';
import type { ColumnRef } from '../../plan/plan.ts';
import type { TableFacts } from '../../plan/database.ts';
import type { Cell } from '../../plan/values.ts';
import { madeUpIn } from '../../workspace/madeUp.ts';
import { columnText, measureText, tableQuery } from '../../workspace/queries.ts';
import { daysBefore, daysFrom, daysText, monthsBack, type Days } from '../days.ts';
import { dayBounds } from '../dayBounds.ts';
import { dimensionsOf } from '../dimensions.ts';
import { asText } from '../markdown.ts';
import { cellShown } from '../shown.ts';
import { metricRequest, styleOf } from '../values.ts';
import type { HoverContext } from './hover.ts';
import type { MetricAt } from './metric.ts';

const blocks = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];
/** Stands for BLANK. */
const gap = '·';
const mostPoints = 31;
const mostMonths = 36;

/** @returns Markdown; empty where nothing that the metric reads has a date, or all dates are one */
export async function trendOf(ctx: HoverContext, { reading, model, symbol, lineage }: MetricAt): Promise<string> {
  const date = dateColumn(model.model, await ctx.workspace.facts(model, [...lineage.tables, ...dimensionsOf(model.model, lineage.tables)].map((it) => it.name)), lineage.tables);
  if (date === undefined) return '';
  const where = ctx.preview.filters(model);
  const among = lineage.tables.filter((it) => nameKey(it.name) !== nameKey(date.table)).map((it) => it.name);
  const days = await dayBounds(ctx.workspace, model, date, isCalendar(model.model, date) ? among : [], where);
  const { unit, ranges } = days === undefined ? { unit: '', ranges: [] } : pointsOf(days.first, days.last);
  if (ranges.length < 2) return '';
  const text = columnText(date);
  const rows = ranges.map((it) => `(dt"${it.from}", dt"${it.to}" + 1)`).join(', ');
  const within = `KEEPFILTERS(FILTER(ALL(${text}), NOT ISBLANK(${text}) && ${text} >= [Value1] && ${text} < [Value2]))`;
  const query = tableQuery(`ADDCOLUMNS({ ${rows} }, "v", CALCULATE(${measureText(symbol.name)}, ${within}))`, where);
  const request = { ...metricRequest(reading, model, symbol), query };
  const [result] = await ctx.workspace.evaluate(model, [request]);
  const values = result?.kind === 'table' ? result.columns[2] : undefined;
  if (values === undefined) return '';
  const points = values.cells.map(numberOf);
  const known = points.filter((it) => it !== undefined && it !== 'other');
  if (known.length === 0 || points.includes('other')) return '';
  const [low, high] = [Math.min(...known), Math.max(...known)];
  const line = points.map((it) => (typeof it === 'number' ? block(it, Math.min(0, low), high) : gap)).join('');
  const style = styleOf(model, symbol);
  const told = (value: number): string => {
    const i = points.indexOf(value);
    const range = ranges[i];
    const others = points.filter((it) => it === value).length - 1;
    const when = range === undefined ? '' : ` ${unit === 'month' ? `in ${daysText(range)}` : unit === 'week' ? `in the week of ${range.from}` : `on ${range.from}`}`;
    return `${asText(cellShown(values.cells[i] ?? null, values.type, style).text)}${when}${others === 0 ? '' : ' and again'}`;
  };
  const generated = madeUpIn(model, request).length > 0 ? ' (generated)' : '';
  const only = asText(cellShown(values.cells[points.indexOf(low)] ?? null, values.type, style).text);
  const extremes = low === high ? (points.includes(undefined) ? `${only} or BLANK` : `always ${only}`) : `lowest ${told(low)}, highest ${told(high)}`;
  return `\`${line}\` each ${unit} of ${asText(text)}${generated}: ${extremes}`;
}

function numberOf(cell: Cell): number | 'other' | undefined {
  if (cell === null) return undefined;
  return typeof cell === 'number' || typeof cell === 'bigint' ? Number(cell) : 'other';
}

function block(value: number, low: number, high: number): string {
  const share = high === low ? 0 : (value - low) / (high - low);
  return blocks[Math.max(0, Math.ceil(share * blocks.length) - 1)] ?? gap;
}

/** Days, whole weeks that end with the last day, or months: as many as make a line. */
function pointsOf(first: string, last: string): { readonly unit: 'day' | 'week' | 'month'; readonly ranges: readonly Required<Days>[] } {
  const count = daysFrom(first, last);
  const steps = (length: number, of: number): readonly Required<Days>[] =>
    Array.from({ length }, (_, i) => ({ from: daysBefore(last, (length - i) * of - 1), to: daysBefore(last, (length - i - 1) * of) }));
  if (count <= mostPoints) return { unit: 'day', ranges: steps(count, 1) };
  if (count <= mostPoints * 7) return { unit: 'week', ranges: steps(Math.floor(count / 7), 7) };
  return { unit: 'month', ranges: [...monthsBack(first, last, mostMonths)].reverse() };
}

/** The day of the nearest calendar of what the metric reads, else the first date of its largest table. */
function dateColumn(model: Model, facts: readonly TableFacts[], tables: readonly Table[]): ColumnRef | undefined {
  const factsOf = (it: Table): TableFacts | undefined => facts.find((its) => nameKey(its.table) === nameKey(it.name));
  const datesOf = (it: Table): readonly ColumnRef[] => (factsOf(it)?.columns ?? []).flatMap(({ name, type }) => {
    const declared = it.columns.get(nameKey(name));
    return type === 'dateTime' && declared?.hidden !== true ? [{ table: it.name, column: declared?.name ?? name }] : [];
  });
  const calendars = [...tables, ...dimensionsOf(model, tables)].flatMap(datesOf).filter((it) => isCalendar(model, it));
  const largest = [...tables].sort((a, b) => (factsOf(b)?.rowCount ?? 0) - (factsOf(a)?.rowCount ?? 0));
  return calendars[0] ?? largest.flatMap(datesOf)[0];
}

/** Whether other tables refer to a column of days, or its table is marked by it. */
function isCalendar({ relationships, tables }: Model, { table, column }: ColumnRef): boolean {
  const marked = tables.get(nameKey(table))?.dateColumn;
  if (marked !== undefined) return nameKey(marked) === nameKey(column);
  return relationships.some((it) => {
    const one = it.cardinality === 'one-to-many' ? it.from : it.to;
    return it.active && nameKey(one.table) === nameKey(table) && nameKey(one.column) === nameKey(column);
  });
}
