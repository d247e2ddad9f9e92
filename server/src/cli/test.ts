/** `dax-metrics test`: every `@expect` and `@compare` of the files that are named, held against the sample data. */
import { positionAt } from '../base/spans.ts';
import { relativeTo } from '../base/uri.ts';
import { runExpectations, type ExpectationResult } from '../workspace/index.ts';
import type { WorkspaceDocument } from '../workspace/types.ts';
import { exitCodes, UsageError } from './exit.ts';
import { writeText } from './files.ts';
import { coverageText, type CoverageRow } from './output/coverageFormats.ts';
import { formatTest, type TestFormat, type TestRow } from './output/testFormats.ts';
import { madeUpNote } from './output/madeUpNote.ts';
import { openProject, type CommonOptions } from './project.ts';

export interface TestOptions extends CommonOptions {
  readonly update?: true;
  readonly mutate?: true;
  readonly coverage?: true;
  /** Percent of mutants. */
  readonly minKilled?: number;
  readonly format: TestFormat;
}

export async function testCommand(paths: readonly string[], options: TestOptions): Promise<number> {
  const project = await openProject(paths, options);
  try {
    if (project.files.length === 0) throw new UsageError('no metric file, page or model found');
    if (options.coverage === true && options.mutate === true) throw new UsageError('--coverage does not go with --mutate');
    if (options.coverage === true && options.format === 'junit') throw new UsageError('--coverage is told as stylish or json');
    if (options.mutate === true) return await (await import('./mutate.ts')).mutateCommand(project, options);
    if (options.minKilled !== undefined) throw new UsageError('--min-killed goes with --mutate');
    const rows: TestRow[] = [];
    for (const uri of project.files) {
      const document = await project.workspace.document(uri);
      if (document === undefined) continue;
      const started = Date.now();
      const results = await runExpectations(project.workspace, uri);
      const milliseconds = results.length === 0 ? 0 : (Date.now() - started) / results.length;
      const pinned = options.update === true ? await pin(document, results) : new Set<ExpectationResult>();
      for (const it of results) rows.push(testRow(project.root, document, it, pinned.has(it), milliseconds));
    }
    const coverage = options.coverage === true ? await (await import('./coverage.ts')).coverageRows(project) : undefined;
    process.stdout.write(told(options.format, rows, coverage) + '\n');
    const madeUp = new Set(rows.flatMap((it) => it.generated ?? []));
    const held = rows.filter((it) => it.generated !== undefined).length;
    if (held > 0) process.stderr.write(madeUpNote(madeUp, `, and ${held === 1 ? 'one tag is' : `${String(held)} tags are`} held against them`));
    return rows.every((it) => it.state !== 'failed') ? exitCodes.fine : exitCodes.findings;
  } finally {
    project.dispose();
  }
}

/** With coverage, JSON is an object of both. */
function told(format: TestFormat, rows: readonly TestRow[], coverage: readonly CoverageRow[] | undefined): string {
  if (coverage === undefined) return formatTest(format, rows, process.stdout.isTTY);
  return format === 'json' ? JSON.stringify({ tests: rows, coverage }, undefined, 2)
    : `${formatTest(format, rows, process.stdout.isTTY)}\n\n${coverageText(coverage, process.stdout.isTTY)}`;
}

function testRow(root: string, document: WorkspaceDocument, it: ExpectationResult, pinned: boolean, milliseconds: number): TestRow {
  const start = positionAt(document.lines, it.span.start);
  return {
    file: relativeTo(root, document.uri),
    line: start.line + 1,
    column: start.column + 1,
    kind: it.kind,
    metric: it.metric,
    model: it.model ?? null,
    expectation: it.title,
    state: pinned ? 'updated' : it.passed ? 'passed' : 'failed',
    expected: it.expected,
    actual: it.actual,
    details: it.details,
    ...(it.madeUp === undefined ? {} : { generated: it.madeUp }),
    milliseconds,
  };
}

/** Writes computed values over those of failing tags; what is no value cannot be pinned. */
async function pin(document: WorkspaceDocument, results: readonly ExpectationResult[]): Promise<ReadonlySet<ExpectationResult>> {
  const edits = results.filter((it) => !it.passed && it.pin !== undefined);
  if (edits.length === 0) return new Set();
  let { text } = document;
  for (const it of edits.toSorted((a, b) => (b.pin?.span.start ?? 0) - (a.pin?.span.start ?? 0))) {
    if (it.pin !== undefined) text = text.slice(0, it.pin.span.start) + it.pin.newText + text.slice(it.pin.span.end);
  }
  await writeText(document.uri, text);
  return new Set(edits);
}
