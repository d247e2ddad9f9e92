/** Filters over columns of several tables that are grouped by: only the combinations they hold exist. */
import type { ColumnRef } from '../../plan/plan.ts';
import type { Catalog } from '../../plan/scan.ts';
import { columnSet, hasColumn } from '../context/columnSet.ts';
import { filteredColumns, loadFacet, type FilterItem, type ItemFacet } from '../context/items.ts';
import { isVariant } from '../values/cells.ts';
import { matchKey } from '../values/compare.ts';
import { cellAt, type Vector } from '../values/vector.ts';
import type { Cell, ValueType } from '../../plan/values.ts';
import { composeIndex, originIn, type Batch } from './batch.ts';
import { columnOf, itemsAt, pickRows, type Rows } from './rows.ts';
import { vectorOf } from './results.ts';
import { all, ask, type Task } from './task.ts';
import { indicesWhere } from '../values/indices.ts';

/** A filter that ties columns of several tables together. */
interface Link {
  readonly item: FilterItem;
  readonly columns: readonly { readonly column: ColumnRef; load(): Task<Vector> }[];
}

export interface Linking {
  readonly links: readonly Link[];
  /** Columns beyond those grouped by that the links are told in. */
  readonly columns: readonly ColumnRef[];
}

export function linkingColumns(batch: Batch, tables: readonly string[], by: readonly ColumnRef[], catalog: Catalog): Linking {
  // Other filters may leave some of the rows with a value and not others; then rows are told apart by all of their columns.
  const apart = filtersBeyond(batch, tables, by, catalog);
  const columnsOfRows = (table: string): readonly ColumnRef[] =>
    (apart ? (catalog.columns(table) ?? []).map((column) => ({ table, column })) : by.filter((column) => column.table === table));
  const links = batch.filters.flatMap((item): Link[] => {
    const filtered = filteredColumns(item);
    if (tables.filter((it) => filtered.has(it)).length < 2) return [];
    return [{ item, columns: item.facets.filter((it) => tables.includes(it.facet.table)).flatMap((it) => columnsOfFacet(it, columnsOfRows)) }];
  });
  return { links, columns: links.flatMap((it) => it.columns.map(({ column }) => column)).filter((it) => !hasColumn(columnSet(by), it.table, it.column)) };
}

/** Whether several filters reach these tables by anything but the columns grouped by. */
function filtersBeyond(batch: Batch, tables: readonly string[], by: readonly ColumnRef[], catalog: Catalog): boolean {
  const grouped = columnSet(by);
  const reach = new Set(tables.flatMap((it) => catalog.sources(it, batch.relationships)));
  const beyond = batch.filters.filter((item) => item.facets.some(({ facet }) => reach.has(facet.table) && (facet.kind === 'row' || !hasColumn(grouped, facet.table, facet.column))));
  return beyond.length > 1;
}

/** The columns in which a facet is told. */
function columnsOfFacet(it: ItemFacet, columnsOfRows: (table: string) => readonly ColumnRef[]): Link['columns'] {
  const { facet } = it;
  if (facet.kind === 'column') {
    return [{ column: { table: facet.table, column: facet.column }, *load() {
      return (yield* loadFacet(it)) as Vector;
    } }];
  }
  return columnsOfRows(facet.table).map((column) => ({ column, *load() {
    const rows = (yield* loadFacet(it)) as Int32Array;
    return vectorOf(yield* ask({ kind: 'gather', table: facet.table, rows, target: { kind: 'column', ...column } }), rows.length);
  } }));
}

/** The rows whose values some tuple of every link has. */
export function* keepLinked({ links }: Linking, rows: Rows, batch: Batch): Task<Rows> {
  let kept = rows;
  for (const link of links) kept = yield* keepOne(link, kept, batch);
  return kept;
}

function* keepOne({ item, columns }: Link, rows: Rows, batch: Batch): Task<Rows> {
  const tuples = yield* all(columns.map((it) => it.load()));
  const indices = columns.map(({ column }) => rows.set.columns.findIndex((it) => it.lineage?.table === column.table && it.lineage.column === column.column));
  const values = yield* all(indices.map((it) => columnOf(rows.set, it)));
  const { spread } = item;
  const origin = spread.kind === 'all' ? undefined : composeIndex(originIn(batch, spread.batch), spread.kind === 'one' ? spread.index : undefined);
  /** What a tuple holds for: a tuple's own number, its owner, or nothing in particular. */
  const holder = (tuple: number): number => (spread.kind === 'all' ? 0 : spread.kind === 'one' ? tuple : (spread.owners[tuple] as number));
  const known = new Set<string>();
  for (let tuple = 0; tuple < item.count; tuple++) known.add(key(holder(tuple), tuples, tuple));
  const { owners } = rows;
  const wanted = (row: number): number => {
    const context = owners === undefined ? 0 : (owners[row] as number);
    return spread.kind === 'all' ? 0 : origin === undefined ? context : (origin[context] as number);
  };
  const picks = indicesWhere(rows.set.length, (row) => known.has(key(wanted(row), values, row)));
  return { set: pickRows(rows.set, picks), owners: itemsAt(picks, owners), spoiled: rows.spoiled };
}

const key = (holder: number, vectors: readonly Vector[], row: number): string => JSON.stringify([holder, ...vectors.map((it) => keyOf(cellAt(it, row), it.type))]);

const keyOf = (cell: Cell, type: ValueType): string | null => (isVariant(cell) ? matchKey(cell.value, cell.type) : matchKey(cell, type));
