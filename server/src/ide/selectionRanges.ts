/** Selection ranges: what a selection grows to, step by step, from a word to the whole file. */
import { children, expressionsOf } from '../../../grammar/src/index.ts';
import type { Argument, Definition, DocComment, Expression, Item, Segment } from '../../../grammar/src/tree.ts';
import { spanToDocument } from '../base/offsetMap.ts';
import { shift, touches, type Span } from '../base/spans.ts';
import type { Workspace, WorkspaceDocument } from '../workspace/types.ts';
import { regionAt, spotAt } from './spot.ts';

/**
 * For each offset the ranges around it, the innermost first, each larger than the one before. Outside DAX there is but
 * the empty range at the offset.
 */
export async function selectionRanges(workspace: Workspace, uri: string, offsets: readonly number[]): Promise<readonly (readonly Span[])[]> {
  const document = await workspace.document(uri);
  if (document === undefined) return [];
  return offsets.map((it) => rangesAt(document, it));
}

function rangesAt(document: WorkspaceDocument, offset: number): readonly Span[] {
  const at = regionAt(document, offset);
  if (at === undefined) return [{ start: offset, end: offset }];
  const { map, text, span } = at.region.region;
  const spot = spotAt(document, offset);
  const own = spot === undefined ? [wordAt(text, at.offset)] : segmentRanges(spot.segment.segment, spot.offset).map((it) => shift(it, spot.segment.segment.start));
  const inRegion = own.map((it) => spanToDocument(map, it));
  return growing([{ start: offset, end: offset }, ...inRegion, span, { start: 0, end: document.text.length }], offset).slice(1);
}

/** Those that hold the offset and are larger than the one before and around it. */
function growing(spans: readonly Span[], offset: number): readonly Span[] {
  const kept: Span[] = [];
  for (const it of spans) {
    const last = kept.at(-1);
    const isAround = last === undefined || (it.start <= last.start && last.end <= it.end && it.end - it.start > last.end - last.start);
    if (isAround && touches(it, offset)) kept.push(it);
  }
  return kept;
}

/** From the word to the segment; relative to the segment. */
function segmentRanges(segment: Segment, offset: number): readonly Span[] {
  const { item, text } = segment;
  const outer: Span[] = [];
  // Written from the outside in, as the tree is gone down.
  outer.push(trimmed(text, { start: 0, end: text.length }));
  outer.push(...itemRanges(item, offset, text));
  const comment = segment.comments.find((it) => touches(it, offset));
  const expression = comment === undefined ? expressionsOf(item).find((it) => touches(it.span, offset)) : undefined;
  if (expression !== undefined) outer.push(...expressionRanges(expression, offset, text));
  if (comment !== undefined) outer.push(comment, trimmed(text, { start: comment.start + 2, end: comment.end - (text.startsWith('/*', comment.start) ? 2 : 0) }));
  return [wordAt(text, offset), ...outer.reverse()];
}

function itemRanges(item: Item, offset: number, text: string): readonly Span[] {
  switch (item.kind) {
    case 'prose':
    case 'bare':
      return [item.span, ...(item.kind === 'bare' ? docsRanges(item.docs, item.span, offset) : [])];
    case 'query': {
      const ranges = [...docsRanges(item.docs, item.span, offset), item.span];
      const definition = item.definitions.find((it) => touches(withDocs(it), offset));
      const evaluate = item.evaluates.find((it) => touches(it.span, offset));
      if (definition !== undefined) ranges.push(...definitionRanges(definition, offset, text));
      if (evaluate !== undefined) ranges.push(evaluate.span, ...evaluate.orderBy.map((it) => it.span).filter((it) => touches(it, offset)));
      return ranges;
    }
    default:
      return definitionRanges(item, offset, text);
  }
}

const withDocs = (it: Definition): Span => ({ start: it.docs?.span.start ?? it.span.start, end: it.span.end });

function definitionRanges(it: Definition, offset: number, text: string): readonly Span[] {
  const ranges = [withDocs(it), ...docsRanges(it.docs, it.span, offset), it.span];
  if (touches(it.nameSpan, offset)) return [...ranges, it.nameSpan, inside(it.nameSpan, text)];
  if (it.kind === 'functionDefinition') {
    ranges.push(...it.parameters.filter((parameter) => touches(parameter.span, offset)).flatMap((parameter) => [parameter.span, parameter.nameSpan]));
  }
  return ranges;
}

/** The documentation, and the line of it that the offset is in. */
function docsRanges(docs: DocComment | undefined, below: Span, offset: number): Span[] {
  if (docs === undefined || !touches({ start: docs.span.start, end: Math.max(docs.span.end, docs.lines.at(-1)?.span.end ?? 0) }, offset)) return [];
  const whole = { start: docs.span.start, end: Math.max(docs.span.end, docs.lines.at(-1)?.span.end ?? 0) };
  return [{ start: whole.start, end: below.end }, whole, ...docs.lines.filter((it) => touches(it.span, offset)).map((it) => it.span)];
}

/** The expressions around an offset and their parts, outermost first. Goes down without a stack of its own depth. */
function expressionRanges(from: Expression, offset: number, text: string): readonly Span[] {
  const ranges: Span[] = [];
  for (let node: Argument | undefined = from; node !== undefined && node.kind !== 'omitted'; node = childAt(node, offset)) {
    ranges.push(node.span, ...partsOf(node, offset, text));
  }
  return ranges;
}

/** Of two that meet at the offset the one that begins there. */
function childAt(node: Expression, offset: number): Argument | undefined {
  const near = children(node).filter((it) => touches(it.span, offset) && it.span.end > it.span.start);
  return near.find((it) => offset < it.span.end) ?? near[0];
}

/** What a node is made of besides the nodes below it: brackets, names, variables; outermost first. */
function partsOf(node: Expression, offset: number, text: string): readonly Span[] {
  switch (node.kind) {
    case 'call': {
      if (touches(node.nameSpan, offset) && offset < node.open.end) return [node.nameSpan];
      const list = trimmed(text, { start: node.open.end, end: node.close?.start ?? node.span.end });
      return touches(list, offset) ? [list] : [];
    }
    case 'parenthesized':
    case 'tuple':
    case 'constructor':
      return [inside(node.span, text)];
    case 'column': {
      const names = [node.table, node.column].filter((it) => it !== undefined).map((it) => it.span);
      const name = names.find((it) => it.start <= offset && offset < it.end) ?? names.find((it) => touches(it, offset));
      return name === undefined ? [] : [name, inside(name, text)];
    }
    case 'name':
    case 'string':
      return [inside(node.span, text)];
    case 'var': {
      const variable = node.variables.find((it) => touches(it.span, offset));
      return variable === undefined ? [] : [variable.span];
    }
    default:
      return [];
  }
}

/** Without the quotes or brackets around it, and the blanks inside them. */
function inside(span: Span, text: string): Span {
  const isDelimited = /^['"[({]/.test(text.charAt(span.start)) && /['"\])}]$/.test(text.charAt(span.end - 1)) && span.end - span.start >= 2;
  return isDelimited ? trimmed(text, { start: span.start + 1, end: span.end - 1 }) : span;
}

function trimmed(text: string, { start, end }: Span): Span {
  const whole = text.slice(start, end);
  const lead = whole.length - whole.trimStart().length;
  return lead === whole.length ? { start, end: start } : { start: start + lead, end: start + whole.trimEnd().length };
}

/** The word at an offset; empty where none is. */
function wordAt(text: string, offset: number): Span {
  const before = /[\p{L}\p{N}_]*$/u.exec(text.slice(Math.max(0, offset - 200), offset))?.[0].length ?? 0;
  const after = /^[\p{L}\p{N}_]*/u.exec(text.slice(offset, offset + 200))?.[0].length ?? 0;
  return { start: offset - before, end: offset + after };
}
