/**
 * Where a cursor stands in a model or project file, in YAML or JSON, and which keys the file has.
 *
 * A file that is being written is not yet YAML; this reads what is there by its indentation and its brackets, never fails,
 * and looks at each character once.
 */
import { lineEnd } from '../../base/spans.ts';

export type Path = readonly (string | number)[];

export interface ModelCursor {
  /** Of the mapping whose key or the list whose item is begun (`node`), or of the value that is begun behind its key (`value`). */
  readonly path: Path;
  readonly place: 'node' | 'value';
  /** Where what is typed begins, its quote included. */
  readonly start: number;
  /** In a mapping or list in brackets rather than one by indentation. */
  readonly inBrackets?: true;
}

export type OnKey = (mapping: Path, key: string) => void;

/** A mapping or list by indentation. */
interface Block {
  readonly column: number;
  readonly isList: boolean;
  readonly path: Path;
  /** Path of what stands below the last key or dash. */
  open: Path;
  item: number;
}

/** A mapping or list in brackets. */
interface Flow {
  readonly isList: boolean;
  readonly path: Path;
  item: number;
  key: string | undefined;
}

/** Mappings and lists in each other; no file that a person writes has more. */
const mostLevels = 200;

const key = /(?:"((?:[^"\\\r\n]|\\.)*)"|'((?:[^'\r\n]|'')*)'|([^\s"'{}[\],#&*!|>%@`-][^\r\n#]*?|-[^\s#][^\r\n#]*?))[ \t]*:(?=\s|$)/y;

/**
 * Reads a file up to an offset.
 *
 * @param onKey is told of each key with the path of its mapping
 * @returns undefined in comments, in texts of several lines, and where nothing can be begun
 */
export function scan(text: string, end: number, onKey: OnKey = () => undefined): ModelCursor | undefined {
  const head = text.slice(0, end);
  const blocks: Block[] = [];
  for (let at = head.charCodeAt(0) === 0xfeff ? 1 : 0; at <= end;) {
    const stop = lineEnd(head, at);
    const line = readLine(head, at, stop, blocks, onKey);
    if (line.kind === 'cursor' || stop === end) return line.kind === 'cursor' ? line.cursor : undefined;
    at = line.at;
  }
  return undefined;
}

type Line = { readonly kind: 'cursor'; readonly cursor: ModelCursor | undefined } | { readonly kind: 'next'; readonly at: number };

const cursor = (it: ModelCursor | undefined): Line => ({ kind: 'cursor', cursor: it });

function readLine(head: string, at: number, stop: number, blocks: Block[], onKey: OnKey): Line {
  if (blocks.length > mostLevels) return cursor(undefined);
  const isLast = stop === head.length;
  const next: Line = { kind: 'next', at: afterBreak(head, stop) };
  let from = skipBlanks(head, at, stop);
  let column = from - at;
  const dash = (): boolean => head[from] === '-' && (from + 1 === stop || isBlank(head[from + 1]));
  while (from < stop && dash()) {
    const list = enter(blocks, column, true);
    list.item++;
    list.open = [...list.path, list.item];
    const content = skipBlanks(head, from + 1, stop);
    column += content - from;
    from = content;
  }
  if (from >= stop) return isLast ? cursor({ path: pathAt(blocks, column), place: 'node', start: from }) : next;
  if (head[from] === '#' || head.startsWith('---', from)) return isLast ? cursor(undefined) : next;
  if (head[from] === '{' || head[from] === '[') return readFlow(head, from, pathAt(blocks, column), onKey);
  key.lastIndex = from;
  const found = key.exec(head);
  if (found === null || key.lastIndex > stop) return isLast ? cursor({ path: pathAt(blocks, column), place: 'node', start: from }) : next;
  const block = enter(blocks, column, false);
  const name = nameOf(found);
  block.open = [...block.path, name];
  onKey(block.path, name);
  const value = skipBlanks(head, key.lastIndex, stop);
  const sign = head[value];
  if (value >= stop) return isLast ? cursor({ path: block.open, place: 'value', start: head.length }) : next;
  if (sign === '{' || sign === '[') return readFlow(head, value, block.open, onKey);
  if (sign === '|' || sign === '>') return skipText(head, stop, block.column);
  if (!isLast) return next;
  const isOver = sign === '#' || /\s#/.test(head.slice(value)) || /^(?:"(?:[^"\\]|\\.)*"|'(?:[^']|'')*')/.test(head.slice(value));
  return cursor(isOver ? undefined : { path: block.open, place: 'value', start: value });
}

/** The block of a column; blocks that are indented further end. */
function enter(blocks: Block[], column: number, isList: boolean): Block {
  for (let top = blocks.at(-1); top !== undefined; top = blocks.at(-1)) {
    if (top.column < column || (top.column === column && (top.isList === isList || isList))) break;
    blocks.pop();
  }
  const top = blocks.at(-1);
  if (top?.column === column && top.isList === isList) return top;
  const path = top?.open ?? [];
  const block: Block = { column, isList, path, open: path, item: -1 };
  blocks.push(block);
  return block;
}

/** Path of the mapping that a key at a column would belong to. */
function pathAt(blocks: Block[], column: number): Path {
  const found = blocks.findLast((it) => it.column <= column && !(it.column === column && it.isList));
  return found === undefined ? [] : found.column === column ? found.path : found.open;
}

function readFlow(head: string, open: number, path: Path, onKey: OnKey): Line {
  const flows: Flow[] = [];
  /** What may turn out to be a key. */
  let word: { readonly text: string; readonly start: number; readonly end: number } | undefined;
  let at = open;
  for (; at < head.length;) {
    const sign = head[at] ?? '';
    const top = flows.at(-1);
    if (flows.length > mostLevels) return cursor(undefined);
    if (sign === '{' || sign === '[') {
      flows.push({ isList: sign === '[', path: top === undefined ? path : childOf(top), item: 0, key: undefined });
      word = undefined;
      at++;
    } else if (sign === '}' || sign === ']') {
      flows.pop();
      word = undefined;
      at++;
      if (flows.length === 0) return { kind: 'next', at: afterBreak(head, lineEnd(head, at)) };
    } else if (sign === ',') {
      if (top?.isList === true) top.item++;
      else if (top !== undefined) top.key = undefined;
      word = undefined;
      at++;
    } else if (sign === ':' && top !== undefined && !top.isList && top.key === undefined) {
      top.key = word?.text ?? '';
      onKey(top.path, top.key);
      word = undefined;
      at++;
    } else if (sign === '#' && isBlank(head[at - 1])) at = lineEnd(head, at);
    else if (isBlank(sign)) at++;
    else {
      const end = wordEnd(head, at);
      word = { text: unquoted(head.slice(at, end)), start: at, end };
      at = end;
    }
  }
  const top = flows.at(-1);
  if (top === undefined || head.lastIndexOf('#') > Math.max(head.lastIndexOf('\n'), open) && /\s#[^\n]*$/.test(head)) return cursor(undefined);
  const isWhole = word !== undefined && (word.end < head.length || /^("|').*\1$/s.test(head.slice(word.start)) && word.end - word.start > 1);
  if (isWhole) return cursor(undefined);
  const isValue = top.isList || top.key !== undefined;
  return cursor({ path: isValue ? childOf(top) : top.path, place: isValue ? 'value' : 'node', start: word?.start ?? head.length, inBrackets: true });
}

const childOf = (it: Flow): Path => (it.isList ? [...it.path, it.item] : it.key === undefined ? it.path : [...it.path, it.key]);

/** The end of a word of a mapping or list in brackets: of its quotes, or where the syntax goes on. */
function wordEnd(head: string, start: number): number {
  const quote = head[start];
  if (quote === '"' || quote === "'") {
    for (let at = start + 1; at < head.length; at++) {
      if (head[at] === '\\' && quote === '"') at++;
      else if (head[at] === quote) return at + 1;
    }
    return head.length;
  }
  let at = start + 1;
  while (at < head.length && !/[,{}[\]\r\n]/.test(head[at] ?? '') && !(head[at] === ':' && (at + 1 === head.length || isBlank(head[at + 1]))) && !(head[at] === '#' && isBlank(head[at - 1]))) at++;
  return at;
}

/** Behind a text of several lines: all that is indented further than its key. */
function skipText(head: string, stop: number, column: number): Line {
  let at = afterBreak(head, stop);
  for (; at < head.length; at = afterBreak(head, lineEnd(head, at))) {
    const end = lineEnd(head, at);
    const from = skipBlanks(head, at, end);
    if (from < end && from - at <= column) return { kind: 'next', at };
    if (end === head.length) break;
  }
  // On a new line that is not indented the next key may begin.
  const lastLine = head.slice(head.lastIndexOf('\n') + 1);
  return stop < head.length && lastLine.trim() === '' && lastLine.length <= column ? { kind: 'next', at: head.length - lastLine.length } : cursor(undefined);
}

const nameOf = ([, double, single, plain]: RegExpExecArray): string => double?.replace(/\\(.)/g, '$1') ?? single?.replaceAll("''", "'") ?? plain ?? '';

function unquoted(text: string): string {
  if (text.startsWith('"')) return text.slice(1, text.endsWith('"') && text.length > 1 ? -1 : undefined).replace(/\\(.)/g, '$1');
  return text.startsWith("'") ? text.slice(1, text.endsWith("'") && text.length > 1 ? -1 : undefined).replaceAll("''", "'") : text.trim();
}

const isBlank = (it: string | undefined): boolean => it === ' ' || it === '\t' || it === '\r' || it === '\n';

function skipBlanks(text: string, from: number, stop: number): number {
  let at = from;
  while (at < stop && (text[at] === ' ' || text[at] === '\t')) at++;
  return at;
}

const afterBreak = (text: string, stop: number): number => (text[stop] === '\r' && text[stop + 1] === '\n' ? stop + 2 : stop + 1);
