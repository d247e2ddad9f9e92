/** Depreciation, as the function pages define each method. */
import type { Evaluator } from '../evaluator.ts';
import { yearFraction } from './dayCount.ts';
import { financial, nearest, when } from './numbers.ts';

/** DB: a fixed rate of three decimals; the first and the last year may be partial. */
function fixedBalance(cost: number, salvage: number, life: number, period: number, months: number): number {
  const rate = Math.round((1 - (salvage / cost) ** (1 / life)) * 1000) / 1000;
  const first = (cost * rate * months) / 12;
  if (period === 1) return first;
  let total = first;
  let each = 0;
  for (let i = 2; i <= Math.min(period, life); i++) {
    each = (cost - total) * rate;
    total += each;
  }
  return period > life ? ((cost - total) * rate * (12 - months)) / 12 : each;
}

/** The depreciation of one period by the declining balance. */
function declining(cost: number, salvage: number, life: number, period: number, factor: number): number {
  const rate = Math.min(1, factor / life);
  const before = rate === 1 ? (period === 1 ? cost : 0) : cost * (1 - rate) ** (period - 1);
  const after = cost * (1 - rate) ** period;
  return Math.max(0, after < salvage ? before - salvage : before - after);
}

/** VDB: the declining balance, and the straight line from the period on in which that is more. */
function variable(cost: number, salvage: number, life: number, start: number, end: number, factor: number, noSwitch: boolean): number {
  const from = Math.floor(start);
  const to = Math.ceil(end);
  let sum = 0;
  if (noSwitch) {
    for (let i = from + 1; i <= to; i++) sum += declining(cost, salvage, life, i, factor) * shareOf(i, start, end);
    return sum;
  }
  const head = accumulated(cost, salvage, life, from, factor);
  let left = cost - salvage - head;
  let straight = 0;
  let isStraight = false;
  for (let i = from + 1; i <= to; i++) {
    let each = straight;
    if (!isStraight) {
      const falling = declining(cost, salvage, life, i, factor);
      straight = left / (life - i + 1);
      isStraight = straight > falling;
      each = isStraight ? straight : falling;
      left -= each;
    }
    sum += each * shareOf(i, start, end);
  }
  return sum;
}

/** What was written off before a period, with the switch to the straight line. */
function accumulated(cost: number, salvage: number, life: number, periods: number, factor: number): number {
  let left = cost - salvage;
  for (let i = 1; i <= periods; i++) left -= Math.max(declining(cost, salvage, life, i, factor), Math.min(left, left / (life - i + 1)));
  return cost - salvage - left;
}

/** How much of a period lies between two points. */
const shareOf = (period: number, start: number, end: number): number => Math.min(period, end) - Math.max(period - 1, start);

/** Coefficients of AMORDEGRC by the life of the asset. */
const coefficient = (life: number): number => (life < 3 ? 1 : life < 5 ? 1.5 : life <= 6 ? 2 : 2.5);

function degressive(cost: number, purchased: number, firstPeriod: number, salvage: number, period: number, rate: number, basis: number): number {
  const raised = rate * coefficient(1 / rate);
  let each = Math.round((yearFraction(purchased, firstPeriod, basis) ?? NaN) * raised * cost);
  let left = cost - each;
  let rest = left - salvage;
  for (let n = 0; n < period; n++) {
    each = Math.round(raised * left);
    rest -= each;
    if (rest < 0) return period - n <= 1 ? Math.round(left * 0.5) : 0;
    left -= each;
  }
  return each;
}

function linear(cost: number, purchased: number, firstPeriod: number, salvage: number, period: number, rate: number, basis: number): number {
  const each = cost * rate;
  const room = cost - salvage;
  const first = (yearFraction(purchased, firstPeriod, basis) ?? NaN) * rate * cost;
  const full = Math.floor((room - first) / each);
  if (period === 0) return first;
  if (period <= full) return each;
  return period === full + 1 ? room - each * full - first : 0;
}

const french = (f: typeof linear) => (cost = 0, purchased = 0, firstPeriod = 0, salvage = 0, period = 0, rate = 0, basis = 0): number => {
  const [bought, first, at, by] = [Math.trunc(purchased), Math.trunc(firstPeriod), nearest(period), nearest(basis)];
  return when(cost > 0 && salvage >= 0 && salvage <= cost && bought <= first && at >= 0 && at < 1e5 && rate > 0 && [0, 1, 3, 4].includes(by), () =>
    f(cost, bought, first, salvage, at, rate, by));
};

export const depreciation = {
  AMORDEGRC: financial('AMORDEGRC', french(degressive)),
  AMORLINC: financial('AMORLINC', french(linear)),
  DB: financial('DB', (cost = 0, salvage = 0, life = 0, period = 0, months = 12) => {
    const [n, at, m] = [nearest(life), nearest(period), nearest(months)];
    if (cost === 0) return 0;
    return when(cost > 0 && salvage >= 0 && n >= 1 && at >= 1 && m >= 1 && m <= 12 && at <= n + (m < 12 ? 1 : 0) && n < 1e6, () => fixedBalance(cost, salvage, n, at, m));
  }),
  DDB: financial('DDB', (cost = 0, salvage = 0, life = 0, period = 0, factor = 2) =>
    when(cost >= 0 && salvage >= 0 && life > 0 && period >= 1 && period <= life && factor > 0, () => declining(cost, salvage, life, period, factor))),
  SLN: financial('SLN', (cost = 0, salvage = 0, life = 0) => when(life !== 0, () => (cost - salvage) / life)),
  SYD: financial('SYD', (cost = 0, salvage = 0, life = 0, period = 0) =>
    when(life > 0 && period >= 1 && period <= life && salvage >= 0, () => ((cost - salvage) * (life - period + 1) * 2) / (life * (life + 1)))),
  VDB: financial('VDB', (cost = 0, salvage = 0, life = 0, start = 0, end = 0, factor = 2, noSwitch = 0) =>
    when(cost >= 0 && salvage >= 0 && life > 0 && start >= 0 && end >= start && end <= life && factor > 0 && life < 1e6, () =>
      (salvage >= cost ? 0 : variable(cost, salvage, life, start, end, factor, noSwitch !== 0)))),
} satisfies Record<string, Evaluator>;
