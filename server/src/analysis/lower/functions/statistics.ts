/** Statistics of a column or of an expression over rows, and texts joined over rows. */
import { walk } from '../../../../../grammar/src/index.ts';
import type { Argument, Call, Expression } from '../../../../../grammar/src/tree.ts';
import { nameKey } from '../../../model/model.ts';
import type { Relation, Scalar, SortKey } from '../../../plan/plan.ts';
import { findTable } from '../../scope.ts';
import type { ScalarLowering } from '../calls.ts';
import { argumentAt, at, noFeature, notEvaluated, openRow, typeError, type LowerEnv } from '../context.ts';
import { columnTarget, lowerRelation, scanOf } from '../relations.ts';
import { lowerArgument } from '../scalars.ts';
import { sortKeys } from './sorted.ts';

/** A function of the rows of a table: `values` of each row, `args` of the place of the call. */
export function overTable(
  call: Call, env: LowerEnv, fn: string, table: Expression | undefined, values: readonly (Argument | undefined)[], args: readonly Scalar[],
  keysOf: (inside: LowerEnv) => readonly SortKey[] | undefined = () => [],
): Scalar {
  if (table === undefined) return notEvaluated(env, call, { id: 'syntax-error' });
  const { relation, shape } = lowerRelation(table, env);
  const { id, inside } = openRow(env, shape);
  const keys = keysOf(inside);
  if (keys === undefined) return notEvaluated(env, call, noFeature(`an order of ${fn} that is left out or computed`));
  return { op: 'overRows', fn, name: call.name.toUpperCase(), relation, row: id, values: values.map((it) => lowerArgument(it, inside)), args, keys, at: at(env, call) };
}

/** A function of the values of a column in the filter context, duplicates included. */
export function overColumn(call: Call, env: LowerEnv, fn: string, column: Expression | undefined, args: readonly Scalar[]): Scalar {
  const target = columnTarget(column, env);
  if (target.kind === 'none' || column === undefined) return notEvaluated(env, call, target.kind === 'none' ? target.reason : { id: 'syntax-error' });
  const table = findTable(env.names, target.column.table);
  if (table === undefined) return notEvaluated(env, call, typeError('a column of the model is wanted'));
  const { relation, shape } = scanOf(column, table, false, env);
  const { id } = openRow(env, shape);
  const index = (shape.columns ?? []).findIndex((it) => nameKey(it.column) === nameKey(target.column.column));
  if (index < 0) return notEvaluated(env, call, typeError('a column of the model is wanted'));
  return { op: 'overRows', fn, name: call.name.toUpperCase(), relation, row: id, values: [{ op: 'column', row: id, index, at: at(env, column) }], args, keys: [], at: at(env, call) };
}

/** Arguments from `first` on, evaluated where the call stands. */
const argumentsFrom = (call: Call, first: number, env: LowerEnv): readonly Scalar[] => call.args.slice(first).map((it) => lowerArgument(it, env));

const ofColumn = (fn: string): ScalarLowering => (call, env) => overColumn(call, env, fn, argumentAt(call, 0), argumentsFrom(call, 1, env));

const ofTable = (fn: string): ScalarLowering => (call, env) => overTable(call, env, fn, argumentAt(call, 0), [argumentAt(call, 1)], argumentsFrom(call, 2, env));

/**
 * CONCATENATEX(table, expression, delimiter, order by, order, ..). The pages differ on the order that is meant when it is
 * left out, so there is a text only where both make the same one.
 */
const concatenateX: ScalarLowering = (call, env) => {
  const pairs = call.args.slice(3);
  const isTold = pairs.every((_, i) => i % 2 === 1 || (pairs[i + 1] !== undefined && pairs[i + 1]?.kind !== 'omitted'));
  const delimiter = lowerArgument(call.args[2], env);
  const sorted = (descending: boolean): Scalar =>
    overTable(call, env, 'CONCATENATEX', argumentAt(call, 0), [argumentAt(call, 1)], [delimiter], (inside) => sortKeys(pairs, inside, descending));
  if (isTold) return sorted(false);
  const unsure = notEvaluated(env, call, noFeature('an order of CONCATENATEX that is left out'));
  // Both directions are evaluated; calls in each other would double the work at every level.
  if (call.args.some(hasConcatenateX)) return unsure;
  const [rising, falling] = [sorted(false), sorted(true)];
  return { op: 'if', condition: { op: 'call', name: 'EXACT', args: [rising, falling], at: at(env, call) }, then: rising, otherwise: unsure, at: at(env, call) };
};

function hasConcatenateX(argument: Argument): boolean {
  let found = false;
  if (argument.kind !== 'omitted') {
    walk(argument, (it) => {
      found ||= it.kind === 'call' && it.name.toUpperCase() === 'CONCATENATEX';
    });
  }
  return found;
}

/** XNPV and XIRR: a table, the payments and their dates. */
const ofPayments = (fn: string): ScalarLowering => (call, env) =>
  overTable(call, env, fn, argumentAt(call, 0), [argumentAt(call, 1), argumentAt(call, 2)], argumentsFrom(call, 3, env));

/** PATH(T[id], T[parent]) in a row of T. It reads the whole table: where filters hide some of it no page says what it gives. */
const path: ScalarLowering = (call, env) => {
  const [id, parent] = [argumentAt(call, 0), argumentAt(call, 1)];
  const target = columnTarget(id, env);
  const table = target.kind === 'none' ? undefined : findTable(env.names, target.column.table);
  if (id === undefined || parent === undefined || table === undefined) return notEvaluated(env, call, target.kind === 'none' ? target.reason : { id: 'syntax-error' });
  const { relation: seen, shape } = scanOf(id, table, false, env);
  const place = at(env, call);
  const whole: Relation = { op: 'all', source: table.name, whole: true, blankRow: false, columns: seen.columns, table: table.name, at: place };
  const { id: row, inside } = openRow({ ...env, rows: [] }, shape);
  const values = [lowerArgument(id, inside), lowerArgument(parent, inside)];
  const found: Scalar = { op: 'overRows', fn: 'PATH', name: 'PATH', relation: whole, row, values, args: [lowerArgument(id, env)], keys: [], at: place };
  const counts = [seen, whole].map((relation): Scalar => ({ op: 'countRows', relation, at: place }));
  return { op: 'if', condition: { op: 'call', name: '=', args: counts, at: place }, then: found, otherwise: notEvaluated(env, call, noFeature('PATH over a table of which filters hide a part')), at: place };
};

/** Functions of a column, each with its iterator. */
const pairs: readonly (readonly [string, string])[] = [
  ['VAR.S', 'VARX.S'], ['VAR.P', 'VARX.P'], ['STDEV.S', 'STDEVX.S'], ['STDEV.P', 'STDEVX.P'], ['PRODUCT', 'PRODUCTX'], ['GEOMEAN', 'GEOMEANX'],
];

/** Functions of a column whose iterator counts BLANK in another way, and those without one. */
const columns: readonly string[] = ['MEDIAN', 'PERCENTILE.INC', 'PERCENTILE.EXC', 'AVERAGEA', 'MAXA', 'MINA'];
const tables: readonly string[] = ['MEDIANX', 'PERCENTILEX.INC', 'PERCENTILEX.EXC'];

export const statistics: readonly (readonly [string, ScalarLowering])[] = [
  ...pairs.flatMap(([column, table]): (readonly [string, ScalarLowering])[] => [[column, ofColumn(column)], [table, ofTable(column)]]),
  ...columns.map((it) => [it, ofColumn(it)] as const),
  ...tables.map((it) => [it, ofTable(it)] as const),
  ['CONCATENATEX', concatenateX],
  ['XNPV', ofPayments('XNPV')],
  ['XIRR', ofPayments('XIRR')],
  ['PATH', path],
  ['EVALUATEANDLOG', (call, env) => lowerArgument(call.args[0], env)],
];
