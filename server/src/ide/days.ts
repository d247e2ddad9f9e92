/** Whole days as `2025-05-31`, and ranges of them in words. */

const day = 86_400_000;
/** Days from 1899-12-30, where DAX counts from, to 1970-01-01. */
const epoch = 25_569;
const months = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December'];

/** No date is behind it; many a source writes it for "never". */
export const lastDay = '9999-12-31';

export interface Days {
  readonly from?: string;
  readonly to?: string;
}

/** Whether a text is a day that there is. */
export const isDay = (it: unknown): it is string => typeof it === 'string' && /^\d{4}-\d\d-\d\d$/.test(it) && shifted(it, 0) === it;

/** @param serial days since 1899-12-30, with the time of day as a fraction */
export const dayOf = (serial: number): string => textOf((Math.floor(serial) - epoch) * day);

export const dayAfter = (it: string): string => shifted(it, 1) ?? it;

export const daysBefore = (it: string, count: number): string => shifted(it, -count) ?? it;

/** How many days there are from one to another, both included. */
export const daysFrom = (from: string, to: string): number => (Date.parse(to) - Date.parse(from)) / day + 1;

/** The months from the one of `to` back to the one of `from`, each with its days. */
export function monthsBack(from: string, to: string, most: number): readonly Required<Days>[] {
  const found: Required<Days>[] = [];
  for (let end = monthEnd(to); end >= from && found.length < most; end = daysBefore(`${end.slice(0, 8)}01`, 1)) {
    found.push({ from: `${end.slice(0, 8)}01`, to: end });
  }
  return found;
}

/** `May 2025`, `2025-05-25 to 2025-05-31`, `from 2025-05-25`, `until 2025-05-31`. */
export function daysText({ from, to }: Days): string {
  if (from === undefined) return `until ${to ?? ''}`;
  if (to === undefined) return `from ${from}`;
  if (from === to) return from;
  const isMonth = from.endsWith('-01') && monthEnd(from) === to;
  return isMonth ? `${months[Number(from.slice(5, 7)) - 1] ?? ''} ${from.slice(0, 4)}` : `${from} to ${to}`;
}

/** The last day of a day's month. */
export function monthEnd(it: string): string {
  const [year = 0, month = 1] = it.split('-').map(Number);
  return textOf(Date.UTC(year, month, 0));
}

function shifted(it: string, by: number): string | undefined {
  const at = Date.parse(`${it}T00:00:00Z`);
  return Number.isNaN(at) ? undefined : textOf(at + by * day);
}

const textOf = (milliseconds: number): string => {
  const it = new Date(milliseconds);
  return Number.isNaN(it.getTime()) ? '' : it.toISOString().slice(0, 10);
};
