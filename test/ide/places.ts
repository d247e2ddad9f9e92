// Fixtures whose expectations are places: a line of carets below a line of text marks each, with a word where one is said.
import { expect } from 'vitest';
import type { Workspace } from '../../server/src/workspace/types.ts';
import { openFixture, uriOf } from '../support/workspace.ts';

export interface Place {
  readonly uri: string;
  readonly span: { readonly start: number; readonly end: number };
  /** What follows the carets. */
  readonly word: string;
}

export interface PlacesFixture {
  readonly workspace: Workspace;
  readonly uri: string;
  readonly offset: number;
  /** Compares places with the marks; a difference is shown as text with marks. */
  places(found: readonly Place[]): void;
}

const markLine = /^ *\^+( [a-z]+)?$/;

/** Opens a fixture without its marks. Files may be indented, each by itself. */
export async function expectPlaces(source: string): Promise<PlacesFixture> {
  const marked = unindented(source);
  const opened = await openFixture(marked.split('\n').filter((it) => !markLine.test(it)).join('\n'));
  return {
    workspace: opened.workspace,
    uri: opened.uri,
    offset: opened.offset,
    places(found) {
      const out: string[] = [];
      for (const file of opened.files) {
        out.push(`//- ${file.path}`);
        let start = 0;
        for (const line of file.text.split('\n')) {
          const end = start + line.length;
          out.push(line);
          const here = found.filter((it) => it.uri === uriOf(file.path) && it.span.start >= start && it.span.start <= end);
          for (const it of [...here].sort((a, b) => a.span.start - b.span.start)) {
            out.push(`${' '.repeat(it.span.start - start)}${'^'.repeat(it.span.end - it.span.start)}${it.word === '' ? '' : ` ${it.word}`}`);
          }
          start = end + 1;
        }
      }
      expect(out.join('\n')).toBe(marked.replace('$0', '').trimEnd());
    },
  };
}

/** Lines without the indentation that those of their file share. */
export function unindented(source: string): string {
  const files: string[][] = [];
  for (const line of source.split('\n')) {
    if (/^\s*\/\/- /.test(line)) files.push([line.trim()]);
    else files.at(-1)?.push(line);
  }
  return files.map(([head = '', ...lines]) => {
    while (lines[0]?.trim() === '') lines.shift();
    while (lines.at(-1)?.trim() === '') lines.pop();
    const widths = lines.filter((it) => it.trim() !== '' && !markLine.test(it)).map((it) => it.length - it.trimStart().length);
    const width = Math.min(...widths);
    return [head, ...lines.map((it) => it.slice(width))].join('\n');
  }).join('\n');
}
