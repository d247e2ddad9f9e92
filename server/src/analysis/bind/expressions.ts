/** Binding of expressions: names, types and what is certainly wrong, one kind of node after the other. */
import type {
  Argument, Binary, Expression, NameReference, TableConstructor, Unary, VarBlock,
} from '../../../../grammar/src/tree.ts';
import { quoteColumn, quoteTable } from '../../../../grammar/src/index.ts';
import { assertNever } from '../../base/assertNever.ts';
import { nameKey } from '../../model/model.ts';
import { findTable, shapeOf, unwrap } from '../scope.ts';
import { addedColumn, columnsShape, unknownShape, type ScalarType, type TableShape } from '../shapes.ts';
import { prepare, suggest } from '../suggest.ts';
import { binaryType, scalar, scalarTypeOf, tableOf, unaryType, unify, unknownType, type Type } from '../types.ts';
import { bindCall } from './calls.ts';
import { reportCircle, tableNode } from './circles.ts';
import { bindColumnValue, tableCandidates } from './columns.ts';
import { compare, compareIn } from './comparisons.ts';
import { checkCondition } from './conditions.ts';
import { tableTarget } from './defined.ts';
import { deepest, nesting, refer, referDefinition, report, textAt, variableTarget, type BindContext, type BoundVariable, type Env } from './context.ts';

/** Binds an expression of any kind. */
export function bindExpression(ctx: BindContext, expression: Expression, env: Env): Type {
  let type = unknownType;
  if (nesting.depth < deepest) {
    nesting.depth++;
    try {
      type = bindNode(ctx, expression, env);
    } finally {
      nesting.depth--;
    }
  }
  ctx.types.set(expression, type);
  return type;
}

/** Binds an expression where a single value is wanted. */
export function bindScalar(ctx: BindContext, expression: Expression, env: Env): ScalarType {
  const type = bindExpression(ctx, expression, env);
  const { shape } = type.kind === 'table' ? type : { shape: undefined };
  // A table of one column becomes its value, if it has one row only; that shows when it is evaluated.
  if (shape?.columns !== undefined && shape.columns.length > 1) {
    report(ctx, env, 'scalar-wanted', { found: textOf(ctx, expression) }, expression.span);
  }
  return scalarTypeOf(type);
}

/** Binds an expression where a table is wanted. */
export function bindTable(ctx: BindContext, expression: Expression, env: Env): TableShape {
  const inner = unwrap(expression);
  // A column or a metric is no table; that it has no row context here is not what is wrong.
  const place = inner.kind === 'column' ? { ...env, lenient: true } : env;
  const type = bindExpression(ctx, expression, place);
  if (type.kind === 'table') return type.shape;
  // What a call or a variable gives may be a table as long as nothing tells its type.
  const isOpen = type.kind === 'scalar' && type.type === 'unknown' && inner.kind !== 'column';
  if (type.kind === 'scalar' && !isOpen) {
    report(ctx, env, 'table-wanted', { found: textOf(ctx, expression) }, expression.span);
  }
  return unknownShape;
}

/** Binds an argument; an empty one is a scalar of which nothing is known. */
export const bindArgument = (ctx: BindContext, argument: Argument, env: Env): Type =>
  argument.kind === 'omitted' ? scalar('blank') : bindExpression(ctx, argument, env);

function bindNode(ctx: BindContext, expression: Expression, env: Env): Type {
  switch (expression.kind) {
    case 'number': return scalar(expression.integer ? 'int64' : 'double');
    case 'string': return scalar('string');
    case 'boolean': return scalar('boolean');
    case 'date': return scalar('dateTime');
    case 'parameter': return unknownType;
    case 'name': return bindName(ctx, expression, env);
    case 'column': return bindColumnValue(ctx, expression, env);
    case 'call': return bindCall(ctx, expression, env);
    case 'unary': return bindUnary(ctx, expression, env);
    case 'binary': return bindBinary(ctx, expression, env);
    case 'parenthesized': {
      const type = bindExpression(ctx, expression.expression, env);
      const lineage = ctx.lineage.get(expression.expression);
      if (lineage !== undefined) ctx.lineage.set(expression, lineage);
      return type;
    }
    case 'tuple':
      report(ctx, env, 'row-misplaced', { found: textOf(ctx, expression) }, expression.span);
      // They may have been meant as arguments of something: of what, nobody knows.
      for (const item of expression.items) bindExpression(ctx, item, { ...env, lenient: true, quiet: true });
      return unknownType;
    case 'constructor': return bindConstructor(ctx, expression, env);
    case 'var': return bindVariables(ctx, expression, env);
    case 'missing': return unknownType;
    default: return assertNever(expression);
  }
}

function bindName(ctx: BindContext, reference: NameReference, env: Env): Type {
  const { text, quoted } = reference.name;
  const key = nameKey(text);
  const variable = quoted ? undefined : env.variables.get(key);
  if (variable !== undefined) {
    refer(ctx, reference.span, variableTarget(variable));
    if (variable.value === undefined) return variable.type;
    const lineage = ctx.lineage.get(variable.value);
    if (lineage !== undefined) ctx.lineage.set(reference, lineage);
    return variable.type;
  }
  const table = findTable(env.names, text);
  if (table !== undefined) {
    refer(ctx, reference.span, tableTarget(table));
    ctx.tables.add(key);
    reportCircle(ctx, env, tableNode(table.name), reference.span);
    return tableOf(shapeOf(env.names, table));
  }
  refer(ctx, reference.span, { kind: 'unresolved', name: text });
  if (!env.names.queryTables.has(key)) reportName(ctx, reference, env);
  return unknownType;
}

function reportName(ctx: BindContext, reference: NameReference, env: Env): void {
  const { text, quoted } = reference.name;
  const measure = env.names.measures.get(nameKey(text));
  const variables = quoted ? [] : [...env.variables.values()].flatMap((it) => (it.name === '' ? [] : [it.name]));
  const near = measure === undefined ? suggest(text, prepare(variables), tableCandidates(env)) : undefined;
  const suggestion = measure !== undefined ? quoteColumn(measure.name)
    : near === undefined ? undefined
    : variables.includes(near.name) ? near.name : quoteTable(near.name);
  const fixes = suggestion === undefined ? [] : [{
    title: `Change to ${suggestion}`,
    edits: [{ span: reference.span, newText: suggestion }],
    ...(near?.certain === false ? {} : { preferred: true }),
  }];
  const params = suggestion === undefined ? {} : { suggestion };
  if (quoted) report(ctx, env, 'unknown-table', { table: text, model: env.names.model?.name ?? '', ...params }, reference.span, { fixes });
  else report(ctx, env, 'unknown-name', { name: text, ...params }, reference.span, { fixes });
}

function bindUnary(ctx: BindContext, expression: Unary, env: Env): Type {
  const type = bindScalar(ctx, expression.operand, env);
  if (expression.operator === 'NOT') checkCondition(ctx, env, expression.operand, type);
  return expression.operand.kind === 'missing' ? unknownType : scalar(unaryType(expression.operator, type));
}

function bindBinary(ctx: BindContext, expression: Binary, env: Env): Type {
  if (expression.operator === 'IN') {
    const left = unwrap(expression.left);
    const items = left.kind === 'tuple' ? left.items : [expression.left];
    const types = items.map((it) => bindScalar(ctx, it, env));
    const shape = bindTable(ctx, expression.right, env);
    compareIn(ctx, env, items, types, expression.right, shape);
    return scalar('boolean');
  }
  const left = bindScalar(ctx, expression.left, env);
  const right = bindScalar(ctx, expression.right, env);
  switch (expression.operator) {
    case '=': case '==': case '<>': case '<': case '>': case '<=': case '>=':
      compare(ctx, env, expression, left, right);
      break;
    case '&&': case '||':
      checkCondition(ctx, env, expression.left, left);
      checkCondition(ctx, env, expression.right, right);
      break;
    default:
  }
  // Half of it is not there yet: what it gives is anyone's guess.
  if (expression.left.kind === 'missing' || expression.right.kind === 'missing') return unknownType;
  return scalar(binaryType(expression.operator, left, right));
}

function bindConstructor(ctx: BindContext, expression: TableConstructor, env: Env): Type {
  let width: number | undefined;
  const types: ScalarType[] = [];
  for (const row of expression.rows) {
    if (row.kind === 'omitted') continue;
    const items = rowItems(row);
    width ??= items.length;
    if (items.length !== width) {
      report(ctx, env, 'row-width', { expected: width, found: items.length }, row.span);
    }
    items.forEach((item, i) => {
      const type = bindScalar(ctx, item, env);
      const before = types[i];
      types[i] = before === undefined ? type : unify(before, type);
    });
  }
  if (width === undefined) return tableOf(unknownShape);
  return tableOf(columnsShape(constructorColumns(types)));
}

/** Values of a row of a table constructor. */
export const rowItems = (row: Expression): readonly Expression[] => (row.kind === 'tuple' ? row.items : [row]);

/** Columns of a table constructor: Value, or Value1, Value2 and on. */
export const constructorColumns = (types: readonly ScalarType[]) =>
  types.map((type, i) => addedColumn(types.length === 1 ? 'Value' : `Value${String(i + 1)}`, type));

function bindVariables(ctx: BindContext, expression: VarBlock, env: Env): Type {
  // The map grows as the variables are met: a variable sees those before it only.
  const variables = new Map<string, BoundVariable>(env.variables);
  const inside = { ...env, variables };
  const own = new Set<string>();
  for (const it of expression.variables) {
    const key = nameKey(it.name.text);
    if (own.has(key)) report(ctx, env, 'duplicate-variable', { name: it.name.text }, it.name.span);
    own.add(key);
    // In the definition of a calculated table the name may be that of the table itself, which is not there yet.
    const table = env.names.model?.tables.get(key);
    if (table !== undefined && table.source.kind !== 'dax' && !isOwnName(ctx, key)) report(ctx, env, 'variable-named-table', { name: it.name.text }, it.name.span);
    const type = bindExpression(ctx, it.value, inside);
    const variable: BoundVariable = { name: it.name.text, definition: it.name.span, value: it.value, type };
    referDefinition(ctx, it.name.span, variableTarget(variable));
    variables.set(key, variable);
  }
  const type = bindExpression(ctx, expression.body, inside);
  const lineage = ctx.lineage.get(expression.body);
  if (lineage !== undefined) ctx.lineage.set(expression, lineage);
  return type;
}

const isOwnName = ({ segment: { item } }: BindContext, key: string): boolean => item.kind === 'tableDefinition' && nameKey(item.name) === key;

/** The source text of an expression on one line, for a message. */
export function textOf(ctx: BindContext, expression: Expression): string {
  const text = textAt(ctx, expression.span).replace(/\s+/g, ' ').trim();
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}
