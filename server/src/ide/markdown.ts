/**
 * The Markdown of hovers and documentation: everything that data, labels, names or comments bring in passes through here.
 *
 * Hovers are untrusted, yet a label may hold anything; nothing of it may become a link, an image, HTML or a table cell
 * of its own.
 */
import { tokenizeExpression } from '../../../grammar/src/index.ts';
import type { DocComment } from '../../../grammar/src/tree.ts';

/** Longest text shown from data, labels and names, in characters. */
const longest = 80;
/** Lines of a doc comment that are shown, and UTF-16 units of each. */
const mostDocLines = 100;
const longestDocLine = 2_000;

/**
 * Text from data, labels and names as a code span: one line, pipes and control characters escaped, at most 80 characters.
 *
 * @returns Markdown that shows the text and nothing else; `""` for the empty text
 */
export function asText(text: string): string {
  const shown = asPlain(text, longest).replace(/\|/g, '\\|');
  return shown === '' ? '`""`' : codeSpan(shown);
}

/**
 * Text for places that take no Markdown, such as an inlay hint: one line without control characters.
 *
 * @param limit longest result in characters; what is cut off leaves an ellipsis
 */
export function asPlain(text: string, limit: number): string {
  // Twice the limit in UTF-16 units holds the limit in characters; the rest need not be looked at.
  const characters = [...text.slice(0, (limit + 1) * 2)];
  const cut = characters.length > limit || text.length > (limit + 1) * 2;
  const kept = cut ? [...characters.slice(0, limit - 1), '…'] : characters;
  return kept.map(visible).join('');
}

/** DAX as a fenced block; the fence is longer than any in the text. Its lines keep the indentation that they have below each other. */
export function daxBlock(text: string): string {
  const fence = '`'.repeat(Math.max(3, longestRun(text) + 1));
  return `${fence}dax\n${outdented(text)}\n${fence}`;
}

/**
 * An expression from the middle of a text, whose first line begins behind something and the others below it: a closing
 * bracket at their end comes to stand below the first line, and other lines go on indented. What stands within a text
 * that goes over several lines stays.
 */
function outdented(text: string): string {
  const lines = [...text.matchAll(/(?<=\n)[ \t]*(?=[^ \t\r\n])/g)].map((it) => ({ start: it.index, width: it[0].length }));
  if (lines.length === 0) return text;
  const long = tokenizeExpression(text).flatMap(({ span, text: own }) => (own.includes('\n') ? [span] : []));
  const moved = lines.filter(({ start }) => !long.some((it) => it.start < start && start < it.end));
  const closes = /\n[ \t]*[)}][^\n]*$/.test(text);
  const shared = moved.reduce((least, it) => Math.min(least, it.width), Infinity) - (closes ? 0 : 4);
  if (shared <= 0 || moved.length === 0) return text;
  let result = '';
  let from = 0;
  for (const { start } of moved) {
    result += text.slice(from, start);
    from = start + shared;
  }
  return result + text.slice(from);
}

/** A table; cells are Markdown already. Columns from `numbersFrom` on are aligned to the right. */
export function table(head: readonly string[], rows: readonly (readonly string[])[], numbersFrom = head.length): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  const rule = head.map((_, i) => (i >= numbersFrom ? '---:' : '---'));
  return [line(head), line(rule), ...rows.map(line)].join('\n');
}

/**
 * The prose of a doc comment: tags are left out, images become their alternative text, HTML is shown as written, and
 * only http and https links stay links.
 */
export function renderDocs(docs: DocComment | undefined): string {
  if (docs === undefined) return '';
  const kept: string[] = [];
  let inTag = false;
  for (const line of docs.lines) {
    if (kept.length === mostDocLines) break;
    const text = line.text.slice(0, longestDocLine);
    if (/^@\w/.test(text)) inTag = true;
    else if (!inTag || !/^\s+\S/.test(text)) {
      inTag = false;
      kept.push(safeLine(text));
    }
  }
  return kept.join('\n').trim();
}

/** A description out of a model or out of metadata: prose, shown as a doc comment's is. */
export function renderProse(text: string): string {
  return text.split(/\r\n?|\n/).slice(0, mostDocLines).map((it) => safeLine(it.slice(0, longestDocLine))).join('\n').trim();
}

/** The first sentence or line of a doc comment as plain text, for outlines and completion details. */
export function firstLine(docs: DocComment | undefined): string | undefined {
  const line = docs?.lines.map((it) => it.text.trim()).find((it) => it !== '' && !it.startsWith('@'));
  return line === undefined ? undefined : asPlain(line, longest);
}

/**
 * One line of a comment's Markdown. Code spans are kept as such; elsewhere the signs that open images, HTML, link
 * definitions and links to anything but the web become character references, which never have a structural meaning.
 */
function safeLine(line: string): string {
  let out = '';
  let at = 0;
  while (at < line.length) {
    const tick = line.indexOf('`', at);
    if (tick < 0) break;
    const run = /^`+/.exec(line.slice(tick))?.[0] ?? '`';
    const close = line[tick - 1] === '\\' ? -1 : closingRun(line, tick + run.length, run.length);
    out += safeText(line.slice(at, tick));
    if (close < 0) {
      out += '&#96;'.repeat(run.length);
      at = tick + run.length;
    } else {
      out += codeSpan(line.slice(tick + run.length, close).trim());
      at = close + run.length;
    }
  }
  return out + safeText(line.slice(at));
}

function safeText(text: string): string {
  return text
    .replace(/!\[([^[\]]*)\](?:\([^()]*\)|\[[^[\]]*\])?/g, '$1')
    .replace(/!\[/g, '!&#91;')
    .replace(/</g, '&lt;')
    .replace(/\]:/g, '&#93;:')
    .replace(/\](?=\s*\()(?!\(https?:\/\/)/gi, '&#93;')
    .replace(/[\u0000-\u0008\u000b-\u001f\u007f]/g, visible);
}

/** Start of the next run of exactly `length` backticks, or -1. */
function closingRun(line: string, from: number, length: number): number {
  for (const it of line.slice(from).matchAll(/`+/g)) if (it[0].length === length) return from + it.index;
  return -1;
}

function codeSpan(text: string): string {
  const fence = '`'.repeat(longestRun(text) + 1);
  const pad = text.startsWith('`') || text.endsWith('`') || text.trim() === '' ? ' ' : '';
  return `${fence}${pad}${text}${pad}${fence}`;
}

function longestRun(text: string): number {
  let longestSoFar = 0;
  for (const it of text.matchAll(/`+/g)) longestSoFar = Math.max(longestSoFar, it[0].length);
  return longestSoFar;
}

/** A character as it may be shown: control characters and those that reorder or hide text become visible signs. */
function visible(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x20) return String.fromCodePoint(0x2400 + code);
  if (code === 0x7f) return '\u2421';
  const hides = (code >= 0x80 && code < 0xa0) || (code >= 0x200b && code <= 0x200f) || (code >= 0x2028 && code <= 0x202e)
    || (code >= 0x2060 && code <= 0x2069) || code === 0xfeff || (code >= 0xd800 && code <= 0xdfff);
  return hides ? `\\u{${code.toString(16)}}` : character;
}
