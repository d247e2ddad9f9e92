/** Rows that are made up, as the engine makes them: what each column of a table is drawn from. */
import type { DatePart, Distribution, WordList } from '../model/generate.ts';
import type { DataType, RowValue } from '../model/model.ts';

export interface GeneratedSource {
  readonly kind: 'generated';
  readonly rows: number;
  /** Together with the names of table and column it decides every value. */
  readonly seed: number;
  readonly columns: readonly GeneratedColumn[];
}

export interface GeneratedColumn {
  readonly name: string;
  readonly type: DataType;
  /** Share of rows without a value, 0 to 1. */
  readonly blanks: number;
  readonly recipe: Recipe;
}

export type Recipe =
  /** Counts up from 1: no value stands twice. */
  | { readonly kind: 'count'; readonly prefix: string }
  /** One value a row, in order: no value stands twice. */
  | { readonly kind: 'each'; readonly values: readonly RowValue[] }
  /** One day a row, from a serial on. */
  | { readonly kind: 'days'; readonly from: number }
  /** Values of another table's column; `unique`: no two rows have the same, as far as there are enough. */
  | { readonly kind: 'foreign'; readonly table: string; readonly column: string; readonly distribution: Distribution; readonly unique: boolean }
  | { readonly kind: 'values'; readonly values: readonly RowValue[]; readonly weights: readonly number[] }
  | { readonly kind: 'flags'; readonly share: number }
  | { readonly kind: 'numbers'; readonly distribution: Distribution; readonly min: number; readonly max: number; readonly mean: number; readonly deviation: number; readonly decimals: number }
  /** Serials from `from` up to `to`, not included, between two hours of the day; whole days where the hours are equal. */
  | { readonly kind: 'moments'; readonly from: number; readonly to: number; readonly hours: readonly [number, number] }
  /** So many seconds after the moment in another column of the table. */
  | { readonly kind: 'after'; readonly column: string; readonly distribution: Distribution; readonly min: number; readonly max: number; readonly mean: number; readonly deviation: number }
  | { readonly kind: 'part'; readonly column: string; readonly part: DatePart }
  | { readonly kind: 'words'; readonly list: WordList };
