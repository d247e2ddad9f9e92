/** The first rows of a table as text, for someone who wants to see what is in it. */
import { quoteTable } from '../../../grammar/src/index.ts';
import { nameKey, type Table } from '../model/model.ts';
import type { TableFacts } from '../plan/database.ts';
import { madeUpIn } from '../workspace/madeUp.ts';
import { columnText } from '../workspace/queries.ts';
import type { Workspace } from '../workspace/types.ts';
import { asPlain } from './markdown.ts';
import { cellShown, scalarShown } from './shown.ts';

export interface TableRows {
  readonly columns: readonly { readonly name: string; readonly isNumber: boolean }[];
  readonly rows: readonly (readonly string[])[];
  /** How many rows the table has. */
  readonly total: number | undefined;
  readonly generated: boolean;
}

export const mostRows = 100;
const longestCell = 60;
/** A table without a key is ordered by so many columns. */
const mostOrdered = 8;

/**
 * @param modelUri the file that declares the model
 * @returns a sentence that says why there are no rows; undefined where the model or the table is gone
 */
export async function tableRows(workspace: Workspace, modelUri: string, tableName: string): Promise<TableRows | { readonly problem: string } | undefined> {
  const view = (await workspace.models()).find((it) => it.model.uri === modelUri);
  const table = view?.model.tables.get(nameKey(tableName));
  if (view === undefined || table === undefined) return undefined;
  const [facts] = await workspace.facts(view, [table.name]);
  const order = orderOf(table, facts).map((column) => columnText({ table: table.name, column }));
  const few = order.length === 0 || (facts?.rowCount ?? 0) <= mostRows ? quoteTable(table.name) : `TOPN(${String(mostRows)}, ${[quoteTable(table.name), ...order.map((it) => `${it}, ASC`)].join(', ')})`;
  const query = `EVALUATE ${few}${order.length === 0 ? '' : ` ORDER BY ${order.join(', ')}`}`;
  const [result] = await workspace.evaluate(view, [{ query }]);
  const style = { format: undefined, culture: view.project.culture };
  if (result?.kind !== 'table') return { problem: scalarShown(result, style).text };
  const cellText = (i: number, row: number): string => {
    const column = result.columns[i];
    const cell = column?.cells[row] ?? null;
    return column === undefined || cell === null ? '' : asPlain(cellShown(cell, column.type, style).text, longestCell);
  };
  return {
    columns: result.columns.map((it) => ({ name: asPlain(bareName(it.name), longestCell), isNumber: it.type === 'int64' || it.type === 'double' || it.type === 'decimal' })),
    rows: Array.from({ length: Math.min(mostRows, result.rowCount) }, (_, row) => result.columns.map((_column, i) => cellText(i, row))),
    total: facts?.rowCount,
    generated: madeUpIn(view, { query }).length > 0,
  };
}

/** Which rows are the first: by the key, else by the columns in their order. */
function orderOf(table: Table, facts: TableFacts | undefined): readonly string[] {
  const key = [...table.columns.values()].find((it) => it.key);
  return key !== undefined ? [key.name] : (facts?.columns ?? []).slice(0, mostOrdered).map((it) => it.name);
}

/** `Name` of `Table[Name]`. */
const bareName = (name: string): string => /\[((?:[^\]]|\]\])*)\]$/.exec(name)?.[1]?.replaceAll(']]', ']') ?? name;
