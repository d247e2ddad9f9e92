/** Prices and yields of securities, by the formulas of the function pages. Prices are per 100 of face value. */
import type { Evaluator } from '../evaluator.ts';
import { couponDays, couponsAround, daysBetween, daysToNext, isBasis, isFrequency } from './coupons.ts';
import { yearFraction } from './dayCount.ts';
import { financial, nearest, when, zeroOf } from './numbers.ts';

const fraction = (from: number, to: number, basis: number): number => yearFraction(from, to, basis) ?? NaN;

/** Price of a security that pays interest at intervals. */
function price(settlement: number, maturity: number, rate: number, yieldRate: number, redemption: number, frequency: number, basis: number): number {
  const coupons = couponsAround(settlement, maturity, frequency);
  const period = couponDays(coupons, frequency, basis);
  const toNext = daysToNext(settlement, coupons, frequency, basis) / period;
  const elapsed = daysBetween(coupons.previous, settlement, basis) / period;
  const each = (100 * rate) / frequency;
  if (coupons.count === 1) return (redemption + each) / (1 + (toNext * yieldRate) / frequency) - each * elapsed;
  const factor = 1 + yieldRate / frequency;
  let sum = redemption / factor ** (coupons.count - 1 + toNext);
  for (let k = 0; k < coupons.count; k++) sum += each / factor ** (k + toNext);
  return sum - each * elapsed;
}

function yieldOf(settlement: number, maturity: number, rate: number, paid: number, redemption: number, frequency: number, basis: number): number {
  const coupons = couponsAround(settlement, maturity, frequency);
  if (coupons.count === 1) {
    const period = couponDays(coupons, frequency, basis);
    const elapsed = daysBetween(coupons.previous, settlement, basis) / period;
    const toNext = daysToNext(settlement, coupons, frequency, basis) / period;
    const due = paid / 100 + (elapsed * rate) / frequency;
    return ((redemption / 100 + rate / frequency - due) / due) * (frequency / toNext);
  }
  return zeroOf((it) => price(settlement, maturity, rate, it, redemption, frequency, basis) - paid, rate === 0 ? 0.05 : rate, -frequency) ?? NaN;
}

/** Macaulay duration in years. */
function duration(settlement: number, maturity: number, rate: number, yieldRate: number, frequency: number, basis: number): number {
  const coupons = couponsAround(settlement, maturity, frequency);
  const toNext = daysToNext(settlement, coupons, frequency, basis) / couponDays(coupons, frequency, basis);
  const each = (100 * rate) / frequency;
  const factor = 1 + yieldRate / frequency;
  let value = 0;
  let weighed = 0;
  for (let k = 0; k < coupons.count; k++) {
    const flow = (each + (k === coupons.count - 1 ? 100 : 0)) / factor ** (k + toNext);
    value += flow;
    weighed += flow * (k + toNext);
  }
  return weighed / value / frequency;
}

type Coupon = (settlement: number, maturity: number, a: number, b: number, redemption: number, frequency: number, basis: number) => number;

/** PRICE and YIELD: settlement, maturity, rate, yield or price, redemption, frequency, basis. */
const withCoupons = (name: string, holds: (rate: number, other: number) => boolean, f: Coupon): Evaluator =>
  financial(name, (settlement = 0, maturity = 0, rate = 0, other = 0, redemption = 0, frequency = 0, basis = 0) => {
    const [from, to, times, by] = [Math.trunc(settlement), Math.trunc(maturity), nearest(frequency), nearest(basis)];
    return when(from < to && holds(rate, other) && redemption > 0 && isFrequency(times) && isBasis(by), () => f(from, to, rate, other, redemption, times, by));
  });

const durationOf = (name: string, isModified: boolean): Evaluator =>
  financial(name, (settlement = 0, maturity = 0, rate = 0, yieldRate = 0, frequency = 0, basis = 0) => {
    const [from, to, times, by] = [Math.trunc(settlement), Math.trunc(maturity), nearest(frequency), nearest(basis)];
    return when(from < to && rate >= 0 && yieldRate >= 0 && isFrequency(times) && isBasis(by), () =>
      duration(from, to, rate, yieldRate, times, by) / (isModified ? 1 + yieldRate / times : 1));
  });

/** A security without coupons: settlement, maturity, two numbers above zero, basis. */
const withoutCoupons = (name: string, f: (years: number, a: number, b: number) => number): Evaluator =>
  financial(name, (settlement = 0, maturity = 0, a = 0, b = 0, basis = 0) => {
    const [from, to, by] = [Math.trunc(settlement), Math.trunc(maturity), nearest(basis)];
    return when(from < to && a > 0 && b > 0 && isBasis(by), () => f(fraction(from, to, by), a, b));
  });

/** A security that pays interest at maturity: from issue, by a rate and a yield or a price. */
const atMaturity = (name: string, holds: (rate: number, other: number) => boolean, f: (issueToMaturity: number, issueToSettlement: number, left: number, rate: number, other: number) => number): Evaluator =>
  financial(name, (settlement = 0, maturity = 0, issue = 0, rate = 0, other = 0, basis = 0) => {
    const [from, to, out, by] = [Math.trunc(settlement), Math.trunc(maturity), Math.trunc(issue), nearest(basis)];
    return when(from < to && out <= from && holds(rate, other) && isBasis(by), () =>
      f(fraction(out, to, by), fraction(out, from, by), fraction(from, to, by), rate, other));
  });

export const bonds = {
  ACCRINTM: financial('ACCRINTM', (issue = 0, maturity = 0, rate = 0, par = 1000, basis = 0) => {
    const [from, to, by] = [Math.trunc(issue), Math.trunc(maturity), nearest(basis)];
    return when(from < to && rate > 0 && par > 0 && isBasis(by), () => par * rate * fraction(from, to, by));
  }),
  DISC: withoutCoupons('DISC', (years, paid, redemption) => (1 - paid / redemption) / years),
  DURATION: durationOf('DURATION', false),
  INTRATE: withoutCoupons('INTRATE', (years, investment, redemption) => (redemption / investment - 1) / years),
  MDURATION: durationOf('MDURATION', true),
  PRICE: withCoupons('PRICE', (rate, yieldRate) => rate >= 0 && yieldRate >= 0, price),
  PRICEDISC: withoutCoupons('PRICEDISC', (years, discount, redemption) => redemption * (1 - discount * years)),
  PRICEMAT: atMaturity('PRICEMAT', (rate, yieldRate) => rate >= 0 && yieldRate >= 0, (whole, elapsed, left, rate, yieldRate) =>
    (100 * (1 + whole * rate)) / (1 + left * yieldRate) - 100 * elapsed * rate),
  RECEIVED: withoutCoupons('RECEIVED', (years, investment, discount) => (discount * years < 1 ? investment / (1 - discount * years) : NaN)),
  YIELD: withCoupons('YIELD', (rate, paid) => rate >= 0 && paid > 0, yieldOf),
  YIELDDISC: withoutCoupons('YIELDDISC', (years, paid, redemption) => (redemption / paid - 1) / years),
  YIELDMAT: atMaturity('YIELDMAT', (rate, paid) => rate >= 0 && paid > 0, (whole, elapsed, left, rate, paid) =>
    ((1 + whole * rate) / (paid / 100 + elapsed * rate) - 1) / left),
} satisfies Record<string, Evaluator>;
