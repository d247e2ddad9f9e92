/** Two metrics side by side, group by group: `@expect = ... by ...` and `@compare`. */
import { atMost, digitsOfDouble, distance, fullText, sameDigits, type Digits } from '../formats/digits.ts';
import type { ResultColumn } from '../plan/plan.ts';
import type { Cell, ValueType } from '../plan/values.ts';
import { daxLiteral } from './literalText.ts';
import { actualText, digitsOf, type Failure } from './meets.ts';

/** A metric by groups: columns of equal length, one row a group. Without keys there is one group, the whole. */
export interface Grouped {
  readonly keys: readonly ResultColumn[];
  readonly value: ResultColumn;
}

/** A group in which two metrics part. */
export interface Parting {
  readonly keys: readonly { readonly cell: Cell; readonly type: ValueType }[];
  readonly left: { readonly cell: Cell; readonly type: ValueType };
  readonly right: { readonly cell: Cell; readonly type: ValueType };
  /** Further apart than the bound. */
  readonly beyond: boolean;
}

export interface Comparison {
  /** Groups of both sides together. */
  readonly groups: number;
  /** The groups that differ, those beyond the bound first; `listed` of them at most. */
  readonly parting: readonly Parting[];
  readonly partingCount: number;
  readonly beyondCount: number;
}

/** How many groups that differ are listed. */
export const listed = 100;

/**
 * Compares two metrics over the union of their groups; a group that one side does not have is BLANK there.
 *
 * Numbers are the same when all digits are that a value holds for certain (15 of a double); text keys match whatever
 * their capitals, as in DAX. With a bound, numbers may be that far apart, and BLANK counts as 0.
 *
 * @param bound largest difference that is no failure; undefined: only equal values are fine, and BLANK is not 0
 */
export function compareGroups(left: Grouped, right: Grouped, bound: number | undefined): Comparison {
  const rows = pairs(left, right);
  const limit = bound === undefined ? undefined : digitsOfDouble(bound);
  const within: Parting[] = [];
  const beyond: Parting[] = [];
  let partingCount = 0;
  let beyondCount = 0;
  for (const it of rows) {
    const a = valueAt(left, it.left);
    const b = valueAt(right, it.right);
    if (sameValue(a, b)) continue;
    const isBeyond = limit === undefined || !near(a, b, limit);
    partingCount++;
    if (isBeyond) beyondCount++;
    const list = isBeyond ? beyond : within;
    if (list.length < listed) list.push({ keys: keysAt(left, right, it), left: a, right: b, beyond: isBeyond });
  }
  return { groups: rows.length, parting: [...beyond, ...within].slice(0, listed), partingCount, beyondCount };
}

/** The failures of a comparison: one a group beyond the bound. The left side is what was expected. */
export function failuresOf(comparison: Comparison, keyNames: readonly string[]): readonly Failure[] {
  return comparison.parting.filter((it) => it.beyond).map((it) => ({
    expected: actualText(it.left.cell, it.left.type),
    actual: actualText(it.right.cell, it.right.type),
    filter: keyNames.length === 0 ? undefined : it.keys.map((key, i) => `${keyNames[i] ?? ''} = ${daxLiteral(key.cell, key.type)}`).join(', '),
  }));
}

/** On which side of a comparison a group has a value: BLANK and 0 are none. */
export type Side = 'left' | 'right' | 'both';

/** Where two metrics part, for people to read: the groups of each side apart. */
export interface Difference {
  /** Groups in which either side has a value. */
  readonly groups: number;
  readonly sides: Readonly<Record<Side, { readonly count: number; readonly first: readonly Parting[] }>>;
  readonly beyondCount: number;
}

/**
 * Where two metrics part over the union of their groups. BLANK and 0 are the same here: a count that one definition
 * leaves blank and the other gives as 0 is no difference.
 *
 * @param most how many groups of each side are given
 * @param bound what is further apart is beyond
 */
export function differenceOf(left: Grouped, right: Grouped, most: number, bound: number | undefined): Difference {
  const limit = bound === undefined ? undefined : digitsOfDouble(bound);
  const sides: Record<Side, { count: number; readonly first: Parting[] }> = {
    left: { count: 0, first: [] }, right: { count: 0, first: [] }, both: { count: 0, first: [] },
  };
  let groups = 0;
  let beyondCount = 0;
  for (const it of pairs(left, right)) {
    const a = valueAt(left, it.left);
    const b = valueAt(right, it.right);
    const [isLeft, isRight] = [!isNothing(a), !isNothing(b)];
    if (!isLeft && !isRight) continue;
    groups++;
    if (sameValue(a, b)) continue;
    const side = sides[isLeft && isRight ? 'both' : isLeft ? 'left' : 'right'];
    const beyond = limit !== undefined && !near(a, b, limit);
    side.count++;
    if (beyond) beyondCount++;
    if (side.first.length < most) side.first.push({ keys: keysAt(left, right, it), left: a, right: b, beyond });
  }
  return { groups, sides, beyondCount };
}

interface Pair {
  left: number | undefined;
  right: number | undefined;
}

/** The rows of both sides that are one group, those of the left side first. */
function pairs(left: Grouped, right: Grouped): readonly Pair[] {
  const rows = new Map<string, Pair>();
  left.value.cells.forEach((_, row) => rows.set(groupKey(left.keys, row), { left: row, right: undefined }));
  right.value.cells.forEach((_, row) => {
    const key = groupKey(right.keys, row);
    const both = rows.get(key);
    if (both === undefined) rows.set(key, { left: undefined, right: row });
    else both.right = row;
  });
  return [...rows.values()];
}

interface Value {
  readonly cell: Cell;
  readonly type: ValueType;
}

/** BLANK, or a number that is 0. */
function isNothing(it: Value): boolean {
  const { cell } = plain(it);
  return cell === null || cell === 0 || cell === 0n;
}

const valueAt = (side: Grouped, row: number | undefined): Value =>
  ({ cell: row === undefined ? null : (side.value.cells[row] ?? null), type: side.value.type });

function keysAt(left: Grouped, right: Grouped, rows: { left: number | undefined; right: number | undefined }): readonly Value[] {
  const [side, row] = rows.left !== undefined ? [left, rows.left] : [right, rows.right ?? 0];
  return side.keys.map((it) => ({ cell: it.cells[row] ?? null, type: it.type }));
}

function sameValue(a: Value, b: Value): boolean {
  const [x, y] = [plain(a), plain(b)];
  const [m, n] = [numberOf(x), numberOf(y)];
  if (m !== undefined && n !== undefined) return (x.type === 'dateTime') === (y.type === 'dateTime') && sameDigits(m, n);
  // Something without a value is never the same as anything.
  if (typeof x.cell === 'object' && x.cell !== null) return false;
  return Object.is(x.cell, y.cell);
}

function near(a: Value, b: Value, limit: Digits): boolean {
  const zero: Digits = { negative: false, digits: '', point: 0 };
  const [x, y] = [plain(a), plain(b)];
  const m = x.cell === null ? zero : numberOf(x);
  const n = y.cell === null ? zero : numberOf(y);
  return m !== undefined && n !== undefined && atMost(distance(m, n), limit);
}

const plain = (it: Value): Value =>
  typeof it.cell === 'object' && it.cell?.cell === 'variant' ? { cell: it.cell.value, type: it.cell.type } : it;

const numberOf = (it: Value): Digits | undefined =>
  typeof it.cell === 'number' || typeof it.cell === 'bigint' ? digitsOf(it.cell, it.type) : undefined;

/** A text that is equal for equal groups, whatever types the two sides have. */
function groupKey(keys: readonly ResultColumn[], row: number): string {
  return JSON.stringify(keys.map((it) => {
    const value = plain({ cell: it.cells[row] ?? null, type: it.type });
    const digits = numberOf(value);
    if (digits !== undefined) return `${value.type === 'dateTime' ? 'd' : 'n'}${fullText(digits)}`;
    if (typeof value.cell === 'string') return `s${value.cell.toLowerCase()}`;
    return value.cell === null ? null : String(value.cell);
  }));
}
