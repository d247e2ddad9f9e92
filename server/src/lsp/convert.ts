// Offsets and plain records to the terms of the Language Server Protocol.
import {
  DiagnosticSeverity,
  DiagnosticTag,
  type Diagnostic,
  type DiagnosticRelatedInformation,
  type Position,
  type Range,
} from './library.ts';
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

/**
 * @param uri the document's, in the client's spelling
 * @param linesOf lines of the other files that the finding points into
 * @param rulePages address of the folder of the rules' pages
 */
export function toDiagnostic(
  uri: string, document: Lined, finding: Finding, linesOf: (uri: string) => WorkspaceDocument['lines'] | undefined,
  rulePages: string | undefined,
): Diagnostic {
  const related = (finding.related ?? []).flatMap((it): readonly DiagnosticRelatedInformation[] => {
    const own = it.uri === undefined || it.uri === canonicalUri(uri);
    const lines = own ? document.lines : linesOf(it.uri ?? uri);
    return lines === undefined ? [] : [{ location: { uri: own ? uri : (it.uri ?? uri), range: toRange({ lines }, it.span) }, message: it.message }];
  });
  return {
    range: toRange(document, finding.span),
    severity: toSeverity(finding.severity),
    code: finding.rule,
    ...(rulePages === undefined ? {} : { codeDescription: { href: `${rulePages}${finding.rule}.md` } }),
    source: 'DAX Metrics',
    message: finding.message,
    ...(finding.tag === undefined ? {} : { tags: [finding.tag === 'unnecessary' ? DiagnosticTag.Unnecessary : DiagnosticTag.Deprecated] }),
    ...(related.length === 0 ? {} : { relatedInformation: related }),
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
