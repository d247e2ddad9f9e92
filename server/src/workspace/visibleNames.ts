/**
 * The names that a text can see, from edit to edit: what changed in them since something was bound.
 *
 * A bound segment depends on the names that it looked up: on whether they are there, and what type they have. It does not
 * depend on how another metric computes its value, nor on names that it does not mention, unless it looked for a name
 * that is near to a misspelt one.
 */
import { carryCircles, carryTypes, isNear, manyNames, measureNode, namedNode, nodesInCircles, watched, type Lookups, type WatchedMeasures } from '../analysis/index.ts';
import type { MeasureSymbol, Scope } from '../analysis/bound.ts';
import type { Item } from '../../../grammar/src/tree.ts';
import type { Model } from '../model/model.ts';
import type { DefinedNames } from './definedNames.ts';
import { measureSet, mentionedDefinitions, type Measures } from './measureSets.ts';

/** What can be seen at one time. */
export interface VisibleNames {
  /** Of the text that sees them: the files of a model, or a tab of a page. */
  readonly place: string;
  readonly measures: Measures;
  readonly defined: DefinedNames;
  readonly model: Model | undefined;
  /** For analysis; its metrics are watched. */
  readonly scope: Scope;
  readonly watched: WatchedMeasures;
  /** Rises with every change. */
  readonly version: number;
  /** The same object as long as the model is. */
  readonly history: History;
}

export interface History {
  /** When a name last changed, by key of a metric, by mark of another definition, or by node of a circle. */
  readonly changed: Map<string, number>;
  /** Names that came or went, with the time. */
  readonly came: { readonly name: string; readonly version: number }[];
  /** When the last change of any kind was. */
  last: number;
  /** When a definition besides metrics last came or went. */
  defined: number;
  /** When the text of a definition besides metrics last changed. */
  marked: number;
  /** When a circle last came, went or changed. */
  circled: number;
  /** What was bound before is not known to be good. */
  since: number;
}

/** Remembers the names of each place from which text sees them. */
export function createVisibleNames(): (place: string, model: Model | undefined, measures: Measures, defined: DefinedNames) => VisibleNames {
  const latest = new Map<string, VisibleNames>();
  return (place, model, measures, defined) => {
    const before = latest.get(place);
    if (before !== undefined && before.model === model && before.measures === measures && before.defined === defined) return before;
    const { functions, tables, columns } = defined;
    const watch = watched(measures);
    const goesOn = before !== undefined && before.model === model;
    const now: VisibleNames = {
      place, measures, defined, model, watched: watch,
      scope: { model, measures: watch, functions, tables, columns },
      version: goesOn ? before.version + 1 : 1,
      history: goesOn ? before.history : { changed: new Map(), came: [], last: 1, defined: 1, marked: 1, circled: 1, since: 1 },
    };
    if (goesOn) note(before, now);
    latest.set(place, now);
    return now;
  };
}

/** Whether something that was bound at a time is as it would be now. */
export function isCurrent(item: Item, bound: { readonly version: number; readonly lookups: Lookups; readonly unresolved: boolean }, { history }: VisibleNames): boolean {
  const { version, lookups } = bound;
  if (version >= history.last) return true;
  if (version < history.since || (bound.unresolved && version < history.defined)) return false;
  const { changed } = history;
  const isOther = (key: string): boolean => (changed.get(key) ?? 0) > version;
  for (const it of lookups.names) if (isOther(it)) return false;
  if (version < history.marked && mentionedDefinitions(item).some(isOther)) return false;
  if (version < history.circled && circleKeys(item).some(isOther)) return false;
  return lookups.searched.size === 0 || !history.came.some((it) => it.version > version && [...lookups.searched].some((name) => isNear(name, it.name)));
}

/** More names than this are not remembered one by one. */
const most = 10_000;

function note(before: VisibleNames, now: VisibleNames): void {
  const { history, version } = now;
  const { altered, renamed } = differences(before.measures, now.measures);
  const marks = changedMarks(before, now);
  const circles = changedCircles(before, now, [...altered, ...renamed], marks.length > 0);
  for (const it of circles) if (it.startsWith('m')) altered.add(it.slice(2));
  // A metric that calls a function of which the text changed may have another type.
  if (marks.length > 0) {
    for (const [key, it] of now.measures) if (mentionedDefinitions(it.segment.item).some((mark) => marks.includes(mark))) altered.add(key);
  }
  const types = carryTypes(before.watched, now.scope, altered, renamed);
  const keys = [...renamed, ...types, ...marks, ...circles.map(circleKey)];
  if (keys.length === 0) return;
  history.last = version;
  if (marks.length > 0) history.marked = version;
  if (circles.length > 0) history.circled = version;
  if (before.defined.key !== now.defined.key) history.defined = version;
  if (definesOtherColumns(before.defined, now.defined) || isMany(before) !== isMany(now) || history.changed.size > most || history.came.length > most) {
    history.since = version;
    history.changed.clear();
    history.came.length = 0;
    return;
  }
  for (const it of keys) history.changed.set(it, version);
  for (const it of renamed) {
    const name = (now.measures.get(it) ?? before.measures.get(it))?.name;
    if (name !== undefined) history.came.push({ name, version });
  }
}

/** How near a name must be to be suggested depends on how many there are. */
const isMany = ({ measures }: VisibleNames): boolean => measures.size > manyNames;

/** A table or column that comes or goes may change what a column without its table means anywhere. */
const definesOtherColumns = (a: DefinedNames, b: DefinedNames): boolean => !sameKeys(a.tables, b.tables) || !sameKeys(a.columns, b.columns);

const sameKeys = (a: ReadonlyMap<string, unknown>, b: ReadonlyMap<string, unknown>): boolean => a.size === b.size && [...a.keys()].every((it) => b.has(it));

/** Metrics with another definition, and those that came, went, or have another spelling or home. */
function differences(before: Measures, now: Measures): { readonly altered: Set<string>; readonly renamed: Set<string> } {
  const altered = new Set<string>();
  const renamed = new Set<string>();
  for (const [key, it] of now) {
    const old = before.get(key);
    if (old === it) continue;
    if (old === undefined || old.name !== it.name || old.homeTable !== it.homeTable) renamed.add(key);
    if (old !== undefined && !isSameText(old, it)) altered.add(key);
  }
  for (const key of before.keys()) if (!now.has(key)) renamed.add(key);
  return { altered, renamed };
}

const isSameText = (a: MeasureSymbol, b: MeasureSymbol): boolean => a.segment.item === b.segment.item;

/** Marks of functions, tables and columns whose text, or that of what they read, changed. */
function changedMarks(before: VisibleNames, now: VisibleNames): readonly string[] {
  if (before.defined.key === '' && now.defined.key === '') return [];
  const [old, set] = [measureSet(before.measures, before.defined), measureSet(now.measures, now.defined)];
  return [...new Set([...old.marks, ...set.marks])].filter((it) => old.stamp(it) !== set.stamp(it));
}

/** Nodes that are, or were, in a circle: the ways that are told of it may change with any edit. */
function changedCircles(before: VisibleNames, now: VisibleNames, keys: readonly string[], isOther: boolean): readonly string[] {
  const [old, current] = [definitionsOf(before), definitionsOf(now)];
  carryCircles(old, current, keys.filter((it) => now.measures.has(it)).map((it) => measureNode(it)));
  const members = [...nodesInCircles(old), ...nodesInCircles(current)];
  return keys.length === 0 && !isOther ? [] : [...new Set(members)];
}

const definitionsOf = ({ measures, defined: { functions, tables, columns } }: VisibleNames) => ({ measures, functions, tables, columns });

const circleKey = (node: string): string => `\u0001${node}`;

function circleKeys(item: Item): readonly string[] {
  if (item.kind === 'bare' || item.kind === 'prose' || item.kind === 'query') return [];
  const node = namedNode(item);
  return node === undefined ? [] : [circleKey(node)];
}
