/** WITH VISUAL SHAPE: the columns by which a virtual table is laid out for visual calculations. */
import type { TableDefinition } from '../../../../grammar/src/tree.ts';
import { findTable, shapeOf } from '../scope.ts';
import { unknownShape, type TableShape } from '../shapes.ts';
import { refer, referDefinition, withRow, type BindContext, type Env } from './context.ts';
import { extensionTarget } from './defined.ts';
import { bindExpression } from './expressions.ts';

/** @param body columns of the expression that gives the table its rows */
export function bindVisualShape(ctx: BindContext, { name, shape }: TableDefinition, body: TableShape, env: Env): void {
  if (shape === undefined) return;
  const own = findTable(env.names, name);
  // Columns may be named as the table has them, or as the expression gives them.
  const rows = withRow(withRow({ ...env, lenient: true }, body), own === undefined ? unknownShape : shapeOf(env.names, own));
  for (const axis of shape.axes) {
    if (axis.name !== undefined) refer(ctx, axis.name.span, { kind: 'word', word: axis.name.text.toUpperCase() });
    for (const group of axis.groups) {
      for (const it of group.columns) bindExpression(ctx, it, rows);
      if (group.total !== undefined) bindExpression(ctx, group.total, rows);
    }
    for (const key of axis.orderBy) bindExpression(ctx, key.expression, rows);
  }
  const { densify } = shape;
  if (densify?.kind === 'string') referDefinition(ctx, densify.span, extensionTarget(densify.value, densify.span, undefined));
}
