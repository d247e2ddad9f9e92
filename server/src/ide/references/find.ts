/** What a cursor stands on, and every place in the workspace that means the same. */
import type { Span } from '../../base/spans.ts';
import { namesInModelFile, type ModelName } from '../../formats/modelNames.ts';
import { occurrencesIn, occurrencesOf, keys, type Occurrence } from '../../workspace/occurrences.ts';
import { symbolsIn, type Standing, type Symbol, type Symbols } from '../../workspace/symbols.ts';
import type { Workspace, WorkspaceDocument } from '../../workspace/types.ts';
import { regionAt, spotAt, toDocument } from '../spot.ts';

/** What was asked about. A name of a page that belongs to several models may mean a thing in each. */
export interface Asked {
  readonly document: WorkspaceDocument;
  readonly all: Symbols;
  readonly symbols: readonly Symbol[];
  /** The name, in the document. */
  readonly span: Span;
  /** The place of the first of them in DAX; undefined for a name in a model file. */
  readonly place: Standing | undefined;
}

export interface Use {
  readonly uri: string;
  readonly span: Span;
  readonly isDefinition: boolean;
  readonly symbol: Symbol;
  readonly at:
    | { readonly kind: 'dax'; readonly place: Standing; readonly occurrence: Occurrence }
    | { readonly kind: 'model'; readonly name: ModelName };
}

/** @returns undefined where no name stands that has a definition in some text */
export async function askedAt(workspace: Workspace, uri: string, offset: number): Promise<Asked | undefined> {
  const document = await workspace.document(uri);
  if (document === undefined) return undefined;
  const spot = spotAt(document, offset);
  if (spot === undefined) return document.kind === 'model' && regionAt(document, offset) === undefined ? nameAt(workspace, document, offset) : undefined;
  const { region, segment } = spot;
  const found = segment.readings.flatMap((reading) => touched(occurrencesIn(segment, reading), spot.offset).map((it) => ({ reading, it })));
  const [first] = [...found].sort((a, b) => rank(a.it, spot.offset) - rank(b.it, spot.offset));
  if (first === undefined) return undefined;
  const same = found.filter(({ it }) => it.span.start === first.it.span.start && it.span.end === first.it.span.end);
  const all = await symbolsIn(workspace, segment.segment.item, same.map(({ it }) => it.key));
  const symbols = distinct(same.map(({ reading, it }) => all.symbolOf({ document, region, segment, reading }, it.key)));
  return {
    document, all, symbols,
    span: toDocument(region, segment.segment, first.it.span),
    place: { document, region, segment, reading: first.reading },
  };
}

const touched = (occurrences: ReturnType<typeof occurrencesIn>, offset: number): readonly Occurrence[] =>
  occurrences.flatMap((map) => [...map.values()].flatMap((list) => list.filter(({ span }) => span.start <= offset && offset <= span.end)));

/** Of two names that touch, the one that begins at the cursor. */
const rank = ({ span }: Occurrence, offset: number): number => (offset < span.end ? 0 : 1);

const distinct = (symbols: readonly Symbol[]): readonly Symbol[] => [...new Map(symbols.map((it) => [it.id, it])).values()];

/** A name in a model file, outside its DAX. */
async function nameAt(workspace: Workspace, document: WorkspaceDocument, offset: number): Promise<Asked | undefined> {
  const name = namesInModelFile(document, document.uri, document.text).names.find(({ span }) => span.start <= offset && offset <= span.end);
  if (name === undefined) return undefined;
  const all = await symbolsIn(workspace, { kind: 'prose', placeholder: false, span: name.span }, []);
  const symbols = symbolsOfName(all, document.uri, name);
  return symbols.length === 0 ? undefined : { document, all, symbols, span: name.span, place: undefined };
}

function symbolsOfName(all: Symbols, uri: string, name: ModelName): readonly Symbol[] {
  const own = all.models.filter((it) => it.model.uri === uri);
  switch (name.what) {
    case 'table': return distinct(own.map((it) => all.declared(it, name.name)));
    case 'column': return distinct(own.map((it) => all.declared(it, name.table, name.name)));
    // What one model makes public is so in the models that take over from it.
    case 'metric': return distinct(all.models.filter((it) => it.model.files.includes(uri)).map((it) => all.measure(it, name.name)));
    case 'option': {
      const key = `o\u0000${uri}\u0000${String(name.span.start)}`;
      return [{ id: key, key, scope: { kind: 'everywhere' } }];
    }
  }
}

/** Files that may hold what is sought, the asking one among them. */
export async function searched(workspace: Workspace, { document, symbols }: Asked): Promise<readonly string[]> {
  if (symbols.every((it) => it.scope.kind === 'segment')) return [document.uri];
  return [...new Set([...(await workspace.checkableFiles()), document.uri])];
}

/** All places of these symbols in these files, in order of file and place; each place once. */
export async function usesIn(workspace: Workspace, all: Symbols, symbols: readonly Symbol[], uris: readonly string[]): Promise<readonly Use[]> {
  const found: Use[] = [];
  for (const uri of uris) {
    const document = await workspace.document(uri);
    if (document === undefined) continue;
    const own = new Map<number, Use>();
    const add = (it: Use): void => {
      const before = own.get(it.span.start);
      if (before === undefined || (it.isDefinition && !before.isDefinition)) own.set(it.span.start, it);
    };
    for (const it of inModelFile(all, symbols, document)) add(it);
    for (const it of inDax(all, symbols, document)) add(it);
    found.push(...[...own.values()].sort((a, b) => a.span.start - b.span.start));
  }
  return found;
}

function* inDax(all: Symbols, symbols: readonly Symbol[], document: WorkspaceDocument): Generator<Use> {
  for (const region of document.regions) {
    // All segments of a region are read by the same models.
    const wanted = (region.segments[0]?.readings ?? []).map((reading) =>
      symbols.map((symbol) => ({ symbol, keys: all.keysIn({ document, region, reading }, symbol) })));
    for (const segment of region.segments) {
      for (const [i, reading] of segment.readings.entries()) {
        const place: Standing = { document, region, segment, reading };
        for (const { symbol, keys: shared } of wanted[i] ?? []) {
          for (const key of [...shared, ...all.ownKeysIn(place, symbol)]) {
            for (const occurrence of occurrencesOf(segment, reading, key)) {
              const span = toDocument(region, segment.segment, occurrence.span);
              yield { uri: document.uri, span, isDefinition: occurrence.isDefinition, symbol, at: { kind: 'dax', place, occurrence } };
            }
          }
        }
      }
    }
  }
}

function* inModelFile(all: Symbols, symbols: readonly Symbol[], document: WorkspaceDocument): Generator<Use> {
  if (document.kind !== 'model' || !symbols.some(isInModels)) return;
  const names = new Map(symbols.map((it) => [it.id, it]));
  for (const name of namesInModelFile(document, document.uri, document.text).names) {
    for (const it of symbolsOfName(all, document.uri, name)) {
      const symbol = names.get(it.id);
      if (symbol !== undefined) yield { uri: document.uri, span: name.span, isDefinition: name.isDefinition, symbol, at: { kind: 'model', name } };
    }
  }
}

const isInModels = ({ scope, key }: Symbol): boolean =>
  scope.kind === 'models' || scope.kind === 'everywhere' || (scope.kind === 'text' && scope.page === undefined && key.startsWith(keys.measure('')));
