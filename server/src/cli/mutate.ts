/** `dax-metrics test --mutate`: metrics changed one thing at a time, and the changes that no expectation notices. */
import { positionAt } from '../base/spans.ts';
import { relativeTo } from '../base/uri.ts';
import { runMutations, type MutationReport } from '../workspace/index.ts';
import { exitCodes, UsageError } from './exit.ts';
import { formatMutation, killedShare, type MutationRow, type MutationRows } from './output/mutateFormats.ts';
import type { OpenProject } from './project.ts';
import type { TestOptions } from './test.ts';

export async function mutateCommand(project: OpenProject, options: TestOptions): Promise<number> {
  if (options.update === true) throw new UsageError('--mutate writes nothing: leave --update out');
  const { format } = options;
  if (format === 'junit') throw new UsageError('--mutate is told as stylish or json');
  const shows = process.stderr.isTTY && format === 'stylish';
  const report = await runMutations(project.workspace, project.files, {
    onProgress: shows ? (done, all) => void process.stderr.write(`\r${String(done)} of ${String(all)} metrics`) : undefined,
  });
  if (shows) process.stderr.write('\r\u001b[K');
  if (report.mutants.length === 0) throw new UsageError('no metric to mutate found');
  const rows = await rowsOf(project, report);
  process.stdout.write(`${formatMutation(format, rows, process.stdout.isTTY)}\n`);
  if (options.minKilled === undefined) return exitCodes.fine;
  const share = killedShare(rows);
  return share === undefined || share >= options.minKilled ? exitCodes.fine : exitCodes.findings;
}

async function rowsOf({ workspace, root }: OpenProject, report: MutationReport): Promise<MutationRows> {
  const place = async (uri: string, offset: number): Promise<Pick<MutationRow, 'file' | 'line' | 'column'>> => {
    const lines = await workspace.lines(uri);
    const at = lines === undefined ? { line: 0, column: 0 } : positionAt(lines, offset);
    return { file: relativeTo(root, uri), line: at.line + 1, column: at.column + 1 };
  };
  const mutants: MutationRow[] = [];
  for (const it of report.mutants) {
    mutants.push({
      ...(await place(it.uri, it.span.start)), metric: it.metric, model: it.model, operator: it.operator,
      before: it.before, after: it.after, state: it.state, because: it.because ?? null,
    });
  }
  const failing = report.failing.map((it) => ({ file: relativeTo(root, it.uri), metric: it.metric, expectation: it.expectation }));
  const unused: MutationRows['unused'][number][] = [];
  for (const it of report.unused) unused.push(await place(it.uri, it.span.start));
  return { mutants, failing, unused, equivalent: [...report.equivalent].map(([rule, count]) => ({ rule, count })) };
}
