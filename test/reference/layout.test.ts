// The layout of public expressions: the same tokens, one layout, and none that is left as it is for want of one.
import { expect, it } from 'vitest';
import { applied, layoutEdits, parseFile, tokenize } from '../../grammar/src/index.ts';
import { defaultFormat, defaultIndentation, layoutOptions } from '../../server/src/ide/formatting/style.ts';
import type { CorpusEntry } from './rebuild.ts';
import { readReference } from './reference.ts';

const corpus = readReference('corpus/expressions.json') as readonly CorpusEntry[];
const options = layoutOptions({ ...defaultFormat, maxWidth: 60 }, defaultIndentation);
const words = (text: string): readonly string[] => tokenize(text, options).map((it) => it.text.toUpperCase());

it('of every expression keeps its tokens, and is its own layout', () => {
  let laidOut = 0;
  for (const { expression } of corpus) {
    const source = `M = ${expression}`;
    const text = applied(source, layoutEdits(source, options));
    expect(words(text)).toEqual(words(source));
    expect(applied(text, layoutEdits(text, options))).toBe(text);
    // Blanks that nobody writes are gone where the text was read without a problem.
    const messy = source.replaceAll('(', '(  ');
    const isSound = parseFile(messy, options).segments.every((it) => it.problems.length === 0);
    if (!isSound || messy === source) continue;
    expect(layoutEdits(messy, options).length).toBeGreaterThan(0);
    laidOut++;
  }
  expect(laidOut).toBeGreaterThan(500);
});
