/** What an evaluation took of the definitions that it read: how often each, and each of its branches. */
import type { Segment } from '../../../grammar/src/tree.ts';
import type { LoweringSource } from '../analysis/index.ts';
import type { Span } from '../base/spans.ts';
import type { JobCoverage } from '../plan/coverage.ts';
import type { Job } from '../plan/plan.ts';

/** A definition, or a choice between branches in it, that was evaluated. */
export interface Covered {
  readonly uri: string;
  readonly segment: Segment;
  /** The call that chooses, in the segment; undefined: the definition itself. */
  readonly call: Span | undefined;
  /** In how many contexts each branch gave the value; of a definition, for how many it was asked. */
  readonly taken: readonly number[];
}

/** @param sources the texts that the places of the job's plans point into */
export function coveredBy(job: Job, { branches, measures }: JobCoverage, sources: readonly LoweringSource[]): readonly Covered[] {
  const found: Covered[] = [];
  const add = (source: number | undefined, call: Span | undefined, taken: readonly number[]): void => {
    const its = source === undefined ? undefined : sources[source];
    // What a query says for itself is nobody's definition.
    if (its?.segment !== undefined) found.push({ uri: its.uri, segment: its.segment, call, taken });
  };
  job.measures.forEach(({ expression }, i) => {
    const contexts = measures[i] ?? 0;
    if (contexts > 0) add(expression.at?.source, undefined, [contexts]);
  });
  for (const { at, taken } of branches) add(at.source, { start: at.start, end: at.end }, taken);
  return found;
}
