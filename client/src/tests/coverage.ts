// Coverage of a run: the definitions that its tests read, and the branches of IF, SWITCH, COALESCE and IFERROR in them.
import { BranchCoverage, DeclarationCoverage, FileCoverage, Range, StatementCoverage, Uri, type CancellationToken, type FileCoverageDetail, type TestRun } from 'vscode';
import type { CoveredFile, CoveredMetric, RunTestsParams, TestCoverageParams } from '../../../server/src/lsp/protocol.ts';
import type { Session } from '../session.ts';

/** Details of the files of runs, for as long as the editor shows them. */
const details = new WeakMap<FileCoverage, readonly FileCoverageDetail[]>();

export const detailsOf = (file: FileCoverage): FileCoverageDetail[] => [...(details.get(file) ?? [])];

/** Asks what tests reach, and adds it to their run. */
export async function addCoverage(session: Session, run: TestRun, tests: readonly RunTestsParams[], token: CancellationToken): Promise<void> {
  const client = await session.ready();
  const params: TestCoverageParams = { tests };
  for (const it of (await client?.sendRequest<readonly CoveredFile[]>('daxMetrics/testCoverage', params, token)) ?? []) {
    const all = it.metrics.flatMap(detailsOfMetric);
    const file = FileCoverage.fromDetails(Uri.parse(it.uri), all);
    details.set(file, all);
    run.addCoverage(file);
  }
}

/** A metric is a declaration; of its choices each is a statement, so that a branch is marked where it stands. */
function detailsOfMetric({ name, range, count, choices }: CoveredMetric): readonly FileCoverageDetail[] {
  return [
    new DeclarationCoverage(name, count, toRange(range)),
    new StatementCoverage(count, toRange(range)),
    ...choices.map((it) => new StatementCoverage(
      it.branches.reduce((sum, branch) => sum + branch.count, 0),
      toRange(it.range),
      it.branches.map((branch) => new BranchCoverage(branch.count, toRange(branch.range), `${it.name}: ${branch.label}`)),
    )),
  ];
}

const toRange = ({ start, end }: CoveredMetric['range']): Range => new Range(start.line, start.character, end.line, end.character);
