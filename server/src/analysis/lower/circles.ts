/** Metrics of a job that read themselves, by what their plans read. */
import type { MeasureSlot } from './context.ts';

/** By index of a metric that takes part in a circle: the circle, from the metric back to itself. */
export function circularSlots(slots: readonly MeasureSlot[]): ReadonlyMap<number, readonly number[]> {
  const circles = new Map<number, readonly number[]>();
  for (const i of inCircles(slots)) circles.set(i, pathBack(slots, i));
  return circles;
}

/** What remains when those that read nothing open, and those that nothing open reads, are taken away again and again. */
function inCircles(slots: readonly MeasureSlot[]): readonly number[] {
  const reads = slots.map((it) => new Set(it.reads));
  const readBy = slots.map(() => new Set<number>());
  reads.forEach((its, i) => { for (const it of its) readBy[it]?.add(i); });
  const gone = new Set<number>();
  const queue = slots.map((_, i) => i);
  for (let at = 0; at < queue.length; at++) {
    const i = queue[at] ?? 0;
    if (gone.has(i)) continue;
    const open = reads[i];
    const users = readBy[i];
    if (open === undefined || users === undefined || (open.size > 0 && users.size > 0)) continue;
    gone.add(i);
    for (const it of open) if (readBy[it]?.delete(i) === true) queue.push(it);
    for (const it of users) if (reads[it]?.delete(i) === true) queue.push(it);
  }
  // A metric between two circles is left over too; it is in none when no way leads back.
  return slots.flatMap((_, i) => (!gone.has(i) && pathBack(slots, i).length > 0 ? [i] : []));
}

function pathBack(slots: readonly MeasureSlot[], from: number): readonly number[] {
  const before = new Map<number, number>();
  const queue = [from];
  for (let at = 0; at < queue.length; at++) {
    const it = queue[at] ?? 0;
    for (const next of slots[it]?.reads ?? []) {
      if (next === from) {
        const path = [from];
        for (let step: number | undefined = it; step !== undefined; step = before.get(step)) path.unshift(step);
        return path;
      }
      if (before.has(next)) continue;
      before.set(next, it);
      queue.push(next);
    }
  }
  return [];
}
