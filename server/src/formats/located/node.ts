/**
 * Values of a YAML or JSON file that still know where they stand.
 *
 * Both parsers make this one tree, so that every fault of a file is shown at its place whatever the file is written in.
 */
import type { Span } from '../../base/spans.ts';

export type LocatedNode = LocatedMap | LocatedList | LocatedScalar;

export interface LocatedMap {
  readonly kind: 'map';
  readonly span: Span;
  /** In the order of the file; of a key that stands twice the first (the parser's problems say so). */
  readonly entries: readonly LocatedEntry[];
}

export interface LocatedEntry {
  /** The key's text as written, without quotes: `01` stays `01`, `yes` stays `yes`. */
  readonly key: string;
  readonly keySpan: Span;
  readonly value: LocatedNode;
}

export interface LocatedList {
  readonly kind: 'list';
  readonly span: Span;
  readonly items: readonly LocatedNode[];
}

export interface LocatedScalar {
  readonly kind: 'scalar';
  readonly span: Span;
  readonly value: string | number | boolean | null;
  /** How it is written; tells how text maps back to the file. */
  readonly style: ScalarStyle;
}

export type ScalarStyle = 'plain' | 'single' | 'double' | 'literal' | 'folded';

/** What a parser has to say about a file, before anything is known about its meaning. */
export type LocatedProblem =
  /** `broken`: what stands behind it may be read wrongly. */
  | { readonly kind: 'syntax'; readonly problem: string; readonly span: Span; readonly broken: boolean }
  | { readonly kind: 'duplicate-key'; readonly key: string; readonly span: Span; readonly first: Span };

export interface LocatedFile {
  /** Undefined when nothing of the file can be read. */
  readonly root: LocatedNode | undefined;
  readonly problems: readonly LocatedProblem[];
}

/** Deeper nesting than this is refused: no model needs it, and every walk over a tree stays shallow. */
export const maximumDepth = 60;

export type Path = readonly (string | number)[];

/** Entries by key of the mappings that are large enough to make a search through them slow. */
const indexes = new WeakMap<LocatedMap, ReadonlyMap<string, LocatedEntry>>();
const largeMap = 20;

/** The entry of a key. */
export function entryOf(node: LocatedNode | undefined, key: string): LocatedEntry | undefined {
  if (node?.kind !== 'map') return undefined;
  if (node.entries.length < largeMap) return node.entries.find((it) => it.key === key);
  let index = indexes.get(node);
  if (index === undefined) {
    index = new Map(node.entries.map((it) => [it.key, it]));
    indexes.set(node, index);
  }
  return index.get(key);
}

/** The node at a path, or undefined where the path leads nowhere. */
export function nodeAt(root: LocatedNode, path: Path): LocatedNode | undefined {
  let node: LocatedNode | undefined = root;
  for (const step of path) {
    if (node?.kind === 'map') node = entryOf(node, String(step))?.value;
    else if (node?.kind === 'list') node = node.items[Number(step)];
    else return undefined;
  }
  return node;
}

/** The place that names the node at a path: its key, else the node itself, else that of the nearest node above it. */
export function nameSpanAt(root: LocatedNode, path: Path): Span {
  for (let length = path.length; length > 0; length--) {
    const parent = nodeAt(root, path.slice(0, length - 1));
    const step = path[length - 1];
    if (parent?.kind === 'map') {
      const entry = entryOf(parent, String(step));
      if (entry !== undefined) return entry.keySpan;
    } else if (parent?.kind === 'list') {
      const item = parent.items[Number(step)];
      if (item !== undefined) return firstSpan(item);
    }
  }
  return firstSpan(root);
}

/** A short place for a node: a scalar itself, of a collection its first key or item, so that no finding underlines a page. */
export function firstSpan(node: LocatedNode): Span {
  let at: LocatedNode = node;
  for (;;) {
    if (at.kind === 'map') {
      const first = at.entries[0];
      return first === undefined ? at.span : first.keySpan;
    }
    if (at.kind === 'scalar') return at.span;
    const first: LocatedNode | undefined = at.items[0];
    if (first === undefined) return at.span;
    at = first;
  }
}
