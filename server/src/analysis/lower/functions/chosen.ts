/** Rows chosen or numbered by an order: SAMPLE, TOPNSKIP and SUBSTITUTEWITHINDEX. */
import { nameKey } from '../../../model/model.ts';
import type { SortKey } from '../../../plan/plan.ts';
import { addedColumn, columnsShape, joinShapes, sameColumn, type ShapeColumn } from '../../shapes.ts';
import type { RelationLowering } from '../calls.ts';
import { argumentAt, at, noFeature, noRelation, openRow, shaped, syntaxError, typeError } from '../context.ts';
import { lowerRelation } from '../relations.ts';
import { lowerArgument } from '../scalars.ts';
import { sortKeys } from './sorted.ts';

/** Counts, the table, then an order that falls unless told. */
const choose = (how: 'sample' | 'skip', counts: number): RelationLowering => (call, env) => {
  const table = argumentAt(call, counts);
  const name = call.name.toUpperCase();
  if (table === undefined) return noRelation(env, call, syntaxError);
  const input = lowerRelation(table, env);
  if (input.relation.op === 'notEvaluated') return input;
  const { id, inside } = openRow(env, input.shape);
  const keys = sortKeys(call.args.slice(counts + 1), inside, true);
  if (keys === undefined) return noRelation(env, call, noFeature(`a computed order of ${name}`));
  if (keys.length === 0) return noRelation(env, call, noFeature(`${name} without an order, which may give any rows,`));
  const numbers = call.args.slice(0, counts).map((it) => lowerArgument(it, env));
  return { relation: { op: 'choose', how, input: input.relation, counts: numbers, row: id, keys, ...shaped(input.shape), at: at(env, call) }, shape: input.shape };
};

const isShared = (it: ShapeColumn, others: readonly ShapeColumn[]): number =>
  others.findIndex((other) => sameColumn(it.lineage, other.lineage) || nameKey(it.column) === nameKey(other.column));

/** The columns that both tables have become one: the number, by an order, of the row of the second table that has the same values. */
const substituteWithIndex: RelationLowering = (call, env) => {
  const [table, name, indexTable] = [argumentAt(call, 0), argumentAt(call, 1), argumentAt(call, 2)];
  if (table === undefined || indexTable === undefined) return noRelation(env, call, syntaxError);
  if (name?.kind !== 'string') return noRelation(env, call, typeError('the name of the index is a constant text'));
  const left = lowerRelation(table, env);
  if (left.relation.op === 'notEvaluated') return left;
  const right = lowerRelation(indexTable, env);
  if (right.relation.op === 'notEvaluated') return right;
  const [lefts, rights] = [left.shape.columns, right.shape.columns];
  if (lefts === undefined || rights === undefined) return noRelation(env, call, typeError('the columns of a table are not known'));
  const { id, inside } = openRow(env, right.shape);
  const keys: readonly SortKey[] | undefined = sortKeys(call.args.slice(3), inside, false);
  if (keys === undefined || keys.length === 0) return noRelation(env, call, noFeature('SUBSTITUTEWITHINDEX with an order that is left out or computed'));
  const on = lefts.flatMap((it, i) => {
    const place = isShared(it, rights);
    return place < 0 ? [] : [[i, place] as const];
  });
  if (on.length === 0) return noRelation(env, call, typeError('SUBSTITUTEWITHINDEX of tables without a common column'));
  const place = at(env, call);
  const index = addedColumn(name.value, 'int64', name.span);
  const numbered = columnsShape([...rights, index]);
  const joined = joinShapes([columnsShape(lefts), columnsShape([index])]);
  const kept = lefts.flatMap((_, i) => (on.some(([mine]) => mine === i) ? [] : [i]));
  const shape = columnsShape([...kept.flatMap((i) => lefts[i] ?? []), index]);
  const row = openRow(env, joined);
  return {
    relation: {
      op: 'project', row: row.id, ...shaped(shape), at: place,
      expressions: [...kept, lefts.length].map((it) => ({ op: 'column', row: row.id, index: it, at: place })),
      input: {
        op: 'join', left: left.relation, keepLeft: false, on, take: [rights.length], ...shaped(joined), at: place,
        right: { op: 'numbered', input: right.relation, row: id, keys, ...shaped(numbered), at: place },
      },
    },
    shape,
  };
};

export const chosen: readonly (readonly [string, RelationLowering])[] = [
  ['SAMPLE', choose('sample', 1)],
  ['TOPNSKIP', choose('skip', 2)],
  ['SUBSTITUTEWITHINDEX', substituteWithIndex],
];
