/**
 * Results of scans that were asked for lately: an edit of one filter leaves the scans without it as they are.
 *
 * The rows of an engine never change, so a result is told by its request alone. Requests are found by a hash and then
 * compared value by value: what is not surely the same is scanned again.
 */
import type { CorrelatedTuples, ScanAggregate, ScanScope, TupleSet } from '../../plan/scan.ts';
import type { Vector } from '../../plan/vector.ts';

export interface ScanMemory {
  find(scope: ScanScope, aggregate: ScanAggregate): Vector | undefined;
  keep(scope: ScanScope, aggregate: ScanAggregate, result: Vector): void;
  forget(): void;
}

/** Scopes that are kept, the youngest last. */
const MOST_SCOPES = 64;
/** Tuples of a scope that is kept, and values of one result, at most. */
const MOST_VALUES = 50_000;
/** Tuples and values that are kept in all. */
const MOST_HELD = 1_000_000;

interface Entry {
  readonly scope: ScanScope;
  readonly results: Map<string, Vector>;
  /** Its tuples and the values of its results. */
  held: number;
}

export function scanMemory(): ScanMemory {
  const entries = new Map<string, Entry>();
  let held = 0;
  const keys = new WeakMap<ScanScope, string | undefined>();
  const keyOf = (scope: ScanScope): string | undefined => {
    if (!keys.has(scope)) keys.set(scope, isSmall(scope) ? hashOf(scope) : undefined);
    return keys.get(scope);
  };
  const entryOf = (scope: ScanScope): Entry | undefined => {
    const key = keyOf(scope);
    const entry = key === undefined ? undefined : entries.get(key);
    return entry !== undefined && (entry.scope === scope || isSameScope(entry.scope, scope)) ? entry : undefined;
  };
  const drop = (key: string): void => {
    held -= entries.get(key)?.held ?? 0;
    entries.delete(key);
  };
  return {
    find: (scope, aggregate) => entryOf(scope)?.results.get(aggregateKey(aggregate)),
    keep(scope, aggregate, result) {
      const key = keyOf(scope);
      if (key === undefined || result.length > MOST_VALUES) return;
      const known = entryOf(scope);
      if (known === undefined) drop(key);
      const entry = known ?? { scope, results: new Map<string, Vector>(), held: tuplesOf(scope) };
      entry.results.set(aggregateKey(aggregate), result);
      entries.delete(key);
      entries.set(key, entry);
      held += result.length + (known === undefined ? entry.held : 0);
      entry.held += result.length;
      for (const oldest of entries.keys()) {
        if (entries.size <= MOST_SCOPES && held <= MOST_HELD) break;
        drop(oldest);
      }
    },
    forget() {
      entries.clear();
      held = 0;
    },
  };
}

const aggregateKey = (it: ScanAggregate): string => (it.fn === 'ROWS' ? 'ROWS' : `${it.fn}\u0000${it.column.table}\u0000${it.column.column}`);

const setsOf = (scope: ScanScope): readonly TupleSet[] => [...scope.conditions, ...scope.correlations];

const tuplesOf = (scope: ScanScope): number => setsOf(scope).reduce((acc, it) => acc + it.count, 0);

const isSmall = (scope: ScanScope): boolean => scope.contexts <= MOST_VALUES && tuplesOf(scope) <= MOST_VALUES;

/** Equal for equal scopes. */
function hashOf(scope: ScanScope): string {
  const sets = setsOf(scope).map((it) => `${it.facets.map((facet) => (facet.kind === 'row' ? facet.table : `${facet.table}\u0001${facet.column}`)).join('\u0002')}:${it.count}:${it.columns.map(hashOfColumn).join(',')}`);
  return [scope.root, scope.blankRow, scope.contexts, scope.conditions.length, JSON.stringify(scope.relationships ?? []), ...sets].join('\u0000');
}

/** So many values of a column count for its hash. */
const HASHED = 8;

function hashOfColumn(column: Vector | Int32Array): string {
  const parts: string[] = [];
  for (let i = 0; i < Math.min(HASHED, column.length); i++) {
    const value = column instanceof Int32Array ? column[i] : valueAt(column, i);
    parts.push(typeof value === 'object' ? typeof value : `${typeof value} ${String(value)}`);
  }
  return parts.join('\u0003');
}

function valueAt(vector: Vector, index: number): unknown {
  switch (vector.kind) {
    case 'constant': return vector.value;
    case 'cells': return vector.cells[index] ?? null;
    case 'dictionary': return vector.dictionary[vector.codes[index] as number] ?? null;
  }
}

function isSameScope(a: ScanScope, b: ScanScope): boolean {
  return a.root === b.root && a.blankRow === b.blankRow && a.contexts === b.contexts && JSON.stringify(a.relationships ?? []) === JSON.stringify(b.relationships ?? [])
    && a.conditions.length === b.conditions.length && a.conditions.every((it, i) => isSameSet(it, b.conditions[i] as TupleSet))
    && a.correlations.length === b.correlations.length && a.correlations.every((it, i) => isSameCorrelation(it, b.correlations[i] as CorrelatedTuples));
}

const isSameCorrelation = (a: CorrelatedTuples, b: CorrelatedTuples): boolean => isSameSet(a, b) && isSameNumbers(a.owners, b.owners);

function isSameSet(a: TupleSet, b: TupleSet): boolean {
  if (a === b) return true;
  return a.count === b.count && JSON.stringify(a.facets) === JSON.stringify(b.facets) && a.columns.every((it, i) => isSameColumn(it, b.columns[i] as Vector | Int32Array));
}

function isSameColumn(a: Vector | Int32Array, b: Vector | Int32Array): boolean {
  if (a instanceof Int32Array || b instanceof Int32Array) return a instanceof Int32Array && b instanceof Int32Array && isSameNumbers(a, b);
  if (a.type !== b.type || a.length !== b.length) return false;
  if (a.kind === 'dictionary' && b.kind === 'dictionary' && a.source !== undefined && a.source === b.source) return isSameNumbers(a.codes, b.codes);
  // A failure or a value of a mixed column is an object of its own, and never the same.
  for (let i = 0; i < a.length; i++) if (!Object.is(valueAt(a, i), valueAt(b, i))) return false;
  return true;
}

function isSameNumbers(a: Int32Array | Uint32Array, b: Int32Array | Uint32Array): boolean {
  if (a === b) return true;
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}
