// The one table of editor features: what the server declares and what it answers are both made from it.
import {
  MarkupKind,
  type CancellationToken,
  type ClientCapabilities,
  type Connection,
  type Hover,
  type HoverParams,
  type ServerCapabilities,
  type TextDocuments,
} from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { LanguageService } from '../ide/service.ts';
import { toRange } from './convert.ts';
import { handle, type HandleContext } from './handle.ts';

export interface FeatureContext extends HandleContext {
  readonly service: LanguageService;
  readonly documents: TextDocuments<TextDocument>;
}

export interface Feature {
  /** The request it answers. */
  readonly method: string;
  /** What it declares to a client of these capabilities; undefined where it is not offered. */
  declare(client: ClientCapabilities): Partial<ServerCapabilities> | undefined;
  listen(connection: Connection, ctx: FeatureContext): void;
}

export const features: readonly Feature[] = [
  feature<HoverParams, Hover | null>({
    method: 'textDocument/hover',
    declare: () => ({ hoverProvider: true }),
    neutral: null,
    async run({ textDocument, position }, ctx, token) {
      const document = ctx.documents.get(textDocument.uri);
      if (document === undefined) return null;
      const found = await ctx.service.hover(textDocument.uri, document.offsetAt(position), token);
      if (found === undefined) return null;
      return { contents: { kind: MarkupKind.Markdown, value: found.markdown }, range: toRange(document, found.span) };
    },
  }),
];

/** Capabilities for a client: the union of what the offered features declare. */
export function capabilitiesOf(table: readonly Feature[], client: ClientCapabilities): ServerCapabilities {
  return Object.assign({}, ...table.map((it) => it.declare(client)));
}

/** Answers what was declared to this client, nothing else. */
export function listenTo(table: readonly Feature[], client: ClientCapabilities, connection: Connection, ctx: FeatureContext): void {
  for (const it of table) if (it.declare(client) !== undefined) it.listen(connection, ctx);
}

function feature<P, R>(it: {
  readonly method: string;
  readonly neutral: R;
  readonly declare: Feature['declare'];
  readonly run: (params: P, ctx: FeatureContext, token: CancellationToken) => R | Promise<R>;
}): Feature {
  return {
    method: it.method,
    declare: it.declare,
    listen(connection, ctx) {
      connection.onRequest(it.method, handle<P, R>(ctx, it.method, (params, token) => it.run(params, ctx, token), it.neutral));
    },
  };
}
