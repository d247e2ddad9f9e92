/**
 * ADDMISSINGITEMS with ROLLUPISSUBTOTAL: rows are added to the groups; whether subtotals are added that the table lacks is
 * not documented.
 */
import type { Call, ColumnReference, Expression } from '../../../../../grammar/src/tree.ts';
import { nameKey } from '../../../model/model.ts';
import type { ColumnRef, Relation } from '../../../plan/plan.ts';
import { unwrap } from '../../scope.ts';
import { columnsShape, sameColumn } from '../../shapes.ts';
import { troubleOf, type RelationLowering } from '../calls.ts';
import { at, noFeature, noRelation, shaped, syntaxError, typeError, type LowerEnv, type Lowered } from '../context.ts';
import { columnTarget, lowerRelation } from '../relations.ts';
import { markedLevels, rollupCall } from './rollups.ts';

/** ADDMISSINGITEMS(columns to show, table of SUMMARIZECOLUMNS, its group-by columns and levels of subtotals, filter tables). */
export const missingWithSubtotals: RelationLowering = (call, env) => {
  const given = call.args.flatMap((it) => (it.kind === 'omitted' ? [] : [it]));
  const start = given.findIndex((it) => unwrap(it).kind !== 'column');
  const table = given[start];
  if (table === undefined) return noRelation(env, call, syntaxError);
  const input = lowerRelation(table, env);
  if (input.relation.op === 'notEvaluated') return input;
  const columns: ColumnReference[] = [];
  const filters: Relation[] = [];
  const flags: { readonly column: Expression; readonly kept: readonly ColumnReference[] }[] = [];
  for (const argument of given.slice(start + 1)) {
    const it = unwrap(argument);
    const rollup = rollupCall(it);
    if (it.kind === 'column') columns.push(it);
    else if (rollup === undefined) {
      const { relation } = lowerRelation(it, env);
      if (relation.op === 'notEvaluated') return { relation, shape: input.shape };
      filters.push(relation);
    } else {
      const marked = troubleOf(rollup) ?? markedLevels(rollup);
      if ('id' in marked) return noRelation(env, rollup, marked);
      if (marked.filters.length > 0) return noRelation(env, rollup, noFeature('filters of levels of ROLLUPISSUBTOTAL', 'are'));
      if (flags.length > 0) return noRelation(env, rollup, noFeature('ADDMISSINGITEMS of several ROLLUPISSUBTOTAL'));
      for (const { columns: its, mark } of marked.levels) {
        if (mark !== undefined) flags.push({ column: mark, kept: columns.slice() });
        columns.push(...its);
      }
    }
  }
  return missingRows(call, given.slice(0, start), input, columns, filters, flags, env);
};

function missingRows(
  call: Call, shown: readonly Expression[], input: Lowered, columns: readonly ColumnReference[], filters: readonly Relation[],
  flags: readonly { readonly column: Expression; readonly kept: readonly ColumnReference[] }[], env: LowerEnv,
): Lowered {
  const known = input.shape.columns ?? [];
  const refs: ColumnRef[] = [];
  const by: number[] = [];
  if (columns.length === 0) return noRelation(env, call, noFeature('ADDMISSINGITEMS without group-by columns'));
  for (const it of columns) {
    const target = columnTarget(it, env);
    if (target.kind === 'none') return noRelation(env, it, target.reason);
    const index = known.findIndex((column) => sameColumn(column.lineage, target.column));
    if (index < 0) return noRelation(env, it, typeError('ADDMISSINGITEMS by a column that its table does not have'));
    refs.push(target.column);
    by.push(index);
  }
  const shownColumns = shown.map((it) => columnTarget(it, env));
  const isShown = (ref: ColumnRef): boolean => shownColumns.some((it) => it.kind === 'column' && sameColumn(it.column, ref));
  if (shown.length > 0 && !refs.every(isShown)) return noRelation(env, call, noFeature('ADDMISSINGITEMS that shows the items of some of its columns'));
  if (known.some((it, i) => it.lineage !== undefined && !by.includes(i))) return noRelation(env, call, noFeature('ADDMISSINGITEMS by some of the columns that its table groups by'));
  const marks: { readonly column: number; readonly kept: readonly number[] }[] = [];
  for (const { column, kept } of flags) {
    const name = column.kind === 'column' ? nameKey(column.column.text) : undefined;
    const index = known.findIndex((it) => it.lineage === undefined && nameKey(it.column) === name);
    if (index < 0) return noRelation(env, column, typeError('ROLLUPISSUBTOTAL wants the column that marks a subtotal'));
    marks.push({ column: index, kept: kept.map((it) => columns.indexOf(it)) });
  }
  const shape = columnsShape(known);
  return { relation: { op: 'addMissing', input: input.relation, by, refs, filters, flags: marks, ...shaped(shape), at: at(env, call) }, shape };
}
