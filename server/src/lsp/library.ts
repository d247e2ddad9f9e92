/**
 * What is used of the language server library. It is CommonJS: a bundle makes a copy of all its exports for each file that
 * imports it, so one file does.
 */
export {
  CodeActionKind, CodeLensRefreshRequest, CompletionItemKind, CompletionItemTag, CompletionTriggerKind, DiagnosticSeverity, DiagnosticTag, DidChangeConfigurationNotification, DidChangeWatchedFilesNotification, DocumentDiagnosticReportKind, DocumentHighlightKind, FoldingRangeKind, InsertTextFormat, InsertTextMode, LSPErrorCodes, MarkupKind, ResponseError, SymbolKind, TextDocumentSyncKind, TextDocuments,
} from 'vscode-languageserver';
export type * from 'vscode-languageserver';
