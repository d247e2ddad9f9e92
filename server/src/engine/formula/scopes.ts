/**
 * From the filter context of a batch to the scope of a scan.
 *
 * Filters that reach the root table become conditions when all contexts share them, and correlations otherwise. Of the
 * contexts only those are told apart that the root can tell apart: a filter that does not reach the root multiplies
 * nothing.
 */
import type { Job } from './job.ts';
import type { CorrelatedTuples, Facet, ScanScope, TupleSet } from '../../plan/scan.ts';
import { Stopped } from '../budget.ts';
import { facetKey, loadFacet, type FilterItem, type ItemFacet } from '../context/items.ts';
import { pulse, pulseBy } from '../pulse.ts';
import { isFailure, type Failure } from '../values/cells.ts';
import { valueKey } from '../values/compare.ts';
import { allIndices, firstNotBelow, indicesWhere } from '../values/indices.ts';
import { cellAt, pick, toCells, type Vector } from '../values/vector.ts';
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
  const told = yield* tellSingles(singles, batch.size);
  const manySets = yield* all(manys.map((it) => tupleSet(it.item, it.facets)));
  const apart = manys.length === 0 ? told.apart : tellApart(batch.size, [...told.components.map((it) => it.numbers), ...manys.map(({ index }) => numbersOfIndex(index, batch.size))]);
  const correlations = [
    ...(told.components.length === 0 ? [] : [manys.length === 0 ? told.correlation() : correlateSingles(told.components, apart.first)]),
    ...manys.map((it, i) => correlateMany(job, manySets[i] as TupleSet, it, apart.first)),
  ];
  const spoiled = mergeSpoiled(told.spoiled, spoiledBeyond);
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

/** Numbers of contexts: different for contexts that differ, each below `bound`. */
interface Numbers {
  readonly ids: Int32Array | Uint32Array;
  readonly bound: number;
}

/** What one facet of a single demands in each context of the batch: row handles, or values. */
interface Component {
  readonly facet: Facet;
  readonly values: Int32Array | Vector;
  readonly numbers: Numbers;
}

/** What the singles of a batch demand, and the contexts that they tell apart. */
interface Told {
  readonly components: readonly Component[];
  readonly apart: Apart;
  readonly spoiled: Spoiled;
  correlation(): CorrelatedTuples;
}

/** The singles of many scopes are the same, since each measure of a query has the groups of the query. */
const toldBefore = new WeakMap<FilterItem, { readonly singles: readonly Single[]; readonly size: number; readonly told: Told }[]>();

/** So many are remembered for the same first filter. */
const MOST_REMEMBERED = 8;

function* tellSingles(singles: readonly Single[], size: number): Task<Told> {
  const first = singles[0]?.item;
  const known = first === undefined ? undefined : toldBefore.get(first)?.find((it) => it.size === size && isSame(it.singles, singles));
  if (known !== undefined) return known.told;
  const components = (yield* all(singles.map((it) => loadSingle(it, size)))).flat();
  const apart = tellApart(size, components.map((it) => it.numbers));
  let correlation: CorrelatedTuples | undefined;
  const told: Told = { components, apart, spoiled: spoiledContexts(components, size), correlation: () => (correlation ??= correlateSingles(components, apart.first)) };
  if (first !== undefined) toldBefore.set(first, [{ singles, size, told }, ...(toldBefore.get(first) ?? []).slice(0, MOST_REMEMBERED - 1)]);
  return told;
}

const isSame = (a: readonly Single[], b: readonly Single[]): boolean => a.length === b.length && a.every(({ item, index, facets }, i) => {
  const other = b[i];
  return other?.item === item && other.index === index && other.facets.length === facets.length && facets.every((it, f) => it === other.facets[f]);
});

const at = (index: Int32Array | undefined, context: number): number => (index === undefined ? context : (index[context] as number));

const numbersOfIndex = (index: Int32Array | undefined, size: number): Numbers => numbered(index ?? allIndices(size));

/** Numbers that are no codes: their bound is looked for. */
function numbered(ids: Int32Array): Numbers {
  let bound = 0;
  for (const id of ids) if (id >= bound) bound = id + 1;
  return { ids, bound };
}

function* loadSingle({ facets, index }: Single, size: number): Task<Component[]> {
  const loaded = yield* all(facets.map(loadFacet));
  return loaded.map((all, i): Component => {
    const { facet } = facets[i] as ItemFacet;
    if (all instanceof Int32Array) {
      const values = index === undefined ? all : composeIndex(index, all) ?? all;
      return { facet, values, numbers: numbered(values) };
    }
    const values = pick(all, index);
    return { facet, values, numbers: identifiers(values, size) };
  });
}

/** A number for each value; values with different numbers may still be equal, which costs but is not wrong. */
function identifiers(values: Vector, size: number): Numbers {
  if (values.kind === 'constant') return { ids: new Int32Array(size), bound: 1 };
  if (values.kind === 'dictionary') return { ids: values.codes, bound: values.size };
  const numbers = new Map<unknown, number>();
  const ids = new Int32Array(values.length);
  values.cells.forEach((cell, i) => {
    const key = isFailure(cell) ? cell : valueKey(cell, values.type);
    let id = numbers.get(key);
    if (id === undefined) numbers.set(key, (id = numbers.size));
    ids[i] = id;
  });
  return { ids, bound: numbers.size };
}

/** `contexts[i]` is the number of context i, `first[n]` the first context with number n. */
interface Apart {
  readonly contexts: Int32Array;
  readonly first: Int32Array;
}

/** Numbers the contexts that differ. */
function tellApart(size: number, parts: readonly Numbers[]): Apart {
  let contexts = new Int32Array(size);
  let count = Math.min(1, size);
  for (const part of parts) ({ contexts, count } = part.bound * count <= 4 * size + 1024 ? renumberDense(contexts, count, part) : renumberSparse(contexts, count, part));
  const first = new Int32Array(count).fill(-1);
  for (let context = 0; context < size; context++) if (first[contexts[context] as number] === -1) first[contexts[context] as number] = context;
  return { contexts, first };
}

interface Renumbered {
  readonly contexts: Int32Array<ArrayBuffer>;
  readonly count: number;
}

/** Pairs of numbers by their place in a table. */
function renumberDense(contexts: Int32Array, width: number, { ids, bound }: Numbers): Renumbered {
  const size = contexts.length;
  const places = new Int32Array(bound * width);
  const next = new Int32Array(size);
  let count = 0;
  for (let context = 0; context < size; context++) {
    const place = (ids[context] as number) * width + (contexts[context] as number);
    let number = places[place] as number;
    if (number === 0) places[place] = number = ++count;
    next[context] = number - 1;
  }
  pulseBy(size);
  return { contexts: next, count };
}

function renumberSparse(contexts: Int32Array, width: number, { ids }: Numbers): Renumbered {
  const size = contexts.length;
  const numbers = new Map<number, number>();
  const next = new Int32Array(size);
  for (let context = 0; context < size; context++) {
    pulse();
    const key = (ids[context] as number) * width + (contexts[context] as number);
    let number = numbers.get(key);
    if (number === undefined) numbers.set(key, (number = numbers.size));
    next[context] = number;
  }
  return { contexts: next, count: numbers.size };
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
  const owners = groups.every((it) => it.length === 1) ? allIndices(first.length) : indicesWhere(first.length, (number) => agree(groups, first[number] as number));
  const contexts = composeIndex(owners, first) ?? first;
  return {
    facets: groups.map((it) => (it[0] as Component).facet),
    columns: groups.map((it) => valuesAt(it[0] as Component, contexts)),
    count: owners.length,
    owners,
  };
}

/** Whether what singles demand of the same facets is the same. */
const agree = (groups: readonly (readonly Component[])[], context: number): boolean =>
  groups.every(([head, ...others]) => head === undefined || others.every((it) => keyAt(it, context) === keyAt(head, context)));

const keyAt = ({ values }: Component, context: number): unknown =>
  (values instanceof Int32Array ? values[context] : valueKey(cellAt(values, context), 'variant'));

/** The tuples of each context that is told apart: the set itself where these are its own contexts, in order. */
function correlateMany(job: Job, set: TupleSet, { owners, index }: Many, first: Int32Array): CorrelatedTuples {
  const last = owners.length === 0 ? -1 : (owners[owners.length - 1] as number);
  if (index === undefined && last < first.length && first.every((it, number) => it === number)) return { facets: set.facets, columns: set.columns, count: set.count, owners };
  let count = 0;
  for (const context of first) count += firstNotBelow(owners, at(index, context) + 1) - firstNotBelow(owners, at(index, context));
  job.budget.reserveRows(count, 16 + 8 * set.facets.length);
  const picks = new Int32Array(count);
  const numbers = new Int32Array(count);
  let next = 0;
  first.forEach((context, number) => {
    const owner = at(index, context);
    for (let tuple = firstNotBelow(owners, owner); owners[tuple] === owner; tuple++) {
      picks[next] = tuple;
      numbers[next++] = number;
    }
    pulse();
  });
  const columns = set.columns.map((column) => (column instanceof Int32Array ? (composeIndex(picks, column) ?? column) : pick(column, picks)));
  return { facets: set.facets, columns, count, owners: numbers };
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
  for (const { values } of components) {
    if (values instanceof Int32Array || failureIn(values) === undefined) continue;
    for (let context = 0; context < size; context++) {
      const value = cellAt(values, context);
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
const valuesAt = ({ values }: Component, contexts: Int32Array): Vector | Int32Array =>
  (values instanceof Int32Array ? (composeIndex(contexts, values) ?? values) : pick(values, contexts));
