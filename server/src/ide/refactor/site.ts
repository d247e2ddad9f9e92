/** What a refactoring works on: the selection in its definition, and the expressions around it. */
import { children, expressionsOf, sameExpression, walk } from '../../../../grammar/src/index.ts';
import type { Argument, Expression, Segment } from '../../../../grammar/src/tree.ts';
import type { Bound, Reference } from '../../analysis/bound.ts';
import type { Span } from '../../base/spans.ts';
import type { Reading, RegionView, SegmentView, WorkspaceDocument } from '../../workspace/types.ts';
import { mainReading, regionAt, spotAt } from '../spot.ts';

export interface Site {
  readonly document: WorkspaceDocument;
  readonly region: RegionView;
  readonly segment: SegmentView;
  /** The definition as its model understands it. */
  readonly reading: Reading;
  /** Relative to the segment, without blanks at its ends; an empty one is the cursor. */
  readonly selection: Span;
  /** The expressions around the selection, the outermost first. */
  readonly path: readonly Expression[];
}

/** A change of the segment's text, relative to it. */
export interface Edit {
  readonly span: Span;
  readonly newText: string;
}

export interface Refactoring {
  /** What asks for the edits again: one of a kind at a selection. */
  readonly id: string;
  readonly title: string;
  readonly kind: 'extract' | 'inline' | 'rewrite';
  /** Why it cannot be done here, where one would expect that it can. */
  readonly refused?: string;
  /** The name that its edits give to something new, which one may want to choose oneself. */
  readonly newName?: string;
  readonly edits: () => readonly Edit[];
}

/** undefined outside DAX, in what could not be read, and where a selection is not within one expression. */
export function siteAt(document: WorkspaceDocument, selection: Span): Site | undefined {
  const spot = spotAt(document, selection.start);
  if (spot === undefined || spot.region.region.kind === 'yaml' || spot.segment.segment.problems.length > 0) return undefined;
  const end = selection.end === selection.start ? spot.offset : offsetIn(document, spot.region, spot.segment.segment, selection.end);
  const reading = mainReading(spot.segment);
  if (end === undefined || reading === undefined) return undefined;
  const own = trimmed(spot.segment.segment.text, { start: spot.offset, end });
  const path = pathTo(spot.segment.segment, own);
  return path.length === 0 ? undefined : { document, region: spot.region, segment: spot.segment, reading, selection: own, path };
}

function offsetIn(document: WorkspaceDocument, region: RegionView, segment: Segment, offset: number): number | undefined {
  // Behind the last character of a line the page's marks may follow.
  const at = regionAt(document, offset);
  if (at?.region !== region) return undefined;
  const own = at.offset - segment.start;
  return own > segment.text.length ? undefined : own;
}

function trimmed(text: string, { start, end }: Span): Span {
  let [from, to] = [start, end];
  while (from < to && /\s/.test(text.charAt(from))) from++;
  while (to > from && /\s/.test(text.charAt(to - 1))) to--;
  return { start: from, end: to };
}

const holds = (outer: Span, inner: Span): boolean => outer.start <= inner.start && inner.end <= outer.end;

function pathTo({ item }: Segment, selection: Span): readonly Expression[] {
  const path: Expression[] = [];
  const isAround = (it: Argument): it is Expression => it.kind !== 'omitted' && it.kind !== 'missing' && holds(it.span, selection);
  for (let next = expressionsOf(item).find(isAround); next !== undefined; next = children(next).findLast(isAround)) path.push(next);
  return path;
}

/** The expression that is selected, no more and no less; one in brackets counts as the brackets. */
export function selected({ path, selection }: Site): Expression | undefined {
  if (selection.start === selection.end) return undefined;
  return path.find((it) => it.span.start === selection.start && it.span.end === selection.end);
}

/** The expressions around the selection, the innermost first, that `is` takes. */
export function innermost<E extends Expression>({ path }: Site, is: (it: Expression) => it is E): E | undefined {
  return path.findLast(is);
}

export const textOf = ({ segment }: Site, { span }: { readonly span: Span }): string => segment.segment.text.slice(span.start, span.end);

/** The name that begins at an offset. */
export function referenceAt({ bound }: Reading, start: number): Reference | undefined {
  let places = byStart.get(bound);
  if (places === undefined) byStart.set(bound, (places = new Map(bound.references.map((it) => [it.span.start, it]))));
  return places.get(start);
}

const byStart = new WeakMap<Bound, ReadonlyMap<number, Reference>>();

/** Whether a comment stands in a stretch of the segment. */
export const hasComment = ({ segment }: Site, { start, end }: Span): boolean =>
  segment.segment.comments.some((it) => it.start < end && start < it.end);

/** Without the brackets around it. */
export function bare(expression: Expression): Expression {
  let it = expression;
  while (it.kind === 'parenthesized') it = it.expression;
  return it;
}

export const same = (a: Expression, b: Expression): boolean => sameExpression(bare(a), bare(b));

/** Every expression in another one, itself included. */
export function within(expression: Expression): readonly Expression[] {
  const found: Expression[] = [];
  walk(expression, (it) => void found.push(it));
  return found;
}

/** The text of an expression as a part of an operation: in brackets where its own operators could come apart. */
export function operandText(site: Site, it: Expression): string {
  const text = textOf(site, it);
  return it.kind === 'binary' || it.kind === 'unary' || it.kind === 'var' ? `(${text})` : text;
}
