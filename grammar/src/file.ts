/** Text of a file, a fence or a query to segments with trees. */
import { isPlaceholder, isProseLine } from './prose.ts';
import { docsAbove, docStart } from './docs.ts';
import { maxSegmentLength, ordered, prepare, readExpression, startParser } from './expression.ts';
import { headerName, type HeaderOptions } from './header.ts';
import { missing } from './parser.ts';
import { reporter, type Report } from './problems.ts';
import { cutSegments, type Cut, type Head } from './segments.ts';
import type { DocComment, Expression, Item, MeasureDefinition, Problem, Segment, SourceFile, Span } from './tree.ts';

export interface ParseOptions extends HeaderOptions {
  /** An earlier version: segments with the same text keep their trees and problems. */
  readonly previous?: SourceFile;
}

/**
 * Reads text as a sequence of definitions, queries and bare expressions. Never throws: each fault is a problem of its
 * segment, and text that is no DAX is a segment of prose. The segments tile the text, unless it is blank.
 */
export function parseFile(text: string, options: ParseOptions = {}): SourceFile {
  const known = options.previous === undefined ? undefined : byText(options.previous);
  const segments = cutSegments(text, options).map((cut): Segment => {
    const { start, end } = cut;
    const own = text.slice(start, end);
    const head = relative(cut);
    const kept = known?.get(own)?.pop();
    const old = kept === undefined ? undefined : heads.get(kept.item);
    if (kept !== undefined && old !== undefined && sameHead(old, head)) {
      return kept.start === start ? kept : { ...kept, start, end };
    }
    const segment = { start, end, text: own, ...readSegment(own, head) };
    heads.set(segment.item, head);
    return segment;
  });
  return { segments };
}

/** What each item was read as; a segment is kept only if it would be read the same way again. */
const heads = new WeakMap<Item, Head>();

type Read = Pick<Segment, 'item' | 'problems' | 'comments'>;

function readSegment(text: string, head: Head): Read {
  const problems: Problem[] = [];
  const comments: Span[] = [];
  const report = reporter(problems);
  const item = readItem(text, head, report, comments, problems);
  const docLines = new Set(docsOf(item).flatMap((it) => it.lines.map((line) => docStart(text, line.span))));
  return { item, problems: ordered(problems), comments: docLines.size === 0 ? comments : comments.filter((it) => !docLines.has(it.start)) };
}

function readItem(text: string, head: Head, report: Report, comments: Span[], problems: Problem[]): Item {
  switch (head.kind) {
    case 'plain':
      readLead(text, head.name.start, comments);
      return readPlain(text, head, report, comments);
    case 'measure':
    case 'column':
    case 'table':
    case 'function':
      readLead(text, head.keyword.start, comments);
      return readStatements(text, head.keyword.start, true, report, comments);
    case 'query':
      readLead(text, head.at, comments);
      return readStatements(text, head.at, false, report, comments);
    case 'comments':
      readLead(text, text.length, comments);
      return { kind: 'prose', placeholder: false, span: { start: 0, end: 0 } };
    case 'bare':
      readLead(text, head.at, comments);
      return readBare(text, head.at, report, comments, problems);
  }
}

/** The comments before the code of a segment. */
function readLead(text: string, codeStart: number, comments: Span[]): void {
  if (codeStart > 0) prepare(text.slice(0, codeStart), 0, 'expression', () => {}, comments);
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
    const before = comments.length;
    const expression = readExpression(text, base, false, report, comments);
    if (expression === undefined && text.length - base <= maxSegmentLength) report('missing-body', head.name, { name });
    body = expression ?? missing(base);
    if (expression === undefined) comments.length = Math.max(before, comments.length);
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
  const parser = startParser(prepared?.tokens ?? [], at, prepared?.tooDeep === true ? () => {} : report, (offset) => docsAbove(text, offset, comments));
  const { definitions, evaluates } = parser.statements();
  const [first] = definitions;
  const span = { start: at, end: visible(text, at).end };
  if (single && first !== undefined && first.kind !== 'variableDefinition' && definitions.length === 1 && evaluates.length === 0) return first;
  return { kind: 'query', docs, definitions, evaluates, span };
}

function readBare(text: string, at: number, report: Report, comments: Span[], problems: Problem[]): Item {
  const span = visible(text, at);
  const written = text.slice(span.start, span.end);
  const prose = (placeholder: boolean): Item => {
    problems.length = 0;
    comments.length = 0;
    if (placeholder) report('placeholder', span, { text: written });
    else report('prose', span);
    return { kind: 'prose', placeholder, span };
  };
  if (isPlaceholder(written)) return prose(true);
  const expression = readExpression(text, at, true, report, comments);
  if (problems.length > 0 && isProseLine(text.slice(at, at + 200).split(/[\r\n]/, 1)[0] ?? '')) return prose(false);
  if (expression === undefined && problems.length === 0) report('expected-expression', span, { found: '' });
  const docs = docsAbove(text, at, comments);
  return { kind: 'bare', docs, expression: expression ?? missing(at), span };
}

/** From `at` to the last visible character. */
function visible(text: string, at: number): Span {
  const rest = text.slice(at);
  const start = at + (rest.length - rest.trimStart().length);
  return { start, end: Math.max(start, at + rest.trimEnd().length) };
}

function docsOf(item: Item): readonly DocComment[] {
  if (item.kind === 'prose') return [];
  const own = item.docs === undefined ? [] : [item.docs];
  return item.kind === 'query' ? [...own, ...item.definitions.flatMap((it) => it.docs ?? [])] : own;
}

function byText(file: SourceFile): Map<string, Segment[]> {
  const known = new Map<string, Segment[]>();
  for (const segment of file.segments.toReversed()) {
    const same = known.get(segment.text);
    if (same === undefined) known.set(segment.text, [segment]);
    else same.push(segment);
  }
  return known;
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
