// textDocument/prepareCallHierarchy, callHierarchy/incomingCalls and callHierarchy/outgoingCalls
import {
  SymbolKind,
  type CallHierarchyIncomingCall,
  type CallHierarchyIncomingCallsParams,
  type CallHierarchyItem,
  type CallHierarchyOutgoingCall,
  type CallHierarchyOutgoingCallsParams,
  type CallHierarchyPrepareParams,
} from '../library.ts';
import type { CallItem } from '../../ide/callHierarchy/definitions.ts';
import type { Span } from '../../base/spans.ts';
import { toOffset, toRange, uriOf } from '../convert.ts';
import { clientUri, linesOnce } from '../locations.ts';
import { answer, type Feature, type FeatureContext } from './feature.ts';

const kinds: Readonly<Record<CallItem['kind'], SymbolKind>> = {
  metric: SymbolKind.Property,
  function: SymbolKind.Function,
  table: SymbolKind.Class,
  column: SymbolKind.Field,
  variable: SymbolKind.Variable,
  query: SymbolKind.Event,
};

export const callHierarchyFeature: Feature = {
  methods: ['textDocument/prepareCallHierarchy', 'callHierarchy/incomingCalls', 'callHierarchy/outgoingCalls'],
  declare: () => ({ callHierarchyProvider: true }),
  listen(connection, ctx) {
    answer<CallHierarchyPrepareParams, CallHierarchyItem[] | null>(connection, ctx, 'textDocument/prepareCallHierarchy', prepare, null);
    answer<CallHierarchyIncomingCallsParams, CallHierarchyIncomingCall[] | null>(connection, ctx, 'callHierarchy/incomingCalls', incoming, null);
    answer<CallHierarchyOutgoingCallsParams, CallHierarchyOutgoingCall[] | null>(connection, ctx, 'callHierarchy/outgoingCalls', outgoing, null);
  },
};

async function prepare({ textDocument, position }: CallHierarchyPrepareParams, ctx: FeatureContext): Promise<CallHierarchyItem[] | null> {
  const uri = uriOf(textDocument);
  const document = await ctx.service.document(uri);
  if (document === undefined) return null;
  const found = await ctx.service.prepareCallHierarchy(uri, toOffset(document, position));
  const places = placesOf(ctx);
  const items = (await Promise.all(found.map(places.item))).filter((it) => it !== undefined);
  return items.length === 0 ? null : items;
}

async function incoming({ item }: CallHierarchyIncomingCallsParams, ctx: FeatureContext): Promise<CallHierarchyIncomingCall[] | null> {
  const uri = uriOf(item);
  const document = await ctx.service.document(uri);
  if (document === undefined) return null;
  const places = placesOf(ctx);
  const calls: CallHierarchyIncomingCall[] = [];
  for (const it of await ctx.service.incomingCalls(uri, toOffset(document, item.selectionRange.start))) {
    const from = await places.item(it.from);
    if (from !== undefined) calls.push({ from, fromRanges: await places.ranges(it.from.uri, it.spans) });
  }
  return calls;
}

async function outgoing({ item }: CallHierarchyOutgoingCallsParams, ctx: FeatureContext): Promise<CallHierarchyOutgoingCall[] | null> {
  const uri = uriOf(item);
  const document = await ctx.service.document(uri);
  if (document === undefined) return null;
  const places = placesOf(ctx);
  const calls: CallHierarchyOutgoingCall[] = [];
  for (const it of await ctx.service.outgoingCalls(uri, toOffset(document, item.selectionRange.start))) {
    const to = await places.item(it.to);
    if (to !== undefined) calls.push({ to, fromRanges: await places.ranges(uri, it.spans) });
  }
  return calls;
}

/** Spans of many files as ranges. */
function placesOf(ctx: FeatureContext) {
  const linesOf = linesOnce(ctx);
  return {
    /** undefined for a file that can no longer be read. */
    async item(it: CallItem): Promise<CallHierarchyItem | undefined> {
      const lines = await linesOf(it.uri);
      if (lines === undefined) return undefined;
      return {
        name: it.name, kind: kinds[it.kind], detail: it.detail, uri: clientUri(ctx, it.uri),
        range: toRange({ lines }, it.span), selectionRange: toRange({ lines }, it.nameSpan),
      };
    },
    async ranges(uri: string, spans: readonly Span[]): Promise<CallHierarchyIncomingCall['fromRanges']> {
      const lines = await linesOf(uri);
      return lines === undefined ? [] : spans.map((it) => toRange({ lines }, it));
    },
  };
}
