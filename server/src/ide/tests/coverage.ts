/** Coverage of tests that an editor asked for by their ids. */
import { testCoverage, type DocumentCoverage } from '../../workspace/testCoverage.ts';
import { testsIn } from '../../workspace/tests.ts';
import type { Cancellation, Workspace } from '../../workspace/types.ts';
import { testId } from './list.ts';

export interface ChosenTests {
  readonly uri: string;
  /** All of the file where undefined. */
  readonly ids: readonly string[] | undefined;
}

/** What tests reach, in all files that their metrics read. */
export async function listedCoverage(workspace: Workspace, chosen: readonly ChosenTests[], cancellation: Cancellation): Promise<readonly DocumentCoverage[]> {
  const tests = await Promise.all(chosen.map(async ({ uri, ids }) => {
    const wanted = ids === undefined ? undefined : new Set(ids);
    return (await testsIn(workspace, uri)).filter((it) => wanted?.has(testId(it)) !== false);
  }));
  return testCoverage(workspace, tests.flat(), [], cancellation);
}
