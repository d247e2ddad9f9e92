/** Calls whose arguments are told apart by their form, and calls that resolve a column in their own way. */
import type { Argument, Call, Expression } from '../../../../grammar/src/tree.ts';
import { nameKey } from '../../model/model.ts';
import { columnType, unwrap } from '../scope.ts';
import { addedColumn, columnsShape, joinShapes, modelColumn, sameColumn, unknownShape, type ScalarType, type ShapeColumn, type TableShape } from '../shapes.ts';
import { scalar, tableOf, unknownType, type Type } from '../types.ts';
import { bindColumnArgument, bindOuterColumn, type ColumnArgument } from './columns.ts';
import { isParameter, report, typeAt, withRow, type BindContext, type Env, type ModelColumn } from './context.ts';
import { dataTable } from './dataTable.ts';
import { bindArgument, bindExpression, bindScalar, bindTable, textOf } from './expressions.ts';
import { namedColumn } from './tableResults.ts';
import { isRollup, rollupColumns } from './rollup.ts';
import { checkCommonColumns } from './widths.ts';
import { mayReach, reaches } from '../relationships.ts';

type Binder = (ctx: BindContext, call: Call, env: Env) => Type;

/** EARLIER(column, depth): the column of an outer row context. */
const earlier: Binder = (ctx, call, env) => {
  const [argument, depth] = call.args;
  if (depth !== undefined) bindArgument(ctx, depth, env);
  const it = argument === undefined || argument.kind === 'omitted' ? undefined : unwrap(argument);
  if (it?.kind !== 'column') {
    if (argument !== undefined) bindArgument(ctx, argument, { ...env, lenient: true });
    return unknownType;
  }
  const steps = depth?.kind === 'number' ? depth.value : 1;
  const found = bindOuterColumn(ctx, it, env, call.name.toUpperCase() === 'EARLIER' ? steps : 0);
  const isOpaque = env.lenient || env.rows.some((row) => row.shape.columns === undefined && row.grow === undefined);
  const isCertain = !isOpaque && (depth === undefined || depth.kind === 'number');
  if (isCertain && found.kind === 'column' && found.as === undefined) {
    report(ctx, env, 'no-outer-row', { function: call.name.toUpperCase(), column: textOf(ctx, it) }, it.span);
  }
  const lineage = ctx.lineage.get(it);
  if (lineage !== undefined) ctx.lineage.set(call, lineage);
  const type = typeAt(ctx, it);
  return type.kind === 'scalar' ? type : unknownType;
};

/** RELATED(column): a column of a table that the current row leads to. */
const related: Binder = (ctx, call, env) => {
  const [argument] = call.args;
  const it = argument === undefined || argument.kind === 'omitted' ? undefined : unwrap(argument);
  if (it?.kind !== 'column') {
    if (argument !== undefined && argument.kind !== 'omitted') {
      bindExpression(ctx, argument, { ...env, lenient: true });
      if (it !== undefined && it.kind !== 'missing' && !isParameter(env, it)) report(ctx, env, 'column-wanted', { function: 'RELATED', found: textOf(ctx, argument) }, argument.span);
    }
    return unknownType;
  }
  const found = bindColumnArgument(ctx, it, env);
  if (found.kind === 'measure') report(ctx, env, 'column-wanted', { function: 'RELATED', found: textOf(ctx, it) }, it.span);
  if (found.kind !== 'column') return unknownType;
  ctx.lineage.set(call, found.column);
  checkPath(ctx, env, it, found.column.table.name);
  return scalar(columnType(env.names, found.column.table, found.column.column));
};

function checkPath(ctx: BindContext, env: Env, argument: Expression, table: string): void {
  const { model } = env.names;
  if (model === undefined || env.lenient) return;
  if (env.rows.some((row) => row.shape.columns === undefined || row.grow !== undefined)) return;
  const tables = env.rows.flatMap((row) => row.shape.wholeTable ?? []);
  if (env.rows.length > 0 && tables.length === 0) return;
  if (tables.some((it) => reaches(model, it, table))) return;
  const text = textOf(ctx, argument);
  if (tables.length === 0) report(ctx, env, 'no-row-context', { column: `RELATED(${text})` }, argument.span);
  else report(ctx, env, 'no-relationship', { column: text, tables: tables.join(', ') }, argument.span);
}

/** SUMMARIZECOLUMNS(group columns, filter tables, name and expression pairs). */
const summarizeColumns: Binder = (ctx, call, env) => {
  const columns: (ShapeColumn | undefined)[] = [];
  let name: Argument | undefined;
  for (const argument of call.args) {
    if (argument.kind === 'omitted') continue;
    if (name?.kind === 'string') {
      const type = bindExpression(ctx, argument, env);
      columns.push(namedColumn(ctx, env, name.value, name.span, { argument, parameter: undefined, type }));
      name = undefined;
    } else if (argument.kind === 'string') {
      ctx.types.set(argument, scalar('string'));
      name = argument;
    } else if (unwrap(argument).kind === 'column') columns.push(groupColumn(ctx, argument, env));
    else {
      if (isRollup(argument)) bindExpression(ctx, argument, { ...env, lenient: true });
      else bindTable(ctx, argument, env);
      // A value here lacks its name: how the column was to be called is not known.
      if (typeAt(ctx, argument).kind === 'scalar') columns.push(undefined);
      if (isRollup(argument)) columns.push(...rollupColumns(ctx, argument, env));
    }
  }
  return tableOf(columns.includes(undefined) ? unknownShape : columnsShape(columns.filter((it) => it !== undefined)));
};

function groupColumn(ctx: BindContext, argument: Expression, env: Env): ShapeColumn | undefined {
  const it = unwrap(argument);
  if (it.kind !== 'column') return undefined;
  const found = bindColumnArgument(ctx, it, env);
  if (found.kind === 'measure') report(ctx, env, 'column-wanted', { function: 'A group', found: textOf(ctx, argument) }, argument.span);
  if (found.kind !== 'column') return undefined;
  return grouped(env, found);
}

/** SUMMARIZE and GROUPBY (table, group columns, name and expression pairs): group columns may be added ones of the table. */
const summarize: Binder = (ctx, call, env) => {
  const [table, ...rest] = call.args;
  const shape = table === undefined || table.kind === 'omitted' ? unknownShape : bindTable(ctx, table, env);
  const inTable = withRow(env, shape);
  // GROUPBY's expressions run over CURRENTGROUP(); SUMMARIZE's are evaluated with the group as filter and row context.
  const inGroup: Env = { ...inTable, lenient: true, ...(call.name.toUpperCase() === 'GROUPBY' ? { inGroup: true as const, group: shape } : {}) };
  const columns: (ShapeColumn | undefined)[] = [];
  let name: Argument | undefined;
  for (const argument of rest) {
    if (argument.kind === 'omitted') continue;
    const it = unwrap(argument);
    if (name?.kind === 'string') {
      const type = bindExpression(ctx, argument, inGroup);
      columns.push(namedColumn(ctx, env, name.value, name.span, { argument, parameter: undefined, type }));
      name = undefined;
    } else if (argument.kind === 'string') {
      ctx.types.set(argument, scalar('string'));
      name = argument;
    } else if (it.kind === 'column') columns.push(summarizeColumn(ctx, argument, inTable, shape));
    else {
      bindExpression(ctx, argument, inGroup);
      columns.push(...(isRollup(argument) ? rollupColumns(ctx, argument, inTable) : [undefined]));
    }
  }
  return tableOf(columns.includes(undefined) ? unknownShape : columnsShape(columns.filter((it) => it !== undefined)));
};

function summarizeColumn(ctx: BindContext, argument: Expression, env: Env, table: TableShape): ShapeColumn | undefined {
  const it = unwrap(argument);
  if (it.kind !== 'column') return undefined;
  const found = bindColumnArgument(ctx, it, env);
  if (found.kind === 'column') {
    if (found.as === undefined) checkReach(ctx, env, argument, table, found.column.table.name);
    return grouped(env, found);
  }
  if (found.kind === 'measure') report(ctx, env, 'column-wanted', { function: 'A group', found: textOf(ctx, argument) }, argument.span);
  return found.kind === 'added' ? found.column : undefined;
}

/** Rows of a table are grouped by its columns, and by those of tables to which its relationships lead. */
function checkReach(ctx: BindContext, env: Env, argument: Expression, { wholeTable }: TableShape, table: string): void {
  const { model } = env.names;
  // A model without any relationship hardly tells what its tables have to do with each other.
  if (wholeTable === undefined || model === undefined || model.relationships.length === 0 || mayReach(model, wholeTable, table)) return;
  report(ctx, env, 'no-relationship', { column: textOf(ctx, argument), tables: wholeTable }, argument.span);
}

/** The column as it stands in the result: under the name that it has in the table. */
function grouped(env: Env, { column: { table, column }, as }: Extract<ColumnArgument, { kind: 'column' }>): ShapeColumn {
  return as ?? modelColumn(table, column, columnType(env.names, table, column));
}

const typeOfScalar = (it: Type): ScalarType => (it.kind === 'scalar' ? it.type : 'unknown');

/** SELECTCOLUMNS(table, [name,] expression, ...): a plain column keeps its name when none is given. */
const selectColumns: Binder = (ctx, call, env) => {
  const [table, ...rest] = call.args;
  const shape = table === undefined || table.kind === 'omitted' ? unknownShape : bindTable(ctx, table, env);
  const inRow = withRow(env, shape);
  const columns: (ShapeColumn | undefined)[] = [];
  for (let i = 0; i < rest.length; i++) {
    const argument = rest[i];
    if (argument === undefined || argument.kind === 'omitted') continue;
    const value = rest[i + 1];
    if (argument.kind === 'string' && value !== undefined && value.kind !== 'omitted') {
      ctx.types.set(argument, scalar('string'));
      const type = scalar(bindScalar(ctx, value, inRow));
      columns.push(namedColumn(ctx, env, argument.value, argument.span, { argument: value, parameter: undefined, type }, passedLineage(ctx, value)));
      i++;
    } else {
      bindScalar(ctx, argument, inRow);
      columns.push(keptColumn(ctx, argument, inRow));
    }
  }
  return tableOf(columns.includes(undefined) ? unknownShape : columnsShape(columns.filter((it) => it !== undefined)));
};

/** A column that is only renamed goes on filtering as the column it was. */
function passedLineage(ctx: BindContext, value: Expression): ModelColumn | undefined {
  const it = unwrap(value);
  return it.kind === 'column' ? ctx.lineage.get(it) : undefined;
}

function keptColumn(ctx: BindContext, argument: Expression, env: Env): ShapeColumn | undefined {
  const it = unwrap(argument);
  if (it.kind !== 'column') return undefined;
  const column = ctx.lineage.get(it);
  return ctx.rowColumns.get(it)
    ?? (column === undefined ? undefined : modelColumn(column.table, column.column, columnType(env.names, column.table, column.column)))
    ?? addedColumn(it.column.text, typeOfScalar(typeAt(ctx, it)));
}

/** NATURALINNERJOIN and NATURALLEFTOUTERJOIN: common columns once, and those of the model by what they are. */
const naturalJoin: Binder = (ctx, call, env) => {
  const shapes = call.args.map((it): TableShape => (it.kind === 'omitted' ? unknownShape : bindTable(ctx, it, env)));
  checkCommonColumns(ctx, call, shapes, env);
  const joined = joinShapes(shapes);
  if (joined.columns === undefined) return tableOf(unknownShape);
  const columns: ShapeColumn[] = [];
  for (const it of joined.columns) {
    const isOther = (known: ShapeColumn): boolean => known.lineage !== undefined && it.lineage !== undefined && !sameColumn(known.lineage, it.lineage);
    if (!columns.some((known) => nameKey(known.column) === nameKey(it.column) && !isOther(known))) columns.push(it);
  }
  return tableOf(columnsShape(columns));
};

export const bindersByForm: ReadonlyMap<string, Binder> = new Map([
  ['EARLIER', earlier],
  ['EARLIEST', earlier],
  ['RELATED', related],
  ['SUMMARIZECOLUMNS', summarizeColumns],
  ['SUMMARIZE', summarize],
  ['GROUPBY', summarize],
  ['SELECTCOLUMNS', selectColumns],
  ['DATATABLE', dataTable],
  ['NATURALINNERJOIN', naturalJoin],
  ['NATURALLEFTOUTERJOIN', naturalJoin],
]);
