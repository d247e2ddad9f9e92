/** TREATAS: values under other columns of the model; what a column does not hold is left out. */
import type { Relation } from '../../../plan/plan.ts';
import type { Evaluate } from '../../context/changes.ts';
import { allCombinations } from '../../context/changes.ts';
import { comparable, matchKey } from '../../values/compare.ts';
import { cellAt, toCells, typed, type Vector } from '../../values/vector.ts';
import { stopped } from '../../budget.ts';
import type { Context } from '../batch.ts';
import type { Job } from '../job.ts';
import { columnOf, columnsOf, itemsAt, pickRows, type Rows, type RowSet } from '../rows.ts';
import { all, both, type Task } from '../task.ts';
import { indicesWhere } from '../../values/indices.ts';

export function* treatAs(job: Job, evaluate: Evaluate, node: Extract<Relation, { op: 'treatAs' }>, context: Context): Task<Rows> {
  const input = yield* evaluate.relation(job, node.input, context);
  const targets = node.columns.flatMap((it) => (it.lineage === undefined ? [] : [it.lineage]));
  const [values, known] = yield* both(columnsOf(input.set), all(targets.map(function* (column) {
    return yield* columnOf((yield* allCombinations(job, [column])).set, 0);
  })));
  const holds = known.map((column, i) => membership(values[i] as Vector, column));
  const picks = indicesWhere(input.set.length, (row) => holds.every((it) => it(row)));
  const picked = pickRows(input.set, picks);
  const set: RowSet = { ...picked, columns: node.columns, table: undefined, handles: undefined, read: new Map() };
  return { set, owners: itemsAt(picks, input.owners), spoiled: input.spoiled };
}

function membership(values: Vector, column: Vector): (row: number) => boolean {
  if (!comparable(values.type, column.type)) throw stopped({ id: 'type-error', detail: 'TREATAS of values of another type than the column' });
  const keys = new Set(toCells(column).map((it) => matchKey(it, column.type)));
  return (row) => {
    const it = typed(cellAt(values, row), values.type);
    return keys.has(matchKey(it.value, it.type));
  };
}
