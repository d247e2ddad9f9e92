// Trees back to text, and when two expressions are the same.
import { describe, expect, it } from 'vitest';
import { canonicalExpression, children, parseExpression, printExpression, quoteColumn, quoteString, quoteTable, sameExpression, walk, type Expression } from '../../grammar/src/index.ts';
import { shape } from './support.ts';

const parse = (text: string): Expression => parseExpression(text).expression;

describe('printing', () => {
  it.each([
    ['calculate( distinctcount ( FactSession[SessionId] ),FactSession[IsAgentSession] )', 'calculate(distinctcount(FactSession[SessionId]), FactSession[IsAgentSession])'],
    ['1+2*3', '1 + 2 * 3'],
    ['(1+2)*3', '(1 + 2) * 3'],
    ['- - 1', '- -1'],
    ['-2^2', '-2 ^ 2'],
    ['2^-1', '2 ^ -1'],
    ['a - -b', 'a - -b'],
    ['not a in { 1,2 }', 'NOT a IN { 1, 2 }'],
    ["'Fact Session' [a]]b]", "'Fact Session'[a]]b]"],
    ["'Dates'[d]", "'Dates'[d]"],
    ['"a ""b"""', '"a ""b"""'],
    ['f(a,,c)', 'f(a, , c)'],
    ['(a,b) in {(1,2)}', '(a, b) IN { (1, 2) }'],
    ['var a=1 return a', 'VAR a = 1 RETURN a'],
    ['1 + var a = 1 return a', '1 + VAR a = 1 RETURN a'],
    ['dt"2024-1-31"', 'dt"2024-1-31"'],
    ['true && @p', 'TRUE && @p'],
    ['.50 + 1.', '.50 + 1.'],
  ])('%s', (text, expected) => {
    expect(printExpression(parse(text))).toBe(expected);
    expect(sameExpression(parse(text), parse(expected))).toBe(true);
  });

  it('puts the brackets that a tree needs', () => {
    const one = parse('a + b');
    const two = parse('c');
    const product: Expression = { kind: 'binary', operator: '*', left: one, right: two, operatorSpan: one.span, span: one.span };
    expect(printExpression(product)).toBe('(a + b) * c');
    expect(printExpression({ ...product, operator: '-', left: two, right: one })).toBe('c - (a + b)');
    expect(shape(parse(printExpression({ kind: 'unary', operator: '-', operand: product, operatorSpan: one.span, span: one.span })))).toBe('(- <(* <(+ a b)> c)>)');
  });
});

describe('the same expression', () => {
  it.each([
    ['SUM ( T[a] ) // note', 'sum(t[A])'],
    ["'FactSession'[a]", 'FactSession [a]'],
    ['(a + b) + (c)', 'a + b + c'],
    ['1.50', '1.5'],
    ['a * (b / c)', 'a * (b/c)'],
    ['dt"2024-01-01"', 'dt"2024-1-1"'],
  ])('%s and %s', (a, b) => {
    expect(sameExpression(parse(a), parse(b))).toBe(true);
  });

  it.each([
    ['a - (b - c)', 'a - b - c'],
    ['1', '1.0'],
    ['"a"', '"A"'],
    ['T[a]', '[a]'],
    ['f(a, )', 'f(a)'],
    ['TRUE', 'TRUE()'],
    ['[a b]', '[ab]'],
    ['(a, b)', 'f(a, b)'],
  ])('but not %s and %s', (a, b) => {
    expect(sameExpression(parse(a), parse(b))).toBe(false);
  });
});

describe('quoting', () => {
  it.each([
    ['FactSession', 'FactSession'],
    ['Fact Session', "'Fact Session'"],
    ["Agent's", "'Agent''s'"],
    ['2024', "'2024'"],
    ['Größe', "'Größe'"],
    ['Table', "'Table'"],
    ['', "''"],
  ])('the table %s is %s', (name, expected) => {
    expect(quoteTable(name)).toBe(expected);
  });

  it('columns and strings', () => {
    expect(quoteColumn('a]b')).toBe('[a]]b]');
    expect(quoteString('say "hi"')).toBe('"say ""hi"""');
  });
});

it('the canonical text is a key for expressions that are the same', () => {
  expect(canonicalExpression(parse("( sum('FactSession'[A]) + 1.50 )"))).toBe('SUM(factsession[a]) + 1.5r');
});

describe('walking', () => {
  const text = 'VAR a = f(1, , -2) RETURN { (a, [m]) }';

  it('children are the nodes directly below', () => {
    expect(children(parse(text)).map(shape)).toEqual(['f(1 _ (- 2))', '{<a [m]>}']);
    expect(children(parse('f(1, , -2)')).map(shape)).toEqual(['1', '_', '(- 2)']);
  });

  it('outer nodes come before inner ones, left before right', () => {
    const seen: string[] = [];
    walk(parse(text), (node) => { seen.push(node.kind); });
    expect(seen).toEqual(['var', 'call', 'number', 'unary', 'number', 'constructor', 'tuple', 'name', 'column']);
  });

  it('false keeps the walk out of a node', () => {
    const seen: string[] = [];
    walk(parse(text), (node) => {
      seen.push(node.kind);
      return node.kind !== 'call';
    });
    expect(seen).toEqual(['var', 'call', 'constructor', 'tuple', 'name', 'column']);
  });
});
