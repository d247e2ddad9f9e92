// Offsets and plain records to the terms of the Language Server Protocol.
import {
  DiagnosticSeverity,
  DiagnosticTag,
  type Diagnostic,
  type Position,
  type Range,
} from 'vscode-languageserver';
import { assertNever } from '../base/assertNever.ts';
import { offsetAt, positionAt, type Span } from '../base/spans.ts';
import { canonicalUri } from '../base/uri.ts';
import type { Finding, Severity } from '../findings/finding.ts';
import type { WorkspaceDocument } from '../workspace/types.ts';

/** Where the lines of a text begin, to which its offsets refer. */
export type Lined = Pick<WorkspaceDocument, 'lines'>;

/** One spelling for a file, however the editor escapes it. */
export const uriOf = (document: { readonly uri: string }): string => canonicalUri(document.uri);

export function toPosition({ lines }: Lined, offset: number): Position {
  const { line, column } = positionAt(lines, offset);
  return { line, character: column };
}

export const toRange = (document: Lined, span: Span): Range =>
  ({ start: toPosition(document, span.start), end: toPosition(document, span.end) });

/** A column beyond the line's end means its end, before the line break. */
export function toOffset({ text, lines }: Pick<WorkspaceDocument, 'text' | 'lines'>, position: Position): number {
  const offset = offsetAt(lines, { line: position.line, column: position.character });
  const start = lines.starts[position.line];
  if (start === undefined) return offset;
  let end = lines.starts[position.line + 1] ?? lines.length;
  while (end > start && (text[end - 1] === '\n' || text[end - 1] === '\r')) end--;
  return Math.min(offset, Math.max(start, end));
}

export const toSpan = (document: Pick<WorkspaceDocument, 'text' | 'lines'>, range: Range): Span =>
  ({ start: toOffset(document, range.start), end: toOffset(document, range.end) });

export function toDiagnostic(uri: string, document: Lined, finding: Finding): Diagnostic {
  // Related places in other files need those files' lines; editors of one file show those of their own.
  const related = (finding.related ?? []).filter((it) => it.uri === undefined || it.uri === canonicalUri(uri));
  return {
    range: toRange(document, finding.span),
    severity: toSeverity(finding.severity),
    code: finding.rule,
    source: 'DAX Metrics',
    message: finding.message,
    ...(finding.tag === undefined ? {} : { tags: [finding.tag === 'unnecessary' ? DiagnosticTag.Unnecessary : DiagnosticTag.Deprecated] }),
    ...(related.length === 0
      ? {}
      : { relatedInformation: related.map((it) => ({ location: { uri, range: toRange(document, it.span) }, message: it.message })) }),
  };
}

function toSeverity(severity: Severity): DiagnosticSeverity {
  switch (severity) {
    case 'error': return DiagnosticSeverity.Error;
    case 'warning': return DiagnosticSeverity.Warning;
    case 'information': return DiagnosticSeverity.Information;
    case 'hint': return DiagnosticSeverity.Hint;
    default: return assertNever(severity);
  }
}
