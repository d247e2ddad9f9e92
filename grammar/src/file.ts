/** Text of a file, a fence or a query to segments with trees. */
import { isNewline, lineEnd } from './delimited.ts';
import { boundDepth, maxDepth } from './depth.ts';
import { docsAbove, docStart } from './docs.ts';
import { applyRule, maxSegmentLength, prepare, readExpression } from './expression.ts';
import { headerName, type HeaderOptions } from './header.ts';
import { missing } from './nodes.ts';
import type { Statements } from './parser.ts';
import { isPlaceholder, isProseLine } from './prose.ts';
import { reporter, type Found, type Report } from './problems.ts';
import { recut } from './recut.ts';
import { isBlank } from './scan.ts';
import { cutSegments, type Cut, type Head } from './segments.ts';
import { settle } from './settle.ts';
import type {
  Definition, DocComment, Expression, Item, MeasureDefinition, OrderKey, Segment, SourceFile, Span, TableDefinition, VisualShape,
} from './tree.ts';

export interface ParseOptions extends HeaderOptions {
  /** An earlier version: segments with the same text keep their trees and problems. */
  readonly previous?: SourceFile;
}

/**
 * Reads text as a sequence of definitions, queries and bare expressions. Never throws: each fault is a problem of its
 * segment, and text that is no DAX is a segment of prose. The segments tile the text, unless it is blank.
 */
export function parseFile(text: string, options: ParseOptions = {}): SourceFile {
  const { previous, isFunction } = options;
  const before = previous === undefined ? undefined : readings.get(previous);
  if (previous === undefined || before === undefined || before.isFunction !== isFunction) {
    const cuts = cutSegments(text, options);
    const known = byText(previous?.segments ?? []);
    return asFile(cuts.map((cut) => readCut(text, cut, known)), { isFunction, open: cuts.flatMap((it, i) => (it.open ? [i] : [])) });
  }
  const { segments } = previous;
  const { kept, cuts, rest } = recut(text, previous, before.open, options);
  const last = segments.length - rest;
  const known = byText(segments.slice(kept, last));
  const shift = text.length - (segments.at(-1)?.end ?? 0);
  const tail = segments.slice(last);
  const open = [
    ...before.open.filter((it) => it < kept),
    ...cuts.flatMap((it, i) => (it.open ? [kept + i] : [])),
    ...before.open.filter((it) => it >= last).map((it) => it - last + kept + cuts.length),
  ];
  return asFile([
    ...segments.slice(0, kept),
    ...cuts.map((cut) => readCut(text, cut, known)),
    ...(shift === 0 ? tail : tail.map((it) => ({ ...it, start: it.start + shift, end: it.end + shift }))),
  ], { isFunction, open });
}

/** How a file was read. */
interface Reading {
  readonly isFunction: HeaderOptions['isFunction'];
  /** Segments that are open, by index: see `Cut.open`. */
  readonly open: readonly number[];
}

const readings = new WeakMap<SourceFile, Reading>();

function asFile(segments: readonly Segment[], reading: Reading): SourceFile {
  const file = { segments };
  readings.set(file, reading);
  return file;
}

/** @param known segments of an earlier text, of which one with the same text is taken */
function readCut(text: string, cut: Cut, known: ReadonlyMap<string, Segment[]>): Segment {
  const { start, end } = cut;
  const own = text.slice(start, end);
  const head = relative(cut);
  const kept = known.size === 0 ? undefined : known.get(withoutBlankLines(own))?.pop();
  const old = kept === undefined ? undefined : heads.get(kept.item);
  if (kept !== undefined && old !== undefined && sameHead(old, head)) {
    if (kept.text === own) return kept.start === start ? kept : { ...kept, start, end };
    return { ...kept, start, end, text: detached(own) };
  }
  const lasting = known.size === 0 ? own : detached(own);
  const segment = { start, end, text: lasting, ...readSegment(lasting, head) };
  heads.set(segment.item, head);
  return segment;
}

/** The same text for itself: a slice would keep the whole file in memory as it was at one edit, for as long as the segment lives. */
const detached = (text: string): string => ` ${text}`.slice(1);

/** What each item was read as; a segment is kept only if it would be read the same way again. */
const heads = new WeakMap<Item, Head>();

type Read = Pick<Segment, 'item' | 'problems' | 'comments'>;

function readSegment(text: string, head: Head): Read {
  const found: Found[] = [];
  const comments: Span[] = [];
  const report = reporter(found);
  const item = readItem(text, head, report, comments, found);
  const docLines = new Set(docsOf(item).flatMap((it) => it.lines.map((line) => docStart(text, line.span))));
  const problems = settle(found, text, statementsOf(item));
  return { item, problems, comments: docLines.size === 0 ? comments : comments.filter((it) => !docLines.has(it.start)) };
}

function readItem(text: string, head: Head, report: Report, comments: Span[], found: Found[]): Item {
  switch (head.kind) {
    case 'plain':
      readLead(text, head.name.start, report, comments);
      return readPlain(text, head, report, comments);
    case 'measure':
    case 'column':
    case 'table':
    case 'function':
    case 'mparameter':
      readLead(text, head.keyword.start, report, comments);
      return readStatements(text, head.keyword.start, true, report, comments);
    case 'query':
      readLead(text, head.at, report, comments);
      return readStatements(text, head.at, false, report, comments);
    case 'comments':
      prepare(text, 0, 'expression', report, comments);
      return { kind: 'prose', placeholder: false, span: { start: 0, end: 0 } };
    case 'bare':
      readLead(text, head.at, report, comments);
      return readBare(text, head.at, report, comments, found);
  }
}

/** The comments before the code of a segment; one that is never closed ends where a definition begins. */
function readLead(text: string, codeStart: number, report: Report, comments: Span[]): void {
  if (codeStart === 0) return;
  const plain = lineComments(text, codeStart);
  if (plain !== undefined) {
    comments.push(...plain);
    return;
  }
  prepare(text.slice(0, codeStart), 0, 'expression', (code, span) => {
    if (code === 'unclosed-comment') report(code, span);
  }, comments);
}

/** Comments that end with their lines, which is what mostly stands above a definition; undefined where anything else does. */
function lineComments(text: string, end: number): readonly Span[] | undefined {
  const found: Span[] = [];
  for (let at = 0; at < end;) {
    const code = text.charCodeAt(at);
    if (isBlank(code) || isNewline(code)) at++;
    else if ((code === 47 || code === 45) && text.charCodeAt(at + 1) === code) {
      const start = at;
      at = lineEnd(text, at);
      found.push({ start, end: at });
    } else return undefined;
  }
  return found;
}

function readPlain(text: string, head: Extract<Head, { kind: 'plain' }>, report: Report, comments: Span[]): MeasureDefinition {
  const base = head.assign.end;
  const name = headerName(text, head);
  const docs = docsAbove(text, head.name.start, comments);
  const written = text.slice(base);
  let body: Expression;
  if (isPlaceholder(written)) {
    const span = visible(text, base);
    report('placeholder', span, { text: text.slice(span.start, span.end) });
    body = missing(span.start);
  } else {
    const expression = readExpression(text, base, false, report, comments);
    if (expression === undefined && text.length - base <= maxSegmentLength) report('missing-body', head.name, { name });
    body = expression ?? missing(base);
  }
  const end = Math.max(base, body.span.end);
  return {
    kind: 'measure', form: 'plain', table: undefined, docs, name, nameSpan: head.name, assign: head.assign, body,
    span: { start: head.name.start, end },
  };
}

/** A query, or one definition in the keyword form (`single`). */
function readStatements(text: string, at: number, single: boolean, report: Report, comments: Span[]): Item {
  const prepared = prepare(text, at, 'statements', report, comments);
  const docs = docsAbove(text, at, comments);
  const tokens = prepared?.tokens ?? [];
  const tell = prepared?.tooDeep === true ? () => {} : report;
  const read = applyRule((it) => it.statements(), tokens, at, tell, (offset) => docsAbove(text, offset, comments));
  const { define, definitions, evaluates } = bounded(read ?? { define: undefined, definitions: [], evaluates: [] }, tokens.length, report);
  const [first] = definitions;
  const span = { start: at, end: visible(text, at).end };
  if (single && first !== undefined && first.kind !== 'variableDefinition' && definitions.length === 1 && evaluates.length === 0) return first;
  return { kind: 'query', docs, define, definitions, evaluates, span };
}

/** A tree too deep in one member leaves that member without its expression. */
function bounded(read: Statements, tokens: number, report: Report): Statements {
  if (tokens <= maxDepth) return read;
  const { define, definitions, evaluates } = read;
  const bound = (it: Expression): Expression => boundDepth(it, tokens, report);
  const keys = (all: readonly OrderKey[]): readonly OrderKey[] => all.map((it) => ({ ...it, expression: bound(it.expression) }));
  const shaped = ({ shape }: TableDefinition): VisualShape | undefined => shape && {
    ...shape,
    axes: shape.axes.map((axis) => ({
      ...axis,
      groups: axis.groups.map((it) => ({ ...it, columns: it.columns.map(bound), total: it.total && bound(it.total) })),
      orderBy: keys(axis.orderBy),
    })),
    densify: shape.densify && bound(shape.densify),
  };
  return {
    define,
    definitions: definitions.map((it): Definition => {
      const body = bound(it.body);
      if (it.kind === 'tableDefinition') return { ...it, body, shape: shaped(it) };
      if (it.kind !== 'functionDefinition') return { ...it, body };
      return { ...it, parameters: it.parameters.map((each) => ({ ...each, defaultValue: each.defaultValue && bound(each.defaultValue) })), body };
    }),
    evaluates: evaluates.map((it) => ({ ...it, expression: bound(it.expression), orderBy: keys(it.orderBy), startAt: it.startAt.map(bound) })),
  };
}

function readBare(text: string, at: number, report: Report, comments: Span[], found: Found[]): Item {
  const span = visible(text, at);
  const written = text.slice(span.start, span.end);
  const prose = (placeholder: boolean): Item => {
    found.length = 0;
    comments.length = 0;
    if (placeholder) report('placeholder', span, { text: written });
    else report('prose', span);
    return { kind: 'prose', placeholder, span };
  };
  if (isPlaceholder(written)) return prose(true);
  const expression = readExpression(text, at, true, report, comments);
  if (found.length > 0 && isProseLine(text.slice(at, at + 200).split(/[\r\n]/, 1)[0] ?? '')) return prose(false);
  if (expression === undefined && found.length === 0) report('expected-expression', span, { found: '' });
  const docs = docsAbove(text, at, comments);
  return { kind: 'bare', docs, expression: expression ?? missing(at), span };
}

/** From `at` to the last visible character. */
function visible(text: string, at: number): Span {
  const rest = text.slice(at);
  const start = at + (rest.length - rest.trimStart().length);
  return { start, end: Math.max(start, at + rest.trimEnd().length) };
}

/** Where the statements of a query begin. */
function statementsOf(item: Item): readonly number[] {
  if (item.kind !== 'query') return [];
  return [...item.definitions, ...item.evaluates].map((it) => it.span.start).sort((a, b) => a - b);
}

function docsOf(item: Item): readonly DocComment[] {
  if (item.kind === 'prose') return [];
  const own = item.docs === undefined ? [] : [item.docs];
  return item.kind === 'query' ? [...own, ...item.definitions.flatMap((it) => it.docs ?? [])] : own;
}

/** Segments by their text; of those with the same text the first comes first. */
function byText(segments: readonly Segment[]): Map<string, Segment[]> {
  const known = new Map<string, Segment[]>();
  for (const segment of segments.toReversed()) {
    // An unclosed comment runs through the blank lines as well.
    if (segment.problems.some((it) => it.code === 'unclosed-comment')) continue;
    const key = withoutBlankLines(segment.text);
    const same = known.get(key);
    if (same === undefined) known.set(key, [segment]);
    else same.push(segment);
  }
  return known;
}

/** Nothing in a segment depends on the blank lines below it; blanks that end its last line may belong to a comment. */
function withoutBlankLines(text: string): string {
  return text.slice(0, lineEnd(text, text.trimEnd().length));
}

function relative({ start, head }: Cut): Head {
  if (start === 0) return head;
  const back = (span: Span): Span => ({ start: span.start - start, end: span.end - start });
  switch (head.kind) {
    case 'plain':
      return { kind: 'plain', name: back(head.name), assign: back(head.assign) };
    case 'measure':
    case 'column':
    case 'table':
    case 'function':
    case 'mparameter':
      return { kind: head.kind, keyword: back(head.keyword), assign: head.assign === undefined ? undefined : back(head.assign) };
    case 'query':
    case 'bare':
    case 'comments':
      return { kind: head.kind, at: head.at - start };
  }
}

function sameHead(a: Head, b: Head): boolean {
  return a.kind === b.kind && headStart(a) === headStart(b) && (a.kind !== 'plain' || b.kind !== 'plain' || a.assign.start === b.assign.start);
}

function headStart(head: Head): number {
  return head.kind === 'plain' ? head.name.start : 'at' in head ? head.at : head.keyword.start;
}
