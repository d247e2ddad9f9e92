/** Measures that depend on themselves, found before anything is evaluated. */
import type { MeasurePlan } from '../../plan/plan.ts';

/** For each measure of a circle the names around it: `A → B → A`. */
export function circlesOf(measures: readonly MeasurePlan[]): ReadonlyMap<number, string> {
  const reads = measures.map((it) => measuresRead(it.expression));
  const circles = new Map<number, string>();
  measures.forEach((_, start) => {
    const way = wayBack(reads, start);
    if (way !== undefined) circles.set(start, way.map((it) => measures[it]?.name ?? '').join(' → '));
  });
  return circles;
}

/** The shortest way from a measure to itself. */
function wayBack(reads: readonly (readonly number[])[], start: number): readonly number[] | undefined {
  const cameFrom = new Map<number, number>();
  const open = [start];
  for (const at of open) {
    for (const next of reads[at] ?? []) {
      if (next === start) {
        const way = [start];
        for (let it: number | undefined = at; it !== undefined && it !== start; it = cameFrom.get(it)) way.unshift(it);
        return at === start ? [start, start] : [start, ...way];
      }
      if (cameFrom.has(next)) continue;
      cameFrom.set(next, at);
      open.push(next);
    }
  }
  return undefined;
}

/** Indices of the measures that a plan refers to; plans are plain records, so every nested record is looked into. */
function measuresRead(plan: unknown): readonly number[] {
  const found = new Set<number>();
  const open: unknown[] = [plan];
  while (open.length > 0) {
    const it = open.pop();
    if (typeof it !== 'object' || it === null) continue;
    if ('op' in it && it.op === 'measure' && 'index' in it && typeof it.index === 'number') found.add(it.index);
    for (const value of Object.values(it)) if (typeof value === 'object') open.push(value);
  }
  return [...found];
}
