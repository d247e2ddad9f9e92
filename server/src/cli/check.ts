/** `dax-metrics check`: every finding of the files that are named. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import packageJson from '../../../package.json';
import { closest } from '../base/closest.ts';
import { lineIndex, type LineIndex } from '../base/spans.ts';
import { relativeTo } from '../base/uri.ts';
import type { LocatedFinding, Workspace } from '../workspace/types.ts';
import { allRules } from '../lint/index.ts';
import { exitCodes, UsageError } from './exit.ts';
import { certainFix } from '../ide/fixAll.ts';
import { mend } from './mend.ts';
import { formatCheck, mendedText, type CheckFormat } from './output/checkFormats.ts';
import { reportRow, type ReportRow } from './output/checkReport.ts';
import { openProject, type CommonOptions } from './project.ts';

export interface CheckOptions extends CommonOptions {
  readonly format: CheckFormat;
  readonly fix?: true;
  readonly maxWarnings?: number;
  readonly only?: readonly string[];
}

export async function checkCommand(paths: readonly string[], options: CheckOptions): Promise<number> {
  checkOnly(options.only ?? []);
  const project = await openProject(paths, options);
  try {
    if (project.files.length === 0) throw new UsageError('no metric file, page or model found');
    const wanted = (it: LocatedFinding): boolean =>
      options.only === undefined || options.only.includes(it.rule) || options.only.includes(it.category);
    const mended = options.fix === true ? await mend(project.workspace, project.files, wanted) : [];
    const reports: (readonly ReportRow[])[] = [];
    let mendable = 0;
    for (const uri of project.files) {
      const findings = (await project.workspace.findings(uri)).filter(wanted);
      mendable += findings.filter((it) => certainFix(it, uri) !== undefined).length;
      reports.push(await report(project.workspace, project.root, uri, findings));
    }
    const rows = reports.flat();
    const sum = {
      checked: project.files.length,
      mendable,
      mended: mended.map(({ uri, rule, title }) => ({ file: relativeTo(project.root, uri), rule, title })).sort((a, b) => (a.file < b.file ? -1 : a.file > b.file ? 1 : 0)),
    };
    const text = formatCheck(options.format, rows, sum, process.stdout.isTTY, { version: packageJson.version, ...rulePages() });
    process.stdout.write(text === '' ? '' : `${text}\n`);
    // Output for machines is findings alone.
    if (mended.length > 0 && options.format !== 'stylish') process.stderr.write(`dax-metrics: ${mendedText(mended.length)}\n`);
    const errors = rows.filter((it) => it.severity === 'error').length;
    const warnings = rows.filter((it) => it.severity === 'warning').length;
    return errors > 0 || warnings > (options.maxWarnings ?? Infinity) ? exitCodes.findings : exitCodes.fine;
  } finally {
    project.dispose();
  }
}

/** The names of `--only` are those of rules or categories; one that is neither would hide everything. */
function checkOnly(names: readonly string[]): void {
  const known = new Set([...allRules].flatMap(([rule, it]) => [rule, it.category]));
  for (const it of names) {
    if (known.has(it)) continue;
    const suggestion = closest(it, known);
    throw new UsageError(`--only ${it} is no rule or category${suggestion === undefined ? '' : `; did you mean ${suggestion}?`}`);
  }
}

/** The pages of the rules that are installed beside the command. */
function rulePages(): { readonly rulePages?: string } {
  const folder = path.join(__dirname, '..', 'docs', 'rules');
  return existsSync(folder) ? { rulePages: `${pathToFileURL(folder).href}/` } : {};
}

async function report(
  workspace: Workspace, root: string, uri: string, findings: readonly LocatedFinding[],
): Promise<readonly ReportRow[]> {
  const document = await workspace.document(uri);
  const lines = document?.lines ?? lineIndex('');
  const others = new Map<string, LineIndex>();
  for (const it of findings.flatMap((finding) => finding.fixes).flatMap((fix) => fix.edits)) {
    if (it.uri === undefined || others.has(it.uri)) continue;
    const other = await workspace.document(it.uri);
    if (other !== undefined) others.set(it.uri, other.lines);
  }
  return findings.map((it) => reportRow(root, uri, lines, it, (other) => others.get(other)));
}
