/**
 * Batches of evaluation contexts, and what is in sight in them.
 *
 * A batch stands for `size` contexts that differ in values only: which columns their filters are on is the same for
 * all. A batch made from another knows for each of its contexts the context it came from, so values computed for the
 * older one are picked, not computed again.
 */
import type { RelationshipUse, RowId, VariableId, VariablePlan } from '../../plan/plan.ts';
import type { Vector } from '../../plan/vector.ts';
import type { FilterItem } from '../context/items.ts';
import type { ScopeOfBatch } from './scopes.ts';
import type { Rows, RowSet } from './rows.ts';
import type { Shared } from './task.ts';

export interface Batch {
  readonly size: number;
  readonly parent: Batch | undefined;
  /** Context i came from context `origin[i]` of the parent; undefined: from context i. */
  readonly origin: Int32Array | undefined;
  /** All of these hold. */
  readonly filters: readonly FilterItem[];
  /** Relationships in use beside the active ones, the one that prevails last. */
  readonly relationships: readonly RelationshipUse[] | undefined;
  /** The contexts are some of the parent's, unchanged: what was computed there holds here. */
  readonly subset: boolean;
  readonly scopes: Map<string, Shared<ScopeOfBatch>>;
  readonly values: Map<string, Shared<Vector>>;
}

/** What is in sight: row contexts and variables, innermost first. */
export type Scope =
  | { readonly kind: 'row'; readonly id: RowId; readonly binding: RowBinding; readonly outer: Scope | undefined }
  | { readonly kind: 'variable'; readonly plan: VariablePlan; readonly frame: VariableFrame; readonly outer: Scope | undefined }
  /** A calculation item applied to a measure. */
  | { readonly kind: 'item'; readonly measure: number; readonly outer: undefined };

/** In context i of `batch` the current row is row `index[i]` of `set`; undefined: row i. */
export interface RowBinding {
  readonly batch: Batch;
  readonly set: RowSet;
  readonly index: Int32Array | undefined;
}

/** Where a variable is evaluated, and its value once it is. */
export interface VariableFrame {
  readonly context: Context;
  readonly scalar: Shared<Vector>;
  readonly table: Shared<Rows>;
}

/** Where an expression is evaluated. */
export interface Context {
  readonly batch: Batch;
  readonly scope: Scope | undefined;
  readonly depth: number;
  /** The step of the trace that is being recorded, where there is one. */
  readonly step?: number | undefined;
}

export function batchOf(size: number, filters: readonly FilterItem[], parent?: Batch, origin?: Int32Array, subset = false, relationships = parent?.relationships): Batch {
  return { size, parent, origin, filters, subset, relationships, scopes: new Map(), values: new Map() };
}

/** Some contexts of a batch. */
export const subsetOf = (batch: Batch, picks: Int32Array): Batch => batchOf(picks.length, batch.filters, batch, picks, true);

/** For each context of `batch` the context of its ancestor that it came from; undefined: the same. */
export function originIn(batch: Batch, ancestor: Batch): Int32Array | undefined {
  let map: Int32Array | undefined;
  for (let it: Batch | undefined = batch; it !== undefined; it = it.parent) {
    if (it === ancestor) return map;
    map = composeIndex(map, it.origin);
  }
  throw new Error('the batch does not come from that one');
}

/** `second[first[i]]`, where undefined stands for every index itself. */
export function composeIndex(first: Int32Array | undefined, second: Int32Array | undefined): Int32Array | undefined {
  if (first === undefined) return second;
  if (second === undefined) return first;
  const composed = new Int32Array(first.length);
  for (let i = 0; i < first.length; i++) composed[i] = second[first[i] as number] as number;
  return composed;
}

export function rowInSight(scope: Scope | undefined, id: RowId): RowBinding | undefined {
  for (let it = scope; it !== undefined; it = it.outer) if (it.kind === 'row' && it.id === id) return it.binding;
  return undefined;
}

export function variableInSight(scope: Scope | undefined, id: VariableId): Extract<Scope, { kind: 'variable' }> | undefined {
  for (let it = scope; it !== undefined; it = it.outer) if (it.kind === 'variable' && it.plan.id === id) return it;
  return undefined;
}
