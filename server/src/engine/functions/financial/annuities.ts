/**
 * Payments at a constant rate. Money that is paid out is negative.
 *
 * They all solve present * (1 + rate)^periods + payment * (1 + rate * due) * ((1 + rate)^periods - 1) / rate + future = 0,
 * in which `due` is 1 for payments at the beginning of a period (the function pages of PV and RATE).
 */
import type { Evaluator } from '../evaluator.ts';
import { financial, nearest, when, zeroOf } from './numbers.ts';

const growth = (rate: number, periods: number): number => (1 + rate) ** periods;

/** What payments of one are worth at the end. */
const annuity = (rate: number, periods: number, due: number): number => {
  if (rate === 0) return periods;
  return ((1 + rate * due) * Math.expm1(periods * Math.log1p(rate))) / rate;
};

const dueOf = (type: number | undefined): number => ((type ?? 0) !== 0 ? 1 : 0);

const futureValue = (rate: number, periods: number, payment: number, present: number, due: number): number =>
  -(present * growth(rate, periods) + payment * annuity(rate, periods, due));

const payment = (rate: number, periods: number, present: number, future: number, due: number): number =>
  -(present * growth(rate, periods) + future) / annuity(rate, periods, due);

const inPeriods = (period: number, periods: number): boolean => period >= 1 && period < periods + 1;

/** Sums interest or principal over whole periods, both ends included. */
const cumulative = (part: 'interest' | 'principal') => (rate = 0, periods = 0, present = 0, first = 0, last = 0, type = 0): number => {
  const from = Math.ceil(first);
  const to = Math.floor(last);
  const due = nearest(type);
  return when(rate > 0 && periods > 0 && present > 0 && from >= 1 && to >= from && last <= periods && (due === 0 || due === 1) && to - from < 1e6, () => {
    const each = payment(rate, periods, present, 0, due);
    let sum = 0;
    for (let period = from; period <= to; period++) {
      const share = interestOf(rate, period, each, present, due);
      sum += part === 'interest' ? share : each - share;
    }
    return sum;
  });
};

/** The interest of a period when the payment is known: on what is left before it, and none in a first one that is paid at its beginning. */
function interestOf(rate: number, period: number, each: number, present: number, due: number): number {
  if (due === 0) return futureValue(rate, period - 1, each, present, 0) * rate;
  return period === 1 ? 0 : (futureValue(rate, period - 2, each, present, 1) - each) * rate;
}

export const annuities = {
  CUMIPMT: financial('CUMIPMT', cumulative('interest')),
  CUMPRINC: financial('CUMPRINC', cumulative('principal')),
  EFFECT: financial('EFFECT', (rate = 0, times = 0) => {
    const n = nearest(times);
    return when(rate > 0 && n >= 1, () => (1 + rate / n) ** n - 1);
  }),
  FV: financial('FV', (rate = 0, periods = 0, each = 0, present = 0, type = 0) => futureValue(rate, periods, each, present, dueOf(type))),
  IPMT: financial('IPMT', (rate = 0, period = 0, periods = 0, present = 0, future = 0, type = 0) =>
    when(inPeriods(period, periods), () => interestOf(rate, period, payment(rate, periods, present, future, dueOf(type)), present, dueOf(type)))),
  ISPMT: financial('ISPMT', (rate = 0, period = 0, periods = 0, present = 0) => when(periods !== 0, () => (present * rate * (period / periods - 1)))),
  NOMINAL: financial('NOMINAL', (rate = 0, times = 0) => {
    const n = nearest(times);
    return when(rate > 0 && n >= 1, () => n * ((1 + rate) ** (1 / n) - 1));
  }),
  NPER: financial('NPER', (rate = 0, each = 0, present = 0, future = 0, type = 0) => {
    if (rate === 0) return -(present + future) / each;
    const level = (each * (1 + rate * dueOf(type))) / rate;
    return Math.log((level - future) / (level + present)) / Math.log1p(rate);
  }),
  PDURATION: financial('PDURATION', (rate = 0, present = 0, future = 0) =>
    when(rate > 0 && present > 0 && future > 0, () => (Math.log(future) - Math.log(present)) / Math.log1p(rate))),
  PMT: financial('PMT', (rate = 0, periods = 0, present = 0, future = 0, type = 0) => when(periods !== 0, () => payment(rate, periods, present, future, dueOf(type)))),
  PPMT: financial('PPMT', (rate = 0, period = 0, periods = 0, present = 0, future = 0, type = 0) =>
    when(inPeriods(period, periods), () => {
      const due = dueOf(type);
      const each = payment(rate, periods, present, future, due);
      return each - interestOf(rate, period, each, present, due);
    })),
  PV: financial('PV', (rate = 0, periods = 0, each = 0, future = 0, type = 0) => -(future + each * annuity(rate, periods, dueOf(type))) / growth(rate, periods)),
  RATE: financial('RATE', (periods = 0, each = 0, present = 0, future = 0, type = 0, guess = 0.1) => when(periods > 0, () => {
    const left = (rate: number): number => -futureValue(rate, periods, each, present, dueOf(type)) + future;
    return zeroOf(left, guess, -1) ?? NaN;
  })),
  RRI: financial('RRI', (periods = 0, present = 0, future = 0) => when(periods > 0 && present !== 0, () => (future / present) ** (1 / periods) - 1)),
} satisfies Record<string, Evaluator>;
