/** Relations: an expression whose table is wanted, as a node of the plan. */
import type { Call, Expression, NameReference, TableConstructor, VarBlock } from '../../../../grammar/src/tree.ts';
import { functionNamed } from '../../functions/index.ts';
import { nameKey, type ColumnName, type Table } from '../../model/model.ts';
import type { VariablePlan } from '../../plan/plan.ts';
import { constructorColumns, rowItems } from '../bind/expressions.ts';
import { findModelColumn, findTable, naming, resolveColumn, shapeOf, unwrap } from '../scope.ts';
import { columnsShape, modelColumn, type ShapeColumn } from '../shapes.ts';
import { lowerTableCall } from './calls.ts';
import {
  at, definedColumns, noFeature, noName, noRelation, shaped, syntaxError, typeError, type LowerEnv, type Lowered, type LowerVariable,
} from './context.ts';
import { lowerScalar, lowerVariable, nameOf } from './scalars.ts';

/** Lowers an expression whose table is wanted. */
export function lowerRelation(expression: Expression, env: LowerEnv): Lowered {
  switch (expression.kind) {
    case 'parenthesized': return lowerRelation(expression.expression, env);
    case 'name': return lowerTableName(expression, env);
    case 'constructor': return lowerConstructor(expression, env);
    case 'call': return lowerTableCall(expression, env);
    case 'var': {
      const { variables, inside } = lowerVariables(expression, env);
      const { relation, shape } = lowerRelation(expression.body, inside);
      return { relation: { op: 'let', variables, body: relation, ...shaped(shape), at: at(env, expression) }, shape };
    }
    case 'missing': return noRelation(env, expression, syntaxError);
    case 'parameter': return noRelation(env, expression, noFeature('query parameters', 'are'));
    default: return noRelation(env, expression, typeError('a single value where a table is wanted'));
  }
}

/** Whether an expression gives a table. */
export function isTableExpression(expression: Expression, env: LowerEnv): boolean {
  const it = unwrap(expression);
  switch (it.kind) {
    case 'constructor': return true;
    case 'call': return functionNamed(it.name)?.returns === 'table' || handsTable(it, env);
    case 'name': {
      const variable = it.name.quoted ? undefined : env.variables.get(nameKey(it.name.text));
      return variable === undefined ? findTable(env.names, it.name.text) !== undefined : variable.kind === 'table';
    }
    case 'var': {
      const scope = new Map<string, LowerVariable>(env.variables);
      const inside = { ...env, variables: scope };
      for (const variable of it.variables) {
        // Only the kind of a variable matters here; it is lowered where it is used.
        const kind = isTableExpression(variable.value, inside) ? 'table' : 'scalar';
        scope.set(nameKey(variable.name.text), { kind, id: -1, name: variable.name.text, shape: columnsShape([]) });
      }
      return isTableExpression(it.body, inside);
    }
    default: return false;
  }
}

/** EVALUATEANDLOG gives what it is given, a table as well. */
function handsTable({ name, args: [first] }: Call, env: LowerEnv): boolean {
  return name.toUpperCase() === 'EVALUATEANDLOG' && first !== undefined && first.kind !== 'omitted' && isTableExpression(first, env);
}

/** Lowers the variables of a block; `inside` sees them all. */
export function lowerVariables(block: VarBlock, env: LowerEnv): { readonly variables: readonly VariablePlan[]; readonly inside: LowerEnv } {
  const scope = new Map<string, LowerVariable>(env.variables);
  const inside = { ...env, variables: scope };
  const own = new Set<string>();
  const variables: VariablePlan[] = [];
  for (const it of block.variables) {
    const key = nameKey(it.name.text);
    variables.push(lowerVariable(it.name.text, it.value, inside, scope));
    if (own.has(key)) scope.set(key, { kind: 'unavailable', reason: typeError(`the variable ${it.name.text} is defined twice`) });
    own.add(key);
  }
  return { variables, inside };
}

function lowerTableName(reference: NameReference, env: LowerEnv): Lowered {
  const { text, quoted } = reference.name;
  const variable = quoted ? undefined : env.variables.get(nameKey(text));
  if (variable?.kind === 'table') {
    return { relation: { op: 'tableVariable', id: variable.id, ...shaped(variable.shape), at: at(env, reference) }, shape: variable.shape };
  }
  if (variable?.kind === 'unavailable') return noRelation(env, reference, variable.reason);
  if (variable !== undefined) return noRelation(env, reference, typeError('a single value where a table is wanted'));
  const table = findTable(env.names, text);
  if (env.names.queryTables.has(nameKey(text))) return noRelation(env, reference, definedTables);
  if (table === undefined) return noRelation(env, reference, noName(text));
  return scanOf(reference, table, false, env);
}

const definedTables = noFeature('a table that hides one of the model');

/** The rows of a table in the filter context. */
export function scanOf(node: Expression, table: Table, blankRow: boolean, env: LowerEnv): Lowered {
  const shape = shapeOf(env.names, table);
  return { relation: { op: 'scan', source: table.name, blankRow, ...shaped(shape), at: at(env, node) }, shape };
}

function lowerConstructor(expression: TableConstructor, env: LowerEnv): Lowered {
  // A comma may follow the last row, as on the page of ISDOUBLE.
  const given = expression.rows.length > 1 && expression.rows.at(-1)?.kind === 'omitted' ? expression.rows.slice(0, -1) : expression.rows;
  const rows = given.flatMap((row) => (row.kind === 'omitted' ? [] : [rowItems(row)]));
  const width = rows[0]?.length ?? 0;
  if (rows.length !== given.length) return noRelation(env, expression, noFeature('an empty value in a table constructor'));
  if (width === 0) return noRelation(env, expression, syntaxError);
  if (rows.some((it) => it.length !== width)) return noRelation(env, expression, typeError('rows of different widths'));
  const shape = columnsShape(constructorColumns(Array.from({ length: width }, () => 'unknown' as const)));
  const cells = rows.map((row) => row.map((it) => lowerScalar(it, env)));
  return { relation: { op: 'rows', rows: cells, ...shaped(shape), at: at(env, expression) }, shape };
}

/** Whether a column with a lineage still has its name: under another one it is no column of the model. */
const isOwnName = ({ table, column, lineage }: ShapeColumn): boolean =>
  lineage !== undefined && nameKey(lineage.table) === nameKey(table ?? '') && nameKey(lineage.column) === nameKey(column);

/** What an argument that has to be a column of the model is. */
export type ColumnTarget =
  | { readonly kind: 'column'; readonly column: ColumnName; readonly shape: ShapeColumn }
  | { readonly kind: 'none'; readonly reason: ReturnType<typeof typeError> };

/** The model column that an argument names. */
export function columnTarget(expression: Expression | undefined, env: LowerEnv): ColumnTarget {
  const it = expression === undefined ? undefined : unwrap(expression);
  if (it === undefined || it.kind === 'missing') return { kind: 'none', reason: syntaxError };
  if (it.kind !== 'column') return { kind: 'none', reason: typeError('a column is wanted') };
  const found = resolveColumn(it, env.names, naming(env.rows));
  const lineage = found.kind === 'row' && isOwnName(found.column) ? found.column.lineage : undefined;
  const its = found.kind === 'model' ? found : lineage === undefined ? undefined : findModelColumn(env.names, lineage);
  if (its !== undefined) {
    const column = { table: its.table.name, column: its.column.name };
    return { kind: 'column', column, shape: modelColumn(its.table, its.column, 'unknown') };
  }
  if (found.kind === 'row') return { kind: 'none', reason: noFeature(`the added column ${nameOf(it)} in place of a column of the model`) };
  if (found.kind === 'measure' || found.kind === 'either') return { kind: 'none', reason: typeError(`${nameOf(it)} is a metric, a column is wanted`) };
  return { kind: 'none', reason: found.kind === 'opaque' ? definedColumns : noName(nameOf(it)) };
}

