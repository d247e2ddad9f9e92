/**
 * The fixture language of the tests: text with its expectations written into it.
 *
 * - `//- /folder/file.dax` on a line of its own begins a file; without such a line the text is one file, `/main.dax`.
 * - `$0` marks the cursor and is no part of the text.
 * - A line of carets below a line of text expects a finding there: `^^^ error[unknown-column]: The table ...`. The
 *   message may be left out, or end with `...` where only its beginning counts. A finding that goes on beyond its line
 *   is marked to the line's end and `>`: `^^^> warning[prose]`. A finding on an empty span is `|`, as wide as one caret.
 */
import { expect } from 'vitest';

export interface Marked {
  readonly rule: string;
  readonly severity: string;
  readonly message: string;
  readonly span: { readonly start: number; readonly end: number };
}

export interface FixtureFile {
  readonly path: string;
  /** The text without expectations and cursor. */
  readonly text: string;
  /** Offset of `$0`. */
  readonly cursor: number | undefined;
  /** The text with its expectations, as written. */
  readonly written: string;
}

const expectationLine = /^( *)(\^+>?|\|) (error|warning|information|hint)\[([a-z-]+)\](?:: (.*))?$/;

/** Reads a fixture. The first line break and the last blank line are no part of it, so that it can be set off in code. */
export function fixture(source: string): readonly FixtureFile[] {
  const lines = dedent(source);
  const files: { path: string; lines: string[] }[] = [];
  for (const line of lines) {
    const head = /^\/\/- (\/\S+)\s*$/.exec(line);
    if (head?.[1] !== undefined) files.push({ path: head[1], lines: [] });
    else {
      if (files.length === 0) files.push({ path: '/main.dax', lines: [] });
      files.at(-1)?.lines.push(line);
    }
  }
  return files.map((it) => readFile(it.path, it.lines));
}

/** The only file of a fixture. */
export function oneFile(source: string): FixtureFile {
  const [file] = fixture(source);
  if (file === undefined) throw new Error('the fixture is empty');
  return file;
}

/** The offset of `$0`, which has to be there. */
export function cursorOf(file: FixtureFile): number {
  if (file.cursor === undefined) throw new Error(`${file.path} has no $0`);
  return file.cursor;
}

/** Compares findings with those that the file's carets expect. A difference is shown as text with carets. */
export function expectFindings(file: FixtureFile, findings: readonly Marked[]): void {
  expect(annotate(file, findings)).toBe(file.written);
}

/** The file's text with a line of carets below each line that has findings. */
export function annotate(file: FixtureFile, findings: readonly Marked[]): string {
  const expected = expectationsOf(file.written);
  const out: string[] = [];
  let start = 0;
  const left = new Set(findings);
  const lines = file.text.split('\n');
  lines.forEach((line, number) => {
    out.push(line);
    const end = start + line.length;
    const isLast = number === lines.length - 1;
    const here = [...left].filter((it) => it.span.start >= start && (it.span.start <= end || isLast));
    here.sort((a, b) => a.span.start - b.span.start || a.rule.localeCompare(b.rule));
    for (const it of here) {
      left.delete(it);
      out.push(caretLine(it, start, end, expected));
    }
    start = end + 1;
  });
  return out.join('\n');
}

function caretLine(it: Marked, lineStart: number, lineEnd: number, expected: readonly string[]): string {
  const width = Math.min(it.span.end, lineEnd) - it.span.start;
  const marks = it.span.end === it.span.start ? '|' : `${'^'.repeat(Math.max(1, width))}${it.span.end > lineEnd ? '>' : ''}`;
  const head = `${' '.repeat(it.span.start - lineStart)}${marks} ${it.severity}[${it.rule}]`;
  const full = `${head}: ${it.message}`;
  if (expected.includes(head)) return head;
  // A message that is given in part counts as given when it begins so.
  const partial = expected.find((line) => line.endsWith('...') && full.startsWith(line.slice(0, -3)));
  return partial ?? full;
}

function expectationsOf(written: string): readonly string[] {
  return written.split('\n').filter((it) => expectationLine.test(it));
}

function readFile(path: string, lines: readonly string[]): FixtureFile {
  const kept = lines.filter((it) => !expectationLine.test(it)).join('\n');
  const at = kept.indexOf('$0');
  return {
    path,
    text: kept.replace('$0', ''),
    cursor: at < 0 ? undefined : at,
    written: lines.join('\n').replace('$0', ''),
  };
}

/** Lines without the indentation that they share, the set-off first and last line left out. */
function dedent(source: string): readonly string[] {
  const lines = source.replace(/\r\n/g, '\n').split('\n');
  if (lines[0]?.trim() === '') lines.shift();
  if (lines.at(-1)?.trim() === '') lines.pop();
  const widths = lines.filter((it) => it.trim() !== '' && !expectationLine.test(it)).map((it) => it.length - it.trimStart().length);
  const width = widths.length === 0 ? 0 : Math.min(...widths);
  return lines.map((it) => it.slice(width));
}
