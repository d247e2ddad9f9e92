/** Functions, tables and columns that DAX text defines besides metrics. */
import type { Definition, Segment } from '../../../grammar/src/tree.ts';
import type { Defined, DefinedColumn, DefinedFunction, DefinedTable } from '../analysis/bound.ts';
import { functionsOf } from '../analysis/index.ts';
import { nameKey, type Model } from '../model/model.ts';

/** Of two definitions with one name the first counts. */
export interface DefinedNames {
  /** By upper-case name. */
  readonly functions: ReadonlyMap<string, DefinedFunction>;
  /** By `nameKey`; names that the model declares are left out. */
  readonly tables: ReadonlyMap<string, DefinedTable>;
  /** By `table\u0000column` of `nameKey`s; names that the model declares are left out. */
  readonly columns: ReadonlyMap<string, DefinedColumn>;
  /** Equal for equal names. */
  readonly key: string;
}

export const noDefinedNames: DefinedNames = { functions: new Map(), tables: new Map(), columns: new Map(), key: '' };

const declared = new WeakMap<Model, DefinedNames>();

/** What the model file itself defines. */
export function declaredNames(model: Model): DefinedNames {
  let names = declared.get(model);
  if (names === undefined) declared.set(model, (names = named(functionsOf(model), noDefinedNames.tables, noDefinedNames.columns)));
  return names;
}

/** What segments of a file define at top level, or in a DEFINE without EVALUATE; what a query defines is its own. */
export function definedNames(uri: string, segments: Iterable<Segment>, model: Model | undefined): DefinedNames {
  const functions = new Map<string, DefinedFunction>();
  const tables = new Map<string, DefinedTable>();
  const columns = new Map<string, DefinedColumn>();
  const add = (segment: Segment, it: Definition): void => {
    switch (it.kind) {
      case 'functionDefinition':
        addFirst(functions, it.name.toUpperCase(), definedIn(uri, segment, it));
        break;
      case 'tableDefinition':
        if (model?.tables.has(nameKey(it.name)) !== true) addFirst(tables, nameKey(it.name), definedIn(uri, segment, it));
        break;
      case 'columnDefinition': {
        const table = nameKey(it.table.text);
        if (model?.tables.get(table)?.columns.has(nameKey(it.name)) === true) break;
        addFirst(columns, `${table}\u0000${nameKey(it.name)}`, definedIn(uri, segment, it));
        break;
      }
      case 'measure':
      case 'variableDefinition':
        break;
    }
  };
  for (const segment of segments) {
    const { item } = segment;
    if (item.kind === 'query') {
      if (item.evaluates.length === 0) for (const it of item.definitions) add(segment, it);
    } else if (item.kind !== 'bare' && item.kind !== 'prose') add(segment, item);
  }
  return named(functions, tables, columns);
}

// One object for each definition as long as it stands where it stood, so that what leads to it stays as it is.
const made = new WeakMap<Definition, Defined<Definition>>();

function definedIn<D extends Definition>(uri: string, segment: Segment, definition: D): Defined<D> {
  const known = made.get(definition);
  if (known?.uri === uri && known.segment === segment) return known as Defined<D>;
  const it: Defined<D> = { name: definition.name, uri, segment, definition };
  made.set(definition, it);
  return it;
}

/** Whether every definition of `part` is one of `all`. */
function isPart<T extends { readonly definition: object }>(part: ReadonlyMap<string, T>, all: ReadonlyMap<string, T>): boolean {
  for (const [key, it] of part) if (all.get(key)?.definition !== it.definition) return false;
  return true;
}

function addFirst<T>(map: Map<string, T>, key: string, it: T): void {
  if (!map.has(key)) map.set(key, it);
}

/** Whether both have the same definitions in the same places. */
export const sameDefinitions = (a: DefinedNames, b: DefinedNames): boolean =>
  a.key === b.key && sameObjects(a.functions, b.functions) && sameObjects(a.tables, b.tables) && sameObjects(a.columns, b.columns);

function sameObjects<T>(a: ReadonlyMap<string, T>, b: ReadonlyMap<string, T>): boolean {
  for (const [key, it] of a) if (b.get(key) !== it) return false;
  return true;
}

/** Names of both; those of `b` hide those of `a`. The same object where `b` adds nothing. */
export const joinedNames = (a: DefinedNames, b: DefinedNames): DefinedNames =>
  isPart(b.functions, a.functions) && isPart(b.tables, a.tables) && isPart(b.columns, a.columns) ? a
  : a.key === '' ? b
  : named(new Map([...a.functions, ...b.functions]), new Map([...a.tables, ...b.tables]), new Map([...a.columns, ...b.columns]));

function named(
  functions: ReadonlyMap<string, DefinedFunction>, tables: ReadonlyMap<string, DefinedTable>, columns: ReadonlyMap<string, DefinedColumn>,
): DefinedNames {
  if (functions.size + tables.size + columns.size === 0) return noDefinedNames;
  const key = [functions, tables, columns].map((it) => [...it.keys()].sort().join('\u0001')).join('\u0002');
  return { functions, tables, columns, key };
}
