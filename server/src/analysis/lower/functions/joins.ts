/** Tables side by side: every combination, a table for each row, matching rows, and values under other columns. */
import type { Call } from '../../../../../grammar/src/tree.ts';
import { nameKey, type ColumnName } from '../../../model/model.ts';
import { columnsShape, joinShapes, sameColumn, type ShapeColumn, type TableShape } from '../../shapes.ts';
import type { RelationLowering } from '../calls.ts';
import { argumentAt, at, noFeature, noRelation, openRow, shaped, syntaxError, typeError, type LowerEnv, type Lowered } from '../context.ts';
import { columnTarget, lowerRelation } from '../relations.ts';

/** The tables of a call; the first that cannot be had in place of all. */
export function lowerTables(call: Call, env: LowerEnv): readonly Lowered[] | Lowered {
  const inputs: Lowered[] = [];
  for (const [i] of call.args.entries()) {
    const argument = argumentAt(call, i);
    if (argument === undefined) return noRelation(env, call, syntaxError);
    const input = lowerRelation(argument, env);
    if (input.relation.op === 'notEvaluated') return input;
    inputs.push(input);
  }
  return inputs;
}

/** Columns side by side, of which no two may have the same name. */
function sideBySide(shapes: readonly TableShape[]): TableShape | undefined {
  const shape = joinShapes(shapes);
  const keys = (shape.columns ?? []).map((it) => `${nameKey(it.table ?? '')}\u0000${nameKey(it.column)}`);
  return shape.columns === undefined || new Set(keys).size < keys.length ? undefined : shape;
}

const sameNames = typeError('two columns of the same name');

const crossJoin: RelationLowering = (call, env) => {
  const inputs = lowerTables(call, env);
  if ('relation' in inputs) return inputs;
  const shape = sideBySide(inputs.map((it) => it.shape));
  if (shape === undefined) return noRelation(env, call, sameNames);
  return { relation: { op: 'cross', inputs: inputs.map((it) => it.relation), ...shaped(shape), at: at(env, call) }, shape };
};

const generate = (keepEmpty: boolean): RelationLowering => (call, env) => {
  const [left, right] = [argumentAt(call, 0), argumentAt(call, 1)];
  if (left === undefined || right === undefined) return noRelation(env, call, syntaxError);
  const input = lowerRelation(left, env);
  if (input.relation.op === 'notEvaluated') return input;
  const { id, inside } = openRow(env, input.shape);
  const inner = lowerRelation(right, inside);
  if (inner.relation.op === 'notEvaluated') return inner;
  const shape = sideBySide([input.shape, inner.shape]);
  if (shape === undefined) return noRelation(env, call, sameNames);
  return { relation: { op: 'generate', input: input.relation, row: id, inner: inner.relation, keepEmpty, ...shaped(shape), at: at(env, call) }, shape };
};

/** Two tables of the model as they are, and the columns of the active relationship between them. */
function byRelationship(left: TableShape, right: TableShape, env: LowerEnv): readonly [left: number, right: number] | undefined {
  const isPlain = ({ wholeTable, columns = [] }: TableShape): boolean => columns.every((it) => it.lineage !== undefined && nameKey(it.lineage.table) === nameKey(wholeTable ?? ''));
  const [a, b] = [left.wholeTable, right.wholeTable];
  if (a === undefined || b === undefined || !isPlain(left) || !isPlain(right)) return undefined;
  const placeIn = (shape: TableShape, column: ColumnName): number => shape.columns?.findIndex((it) => sameColumn(it.lineage, column)) ?? -1;
  for (const it of env.names.model?.relationships ?? []) {
    if (!it.active || it.cardinality === 'many-to-many') continue;
    const ends = nameKey(it.from.table) === nameKey(a) && nameKey(it.to.table) === nameKey(b) ? [it.from, it.to]
      : nameKey(it.to.table) === nameKey(a) && nameKey(it.from.table) === nameKey(b) ? [it.to, it.from] : undefined;
    const [i, j] = ends === undefined ? [-1, -1] : [placeIn(left, ends[0] as ColumnName), placeIn(right, ends[1] as ColumnName)];
    if (i >= 0 && j >= 0) return [i, j];
  }
  return undefined;
}

/**
 * Columns are common that come from the same column of the model, or that have the same name and come from none. Tables
 * of the model that a relationship ties are joined by it and keep all columns of both (sqlbi, From SQL to DAX: joining tables).
 */
const naturalJoin = (keepLeft: boolean): RelationLowering => (call, env) => {
  const inputs = lowerTables(call, env);
  if ('relation' in inputs) return inputs;
  const [left, right] = inputs;
  const lefts = left?.shape.columns;
  const rights = right?.shape.columns;
  if (left === undefined || right === undefined || lefts === undefined || rights === undefined) return noRelation(env, call, typeError('the columns of a table are not known'));
  const key = byRelationship(left.shape, right.shape, env);
  if (key !== undefined) {
    const whole = columnsShape([...lefts, ...rights]);
    return { relation: { op: 'join', left: left.relation, right: right.relation, keepLeft, on: [key], take: rights.map((_, j) => j), ...shaped(whole), at: at(env, call) }, shape: whole };
  }
  const on: (readonly [number, number])[] = [];
  const take: number[] = [];
  for (const [j, column] of rights.entries()) {
    const i = lefts.findIndex((it) => sameColumn(it.lineage, column.lineage) || (sameName(it, column) && it.lineage === undefined && column.lineage === undefined));
    if (i >= 0) on.push([i, j]);
    else if (lefts.some((it) => sameName(it, column))) return noRelation(env, call, noFeature('a join by columns of one name that come from different columns of the model'));
    else take.push(j);
  }
  if (on.length === 0) return noRelation(env, call, noFeature('a join of tables without a common column'));
  const shape = columnsShape([...lefts, ...take.flatMap((it) => rights[it] ?? [])]);
  return { relation: { op: 'join', left: left.relation, right: right.relation, keepLeft, on, take, ...shaped(shape), at: at(env, call) }, shape };
};

const sameName = (a: ShapeColumn, b: ShapeColumn): boolean => nameKey(a.column) === nameKey(b.column);

const treatAs: RelationLowering = (call, env) => {
  const table = argumentAt(call, 0);
  if (table === undefined) return noRelation(env, call, syntaxError);
  const input = lowerRelation(table, env);
  if (input.relation.op === 'notEvaluated') return input;
  const columns: ShapeColumn[] = [];
  for (const it of call.args.slice(1)) {
    const target = columnTarget(it.kind === 'omitted' ? undefined : it, env);
    if (target.kind === 'none') return noRelation(env, call, target.reason);
    columns.push(target.shape);
  }
  const width = input.shape.columns?.length;
  if (width !== columns.length) return noRelation(env, call, typeError(`a table of ${width ?? 'unknown'} columns is treated as ${columns.length}`));
  const shape = columnsShape(columns);
  return { relation: { op: 'treatAs', input: input.relation, ...shaped(shape), at: at(env, call) }, shape };
};

export const joins: readonly (readonly [string, RelationLowering])[] = [
  ['CROSSJOIN', crossJoin],
  ['GENERATE', generate(false)],
  ['GENERATEALL', generate(true)],
  ['NATURALINNERJOIN', naturalJoin(false)],
  ['NATURALLEFTOUTERJOIN', naturalJoin(true)],
  ['TREATAS', treatAs],
];
