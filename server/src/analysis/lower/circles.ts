/** Metrics of a job that read themselves, by what their plans read. */
import { circlesAmong } from '../../base/circles.ts';
import type { MeasureSlot } from './context.ts';

/** By index of a metric that takes part in a circle: the circle, from the metric back to itself; see `Circles.way`. */
export function circularSlots(slots: readonly MeasureSlot[]): ReadonlyMap<number, readonly (number | undefined)[]> {
  const circles = circlesAmong(slots.keys(), (it) => slots[it]?.reads ?? []);
  return new Map([...slots.keys()].filter((it) => circles.has(it)).map((it) => [it, circles.way(it) ?? []]));
}
