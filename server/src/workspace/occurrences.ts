/**
 * The names that occur in a segment, by what they mean: an index that is made when somebody asks, once for each time
 * that the segment is bound.
 *
 * A key tells things of one segment and one model apart, and no more, so that an index stays good while the segment
 * moves and while other segments change. `symbols.ts` tells which keys of which segments mean the same thing.
 */
import type { FunctionDefinition, Item, TableDefinition } from '../../../grammar/src/tree.ts';
import type { Bound, CodeUse, Reference, Target } from '../analysis/bound.ts';
import type { Span } from '../base/spans.ts';
import { nameKey, type ChoiceOption } from '../model/model.ts';
import { tagNames, type TagNames } from './tagReadings.ts';
import type { Reading, SegmentView } from './types.ts';

export interface Occurrence {
  readonly key: string;
  /** The name, delimiters included; relative to the segment. */
  readonly span: Span;
  /** The name gets its meaning here. */
  readonly isDefinition: boolean;
}

/** Occurrences by key. */
export type Occurrences = ReadonlyMap<string, readonly Occurrence[]>;

export const keys = {
  measure: (name: string): string => `m\u0000${nameKey(name)}`,
  /** `[model::metric]` in a tag. */
  measureOf: (model: string, name: string): string => `M\u0000${nameKey(model)}\u0000${nameKey(name)}`,
  table: (name: string): string => `t\u0000${nameKey(name)}`,
  column: (table: string, name: string): string => `c\u0000${nameKey(table)}\u0000${nameKey(name)}`,
  option: (it: ChoiceOption): string => `o\u0000${it.place.uri}\u0000${String(it.place.span.start)}`,
  definedTable: (name: string): string => `T\u0000${nameKey(name)}`,
  definedColumn: (table: string, name: string): string => `C\u0000${nameKey(table)}\u0000${nameKey(name)}`,
  definedFunction: (name: string): string => `F\u0000${name.toUpperCase()}`,
  /** A column that an expression adds, by the offset of the text that names it. */
  extension: (at: number, name: string): string => `x\u0000${String(at)}\u0000${nameKey(name)}`,
  /** Such a column of a table that another segment defines, or that a function gives; `owner`: the key of that. */
  extensionOf: (owner: string, name: string): string => `X\u0000${owner}\u0000${nameKey(name)}`,
};

/** What is defined in a segment and seen in it alone has a key that begins so. */
const local = 'l\u0000';
export const isLocal = (key: string): boolean => key.startsWith(local) || key.startsWith('x\u0000');

/** Names of the code, of its definitions and of its doc tags, in order of place within each. */
export function occurrencesIn(segment: SegmentView, reading: Reading): readonly Occurrences[] {
  const tags = tagNames(segment.segment.item, reading);
  return tags.references.length + tags.codes.length + tags.others.length === 0
    ? [ofBound(segment.segment.item, reading.bound)]
    : [ofBound(segment.segment.item, reading.bound), ofTags(tags)];
}

/** The occurrences of a key in a segment. */
export function occurrencesOf(segment: SegmentView, reading: Reading, key: string): readonly Occurrence[] {
  const [code, tags] = occurrencesIn(segment, reading);
  const own = code?.get(key) ?? none;
  const inTags = tags?.get(key);
  return inTags === undefined ? own : [...own, ...inTags];
}

const none: readonly Occurrence[] = [];

// A segment that only moved has another `Bound` with the same dependencies.
const ofBounds = new WeakMap<Bound['dependencies'], Occurrences>();
const ofAllTags = new WeakMap<TagNames, Occurrences>();

function ofBound(item: Item, bound: Bound): Occurrences {
  let found = ofBounds.get(bound.dependencies);
  if (found === undefined) ofBounds.set(bound.dependencies, (found = indexed([...headerOf(item, bound), ...namesIn(bound)])));
  return found;
}

function ofTags(tags: TagNames): Occurrences {
  let found = ofAllTags.get(tags);
  if (found === undefined) {
    const others = tags.others.map((it): Occurrence => ({ key: keys.measureOf(it.model, it.metric), span: it.span, isDefinition: false }));
    ofAllTags.set(tags, (found = indexed([...namesIn(tags), ...others])));
  }
  return found;
}

function indexed(all: readonly Occurrence[]): Occurrences {
  const map = new Map<string, Occurrence[]>();
  for (const it of all) {
    const list = map.get(it.key);
    if (list === undefined) map.set(it.key, [it]);
    else if (!list.some((other) => other.span.start === it.span.start)) list.push(it);
  }
  return map;
}

function namesIn({ references, codes }: { readonly references: readonly Reference[]; readonly codes: readonly CodeUse[] }): readonly Occurrence[] {
  const found: Occurrence[] = [];
  for (const { span, target, isDefinition } of references) {
    const key = keyOf(target);
    if (key !== undefined) found.push({ key, span, isDefinition: isDefinition === true || isOwnDefinition(target, span) });
  }
  for (const it of codes) if (it.option !== undefined) found.push({ key: keys.option(it.option), span: it.span, isDefinition: false });
  return found;
}

/** The name in the header of a metric. */
function headerOf(item: Item, bound: Bound): readonly Occurrence[] {
  if (item.kind !== 'measure' || bound.references.some((it) => it.span.start === item.nameSpan.start)) return [];
  return [{ key: keys.measure(item.name), span: item.nameSpan, isDefinition: true }];
}

const isOwnDefinition = (target: Target, span: Span): boolean =>
  (target.kind === 'variable' || target.kind === 'parameter') && target.definition.start === span.start;

/** Key of what a name means; undefined for what has no definition that text could lead to. */
export function keyOf(target: Target): string | undefined {
  switch (target.kind) {
    case 'measure': return own(target.measure, keys.measure(target.measure.name));
    case 'table': return keys.table(target.table.name);
    case 'column': return keys.column(target.table.name, target.column.name);
    case 'definedTable': return own(target.table, keys.definedTable(target.table.name));
    case 'definedColumn': return own(target.column, keys.definedColumn(target.column.definition.table.text, target.column.name));
    case 'definedFunction': return own(target.function, keys.definedFunction(target.function.name));
    case 'extension':
      if (target.definition === undefined) return `${local}[${nameKey(target.name)}`;
      return target.owner === undefined
        ? keys.extension(target.definition.start, target.name)
        : keys.extensionOf(ownerKey(target.owner.definition), target.name);
    case 'variable':
    case 'parameter':
      return `${local}${String(target.definition.start)}`;
    case 'function':
    case 'word':
    case 'unresolved':
      return undefined;
  }
}

/** Key of what may give columns that its expression adds. */
export const ownerKey = (it: TableDefinition | FunctionDefinition): string =>
  it.kind === 'tableDefinition' ? keys.definedTable(it.name) : keys.definedFunction(it.name);

/** What a query defines is seen in the query alone. */
const own = (it: { readonly uri: string }, key: string): string => (it.uri === '' ? local + key : key);
