/** Expectations that cannot hold, because what they read changes by itself. */
import type { Bound } from '../analysis/bound.ts';

/**
 * Why an expectation cannot hold from one day to the next, as a clause that follows a colon.
 *
 * @param reads the metric, everything it depends on, and the DAX of the expectation itself
 * @param clock the project's clock: `now`, `data` or a date-time
 * @param madeUp names of the tables with made-up rows on which they depend
 * @returns undefined: nothing that is read changes by itself
 */
export function instability(reads: Iterable<Bound>, clock: string, madeUp: readonly string[] = []): string | undefined {
  const [table] = madeUp;
  if (table !== undefined) return `it reads ${table}, whose rows are made up because it has no source; give it one, or rows`;
  if (clock !== 'now') return undefined;
  for (const bound of reads) {
    for (const { target } of bound.references) {
      if (target.kind !== 'function' || target.spec.volatile !== 'clock') continue;
      return `${subject(bound)} reads the clock of the machine through ${target.spec.name}; give the project a fixed clock`;
    }
  }
  return undefined;
}

function subject(bound: Bound): string {
  const { item } = bound.segment;
  return item.kind === 'measure' ? item.name : 'it';
}
