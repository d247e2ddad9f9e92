// What DAX does not take: one finding a fault, where it is.
import { describe, expect, it } from 'vitest';
import { parseExpression } from '../../grammar/src/index.ts';
import { checkProblems } from './support.ts';

describe('one finding, where the fault is', () => {
  it.each([
    ['M = a NOT IN { 1 }\n      ^^^ unexpected-token', 'NOT IN is no operator'],
    ['M = (1, )\n    ^ expected-expression', 'a tuple with an empty place'],
    ['M = VAR 1a = 2 RETURN 1\n        ^^ unexpected-token', 'a variable begins with no digit'],
    ["M = VAR 'a' = 2 RETURN 1\n        ^^^ unexpected-token", 'a variable has no quotes'],
    ['M = VAR [a] = 2 RETURN 1\n        ^^^ unexpected-token', 'a variable has no brackets'],
    ['M = VAR a.b = 2 RETURN 1\n        ^^^ unexpected-token', 'a variable has no dot'],
    ['M = VAR a b = 2 RETURN 1\n          ^ unexpected-token', 'a variable is one word'],
    ['M = VAR return = 2 RETURN 1\n        ^^^^^^ unexpected-token', 'a variable is no keyword'],
    ['M = VAR in = 2 RETURN 1\n        ^^ unexpected-token', 'nor an operator'],
    ['M = VAR a := 1 RETURN a\n          ^^ unexpected-token', 'the sign of a variable is ='],
    ['M = VAR a == 1 RETURN a\n          ^^ unexpected-token', 'and not =='],
    ['M = VAR a = 1, VAR b = 2 RETURN a\n             ^ unexpected-token', 'no comma between variables'],
    ['M = VAR a = 1; RETURN a\n             ^ unexpected-token', 'no semicolon either'],
    ['M = VAR a = 1\n    ^^^ expected-token', 'RETURN is missing'],
    ['M = VAR a RETURN 1\n        ^ expected-token', 'the sign is missing'],
    ['M = a && && b\n      ^^ expected-expression', 'an operand is missing'],
    ['M = a AND b\n      ^^^ unexpected-token', 'AND is a function'],
    ['M = a != b\n      ^^ unexpected-token', 'not equal is <>'],
    ['M = a % 2\n      ^ invalid-character', 'no operator of DAX'],
    ['M = T.[a]\n     ^ invalid-character', 'no dot between table and column'],
    ['M = T[a][b]\n        ^^^ unexpected-token', 'one column a reference'],
    ['M = IF(a b)\n         ^ unexpected-token', 'a comma is missing'],
    ['M = dt"2024-13-01"\n    ^^^^^^^^^^^^^^ invalid-date', 'no such month'],
    ['M = dt"31.01.2024"\n    ^^^^^^^^^^^^^^ invalid-date', 'the year comes first'],
    ['M = 1.5.2\n       ^^ unexpected-token', 'two points'],
    ['M = 0x10\n     ^^^ unexpected-token', 'no other base than ten'],
    ['/* a\n^^ unclosed-comment\nM = 1', 'a comment that is never closed ends where a definition begins'],
    ['M = ) ABS(1)\n    ^ unexpected-token', 'nothing was opened'],
    [') = ABS(1)\n^ unexpected-token', 'nothing was opened, at the very beginning'],
    ['M = 1 /* a /* b */ c */\n                   ^ unexpected-token', 'comments do not nest'],
    ["M = 'a\n    ^ unclosed-name", 'a name ends on its line'],
  ])('%j: %s', (text) => {
    checkProblems(text);
  });

  it.each(['1,5', '1,1', '1,25', '-1,5', '1,5 + [a]'])('%s: a decimal comma is told, with its repair', (text) => {
    const { problems } = parseExpression(text);
    expect(problems).toMatchObject([{ code: 'local-separators', repair: { edits: [{ newText: '.' }] } }]);
  });

  it.each([
    ['MEASURE T[m] = 1,5\n                ^ local-separators', 'in a definition'],
    ['DEFINE MEASURE T[m] = 1,5 VAR x = 2,5 EVALUATE T ORDER BY T[a], T[b] START AT 1,5\n                       ^ local-separators', 'in DEFINE, where START AT has two values'],
    ['EVALUATE T ORDER BY T[a], T[b] START AT 1,5', 'not in START AT'],
    ['EVALUATE { 1,5 }', 'not in brackets'],
  ])('%j: %s', (text) => {
    checkProblems(text);
  });
});

it('backslashes that Markdown puts before brackets are one fault with a repair', () => {
  const { problems } = parseExpression('SUM(T\\[c\\])');
  expect(problems.map((it) => [it.code, it.repair?.edits])).toEqual([
    ['invalid-character', [{ span: { start: 5, end: 6 }, newText: '' }, { span: { start: 8, end: 9 }, newText: '' }]],
  ]);
});
