/**
 * Securities whose first or last period is shorter or longer than the others, and interest accrued over several periods.
 *
 * An odd period is cut into quasi-coupon periods: whole coupon periods counted back from its regular end (the function
 * pages of ODDFPRICE, ODDLPRICE and ACCRINT).
 */
import type { Evaluator } from '../evaluator.ts';
import { couponDays, couponsAround, daysBetween, daysToNext, isBasis, isFrequency, monthsFrom } from './coupons.ts';
import { yearFraction } from './dayCount.ts';
import { financial, nearest, when, zeroOf } from './numbers.ts';

/** The most quasi-coupon periods that are looked at: of a century, four times a year. */
const mostPeriods = 400;

/**
 * What share of coupon periods lies between two dates, period by period.
 *
 * @param anchor a date on which a quasi-coupon period ends, at or after `to` or anywhere on the same grid
 */
function periodsBetween(from: number, to: number, anchor: number, frequency: number, basis: number): number {
  const months = 12 / frequency;
  let sum = 0;
  let k = 0;
  while (monthsFrom(anchor, k * months) < to && k < mostPeriods) k++;
  for (let i = 0; i < mostPeriods; i++, k--) {
    const start = monthsFrom(anchor, (k - 1) * months);
    const end = monthsFrom(anchor, k * months);
    const low = Math.max(start, from);
    const high = Math.min(end, to);
    if (low === start && high === end) sum += 1;
    else if (high > low) sum += daysBetween(low, high, basis) / couponDays({ previous: start, next: end }, frequency, basis);
    if (start <= from) return sum;
  }
  return NaN;
}

/** Price with an odd first period. */
function oddFirst(settlement: number, maturity: number, issue: number, first: number, rate: number, yieldRate: number, redemption: number, frequency: number, basis: number): number {
  const months = 12 / frequency;
  const each = (100 * rate) / frequency;
  const factor = 1 + yieldRate / frequency;
  // Regular coupons after the first one.
  const later = couponsAround(first, maturity, frequency).count;
  let whole = 0;
  while (monthsFrom(first, -(whole + 1) * months) > settlement && whole < mostPeriods) whole++;
  const next = monthsFrom(first, -whole * months);
  const around = { previous: monthsFrom(first, -(whole + 1) * months), next, count: 1 };
  const toFirst = whole + daysToNext(settlement, around, frequency, basis) / couponDays(around, frequency, basis);
  const firstShare = periodsBetween(issue, first, first, frequency, basis);
  const accrued = periodsBetween(issue, settlement, first, frequency, basis);
  let sum = redemption / factor ** (later + toFirst) + (each * firstShare) / factor ** toFirst;
  for (let k = 1; k <= later; k++) sum += each / factor ** (k + toFirst);
  return sum - each * accrued;
}

/** Periods of the odd last stretch: in all, accrued at settlement, and left. */
function lastPeriods(settlement: number, maturity: number, last: number, frequency: number, basis: number): readonly [all: number, accrued: number, left: number] {
  const between = (from: number, to: number): number => (yearFraction(from, to, basis) ?? NaN) * frequency;
  return [between(last, maturity), between(last, settlement), between(settlement, maturity)];
}

const first = (name: string, f: typeof oddFirst): Evaluator =>
  financial(name, (settlement = 0, maturity = 0, issue = 0, firstCoupon = 0, rate = 0, other = 0, redemption = 0, frequency = 0, basis = 0) => {
    const [from, to, out, coupon, times, by] = [Math.trunc(settlement), Math.trunc(maturity), Math.trunc(issue), Math.trunc(firstCoupon), nearest(frequency), nearest(basis)];
    return when(out < from && from < coupon && coupon < to && rate >= 0 && other >= 0 && redemption > 0 && isFrequency(times) && isBasis(by), () =>
      f(from, to, out, coupon, rate, other, redemption, times, by));
  });

type Last = (periods: readonly [number, number, number], rate: number, other: number, redemption: number, frequency: number) => number;

const last = (name: string, f: Last): Evaluator =>
  financial(name, (settlement = 0, maturity = 0, lastInterest = 0, rate = 0, other = 0, redemption = 0, frequency = 0, basis = 0) => {
    const [from, to, paid, times, by] = [Math.trunc(settlement), Math.trunc(maturity), Math.trunc(lastInterest), nearest(frequency), nearest(basis)];
    return when(paid < from && from < to && rate >= 0 && other >= 0 && redemption > 0 && isFrequency(times) && isBasis(by), () =>
      f(lastPeriods(from, to, paid, times, by), rate, other, redemption, times));
  });

export const oddPeriods = {
  ACCRINT: financial('ACCRINT', (issue = 0, firstInterest = 0, settlement = 0, rate = 0, par = 1000, frequency = 0, basis = 0, fromIssue = 1) => {
    const [out, firstDay, to, times, by] = [Math.trunc(issue), Math.trunc(firstInterest), Math.trunc(settlement), nearest(frequency), nearest(basis)];
    const from = fromIssue === 0 && to > firstDay ? firstDay : out;
    return when(out < to && rate > 0 && par > 0 && isFrequency(times) && isBasis(by), () => (par * rate * periodsBetween(from, to, firstDay, times, by)) / times);
  }),
  ODDFPRICE: first('ODDFPRICE', oddFirst),
  ODDFYIELD: first('ODDFYIELD', (settlement, maturity, issue, coupon, rate, paid, redemption, frequency, basis) =>
    zeroOf((it) => oddFirst(settlement, maturity, issue, coupon, rate, it, redemption, frequency, basis) - paid, rate === 0 ? 0.05 : rate, -frequency) ?? NaN),
  ODDLPRICE: last('ODDLPRICE', ([all, accrued, left], rate, yieldRate, redemption, frequency) => {
    const each = (100 * rate) / frequency;
    return (redemption + all * each) / (1 + (left * yieldRate) / frequency) - accrued * each;
  }),
  ODDLYIELD: last('ODDLYIELD', ([all, accrued, left], rate, paid, redemption, frequency) => {
    const each = (100 * rate) / frequency;
    return ((redemption + all * each) / (paid + accrued * each) - 1) * (frequency / left);
  }),
} satisfies Record<string, Evaluator>;
