/** The rows of a scope: which rows of the root count for which contexts. */
import type { CorrelatedTuples, ScanScope } from '../../plan/scan.ts';
import { POLL_MASK, stopped, type Budget } from '../budget.ts';
import { pulse, pulseBy } from '../pulse.ts';
import { idsAt, ownedInGrid, ownedRows, rowsByIds, timesInGrid, timesOfCodes, timesOfOwners, timesOfOwnersByPlace, type OwnedRows, type Side } from '../columns/kernels.ts';
import type { Windows } from '../columns/distinct.ts';
import { firstContext, firstRows } from '../columns/rising.ts';
import { matcherOf, type Matcher, type Places } from './matcher.ts';
import { meet } from './meet.ts';
import type { Tables } from './tables.ts';

/** Pairs of a row and a context, rows in rising order. */
export interface Selection {
  readonly count: number;
  /** undefined: pair i is row i. */
  readonly rows: Int32Array | undefined;
  /** undefined: the rows count for every context alike. */
  readonly owners: Int32Array | undefined;
  /** How many pairs each context has, where that is known without the pairs being made. */
  readonly counts?: (contexts: number) => Int32Array;
  /** The rows of each context as a part of one list, where contexts are windows that move over it. */
  readonly windows?: () => Windows;
}

/** Whether the rows count for every context alike. */
export const isShared = (selection: Selection): boolean => selection.counts === undefined && selection.owners === undefined;

export function select(tables: Tables, scope: ScanScope, budget: Budget): Selection {
  const table = tables.table(scope.root);
  const withBlank = scope.blankRow && tables.hasBlankRow(scope.root);
  if (withBlank) refuseManyBlankRows(tables, scope);
  let selection = meet(scope.conditions.map((it) => matcherOf(tables, scope, it)), table.rowCount + (withBlank ? 1 : 0), budget);
  for (const correlation of scope.correlations) selection = correlate(tables, scope, selection, correlation, budget);
  return selection;
}

/** A blank row that stands for several rows of another table has no single row there that filters on it could meet. */
function refuseManyBlankRows(tables: Tables, { root, relationships, conditions, correlations }: ScanScope): void {
  const filtering = new Set([...conditions, ...correlations].flatMap((set) => set.facets.map((it) => it.table)));
  for (const table of filtering) {
    if (!tables.blankRowStandsFor(root, table, relationships)) continue;
    throw stopped({ id: 'feature-not-supported', what: `the blank row of ${root} under a filter on ${table}, whose rows have no partner there over a one-to-one relationship,` });
  }
}

/** The pairs with rising owners; rows of one owner stay in order. */
export function byOwner(selection: Selection, contexts: number): { readonly rows: Int32Array; readonly owners: Int32Array } {
  const rows = selection.rows ?? firstRows(selection.count);
  const { owners } = selection;
  if (owners === undefined) return { rows, owners: firstContext(selection.count) };
  const starts = new Int32Array(contexts + 1);
  for (let i = 0; i < owners.length; i++) starts[(owners[i] as number) + 1] = (starts[(owners[i] as number) + 1] as number) + 1;
  for (let i = 0; i < contexts; i++) starts[i + 1] = (starts[i + 1] as number) + (starts[i] as number);
  const sortedRows = new Int32Array(rows.length);
  const sortedOwners = new Int32Array(rows.length);
  for (let i = 0; i < rows.length; i++) {
    pulse();
    const owner = owners[i] as number;
    const to = starts[owner] as number;
    starts[owner] = to + 1;
    sortedRows[to] = rows[i] as number;
    sortedOwners[to] = owner;
  }
  return { rows: sortedRows, owners: sortedOwners };
}

/** Narrows to the contexts of the tuple that a row has; rows without one, or of no common context, go. */
function correlate(tables: Tables, scope: ScanScope, selection: Selection, tuples: CorrelatedTuples, budget: Budget): Selection {
  const matcher = matcherOf(tables, scope, tuples);
  const lists = listsOf(matcher, tuples, scope.contexts);
  if (isShared(selection) && matcher.quick !== undefined && lists.onlyOwner !== undefined) return ownedByOne(selection, matcher.quick, lists.onlyOwner, budget);
  if (isShared(selection) && lists.windows !== undefined) return ownedByWindow(selection, matcher, lists, lists.windows, budget);
  return ownedByLists(selection, matcher, lists, budget);
}

/** A pair for each owner of a row's tuple. */
function ownedByLists(selection: Selection, matcher: Matcher, lists: OwnerLists, budget: Budget): Selection {
  const rows = new Growing(selection.count, budget);
  const owners = new Growing(selection.count, budget);
  for (let i = 0; i < selection.count; i++) {
    if ((i & POLL_MASK) === 0) budget.poll();
    const row = selection.rows === undefined ? i : (selection.rows[i] as number);
    const tuple = matcher.tupleOf(row);
    if (tuple === -1) continue;
    const from = lists.starts[tuple] as number;
    const to = lists.starts[tuple + 1] as number;
    const only = selection.owners?.[i];
    for (let at = from; at < to; at++) {
      const owner = lists.owners[at] as number;
      if (only !== undefined && owner !== only) continue;
      rows.push(row);
      owners.push(owner);
    }
  }
  return { count: rows.length, rows: rows.done(), owners: owners.done() };
}

/** Where the tuples of an owner stand together, so do its rows in the order of tuples; pairs are made where they are asked for. */
function ownedByWindow(selection: Selection, matcher: Matcher, lists: OwnerLists, { from, to }: TupleWindows, budget: Budget): Selection {
  let pairs: Selection | undefined;
  const make = (): Selection => (pairs ??= ownedByLists(selection, matcher, lists, budget));
  let windows: Windows | undefined;
  const makeWindows = (): Windows => {
    if (windows === undefined) {
      budget.reserveRows(selection.count, 12);
      const { rows, starts } = byTuple(selection, matcher);
      windows = { rows, from: from.map((it) => starts[it] as number), to: to.map((it) => starts[it] as number) };
    }
    return windows;
  };
  return {
    get count() { return make().count; },
    get rows() { return make().rows; },
    get owners() { return make().owners; },
    counts: () => {
      const known = makeWindows();
      return known.to.map((it, owner) => it - (known.from[owner] as number));
    },
    windows: makeWindows,
  };
}

/** The rows that have a tuple in the order of tuples, those of tuple t from `starts[t]` on. */
function byTuple({ rows, count }: Selection, { tupleOf, quick, size }: Matcher): { readonly rows: Int32Array; readonly starts: Int32Array } {
  const tuples = new Int32Array(count);
  if (quick?.kind === 'one') idsAt(quick.places.index, quick.places.ids, rows, count, tuples);
  else {
    for (let i = 0; i < count; i++) {
      pulse();
      tuples[i] = tupleOf(rows === undefined ? i : (rows[i] as number));
    }
  }
  return rowsByIds(rows, tuples, size);
}

/** Where each tuple has one owner at most, every row has: one loop finds them, or counts them alone. */
function ownedByOne({ rows, count }: Selection, quick: NonNullable<Matcher['quick']>, onlyOwner: Int32Array, budget: Budget): Selection {
  const kernels = quick.kind === 'one' ? ownersByPlace(quick.places, onlyOwner) : ownersByPair(quick, onlyOwner);
  let pairs: OwnedRows | undefined;
  const make = (): OwnedRows => {
    if (pairs === undefined) {
      budget.reserveRows(count, 8);
      pairs = kernels.pairs(rows, count);
    }
    return pairs;
  };
  return {
    get count() { return make().rows.length; },
    get rows() { return make().rows; },
    get owners() { return make().owners; },
    counts: (contexts) => (pairs === undefined ? kernels.counts(rows, count, contexts) : timesOfOwners(pairs.owners, contexts)),
  };
}

interface OwnerKernels {
  pairs(rows: Int32Array | undefined, count: number): OwnedRows;
  counts(rows: Int32Array | undefined, count: number, contexts: number): Int32Array;
}

const ownerAmong = (onlyOwner: Int32Array) => (tuple: number): number => (tuple === -1 ? -1 : (onlyOwner[tuple] as number));

function ownersByPlace({ index, ids }: Places, onlyOwner: Int32Array): OwnerKernels {
  const ownerAt = ids.map(ownerAmong(onlyOwner));
  return {
    pairs: (rows, count) => ownedRows(rows, count, index, ownerAt),
    counts: (rows, count, contexts) => timesOfOwnersByPlace(timesOfCodes(index, rows, count, ids.length), ownerAt, contexts),
  };
}

/** Place 0 of each side stands for no tuple. */
function ownersByPair({ a, b, height, width, pairs }: Extract<NonNullable<Matcher['quick']>, { kind: 'pair' }>, onlyOwner: Int32Array): OwnerKernels {
  const owner = ownerAmong(onlyOwner);
  const ownerAt = new Int32Array((height + 1) * (width + 1)).fill(-1);
  for (let first = 0; first < height; first++) {
    pulseBy(width);
    for (let second = 0; second < width; second++) ownerAt[(first + 1) * (width + 1) + second + 1] = owner(pairs[first * width + second] as number);
  }
  const [sideA, sideB] = [sideOf(a), sideOf(b)];
  return {
    pairs: (rows, count) => ownedInGrid(rows, count, sideA, sideB, width + 1, ownerAt),
    counts: (rows, count, contexts) => timesOfOwnersByPlace(timesInGrid(rows, count, sideA, sideB, width + 1, ownerAt.length), ownerAt, contexts),
  };
}

function sideOf({ index, ids }: Places): Side {
  const places = new Uint32Array(ids.length);
  for (let place = 0; place < ids.length; place++) places[place] = (ids[place] as number) + 1;
  return { index, places };
}

interface OwnerLists {
  /** Owners of each tuple, one list after the other, without repetition. */
  readonly starts: Int32Array;
  readonly owners: Int32Array;
  /** The owner of each tuple, -1 for none, where none has several. */
  readonly onlyOwner: Int32Array | undefined;
  readonly windows: TupleWindows | undefined;
}

/** The tuples of each owner are those from `from[o]` to before `to[o]`, neither ever falling. */
interface TupleWindows {
  readonly from: Int32Array;
  readonly to: Int32Array;
}

const listsMade = new WeakMap<CorrelatedTuples, { readonly matcher: Matcher; readonly lists: OwnerLists }>();

function listsOf(matcher: Matcher, tuples: CorrelatedTuples, contexts: number): OwnerLists {
  const known = listsMade.get(tuples);
  if (known?.matcher === matcher) return known.lists;
  const { starts, owners } = ownerLists(matcher.numbers, matcher.size, tuples.owners);
  const onlyOwner = onlyOwnerOf(starts, owners, matcher.size);
  const lists = { starts, owners, onlyOwner, windows: onlyOwner === undefined ? windowsOf(matcher.numbers, tuples.owners, contexts) : undefined };
  listsMade.set(tuples, { matcher, lists });
  return lists;
}

function onlyOwnerOf(starts: Int32Array, owners: Int32Array, size: number): Int32Array | undefined {
  const onlyOwner = new Int32Array(size).fill(-1);
  for (let tuple = 0; tuple < size; tuple++) {
    const from = starts[tuple] as number;
    const to = starts[tuple + 1] as number;
    if (to > from + 1) return undefined;
    if (to > from) onlyOwner[tuple] = owners[from] as number;
  }
  return onlyOwner;
}

/** Contexts whose tuples follow each other, as days do; tuples are numbered as they come up. */
function windowsOf(numbers: Int32Array, owners: Int32Array, contexts: number): TupleWindows | undefined {
  const from = new Int32Array(contexts).fill(-1);
  const to = new Int32Array(contexts);
  for (let i = 0; i < numbers.length; i++) {
    const tuple = numbers[i] as number;
    const owner = owners[i] as number;
    if (tuple === -1) continue;
    if (from[owner] === -1) from[owner] = to[owner] = tuple;
    if (tuple !== to[owner]) return undefined;
    to[owner] = tuple + 1;
  }
  pulseBy(numbers.length + contexts);
  let [low, high] = [0, 0];
  for (let owner = 0; owner < contexts; owner++) {
    // A context without tuples has an empty window where the last one ended.
    if (from[owner] === -1) from[owner] = to[owner] = high;
    if ((from[owner] as number) < low || (to[owner] as number) < high) return undefined;
    low = from[owner] as number;
    high = to[owner] as number;
  }
  return { from, to };
}

/** Owners of each tuple, one list after the other, without repetition. */
function ownerLists(numbers: Int32Array, size: number, owners: Int32Array): { readonly starts: Int32Array; readonly owners: Int32Array } {
  const starts = new Int32Array(size + 1);
  for (const tuple of numbers) if (tuple !== -1) starts[tuple + 1] = (starts[tuple + 1] as number) + 1;
  for (let i = 0; i < size; i++) starts[i + 1] = (starts[i + 1] as number) + (starts[i] as number);
  const fill = starts.slice();
  const lists = new Int32Array(starts[size] as number);
  const last = new Int32Array(size).fill(-1);
  let repeats = false;
  for (let i = 0; i < numbers.length; i++) {
    pulse();
    const tuple = numbers[i] as number;
    if (tuple === -1) continue;
    const owner = owners[i] as number;
    repeats ||= last[tuple] === owner;
    last[tuple] = owner;
    lists[fill[tuple] as number] = owner;
    fill[tuple] = (fill[tuple] as number) + 1;
  }
  return repeats ? withoutRepeats(starts, lists, size) : { starts, owners: lists };
}

/** Equal tuples of one context stand one after the other, because tuples come context by context. */
function withoutRepeats(starts: Int32Array, lists: Int32Array, size: number): { readonly starts: Int32Array; readonly owners: Int32Array } {
  const shorter = new Int32Array(size + 1);
  const owners: number[] = [];
  for (let tuple = 0; tuple < size; tuple++) {
    let last = -1;
    for (let at = starts[tuple] as number; at < (starts[tuple + 1] as number); at++) {
      const owner = lists[at] as number;
      if (owner !== last) owners.push(owner);
      last = owner;
    }
    shorter[tuple + 1] = owners.length;
  }
  return { starts: shorter, owners: Int32Array.from(owners) };
}

/** An Int32Array that grows, within the budget. */
class Growing {
  length = 0;
  private items: Int32Array;
  private readonly budget: Budget;
  constructor(expected: number, budget: Budget) {
    this.budget = budget;
    this.items = new Int32Array(Math.min(Math.max(16, expected), 1 << 20));
  }
  push(item: number): void {
    if (this.length === this.items.length) {
      this.budget.reserveRows(this.length * 2, 8);
      const larger = new Int32Array(this.length * 2);
      larger.set(this.items);
      this.items = larger;
    }
    this.items[this.length++] = item;
  }
  done(): Int32Array {
    return this.items.subarray(0, this.length);
  }
}
