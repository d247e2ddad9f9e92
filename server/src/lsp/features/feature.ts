// What a row of the feature table is, and how a request becomes one.
import type { CancellationToken, ClientCapabilities, Connection, ServerCapabilities, TextDocuments } from '../library.ts';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { Host } from '../../workspace/host.ts';
import type { LanguageService } from '../../ide/service.ts';
import type { LensCommands } from '../protocol.ts';
import { handle, type HandleContext } from '../handle.ts';

export interface FeatureContext extends HandleContext {
  readonly service: LanguageService;
  readonly documents: TextDocuments<TextDocument>;
  readonly client: ClientCapabilities;
  /** Address of the folder of the rules' pages, where the client told it. */
  readonly rulePages: string | undefined;
  /** Command of the client that asks for another name of what stands at a place: uri, line and character. */
  readonly renameCommand: string | undefined;
  /** A host for a folder of its own, beside those of the workspace; who takes it disposes its engine. */
  readonly hostOf: (folder: string) => Host;
  /** The client's commands for lenses above definitions. */
  readonly lensCommands: LensCommands;
  /** Whether the client wants to be told of every change. */
  readonly followsChanges: boolean;
}

export interface Feature {
  /** Methods it answers, or sends where it is no request. */
  readonly methods: readonly string[];
  /** What it declares to a client of these capabilities; undefined where it is not offered. */
  declare(client: ClientCapabilities): Partial<ServerCapabilities> | undefined;
  listen(connection: Connection, ctx: FeatureContext): void;
  /** What it registers with a client that takes registrations, where it is for documents of some languages only. */
  registrations?(client: ClientCapabilities): readonly Registration[];
}

export interface Registration {
  readonly method: string;
  readonly options: object;
}

interface RequestFeature<P, R> {
  readonly method: string;
  /** The answer after a fault of ours. */
  readonly neutral: R;
  readonly declare: Feature['declare'];
  /** @param asked the text of the document that is asked about, as it was when the question came; what is typed meanwhile is not in it */
  readonly run: (params: P, ctx: FeatureContext, token: CancellationToken, asked: string | undefined) => R | Promise<R>;
  /** What else it does: ask for a refresh, answer a second method. */
  readonly also?: (connection: Connection, ctx: FeatureContext) => void;
  readonly otherMethods?: readonly string[];
}

export function request<P, R>(it: RequestFeature<P, R>): Feature {
  return {
    methods: [it.method, ...(it.otherMethods ?? [])],
    declare: it.declare,
    listen(connection, ctx) {
      answer(connection, ctx, it.method, it.run, it.neutral);
      it.also?.(connection, ctx);
    },
  };
}

/** A request of ours, beyond the protocol: it is answered to every client and declared to none. */
export function ownRequest<P, R>(method: `daxMetrics/${string}`, run: RequestFeature<P, R>['run'], neutral: R): Feature {
  return request<P, R>({ method, declare: () => ({}), neutral, run });
}

/** Answers one method through the wrapper that every request goes through. */
export function answer<P, R>(
  connection: Connection, ctx: FeatureContext, method: string, run: RequestFeature<P, R>['run'], neutral: R,
): void {
  connection.onRequest(method, (params: P, token) => {
    const asked = textNow(params, ctx);
    return handle<P, R>(ctx, method, (it, cancelled) => run(it, ctx, cancelled, asked), neutral)(params, token);
  });
}

/** The text of the open document that a question is about. */
function textNow(params: unknown, { documents }: FeatureContext): string | undefined {
  const uri = (params as { readonly textDocument?: { readonly uri?: unknown } } | null)?.textDocument?.uri;
  return typeof uri === 'string' ? documents.get(uri)?.getText() : undefined;
}
