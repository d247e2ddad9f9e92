/** Tests that an editor asked for by their ids, run. */
import { runTests, testFilter, testsOf, type TestedTag } from '../../workspace/tests.ts';
import type { Cancellation, Workspace } from '../../workspace/types.ts';
import { testId } from './list.ts';

export interface Outcome {
  readonly id: string;
  readonly state: 'passed' | 'failed' | 'notEvaluated';
  readonly expected: string;
  readonly actual: string;
  readonly filter: string | undefined;
  readonly details: readonly string[];
  readonly madeUp: readonly string[] | undefined;
}

/**
 * Runs tests of a document as it is now.
 *
 * @param ids all of the document where undefined; those that are not there any more have no outcome
 * @param onDone told after each metric
 */
export async function runListed(
  workspace: Workspace, uri: string, ids: readonly string[] | undefined, cancellation: Cancellation | undefined, onDone: (done: readonly Outcome[]) => void,
): Promise<void> {
  const document = await workspace.document(uri);
  if (document === undefined) return;
  const wanted = ids === undefined ? undefined : new Set(ids);
  const tests = testsOf(document).filter((it) => wanted?.has(testId(it)) !== false);
  await runTests(workspace, tests, cancellation, (done) => onDone(done.map(outcomeOf)));
}

const outcomeOf = ({ test, result }: TestedTag): Outcome => ({
  id: testId(test),
  state: result.passed ? 'passed' : result.notEvaluated === true ? 'notEvaluated' : 'failed',
  expected: result.expected,
  actual: result.actual,
  filter: testFilter(test),
  details: result.details,
  madeUp: result.madeUp,
});
