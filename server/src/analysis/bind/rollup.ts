/** ROLLUP, ROLLUPGROUP and ROLLUPADDISSUBTOTAL: the columns by which they group, and those that mark subtotals. */
import type { Argument, Call, Expression } from '../../../../grammar/src/tree.ts';
import { columnType, unwrap } from '../scope.ts';
import { addedColumn, modelColumn, type ShapeColumn } from '../shapes.ts';
import { referDefinition, type BindContext, type Env } from './context.ts';
import { extensionTarget } from './defined.ts';

/** Whether an argument is a level of subtotals. */
export function isRollup(argument: Argument): boolean {
  const it = argument.kind === 'omitted' ? undefined : unwrap(argument);
  return it?.kind === 'call' && /^ROLLUP/i.test(it.name);
}

/**
 * Columns of a level of subtotals that is bound already, in order; undefined for a column of which nothing is known.
 * Filters of a level give none.
 */
export function rollupColumns(ctx: BindContext, argument: Expression, env: Env): readonly (ShapeColumn | undefined)[] {
  const call = unwrap(argument);
  return call.kind === 'call' ? call.args.flatMap((it) => columnsOf(ctx, call, it, env)) : [];
}

function columnsOf(ctx: BindContext, call: Call, argument: Argument, env: Env): readonly (ShapeColumn | undefined)[] {
  if (argument.kind === 'omitted') return [];
  const it = unwrap(argument);
  if (it.kind === 'column') return [columnOf(ctx, it, env)];
  if (it.kind === 'string' && /^ROLLUPADDISSUBTOTAL$/i.test(call.name)) {
    const column = addedColumn(it.value, 'boolean', it.span);
    referDefinition(ctx, it.span, extensionTarget(column.column, it.span, undefined));
    return [column];
  }
  return isRollup(it) ? rollupColumns(ctx, it, env) : [];
}

function columnOf(ctx: BindContext, it: Expression, env: Env): ShapeColumn | undefined {
  const model = ctx.lineage.get(it);
  const own = ctx.rowColumns.get(it);
  return own ?? (model === undefined ? undefined : modelColumn(model.table, model.column, columnType(env.names, model.table, model.column)));
}
