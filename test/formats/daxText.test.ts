// DAX in a YAML or JSON scalar keeps the way back to its place in the file.
import { describe, expect, it } from 'vitest';
import { spanToDocument, toRegion } from '../../server/src/base/offsetMap.ts';
import { readModelFile } from '../../server/src/formats/index.ts';
import type { DaxText } from '../../server/src/model/model.ts';

function daxOf(file: string, name = 'a.daxmodel.yaml'): DaxText {
  const { raw, findings } = readModelFile(`file:///${name}`, file);
  expect(findings).toEqual([]);
  const source = raw?.tables[0]?.source;
  if (source?.kind !== 'dax') throw new Error('the table is no dax table');
  return source.expression;
}

/** Each word of the DAX must be found in the file at the place that the map gives for it, and the way back must hold. */
function checkWords(file: string, dax: DaxText, written: (word: string) => string = (it) => it): void {
  const words = [...dax.text.matchAll(/[A-Za-z0-9_"'\\\]]+/g)];
  expect(words.length).toBeGreaterThan(1);
  for (const it of words) {
    const place = spanToDocument(dax.map, { start: it.index, end: it.index + it[0].length });
    expect(file.slice(place.start, place.end), `${it[0]} at ${it.index}`).toBe(written(it[0]));
    expect(toRegion(dax.map, place.start)).toBe(it.index);
  }
}

describe('the text of a scalar', () => {
  it.each([
    ['plain', 'dax: FILTER ( Fact, Fact[A] > 1 )', 'FILTER ( Fact, Fact[A] > 1 )'],
    ['plain with a comment behind', 'dax: FILTER(a, b) # keep', 'FILTER(a, b)'],
    ['plain over lines', 'dax: FILTER(\n      Fact,\n\n      Fact[A] > 1 )', 'FILTER( Fact,\nFact[A] > 1 )'],
    ['in double quotes', 'dax: "FILTER(Fact, Fact[A] > 1)"', 'FILTER(Fact, Fact[A] > 1)'],
    ['in single quotes', "dax: 'FILTER(Fact, x)'", 'FILTER(Fact, x)'],
    ['in double quotes over lines', 'dax: "FILTER(\n      Fact,\n\n      x)"', 'FILTER( Fact,\nx)'],
    ['in double quotes with an escaped break', 'dax: "FILTER(\\\n      Fact, x)"', 'FILTER(Fact, x)'],
    ['a literal block', 'dax: |\n      FILTER (\n        Fact,\n\n        x)\n', 'FILTER (\n  Fact,\n\n  x)\n'],
    ['a literal block, stripped', 'dax: |-\n      FILTER(Fact,\n      x)\n', 'FILTER(Fact,\nx)'],
    ['a literal block, kept', 'dax: |+\n      FILTER(Fact,\n      x)\n\n', 'FILTER(Fact,\nx)\n\n'],
    ['a literal block with a comment in its head', 'dax: | # rows\n      FILTER(Fact, x)\n', 'FILTER(Fact, x)\n'],
    ['a literal block with its indentation said', 'dax: |2\n        FILTER(Fact,\n      x)\n', '  FILTER(Fact,\nx)\n'],
    ['a literal block that begins with an empty line', 'dax: |\n\n      FILTER(Fact, x)\n', '\nFILTER(Fact, x)\n'],
    ['a folded block', 'dax: >\n      FILTER(\n      Fact,\n      x)\n', 'FILTER( Fact, x)\n'],
    ['a folded block with paragraphs and deeper lines', 'dax: >\n      FILTER(\n      Fact,\n\n      a,\n        b,\n        c)\n', 'FILTER( Fact,\na,\n  b,\n  c)\n'],
    ['the same word on many lines', 'dax: >\n      a +\n      a +\n      a +\n      ab + a\n', 'a + a + a + ab + a\n'],
  ])('%s', (_, yaml, text) => {
    const file = `name: m\ntables:\n  T:\n    ${yaml}\n    hidden: true\n`.replace(/\n\n    hidden/, '\n    hidden');
    const dax = daxOf(file);
    expect(dax.text).toBe(text);
    checkWords(file, dax);
  });

  it.each([['|', 'FILTER (\n  Fact,\n  x)\n'], ['>', 'FILTER (\n  Fact,\n  x)\n']])('a block %s with \\r\\n', (style, text) => {
    const file = `name: m\ntables:\n  T:\n    dax: ${style}\n      FILTER (\n        Fact,\n        x)\n`.replaceAll('\n', '\r\n');
    const dax = daxOf(file);
    expect(dax.text).toBe(text);
    checkWords(file, dax);
  });

  it('with quotes doubled and escaped', () => {
    const single = `name: m\ntables:\n  T:\n    dax: '''My table''[A] = "x"'\n`;
    const dax = daxOf(single);
    expect(dax.text).toBe(`'My table'[A] = "x"`);
    expect(single.slice(...Object.values(spanToDocument(dax.map, { start: 4, end: 9 })) as [number, number])).toBe('table');

    const double = `name: m\ntables:\n  T:\n    dax: "A[B] = \\"x\\u00e9\\U0001F600\\ty\\" & C"\n`;
    const other = daxOf(double);
    expect(other.text).toBe('A[B] = "xé\u{1F600}\ty" & C');
    const end = spanToDocument(other.map, { start: other.text.length - 1, end: other.text.length });
    expect(double.slice(end.start, end.end)).toBe('C');
    const quote = other.text.indexOf('"');
    expect(double.slice(spanToDocument(other.map, { start: quote, end: quote + 1 }).start - 1).startsWith('\\"')).toBe(true);
  });

  it('in JSON', () => {
    const file = '{ "name": "m", "tables": { "T": { "dax": "FILTER(\\n  Fact,\\tFact[A] = \\"x\\\\y\\")" } } }';
    const dax = daxOf(file, 'a.daxmodel.json');
    expect(dax.text).toBe('FILTER(\n  Fact,\tFact[A] = "x\\y")');
    const at = dax.text.indexOf('Fact[A]');
    const place = spanToDocument(dax.map, { start: at, end: at + 7 });
    expect(file.slice(place.start, place.end)).toBe('Fact[A]');
  });

  it.each(['1', 'TRUE', '0x10'])('that YAML takes for something else is DAX as written: %s', (written) => {
    const file = `name: m\ntables:\n  T:\n    dax: ${written}\n`;
    const dax = daxOf(file);
    expect(dax.text).toBe(written);
    const place = spanToDocument(dax.map, { start: 0, end: written.length });
    expect(file.slice(place.start, place.end)).toBe(written);
  });
});
