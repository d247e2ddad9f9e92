/** ADDMISSINGITEMS: the combinations of values that a table lacks, as rows that are BLANK in all other columns. */
import type { Relation } from '../../../plan/plan.ts';
import type { Cell, ValueType } from '../../../plan/values.ts';
import { stopped, Stopped } from '../../budget.ts';
import { changeContext, type Evaluate } from '../../context/changes.ts';
import { pulse } from '../../pulse.ts';
import { isFailure, isVariant } from '../../values/cells.ts';
import { matchKey } from '../../values/compare.ts';
import { cellAt, concat, constant, pick, type Vector } from '../../values/vector.ts';
import type { Context } from '../batch.ts';
import type { Job } from '../job.ts';
import { byContext, columnOf, lazyRows, mergeSpoiled, ownedRows, rowsOf, spoiledAt, type Rows } from '../rows.ts';
import { combinationsOf } from './summarize.ts';
import { all, type Task } from '../task.ts';

type Node = Extract<Relation, { op: 'addMissing' }>;
type Owned = Rows & { readonly owners: Int32Array };

export function* addMissing(job: Job, evaluate: Evaluate, node: Node, outer: Context): Task<Rows> {
  const { size } = outer.batch;
  const input = ownedRows(yield* evaluate.relation(job, node.input, outer), size);
  const { context, spoiled } = yield* changeContext(job, evaluate, node.filters.map((relation) => ({ change: 'filter', relation, keep: false }) as const), [], outer);
  const found = ownedRows(yield* combinationsOf(job, node.refs, context), size);
  const known = yield* all(node.by.map((it) => columnOf(input.set, it)));
  const shown = yield* all(node.by.map((_, i) => columnOf(found.set, i)));
  const marks = yield* all(node.flags.map((it) => columnOf(input.set, it.column)));
  const picks = missing(node, input, known, marks, found, shown);
  const length = input.set.length + picks.length;
  job.budget.reserveRows(length, 8 * node.columns.length);
  const set = lazyRows(node.columns, length, function* (index) {
    const at = node.by.indexOf(index);
    return concat([yield* columnOf(input.set, index), at < 0 ? constant('blank', null, picks.length) : pick(shown[at] as Vector, picks)]);
  });
  const faults = mergeSpoiled(mergeSpoiled(input.spoiled, found.spoiled), spoiled);
  if (size === 1) return rowsOf(set, undefined, faults);
  const owners = Int32Array.from([...input.owners, ...Array.from(picks, (it) => found.owners[it] as number)]);
  return byContext(set, owners, faults);
}

/** The combinations that no row of the input has. Each of their subtotals must be there: what becomes of others is not documented. */
function missing(node: Node, input: Owned, known: readonly Vector[], marks: readonly Vector[], found: Owned, shown: readonly Vector[]): Int32Array {
  const keyOf = (owner: number, vectors: readonly Vector[], row: number, level: number, columns: readonly number[]): string =>
    JSON.stringify([owner, level, ...columns.map((it) => keyed(cellAt(vectors[it] as Vector, row), (vectors[it] as Vector).type))]);
  const every = node.by.map((_, i) => i);
  const levels = node.flags.map((it) => it.kept);
  const present = new Set<string>();
  for (let row = 0; row < input.set.length; row++) {
    pulse();
    // The level of a row is the widest of those that are marked as subtotals.
    const level = marks.findIndex((it) => cellAt(it, row) === true);
    present.add(keyOf(input.owners[row] as number, known, row, level, level < 0 ? every : (levels[level] ?? [])));
  }
  const picks: number[] = [];
  for (let row = 0; row < found.set.length; row++) {
    pulse();
    const owner = found.owners[row] as number;
    // Of what could not be had nothing is missing.
    if (present.has(keyOf(owner, shown, row, -1, every)) || spoiledAt(input.spoiled, owner) !== undefined) continue;
    const lacks = levels.some((kept, level) => !present.has(keyOf(owner, shown, row, level, kept)));
    if (lacks) throw stopped({ id: 'feature-not-supported', what: 'ADDMISSINGITEMS of items without a subtotal' });
    picks.push(row);
  }
  return Int32Array.from(picks);
}

function keyed(cell: Cell, type: ValueType): string | null {
  if (isFailure(cell)) throw new Stopped(cell);
  return isVariant(cell) ? matchKey(cell.value, cell.type) : matchKey(cell, type);
}
