/** Sets of model columns. */
import type { ColumnRef } from '../../plan/plan.ts';
import type { Catalog } from '../../plan/scan.ts';

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

export const isEmptySet = (set: ColumnSet): boolean => [...set.values()].every((it) => it !== 'all' && it.size === 0);

export function unitedColumns(a: ColumnSet, b: ColumnSet): ColumnSet {
  const set = new Map(a);
  for (const [table, columns] of b) {
    const known = set.get(table);
    set.set(table, known === undefined ? columns : known === 'all' || columns === 'all' ? 'all' : new Set([...known, ...columns]));
  }
  return set;
}

const columnsIn = (set: ColumnSet, table: string, catalog: Pick<Catalog, 'columns'>): readonly string[] => {
  const columns = set.get(table) ?? [];
  return columns === 'all' ? (catalog.columns(table) ?? []) : [...columns];
};

export function commonColumns(a: ColumnSet, b: ColumnSet, catalog: Pick<Catalog, 'columns'>): ColumnSet {
  const set = new Map<string, 'all' | ReadonlySet<string>>();
  for (const [table, columns] of a) {
    const others = b.get(table);
    if (others === undefined) continue;
    if (others === 'all') set.set(table, columns);
    else if (columns === 'all') set.set(table, others);
    else set.set(table, new Set(columnsIn(a, table, catalog).filter((it) => others.has(it))));
  }
  return set;
}

/** The columns of the one that the other has not. */
export function withoutSet(a: ColumnSet, b: ColumnSet, catalog: Pick<Catalog, 'columns'>): ColumnSet {
  if (b.size === 0) return a;
  const set = new Map<string, 'all' | ReadonlySet<string>>();
  for (const [table, columns] of a) {
    if (!b.has(table)) set.set(table, columns);
    else set.set(table, new Set(columnsIn(a, table, catalog).filter((it) => !hasColumn(b, table, it))));
  }
  return set;
}
