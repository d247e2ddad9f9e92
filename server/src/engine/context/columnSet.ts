/** Sets of model columns. */
import type { ColumnRef } from '../../plan/plan.ts';

/** By table: some columns, or all of them. */
export type ColumnSet = ReadonlyMap<string, 'all' | ReadonlySet<string>>;

export function columnSet(columns: readonly ColumnRef[], wholeTables: readonly string[] = []): ColumnSet {
  const set = new Map<string, 'all' | Set<string>>();
  for (const { table, column } of columns) {
    const known = set.get(table);
    if (known === undefined) set.set(table, new Set([column]));
    else if (known !== 'all') known.add(column);
  }
  for (const table of wholeTables) set.set(table, 'all');
  return set;
}

export function hasColumn(set: ColumnSet, table: string, column: string): boolean {
  const columns = set.get(table);
  return columns === 'all' || (columns !== undefined && columns.has(column));
}
