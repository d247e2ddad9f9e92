/** What a layout of DAX may be told. */
import type { HeaderOptions } from '../header.ts';

export interface LayoutOptions extends HeaderOptions {
  /** Columns that a line may have; what cannot be broken may be wider. */
  readonly maxWidth: number;
  /** What one level of indentation is: blanks, or a tab. */
  readonly indent: string;
  /** Columns that a tab is wide. */
  readonly tabSize: number;
  /** `long`: what fits stays on its line. `short`: a call with several arguments that holds another call is broken. */
  readonly lineStyle: 'long' | 'short';
  /** `spaced`: `SUM ( T[c] )`, `padded`: `SUM( T[c] )`, `compact`: `SUM(T[c])`. */
  readonly brackets: 'spaced' | 'padded' | 'compact';
  /** Functions that `functionSpelling` knows, and keywords, are written in capitals. */
  readonly upperCase: boolean;
  /** How a function of DAX is written; undefined for a name that is none of DAX. */
  readonly functionSpelling: (name: string) => string | undefined;
  /**
   * Which arguments stay together on a line: from an index on each with the next, or (`names`) each text with the value
   * that it names.
   */
  readonly pairs: (name: string) => number | 'names' | undefined;
  /** Which line a comment speaks of, where it speaks of one: that line keeps its code. */
  readonly boundLine: (comment: string) => 'line' | 'next-line' | undefined;
}
