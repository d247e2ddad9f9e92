/** Counts the branches that an evaluation takes; like a trace, only a job that asks for it has one. */
import type { BranchCounts, JobCoverage } from '../../plan/coverage.ts';
import type { Scalar } from '../../plan/plan.ts';
import type { Cell } from '../../plan/values.ts';
import type { Context } from '../formula/batch.ts';
import type { Task } from '../formula/task.ts';
import { isCaught } from '../functions/logical.ts';
import { cellAt, type Vector } from '../values/vector.ts';
import type { Tracer } from './tracer.ts';

export interface CoverageTracer extends Tracer {
  readonly coverage: () => JobCoverage;
}

/** What the value of a branch tells, for the contexts that it was evaluated for. */
type Tell = (value: Vector) => void;

/** @param measures how many the job has */
export function coverageTracer(measures: number): CoverageTracer {
  const evaluated = new Array<number>(measures).fill(0);
  const calls = new Map<Scalar, BranchCounts & { readonly taken: number[] }>();
  const told = new Map<Scalar, Tell[]>();

  const watch = (branch: Scalar | null, tell: Tell): void => {
    if (branch === null) return;
    const known = told.get(branch);
    if (known === undefined) told.set(branch, [tell]);
    else known.push(tell);
  };
  /** Counts the branches of a node from when it is first met. */
  const meet = (node: Scalar): void => {
    const { at } = node;
    const branches = branchesOf(node);
    if (at === undefined || branches === undefined || calls.has(node)) return;
    const taken = branches.map(() => 0);
    calls.set(node, { at, taken });
    const add = (index: number, count: number): void => void (taken[index] = (taken[index] ?? 0) + count);
    branches.forEach((branch, i) => {
      if (node.op === 'coalesce' && i < branches.length - 1) watch(branch, (value) => add(i, countOf(value, (cell) => cell !== null)));
      else if (node.op !== 'call') watch(branch, (value) => add(i, value.length));
    });
    // IFERROR evaluates both for all contexts: the first tells which one counts.
    if (node.op === 'call') watch(branches[0] ?? null, (value) => {
      const caught = countOf(value, isCaught);
      add(0, value.length - caught);
      add(1, caught);
    });
  };
  function* scalar(node: Scalar, context: Context, evaluate: (context: Context) => Task<Vector>): Task<Vector> {
    if (node.op === 'measure') evaluated[node.index] = (evaluated[node.index] ?? 0) + context.batch.size;
    meet(node);
    const value = yield* evaluate(context);
    for (const tell of told.get(node) ?? []) tell(value);
    return value;
  }
  return {
    steps: [],
    scalar,
    relation: (_, context, evaluate) => evaluate(context),
    coverage: () => ({ branches: [...calls.values()], measures: evaluated }),
  };
}

/** The nodes of which one gives the value of a node; undefined for nodes without a choice. */
function branchesOf(node: Scalar): readonly (Scalar | null)[] | undefined {
  switch (node.op) {
    case 'if': return [node.then, node.otherwise];
    case 'switch': return [...node.arms.map((it) => it.then), node.otherwise];
    case 'coalesce': return node.args;
    case 'call': return node.name === 'IFERROR' ? node.args : undefined;
    default: return undefined;
  }
}

function countOf(vector: Vector, test: (cell: Cell) => boolean): number {
  let count = 0;
  for (let i = 0; i < vector.length; i++) if (test(cellAt(vector, i))) count++;
  return count;
}
