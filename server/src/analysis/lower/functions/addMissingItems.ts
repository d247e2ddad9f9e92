/** ADDMISSINGITEMS: the rows of a table, and those combinations of its groups that it left out for want of values. */
import type { Expression } from '../../../../../grammar/src/tree.ts';
import type { ContextChange, Relation, Scalar } from '../../../plan/plan.ts';
import { unwrap } from '../../scope.ts';
import { columnsShape, joinShapes, sameColumn, type ShapeColumn } from '../../shapes.ts';
import type { RelationLowering } from '../calls.ts';
import { argumentAt, at, blank, calculateInCondition, isInCondition, noFeature, noRelation, openRow, shaped, syntaxError, typeError, type Lowered } from '../context.ts';
import { columnTarget, lowerRelation } from '../relations.ts';
import { missingWithSubtotals } from './missingSubtotals.ts';

/**
 * Columns of one table are combined as they exist in the filter context, those of different tables are crossed; columns
 * that do not show all their items stay as they are combined in the table.
 */
const addMissingItems: RelationLowering = (call, env) => {
  if (isInCondition(env)) return noRelation(env, call, calculateInCondition);
  const showing: ShapeColumn[] = [];
  const groups: ShapeColumn[] = [];
  const filters: Expression[] = [];
  let table: Expression | undefined;
  for (const [i] of call.args.entries()) {
    const argument = argumentAt(call, i);
    if (argument === undefined) return noRelation(env, call, syntaxError);
    const it = unwrap(argument);
    if (it.kind === 'column') {
      const target = columnTarget(it, env);
      if (target.kind === 'none') return noRelation(env, it, target.reason);
      (table === undefined ? showing : groups).push(target.shape);
    } else if (it.kind === 'call' && it.name.toUpperCase() === 'ROLLUPISSUBTOTAL') return missingWithSubtotals(call, env);
    else if (table === undefined) table = it;
    else filters.push(it);
  }
  if (table === undefined) return noRelation(env, call, syntaxError);
  const given = lowerRelation(table, env);
  const columns = given.shape.columns;
  if (given.relation.op === 'notEvaluated' || columns === undefined) return given;
  const places = groups.map((group) => columns.findIndex((it) => sameColumn(it.lineage, group.lineage)));
  if (groups.length === 0 || places.includes(-1)) return noRelation(env, call, typeError('the groups of ADDMISSINGITEMS are columns of its table'));
  const isIn = (it: ShapeColumn, list: readonly ShapeColumn[]): boolean => list.some((other) => sameColumn(it.lineage, other.lineage));
  if (!showing.every((it) => isIn(it, groups))) return noRelation(env, call, typeError('a column that shows all items is none of the groups'));
  const open = showing.length === 0 ? groups : groups.filter((it) => isIn(it, showing));
  const fixed = groups.filter((it) => !isIn(it, open));
  if (fixed.some((it) => open.some((other) => other.lineage?.table === it.lineage?.table))) return noRelation(env, call, noFeature('ADDMISSINGITEMS that shows all items of some columns of a table'));

  const place = at(env, call);
  const id = env.ctx.nextVariable++;
  const rows: Relation = { op: 'tableVariable', id, ...shaped(given.shape), at: place };
  const changes: ContextChange[] = [];
  for (const it of filters) {
    const { relation } = lowerRelation(it, env);
    if (relation.op === 'notEvaluated') return noRelation(env, it, relation.reason);
    changes.push({ change: 'filter', relation, keep: false, at: at(env, it) });
  }
  /** Some columns of a relation, by their places. */
  const columnsOf = (input: Lowered, indices: readonly number[]): Lowered => {
    const shape = columnsShape(indices.flatMap((index) => input.shape.columns?.[index] ?? []));
    const { id: row } = openRow(env, input.shape);
    return { relation: { op: 'project', input: input.relation, row, expressions: indices.map((index): Scalar => ({ op: 'column', row, index, at: place })), ...shaped(shape), at: place }, shape };
  };
  const tables = [...new Set(open.map((it) => it.lineage?.table))];
  const parts: Lowered[] = tables.map((name) => {
    const shape = columnsShape(open.filter((it) => it.lineage?.table === name));
    return { relation: { op: 'values', blankRow: true, ...shaped(shape), at: place }, shape };
  });
  if (fixed.length > 0) {
    const { relation: input, shape } = columnsOf({ relation: rows, shape: given.shape }, fixed.map((it) => places[groups.indexOf(it)] ?? -1));
    parts.push({ relation: { op: 'distinct', input, ...shaped(shape), at: place }, shape });
  }
  const crossed = joinShapes(parts.map((it) => it.shape));
  const [first] = parts;
  if (first === undefined) return noRelation(env, call, syntaxError);
  const combinations: Relation = parts.length === 1 ? first.relation : { op: 'cross', inputs: parts.map((it) => it.relation), ...shaped(crossed), at: place };
  const filtered: Relation = { op: 'calculate', changes, transition: [], input: combinations, ...shaped(crossed), at: place };
  const order = groups.map((group) => (crossed.columns ?? []).findIndex((it) => sameColumn(it.lineage, group.lineage)));
  const all = columnsOf({ relation: filtered, shape: crossed }, order);
  const known = columnsOf({ relation: rows, shape: given.shape }, places);
  const missing: Relation = { op: 'except', left: all.relation, right: known.relation, ...shaped(all.shape), at: place };
  const { id: row } = openRow(env, all.shape);
  const expressions = columns.map((_, i): Scalar => (places.includes(i) ? { op: 'column', row, index: places.indexOf(i), at: place } : blank));
  const shape = columnsShape(columns);
  const added: Relation = { op: 'project', input: missing, row, expressions, ...shaped(shape), at: place };
  const body: Relation = { op: 'union', inputs: [rows, added], ...shaped(shape), at: place };
  return { relation: { op: 'let', variables: [{ kind: 'table', id, name: '', value: given.relation }], body, ...shaped(shape), at: place }, shape };
};

export const missingItems: readonly (readonly [string, RelationLowering])[] = [['ADDMISSINGITEMS', addMissingItems]];
