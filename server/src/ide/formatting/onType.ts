/** While one types: a new line is indented as far as its brackets say, and a closing bracket stands below its line. */
import { tokenize, type Token } from '../../../../grammar/src/index.ts';
import { functionNamed } from '../../functions/index.ts';
import type { TextEdit } from '../../findings/finding.ts';
import type { WorkspaceDocument } from '../../workspace/types.ts';
import { openSpotAt } from '../spot.ts';
import type { Indentation } from './style.ts';

/**
 * Only the white space that begins the line changes; code that stands somewhere stays there.
 *
 * @param offset behind the character that was typed
 * @param character what was typed: a line break, or a bracket that closes
 */
export function formatTyped(document: WorkspaceDocument, offset: number, character: string, indentation: Indentation): readonly TextEdit[] {
  const { text } = document;
  const lineStart = startOfLine(text, offset);
  const blanks = /^[ \t]*/.exec(text.slice(lineStart, lineStart + 1000))?.[0] ?? '';
  const first = lineStart + blanks.length;
  if (character === '\n' ? offset > first : offset !== first + 1) return [];
  const spot = openSpotAt(document, lineStart);
  if (spot === undefined || spot.region.region.kind !== 'dax-file') return [];
  const base = lineStart - spot.offset;
  const before = tokenize(text.slice(base, lineStart), { isFunction: (it) => functionNamed(it) !== undefined });
  const indent = indentOf(before, text, base, /^[)}]/.test(text.slice(first, first + 1)), indentation);
  return indent === undefined || indent === blanks ? [] : [{ span: { start: lineStart, end: first }, newText: indent }];
}

/** The white space that a line is to begin with; undefined where nothing says so. */
function indentOf(before: readonly Token[], text: string, base: number, closes: boolean, { insertSpaces, tabSize }: Indentation): string | undefined {
  const code = before.filter((it) => it.kind !== 'comment' && it.kind !== 'doc');
  const open: Token[] = [];
  for (const it of code) {
    if (it.kind !== 'punctuation') continue;
    if (it.text === '(' || it.text === '{') open.push(it);
    else if (it.text === ')' || it.text === '}') open.pop();
  }
  const around = open.at(-1);
  const last = code.at(-1);
  const level = insertSpaces ? ' '.repeat(tabSize) : '\t';
  const ofLine = (it: Token): string => /^[ \t]*/.exec(text.slice(startOfLine(text, base + it.span.start)))?.[0] ?? '';
  if (around !== undefined && (closes || last === around || last?.text === ',')) return ofLine(around) + (closes ? '' : level);
  if (last !== undefined && !closes && beginsBody(last)) return ofLine(last) + level;
  return undefined;
}

/** Whether what is typed behind a token is a value that goes on a line of its own. */
const beginsBody = ({ kind, text }: Token): boolean =>
  (kind === 'operator' && (text === '=' || text === ':=' || text === '=>')) || (kind === 'keyword' && text.toUpperCase() === 'RETURN');

const startOfLine = (text: string, offset: number): number => Math.max(text.lastIndexOf('\n', offset - 1), text.lastIndexOf('\r', offset - 1)) + 1;
