/** Hints for rows that are made up: how many, when, and what the values of a column look like. */
import type { RowValue } from './model.ts';

export const distributions = ['uniform', 'normal', 'exponential', 'zipf'] as const;
export type Distribution = (typeof distributions)[number];

/** Parts of a date that a column may hold. */
export const dateParts = ['date', 'year', 'quarter', 'month', 'monthName', 'yearMonth', 'day', 'weekday', 'weekdayName', 'hour'] as const;
export type DatePart = (typeof dateParts)[number];

/** Lists of made-up words. */
export const wordLists = ['person', 'company', 'city', 'product', 'word'] as const;
export type WordList = (typeof wordLists)[number];

/** Of a table, and of a model for its tables. Dates are `YYYY-MM-DD` or `YYYY-MM-DDThh:mm:ss`. */
export interface TableHints {
  readonly rows?: number;
  readonly from?: string;
  readonly to?: string;
}

export interface ModelHints extends TableHints {
  readonly seed?: number;
}

export interface ColumnHints {
  /** Values that may stand in the column, each with its weight. */
  readonly values?: readonly { readonly value: RowValue; readonly weight: number }[];
  /** Share of rows without a value, 0 to 1. */
  readonly blanks?: number;
  /** Share of rows that are TRUE, 0 to 1. */
  readonly share?: number;
  readonly distribution?: Distribution;
  /** Bounds of a number; of seconds where `after` is given. */
  readonly min?: number;
  readonly max?: number;
  readonly mean?: number;
  readonly deviation?: number;
  /** Digits behind the point. */
  readonly decimals?: number;
  readonly from?: string;
  readonly to?: string;
  /** First hour, and the hour before which the day ends. */
  readonly hours?: readonly [number, number];
  /** The column of the table after whose moment this one comes. */
  readonly after?: string;
  /** What of a date the column holds; `of` names the date's column. */
  readonly part?: DatePart;
  readonly of?: string;
  readonly words?: WordList;
  /** What texts that count up begin with. */
  readonly prefix?: string;
}
