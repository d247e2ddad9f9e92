/** The rows of a scan's root that meet all of its conditions. */
import { POLL_MASK, type Budget } from '../budget.ts';
import { acceptOf, keptRows } from '../columns/kernels.ts';
import { onlyPlace, postingsOf, rowsAccepted, rowsOfPlace, type Postings } from '../columns/postings.ts';
import { bitsAccepted, countOfBits, inAll, isDense, rowsOfBits, type RowBits } from '../columns/rowBits.ts';
import type { Matcher } from './matcher.ts';
import type { Selection } from './selection.ts';

/** The first `count` rows as far as they have a tuple of each set. */
export function meet(matchers: readonly Matcher[], count: number, budget: Budget): Selection {
  const found = fromLists(matchers, count, budget);
  return matchers.filter((it) => found?.met.has(it) !== true)
    .reduce((selection, matcher) => keep(selection, matcher, budget), found?.selection ?? { count, rows: undefined, owners: undefined });
}

/** A condition on a column, or over relationships, of which it is known which rows have which of its places. */
interface Listed {
  readonly matcher: Matcher;
  readonly postings: Postings;
  /** 1 for the places that meet the condition. */
  readonly accept: Uint8Array;
  readonly rows: number;
}

interface Found {
  readonly selection: Selection;
  /** Those whose rows these are. */
  readonly met: ReadonlySet<Matcher>;
}

/** What lists of rows tell without a look at every row: the rows of one condition that keeps few, or of all that keep many. */
function fromLists(matchers: readonly Matcher[], count: number, budget: Budget): Found | undefined {
  const listed = matchers.flatMap((it) => listedOf(it, budget) ?? []);
  const [first, ...rest] = listed;
  if (first === undefined) return undefined;
  const fewest = rest.reduce((best, it) => (it.rows < best.rows ? it : best), first);
  if (!isDense(fewest.rows, count)) return fromOne(fewest, count, budget);
  const bits = listed.flatMap((it) => {
    const own = bitsAccepted(it.postings, it.accept, (bytes) => budget.reserveRows(1, bytes));
    return own === undefined ? [] : [{ listed: it, bits: own }];
  });
  const [one, ...others] = bits;
  if (one === undefined) return undefined;
  if (others.length === 0 && onlyPlace(one.listed.postings, one.listed.accept) !== undefined) return fromOne(one.listed, count, budget);
  return { selection: fromBits(inAll([one.bits, ...others.map((it) => it.bits)], count), budget), met: new Set(bits.map((it) => it.listed.matcher)) };
}

function listedOf(matcher: Matcher, budget: Budget): Listed | undefined {
  if (matcher.quick?.kind !== 'one') return undefined;
  const { index, ids } = matcher.quick.places;
  const postings = postingsOf(index, ids.length, (bytes) => budget.reserveRows(1, bytes));
  if (postings === undefined) return undefined;
  const accept = acceptOf(ids);
  return { matcher, postings, accept, rows: rowsAccepted(postings, accept) };
}

function fromOne({ matcher, postings, accept }: Listed, count: number, budget: Budget): Found | undefined {
  const met = new Set([matcher]);
  const only = onlyPlace(postings, accept);
  if (only !== undefined) return { selection: selectionOf(rowsOfPlace(postings, only, count)), met };
  const bits = bitsAccepted(postings, accept, (bytes) => budget.reserveRows(1, bytes));
  return bits === undefined ? undefined : { selection: fromBits(inAll([bits], count), budget), met };
}

const selectionOf = (rows: Int32Array): Selection => ({ count: rows.length, rows, owners: undefined });

/** Rows that are only counted need no list. */
function fromBits(bits: RowBits, budget: Budget): Selection {
  const count = countOfBits(bits);
  let rows: Int32Array | undefined;
  return {
    count,
    get rows() {
      if (rows === undefined) {
        budget.reserveRows(count, 4);
        rows = rowsOfBits(bits, count);
      }
      return rows;
    },
    owners: undefined,
  };
}

/** The rows that have a tuple. */
function keep(selection: Selection, matcher: Matcher, budget: Budget): Selection {
  const { rows, count } = selection;
  budget.reserveRows(count, 4);
  if (matcher.quick?.kind === 'one') {
    const { index, ids } = matcher.quick.places;
    return selectionOf(keptRows(rows, count, index, acceptOf(ids)));
  }
  const kept = new Int32Array(count);
  let length = 0;
  for (let i = 0; i < count; i++) {
    if ((i & POLL_MASK) === 0) budget.poll();
    const row = rows === undefined ? i : (rows[i] as number);
    if (matcher.tupleOf(row) !== -1) kept[length++] = row;
  }
  return selectionOf(kept.subarray(0, length));
}
