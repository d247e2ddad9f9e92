/**
 * What a set of metrics means for a text that refers to them: a key that changes only when it must.
 *
 * A bound segment depends on the names it can see and on the metrics it reads, at any depth (their types, their
 * circles). Stamps condense that, so that typing in one metric leaves all unrelated metrics as they are.
 */
import { expressionsOf, walk } from '../../../grammar/src/index.ts';
import type { Item } from '../../../grammar/src/tree.ts';
import type { MeasureSymbol } from '../analysis/bound.ts';
import { nameKey } from '../model/model.ts';
import { noDefinedNames, type DefinedNames } from './definedNames.ts';

export type Measures = ReadonlyMap<string, MeasureSymbol>;

/** Keys of one set of metrics; made once per set. */
export interface MeasureSet {
  /** Changes when a name, a home table or a format does, or a name that text defines besides metrics. */
  readonly names: string;
  /** Changes when the metric's text, or that of a metric it reads, does. */
  stamp(name: string): string;
  /** Changes when something does that the item reads, at any depth. */
  stampOf(item: Item): string;
  /** Marks of the functions, tables and columns that text defines. */
  readonly marks: readonly string[];
}

const sets = new WeakMap<Measures, WeakMap<DefinedNames, MeasureSet>>();

/** @param defined functions, tables and columns that text defines: metrics may read them too */
export function measureSet(measures: Measures, defined: DefinedNames = noDefinedNames): MeasureSet {
  let its = sets.get(measures);
  if (its === undefined) sets.set(measures, (its = new WeakMap()));
  let set = its.get(defined);
  if (set === undefined) its.set(defined, (set = makeSet(measures, defined)));
  return set;
}

/** Keys of the names in brackets that an item may read as metrics. */
export const mentionedNames = (item: Item): readonly string[] => mentionsOf(item).names;

/** Marks of the functions, tables and columns that an item may read, as `MeasureSet.stamp` takes them. */
export const mentionedDefinitions = (item: Item): readonly string[] => mentionsOf(item).marks;

interface Mentions {
  readonly names: readonly string[];
  readonly marks: readonly string[];
}

const mentions = new WeakMap<Item, Mentions>();

function mentionsOf(item: Item): Mentions {
  let known = mentions.get(item);
  if (known === undefined) {
    const names = new Set<string>();
    const marks = new Set<string>(homesOf(item).map(tableMark));
    for (const expression of expressionsOf(item)) {
      walk(expression, (it) => {
        if (it.kind === 'call') marks.add(functionMark(it.name));
        else if (it.kind === 'name') marks.add(tableMark(it.name.text));
        else if (it.kind === 'column') {
          names.add(nameKey(it.column.text));
          marks.add(it.table === undefined ? columnMark(it.column.text) : tableMark(it.table.text));
        }
      });
    }
    known = { names: [...names].sort(), marks: [...marks].sort() };
    mentions.set(item, known);
  }
  return known;
}

const functionMark = (name: string): string => `f\u0000${name.toUpperCase()}`;
const tableMark = (name: string): string => `t\u0000${nameKey(name)}`;
const columnMark = (name: string): string => `c\u0000${nameKey(name)}`;

/** Tables in whose name an item defines something: their columns need no table before them. */
function homesOf(item: Item): readonly string[] {
  switch (item.kind) {
    case 'measure': return item.table === undefined ? [] : [item.table.text];
    case 'columnDefinition': return [item.table.text];
    case 'query': return item.definitions.flatMap((it) => (it.kind === 'variableDefinition' ? [] : homesOf(it)));
    default: return [];
  }
}

/** What a mark stands for: a table brings the columns with it that other definitions give it. */
function itemsByMark({ functions, tables, columns }: DefinedNames): ReadonlyMap<string, readonly Item[]> {
  const items = new Map<string, Item[]>();
  const add = (mark: string, item: Item): void => {
    const list = items.get(mark);
    if (list === undefined) items.set(mark, [item]);
    else list.push(item);
  };
  for (const it of functions.values()) add(functionMark(it.name), it.definition);
  for (const it of tables.values()) add(tableMark(it.name), it.definition);
  for (const it of columns.values()) {
    add(tableMark(it.definition.table.text), it.definition);
    add(columnMark(it.name), it.definition);
  }
  return items;
}

function makeSet(measures: Measures, defined: DefinedNames): MeasureSet {
  const marked = itemsByMark(defined);
  const stamps = new Map<string, string>();
  const itemsOf = (name: string): readonly Item[] | undefined => {
    const measure = measures.get(name);
    return measure === undefined ? marked.get(name) : [measure.segment.item];
  };
  const readsOf = (item: Item): readonly string[] => {
    const names = mentionedNames(item).filter((it) => measures.has(it));
    return marked.size === 0 ? names : [...names, ...mentionedDefinitions(item).filter((it) => marked.has(it))];
  };
  /** What each name on the way down still has to look into; a chain of metrics may be longer than the call stack. */
  const path: { readonly name: string; readonly own: string; readonly reads: readonly string[]; next: number }[] = [];
  const enter = (name: string): void => {
    const items = stamps.has(name) ? undefined : itemsOf(name);
    if (items === undefined) return;
    const own = items.map((it) => `#${String(identity(it))}`).join('');
    // A circle ends at the name it began with: its own text is in the stamp already.
    stamps.set(name, own);
    path.push({ name, own, reads: items.flatMap(readsOf), next: 0 });
  };
  const visit = (name: string): string => {
    enter(name);
    for (let top = path.at(-1); top !== undefined; top = path.at(-1)) {
      const read = top.reads[top.next++];
      if (read !== undefined) {
        enter(read);
        continue;
      }
      path.pop();
      if (top.reads.length > 0) stamps.set(top.name, String(condense([top.own, ...top.reads.map((it) => stamps.get(it) ?? '')].join(','))));
    }
    return stamps.get(name) ?? '';
  };
  let names: string | undefined;
  return {
    get names() {
      const text = (): string => [...measures.values()].map((it) => `${it.name}\u0000${it.homeTable ?? ''}\u0000${it.format ?? ''}`).sort().join('\u0001');
      names ??= `${shortNames(text())}\u0003${defined.key}`;
      return names;
    },
    stamp: visit,
    marks: [...marked.keys()],
    stampOf: (item) => [...mentionedNames(item), ...(marked.size === 0 ? [] : mentionedDefinitions(item))].map(visit).join(','),
  };
}

// Stamps are kept short by numbering them; two different texts never get the same number.
const numbers = new Map<string, number>();

function condense(text: string): number {
  let number = numbers.get(text);
  if (number === undefined) {
    // Old numbers are of no use once sets are rebuilt; numbering starts over far above what any live set holds.
    if (numbers.size > 100_000) numbers.clear();
    number = next++;
    numbers.set(text, number);
  }
  return number;
}

// The names of thousands of metrics make a long text: it is compared once a set, not once a segment.
const nameLists = new Map<string, string>();

function shortNames(text: string): string {
  let short = nameLists.get(text);
  if (short === undefined) {
    if (nameLists.size > 100) nameLists.clear();
    short = `n${String(next++)}`;
    nameLists.set(text, short);
  }
  return short;
}

const identities = new WeakMap<Item, number>();
let next = 1;

function identity(item: Item): number {
  let id = identities.get(item);
  if (id === undefined) {
    id = next++;
    identities.set(item, id);
  }
  return id;
}
