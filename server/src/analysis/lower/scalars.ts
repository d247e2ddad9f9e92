/** Scalars: an expression whose single value is wanted, as a node of the plan. */
import type {
  Argument, Binary, ColumnReference, Expression, NameReference, NumberLiteral, Unary, VarBlock,
} from '../../../../grammar/src/tree.ts';
import { assertNever } from '../../base/assertNever.ts';
import { nameKey } from '../../model/model.ts';
import type { Scalar, VariablePlan } from '../../plan/plan.ts';
import { findTable, resolveColumn, unwrap } from '../scope.ts';
import { lowerCall } from './calls.ts';
import {
  at, blank, definedColumns, isInCondition, measureIndex, noFeature, noName, notEvaluated, syntaxError, transitionOf, typeError,
  type LowerEnv, type Lowered, type LowerVariable,
} from './context.ts';
import { isTableExpression, lowerRelation, lowerVariables } from './relations.ts';
import { writtenName } from './userFunctions.ts';

/** Lowers an expression whose single value is wanted. */
export function lowerScalar(expression: Expression, env: LowerEnv): Scalar {
  switch (expression.kind) {
    case 'number': return lowerNumber(expression, env);
    case 'string': return { op: 'constant', type: 'string', value: expression.value, at: at(env, expression) };
    case 'boolean': return { op: 'constant', type: 'boolean', value: expression.value, at: at(env, expression) };
    case 'date':
      if (Number.isNaN(expression.serial)) return notEvaluated(env, expression, syntaxError);
      return { op: 'constant', type: 'dateTime', value: expression.serial, at: at(env, expression) };
    case 'parameter': return notEvaluated(env, expression, noFeature('query parameters', 'are'));
    case 'name': return lowerName(expression, env);
    case 'column': return lowerColumn(expression, env, 0);
    case 'call': return lowerCall(expression, env);
    case 'unary': return lowerUnary(expression, env);
    case 'binary': return lowerBinary(expression, env);
    case 'parenthesized': return lowerScalar(expression.expression, env);
    case 'tuple': return notEvaluated(env, expression, typeError('several values in brackets where one is wanted'));
    case 'constructor': return scalarOf(expression, lowerRelation(expression, env), env);
    case 'var': return lowerVar(expression, env);
    case 'missing': return notEvaluated(env, expression, syntaxError);
    default: return assertNever(expression);
  }
}

/** Lowers an argument; an empty one is BLANK. */
export const lowerArgument = (argument: Argument | undefined, env: LowerEnv): Scalar =>
  argument === undefined || argument.kind === 'omitted' ? blank : lowerScalar(argument, env);

/** The value of a table of one column and at most one row. */
export function scalarOf(node: Expression, { relation, shape }: Lowered, env: LowerEnv): Scalar {
  if (relation.op === 'notEvaluated') return { op: 'notEvaluated', reason: relation.reason, at: relation.at ?? at(env, node) };
  if (shape.columns?.length !== 1) return notEvaluated(env, node, typeError('a table of several columns where a single value is wanted'));
  return { op: 'scalarOf', relation, at: at(env, node) };
}

function lowerNumber(it: NumberLiteral, env: LowerEnv): Scalar {
  if (!it.integer) return { op: 'constant', type: 'double', value: it.value, at: at(env, it) };
  const exact = Number.isSafeInteger(it.value) ? it.value : BigInt(it.text);
  // What 64 bits cannot hold is read as a double.
  if (BigInt.asIntN(64, BigInt(exact)) !== BigInt(exact)) return { op: 'constant', type: 'double', value: it.value, at: at(env, it) };
  return { op: 'constant', type: 'int64', value: exact, at: at(env, it) };
}

function lowerName(reference: NameReference, env: LowerEnv): Scalar {
  const { text, quoted } = reference.name;
  const variable = quoted ? undefined : env.variables.get(nameKey(text));
  if (variable?.kind === 'scalar') return { op: 'variable', id: variable.id, at: at(env, reference) };
  const isTable = findTable(env.names, text) !== undefined || env.names.queryTables.has(nameKey(text));
  if (variable !== undefined || isTable) return scalarOf(reference, lowerRelation(reference, env), env);
  return notEvaluated(env, reference, noName(text));
}

/**
 * Lowers `T[c]` or `[c]` where its value is wanted.
 *
 * @param skip row contexts with the column that are passed over: EARLIER
 */
export function lowerColumn(reference: ColumnReference, env: LowerEnv, skip: number): Scalar {
  const found = resolveColumn(reference, env.names, env.rows, skip);
  const name = nameOf(reference);
  switch (found.kind) {
    case 'row': return { op: 'column', row: found.row.id, index: found.index, at: at(env, reference) };
    case 'measure': return lowerMeasure(reference, found.measure.name, env);
    case 'either':
      // Which of the two is meant matters only where they can differ.
      if (found.column.measure === nameKey(found.measure.name)) {
        const row = resolveColumn(reference, { ...env.names, measures: new Map() }, env.rows, skip);
        if (row.kind === 'row') return { op: 'column', row: row.row.id, index: row.index, at: at(env, reference) };
      }
      return notEvaluated(env, reference, noFeature(`${name} as the name of a metric and of a column in one place`));
    case 'model': return notEvaluated(env, reference, typeError(`there is no row context for ${name}`));
    case 'ambiguous': return notEvaluated(env, reference, typeError(`${name} stands in several tables`));
    case 'opaque': return notEvaluated(env, reference, definedColumns);
    case 'homeless': case 'no-table': case 'no-column': case 'nothing':
      return notEvaluated(env, reference, noName(name));
    default: return assertNever(found);
  }
}

export function lowerMeasure(reference: Expression, name: string, env: LowerEnv): Scalar {
  const index = measureIndex(env.ctx, env.space, name);
  if (index === undefined) return notEvaluated(env, reference, noName(`[${name}]`));
  if (isInCondition(env)) {
    return notEvaluated(env, reference, typeError(`the metric [${name}] in a condition that filters`));
  }
  env.reads.add(index);
  return { op: 'measure', index, transition: transitionOf(env), at: at(env, reference) };
}

/** A reference as it is written. */
export const nameOf = (it: ColumnReference): string =>
  `${it.table === undefined ? '' : it.table.quoted ? `'${it.table.text}'` : it.table.text}[${it.column.text}]`;

function lowerUnary(expression: Unary, env: LowerEnv): Scalar {
  const operand = lowerScalar(expression.operand, env);
  // Unary plus does nothing, whatever the type.
  if (expression.operator === '+') return operand;
  return { op: 'call', name: expression.operator, args: [operand], at: at(env, expression) };
}

function lowerBinary(expression: Binary, env: LowerEnv): Scalar {
  const place = at(env, expression);
  switch (expression.operator) {
    case 'IN': {
      const left = unwrap(expression.left);
      const values = (left.kind === 'tuple' ? left.items : [expression.left]).map((it) => lowerScalar(it, env));
      return lowerIn(expression, values, expression.right, env);
    }
    case '&&': return { op: 'and', left: lowerScalar(expression.left, env), right: lowerScalar(expression.right, env), at: place };
    case '||': return { op: 'or', left: lowerScalar(expression.left, env), right: lowerScalar(expression.right, env), at: place };
    default:
      return { op: 'call', name: expression.operator, args: [lowerScalar(expression.left, env), lowerScalar(expression.right, env)], at: place };
  }
}

/** `values IN table`. */
export function lowerIn(node: Expression, values: readonly Scalar[], table: Expression, env: LowerEnv): Scalar {
  const { relation, shape } = lowerRelation(table, env);
  if (relation.op !== 'notEvaluated' && shape.columns?.length !== values.length) {
    return notEvaluated(env, node, typeError('IN with a table of another number of columns'));
  }
  return { op: 'in', values, relation, at: at(env, node) };
}

function lowerVar(expression: VarBlock, env: LowerEnv): Scalar {
  const { variables, inside } = lowerVariables(expression, env);
  return { op: 'let', variables, body: lowerScalar(expression.body, inside), at: at(env, expression) };
}

/** Lowers a variable of any kind and adds it to the map of those in scope. */
export function lowerVariable(
  name: string, value: Expression, env: LowerEnv, scope: Map<string, LowerVariable>,
): VariablePlan {
  const id = env.ctx.nextVariable++;
  if (isTableExpression(value, env)) {
    const { relation, shape } = lowerRelation(value, env);
    scope.set(nameKey(name), { kind: 'table', id, name, shape, relation });
    return { kind: 'table', id, name: writtenName(name), value: relation };
  }
  const plan: VariablePlan = { kind: 'scalar', id, name: writtenName(name), value: lowerScalar(value, env) };
  scope.set(nameKey(name), { kind: 'scalar', id, name });
  return plan;
}
