/** Levels of subtotals below each other: what a level does not group by is BLANK in it. */
import type { Relation, RollupPlan } from '../../../plan/plan.ts';
import { concat, constant, type Vector } from '../../values/vector.ts';
import type { Job } from '../job.ts';
import { byContext, columnOf, lazyRows, mergeSpoiled, ownedRows, rowsOf, type Rows } from '../rows.ts';
import { all, type Task } from '../task.ts';

/** The rows of all levels, those of one context together. Each level has its group-by columns, then the extensions. */
export function stackLevels(job: Job, node: Extract<Relation, { op: 'summarizeColumns' }>, { layout, levels }: RollupPlan, given: readonly Rows[], size: number): Rows {
  const parts = given.map((it) => ownedRows(it, size));
  const length = parts.reduce((sum, it) => sum + it.set.length, 0);
  job.budget.reserveRows(length, 8 * node.columns.length);
  const set = lazyRows(node.columns, length, function* (index) {
    const place = layout[index];
    return concat(yield* all(parts.map(function* (part, i): Task<Vector> {
      const level = levels[i];
      if (level === undefined) throw new Error('rows of no level');
      if (place === undefined) return yield* columnOf(part.set, level.kept.length + index - layout.length);
      if ('mark' in place) return constant('boolean', level.marks[place.mark] ?? null, part.set.length);
      const at = level.kept.indexOf(place.by);
      return at < 0 ? constant('blank', null, part.set.length) : yield* columnOf(part.set, at);
    })));
  });
  const spoiled = parts.reduce<Rows['spoiled']>((acc, it) => mergeSpoiled(acc, it.spoiled), undefined);
  if (size === 1) return rowsOf(set, undefined, spoiled);
  const owners = Int32Array.from(parts.flatMap((it) => [...it.owners]));
  return byContext(set, owners, spoiled);
}
