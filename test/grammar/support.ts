// Fixtures that read like DAX, and trees as text.
import { expect } from 'vitest';
import { expressionsOf, parseExpression, parseFile, walk, type Argument, type Item, type Problem, type Query, type Segment, type SourceFile, type Span } from '../../grammar/src/index.ts';

/** A fixture without its margin, first and last line break. */
export function dedent(text: string): string {
  const lines = text.replace(/^\n/, '').replace(/\n[ \t]*$/, '').split('\n');
  const margin = Math.min(...lines.filter((it) => it.trim() !== '').map((it) => it.length - it.trimStart().length));
  return lines.map((it) => it.slice(margin)).join('\n');
}

interface Expected {
  readonly line: number;
  readonly from: number;
  readonly to: number;
  readonly code: string;
}

/** A caret line stands below the text at fault: `   ^^^ unexpected-token`. */
const carets = /^( *)(\^+) ([a-z-]+)$/;

/**
 * Checks that a file has exactly the problems that the caret lines below its lines tell. A problem over several lines
 * is told by its part of the first one.
 */
export function checkProblems(fixture: string): SourceFile {
  const text: string[] = [];
  const expected: Expected[] = [];
  for (const line of dedent(fixture).split('\n')) {
    const match = carets.exec(line);
    if (match === null) text.push(line);
    else {
      const [, blanks = '', marks = '', code = ''] = match;
      expected.push({ line: text.length - 1, from: blanks.length, to: blanks.length + marks.length, code });
    }
  }
  const file = parseFile(text.join('\n'));
  const found = file.segments.flatMap((segment) => segment.problems.map((it) => place(text, segment, it)));
  expect(found).toEqual(expected);
  return file;
}

function place(lines: readonly string[], segment: Segment, problem: Problem): Expected {
  let offset = segment.start + problem.span.start;
  const length = problem.span.end - problem.span.start;
  for (const [line, text] of lines.entries()) {
    if (offset <= text.length) return { line, from: offset, to: Math.max(offset + 1, Math.min(offset + length, text.length)), code: problem.code };
    offset -= text.length + 1;
  }
  throw new Error('a problem lies outside the text');
}

/** The items of a text without a problem. */
export function itemsOf(text: string): readonly Item[] {
  const { segments } = parseFile(dedent(text));
  expect(segments.flatMap((it) => it.problems)).toEqual([]);
  return segments.map((it) => it.item);
}

/** The query that a text without a problem begins with. */
export function queryOf(text: string): Query {
  const [item] = itemsOf(text);
  if (item?.kind !== 'query') throw new Error(`no query but ${item?.kind ?? 'nothing'}`);
  return item;
}

/** The segments of a file in a word or two each: `measure Sessions rejected`, `query`, `bare`, `prose`. */
export function outline(text: string, options: Parameters<typeof parseFile>[1] = {}): readonly string[] {
  return parseFile(dedent(text), options).segments.map((it) => ('name' in it.item ? `${it.item.kind} ${it.item.name}` : it.item.kind));
}

/** The tree of an expression without a problem, in brackets: `(+ 1 (* 2 3))`. */
export function tree(text: string): string {
  const { expression, problems } = parseExpression(text);
  expect(problems).toEqual([]);
  return shape(expression);
}

/** The tree that is left of a faulty expression. */
export function treeOfFaulty(text: string): string {
  return shape(parseExpression(text).expression);
}

export function shape(node: Argument): string {
  const all = (items: readonly Argument[]): string => items.map(shape).join(' ');
  switch (node.kind) {
    case 'number':
      return node.text;
    case 'string':
      return JSON.stringify(node.value);
    case 'boolean':
      return node.value ? 'true' : 'false';
    case 'date':
      return `dt:${node.serial}`;
    case 'parameter':
      return `@${node.name}`;
    case 'name':
      return node.name.quoted ? `'${node.name.text}'` : node.name.text;
    case 'column':
      return `${node.table === undefined ? '' : node.table.quoted ? `'${node.table.text}'` : node.table.text}[${node.column.text}]`;
    case 'call':
      return node.args.length === 0 ? `${node.name}()` : `${node.name}(${all(node.args)})`;
    case 'unary':
      return `(${node.operator} ${shape(node.operand)})`;
    case 'binary':
      return `(${node.operator} ${shape(node.left)} ${shape(node.right)})`;
    case 'parenthesized':
      return `<${shape(node.expression)}>`;
    case 'tuple':
      return `<${all(node.items)}>`;
    case 'constructor':
      return `{${all(node.rows)}}`;
    case 'var':
      return `(${node.variables.map((it) => `var ${it.name.text} ${shape(it.value)}`).join(' ')} return ${shape(node.body)})`;
    case 'missing':
      return '?';
    case 'omitted':
      return '_';
  }
}

/** Every span of a segment: item, problems, comments and all nodes. */
export function spansOf(segment: Segment): readonly Span[] {
  const spans: Span[] = [segment.item.span, ...segment.comments, ...segment.problems.map((it) => it.span)];
  const expressions = expressionsOf(segment.item);
  for (const expression of expressions) walk(expression, (node) => { spans.push(node.span); });
  return spans;
}
