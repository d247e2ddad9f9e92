/** Tables that have to go together: as many columns in each, and no two columns of one name. */
import type { Expression } from '../../../../grammar/src/tree.ts';
import { nameKey } from '../../model/model.ts';
import type { TableShape } from '../shapes.ts';
import type { BoundArgument } from './calls.ts';
import { report, type BindContext, type Env } from './context.ts';

const shapeOf = (it: BoundArgument): TableShape | undefined => (it.type.kind === 'table' ? it.type.shape : undefined);
const expressionOf = (it: BoundArgument): Expression | undefined => (it.argument.kind === 'omitted' ? undefined : it.argument);

/** UNION, INTERSECT, EXCEPT: the tables have as many columns as the first one. */
export function sameWidths(ctx: BindContext, name: string, bound: readonly BoundArgument[], env: Env): void {
  const [first, ...others] = bound;
  const expected = first === undefined ? undefined : shapeOf(first)?.columns?.length;
  if (expected === undefined) return;
  for (const other of others) {
    const found = shapeOf(other)?.columns?.length;
    const at = expressionOf(other);
    if (found !== undefined && found !== expected && at !== undefined) {
      report(ctx, env, 'column-count', { function: name, expected, found }, at.span);
    }
  }
}

/** TREATAS(table, columns): as many columns are named as the table has. */
export function targetsOfTreatAs(ctx: BindContext, bound: readonly BoundArgument[], env: Env): void {
  const [table, ...targets] = bound;
  const expected = table === undefined ? undefined : shapeOf(table)?.columns?.length;
  if (expected === undefined || targets.length === expected) return;
  const surplus = targets.length > expected ? targets[expected] : undefined;
  const at = surplus === undefined ? table : surplus;
  const span = at === undefined ? undefined : expressionOf(at)?.span;
  const last = targets.at(-1);
  const end = surplus === undefined || last === undefined ? span?.end : expressionOf(last)?.span.end;
  if (span !== undefined) report(ctx, env, 'column-count', { function: 'TREATAS', expected, found: targets.length }, { start: span.start, end: end ?? span.end });
}

/** CROSSJOIN and GENERATE: columns that expressions added need different names; columns of the model are told apart by their tables. */
export function differentNames(ctx: BindContext, bound: readonly BoundArgument[], env: Env): void {
  const seen = new Set<string>();
  for (const it of bound) {
    const own = (shapeOf(it)?.columns ?? []).filter((column) => column.table === undefined);
    const twice = own.find((column) => seen.has(nameKey(column.column)));
    const at = expressionOf(it);
    if (twice !== undefined && at !== undefined) report(ctx, env, 'duplicate-column', { name: twice.column }, at.span);
    for (const column of own) seen.add(nameKey(column.column));
  }
}
