// Doc comments: the /// lines directly above a definition.
import { describe, expect, it } from 'vitest';
import { parseFile } from '../../grammar/src/index.ts';

/** The doc lines of each item of a text. */
const docs = (text: string): readonly (readonly string[] | undefined)[] =>
  parseFile(text).segments.map((it) => ('docs' in it.item ? it.item.docs?.lines.map((line) => line.text) : undefined));

describe('doc comments', () => {
  it.each<[string, string, readonly (readonly string[] | undefined)[]]>([
    ['directly above', '/// One.\n///  Two.\n///\n///Three.\nM = 1', [['One.', ' Two.', '', 'Three.']]],
    ['indented', '  /// One.\n  M = 1', [['One.']]],
    ['a blank line detaches them', '/// One.\n\nM = 1', [undefined]],
    ['the last block counts', '/// One.\n\n/// Two.\nM = 1', [['Two.']]],
    ['with a comment between', '/// One.\n// dax-metrics-disable-next-line rule -- reason\nM = 1', [['One.']]],
    ['with a block comment between', '/// One.\n/* note */\nM = 1', [['One.']]],
    ['a rule of slashes is none', '//////////\nM = 1', [undefined]],
    ['of each definition', '/// a\nA = 1\n/// b\nB = 2\nC = 3', [['a'], ['b'], undefined]],
    ['above MEASURE', '/// a\nMEASURE T[m] = 1', [['a']]],
    ['above FUNCTION', '/// Halves.\n/// @param {NUMERIC} x\nFUNCTION F = (x) => x / 2', [['Halves.', '@param {NUMERIC} x']]],
    ['above a bare expression', '/// a\n[x] + 1', [['a']]],
    ['after a definition, above a bare expression', 'M = [a]\n/// b\n[b] + 1', [undefined, ['b']]],
    ['above a header that follows an open bracket', 'M = SUM(T[a],\n/// n\nN = 1', [undefined, ['n']]],
    ['with Windows line breaks', '/// One.\r\n/// Two.\r\nM = 1', [['One.', 'Two.']]],
    ['inside a string are text', 'M = "\n/// no\n" & "x"', [undefined]],
    ['inside a body are comments', 'M =\n/// no\n1', [undefined]],
  ])('%s', (_, text, expected) => {
    expect(docs(text)).toEqual(expected);
  });

  it('know their places', () => {
    const text = 'A = 1\n/// One.\n  ///  @expect 96 \nB = 2';
    const segment = parseFile(text).segments[1];
    const block = segment !== undefined && 'docs' in segment.item ? segment.item.docs : undefined;
    const cut = (span: { start: number; end: number } | undefined): string | undefined => (span === undefined ? undefined : segment?.text.slice(span.start, span.end));
    expect(cut(block?.span)).toBe('/// One.\n  ///  @expect 96 ');
    expect(block?.lines.map((it) => cut(it.span))).toEqual(['One.', ' @expect 96 ']);
    expect(block?.lines.map((it) => it.text)).toEqual(['One.', ' @expect 96 ']);
  });

  it('are no comments, detached ones are', () => {
    const { segments: [segment] } = parseFile('/// detached\n\n/// docs\n// note\nM = 1 // end');
    expect(segment?.comments.map((it) => segment.text.slice(it.start, it.end))).toEqual(['/// detached', '// note', '// end']);
  });
});
