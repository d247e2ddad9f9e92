/** Where a part of a metric stands: what is evaluated around it, and the steps on the way to it. */
import type { Expression } from '../../../../grammar/src/tree.ts';

/** Puts a DAX expression into the place where a part of the metric stands. */
export type Wrap = (inner: string) => string;

export interface Step {
  readonly kind: 'filter' | 'branch' | 'table';
  readonly text: string;
  /** Counts, given an expression that counts, what is left after this step. */
  readonly count: (counting: string) => string;
  /** What the step looks at. */
  readonly expression: Expression;
}

/** Where an expression stands. */
export interface Place {
  readonly text: string;
  readonly wrap: Wrap;
  /** The same for a table in that place. */
  readonly wrapTable: Wrap;
  readonly steps: readonly Step[];
  readonly metrics: readonly string[];
  readonly variables: ReadonlyMap<string, Variable>;
}

export interface Variable {
  readonly value: Expression;
  /** Where it is defined. */
  readonly place: Place;
}

/** The text of a part as it is written. */
export const textOf = ({ text }: Pick<Place, 'text'>, { span }: { readonly span: { readonly start: number; readonly end: number } }): string => text.slice(span.start, span.end);
