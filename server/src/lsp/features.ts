// The one table of editor features: what the server declares and what it answers are both made from it.
import {
  CodeActionKind,
  DocumentDiagnosticReportKind,
  LSPErrorCodes,
  MarkupKind,
  ResponseError,
  type ClientCapabilities,
  type CodeAction,
  type CodeActionParams,
  type Connection,
  type DefinitionLink,
  type DefinitionParams,
  type DocumentDiagnosticParams,
  type DocumentDiagnosticReport,
  type DocumentSymbol,
  type DocumentSymbolParams,
  type Hover,
  type HoverParams,
  type InlayHint,
  type InlayHintParams,
  type Location,
  type Range,
  type ServerCapabilities,
  type SignatureHelp,
  type SignatureHelpParams,
  type TextDocumentIdentifier,
  type TextDocuments,
} from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { Span } from '../base/spans.ts';
import type { LanguageService } from '../ide/service.ts';
import { toCodeAction, toDiagnostic, toInlayHint, toLink, toRange, toSignatureHelp, toSymbol, type LinesOf } from './convert.ts';
import { handle, type HandleContext } from './handle.ts';

export interface FeatureContext extends HandleContext {
  readonly service: LanguageService;
  readonly documents: TextDocuments<TextDocument>;
  readonly client: ClientCapabilities;
}

export interface Feature {
  /** The request it answers. */
  readonly method: string;
  /** What it declares to a client of these capabilities; undefined where it is not offered. */
  declare(client: ClientCapabilities): Partial<ServerCapabilities> | undefined;
  listen(connection: Connection, ctx: FeatureContext): void;
}

export const features: readonly Feature[] = [
  documentFeature<DocumentDiagnosticParams, DocumentDiagnosticReport>({
    method: 'textDocument/diagnostic',
    // A client without it is sent diagnostics as they arise; never both.
    declare: (client) =>
      client.textDocument?.diagnostic === undefined
        ? undefined
        : { diagnosticProvider: { identifier: 'dax-metrics', interFileDependencies: true, workspaceDiagnostics: false } },
    neutral: { kind: DocumentDiagnosticReportKind.Full, items: [] },
    async run({ document, service }) {
      const found = await service.diagnostics(document.uri);
      return { kind: DocumentDiagnosticReportKind.Full, items: found.map((it) => toDiagnostic(document, it)) };
    },
  }),
  documentFeature<HoverParams, Hover | null>({
    method: 'textDocument/hover',
    declare: () => ({ hoverProvider: true }),
    neutral: null,
    async run({ document, params, service }) {
      const found = await service.hover(document.uri, document.offsetAt(params.position));
      if (found === undefined) return null;
      return { contents: { kind: MarkupKind.Markdown, value: found.markdown }, range: toRange(document, found.span) };
    },
  }),
  documentFeature<InlayHintParams, InlayHint[] | null>({
    method: 'textDocument/inlayHint',
    declare: () => ({ inlayHintProvider: true }),
    neutral: null,
    async run({ document, params, service }) {
      const found = await service.inlayHints(document.uri, toSpan(document, params.range));
      return found.map((it) => toInlayHint(document, it));
    },
  }),
  documentFeature<SignatureHelpParams, SignatureHelp | null>({
    method: 'textDocument/signatureHelp',
    declare: () => ({ signatureHelpProvider: { triggerCharacters: ['(', ','] } }),
    neutral: null,
    async run({ document, params, service }) {
      const found = await service.signatureHelp(document.uri, document.offsetAt(params.position));
      return found === undefined ? null : toSignatureHelp(found);
    },
  }),
  documentFeature<DefinitionParams, DefinitionLink[] | Location[] | null>({
    method: 'textDocument/definition',
    declare: () => ({ definitionProvider: true }),
    neutral: null,
    async run({ document, params, service, linesOf, client }) {
      const found = await service.definition(document.uri, document.offsetAt(params.position));
      const links = await Promise.all(found.map((it) => toLink(document, it, linesOf)));
      if (client.textDocument?.definition?.linkSupport === true) return links;
      return links.map((it) => ({ uri: it.targetUri, range: it.targetSelectionRange }));
    },
  }),
  documentFeature<DocumentSymbolParams, DocumentSymbol[] | null>({
    method: 'textDocument/documentSymbol',
    declare: () => ({ documentSymbolProvider: { label: 'DAX' } }),
    neutral: null,
    async run({ document, service }) {
      const found = await service.documentSymbols(document.uri);
      return found.map((it) => toSymbol(document, it));
    },
  }),
  documentFeature<CodeActionParams, CodeAction[] | null>({
    method: 'textDocument/codeAction',
    declare: () => ({ codeActionProvider: { codeActionKinds: [CodeActionKind.QuickFix] } }),
    neutral: null,
    async run({ document, params, service, linesOf }) {
      if (params.context.only?.every((it) => it !== CodeActionKind.QuickFix && it !== '')) return null;
      const found = await service.codeActions(document.uri, toSpan(document, params.range));
      return Promise.all(found.map((it) => toCodeAction(document, it, linesOf)));
    },
  }),
];

/** Capabilities for a client: the union of what the offered features declare. */
export function capabilitiesOf(table: readonly Feature[], client: ClientCapabilities): ServerCapabilities {
  return Object.assign({}, ...table.map((it) => it.declare(client)));
}

/** Answers what was declared to this client, nothing else. */
export function listenTo(table: readonly Feature[], connection: Connection, ctx: FeatureContext): void {
  for (const it of table) if (it.declare(ctx.client) !== undefined) it.listen(connection, ctx);
}

interface DocumentRequest<P> {
  readonly params: P;
  readonly document: TextDocument;
  readonly service: LanguageService;
  readonly client: ClientCapabilities;
  readonly linesOf: LinesOf;
}

/** A feature that asks about one open document. An answer about a text that changed meanwhile is not given. */
function documentFeature<P extends { readonly textDocument: TextDocumentIdentifier }, R>(it: {
  readonly method: string;
  readonly neutral: R;
  readonly declare: Feature['declare'];
  readonly run: (request: DocumentRequest<P>) => Promise<R>;
}): Feature {
  return {
    method: it.method,
    declare: it.declare,
    listen(connection, ctx) {
      const linesOf: LinesOf = async (uri) => (await ctx.service.document(uri))?.lines;
      const run = async (params: P): Promise<R | ResponseError<void>> => {
        const document = ctx.documents.get(params.textDocument.uri);
        if (document === undefined) return it.neutral;
        const { version } = document;
        const result = await it.run({ params, document, linesOf, service: ctx.service, client: ctx.client });
        return document.version === version ? result : new ResponseError(LSPErrorCodes.ContentModified, 'the text has changed');
      };
      connection.onRequest(it.method, handle<P, R | ResponseError<void>>(ctx, it.method, run, it.neutral));
    },
  };
}

function toSpan(document: TextDocument, range: Range): Span {
  return { start: document.offsetAt(range.start), end: document.offsetAt(range.end) };
}
