/**
 * From the filter context of a batch to the scope of a scan.
 *
 * Filters that reach the root table become conditions when all contexts share them, and correlations otherwise. Of the
 * contexts only those are told apart that the root can tell apart: a filter that does not reach the root multiplies
 * nothing.
 */
import type { Job } from './job.ts';
import type { CorrelatedTuples, Facet, ScanScope, TupleSet } from '../../plan/scan.ts';
import type { Cell, ValueType } from '../../plan/values.ts';
import { Stopped } from '../budget.ts';
import { facetKey, loadFacet, type FilterItem, type ItemFacet } from '../context/items.ts';
import { pulse } from '../pulse.ts';
import { isFailure, type Failure } from '../values/cells.ts';
import { valueKey } from '../values/compare.ts';
import { cellAt, cellsVector, pick, toCells, type Vector } from '../values/vector.ts';
import { composeIndex, originIn, type Batch } from './batch.ts';
import { reachingFacets, refuseTornTuples } from './facets.ts';
import { comeIn, inflowsInto } from './inflows.ts';
import { all, both, shareIn, type Task } from './task.ts';
import { mergeSpoiled, type Spoiled } from './rows.ts';

/** A scope, and for each context of the batch the context of the scope; undefined: context 0 for all. */
export interface ScopeOfBatch {
  readonly scope: ScanScope;
  readonly contexts: Int32Array | undefined;
  readonly spoiled: Spoiled;
}

/** @param crossed relationships over which the rows of this scope filter others, so that those do not filter back */
export function scopeOf(job: Job, batch: Batch, root: string, blankRow: boolean, crossed: readonly number[] = NOTHING): Task<ScopeOfBatch> {
  return shareIn(batch.scopes, `${root}\u0000${blankRow}\u0000${crossed.join()}`, () => makeScope(job, batch, root, blankRow, crossed));
}

const NOTHING: readonly number[] = [];

function* makeScope(job: Job, batch: Batch, root: string, blankRow: boolean, crossed: readonly number[]): Task<ScopeOfBatch> {
  const using = batch.relationships === undefined ? {} : { relationships: batch.relationships };
  const conditions: Task<TupleSet>[] = [];
  const singles: Single[] = [];
  const manys: Many[] = [];
  for (const item of batch.filters) {
    const facets = reachingFacets(job, item, { root, crossed }, batch);
    if (facets.length === 0) continue;
    const { spread } = item;
    if (spread.kind === 'all') conditions.push(tupleSet(item, facets));
    else if (spread.kind === 'one') singles.push({ item, facets, index: composeIndex(originIn(batch, spread.batch), spread.index) });
    else manys.push({ item, facets, index: originIn(batch, spread.batch), owners: spread.owners });
  }
  const inflows = inflowsInto(job, batch, root, crossed);
  if (inflows.length > 0) refuseTornTuples(job, batch.filters, { root, crossed }, batch);
  if (conditions.length + singles.length + manys.length + inflows.length === 0 && batch.size > 0 && batch.relationships === undefined) {
    return { scope: job.openScope(root, blankRow), contexts: undefined, spoiled: undefined };
  }
  const [given, came] = yield* both(all(conditions), comeIn(job, batch, inflows, crossed));
  const common = came.filter((it) => it.contexts === undefined);
  const sets = [...given, ...(yield* all(common.map((it) => tupleSet(it.item, it.item.facets))))];
  for (const { item, contexts, owners } of came) if (contexts !== undefined) manys.push({ item, facets: item.facets, index: contexts, owners });
  const spoiledBeyond = came.reduce<Spoiled>((acc, it) => mergeSpoiled(acc, it.spoiled), undefined);
  if (singles.length + manys.length === 0) {
    return { scope: { root, blankRow, ...using, contexts: Math.min(1, batch.size), conditions: sets, correlations: [] }, contexts: undefined, spoiled: spoiledBeyond };
  }
  const components = (yield* all(singles.map(loadSingle))).flat();
  const manySets = yield* all(manys.map((it) => tupleSet(it.item, it.facets)));
  const apart = tellApart(batch.size, [...components.map((it) => it.idOf), ...manys.map(({ index }) => (context: number) => at(index, context))]);
  const correlations = [
    ...(components.length > 0 ? [correlateSingles(components, apart.first)] : []),
    ...manys.map((it, i) => correlateMany(job, manySets[i] as TupleSet, it, apart.first)),
  ];
  const spoiled = mergeSpoiled(spoiledContexts(components, batch.size), spoiledBeyond);
  if (apart.first.length === 1) {
    const scope = { root, blankRow, ...using, contexts: 1, conditions: [...sets, ...correlations], correlations: [] };
    return { scope, contexts: undefined, spoiled };
  }
  return { scope: { root, blankRow, ...using, contexts: apart.first.length, conditions: sets, correlations }, contexts: apart.contexts, spoiled };
}

/** An item with one tuple a context; `index` leads from a context of the batch to its tuple. */
interface Single {
  readonly item: FilterItem;
  readonly facets: readonly ItemFacet[];
  readonly index: Int32Array | undefined;
}

/** An item with any number of tuples a context; `index` leads to the context that `owners` speaks of. */
interface Many extends Single {
  readonly owners: Int32Array;
}

/** What one facet of a single demands in each context of the batch. */
interface Component {
  readonly facet: Facet;
  /** Different for contexts with different values. */
  idOf(context: number): number;
  valueOf(context: number): Cell;
  readonly failing: boolean;
  readonly type: ValueType;
}

const at = (index: Int32Array | undefined, context: number): number => (index === undefined ? context : (index[context] as number));

function* loadSingle({ facets, index }: Single): Task<Component[]> {
  const loaded = yield* all(facets.map(loadFacet));
  return loaded.map((values, i): Component => {
    const { facet } = facets[i] as ItemFacet;
    if (values instanceof Int32Array) {
      const idOf = (context: number): number => values[at(index, context)] as number;
      return { facet, idOf, valueOf: idOf, failing: false, type: 'int64' };
    }
    const ids = identifiers(values);
    return { facet, idOf: (context) => ids(at(index, context)), valueOf: (context) => cellAt(values, at(index, context)), failing: failureIn(values) !== undefined, type: values.type };
  });
}

/** A number for each value; values with different numbers may still be equal, which costs but is not wrong. */
function identifiers(values: Vector): (index: number) => number {
  if (values.kind === 'constant') return () => 0;
  if (values.kind === 'dictionary') return (index) => values.codes[index] as number;
  const numbers = new Map<unknown, number>();
  const ids = new Int32Array(values.length);
  values.cells.forEach((cell, i) => {
    const key = isFailure(cell) ? cell : valueKey(cell, values.type);
    let id = numbers.get(key);
    if (id === undefined) numbers.set(key, (id = numbers.size));
    ids[i] = id;
  });
  return (index) => ids[index] as number;
}

/** Numbers the contexts that differ: `contexts[i]` is the number of context i, `first[n]` the first context with number n. */
function tellApart(size: number, components: readonly ((context: number) => number)[]): { readonly contexts: Int32Array; readonly first: Int32Array } {
  let contexts = new Int32Array(size);
  let count = Math.min(1, size);
  for (const idOf of components) {
    const numbers = new Map<number, number>();
    const next = new Int32Array(size);
    const width = count;
    for (let context = 0; context < size; context++) {
      pulse();
      const key = idOf(context) * width + (contexts[context] as number);
      let number = numbers.get(key);
      if (number === undefined) numbers.set(key, (number = numbers.size));
      next[context] = number;
    }
    contexts = next;
    count = numbers.size;
  }
  const first = new Int32Array(count).fill(-1);
  for (let context = 0; context < size; context++) if (first[contexts[context] as number] === -1) first[contexts[context] as number] = context;
  return { contexts, first };
}

/** One tuple a context over the facets of all singles; a context whose singles contradict each other has none. */
function correlateSingles(components: readonly Component[], first: Int32Array): CorrelatedTuples {
  const byFacet = new Map<string, Component[]>();
  for (const it of components) {
    const key = facetKey(it.facet);
    const same = byFacet.get(key);
    if (same === undefined) byFacet.set(key, [it]);
    else same.push(it);
  }
  const groups = [...byFacet.values()];
  const agree = (context: number): boolean =>
    groups.every(([head, ...others]) => head === undefined || others.every((it) => valueKey(it.valueOf(context), 'variant') === valueKey(head.valueOf(context), 'variant')));
  const owners: number[] = [];
  first.forEach((context, number) => {
    if (agree(context)) owners.push(number);
  });
  return {
    facets: groups.map((it) => (it[0] as Component).facet),
    columns: groups.map((it) => valuesAt(it[0] as Component, owners.map((number) => first[number] as number))),
    count: owners.length,
    owners: Int32Array.from(owners),
  };
}

function correlateMany(job: Job, set: TupleSet, { owners, index }: Many, first: Int32Array): CorrelatedTuples {
  const picks: number[] = [];
  const numbers: number[] = [];
  first.forEach((context, number) => {
    const owner = at(index, context);
    for (let tuple = lowerBound(owners, owner); owners[tuple] === owner; tuple++) {
      pulse();
      picks.push(tuple);
      numbers.push(number);
    }
    job.budget.reserveRows(picks.length, 16 + 8 * set.facets.length);
  });
  const columns = set.columns.map((column) => (column instanceof Int32Array ? Int32Array.from(picks, (it) => column[it] as number) : pick(column, Int32Array.from(picks))));
  return { facets: set.facets, columns, count: picks.length, owners: Int32Array.from(numbers) };
}

function tupleSet(item: FilterItem, facets: readonly ItemFacet[]): Task<TupleSet> {
  return shareIn(item.sets, facets.map((it) => facetKey(it.facet)).join('\u0002'), function* () {
    const loaded = yield* all(facets.map(loadFacet));
    for (const column of loaded) {
      const failure = column instanceof Int32Array ? undefined : failureIn(column);
      if (failure !== undefined) throw new Stopped(failure);
    }
    return { facets: facets.map((it) => it.facet), columns: loaded, count: item.count };
  });
}

function spoiledContexts(components: readonly Component[], size: number): Spoiled {
  const spoiled = new Map<number, Failure>();
  for (const it of components) {
    if (!it.failing) continue;
    for (let context = 0; context < size; context++) {
      const value = it.valueOf(context);
      if (isFailure(value)) spoiled.set(context, value);
    }
  }
  return spoiled.size > 0 ? spoiled : undefined;
}

/** A failure among the values, if any. */
function failureIn(vector: Vector): Failure | undefined {
  if (vector.kind === 'dictionary' && !vector.dictionary.some(isFailure)) return undefined;
  return vector.length === 0 ? undefined : vector.kind === 'constant' ? [vector.value].find(isFailure) : toCells(vector).find(isFailure);
}

/** The values of a component in some contexts. */
function valuesAt(it: Component, contexts: readonly number[]): Vector | Int32Array {
  return it.facet.kind === 'row' ? Int32Array.from(contexts, (context) => it.valueOf(context) as number) : cellsVector(it.type, contexts.map((context) => it.valueOf(context)));
}

/** First position whose owner is not below. */
function lowerBound(owners: Int32Array, owner: number): number {
  let low = 0;
  let high = owners.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((owners[middle] as number) < owner) low = middle + 1;
    else high = middle;
  }
  return low;
}
