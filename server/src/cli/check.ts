/** `dax-metrics check`: every finding of the files that are named. */
import { closest } from '../base/closest.ts';
import { lineIndex, overlaps, type LineIndex } from '../base/spans.ts';
import type { Fix, TextEdit } from '../findings/finding.ts';
import type { LocatedFinding, Workspace } from '../workspace/types.ts';
import { allRules } from '../lint/index.ts';
import { exitCodes, UsageError } from './exit.ts';
import { writeText } from './files.ts';
import { formatCheck, type CheckFormat } from './output/checkFormats.ts';
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
    const reports: (readonly ReportRow[])[] = [];
    let mendable = 0;
    for (const uri of project.files) {
      if (options.fix === true) await mend(project.workspace, uri, wanted);
      const findings = (await project.workspace.findings(uri)).filter(wanted);
      mendable += findings.filter((it) => certainFix(it, uri) !== undefined).length;
      reports.push(await report(project.workspace, project.root, uri, findings));
    }
    const rows = reports.flat();
    const text = formatCheck(options.format, rows, { checked: project.files.length, mendable }, process.stdout.isTTY);
    process.stdout.write(text === '' ? '' : `${text}\n`);
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

/** The fix that `--fix` applies: the preferred one, where it stays within the file. */
const certainFix = (it: LocatedFinding, uri: string): Fix | undefined =>
  it.fixes.find((fix) => fix.preferred === true && fix.edits.every((edit) => edit.uri === undefined || edit.uri === uri));

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

/** Applies preferred fixes within the file, none over another, until nothing is left to mend. */
async function mend(workspace: Workspace, uri: string, wanted: (it: LocatedFinding) => boolean): Promise<void> {
  // Each pass mends at least one finding; a pair of rules that undo each other must not go on for ever.
  for (let pass = 0; pass < 10; pass++) {
    const document = await workspace.document(uri);
    if (document === undefined) return;
    const taken: TextEdit[] = [];
    for (const it of (await workspace.findings(uri)).filter(wanted)) {
      const fix = certainFix(it, uri);
      if (fix === undefined) continue;
      if (fix.edits.some((edit) => taken.some((other) => overlaps(edit.span, other.span)))) continue;
      taken.push(...fix.edits);
    }
    if (taken.length === 0) return;
    let text = document.text;
    for (const edit of taken.sort((a, b) => b.span.start - a.span.start)) {
      text = text.slice(0, edit.span.start) + edit.newText + text.slice(edit.span.end);
    }
    await writeText(uri, text);
    workspace.filesChanged([uri]);
  }
}
