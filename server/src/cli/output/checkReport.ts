/** What `check` found, in plain records: the contract of `--format json`, and the source of every other format. */
import { positionAt, type LineIndex, type Span } from '../../base/spans.ts';
import { relativeTo } from '../../base/uri.ts';
import type { Finding, Severity } from '../../findings/finding.ts';

/** 1-based line and 1-based column in UTF-16 units. */
export interface ReportPosition {
  readonly line: number;
  readonly column: number;
}

export interface ReportRange {
  readonly start: ReportPosition;
  readonly end: ReportPosition;
}

export interface ReportFix {
  readonly title: string;
  readonly edits: readonly { readonly file: string; readonly range: ReportRange; readonly newText: string }[];
}

export interface ReportRow {
  /** Relative to the root, with `/`. */
  readonly file: string;
  readonly range: ReportRange;
  readonly rule: string;
  readonly category: string;
  readonly severity: Severity;
  readonly message: string;
  readonly model: string | null;
  readonly fixes: readonly ReportFix[];
}

export function rangeOf(lines: LineIndex, span: Span): ReportRange {
  const start = positionAt(lines, span.start);
  const end = positionAt(lines, span.end);
  return {
    start: { line: start.line + 1, column: start.column + 1 },
    end: { line: end.line + 1, column: end.column + 1 },
  };
}

/**
 * @param root folder uri that paths are relative to
 * @param linesOf line index of another file that an edit goes to
 */
export function reportRow(
  root: string, uri: string, lines: LineIndex, it: Finding & { readonly model: string | undefined },
  linesOf: (uri: string) => LineIndex | undefined,
): ReportRow {
  return {
    file: relativeTo(root, uri),
    range: rangeOf(lines, it.span),
    rule: it.rule,
    category: it.category,
    severity: it.severity,
    message: it.message,
    model: it.model ?? null,
    fixes: it.fixes.map((fix) => ({
      title: fix.title,
      edits: fix.edits.map((edit) => ({
        file: relativeTo(root, edit.uri ?? uri),
        range: rangeOf((edit.uri === undefined ? undefined : linesOf(edit.uri)) ?? lines, edit.span),
        newText: edit.newText,
      })),
    })),
  };
}
