/**
 * Which names of different segments, pages and models mean the same thing.
 *
 * A metric that a model's `.dax` files define is the same thing on every page that documents it for that model. What a
 * page alone defines is the page's own. A table that one model takes over from another is one table.
 */
import type { Definition, FunctionDefinition, Item, Segment, TableDefinition } from '../../../grammar/src/tree.ts';
import { nameKey } from '../model/model.ts';
import { isLocal, keys, occurrencesIn, ownerKey } from './occurrences.ts';
import type { ModelView, Reading, RegionView, SegmentView, Workspace, WorkspaceDocument } from './types.ts';

/** Something that has a name. Equal things have equal `id`s. */
export interface Symbol {
  readonly id: string;
  /** Of its occurrences, in the segments that see it. */
  readonly key: string;
  readonly scope: Scope;
}

type Scope =
  /** A segment by its place: a variable, a parameter, an added column, what a query defines. */
  | { readonly kind: 'segment'; readonly uri: string; readonly region: number; readonly start: number }
  /** What text defines, in a model; `page`: for that file alone. */
  | { readonly kind: 'text'; readonly model: string; readonly page: string | undefined }
  /** An added column of a table that text defines, or of what a function gives; `owner`: the key of that. */
  | { readonly kind: 'owner'; readonly owner: string; readonly name: string; readonly model: string; readonly page: string | undefined }
  /** Tables and columns of models, by the keys of the models. */
  | { readonly kind: 'models'; readonly models: ReadonlySet<string> }
  | { readonly kind: 'everywhere' };

/** A region, as one model reads it. */
interface Place {
  readonly document: WorkspaceDocument;
  readonly region: RegionView;
  readonly reading: Reading;
}

/** Where a segment stands, as one model reads it. */
export interface Standing extends Place {
  readonly segment: SegmentView;
}

export interface Symbols {
  readonly models: readonly ModelView[];
  /** What a key of a segment's occurrences means there. */
  symbolOf(place: Standing, key: string): Symbol;
  /** The keys under which the occurrences have a symbol that are in a region's segments, as a model reads them. */
  keysIn(place: Place, symbol: Symbol): readonly string[];
  /** Those besides that only this segment has. */
  ownKeysIn(place: Standing, symbol: Symbol): readonly string[];
  /** A table of a model, or one of its columns. */
  declared(model: ModelView, table: string, column?: string): Symbol;
  measure(model: ModelView, name: string): Symbol;
}

type Defined = ReadonlyMap<string, ReadonlySet<string>>;

const plain = new WeakMap<readonly ModelView[], Symbols>();
const whole = new WeakMap<readonly ModelView[], Promise<Symbols>>();

/**
 * Made once for a state of the models and the `.dax` files.
 *
 * @param item the segment's in which the symbols are looked for first
 * @param found the keys that will be asked about: only functions, tables and columns that text defines need every file
 */
export async function symbolsIn(workspace: Workspace, item: Item, found: readonly string[]): Promise<Symbols> {
  const models = await workspace.models();
  const needsAll = found.some((key) => /^[FTCX]/.test(key) || (key.startsWith('x') && ownersIn(item).length > 0));
  if (needsAll) {
    let symbols = whole.get(models);
    if (symbols === undefined) whole.set(models, (symbols = definedByModels(workspace).then((defined) => make(models, defined))));
    return symbols;
  }
  let symbols = plain.get(models);
  if (symbols === undefined) plain.set(models, (symbols = make(models, new Map())));
  return symbols;
}

export const modelKey = (model: ModelView | undefined): string => (model === undefined ? '' : `${model.project.folder}\u0000${nameKey(model.name)}`);

function make(models: readonly ModelView[], defined: Defined): Symbols {
  const groups = new Map<string, Symbol>();
  const scopes = new WeakMap<ReadonlySet<string>, Scope>();

  const declaredSymbol = (model: ModelView, table: string, column?: string): Symbol => {
    const key = column === undefined ? keys.table(table) : keys.column(table, column);
    const cached = groups.get(`${modelKey(model)}\u0000${key}`);
    if (cached !== undefined) return cached;
    const has = (it: ModelView): boolean => {
      const own = it.model.tables.get(nameKey(table));
      return own !== undefined && (column === undefined || own.columns.has(nameKey(column)));
    };
    const group = linked(model, models.filter(has));
    const members = new Set(group.map(modelKey));
    const symbol: Symbol = { id: `${[...members].sort().join('\u0001')}\u0000${key}`, key, scope: scopeOf(members) };
    for (const it of members) groups.set(`${it}\u0000${key}`, symbol);
    return symbol;
  };
  const scopeOf = (members: ReadonlySet<string>): Scope => {
    let scope = scopes.get(members);
    if (scope === undefined) scopes.set(members, (scope = { kind: 'models', models: members }));
    return scope;
  };

  /** Where a name counts that text defines: in the model, if one of its `.dax` files defines it, else in the file. */
  const reach = (place: Place, key: string): { readonly model: string; readonly page: string | undefined } => {
    const view = place.reading.model;
    const model = modelKey(view);
    const isOfModel = view !== undefined && (key.startsWith('m\u0000') ? view.measures.has(key.slice(2)) : defined.get(model)?.has(key) === true);
    return { model, page: isOfModel ? undefined : place.document.uri };
  };
  const reaches = (place: Place, at: { readonly model: string; readonly page: string | undefined }, key: string): boolean => {
    const its = reach(place, key);
    return its.model === at.model && its.page === at.page;
  };
  const textSymbol = (key: string, at: { readonly model: string; readonly page: string | undefined }): Symbol =>
    ({ id: `${at.model}\u0000${at.page ?? ''}\u0000${key}`, key, scope: { kind: 'text', ...at } });
  const ownedSymbol = (owner: string, name: string, at: { readonly model: string; readonly page: string | undefined }): Symbol => {
    const key = keys.extensionOf(owner, name);
    return { id: `${at.model}\u0000${at.page ?? ''}\u0000${key}`, key, scope: { kind: 'owner', owner, name, ...at } };
  };

  const otherModel = (place: Place, name: string): ModelView | undefined => {
    const folder = place.reading.model?.project.folder;
    const named = models.filter((it) => nameKey(it.name) === name);
    return named.find((it) => it.project.folder === folder) ?? named[0];
  };

  return {
    models,
    declared: declaredSymbol,
    measure: (model, name) => textSymbol(keys.measure(name), { model: modelKey(model), page: undefined }),
    symbolOf(place, key) {
      const { document, region, segment, reading } = place;
      const [kind = '', first = '', second = '', third = ''] = key.split('\u0000');
      if (kind === 'x') {
        const owner = ownerAt(segment.segment.item, Number(first));
        if (owner !== undefined) return ownedSymbol(owner, second, reach(place, owner));
        const { defines } = region.region;
        const isColumn = defines?.kind === 'calculated-table' && reading.model?.model.tables.get(nameKey(defines.table))?.columns.has(second) === true;
        if (isColumn && reading.model !== undefined) return declaredSymbol(reading.model, defines.table, second);
      }
      if (isLocal(key)) {
        const scope: Scope = { kind: 'segment', uri: document.uri, region: region.region.span.start, start: segment.segment.start };
        return { id: `${scope.uri}\u0000${String(scope.region)}\u0000${String(scope.start)}\u0000${key}`, key, scope };
      }
      if (kind === 'X') {
        const owner = `${first}\u0000${second}`;
        return ownedSymbol(owner, third, reach(place, owner));
      }
      if (kind === 'M') {
        const other = otherModel(place, first);
        return textSymbol(keys.measure(second), { model: modelKey(other), page: other?.measures.has(second) === true ? undefined : document.uri });
      }
      if (kind === 'o') return { id: key, key, scope: { kind: 'everywhere' } };
      if ((kind === 't' || kind === 'c') && reading.model !== undefined) return declaredSymbol(reading.model, first, kind === 'c' ? second : undefined);
      return textSymbol(key, reach(place, key));
    },
    keysIn(place, { key, scope }) {
      switch (scope.kind) {
        case 'everywhere':
          return [key];
        case 'models':
          return scope.models.has(modelKey(place.reading.model)) ? [key] : [];
        case 'segment':
          return [];
        case 'owner':
          return reaches(place, scope, scope.owner) ? [key] : [];
        case 'text': {
          const found = reaches(place, scope, key) ? [key] : [];
          if (!key.startsWith('m\u0000') || scope.page !== undefined) return found;
          const other = models.find((it) => modelKey(it) === scope.model);
          return other !== undefined && otherModel(place, nameKey(other.name)) === other ? [...found, keys.measureOf(other.name, key.slice(2))] : found;
        }
      }
    },
    ownKeysIn(place, { key, scope }) {
      const { segment, region, document, reading } = place;
      switch (scope.kind) {
        case 'segment':
          return document.uri === scope.uri && region.region.span.start === scope.region && segment.segment.start === scope.start ? [key] : [];
        case 'models': {
          // The expression of a calculated table names its columns.
          const { defines } = region.region;
          if (defines?.kind !== 'calculated-table' || !key.startsWith('c') || !scope.models.has(modelKey(reading.model))) return [];
          const [, table, name = ''] = key.split('\u0000');
          return nameKey(defines.table) === table ? addedIn(place, name, () => true) : [];
        }
        case 'owner': {
          const { item } = segment.segment;
          const isHere = ownersIn(item).some((it) => ownerKey(it) === scope.owner) && reaches(place, scope, scope.owner);
          return isHere ? addedIn(place, scope.name, (offset) => ownerAt(item, offset) === scope.owner) : [];
        }
        case 'text':
        case 'everywhere':
          return [];
      }
    },
  };
}

/** The models that take over from each other what these models have, beginning with one. */
function linked(from: ModelView, having: readonly ModelView[]): readonly ModelView[] {
  const found = new Set<ModelView>([from]);
  // A set goes on to the members that are added while it is gone through.
  for (const it of found) {
    for (const other of having) {
      if (other.model.files.includes(it.model.uri) || it.model.files.includes(other.model.uri)) found.add(other);
    }
  }
  return [...found];
}

/** Keys of functions, tables and columns that the `.dax` files of each model define. */
async function definedByModels(workspace: Workspace): Promise<Defined> {
  const found = new Map<string, Set<string>>();
  for (const view of await workspace.models()) {
    const own = [...view.model.functions?.values() ?? []].map((it) => keys.definedFunction(it.name));
    if (own.length > 0) found.set(modelKey(view), new Set(own));
  }
  for (const uri of await workspace.checkableFiles()) {
    if (!uri.toLowerCase().endsWith('.dax')) continue;
    const document = await workspace.document(uri);
    for (const { segments } of document?.regions ?? []) {
      for (const { segment, readings } of segments) {
        for (const key of definitionKeys(segment)) {
          for (const it of readings) {
            const model = modelKey(it.model);
            const own = found.get(model);
            if (own === undefined) found.set(model, new Set([key]));
            else own.add(key);
          }
        }
      }
    }
  }
  return found;
}

function definitionKeys({ item }: Segment): readonly string[] {
  if (item.kind === 'bare' || item.kind === 'prose') return [];
  // What a query defines is its own; a DEFINE without EVALUATE defines for the model.
  const definitions: readonly Definition[] = item.kind !== 'query' ? [item] : item.evaluates.length === 0 ? item.definitions : [];
  return definitions.flatMap((it) => {
    switch (it.kind) {
      case 'functionDefinition': return [keys.definedFunction(it.name)];
      case 'tableDefinition': return [keys.definedTable(it.name)];
      case 'columnDefinition': return [keys.definedColumn(it.table.text, it.name)];
      case 'measure':
      case 'variableDefinition': return [];
    }
  });
}

type Owner = TableDefinition | FunctionDefinition;

/** Definitions of a segment that may give columns to other segments. */
function ownersIn(item: Item): readonly Owner[] {
  const definitions: readonly Definition[] = item.kind === 'tableDefinition' || item.kind === 'functionDefinition' ? [item]
    : item.kind === 'query' && item.evaluates.length === 0 ? item.definitions : [];
  return definitions.filter((it) => it.kind === 'tableDefinition' || it.kind === 'functionDefinition');
}

/** Key of the definition in which an offset lies. */
function ownerAt(item: Item, offset: number): string | undefined {
  const owner = ownersIn(item).find((it) => it.span.start <= offset && offset < it.span.end);
  return owner === undefined ? undefined : ownerKey(owner);
}

/** Keys of the columns of a name that a segment adds: one of them is what others see, and it is made of the rest. */
function addedIn({ segment, reading }: Standing, name: string, isMeant: (offset: number) => boolean): readonly string[] {
  return occurrencesIn(segment, reading).flatMap((map) => [...map.keys()].filter((key) => {
    const [kind, at, its] = key.split('\u0000');
    return kind === 'x' && its === name && isMeant(Number(at));
  }));
}
