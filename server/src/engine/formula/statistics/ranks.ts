/** RANKX and RANK.EQ: the place of a value among the values of rows. */
import type { Cell, ValueType } from '../../../plan/values.ts';
import { isFailure, notEvaluated } from '../../values/cells.ts';
import { toBoolean } from '../../values/coerce.ts';
import { compareForOrder, comparable } from '../../values/compare.ts';
import { argumentOf, unsure, valuesOf, type RowsEvaluator, type RowsOfContext, type TypedValue } from './statisticsRows.ts';

/** Arguments of both: the value, whether the order rises, whether the place after ties is the next one (RANKX). */
const VALUE = 0;
const RISING = 1;
const DENSE = 2;

/** Values in rising order; `distinct[i]` of the first i values are different ones. */
interface Ranking {
  readonly sorted: readonly TypedValue[];
  readonly distinct: Int32Array;
  /** Values that cannot be compared with each other. */
  readonly mixed: boolean;
}

/** Contexts that share rows share their order too. */
const rankings = new WeakMap<Int32Array, Ranking>();

function rankingOf({ rows }: RowsOfContext, make: () => readonly TypedValue[]): Ranking {
  const known = rankings.get(rows);
  if (known !== undefined) return known;
  const values = make();
  const [first] = values;
  const sorted = [...values].sort(compare);
  const distinct = new Int32Array(sorted.length + 1);
  sorted.forEach((it, i) => {
    const before = sorted[i - 1];
    distinct[i + 1] = (distinct[i] as number) + (before === undefined || compare(before, it) !== 0 ? 1 : 0);
  });
  const mixed = first !== undefined && values.some((it) => !comparable(it.type, first.type));
  const made = { sorted, distinct, mixed };
  rankings.set(rows, made);
  return made;
}

const compare = (a: TypedValue, b: TypedValue): number => compareForOrder(a.value, a.type, b.value, b.type);

const zeroOf = (type: ValueType): TypedValue => (type === 'string' ? { type, value: '' } : { type, value: 0 });

/** BLANK counts as zero beside numbers and as empty text beside text. */
function rankX(it: RowsOfContext): Cell {
  const wanted = argumentOf(it, VALUE);
  const ranking = rankingOf(it, () => {
    const values = valuesOf(it);
    const kind = values.find((each) => each.value !== null)?.type;
    return kind === undefined ? values : values.map((each) => (each.value === null ? zeroOf(kind) : each));
  });
  const kind = ranking.sorted.at(-1)?.type ?? 'blank';
  if (kind === 'boolean' || wanted.type === 'boolean') return unsure(it, 'over TRUE/FALSE values');
  if (kind !== 'blank') return placeOf(it, ranking, wanted.value === null ? zeroOf(kind) : wanted);
  if (wanted.value === null) return placeOf(it, ranking, wanted);
  const zeros = ranking.sorted.map(() => zeroOf(wanted.type));
  return placeOf(it, { ...ranking, sorted: zeros }, wanted);
}

/** BLANK has no rank, nor has a value that no row has. */
function rankEq(it: RowsOfContext): Cell {
  const wanted = argumentOf(it, VALUE);
  if (wanted.value === null) return null;
  const ranking = rankingOf(it, () => valuesOf(it).filter((each) => each.value !== null));
  const rank = placeOf(it, ranking, wanted);
  const [below, upTo] = boundsOf(ranking, wanted);
  return isFailure(rank) || upTo > below ? rank : null;
}

/** How many values come before a value, and how many do not come after it. */
function boundsOf({ sorted }: Ranking, wanted: TypedValue): readonly [below: number, upTo: number] {
  const first = (isPast: (it: TypedValue) => boolean): number => {
    let [low, high] = [0, sorted.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (isPast(sorted[middle] as TypedValue)) high = middle;
      else low = middle + 1;
    }
    return low;
  };
  return [first((it) => compare(it, wanted) >= 0), first((it) => compare(it, wanted) > 0)];
}

/** One more than the values, or the distinct values, that come before. A value that no row has takes the place it would have. */
function placeOf(it: RowsOfContext, ranking: Ranking, wanted: TypedValue): Cell {
  const rising = toBoolean(argumentOf(it, RISING).value, it.at);
  if (isFailure(rising)) return rising;
  const { sorted, distinct, mixed } = ranking;
  if (mixed || !comparable(sorted[0]?.type ?? 'blank', wanted.type)) return notEvaluated({ id: 'type-error', detail: `${it.name} over text and numbers` }, it.at);
  const [below, upTo] = boundsOf(ranking, wanted);
  if (argumentOf(it, DENSE).value !== true) return (rising ? below : sorted.length - upTo) + 1;
  return (rising ? (distinct[below] as number) : (distinct[sorted.length] as number) - (distinct[upTo] as number)) + 1;
}

export const ranksByName: readonly (readonly [string, RowsEvaluator])[] = [
  ['RANKX', { type: 'int64', apply: rankX }],
  ['RANK.EQ', { type: 'int64', apply: rankEq }],
];
