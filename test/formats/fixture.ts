// Fixtures that read like files: `//- /name` heads a file, and a line of carets names the place of a finding in the line
// above it, followed by the message.
import type { Finding } from '../../server/src/findings/finding.ts';
import { lineIndex, positionAt } from '../../server/src/base/spans.ts';

export interface FixtureFile {
  readonly uri: string;
  /** Without the lines of carets. */
  readonly text: string;
  /** What the carets say: `3:5-9 message`, lines and columns from 1. */
  readonly expected: readonly string[];
}

const root = 'file:///w';

/** Splits a fixture; without heads it is one file of the given name. */
export function fixture(text: string, name = '/a.daxmodel.yaml'): readonly FixtureFile[] {
  const files: { name: string; lines: string[] }[] = [];
  for (const line of text.replace(/^\n/, '').split('\n')) {
    const head = /^\/\/- (\S+)$/.exec(line);
    if (head?.[1] !== undefined) files.push({ name: head[1], lines: [] });
    else {
      if (files.length === 0) files.push({ name, lines: [] });
      files.at(-1)?.lines.push(line);
    }
  }
  return files.map(readFile);
}

function readFile(file: { readonly name: string; readonly lines: readonly string[] }): FixtureFile {
  const lines: string[] = [];
  const expected: string[] = [];
  for (const line of file.lines) {
    const carets = /^\s*(?:#\s*)?(\^+) (.*)$/.exec(line);
    if (carets?.[1] === undefined) lines.push(line);
    else {
      const column = line.indexOf('^');
      expected.push(`${lines.length}:${column + 1}-${column + carets[1].length} ${carets[2] ?? ''}`);
    }
  }
  return { uri: root + file.name, text: lines.join('\n'), expected };
}

/** Findings in the form of a fixture's carets, in the order of places. */
export function shown(findings: readonly Finding[], text: string): readonly string[] {
  const index = lineIndex(text);
  return [...findings].sort((a, b) => a.span.start - b.span.start).map((it) => {
    const start = positionAt(index, it.span.start);
    const end = positionAt(index, it.span.end);
    return `${start.line + 1}:${start.column + 1}-${end.line === start.line ? end.column : `${end.line + 1}:${end.column}`} ${it.message}`;
  });
}
