/** TOTALYTD and its like: an expression over dates around those of the context, as CALCULATE says it. */
import type { Argument, Call, Expression } from '../../../../grammar/src/tree.ts';

export interface Period {
  /** The dates as a filter argument in DAX. */
  readonly text: string;
  readonly dates: Expression;
  /** The filter argument beside the dates. */
  readonly filters: readonly Argument[];
}

/**
 * @param textOf the text of an argument
 * @returns undefined for a call of any other function, and where the dates are missing
 */
export function periodOf({ name, args: [, dates, ...rest] }: Call, textOf: (it: Expression) => string): Period | undefined {
  const [, kind, unit] = /^(TOTAL|CLOSINGBALANCE|OPENINGBALANCE)(YTD|QTD|MTD|YEAR|QUARTER|MONTH)$/.exec(name.toUpperCase()) ?? [];
  if (unit === undefined || dates === undefined || dates.kind === 'omitted') return undefined;
  // The end of the year may stand in the place of the filter.
  const [first, second] = rest;
  const yearEnd = first?.kind === 'string' ? first : second;
  const of = [dates, ...(yearEnd === undefined || yearEnd.kind === 'omitted' ? [] : [yearEnd])].map(textOf).join(', ');
  const text = kind === 'TOTAL' ? `DATES${unit}(${of})` : kind === 'CLOSINGBALANCE' ? `ENDOF${unit}(${of})` : `PREVIOUSDAY(STARTOF${unit}(${of}))`;
  return { text, dates, filters: first === undefined || first === yearEnd ? [] : [first] };
}
