// Records in offsets to those of the Language Server Protocol in positions.
import {
  CodeActionKind,
  DiagnosticSeverity,
  DiagnosticTag,
  InlayHintKind,
  MarkupKind,
  SymbolKind,
  type CodeAction,
  type Diagnostic,
  type DocumentSymbol,
  type InlayHint,
  type LocationLink,
  type Range,
  type SignatureHelp,
  type TextEdit,
} from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { positionAt, type LineIndex, type Span } from '../base/spans.ts';
import type { Finding, Severity } from '../findings/finding.ts';
import type { CodeAction as FixAction } from '../ide/codeActions.ts';
import type { DefinitionLink } from '../ide/definition.ts';
import type { DocumentSymbol as SymbolRecord } from '../ide/documentSymbols.ts';
import type { InlayHint as HintRecord } from '../ide/inlayHints/hint.ts';
import type { SignatureHelp as SignatureRecord } from '../ide/signatureHelp.ts';

/** Finds the lines of a file that is not the document at hand; undefined for one that cannot be read. */
export type LinesOf = (uri: string) => Promise<LineIndex | undefined>;

export function toRange(document: TextDocument, span: Span): Range {
  return { start: document.positionAt(span.start), end: document.positionAt(span.end) };
}

export function toDiagnostic(document: TextDocument, finding: Finding): Diagnostic {
  const related = finding.related?.filter((it) => it.uri === undefined || it.uri === document.uri) ?? [];
  return {
    range: toRange(document, finding.span),
    severity: severities[finding.severity],
    code: finding.rule,
    source: 'dax-metrics',
    message: finding.message,
    ...(finding.tag === undefined ? {} : { tags: [tags[finding.tag]] }),
    ...(related.length === 0
      ? {}
      : { relatedInformation: related.map((it) => ({ location: { uri: document.uri, range: toRange(document, it.span) }, message: it.message })) }),
  };
}

export function toInlayHint(document: TextDocument, hint: HintRecord): InlayHint {
  return {
    position: document.positionAt(hint.offset),
    label: hint.label,
    paddingLeft: true,
    // Values and labels are both of the kind that themes show like a type.
    kind: InlayHintKind.Type,
    ...(hint.tooltip === undefined ? {} : { tooltip: { kind: MarkupKind.Markdown, value: hint.tooltip } }),
  };
}

export function toSymbol(document: TextDocument, symbol: SymbolRecord): DocumentSymbol {
  return {
    // An outline refuses empty names.
    name: symbol.name === '' ? ' ' : symbol.name,
    kind: symbolKinds[symbol.kind],
    range: toRange(document, symbol.span),
    selectionRange: toRange(document, symbol.nameSpan),
    children: symbol.children.map((it) => toSymbol(document, it)),
    ...(symbol.detail === undefined ? {} : { detail: symbol.detail }),
  };
}

export async function toLink(document: TextDocument, link: DefinitionLink, linesOf: LinesOf): Promise<LocationLink> {
  const target = await rangeIn(document, link.uri, link.span, linesOf);
  return { originSelectionRange: toRange(document, link.origin), targetUri: link.uri, targetRange: target, targetSelectionRange: target };
}

export async function toCodeAction(document: TextDocument, action: FixAction, linesOf: LinesOf): Promise<CodeAction> {
  const changes: Record<string, TextEdit[]> = {};
  for (const edit of action.fix.edits) {
    const uri = edit.uri ?? document.uri;
    (changes[uri] ??= []).push({ range: await rangeIn(document, uri, edit.span, linesOf), newText: edit.newText });
  }
  return {
    title: action.title,
    kind: CodeActionKind.QuickFix,
    isPreferred: action.preferred,
    diagnostics: [toDiagnostic(document, action.finding)],
    edit: { changes },
  };
}

export function toSignatureHelp(help: SignatureRecord): SignatureHelp {
  return {
    signatures: help.signatures.map((it) => ({
      label: it.label,
      documentation: { kind: MarkupKind.Markdown, value: help.docs },
      parameters: it.parameters.map(({ start, end }) => ({ label: [start, end] })),
    })),
    activeSignature: help.active,
    // Beyond the last parameter none is marked.
    activeParameter: help.parameter ?? help.signatures[help.active]?.parameters.length ?? 0,
  };
}

async function rangeIn(document: TextDocument, uri: string, span: Span, linesOf: LinesOf): Promise<Range> {
  if (uri === document.uri) return toRange(document, span);
  const lines = await linesOf(uri);
  if (lines === undefined) return { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };
  const at = (offset: number): Range['start'] => {
    const { line, column } = positionAt(lines, offset);
    return { line, character: column };
  };
  return { start: at(span.start), end: at(span.end) };
}

const severities: Record<Severity, DiagnosticSeverity> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  information: DiagnosticSeverity.Information,
  hint: DiagnosticSeverity.Hint,
};

const tags: Record<NonNullable<Finding['tag']>, DiagnosticTag> = {
  unnecessary: DiagnosticTag.Unnecessary,
  deprecated: DiagnosticTag.Deprecated,
};

const symbolKinds: Record<SymbolRecord['kind'], SymbolKind> = {
  measure: SymbolKind.Method,
  column: SymbolKind.Field,
  table: SymbolKind.Struct,
  function: SymbolKind.Function,
  variable: SymbolKind.Variable,
  query: SymbolKind.Event,
};
