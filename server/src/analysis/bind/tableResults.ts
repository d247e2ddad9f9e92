/** Columns of the tables that functions give. */
import type { Span } from '../../base/spans.ts';
import { nameKey } from '../../model/model.ts';
import {
  addedColumn, columnsShape, joinShapes, sameColumn, unionShapes, unknownShape, type ScalarType, type ShapeColumn, type TableShape,
} from '../shapes.ts';
import { infoViews } from '../infoViews.ts';
import { shapeOf } from '../scope.ts';
import { scalarTypeOf, unify } from '../types.ts';
import type { BoundArgument } from './calls.ts';
import { referDefinition, type BindContext, type Env, type ModelColumn } from './context.ts';
import { extensionTarget } from './defined.ts';
import { shapeAt, typeOf, type Given } from './given.ts';

const first = (given: Given): TableShape => shapeAt(given, 0);
/** Rows of the input, but not whole rows of a table any more. */
const columnsOfFirst = (given: Given): TableShape => ({ columns: shapeAt(given, 0).columns, wholeTable: undefined });
/** The columns of a table but those that are named after it; of tables that are named, no column is told. */
function columnsButThose(given: Given): TableShape {
  const named = given.bound.slice(1).flatMap((_, i) => shapeAt(given, i + 1).columns ?? []);
  const columns = shapeAt(given, 0).columns?.filter((it) => !named.some((other) => sameColumn(it.lineage, other.lineage)));
  return columns === undefined ? unknownShape : { columns, wholeTable: undefined };
}

const oneAdded = (name: string, type: ScalarType) => (): TableShape => columnsShape([addedColumn(name, type)]);
/** ALL(T) gives whole rows of T; ALL(T[c], ..) combinations of columns. */
const allRows = (given: Given): TableShape =>
  given.bound.length === 0 ? unknownShape : joinShapes(given.bound.map((_, i) => shapeAt(given, i)), given.bound.length === 1 ? first(given).wholeTable : undefined);

const all = (given: Given): TableShape => joinShapes(given.bound.map((_, i) => shapeAt(given, i)));

export const tableResults: ReadonlyMap<string, (given: Given) => TableShape> = new Map<string, (given: Given) => TableShape>([
  ['FILTER', first],
  ['CALCULATETABLE', first],
  ['RELATEDTABLE', first],
  ['VALUES', first],
  ['DISTINCT', first],
  ['ALL', allRows],
  ['ALLNOBLANKROW', allRows],
  ['ALLSELECTED', allRows],
  ['ALLEXCEPT', columnsButThose],
  ['FILTERS', first],
  ['TOPN', (it) => shapeAt(it, 1)],
  ['TOPNSKIP', (it) => shapeAt(it, 2)],
  ['SAMPLE', (it) => shapeAt(it, 1)],
  ['FIRSTNONBLANK', first],
  ['LASTNONBLANK', first],
  ['UNION', (it) => unionShapes(it.bound.map((_, i) => shapeAt(it, i)), unify)],
  ['INTERSECT', columnsOfFirst],
  ['EXCEPT', columnsOfFirst],
  ['CROSSJOIN', all],
  ['GENERATE', all],
  ['GENERATEALL', all],
  ['CALENDAR', oneAdded('Date', 'dateTime')],
  ['CALENDARAUTO', oneAdded('Date', 'dateTime')],
  ['GENERATESERIES', (it) => columnsShape([addedColumn('Value', unify(typeOf(it, 0), typeOf(it, it.bound.length > 2 ? 2 : 0)))])],
  ['ADDCOLUMNS', (it) => joinShapes([first(it), named(it, 1)], first(it).wholeTable)],
  ['ROW', (it) => named(it, 0)],
  ['TREATAS', (it) => joinShapes(it.bound.slice(1).map((_, i) => shapeAt(it, i + 1)))],
  ['TABLEOF', tableOfColumn],
  ...[...infoViews].map(([name, shape]): [string, () => TableShape] => [name, () => shape]),
  ['CURRENTGROUP', ({ env }) => env.group ?? unknownShape],
  ['INDEX', relation],
  ['OFFSET', relation],
  ['WINDOW', relation],
  ['ADDMISSINGITEMS', relation],
  ['SUBSTITUTEWITHINDEX', withIndex],
  ...['DATEADD', 'DATESBETWEEN', 'DATESINPERIOD', 'DATESMTD', 'DATESQTD', 'DATESWTD', 'DATESYTD', 'ENDOFMONTH', 'ENDOFQUARTER',
    'ENDOFWEEK', 'ENDOFYEAR', 'FIRSTDATE', 'LASTDATE', 'NEXTDAY', 'NEXTMONTH', 'NEXTQUARTER', 'NEXTWEEK', 'NEXTYEAR',
    'PARALLELPERIOD', 'PREVIOUSDAY', 'PREVIOUSMONTH', 'PREVIOUSQUARTER', 'PREVIOUSWEEK', 'PREVIOUSYEAR', 'SAMEPERIODLASTYEAR',
    'STARTOFMONTH', 'STARTOFQUARTER', 'STARTOFWEEK', 'STARTOFYEAR'].map((name): [string, (given: Given) => TableShape] => [name, dates]),
]);

/** One column of dates; a calendar in place of the column leaves open which. */
function dates(given: Given): TableShape {
  const shape = first(given);
  return shape.columns?.length === 1 ? columnsShape(shape.columns) : unknownShape;
}

/** TABLEOF(column) is the table of a column. */
function tableOfColumn({ ctx, call, env }: Given): TableShape {
  const [argument] = call.args;
  const column = argument === undefined || argument.kind === 'omitted' ? undefined : ctx.lineage.get(argument);
  return column === undefined ? unknownShape : shapeOf(env.names, column.table);
}

/** The rows that a window function moves over: the table among its arguments. */
function relation({ bound }: Given): TableShape {
  const its = bound.find((it) => it.type.kind === 'table')?.type;
  return its?.kind === 'table' ? columnsOf(its.shape) : unknownShape;
}

const columnsOf = ({ columns }: TableShape): TableShape => ({ columns, wholeTable: undefined });

/** SUBSTITUTEWITHINDEX(table, name, index table): the number of the row in the index table stands for the columns of both. */
function withIndex(given: Given): TableShape {
  const { columns } = shapeAt(given, 0);
  const index = shapeAt(given, 2).columns;
  const name = given.bound[1]?.argument;
  if (columns === undefined || index === undefined || name?.kind !== 'string') return unknownShape;
  const isShared = (it: ShapeColumn): boolean => index.some((other) => sameColumn(it.lineage, other.lineage) || nameKey(it.column) === nameKey(other.column));
  const column = addedColumn(name.value, 'int64', name.span);
  referDefinition(given.ctx, name.span, extensionTarget(column.column, name.span, undefined));
  return columnsShape([...columns.filter((it) => !isShared(it)), column]);
}

/** Columns from pairs of a name and an expression, from argument `start` on. */
function named({ ctx, bound, env }: Given, start: number): TableShape {
  const columns: ShapeColumn[] = [];
  for (let i = start; i + 1 < bound.length; i += 2) {
    const name = bound[i]?.argument;
    const value = bound[i + 1];
    if (name?.kind !== 'string' || value === undefined) return unknownShape;
    columns.push(namedColumn(ctx, env, name.value, name.span, value));
  }
  return columnsShape(columns);
}

/** A column that an expression adds under a name. */
export function namedColumn(ctx: BindContext, env: Env, name: string, span: Span, value: BoundArgument, lineage?: ModelColumn): ShapeColumn {
  const column = addedColumn(name, scalarTypeOf(value.type), span, lineage === undefined ? undefined : { table: lineage.table.name, column: lineage.column.name });
  referDefinition(ctx, span, extensionTarget(column.column, span, undefined, lineage));
  const it = value.argument;
  const measure = it.kind === 'column' && it.table === undefined ? env.names.measures.get(nameKey(it.column.text)) : undefined;
  return measure === undefined ? column : { ...column, measure: nameKey(measure.name) };
}
