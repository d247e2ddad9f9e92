/** What changes a metric in one place: the shape of a mutation operator. */
import type { Call, Expression, Segment, Span } from '../../../../grammar/src/tree.ts';
import type { Bound } from '../../analysis/bound.ts';
import type { Column, DataType, Model, Table } from '../../model/model.ts';

/** One change of a definition's text, in offsets of its segment. */
export interface Change {
  readonly span: Span;
  readonly newText: string;
}

export interface MutateContext {
  readonly segment: Segment;
  readonly bound: Bound;
  readonly model: Model;
  /** Every expression of the definition's body, outer before inner, without variables that nothing reads. */
  readonly expressions: readonly Expression[];
  /** What the loaded rows tell of a column. */
  readonly factsOf: (table: Table, column: Column) => ColumnFacts;
}

export interface ColumnFacts {
  readonly type: DataType | undefined;
  /** Every row has a value, and no two the same. */
  readonly isUnique: boolean;
}

export interface Operator {
  /** As comments and reports name it. */
  readonly id: string;
  /** What it changes, as a clause. */
  readonly docs: string;
  readonly changes: (ctx: MutateContext) => Iterable<Change>;
}

export const textAt = ({ segment }: Pick<MutateContext, 'segment'>, span: Span): string => segment.text.slice(span.start, span.end);

export const callsOf = ({ expressions }: MutateContext, names: ReadonlySet<string>): readonly Call[] =>
  expressions.flatMap((it) => (it.kind === 'call' && names.has(it.name.toUpperCase()) ? [it] : []));

/** The text of two stretches in each other's place, and what stands between them. */
export function swapped(ctx: MutateContext, first: Span, second: Span): Change {
  const between = textAt(ctx, { start: first.end, end: second.start });
  return { span: { start: first.start, end: second.end }, newText: `${textAt(ctx, second)}${between}${textAt(ctx, first)}` };
}

/** An expression's text, in brackets where it is more than a name, a literal or a call. */
export function grouped(ctx: MutateContext, it: Expression): string {
  const text = textAt(ctx, it.span);
  return it.kind === 'binary' || it.kind === 'unary' || it.kind === 'var' ? `(${text})` : text;
}
