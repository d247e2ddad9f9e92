/** The formats of `check`: stylish for people, JSON, SARIF 2.1.0 and GitHub's annotations for machines. */
import type { Severity } from '../../findings/finding.ts';
import type { ReportRow } from './checkReport.ts';
import { sarifLog, type SarifTool } from './checkSarif.ts';
import { paint, plain } from './terminal.ts';

export type CheckFormat = 'stylish' | 'json' | 'sarif' | 'github';

/** What the closing line tells besides the findings. */
export interface CheckSum {
  /** Files looked at. */
  readonly checked: number;
  /** Findings that `--fix` would mend. */
  readonly mendable: number;
  /** What `--fix` mended. */
  readonly mended: readonly { readonly file: string; readonly rule: string; readonly title: string }[];
}

export function formatCheck(format: CheckFormat, rows: readonly ReportRow[], sum: CheckSum, colours: boolean, tool: SarifTool): string {
  switch (format) {
    case 'stylish':
      return stylish(rows, sum, colours);
    case 'json':
      return JSON.stringify(rows, undefined, 2);
    case 'sarif':
      return JSON.stringify(sarifLog(rows, tool), undefined, 2);
    case 'github':
      return rows.map(annotation).join('\n');
  }
}

function stylish(rows: readonly ReportRow[], { checked, mendable, mended }: CheckSum, colours: boolean): string {
  const p = paint(colours);
  const severity: Record<Severity, string> = {
    error: p.red('error'), warning: p.yellow('warning'), information: p.blue('information'), hint: p.dim('hint'),
  };
  const lines: string[] = [];
  let file = '';
  for (const it of mended) {
    if (it.file !== file) {
      if (file !== '') lines.push('');
      file = it.file;
      lines.push(p.bold(plain(file)));
    }
    lines.push(`  ${p.green('mended')}  ${plain(it.title)}  ${p.dim(it.rule)}`);
  }
  if (lines.length > 0 && rows.length > 0) lines.push('');
  file = '';
  for (const row of rows) {
    if (row.file !== file) {
      if (file !== '') lines.push('');
      file = row.file;
      lines.push(p.bold(plain(file)));
    }
    const place = `${String(row.range.start.line)}:${String(row.range.start.column)}`;
    lines.push(`  ${p.dim(place.padEnd(8))} ${severity[row.severity]}  ${plain(row.message)}  ${p.dim(row.rule)}`);
  }
  if (lines.length > 0) lines.push('');
  const errors = rows.filter((it) => it.severity === 'error').length;
  const warnings = rows.filter((it) => it.severity === 'warning').length;
  const files = checked === 1 ? '1 file' : `${String(checked)} files`;
  const summary = `${count(errors, 'error')}, ${count(warnings, 'warning')} in ${files}`;
  lines.push(errors > 0 ? p.red(summary) : warnings > 0 ? p.yellow(summary) : p.green(summary));
  if (mended.length > 0) lines.push(p.dim(mendedText(mended.length)));
  if (mendable > 0) lines.push(p.dim(`${String(mendable)} can be mended with --fix`));
  return lines.join('\n');
}

/** For people, of whatever format the findings are. */
export const mendedText = (n: number): string => `${count(n, 'finding')} mended`;

const count = (n: number, what: string): string => `${String(n)} ${what}${n === 1 ? '' : 's'}`;

function annotation(row: ReportRow): string {
  const level = row.severity === 'error' ? 'error' : row.severity === 'warning' ? 'warning' : 'notice';
  const value = (text: string): string => plain(text).replace(/%/g, '%25');
  const property = (text: string): string => value(text).replace(/:/g, '%3A').replace(/,/g, '%2C');
  const { start, end } = row.range;
  return `::${level} file=${property(row.file)},line=${String(start.line)},col=${String(start.column)},endLine=${String(end.line)},endColumn=${String(end.column)},title=${property(row.rule)}::${value(row.message)}`;
}
