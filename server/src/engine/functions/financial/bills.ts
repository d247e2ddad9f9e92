/** Treasury bills, and prices written as fractions. */
import type { Evaluator } from '../evaluator.ts';
import { dateParts, dateSerial } from '../../dates.ts';
import { financial, when } from './numbers.ts';

/** A bill runs a year at most. */
const bill = (name: string, f: (days: number, x: number) => number): Evaluator => financial(name, (settlement = 0, maturity = 0, x = 0) => {
  const [from, to] = [Math.trunc(settlement), Math.trunc(maturity)];
  const start = dateParts(from);
  return when(from < to && to <= dateSerial(start.year + 1, start.month, start.day) && x > 0, () => f(to - from, x));
});

/** Beyond half a year a bill is compared with a bond that pays twice: (1 + y / 2)(1 + (days / 365 - 1 / 2) y) price = 100. */
function bondYield(days: number, discount: number): number {
  if (days <= 182) return (365 * discount) / (360 - discount * days);
  const price = 1 - (discount * days) / 360;
  const x = days / (days > 365 ? 366 : 365);
  return (-2 * x + 2 * Math.sqrt(x * x - (2 * x - 1) * (1 - 1 / price))) / (2 * x - 1);
}

/** Digits of the denominator say where the numerator stands: 1.02 in sixteenths is 1 and 2/16. */
const scaleOf = (fraction: number): number => 10 ** Math.ceil(Math.log10(fraction));

const dollars = (name: string, f: (whole: number, rest: number, fraction: number) => number): Evaluator => financial(name, (price = 0, denominator = 0) => {
  const fraction = Math.trunc(denominator);
  return when(fraction >= 1, () => f(Math.trunc(price), price - Math.trunc(price), fraction));
});

export const bills = {
  DOLLARDE: dollars('DOLLARDE', (whole, rest, fraction) => whole + (rest * scaleOf(fraction)) / fraction),
  DOLLARFR: dollars('DOLLARFR', (whole, rest, fraction) => whole + (rest * fraction) / scaleOf(fraction)),
  TBILLEQ: bill('TBILLEQ', bondYield),
  TBILLPRICE: bill('TBILLPRICE', (days, discount) => (discount * days < 360 ? 100 * (1 - (discount * days) / 360) : NaN)),
  TBILLYIELD: bill('TBILLYIELD', (days, price) => ((100 - price) / price) * (360 / days)),
} satisfies Record<string, Evaluator>;
