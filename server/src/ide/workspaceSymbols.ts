/** Search by name over the whole workspace: metrics, functions, tables and columns. */
import type { Definition, Item } from '../../../grammar/src/tree.ts';
import { fileName } from '../base/uri.ts';
import type { Span } from '../base/spans.ts';
import { nameKey } from '../model/model.ts';
import type { ModelView, Workspace, WorkspaceDocument } from '../workspace/types.ts';
import { mainReading, toDocument } from './spot.ts';

export interface WorkspaceSymbol {
  readonly name: string;
  readonly kind: 'metric' | 'function' | 'table' | 'column';
  readonly uri: string;
  readonly span: Span;
  /** The model, or the file where none is known; of a column its table. */
  readonly container: string;
}

/** More are of no use in a list; who looks for one of the rest types another letter. */
const most = 500;

/**
 * Names that have the letters of the query in its order, case left aside, the best first.
 *
 * @param query quotes, brackets and blanks in it do not count; all names match an empty one
 */
export async function workspaceSymbols(workspace: Workspace, query: string): Promise<readonly WorkspaceSymbol[]> {
  const wanted = lettersOf(query);
  const found: { readonly symbol: WorkspaceSymbol; readonly rank: number }[] = [];
  for (const symbol of await everySymbol(workspace)) {
    const rank = rankOf(lettersOf(symbol.name), wanted);
    if (rank !== undefined) found.push({ symbol, rank });
  }
  return found
    .sort((a, b) => a.rank - b.rank || a.symbol.name.length - b.symbol.name.length || (a.symbol.name < b.symbol.name ? -1 : a.symbol.name > b.symbol.name ? 1 : 0))
    .slice(0, most)
    .map((it) => it.symbol);
}

const lettersOf = (text: string): string => nameKey(text).replace(/[\s'[\]]/g, '');

/** 0: the name begins so, 1: it has the query in it, 2: it has its letters in order; undefined: it has not. */
function rankOf(name: string, wanted: string): number | undefined {
  const at = name.indexOf(wanted);
  if (at >= 0) return at === 0 ? 0 : 1;
  let next = 0;
  for (let i = 0; i < name.length && next < wanted.length; i++) if (name[i] === wanted[next]) next++;
  return next === wanted.length ? 2 : undefined;
}

const uris = new WeakMap<readonly ModelView[], Promise<readonly string[]>>();
const ofDocuments = new WeakMap<WorkspaceDocument, readonly WorkspaceSymbol[]>();
const ofModels = new WeakMap<ModelView['model'], readonly WorkspaceSymbol[]>();

async function everySymbol(workspace: Workspace): Promise<readonly WorkspaceSymbol[]> {
  const models = await workspace.models();
  // Asked at every letter: files are looked for once as long as models and metric files are the same.
  let files = uris.get(models);
  if (files === undefined) uris.set(models, (files = workspace.checkableFiles()));
  const found = new Map<string, WorkspaceSymbol>();
  const add = (it: WorkspaceSymbol): void => {
    // Tables that models share stand in one place.
    const key = `${it.uri}\u0000${String(it.span.start)}\u0000${nameKey(it.name)}`;
    if (!found.has(key)) found.set(key, it);
  };
  for (const { model } of models) {
    let symbols = ofModels.get(model);
    if (symbols === undefined) ofModels.set(model, (symbols = declaredIn(model)));
    symbols.forEach(add);
  }
  for (const uri of await files) {
    const document = await workspace.document(uri);
    if (document === undefined || document.kind === 'model' || document.kind === 'project') continue;
    let symbols = ofDocuments.get(document);
    if (symbols === undefined) ofDocuments.set(document, (symbols = definedIn(document)));
    symbols.forEach(add);
  }
  return [...found.values()];
}

function declaredIn(model: ModelView['model']): readonly WorkspaceSymbol[] {
  return [...model.tables.values()].flatMap((table): readonly WorkspaceSymbol[] => [
    { name: table.name, kind: 'table', ...table.place, container: model.name },
    ...[...table.columns.values()].map((it): WorkspaceSymbol => ({ name: it.name, kind: 'column', ...it.place, container: table.name })),
  ]);
}

/** What a metric file defines, and what a page defines that its model does not. */
function definedIn(document: WorkspaceDocument): readonly WorkspaceSymbol[] {
  const found: WorkspaceSymbol[] = [];
  for (const region of document.regions) {
    for (const segment of region.segments) {
      const model = mainReading(segment)?.model;
      for (const it of definitionsIn(segment.segment.item)) {
        const kind = kindOf(it);
        if (kind === undefined || it.name.trim() === '') continue;
        if (document.kind === 'markdown' && kind === 'metric' && model?.measures.has(nameKey(it.name)) === true) continue;
        const container = it.kind === 'columnDefinition' ? it.table.text : (model?.name ?? fileName(document.uri));
        found.push({ name: it.name, kind, uri: document.uri, span: toDocument(region, segment.segment, it.nameSpan), container });
      }
    }
  }
  return found;
}

const definitionsIn = (item: Item): readonly Definition[] =>
  item.kind === 'query' ? item.definitions : item.kind === 'bare' || item.kind === 'prose' ? [] : [item];

function kindOf(it: Definition): WorkspaceSymbol['kind'] | undefined {
  switch (it.kind) {
    case 'measure': return 'metric';
    case 'functionDefinition': return 'function';
    case 'tableDefinition': return 'table';
    case 'columnDefinition': return 'column';
    case 'variableDefinition': return undefined;
  }
}
