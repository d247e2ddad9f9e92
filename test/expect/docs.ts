// Doc comments as the parser gives them.
import type { DocComment } from '../../grammar/src/tree.ts';

/**
 * The doc comment of lines such as `/// @expect 96`, as it stands at the start of a segment.
 *
 * @param text lines; blanks before `///` are kept, as in an indented block
 */
export function docs(text: string): DocComment {
  const lines: { text: string; span: { start: number; end: number } }[] = [];
  let at = 0;
  for (const line of text.split('\n')) {
    const head = /^\s*\/\/\/ ?/.exec(line)?.[0].length ?? 0;
    lines.push({ text: line.slice(head), span: { start: at + head, end: at + line.length } });
    at += line.length + 1;
  }
  return { span: { start: 0, end: text.length }, lines };
}
