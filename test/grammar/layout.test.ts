// What a layout holds for any text: the same tokens and comments in their order, and nothing to do the second time.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applied, layoutEdits, parseFile, printItem, readingWork, tokenize, type LayoutOptions, type Token } from '../../grammar/src/index.ts';
import { defaultFormat, defaultIndentation, layoutOptions, type FormatSettings, type Indentation } from '../../server/src/ide/formatting/style.ts';
import { definitions, expressions, queries, scattered } from './generate.ts';

const settings: fc.Arbitrary<FormatSettings> = fc.record({
  maxWidth: fc.constantFrom(1, 20, 40, 80, 120),
  lineStyle: fc.constantFrom('long' as const, 'short' as const),
  parentheses: fc.constantFrom('spaced' as const, 'padded' as const, 'compact' as const),
  upperCase: fc.boolean(),
});
const indentations: fc.Arbitrary<Indentation> = fc.record({ tabSize: fc.constantFrom(2, 4), insertSpaces: fc.boolean() });

/** Capitals of functions and keywords are the layout's business. */
const said = ({ kind, text }: Token): string =>
  kind === 'keyword' || kind === 'function' || kind === 'boolean' || kind === 'operator' ? text.toUpperCase() : text;

function holds(source: string, options: LayoutOptions): void {
  const edits = layoutEdits(source, options);
  let at = -1;
  for (const { span, newText } of edits) {
    expect(span.start).toBeGreaterThan(at);
    expect(source.slice(span.start, span.end)).not.toBe(newText);
    at = span.end;
  }
  const text = applied(source, edits);
  expect(tokenize(text, options).map(said)).toEqual(tokenize(source, options).map(said));
  expect(parseFile(text, options).segments.map((it) => printItem(it.item).toLowerCase()))
    .toEqual(parseFile(source, options).segments.map((it) => printItem(it.item).toLowerCase()));
  expect(applied(text, layoutEdits(text, options))).toBe(text);
}

describe('the layout of random text', () => {
  it.each([
    ['definitions', definitions], ['queries', queries], ['definitions with comments anywhere', scattered(definitions)],
    ['queries with comments anywhere', scattered(queries)], ['expressions with comments anywhere', scattered(expressions)],
  ] as const)('of %s keeps tokens, comments and trees, and is its own layout', (_, sources) => {
    fc.assert(fc.property(sources, settings, indentations, (source, chosen, indentation) => {
      holds(source, layoutOptions(chosen, indentation));
    }), { numRuns: 200, seed: 8 });
  });
});

describe('the layout of hostile text', () => {
  const options = layoutOptions(defaultFormat, defaultIndentation);
  const layout = (source: string): string => applied(source, layoutEdits(source, options));

  it.each<[string, (size: number) => string]>([
    ['many definitions', (size) => 'M =  SUM( T[a])+1\n'.repeat(size)],
    ['one long call', (size) => `M = f(${'T[a],'.repeat(size)}1)\n`],
    ['one long chain', (size) => `M = ${'1+'.repeat(size / 10)}1\n`.repeat(10)],
    ['many comments', (size) => `M = f(${'T[a], -- c\n'.repeat(size)}1)\n`],
    ['many suppressions', (size) => `M = f(${'T[a], // dax-metrics-disable-line x\n'.repeat(size)}1)\n`],
    ['suppressions on one line', (size) => `M = f(${'T[a], /* dax-metrics-disable-line x */ '.repeat(size)}1)\n`],
  ])('%s reads and writes in proportion to it', (_, source) => {
    const cost = (size: number): number => {
      const before = readingWork().tokens;
      layout(source(size));
      return readingWork().tokens - before;
    };
    cost(10);
    expect(cost(4000) / cost(400)).toBeLessThan(13);
  });

  it('has calls of as many arguments as there are', () => {
    expect(layout(`M = f(${'1,'.repeat(60_000)}1)`).split('\n')).toHaveLength(60_004);
  });

  it('goes as deep as the parser does', () => {
    const deep = `M = ${'f( '.repeat(190)}1${')'.repeat(190)}`;
    expect(layout(deep)).not.toBe(deep);
    const deeper = `M = ${'f( '.repeat(300)}1${')'.repeat(300)}`;
    expect(layout(deeper)).toBe(deeper);
  });
});
