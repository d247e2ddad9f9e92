/** Measures that depend on themselves, found before anything is evaluated. */
import { circlesAmong, wayText } from '../../base/circles.ts';
import type { MeasurePlan } from '../../plan/plan.ts';

/** For each measure of a circle the names around it: `A → B → A`. */
export function circlesOf(measures: readonly MeasurePlan[]): ReadonlyMap<number, string> {
  const circles = circlesAmong(measures.keys(), (it) => measuresRead(measures[it]?.expression));
  const name = (it: number): string => measures[it]?.name ?? '';
  return new Map([...measures.keys()].filter((it) => circles.has(it)).map((it) => [it, wayText(circles.way(it) ?? [], name)]));
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
