/** Combinations of the rows of several relations. */
import { pick } from '../../values/vector.ts';
import type { Job } from '../job.ts';
import { startsOf } from '../membership.ts';
import { columnOf, lazyRows, mergeSpoiled, rowsOf, type Rows } from '../rows.ts';

/** Every row of each part with every row of the others, context by context. */
export function crossRows(job: Job, parts: readonly Rows[], contexts: number): Rows {
  const [only] = parts;
  if (parts.length === 1 && only !== undefined && (only.owners !== undefined || contexts === 1)) return only;
  const ranges = parts.map((it) => startsOf(it, contexts));
  const counts = Array.from({ length: contexts }, (_, context) => ranges.reduce((acc, range) => {
    const [from, to] = range(context);
    return acc * (to - from);
  }, 1));
  const total = counts.reduce((acc, it) => acc + it, 0);
  job.budget.reserveRows(total, 160);
  const owners = new Int32Array(total);
  const picks = parts.map(() => new Int32Array(total));
  let next = 0;
  counts.forEach((count, context) => {
    let repeat = count;
    parts.forEach((_, part) => {
      const [from, to] = (ranges[part] as (context: number) => readonly [number, number])(context);
      const width = to - from;
      repeat = width === 0 ? 0 : repeat / width;
      const target = picks[part] as Int32Array;
      for (let i = 0; i < count; i++) target[next + i] = from + (Math.floor(i / repeat) % width);
    });
    owners.fill(context, next, next + count);
    next += count;
  });
  const places = parts.flatMap((it, part) => it.set.columns.map((column, index) => ({ column, part, index })));
  const set = lazyRows(places.map((it) => it.column), total, function* (index) {
    const place = places[index];
    if (place === undefined) throw new Error(`there is no column ${index}`);
    return pick(yield* columnOf((parts[place.part] as Rows).set, place.index), picks[place.part]);
  });
  const spoiled = parts.reduce<Rows['spoiled']>((acc, it) => mergeSpoiled(acc, it.spoiled), undefined);
  return rowsOf(set, contexts === 1 ? undefined : owners, spoiled);
}
