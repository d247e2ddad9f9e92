/** XNPV and XIRR: payments on given dates, discounted by the day in years of 365 days from the first of them. */
import type { Cell } from '../../../plan/values.ts';
import { zeroOf } from '../../functions/financial/numbers.ts';
import { isFailure, notEvaluated, type Failure } from '../../values/cells.ts';
import { toDouble } from '../../values/coerce.ts';
import { typeName } from '../../values/types.ts';
import { argumentOf, numberArgument, outOfRange, unsure, valuesOf, type RowsEvaluator, type RowsOfContext } from './statisticsRows.ts';

interface Payment {
  readonly amount: number;
  /** Years from the first row's date. */
  readonly years: number;
}

const DAYS = 365;

function paymentsOf(it: RowsOfContext): readonly Payment[] | Failure {
  const amounts = valuesOf(it, 0);
  const dates = valuesOf(it, 1);
  const payments: Payment[] = [];
  let first: number | undefined;
  for (const [i, amount] of amounts.entries()) {
    const date = dates[i];
    if (date === undefined || date.value === null || amount.value === null) return unsure(it, 'over rows without a date or an amount');
    for (const each of [amount, date]) {
      if (each.type === 'string' || each.type === 'boolean') return notEvaluated({ id: 'type-error', detail: `${it.name} does not take a ${typeName(each.type)}` }, it.at);
    }
    const days = toDouble(date.value, date.type, it.at);
    const number = toDouble(amount.value, amount.type, it.at);
    if (typeof days !== 'number') return days ?? unsure(it, 'over rows without a date');
    if (typeof number !== 'number') return number ?? unsure(it, 'over rows without an amount');
    first ??= Math.floor(days);
    payments.push({ amount: number, years: (Math.floor(days) - first) / DAYS });
  }
  if (payments.some(({ years }) => years < 0)) return unsure(it, 'with a date before that of the first row');
  return payments;
}

const presentValue = (payments: readonly Payment[], rate: number): number => payments.reduce((sum, { amount, years }) => sum + amount / (1 + rate) ** years, 0);

const isBothWays = (payments: readonly Payment[]): boolean => payments.some((it) => it.amount > 0) && payments.some((it) => it.amount < 0);

function xnpv(it: RowsOfContext): Cell {
  const payments = paymentsOf(it);
  if ('cell' in payments) return payments;
  const rate = numberArgument(it, 0) ?? 0;
  if (isFailure(rate)) return rate;
  if (!isBothWays(payments)) return unsure(it, 'without payments in both directions');
  const value = rate <= -1 ? NaN : presentValue(payments, rate);
  return Number.isFinite(value) ? value : outOfRange(it, String(rate));
}

/** With a second argument that is given where no rate is found. */
function xirr(it: RowsOfContext): Cell {
  const payments = paymentsOf(it);
  if ('cell' in payments) return payments;
  const guess = numberArgument(it, 0) ?? 0.1;
  if (isFailure(guess)) return guess;
  const scale = payments.reduce((sum, { amount }) => sum + Math.abs(amount), 0);
  const rate = isBothWays(payments) ? zeroOf((x) => presentValue(payments, x) / scale, guess, -1) : undefined;
  if (rate !== undefined) return rate;
  if (it.args.length < 2) return isBothWays(payments) ? unsure(it, 'for which no rate is found') : outOfRange(it, 'payments in one direction');
  const alternate = argumentOf(it, 1);
  return alternate.type === 'blank' ? null : toDouble(alternate.value, alternate.type, it.at);
}

export const paymentsByName: readonly (readonly [string, RowsEvaluator])[] = [
  ['XNPV', { type: 'double', apply: xnpv }],
  ['XIRR', { type: 'double', apply: xirr }],
];
