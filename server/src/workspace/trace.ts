/** What an evaluation did, as a tree of the sub-expressions of its texts. */
import type { Segment } from '../../../grammar/src/tree.ts';
import type { LoweringSource } from '../analysis/index.ts';
import type { QueryResult } from '../plan/plan.ts';
import type { TraceStep } from '../plan/trace.ts';

/** A step of a trace with its text, and the steps that it asked for, in the order of the text. */
export interface TraceNode {
  readonly text: string;
  /** File of the text; empty for the query's own. */
  readonly uri: string;
  /** The definition that holds the text, where it is one's. */
  readonly segment: Segment | undefined;
  readonly step: TraceStep;
  readonly children: readonly TraceNode[];
}

export interface Traced {
  readonly result: QueryResult;
  readonly trace: readonly TraceNode[];
}

/** @param sources the texts that places of the steps point into */
export function traceTree(steps: readonly TraceStep[], sources: readonly LoweringSource[]): readonly TraceNode[] {
  const byParent = new Map<number | undefined, number[]>();
  steps.forEach(({ parent }, i) => {
    const list = byParent.get(parent);
    if (list === undefined) byParent.set(parent, [i]);
    else list.push(i);
  });
  // A step comes after its parent, so children are made before those who hold them: nesting costs no stack.
  const nodes = new Map<number, TraceNode>();
  const childrenOf = (index: number | undefined): readonly TraceNode[] =>
    (byParent.get(index) ?? []).flatMap((it) => nodes.get(it) ?? []).sort((a, b) => a.step.at.source - b.step.at.source || a.step.at.start - b.step.at.start || b.step.at.end - a.step.at.end);
  for (let i = steps.length - 1; i >= 0; i--) {
    const step = steps[i];
    const source = step === undefined ? undefined : sources[step.at.source];
    if (step === undefined || source === undefined) continue;
    nodes.set(i, { text: source.text.slice(step.at.start, step.at.end), uri: source.uri, segment: source.segment, step, children: childrenOf(i) });
  }
  return childrenOf(undefined);
}
