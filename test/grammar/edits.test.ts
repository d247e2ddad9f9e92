// Long texts edited again and again: what is read after an edit is what would be read of the new text.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseFile, type Segment, type SourceFile } from '../../grammar/src/index.ts';

/** Whole definitions, so that most of a text stays what it was, and signs that change what stands around them. */
const definitions = [
  'Sessions = COUNTROWS ( FactSession )\n\n', '/// doc\n/// @format 0\nRate =\n    DIVIDE ( [Sessions], [All] )\n\n', 'A := 1\n', 'B = "text" // why\n',
  'With variables =\n    VAR x = [Sessions]\n    RETURN x + 1\n\n', 'MEASURE T[m] = SUM ( T[c] )\n', 'FUNCTION f = ( x ) => x\n', 'FUNCTION g =\n\n( x ) => x\n',
  'EVALUATE T ORDER BY T[c]\n\n', 'DEFINE\n    MEASURE T[n] = 1\nEVALUATE T\n', '[Sessions] + 1\n\n', 'The text goes on\nand on\n\n', '-- a comment\n\n', '/* a\n\ncomment */\n',
  "Agent's rate = 1\n", '% of total = [a]\n', 'Long = {\n  1,\n  2\n}\n\n', '\r\nC = [b]\r\n\r\n',
];
const signs = [
  '(', ')', '{', '}', '"', "'", '[', ']', '/*', '*/', '//', '///', '=', ':=', '\n', '\n\n', '\r', ' ', ',', '+', 'VAR x = ', 'RETURN ', 'EVALUATE ', 'DEFINE\n', 'x', '1', 'IN ', '“',
];
const piece = fc.oneof({ weight: 9, arbitrary: fc.constantFrom(...definitions) }, { weight: 1, arbitrary: fc.constantFrom(...signs) });
const sound = fc.array(fc.constantFrom(...definitions), { minLength: 40, maxLength: 100 }).map((it) => it.join(''));
const troubled = fc.array(piece, { minLength: 40, maxLength: 100 }).map((it) => it.join(''));
const edit = fc.record({
  place: fc.double({ min: 0, max: 1, noNaN: true }),
  removed: fc.oneof(fc.nat(3), fc.nat(200)),
  inserted: fc.oneof(fc.constant(''), fc.constantFrom(...signs), fc.constantFrom(...definitions), fc.array(piece, { maxLength: 6 }).map((it) => it.join(''))),
});
type Edit = typeof edit extends fc.Arbitrary<infer E> ? E : never;

const apply = (text: string, { place, removed, inserted }: Edit): string => {
  const at = Math.floor(place * text.length);
  return text.slice(0, at) + inserted + text.slice(at + removed);
};
const plain = ({ segments }: SourceFile): unknown => JSON.parse(JSON.stringify(segments)) as readonly Segment[];

describe('a long text', () => {
  for (const [name, text, numRuns] of [['of whole definitions', sound, 40], ['with trouble in it', troubled, 40]] as const) {
    it(`${name} is read after each of several edits as if it were new`, () => {
      fc.assert(fc.property(text, fc.array(edit, { minLength: 1, maxLength: 6 }), (source, edits) => {
        let now = source;
        let file = parseFile(now);
        for (const it of edits) {
          now = apply(now, it);
          file = parseFile(now, { previous: file });
          expect(plain(file)).toEqual(plain(parseFile(now)));
        }
      }), { numRuns });
    });
  }

  it('keeps what stands before and behind an edit', () => {
    const source = Array.from({ length: 300 }, (_, i) => `Metric ${String(i)} = COUNTROWS ( T ) + ${String(i)}\n\n`).join('');
    const before = parseFile(source);
    const after = parseFile(source.replace('+ 150', '+ 1500'), { previous: before });
    const same = after.segments.filter((it, i) => it === before.segments[i]).length;
    const items = after.segments.filter((it, i) => it.item === before.segments[i]?.item).length;
    expect([same, items]).toEqual([150, 299]);
  });

  it('goes back where the text before the edit was open', () => {
    const open = 'A = SUM (\n\n' + 'B = 1\n\n'.repeat(400);
    const before = parseFile(open);
    const closed = `${open}) + 1`;
    expect(plain(parseFile(closed, { previous: before }))).toEqual(plain(parseFile(closed)));
  });
});
