/** Pairs of a name and an expression that add columns. */
import type { Argument } from '../../../../../grammar/src/tree.ts';
import { nameKey } from '../../../model/model.ts';
import type { NamedScalar } from '../../../plan/plan.ts';
import { addedColumn, type ShapeColumn } from '../../shapes.ts';
import type { LowerEnv } from '../context.ts';
import { lowerArgument } from '../scalars.ts';

/** Undefined when a name is no plain text. */
export function namedPairs(args: readonly Argument[], env: LowerEnv): { readonly columns: readonly ShapeColumn[]; readonly extensions: readonly NamedScalar[] } | undefined {
  const columns: ShapeColumn[] = [];
  const extensions: NamedScalar[] = [];
  for (let i = 0; i < args.length; i += 2) {
    const name = args[i];
    const value = args[i + 1];
    if (name?.kind !== 'string' || value === undefined) return undefined;
    columns.push({ ...addedColumn(name.value, 'unknown', name.span), ...measureOf(value, env) });
    extensions.push({ name: name.value, expression: lowerArgument(value, env) });
  }
  return { columns, extensions };
}

/** The metric that an added column is nothing but the value of. */
export function measureOf(value: Argument, env: LowerEnv): { readonly measure?: string } {
  if (value.kind !== 'column' || value.table !== undefined) return {};
  const measure = env.names.measures.get(nameKey(value.column.text));
  return measure === undefined ? {} : { measure: nameKey(measure.name) };
}

export const hasDuplicates = (columns: readonly ShapeColumn[]): boolean => {
  const keys = columns.map((it) => `${nameKey(it.table ?? '')}\u0000${nameKey(it.column)}`);
  return new Set(keys).size < keys.length;
};
