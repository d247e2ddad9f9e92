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

export type Measures = ReadonlyMap<string, MeasureSymbol>;

/** Keys of one set of metrics; made once per set. */
export interface MeasureSet {
  /** Changes when a name, a home table or a format does. */
  readonly names: string;
  /** Changes when the metric's text, or that of a metric it reads, does. */
  stamp(name: string): string;
}

const sets = new WeakMap<Measures, MeasureSet>();

export function measureSet(measures: Measures): MeasureSet {
  let set = sets.get(measures);
  if (set === undefined) {
    set = makeSet(measures);
    sets.set(measures, set);
  }
  return set;
}

/** Keys of the names in brackets that an item may read as metrics. */
export function mentionedNames(item: Item): readonly string[] {
  let names = mentions.get(item);
  if (names === undefined) {
    const found = new Set<string>();
    for (const expression of expressionsOf(item)) {
      walk(expression, (it) => {
        if (it.kind === 'column') found.add(nameKey(it.column.text));
      });
    }
    names = [...found].sort();
    mentions.set(item, names);
  }
  return names;
}

const mentions = new WeakMap<Item, readonly string[]>();

function makeSet(measures: Measures): MeasureSet {
  const stamps = new Map<string, string>();
  /** What each metric on the way down still has to look into; a chain of metrics may be longer than the call stack. */
  const path: { readonly name: string; readonly own: string; readonly reads: readonly string[]; next: number }[] = [];
  const enter = (name: string): void => {
    const measure = measures.get(name);
    if (measure === undefined || stamps.has(name)) return;
    const own = `#${String(identity(measure.segment.item))}`;
    // A circle ends at the metric it began with: its own text is in the stamp already.
    stamps.set(name, own);
    path.push({ name, own, reads: mentionedNames(measure.segment.item).filter((it) => measures.has(it)), next: 0 });
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
      names ??= shortNames(
        [...measures.values()]
          .map((it) => `${it.name}\u0000${it.homeTable ?? ''}\u0000${it.format ?? ''}`)
          .sort()
          .join('\u0001'),
      );
      return names;
    },
    stamp: visit,
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
