/**
 * The parts of a filter context: tuples over columns, of which a row must have one.
 *
 * A table of whole rows filters its expanded table: it stands for tuples over all columns of the table and of every
 * table it reaches. It is kept as row handles, one facet for each of these tables, and falls apart into columns only
 * when some of them are overridden.
 */
import type { Catalog, Facet, TupleSet } from '../../plan/scan.ts';
import type { Batch } from '../formula/batch.ts';
import { ask, shared, share, type Shared, type Task } from '../formula/task.ts';
import { columnOf, handlesOf, type RowSet } from '../formula/rows.ts';
import type { Vector } from '../../plan/vector.ts';
import { hasColumn, withoutSet, type ColumnSet } from './columnSet.ts';
import { answered, vectorOf } from '../formula/results.ts';

/** The components of an item's tuples for one facet. */
export interface ItemFacet {
  readonly facet: Facet;
  /** The whole rows that the components were read from: a row determines all facets of its expanded table. */
  readonly base: RowSet | undefined;
  readonly cell: Shared<Vector | Int32Array>;
  load(): Task<Vector | Int32Array>;
}

export interface FilterItem {
  readonly facets: readonly ItemFacet[];
  readonly count: number;
  readonly spread: Spread;
  /** Tuple sets made for scans, by the facets they have. */
  readonly sets: Map<string, Shared<TupleSet>>;
}

/** Which tuples hold for which contexts of `batch`. */
export type Spread =
  /** Every tuple for every context. */
  | { readonly kind: 'all' }
  /** Tuple `index[i]` for context i; undefined: tuple i. */
  | { readonly kind: 'one'; readonly batch: Batch; readonly index: Int32Array | undefined }
  /** Tuple t for context `owners[t]`; owners rise. */
  | { readonly kind: 'many'; readonly batch: Batch; readonly owners: Int32Array };

export const itemOf = (facets: readonly ItemFacet[], count: number, spread: Spread): FilterItem => ({ facets, count, spread, sets: new Map() });

export const facetKey = (it: Facet): string => (it.kind === 'row' ? `${it.table}\u0001` : `${it.table}\u0000${it.column}`);

/** The facets by which rows filter: whole rows by their expanded table, other columns by their lineage. */
export function facetsOf(set: RowSet, catalog: Catalog): readonly ItemFacet[] {
  const { table } = set;
  const whole = table === undefined || set.handles === undefined ? [] : catalog.expanded(table, set.relationships).map((it) => rowFacet(set, table, it));
  const columns = set.columns.flatMap((column, index): ItemFacet[] => {
    const { lineage } = column;
    if (lineage === undefined || (whole.length > 0 && lineage.table === table)) return [];
    return [{ facet: { kind: 'column', ...lineage }, base: undefined, cell: shared(), load: () => columnOf(set, index) }];
  });
  return [...whole, ...columns];
}

/** Columns an item filters. */
export function filteredColumns(item: FilterItem): ColumnSet {
  const set = new Map<string, 'all' | Set<string>>();
  for (const { facet } of item.facets) {
    const known = set.get(facet.table);
    if (facet.kind === 'row') set.set(facet.table, 'all');
    else if (known === undefined) set.set(facet.table, new Set([facet.column]));
    else if (known !== 'all') known.add(facet.column);
  }
  return set;
}

/** The item without some columns: its tuples projected onto the others; undefined when none is left. */
export function withoutColumns(item: FilterItem, removed: ColumnSet, catalog: Catalog): FilterItem | undefined {
  let changed = false;
  const facets = item.facets.flatMap((it): readonly ItemFacet[] => {
    const { facet } = it;
    if (!removed.has(facet.table)) return [it];
    if (facet.kind === 'column') {
      const gone = hasColumn(removed, facet.table, facet.column);
      changed ||= gone;
      return gone ? [] : [it];
    }
    const columns = catalog.columns(facet.table) ?? [];
    const rest = columns.filter((column) => !hasColumn(removed, facet.table, column));
    if (rest.length === columns.length) return [it];
    changed = true;
    return rest.map((column) => columnFacet(it, facet.table, column));
  });
  if (!changed) return item;
  return facets.length === 0 ? undefined : itemOf(facets, item.count, item.spread);
}

/** The item with some columns only: its tuples projected onto them; undefined when it has none of them. */
export function onlyColumns(item: FilterItem, kept: ColumnSet, catalog: Catalog): FilterItem | undefined {
  return withoutColumns(item, withoutSet(filteredColumns(item), kept, catalog), catalog);
}

/** The components of a facet: values, or row handles. */
export const loadFacet = (it: ItemFacet): Task<Vector | Int32Array> => share(it.cell, () => it.load());

function rowFacet(set: RowSet, from: string, table: string): ItemFacet {
  return {
    facet: { kind: 'row', table },
    base: set,
    cell: shared(),
    *load() {
      const rows = handlesOf(set);
      if (from === table) return rows;
      const using = set.relationships === undefined ? {} : { relationships: set.relationships };
      const result = yield* ask({ kind: 'gather', table: from, rows, target: { kind: 'row', table }, ...using });
      return answered(result, 'handles').rows;
    },
  };
}

function columnFacet(row: ItemFacet, table: string, column: string): ItemFacet {
  return {
    facet: { kind: 'column', table, column },
    base: row.base,
    cell: shared(),
    *load() {
      const rows = yield* loadFacet(row);
      if (!(rows instanceof Int32Array)) throw new Error('row handles were expected');
      return vectorOf(yield* ask({ kind: 'gather', table, rows, target: { kind: 'column', table, column } }), rows.length);
    },
  };
}
