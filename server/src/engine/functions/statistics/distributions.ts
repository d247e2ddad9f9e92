/**
 * Distributions and counting of choices. The function pages name the domains; an argument outside of them is an error,
 * BLANK counts as zero.
 */
import type { Evaluator } from '../evaluator.ts';
import { ofNumbers } from '../ofNumbers.ts';
import { incompleteBeta, incompleteGamma, inverseOf, lnGamma, normalBelow, normalDensity, normalInverse } from './special.ts';

const when = (holds: boolean, value: () => number): number => (holds ? value() : NaN);
const isProbability = (p: number): boolean => p > 0 && p < 1;
const isDegrees = (n: number): boolean => n >= 1 && n <= 1e10;

const studentBelow = (t: number, n: number): number => {
  const tail = incompleteBeta(n / (n + t * t), n / 2, 0.5) / 2;
  return t < 0 ? tail : 1 - tail;
};
const studentDensity = (t: number, n: number): number =>
  Math.exp(lnGamma((n + 1) / 2) - lnGamma(n / 2) - ((n + 1) / 2) * Math.log1p((t * t) / n)) / Math.sqrt(n * Math.PI);
const studentTail = (t: number, n: number): number => incompleteBeta(n / (n + t * t), n / 2, 0.5) / 2;
/** The point to the left of which `p` lies; by its tail, so that small probabilities keep their digits. */
const studentInverse = (p: number, n: number): number => {
  if (p === 0.5) return 0;
  const tail = Math.min(p, 1 - p);
  let high = 1;
  while (studentTail(high, n) > tail && high < 1e300) high *= 2;
  const t = inverseOf((x) => -studentTail(x, n), -tail, 0, high);
  return p < 0.5 ? -t : t;
};

const chiDensity = (x: number, n: number): number =>
  x === 0 ? (n === 2 ? 0.5 : n < 2 ? Infinity : 0) : Math.exp((n / 2 - 1) * Math.log(x) - x / 2 - (n / 2) * Math.LN2 - lnGamma(n / 2));
const chiInverse = (part: 'lower' | 'upper', p: number, n: number): number => {
  const f = (x: number): number => (part === 'lower' ? incompleteGamma(n / 2, x / 2).lower : -incompleteGamma(n / 2, x / 2).upper);
  const target = part === 'lower' ? p : -p;
  let high = Math.max(1, n);
  while (f(high) < target && high < 1e300) high *= 2;
  return inverseOf(f, target, 0, high);
};

const betaDensity = (x: number, a: number, b: number): number =>
  Math.exp(lnGamma(a + b) - lnGamma(a) - lnGamma(b) + (a - 1) * Math.log(x) + (b - 1) * Math.log1p(-x));

/** Ways to choose; exact as long as a double is. */
function choose(n: number, k: number): number {
  let product = 1;
  const fewer = Math.min(k, n - k);
  for (let i = 1; i <= fewer && Number.isFinite(product); i++) product = (product * (n - fewer + i)) / i;
  return Math.round(product) < 2 ** 53 ? Math.round(product) : product;
}

function permute(n: number, k: number): number {
  let product = 1;
  for (let i = 0; i < k && Number.isFinite(product); i++) product *= n - i;
  return product;
}

const whole = (f: (n: number, k: number) => number) => (n = 0, k = 0): number => f(Math.trunc(n), Math.trunc(k));

export const distributions = {
  'BETA.DIST': ofNumbers('BETA.DIST', (x = 0, a = 0, b = 0, cumulative = 0, low = 0, high = 1) =>
    when(a > 0 && b > 0 && low < high && x >= low && x <= high, () => {
      const at = (x - low) / (high - low);
      return cumulative !== 0 ? incompleteBeta(at, a, b) : betaDensity(at, a, b) / (high - low);
    })),
  'BETA.INV': ofNumbers('BETA.INV', (p = 0, a = 0, b = 0, low = 0, high = 1) =>
    when(a > 0 && b > 0 && low < high && isProbability(p), () => low + (high - low) * inverseOf((x) => incompleteBeta(x, a, b), p, 0, 1))),
  'CHISQ.DIST': ofNumbers('CHISQ.DIST', (x = 0, degrees = 0, cumulative = 0) => {
    const n = Math.trunc(degrees);
    return when(x >= 0 && isDegrees(n), () => (cumulative !== 0 ? incompleteGamma(n / 2, x / 2).lower : chiDensity(x, n)));
  }),
  'CHISQ.DIST.RT': ofNumbers('CHISQ.DIST.RT', (x = 0, degrees = 0) => {
    const n = Math.trunc(degrees);
    return when(x >= 0 && isDegrees(n), () => incompleteGamma(n / 2, x / 2).upper);
  }),
  'CHISQ.INV': ofNumbers('CHISQ.INV', (p = 0, degrees = 0) => {
    const n = Math.trunc(degrees);
    return when(p >= 0 && p < 1 && isDegrees(n), () => (p === 0 ? 0 : chiInverse('lower', p, n)));
  }),
  'CHISQ.INV.RT': ofNumbers('CHISQ.INV.RT', (p = 0, degrees = 0) => {
    const n = Math.trunc(degrees);
    return when(p > 0 && p <= 1 && isDegrees(n), () => (p === 1 ? 0 : chiInverse('upper', p, n)));
  }),
  COMBIN: ofNumbers('COMBIN', whole((n, k) => when(n >= 0 && k >= 0 && k <= n, () => choose(n, k)))),
  COMBINA: ofNumbers('COMBINA', whole((n, k) => when(n >= 0 && k >= 0 && (n > 0 || k === 0), () => (n === 0 ? 1 : choose(n + k - 1, k))))),
  'CONFIDENCE.NORM': ofNumbers('CONFIDENCE.NORM', (alpha = 0, deviation = 0, size = 0) => {
    const n = Math.trunc(size);
    return when(isProbability(alpha) && deviation > 0 && n >= 1, () => (-normalInverse(alpha / 2) * deviation) / Math.sqrt(n));
  }),
  'CONFIDENCE.T': ofNumbers('CONFIDENCE.T', (alpha = 0, deviation = 0, size = 0) => {
    const n = Math.trunc(size);
    return when(isProbability(alpha) && deviation > 0 && n > 1, () => (-studentInverse(alpha / 2, n - 1) * deviation) / Math.sqrt(n));
  }),
  'EXPON.DIST': ofNumbers('EXPON.DIST', (x = 0, lambda = 0, cumulative = 0) =>
    when(x >= 0 && lambda > 0, () => (cumulative !== 0 ? -Math.expm1(-lambda * x) : lambda * Math.exp(-lambda * x)))),
  'NORM.DIST': ofNumbers('NORM.DIST', (x = 0, mean = 0, deviation = 0, cumulative = 0) =>
    when(deviation > 0, () => (cumulative !== 0 ? normalBelow((x - mean) / deviation) : normalDensity((x - mean) / deviation) / deviation))),
  'NORM.INV': ofNumbers('NORM.INV', (p = 0, mean = 0, deviation = 0) => when(isProbability(p) && deviation > 0, () => mean + deviation * normalInverse(p))),
  'NORM.S.DIST': ofNumbers('NORM.S.DIST', (z = 0, cumulative = 0) => (cumulative !== 0 ? normalBelow(z) : normalDensity(z))),
  'NORM.S.INV': ofNumbers('NORM.S.INV', (p = 0) => when(isProbability(p), () => normalInverse(p))),
  PERMUT: ofNumbers('PERMUT', whole((n, k) => when(n >= 0 && k >= 0 && k <= n, () => permute(n, k)))),
  'POISSON.DIST': ofNumbers('POISSON.DIST', (x = 0, mean = 0, cumulative = 0) => {
    const n = Math.trunc(x);
    return when(n >= 0 && mean >= 0, () => {
      if (mean === 0) return n === 0 || cumulative !== 0 ? 1 : 0;
      return cumulative !== 0 ? incompleteGamma(n + 1, mean).upper : Math.exp(n * Math.log(mean) - mean - lnGamma(n + 1));
    });
  }),
  'T.DIST': ofNumbers('T.DIST', (x = 0, degrees = 0, cumulative = 0) => {
    const n = Math.trunc(degrees);
    return when(isDegrees(n), () => (cumulative !== 0 ? studentBelow(x, n) : studentDensity(x, n)));
  }),
  'T.DIST.2T': ofNumbers('T.DIST.2T', (x = 0, degrees = 0) => when(x >= 0 && isDegrees(Math.trunc(degrees)), () => 2 * studentTail(x, Math.trunc(degrees)))),
  'T.DIST.RT': ofNumbers('T.DIST.RT', (x = 0, degrees = 0) => when(isDegrees(Math.trunc(degrees)), () => studentBelow(-x, Math.trunc(degrees)))),
  'T.INV': ofNumbers('T.INV', (p = 0, degrees = 0) => when(isProbability(p) && isDegrees(Math.trunc(degrees)), () => studentInverse(p, Math.trunc(degrees)))),
  'T.INV.2T': ofNumbers('T.INV.2T', (p = 0, degrees = 0) => when(p > 0 && p <= 1 && isDegrees(Math.trunc(degrees)), () => -studentInverse(p / 2, Math.trunc(degrees)) + 0)),
} satisfies Record<string, Evaluator>;
