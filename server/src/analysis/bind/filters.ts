/** Filter arguments of CALCULATE and its kin: a table, a modifier, or a condition over columns of one table. */
import type { Expression } from '../../../../grammar/src/tree.ts';
import { functionNamed } from '../../functions/index.ts';
import { nameKey } from '../../model/model.ts';
import { columnType, unwrap, type Names, type RowScope } from '../scope.ts';
import { columnsShape, modelColumn, type ShapeColumn } from '../shapes.ts';
import { scalar, unknownType, type Type } from '../types.ts';
import { checkCondition } from './conditions.ts';
import { report, type BindContext, type Env } from './context.ts';
import { bindExpression, bindScalar } from './expressions.ts';
import { resultOf } from './functions.ts';
import { markModifier } from './places.ts';

/** Binds one filter argument. */
export function bindFilter(ctx: BindContext, argument: Expression, env: Env): Type {
  markModifier(ctx, argument);
  const isScalarVariable = (key: string): boolean => env.variables.get(key)?.type.kind === 'scalar';
  const result = definedResult(argument, env);
  if (result !== undefined && result.kind !== 'table') {
    return result.kind === 'scalar' ? bindPredicate(ctx, argument, env) : bindExpression(ctx, argument, inCondition(env).inside);
  }
  return isCondition(argument, isScalarVariable) ? bindPredicate(ctx, argument, env) : bindExpression(ctx, argument, env);
}

/**
 * Whether a filter argument is a condition, rather than a table or a modifier.
 *
 * @param isScalarVariable tells by key whether a variable in scope holds a single value
 */
export function isCondition(argument: Expression, isScalarVariable: (key: string) => boolean): boolean {
  const it = unwrap(argument);
  switch (it.kind) {
    case 'call': {
      const spec = functionNamed(it.name);
      return spec?.returns === 'scalar';
    }
    case 'name':
      return !it.name.quoted && isScalarVariable(nameKey(it.name.text));
    case 'constructor': case 'missing': case 'parameter':
      return false;
    case 'var':
      return isCondition(it.body, isScalarVariable);
    default:
      return true;
  }
}

/** What a call gives of a function that text defines or that nobody knows; undefined for any other expression. */
function definedResult(argument: Expression, env: Env): Type | undefined {
  const it = unwrap(argument);
  if (it.kind !== 'call' || functionNamed(it.name) !== undefined) return undefined;
  const defined = env.names.functions.get(it.name.toUpperCase());
  return defined === undefined ? unknownType : resultOf(defined, env.names);
}

function inCondition(env: Env): { readonly inside: Env; readonly columns: readonly ShapeColumn[] } {
  const { row, columns } = growingRow(env.names);
  return { inside: { ...env, rows: [...env.rows, row], predicate: true }, columns };
}

function bindPredicate(ctx: BindContext, argument: Expression, env: Env): Type {
  const { inside, columns } = inCondition(env);
  const findingsBefore = ctx.findings.length;
  const type = bindScalar(ctx, argument, inside);
  const isClean = ctx.findings.length === findingsBefore;
  if (isClean) checkColumns(ctx, env, argument, columns, type);
  if (isClean) checkCondition(ctx, env, argument, type);
  return scalar(type);
}

function checkColumns(ctx: BindContext, env: Env, argument: Expression, columns: readonly ShapeColumn[], type: string): void {
  const tables = new Map(columns.map((it) => [nameKey(it.table ?? ''), it.table ?? '']));
  if (tables.size > 1) {
    report(ctx, env, 'filter-tables', { tables: [...tables.values()].join(', ') }, argument.span);
  } else if (tables.size === 0 && type === 'boolean' && isConstant(ctx, argument)) {
    report(ctx, env, 'filter-no-column', {}, argument.span);
  }
}

// Names that could not be followed may be columns, and so may what is put in for a parameter.
const isConstant = (ctx: BindContext, argument: Expression): boolean =>
  !ctx.references.some((it) => (it.target.kind === 'unresolved' || it.target.kind === 'parameter') && it.span.start >= argument.span.start && it.span.end <= argument.span.end);

/** A row context over the columns that turn out to be read in it. */
export function growingRow(names: Names): { readonly row: RowScope; readonly columns: readonly ShapeColumn[] } {
  const columns: ShapeColumn[] = [];
  const row: RowScope = {
    get shape() { return columnsShape(columns); },
    consumed: false,
    grow: (table, column) => {
      const index = columns.findIndex((it) => it.lineage?.table === table.name && it.lineage.column === column.name);
      if (index >= 0) return { index, column: columns[index] ?? modelColumn(table, column, 'unknown') };
      const added = modelColumn(table, column, columnType(names, table, column));
      columns.push(added);
      return { index: columns.length - 1, column: added };
    },
  };
  return { row, columns };
}

