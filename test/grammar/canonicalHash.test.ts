import { describe, expect, it } from 'vitest';
import { canonicalExpression, canonicalHash, parseExpression } from '../../grammar/src/index.ts';
import type { Expression } from '../../grammar/src/tree.ts';

const expression = (text: string): Expression => {
  const { expression: it } = parseExpression(text);
  if (it === undefined) throw new Error(`no expression in ${text}`);
  return it;
};

describe('the hash of an expression', () => {
  it.each([
    ['sum( \'Fact\'[Wait Time] )', 'SUM(Fact[wait time])'],
    ['(1 + 2) * 3', '( (1+2) ) * 3 // rows'],
    ['VAR x = [Sessions] RETURN x', 'var X = [SESSIONS] return X'],
    ['[İstanbul] + [ß]', '[İSTANBUL] + [ß]'],
    ['NOT TRUE', 'not true'],
    ['{ (1, "a"), (2, "b") }', '{ ( 1 , "a" ), ( 2, "b" ) }'],
    ['1.0', '1.00'],
  ])('of %s is that of %s', (a, b) => {
    expect(canonicalExpression(expression(a))).toBe(canonicalExpression(expression(b)));
    expect(canonicalHash(expression(a))).toBe(canonicalHash(expression(b)));
  });

  it.each([
    ['[Sessions] + 1', '[Sessions] + 2'], ['[Sessions] + 1', '[Sessions] - 1'], ['SUM(T[a])', 'SUM(T[b])'], ['"x1"', '"x2"'], ['F(1)', 'F(1, BLANK())'],
  ])('of %s is not that of %s', (a, b) => {
    expect(canonicalHash(expression(a))).not.toBe(canonicalHash(expression(b)));
  });
});
