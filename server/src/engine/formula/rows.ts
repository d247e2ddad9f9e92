/** Rows of relations: columns that are made when they are read, and the contexts that the rows belong to. */
import type { RelationColumn, RelationshipUse } from '../../plan/plan.ts';
import type { Cell } from '../../plan/values.ts';
import { pulse } from '../pulse.ts';
import { isFailure, type Failure } from '../values/cells.ts';
import { cellAt, pick, type Vector } from '../values/vector.ts';
import { composeIndex } from './batch.ts';
import { vectorOf } from './results.ts';
import { all, ask, shared, share, type Shared, type Task } from './task.ts';
import { allIndices } from '../values/indices.ts';

export interface RowSet {
  readonly length: number;
  readonly columns: readonly RelationColumn[];
  /** The model table whose whole rows these are, told by `handles`. */
  readonly table: string | undefined;
  readonly handles: Int32Array | undefined;
  /** Relationships in use where whole rows were read: their expanded table is that of then. */
  readonly relationships?: readonly RelationshipUse[] | undefined;
  /** As filters of a row context the rows stand beside the filters that are set, and replace none. */
  readonly keepsFilters?: true;
  /** What was read, or is being read, by index of column. */
  readonly read: Map<number, Shared<Vector>>;
  make(index: number): Task<Vector>;
}

/**
 * The rows of a relation in a batch. `owners` tells the context of each row, rising; undefined: every context has all
 * the rows. Contexts for which the rows could not be had are told by `spoiled`.
 */
export interface Rows {
  readonly set: RowSet;
  readonly owners: Int32Array | undefined;
  readonly spoiled: Spoiled;
  /** Some rows are there only because a value failed that might have left them out. Who shows the rows need not care. */
  readonly unsure?: Spoiled;
}

/** A failure for every context, or by context. */
export type Spoiled = Failure | ReadonlyMap<number, Failure> | undefined;

export const spoiledAt = (spoiled: Spoiled, context: number): Failure | undefined =>
  spoiled instanceof Map ? (spoiled.get(context) as Failure | undefined) : (spoiled as Failure | undefined);

export function mergeSpoiled(a: Spoiled, b: Spoiled): Spoiled {
  if (a === undefined || b === undefined) return a ?? b;
  if (!(a instanceof Map)) return a;
  if (!(b instanceof Map)) return b;
  return new Map<number, Failure>([...(b as ReadonlyMap<number, Failure>), ...(a as ReadonlyMap<number, Failure>)]);
}

/** The rows for whoever counts them or goes through them: where it is not known which there are, there are none. */
export const sureRows = (rows: Rows): Rows => (rows.unsure === undefined ? rows : { set: rows.set, owners: rows.owners, spoiled: mergeSpoiled(rows.spoiled, rows.unsure) });

export const rowsOf = (set: RowSet, owners?: Int32Array, spoiled?: Spoiled): Rows => ({ set, owners, spoiled });

/** The value of a column in every row. */
export function columnOf(set: RowSet, index: number): Task<Vector> {
  let cell = set.read.get(index);
  if (cell === undefined) set.read.set(index, (cell = shared<Vector>()));
  return share(cell, () => set.make(index));
}

export const columnsOf = (set: RowSet): Task<Vector[]> => all(set.columns.map((_, index) => columnOf(set, index)));

export function handlesOf(set: RowSet): Int32Array {
  if (set.handles === undefined) throw new Error('rows without handles');
  return set.handles;
}

/** Whole rows of a table; their values are asked for when they are read. */
export function storedRows(table: string, columns: readonly RelationColumn[], handles: Int32Array, relationships?: readonly RelationshipUse[]): RowSet {
  return {
    length: handles.length,
    columns,
    table,
    handles,
    relationships,
    read: new Map(),
    *make(index) {
      const lineage = columns[index]?.lineage;
      if (lineage === undefined) throw new Error(`column ${index} of ${table} has no origin`);
      return vectorOf(yield* ask({ kind: 'gather', table, rows: handles, target: { kind: 'column', ...lineage } }), handles.length);
    },
  };
}

/** Rows whose columns are computed when they are read. */
export const lazyRows = (columns: readonly RelationColumn[], length: number, make: (index: number) => Task<Vector>): RowSet => ({
  length, columns, table: undefined, handles: undefined, read: new Map(), make,
});

/** Rows whose values are at hand. */
export const madeRows = (columns: readonly RelationColumn[], vectors: readonly Vector[], length: number): RowSet =>
  lazyRows(columns, length, function* (index) {
    const vector = vectors[index];
    if (vector === undefined) throw new Error(`there is no column ${index}`);
    return vector;
  });

/** Rows of contexts in any order, those of one context put together; they keep their order. */
export function byContext(set: RowSet, owners: Int32Array, spoiled: Spoiled): Rows {
  const order = allIndices(set.length).sort((a, b) => {
    pulse();
    return (owners[a] as number) - (owners[b] as number) || a - b;
  });
  return rowsOf(pickRows(set, order), composeIndex(order, owners), spoiled);
}

/** Some rows of a set, in the order of `picks`. */
export function pickRows(set: RowSet, picks: Int32Array): RowSet {
  return {
    length: picks.length,
    columns: set.columns,
    table: set.table,
    handles: itemsAt(picks, set.handles),
    relationships: set.relationships,
    read: new Map(),
    *make(index) {
      return pick(yield* columnOf(set, index), picks);
    },
  };
}

/** The owners or handles at some rows; undefined stays so. */
export const itemsAt = (picks: Int32Array, items: Int32Array | undefined): Int32Array | undefined =>
  items === undefined ? undefined : composeIndex(picks, items);

/** The same rows with each context having its own copy, `contexts` contexts in all. */
export function ownedRows(rows: Rows, contexts: number): Rows & { readonly owners: Int32Array } {
  if (rows.owners !== undefined) return { ...rows, owners: rows.owners };
  const { length } = rows.set;
  const owners = new Int32Array(length * contexts);
  const picks = new Int32Array(length * contexts);
  for (let i = 0; i < owners.length; i++) {
    pulse();
    owners[i] = Math.floor(i / length);
    picks[i] = i % length;
  }
  const kept = rows.set.keepsFilters === true ? { keepsFilters: true } as const : {};
  return { set: contexts === 1 ? rows.set : { ...pickRows(rows.set, picks), ...kept }, owners, spoiled: rows.spoiled };
}

/** The rows for which `kept` is TRUE. A row for which it failed spoils the row's context. */
export function keepRows(rows: Rows, kept: Vector, isTrue: (cell: Cell) => boolean | Failure): Rows {
  const { owners } = rows;
  const picks = new Int32Array(rows.set.length);
  let count = 0;
  let everywhere: Failure | undefined;
  const failed = new Map<number, Failure>();
  const test = (cell: Cell): boolean | Failure => (isFailure(cell) ? cell : isTrue(cell));
  // Each distinct value is judged once.
  const judged = kept.kind === 'dictionary' && kept.size <= kept.length ? { codes: kept.codes, holds: kept.dictionary.map(test) } : undefined;
  for (let i = 0; i < rows.set.length; i++) {
    pulse();
    const holds = judged === undefined ? test(cellAt(kept, i)) : judged.holds[judged.codes[i] as number];
    if (holds === true) picks[count++] = i;
    else if (holds !== false && holds !== undefined) {
      if (owners === undefined) everywhere ??= holds;
      else if (!failed.has(owners[i] as number)) failed.set(owners[i] as number, holds);
    }
  }
  const spoiled = mergeSpoiled(rows.spoiled, everywhere ?? (failed.size > 0 ? failed : undefined));
  return rowsAt(rows, picks.slice(0, count), spoiled);
}

/** Some of the rows, in their order. */
export function rowsAt(rows: Rows, picks: Int32Array, spoiled: Spoiled): Rows {
  // What is filtered no longer stands right below KEEPFILTERS.
  if (picks.length === rows.set.length && rows.set.keepsFilters === undefined) return { ...rows, spoiled };
  return { set: pickRows(rows.set, picks), owners: itemsAt(picks, rows.owners), spoiled };
}
