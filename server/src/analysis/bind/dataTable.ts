/** DATATABLE(name, type, ..., { rows }): a table of constants. */
import type { Argument, Call, Expression, TableConstructor } from '../../../../grammar/src/tree.ts';
import { unwrap } from '../scope.ts';
import { addedColumn, columnsShape, type ScalarType, type ShapeColumn } from '../shapes.ts';
import { tableOf, type Type } from '../types.ts';
import { bindWord } from './calls.ts';
import { referDefinition, report, textAt, type BindContext, type Env } from './context.ts';
import { extensionTarget } from './defined.ts';
import { bindExpression } from './expressions.ts';

const dataTypes: ReadonlyMap<string, ScalarType> = new Map([
  ['INTEGER', 'int64'], ['DOUBLE', 'double'], ['STRING', 'string'], ['BOOLEAN', 'boolean'], ['CURRENCY', 'decimal'], ['DATETIME', 'dateTime'],
]);
const words = [...dataTypes.keys()];

export function dataTable(ctx: BindContext, call: Call, env: Env): Type {
  const columns: ShapeColumn[] = [];
  for (const argument of call.args) {
    if (argument.kind === 'string') {
      const column = addedColumn(argument.value, 'unknown', argument.span);
      referDefinition(ctx, argument.span, extensionTarget(column.column, argument.span, undefined));
      columns.push(column);
    } else if (argument.kind === 'name') {
      bindWord(ctx, argument, env, { name: 'dataType', kind: 'word', optional: false, repeating: true, words });
      const column = columns.pop();
      if (column !== undefined) columns.push({ ...column, type: dataTypes.get(argument.name.text.toUpperCase()) ?? 'unknown' });
    } else if (argument.kind === 'constructor') bindRows(ctx, argument, env, columns.length);
    else if (argument.kind !== 'omitted') bindExpression(ctx, argument, env);
  }
  return tableOf(columnsShape(columns));
}

/** Rows are constructors in a constructor; a value may be left out at the end of a row or within, none may be too many. */
function bindRows(ctx: BindContext, rows: TableConstructor, env: Env, width: number): void {
  // Where all rows are too wide, a column is missing: it is told once.
  const wide = rows.rows.find((it) => it.kind === 'constructor' && it.rows.length > width);
  if (wide?.kind === 'constructor') report(ctx, env, 'row-width-of-constants', { expected: width, found: wide.rows.length }, wide.span);
  for (const row of rows.rows) {
    if (row.kind !== 'constructor') {
      if (row.kind !== 'omitted') bindConstant(ctx, row, env);
      continue;
    }
    for (const cell of row.rows) bindConstant(ctx, cell, env);
  }
}

/** Literals, and DATE, TIME and BLANK with signs: what leads to something of the model is no constant. */
function bindConstant(ctx: BindContext, cell: Argument, env: Env): void {
  if (cell.kind === 'omitted') return;
  const it: Expression = unwrap(cell);
  if (it.kind === 'column' || it.kind === 'name') report(ctx, env, 'constant-wanted', { found: textAt(ctx, cell.span) }, cell.span);
  bindExpression(ctx, cell, { ...env, lenient: true });
}
