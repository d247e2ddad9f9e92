/** Query texts for metrics: one by itself, broken down by columns, in the context of filters. */
import { quoteColumn, quoteString, quoteTable } from '../../../grammar/src/index.ts';
import type { ColumnRef } from '../plan/plan.ts';

export interface MetricQuery {
  /** A DAX scalar expression; for a metric, its name in brackets. */
  readonly expression: string;
  /** Name of the result's column. */
  readonly name: string;
  readonly by?: readonly ColumnRef[];
  /** DAX filter arguments, as CALCULATETABLE takes them. */
  readonly where?: readonly string[];
}

/**
 * The query that `--by`, `--where`, hovers and expectations mean: SUMMARIZECOLUMNS over the columns, so that groups
 * without a value are left out; a lone value is a ROW, so that BLANK shows.
 */
export function metricQuery({ expression, name, by = [], where = [] }: MetricQuery): string {
  const value = `${quoteString(name)}, ${expression}`;
  const table = by.length === 0 ? `ROW(${value})` : `SUMMARIZECOLUMNS(${[...by.map(columnText), value].join(', ')})`;
  return tableQuery(table, where);
}

/** The query of a table expression in the context of filters. */
export function tableQuery(table: string, where: readonly string[]): string {
  // Line breaks keep a line comment in a filter from swallowing what follows it.
  return where.length === 0 ? `EVALUATE ${table}` : `EVALUATE CALCULATETABLE(${table},\n${where.join('\n,\n')}\n)`;
}

export const measureText = (name: string): string => quoteColumn(name);

export const columnText = (it: ColumnRef): string => `${quoteTable(it.table)}${quoteColumn(it.column)}`;
