/** Coupon dates of a security: they lie whole months before its maturity, the ends of months on the ends of months. */
import { dateParts, dateSerial } from '../../dates.ts';
import type { Evaluator } from '../evaluator.ts';
import { daysEuropean, daysUs } from './dayCount.ts';
import { financial, nearest, when } from './numbers.ts';

const isLastDay = (serial: number): boolean => dateParts(serial + 1).day === 1;

/** A date months away from one, on the end of its month where that one is. */
export function monthsFrom(serial: number, months: number): number {
  const it = dateParts(serial);
  const last = dateParts(dateSerial(it.year, it.month + months + 1, 0)).day;
  return dateSerial(it.year, it.month + months, isLastDay(serial) ? last : Math.min(it.day, last));
}

export interface Coupons {
  /** The last coupon date at or before settlement. */
  readonly previous: number;
  /** The first one after it. */
  readonly next: number;
  /** Coupons from settlement to maturity. */
  readonly count: number;
}

/** The coupon dates around a settlement; there are 12 / frequency months between two. */
export function couponsAround(settlement: number, maturity: number, frequency: number): Coupons {
  const months = 12 / frequency;
  const a = dateParts(settlement);
  const b = dateParts(maturity);
  // From the months between the dates, then stepwise to the exact place.
  let count = Math.max(1, Math.floor(((b.year - a.year) * 12 + b.month - a.month) / months));
  while (monthsFrom(maturity, -count * months) > settlement) count++;
  while (count > 1 && monthsFrom(maturity, -(count - 1) * months) <= settlement) count--;
  return { previous: monthsFrom(maturity, -count * months), next: monthsFrom(maturity, -(count - 1) * months), count };
}

/** Days between two dates by a basis; years of 360 days have months of 30. */
export function daysBetween(from: number, to: number, basis: number): number {
  return basis === 0 ? daysUs(from, to) : basis === 4 ? daysEuropean(from, to) : to - from;
}

/** Days of the coupon period: the real ones for actual/actual, else a share of the year of the basis. */
export function couponDays({ previous, next }: Pick<Coupons, 'previous' | 'next'>, frequency: number, basis: number): number {
  return basis === 1 ? next - previous : (basis === 3 ? 365 : 360) / frequency;
}

/** Days to the next coupon; in years of 360 days what the elapsed ones leave of the period. */
export function daysToNext(settlement: number, coupons: Coupons, frequency: number, basis: number): number {
  if (basis === 0) return couponDays(coupons, frequency, basis) - daysBetween(coupons.previous, settlement, basis);
  return daysBetween(settlement, coupons.next, basis);
}

export const isFrequency = (frequency: number): boolean => frequency === 1 || frequency === 2 || frequency === 4;
export const isBasis = (basis: number): boolean => basis >= 0 && basis <= 4;

const coupon = (name: string, f: (settlement: number, coupons: Coupons, frequency: number, basis: number) => number, type: 'double' | 'dateTime' | 'int64' = 'double'): Evaluator =>
  financial(name, (settlement = 0, maturity = 0, frequency = 0, basis = 0) => {
    const [from, to, times, by] = [Math.trunc(settlement), Math.trunc(maturity), nearest(frequency), nearest(basis)];
    return when(from < to && isFrequency(times) && isBasis(by), () => f(from, couponsAround(from, to, times), times, by));
  }, type);

export const coupons = {
  COUPDAYBS: coupon('COUPDAYBS', (settlement, it, _, basis) => daysBetween(it.previous, settlement, basis)),
  COUPDAYS: coupon('COUPDAYS', (_, it, frequency, basis) => couponDays(it, frequency, basis)),
  COUPDAYSNC: coupon('COUPDAYSNC', daysToNext),
  COUPNCD: coupon('COUPNCD', (_, it) => it.next, 'dateTime'),
  COUPNUM: coupon('COUPNUM', (_, it) => it.count, 'int64'),
  COUPPCD: coupon('COUPPCD', (_, it) => it.previous, 'dateTime'),
} satisfies Record<string, Evaluator>;
