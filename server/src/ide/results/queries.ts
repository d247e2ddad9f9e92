/** The queries behind the results view: a metric by columns and parts of time, in the context of filters. */
import { quoteColumn, quoteString, quoteTable } from '../../../../grammar/src/index.ts';
import { daxLiteral } from '../../expect/literalText.ts';
import { nameKey } from '../../model/model.ts';
import { columnText, metricQuery, tableQuery } from '../../workspace/queries.ts';
import type { Segment } from '../../../../grammar/src/tree.ts';
import type { NamedQuery } from '../../workspace/evaluated.ts';
import { valueColumn } from '../values.ts';
import { cellOf } from './cells.ts';
import type { Grain, GroupBy, ResultFilter } from './records.ts';

/**
 * @param expression a scalar expression: a metric's name in brackets
 * @param where filter arguments as CALCULATETABLE takes them
 * @returns a query of one row a group; its columns are those of `by` and the value. Groups whose value is BLANK may be
 *   among them
 */
export function groupedQuery(expression: string, by: readonly GroupBy[], where: readonly string[]): string {
  if (by.every((it) => it.grain === undefined)) return metricQuery({ expression, name: valueColumn, by, where });
  const conditions = by.flatMap((it, i) => (it.grain === undefined ? [] : [`KEEPFILTERS(FILTER(ALL(${columnText(it)}), ${within(it, it.grain, `__Part${String(i)}`)}))`]));
  const parts = by.flatMap((it, i) => (it.grain === undefined ? [] : [`VAR __Part${String(i)} = ${quoteColumn(partName(i))}`]));
  // The columns of one table meet only where its rows have both, as they do in SUMMARIZECOLUMNS.
  const [first, second] = by;
  const together = first !== undefined && second !== undefined && nameKey(first.table) === nameKey(second.table);
  const groups = together
    ? groupsOf(`SUMMARIZE(${[quoteTable(first.table), ...new Set([columnText(first), columnText(second)])].join(', ')})`, by.map((it, i) => [it, i]))
    : by.map((it, i) => groupsOf(`VALUES(${columnText(it)})`, [[it, i]])).reduce((left, right) => `CROSSJOIN(${left}, ${right})`);
  return tableQuery(`ADDCOLUMNS(${groups}, ${quoteString(valueColumn)}, ${parts.join('\n')}\nRETURN CALCULATE(${expression}, ${conditions.join(', ')}))`, where);
}

/** The groups of a table of values, each column gathered into its parts of time. */
const groupsOf = (values: string, by: readonly (readonly [GroupBy, number])[]): string =>
  `DISTINCT(SELECTCOLUMNS(${values}, ${by.map(([it, i]) => `${quoteString(partName(i))}, ${partOf(it)}`).join(', ')}))`;

const partName = (index: number): string => `__part${String(index)}`;

/** The first moment of the part of time that a column's value lies in. */
function partOf(it: GroupBy): string {
  const column = columnText(it);
  if (it.grain === undefined) return column;
  const month = it.grain === 'year' ? '1' : `MONTH(${column})`;
  const day = it.grain === 'day' ? `DAY(${column})` : '1';
  return `IF(ISBLANK(${column}), BLANK(), DATE(YEAR(${column}), ${month}, ${day}))`;
}

/** Whether a column's value lies in the part of time that begins at `start`; BLANK is a part of its own. */
function within(it: GroupBy, grain: Grain, start: string): string {
  return `IF(ISBLANK(${start}), ISBLANK(${columnText(it)}), ${inPart(it, grain, start)})`;
}

/** Comparisons take BLANK for the day 0, 1899-12-30. */
function inPart(it: GroupBy, grain: Grain, start: string): string {
  const column = columnText(it);
  return `NOT ISBLANK(${column}) && ${column} >= ${start} && ${column} < ${lastDayOf(grain, start)} + 1`;
}

/** The day behind it may be beyond the range of dates, where EDATE does not lead. */
function lastDayOf(grain: Grain, start: string): string {
  switch (grain) {
    case 'day': return start;
    case 'month': return `EOMONTH(${start}, 0)`;
    case 'year': return `EOMONTH(${start}, 11)`;
  }
}

/** A filter of a metric's results as a filter argument; undefined for one of a query's. */
export function argumentOf({ by, type, value }: ResultFilter): string | undefined {
  if (by === undefined) return undefined;
  const column = columnText(by);
  const literal = daxLiteral(cellOf(value, type), type);
  if (value === null) return `ISBLANK(${column})`;
  return by.grain === undefined ? `${column} == ${literal}` : inPart(by, by.grain, literal);
}

/** A query's text with the table of one EVALUATE in the context of filters. */
export function inContext({ query, index }: NamedQuery, { item }: Segment, where: readonly string[]): string {
  if (where.length === 0) return query;
  const evaluate = item.kind === 'query' ? item.evaluates[index] : undefined;
  if (item.kind === 'bare') return tableQuery(query.slice(query.indexOf('EVALUATE') + 'EVALUATE'.length), where);
  if (evaluate === undefined) return query;
  const { start, end } = evaluate.expression.span;
  return `${query.slice(0, start)}CALCULATETABLE(${query.slice(start, end)}\n,\n${where.join('\n,\n')}\n)${query.slice(end)}`;
}
