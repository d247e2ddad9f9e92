/** Call hierarchy: which definitions read a metric, function, calculated table or column, and which it reads itself. */
import type { Span } from '../../base/spans.ts';
import { nameKey } from '../../model/model.ts';
import { occurrencesIn } from '../../workspace/occurrences.ts';
import { modelKey, symbolsIn, type Symbol, type Symbols } from '../../workspace/symbols.ts';
import type { Workspace } from '../../workspace/types.ts';
import { askedAt, searched, usesIn, type Use } from '../references/find.ts';
import { regionAt, toDocument } from '../spot.ts';
import { bodyAt, bodyNamedAt, type Body, type CallItem } from './definitions.ts';

export interface IncomingCall {
  readonly from: CallItem;
  /** Where it reads, in the file of `from`. */
  readonly spans: readonly Span[];
}

export interface OutgoingCall {
  readonly to: CallItem;
  /** Where it is read, in the file of the item that was asked about. */
  readonly spans: readonly Span[];
}

/** The definitions of what stands at a cursor; nothing outside DAX and of what has no expression. */
export async function prepareCallHierarchy(workspace: Workspace, uri: string, offset: number): Promise<readonly CallItem[]> {
  const document = await workspace.document(uri);
  if (document === undefined || regionAt(document, offset) === undefined) return [];
  const asked = await askedAt(workspace, uri, offset);
  if (asked === undefined) return [];
  const callable = asked.symbols.filter((it) => isCallable(asked.all, it));
  const found = await definitionsOf(workspace, asked.all, callable, await searched(workspace, asked));
  return [...found.values()].flatMap((it) => it.map((body) => body.item));
}

/** @param uri and `offset`: of the item's name */
export async function incomingCalls(workspace: Workspace, uri: string, offset: number): Promise<readonly IncomingCall[]> {
  const asked = await askedAt(workspace, uri, offset);
  if (asked === undefined) return [];
  const calls = new Map<string, { readonly from: CallItem; readonly spans: Span[] }>();
  for (const use of await usesIn(workspace, asked.all, asked.symbols, await searched(workspace, asked))) {
    const body = readerOf(use);
    if (body === undefined) continue;
    const key = `${body.item.uri}\u0000${String(body.item.nameSpan.start)}`;
    const call = calls.get(key);
    if (call === undefined) calls.set(key, { from: body.item, spans: [use.span] });
    else call.spans.push(use.span);
  }
  return [...calls.values()];
}

/** The definition that a use stands in. What pages say again of a model's metric is read once, in the model. */
function readerOf({ at, isDefinition }: Use): Body | undefined {
  if (at.kind !== 'dax' || isDefinition) return undefined;
  const { document, region, segment, reading } = at.place;
  const { item } = segment.segment;
  if (item.kind === 'measure' && (isInDocs(segment.segment.item, at.occurrence.span) || (document.kind === 'markdown' && reading.model?.measures.has(nameKey(item.name)) === true))) return undefined;
  return bodyAt(document, region, segment, at.occurrence.span.start);
}

const isInDocs = (item: Body['segment']['segment']['item'], span: Span): boolean => item.kind === 'measure' && item.docs !== undefined && span.start < item.docs.span.end;

/** @param uri and `offset`: of the item's name */
export async function outgoingCalls(workspace: Workspace, uri: string, offset: number): Promise<readonly OutgoingCall[]> {
  const document = await workspace.document(uri);
  const body = document === undefined ? undefined : bodyNamedAt(document, offset);
  if (body === undefined) return [];
  const { region, segment } = body;
  const all = await symbolsIn(workspace, segment.segment.item, ['F']);
  const read = new Map<string, { readonly symbol: Symbol; readonly spans: Map<number, Span> }>();
  for (const reading of segment.readings) {
    const place = { document: body.document, region, segment, reading };
    for (const map of occurrencesIn(segment, reading)) {
      for (const [key, list] of map) {
        const inside = list.filter((it) => !it.isDefinition && body.span.start <= it.span.start && it.span.end <= body.span.end && !isInDocs(segment.segment.item, it.span));
        if (inside.length === 0) continue;
        const symbol = all.symbolOf(place, key);
        if (!isCallable(all, symbol)) continue;
        const entry = read.get(symbol.id) ?? { symbol, spans: new Map<number, Span>() };
        for (const it of inside) entry.spans.set(it.span.start, toDocument(region, segment.segment, it.span));
        read.set(symbol.id, entry);
      }
    }
  }
  const uris = [...new Set([...(await workspace.checkableFiles()), uri])];
  const definitions = await definitionsOf(workspace, all, [...read.values()].map((it) => it.symbol), uris);
  return [...read.values()].flatMap(({ symbol, spans }) =>
    (definitions.get(symbol.id) ?? []).map(({ item }) => ({ to: item, spans: [...spans.values()].sort((a, b) => a.start - b.start) })));
}

/** Metrics, functions, and tables and columns that are computed. */
function isCallable({ models }: Symbols, { key, scope }: Symbol): boolean {
  const [kind = '', second = '', third = ''] = key.split('\u0000');
  if (kind === 'l') return 'mFTC'.includes(second) && third !== '';
  if (scope.kind !== 'models') return ['m', 'F', 'T', 'C'].includes(kind);
  return models.some((it) => {
    const table = scope.models.has(modelKey(it)) ? it.model.tables.get(second) : undefined;
    return kind === 't' ? table?.source.kind === 'dax' : table?.columns.get(third)?.expression !== undefined;
  });
}

/** Definitions by symbol: those of metric and model files, else those of pages. */
async function definitionsOf(workspace: Workspace, all: Symbols, symbols: readonly Symbol[], uris: readonly string[]): Promise<ReadonlyMap<string, readonly Body[]>> {
  const found = new Map<string, Body[]>();
  for (const use of (await usesIn(workspace, all, symbols, uris)).filter((it) => it.isDefinition)) {
    const document = await workspace.document(use.uri);
    const body = document === undefined ? undefined
      : use.at.kind === 'model' ? bodyNamedAt(document, use.span.start)
      : bodyAt(document, use.at.place.region, use.at.place.segment, use.at.occurrence.span.start);
    // The text that names a column of a calculated table is no definition of its own.
    if (body?.item.nameSpan.start !== use.span.start) continue;
    const list = found.get(use.symbol.id);
    if (list === undefined) found.set(use.symbol.id, [body]);
    else list.push(body);
  }
  for (const [id, bodies] of found) {
    const own = bodies.filter((it) => it.document.kind !== 'markdown');
    if (own.length > 0) found.set(id, own);
  }
  return found;
}
