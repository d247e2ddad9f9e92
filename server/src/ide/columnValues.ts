/** The values of a column with the number of rows that hold each. */
import { nameKey, type ChoiceOption, type Column, type Model, type Table } from '../model/model.ts';
import type { ColumnRef } from '../plan/plan.ts';
import type { Cell } from '../plan/values.ts';
import { quoteString, quoteTable } from '../../../grammar/src/index.ts';
import { columnText } from '../workspace/queries.ts';
import type { ModelView, Workspace } from '../workspace/types.ts';
import { dimensionsOf, factsAround, isSmallBeside } from './dimensions.ts';

/** Columns with more values are not counted: neither a person nor a list has use for them. */
export const mostCounted = 10_000;

export interface ValueCount {
  readonly value: Cell;
  readonly rows: number;
}

export interface RowsAround {
  /** The table whose rows are counted. */
  readonly table: string;
  readonly rows: ReadonlyMap<Cell, number>;
}

/**
 * Counts the rows of each value, most frequent first, blanks last among equals.
 *
 * @returns undefined when the data cannot be had or the column has too many values
 */
export async function columnValues(workspace: Workspace, model: ModelView, column: ColumnRef): Promise<readonly ValueCount[] | undefined> {
  const facts = await workspace.columnFacts(model, column);
  if (facts?.distinct === undefined || facts.distinct > mostCounted) return undefined;
  const query = `EVALUATE SUMMARIZECOLUMNS(${columnText(column)}, ${quoteString('Rows')}, COUNTROWS(${quoteTable(column.table)}))`;
  const [result] = await workspace.evaluate(model, [{ query }]);
  if (result?.kind !== 'table') return undefined;
  const [values, counts] = result.columns;
  if (values === undefined || counts === undefined) return undefined;
  const counted = values.cells.flatMap((value, i): readonly ValueCount[] => {
    const rows = counts.cells[i];
    return typeof rows === 'number' ? [{ value, rows }] : [];
  });
  const isBlank = (it: ValueCount): number => (it.value === null ? 1 : 0);
  return counted.sort((a, b) => b.rows - a.rows || isBlank(a) - isBlank(b));
}

/**
 * Counts the rows that belong to each value of a dimension's column, in the largest table that refers to the dimension.
 *
 * @returns undefined for a table that is no dimension, and when the data cannot be had
 */
export async function rowsAround(workspace: Workspace, view: ModelView, ref: ColumnRef): Promise<RowsAround | undefined> {
  const around = factsAround(view.model, ref.table);
  const sizes = new Map((await workspace.facts(view, [ref.table, ...around.map((it) => it.name)])).map((it) => [nameKey(it.table), it.rowCount]));
  const sizeOf = (it: Table): number => sizes.get(nameKey(it.name)) ?? 0;
  const table = view.model.tables.get(nameKey(ref.table));
  const [largest] = around.filter((it) => !it.hidden).sort((a, b) => sizeOf(b) - sizeOf(a));
  if (table === undefined || largest === undefined) return undefined;
  // A fact to which another fact refers, as events refer to their session, has rows that count themselves.
  if (dimensionsOf(view.model, [table]).length > 0 && !isSmallBeside(sizeOf(table), sizeOf(largest))) return undefined;
  const [result] = await workspace.evaluate(view, [{ query: `EVALUATE SUMMARIZECOLUMNS(${columnText(ref)}, "Rows", COUNTROWS(${quoteTable(largest.name)}))` }]);
  if (result?.kind !== 'table') return undefined;
  const [values, counts] = result.columns;
  return {
    table: largest.name,
    rows: new Map((values?.cells ?? []).flatMap((value, i) => {
      const rows = counts?.cells[i];
      return typeof rows === 'number' ? [[value, rows] as const] : [];
    })),
  };
}

/** What a value of a choice column means. */
export function optionOf(model: Model, column: Column, value: Cell): ChoiceOption | undefined {
  if (column.choice === undefined || (typeof value !== 'number' && typeof value !== 'string')) return undefined;
  return model.choices.get(nameKey(column.choice))?.options.get(String(value));
}
