/** What a call gives: the type of a value, the columns of a table, and the column whose values pass through. */
import type { Call } from '../../../../grammar/src/tree.ts';
import type { Span } from '../../base/spans.ts';
import type { FunctionSpec } from '../../functions/spec.ts';
import { nameKey } from '../../model/model.ts';
import {
  addedColumn, columnsShape, joinShapes, unionShapes, unknownShape, type ScalarType, type ShapeColumn, type TableShape,
} from '../shapes.ts';
import { scalar, scalarTypeOf, tableOf, unify, unknownType, type Type } from '../types.ts';
import type { BoundArgument } from './calls.ts';
import { referDefinition, type BindContext, type Env, type ModelColumn } from './context.ts';
import { extensionTarget } from './defined.ts';

/** Everything that is needed to tell a result. */
interface Given {
  readonly ctx: BindContext;
  readonly call: Call;
  readonly bound: readonly BoundArgument[];
  readonly env: Env;
}

/** Type of a call's result. */
export function resultOf(ctx: BindContext, call: Call, spec: FunctionSpec, bound: readonly BoundArgument[], env: Env): Type {
  const given: Given = { ctx, call, bound, env };
  passLineage(given, spec);
  if (spec.returns === 'table') return tableOf(tables.get(spec.name)?.(given) ?? unknownShape);
  if (spec.returns !== 'scalar') return spec.name === 'EVALUATEANDLOG' ? (bound[0]?.type ?? unknownType) : unknownType;
  const special = scalars.get(spec.name);
  if (special !== undefined) return scalar(special(given));
  switch (spec.resultType) {
    case undefined: return scalar('unknown');
    case 'argument': return scalar(typeOf(given, 0));
    default: return scalar(spec.resultType);
  }
}

/** Functions whose result is a value of the column that is their first argument. */
const passing = new Set([
  'RELATED', 'SELECTEDVALUE', 'MIN', 'MAX', 'VALUES', 'DISTINCT', 'FILTERS', 'LOOKUPVALUE', 'FIRSTNONBLANK', 'LASTNONBLANK',
  'KEEPFILTERS', 'ALL', 'ALLNOBLANKROW', 'ALLSELECTED',
]);

function passLineage({ ctx, call, bound }: Given, spec: FunctionSpec): void {
  const [first] = call.args;
  if (first === undefined || first.kind === 'omitted' || !passing.has(spec.name)) return;
  if (bound.length > 1 && (spec.name === 'MIN' || spec.name === 'MAX' || spec.name.startsWith('ALL'))) return;
  const column = ctx.lineage.get(first);
  if (column !== undefined) ctx.lineage.set(call, column);
}

const typeOf = ({ bound }: Given, i: number): ScalarType => {
  const type = bound[i]?.type;
  return type === undefined ? 'unknown' : scalarTypeOf(type);
};

const shapeAt = ({ bound }: Given, i: number): TableShape => {
  const type = bound[i]?.type;
  return type?.kind === 'table' ? type.shape : unknownShape;
};

/** Common type of the arguments from `first` on, every `step`-th. */
function common(given: Given, first: number, step: number): ScalarType {
  let type: ScalarType = 'blank';
  for (let i = first; i < given.bound.length; i += step) type = unify(type, typeOf(given, i));
  return type;
}

const summed = (type: ScalarType): ScalarType => (type === 'int64' || type === 'double' || type === 'decimal' ? type : 'unknown');
/** The mean of whole numbers is a decimal number. */
const averaged = (type: ScalarType): ScalarType => (type === 'int64' ? 'double' : type === 'decimal' || type === 'double' || type === 'dateTime' ? type : 'unknown');

const scalars: ReadonlyMap<string, (given: Given) => ScalarType> = new Map<string, (given: Given) => ScalarType>([
  ['CALCULATE', (it) => typeOf(it, 0)],
  ['BLANK', () => 'blank'],
  ['IF', (it) => (it.bound.length > 2 ? unify(typeOf(it, 1), typeOf(it, 2)) : typeOf(it, 1))],
  ['IF.EAGER', (it) => (it.bound.length > 2 ? unify(typeOf(it, 1), typeOf(it, 2)) : typeOf(it, 1))],
  ['SWITCH', (it) => {
    const results = common({ ...it, bound: it.bound.filter((_, i) => i > 0 && i % 2 === 0) }, 0, 1);
    return it.bound.length % 2 === 0 ? unify(results, typeOf(it, it.bound.length - 1)) : results;
  }],
  ['COALESCE', (it) => common(it, 0, 1)],
  ['IFERROR', (it) => common(it, 0, 1)],
  ['DIVIDE', (it) => (['int64', 'double'].includes(typeOf(it, 0)) && ['int64', 'double'].includes(typeOf(it, 1)) ? 'double' : 'unknown')],
  ['SUM', (it) => summed(typeOf(it, 0))],
  ['AVERAGE', (it) => averaged(typeOf(it, 0))],
  ['SUMX', (it) => summed(typeOf(it, 1))],
  ['AVERAGEX', (it) => averaged(typeOf(it, 1))],
  ['MINX', (it) => typeOf(it, 1)],
  ['MAXX', (it) => typeOf(it, 1)],
  ['MIN', (it) => (it.bound.length > 1 ? common(it, 0, 1) : typeOf(it, 0))],
  ['MAX', (it) => (it.bound.length > 1 ? common(it, 0, 1) : typeOf(it, 0))],
  ['RELATED', (it) => typeOf(it, 0)],
  ['SELECTEDVALUE', (it) => (it.bound.length > 1 ? common(it, 0, 1) : typeOf(it, 0))],
  ['LOOKUPVALUE', (it) => (it.bound.length % 2 === 0 ? unify(typeOf(it, 0), typeOf(it, it.bound.length - 1)) : typeOf(it, 0))],
]);

const first = (given: Given): TableShape => shapeAt(given, 0);
/** Rows of the input, but not whole rows of a table any more. */
const columnsOfFirst = (given: Given): TableShape => ({ columns: shapeAt(given, 0).columns, wholeTable: undefined });
const oneAdded = (name: string, type: ScalarType) => (): TableShape => columnsShape([addedColumn(name, type)]);
/** ALL(T) gives whole rows of T; ALL(T[c], ..) combinations of columns. */
const allRows = (given: Given): TableShape =>
  joinShapes(given.bound.map((_, i) => shapeAt(given, i)), given.bound.length === 1 ? first(given).wholeTable : undefined);

const all = (given: Given): TableShape => joinShapes(given.bound.map((_, i) => shapeAt(given, i)));

const tables: ReadonlyMap<string, (given: Given) => TableShape> = new Map<string, (given: Given) => TableShape>([
  ['FILTER', first],
  ['CALCULATETABLE', first],
  ['RELATEDTABLE', first],
  ['VALUES', first],
  ['DISTINCT', first],
  ['ALL', allRows],
  ['ALLNOBLANKROW', allRows],
  ['ALLSELECTED', allRows],
  ['ALLEXCEPT', columnsOfFirst],
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
  ['CURRENTGROUP', () => unknownShape],
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
