/** `dax-metrics test --coverage`: what the tests of the named files reach. */
import { positionAt } from '../base/spans.ts';
import { relativeTo } from '../base/uri.ts';
import { testCoverage, testsIn } from '../workspace/index.ts';
import type { CoverageRow } from './output/coverageFormats.ts';
import type { OpenProject } from './project.ts';

/** The metrics of the named files, and of those that their metrics read, in order of file and place. */
export async function coverageRows({ workspace, files, root }: Pick<OpenProject, 'workspace' | 'files' | 'root'>): Promise<readonly CoverageRow[]> {
  const tests = (await Promise.all(files.map((it) => testsIn(workspace, it)))).flat();
  const found = await testCoverage(workspace, tests, files);
  return found
    .toSorted((a, b) => (a.document.uri < b.document.uri ? -1 : 1))
    .flatMap(({ document, metrics }) => metrics.map(({ name, nameSpan, contexts, choices }): CoverageRow => {
      const placeOf = (offset: number): { readonly line: number; readonly column: number } => {
        const { line, column } = positionAt(document.lines, offset);
        return { line: line + 1, column: column + 1 };
      };
      return {
        file: relativeTo(root, document.uri),
        ...placeOf(nameSpan.start),
        metric: name,
        read: contexts > 0,
        branches: choices.flatMap((it) => it.branches.map(({ label, span, taken }) => ({
          ...placeOf(span.start), function: it.name, branch: label, text: document.text.slice(span.start, span.end).replace(/\s+/g, ' '), taken,
        }))),
      };
    }));
}
