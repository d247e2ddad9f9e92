// Hostile text: bounded time and depth, one clear problem each.
import { describe, expect, it } from 'vitest';
import { within } from '../support/within.ts';
import { maxDepth, parseExpression, parseFile, printExpression, sameExpression, walk } from '../../grammar/src/index.ts';

const codes = (text: string): readonly string[] => parseFile(text).segments.flatMap((it) => it.problems.map((problem) => problem.code));

const soon = <T>(work: () => T): T => within(15, work);

describe('nesting', () => {
  it.each<[string, string]>([
    ['brackets', `M = ${'('.repeat(10_000)}1${')'.repeat(10_000)}`],
    ['brackets never closed', `M = ${'('.repeat(10_000)}`],
    ['calls', `M = ${'ABS('.repeat(10_000)}1${')'.repeat(10_000)}`],
    ['braces', `EVALUATE ${'{'.repeat(10_000)}`],
    ['VAR blocks in their values', `M = ${'VAR x = '.repeat(10_000)}1${' RETURN x'.repeat(10_000)}`],
    ['VAR blocks in their results', `M = ${'VAR x = 1 RETURN '.repeat(10_000)}1`],
    ['signs', `M = ${'- '.repeat(10_000)}1`],
    ['NOT', `M = ${'NOT '.repeat(10_000)}1`],
    ['a chain of operators', `M = 1${' + 1'.repeat(10_000)}`],
    ['a chain inside a query', `EVALUATE {1${' + 1'.repeat(10_000)}}`],
  ])('%s, ten thousand deep', (_, text) => {
    expect(soon(() => codes(`${text}\n/// docs\nN = 1`))).toEqual(['nested-too-deep']);
    expect(parseFile(`${text}\n/// docs\nN = 1`).segments.at(-1)?.item).toMatchObject({ name: 'N', body: { kind: 'number' } });
  });

  it('what is deep but within bounds is read whole', () => {
    const text = `${'IF(a, '.repeat(150)}1${')'.repeat(150)}`;
    const { expression, problems } = parseExpression(text);
    expect(problems).toEqual([]);
    expect(sameExpression(expression, parseExpression(printExpression(expression)).expression)).toBe(true);
    let nodes = 0;
    walk(expression, () => { nodes++; });
    expect(nodes).toBe(301);
    expect(parseExpression(`1${' & 1'.repeat(maxDepth - 1)}`).problems).toEqual([]);
  });
});

describe('length', () => {
  it.each<[string, string]>([
    ['one word', 'a'.repeat(5_000_000)],
    ['one definition', `M = ${'a + '.repeat(1_250_000)}1`],
    ['opening brackets', '('.repeat(5_000_000)],
    ['quotes of names', "'".repeat(5_000_000)],
  ])('a line of 5 MB: %s', (_, text) => {
    const file = soon(() => parseFile(text));
    expect(file.segments).toHaveLength(1);
    expect(file.segments[0]?.problems).toMatchObject([{ code: 'segment-too-long', params: { limit: '1000000' } }]);
  });

  it('a long list is read', () => {
    const text = `M = { ${'"value", '.repeat(50_000)}"last" }`;
    const { segments: [segment] } = soon(() => parseFile(text));
    expect(segment?.problems).toEqual([]);
    expect(segment?.item).toMatchObject({ body: { kind: 'constructor', rows: { length: 50_001 } } });
  });
});

describe('time grows with the text, not with its square', () => {
  it.each<[string, string]>([
    ['definitions never closed', 'M = f(a\n'.repeat(20_000)],
    ['definitions with a quote each', "Agent's = (\n".repeat(20_000)],
    ['strings never closed', 'M = "\n'.repeat(20_000)],
    ['pairs of quotes', '" ""\n'.repeat(100_000)],
    ['comments never closed', 'M = 1 /*\n'.repeat(20_000)],
    ['comment openings', '/*'.repeat(200_000)],
    ['names never closed', '[a\n'.repeat(100_000)],
    ['name openings and typographic quotes', '[“'.repeat(100_000)],
    ['quotes and typographic quotes', '"“'.repeat(100_000)],
    ['strings on one line', `M = f(${'"a", '.repeat(100_000)}"4”)`],
    ['doc comments', '///\n'.repeat(200_000)],
    ['documented measures of one query', `DEFINE\n${'/// x\nMEASURE T[a] = 1\n'.repeat(20_000)}`],
    ['measures of one query on one line', `DEFINE ${'MEASURE T[a] = 1 '.repeat(30_000)}`],
    ['closing brackets', ')'.repeat(200_000)],
    ['semicolons', `M = f(${'1;'.repeat(100_000)}1)`],
    ['signs of markup', '*_'.repeat(200_000)],
    ['dashes', '-'.repeat(200_000)],
    ['blank lines', '\n'.repeat(1_000_000)],
  ])('%s', (_, text) => {
    soon(() => parseFile(text));
  });

  it('problems of one segment are bounded in number', () => {
    expect(codes(`M = ${'# 1 + '.repeat(1000)}1`)).toHaveLength(100);
  });
});
