// DAX changed at random, by characters and by tokens: nothing throws, nothing is lost, and the work grows with the text.
// `npm run test:long` does the same a million times.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { DaxParser } from '../../grammar/src/parser.ts';
import { parseFile, readingWork } from '../../grammar/src/index.ts';
import { randomOf } from '../oracle/random.ts';
import { changed, dictionary, mutated } from './mutate.ts';
import { analyse, faultsOfOtherReadings, faultsOfReading, mostCharacters, readPage } from './read.ts';

const root = path.resolve(import.meta.dirname, '../..');
const pieces = dictionary(root);
const seeds = (count: number): readonly number[] => Array.from({ length: count }, (_, i) => i);

describe('a text changed at random', () => {
  it('is read whole, within bounds', () => {
    for (const seed of seeds(3000)) {
      const it = mutated(seed, pieces);
      expect({ seed, text: it.text, fault: faultsOfReading(it) }).toEqual({ seed, text: it.text, fault: undefined });
    }
  }, 60_000);

  it('is read as tokens, as an expression and after an edit', () => {
    for (const seed of seeds(600)) {
      const it = mutated(seed, pieces);
      expect({ seed, text: it.text, fault: faultsOfOtherReadings(it) }).toEqual({ seed, text: it.text, fault: undefined });
    }
  }, 60_000);

  it('is bound and lowered', () => {
    for (const seed of seeds(200)) {
      const { text } = mutated(seed, pieces);
      expect(() => analyse(text), `seed ${String(seed)}: ${text}`).not.toThrow();
    }
  }, 60_000);

  it('is read as a page', () => {
    const pages = readFileSync(path.join(root, 'samples/omnichannel/calculate-session-metrics.md'), 'utf8').split(/^(?=## )/m);
    for (const seed of seeds(200)) {
      const random = randomOf(seed);
      let text = random.pick(pages);
      for (let count = random.int(1, 5); count > 0; count--) text = changed(text, random, pieces);
      expect(() => readPage(text), `seed ${String(seed)}: ${text}`).not.toThrow();
    }
  }, 60_000);
});

describe('work grows with the text at most', () => {
  interface Cost {
    readonly length: number;
    readonly characters: number;
    readonly tokens: number;
    readonly rules: number;
  }

  /** What it costs to read a text, rules of the grammar that are entered included. */
  function costOf(text: string): Cost {
    const prototype = DaxParser.prototype as unknown as Record<'ruleInvocationStateUpdate', (...args: unknown[]) => void>;
    const enter = prototype.ruleInvocationStateUpdate;
    expect(enter).toBeTypeOf('function');
    let rules = 0;
    prototype.ruleInvocationStateUpdate = function count(...args) {
      rules++;
      enter.apply(this, args);
    };
    try {
      const before = readingWork();
      parseFile(text);
      const after = readingWork();
      return { length: text.length, characters: after.characters - before.characters, tokens: after.tokens - before.tokens, rules };
    } finally {
      prototype.ruleInvocationStateUpdate = enter;
    }
  }

  const query = 'EVALUATE T ORDER BY T[a]\n';
  it.each<[string, (count: number) => string]>([
    ['definitions', (n) => 'M = IF([a] > 1, "x", T[b])\n'.repeat(n)],
    ['headers on every line', (n) => 'M =\n'.repeat(n)],
    ['lines that may be headers', (n) => `M = 1 +\n${'x y z\n'.repeat(n)}`],
    ['lines with signs that begin nothing', (n) => `M = f(\n${'T[a] = 1,\n'.repeat(n)}1)`],
    ['nested brackets', (n) => `M = ${'('.repeat(n)}1${')'.repeat(n)}`],
    ['nested calls over lines', (n) => `M = ${'IF(a,\n'.repeat(n)}1${')\n'.repeat(n)}`],
    ['brackets never closed', (n) => `M = ${'('.repeat(n)}`],
    ['brackets never closed, one a definition', (n) => 'M = f(a\n'.repeat(n)],
    ['brackets never closed, one a query', (n) => `EVALUATE f(T\n${query}`.repeat(n)],
    ['closing brackets', (n) => `M = 1${')'.repeat(n)}`],
    ['braces and brackets crossed', (n) => `M = ${'({'.repeat(n)}${')}'.repeat(n)}`],
    ['strings never closed', (n) => 'M = "a\n'.repeat(n)],
    ['a string never closed over many headers', (n) => `A = "\n${'M = 1\n'.repeat(n)}`],
    ['strings over lines', (n) => 'M = "a\nb"\n'.repeat(n)],
    ['quotes', (n) => `M = ${'"'.repeat(n)}`],
    ['quotes over lines', (n) => '" ""\n'.repeat(n)],
    ['typographic quotes', (n) => `M = f(${'“a”, '.repeat(n)}"4”)`],
    ['quotes of both kinds', (n) => '"“'.repeat(n)],
    ['names never closed', (n) => "'a\n".repeat(n)],
    ['columns never closed', (n) => '[a\n'.repeat(n)],
    ['columns broken over lines', (n) => 'M = T[a\nb]\n'.repeat(n)],
    ['words before a closing square bracket', (n) => 'M = a b c]\n'.repeat(n)],
    ['comments never closed', (n) => 'M = 1 /*\n'.repeat(n)],
    ['comment openings', (n) => '/*'.repeat(n)],
    ['comments', (n) => '// a\n-- b\n/* c */\n'.repeat(n)],
    ['doc comments', (n) => '/// a\n'.repeat(n)],
    ['documented measures of a query', (n) => `DEFINE\n${'/// x\nMEASURE T[a] = 1\n'.repeat(n)}${query}`],
    ['semicolons', (n) => `M = f(${'1;'.repeat(n)}1)`],
    ['semicolons outside brackets', (n) => 'M = 1;\n'.repeat(n)],
    ['decimal commas', (n) => `M = f(${'1,5;'.repeat(n)}1)`],
    ['one line', (n) => `M = 1${' + 1'.repeat(n)}`],
    ['one line of words', (n) => 'word '.repeat(n)],
    ['prose', (n) => 'The text goes on, and on.\n'.repeat(n)],
    ['variables', (n) => `M = ${'VAR x = 1\n'.repeat(n)}RETURN x`],
    ['variables without RETURN', (n) => 'M = VAR x = 1\n'.repeat(n)],
    ['variables in variables', (n) => `M = ${'VAR x = '.repeat(n)}1${' RETURN x'.repeat(n)}`],
    ['variables without names', (n) => `M = ${'VAR 1 2 3 4 5 6 7 8 9 '.repeat(n)}`],
    ['operators', (n) => `M = ${'- '.repeat(n)}1`],
    ['operators without operands', (n) => `M = 1 ${'&& '.repeat(n)}`],
    ['characters that are no DAX', (n) => `M = ${'# '.repeat(n)}1`],
    ['dots', (n) => `M = a${'.'.repeat(n)}b`],
    ['parameters', (n) => `FUNCTION f = (${'x : INT64 VAL = 1, '.repeat(n)}) => 1`],
    ['words behind a colon', (n) => `FUNCTION f = (x : ${'SCALAR '.repeat(n)}) => 1`],
    ['axes of a shape', (n) => `TABLE t = T WITH VISUAL SHAPE ${'AXIS ROWS GROUP [a], [b] TOTAL [c] ORDER BY [a] '.repeat(n)}`],
    ['queries', (n) => query.repeat(n)],
    ['keywords', (n) => 'EVALUATE DEFINE '.repeat(n)],
    ['DEFINE on every line', (n) => 'DEFINE\n'.repeat(n)],
    ['blank lines', (n) => `M = 1${'\n'.repeat(n)}N = 2`],
    ['blank lines with a query open', (n) => `EVALUATE T${'\n \n'.repeat(n)}`],
    ['equals signs', (n) => '='.repeat(n)],
    ['placeholders', (n) => 'M = **Need info**\n'.repeat(n)],
  ])('%s', (_, textOf) => {
    const costs = [500, 1000, 2000, 4000].map((count) => costOf(textOf(count)));
    const rates = costs.map(({ length, characters, tokens, rules }) => [characters / length, tokens / length, rules / length] as const);
    for (const [characters, tokens, rules] of rates) {
      expect(characters).toBeLessThan(mostCharacters);
      expect(tokens).toBeLessThan(4);
      expect(rules).toBeLessThan(12);
    }
    // Twice the text is twice the work: the work for each character stays what it is.
    const [first, ...others] = rates;
    for (const rate of others) {
      rate.forEach((it, i) => expect(it).toBeLessThan((first?.[i] ?? 0) * 1.2 + 0.1));
    }
  });
});
