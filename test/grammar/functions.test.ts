// Functions that text defines: parameters with types, defaults and passing modes.
import { describe, expect, it } from 'vitest';
import { parseFile, type FunctionDefinition } from '../../grammar/src/index.ts';
import { checkProblems, itemsOf, shape } from './support.ts';

describe('user-defined functions', () => {
  const fn = (text: string): FunctionDefinition => {
    const [item] = itemsOf(text);
    if (item?.kind !== 'functionDefinition') throw new Error('no function');
    return item;
  };
  const words = (hint: string) => fn(`FUNCTION f = (x${hint}) => x`).parameters.map(({ type, subtype, passing }) => [type?.value, subtype?.value, passing?.value]);

  it.each([
    ['', undefined, undefined, undefined],
    [' : ANYVAL', 'ANYVAL', undefined, undefined], [': AnyVal', 'ANYVAL', undefined, undefined], [':scalar', 'SCALAR', undefined, undefined], [': TABLE', 'TABLE', undefined, undefined], [': ANYREF', 'ANYREF', undefined, undefined],
    [': CALENDARREF', 'CALENDARREF', undefined, undefined], [': COLUMNREF', 'COLUMNREF', undefined, undefined], [': MEASUREREF', 'MEASUREREF', undefined, undefined], [': TABLEREF', 'TABLEREF', undefined, undefined],
    [': VARIANT', undefined, 'VARIANT', undefined], [': Int64', undefined, 'INT64', undefined], [': DECIMAL', undefined, 'DECIMAL', undefined], [': DOUBLE', undefined, 'DOUBLE', undefined], [': STRING', undefined, 'STRING', undefined],
    [': DATETIME', undefined, 'DATETIME', undefined], [': BOOLEAN', undefined, 'BOOLEAN', undefined], [': NUMERIC', undefined, 'NUMERIC', undefined],
    [': VAL', undefined, undefined, 'VAL'], [': expr', undefined, undefined, 'EXPR'], [': SCALAR INT64 VAL', 'SCALAR', 'INT64', 'VAL'], [': Scalar Numeric Expr', 'SCALAR', 'NUMERIC', 'EXPR'],
    [': TABLE EXPR', 'TABLE', undefined, 'EXPR'], [': ANYREF EXPR', 'ANYREF', undefined, 'EXPR'], [': STRING VAL', undefined, 'STRING', 'VAL'], [': ANYVAL EXPR', 'ANYVAL', undefined, 'EXPR'],
  ])('a parameter with the hint %j', (hint, type, subtype, passing) => {
    expect(words(hint)).toEqual([[type, subtype, passing]]);
  });

  it('have no parameter or many, with defaults anywhere, comments, and a comma after the last', () => {
    expect(fn('FUNCTION f = () => 1').parameters).toEqual([]);
    const { name, parameters, commas, body } = fn(`
      /// Adds.
      /// @param {number} a - first
      FUNCTION My.Own_Sum =
        (
          a : NUMERIC = 1, // the first
          b,
          t : TABLE EXPR = FILTER(T, T[a] = 1), /* rows */
          d = (VAR x = 2 RETURN x), -- the last
        ) =>
          VAR s = a + b
          RETURN s + COUNTROWS(t) + d
    `);
    expect([name, parameters.map((it) => [it.name, it.defaultValue === undefined ? undefined : shape(it.defaultValue)]), commas.length, shape(body)])
      .toEqual(['My.Own_Sum', [['a', '1'], ['b', undefined], ['t', 'FILTER(T (= T[a] 1))'], ['d', '<(var x 2 return x)>']], 4, '(var s (+ a b) return (+ (+ s COUNTROWS(t)) d))']);
  });

  it('keep the places of names and hints', () => {
    const text = "FUNCTION 'A.B' = (total : SCALAR INT64 VAL = 1) => total";
    const { nameSpan, parameters: [only] } = fn(text);
    const at = (span: { start: number; end: number } | undefined): string => (span === undefined ? '' : text.slice(span.start, span.end));
    expect([nameSpan, only?.nameSpan, only?.colon, only?.type?.span, only?.subtype?.span, only?.passing?.span, only?.span].map(at))
      .toEqual(["'A.B'", 'total', ':', 'SCALAR', 'INT64', 'VAL', 'total : SCALAR INT64 VAL = 1']);
  });

  it('are called by their bare names, also where the definition quotes them', () => {
    expect(fn("FUNCTION 'A.B' = (x) => x").name).toBe('A.B');
    checkProblems(`
      M = A.B(1)
    `);
    checkProblems(`
      M = 'A.B'(1)
               ^ unexpected-token
    `);
  });

  it('take 256 parameters', () => {
    const list = (count: number): string => Array.from({ length: count }, (_, i) => `p${String(i)}`).join(', ');
    expect(fn(`FUNCTION f = (${list(256)}) => 1`).parameters).toHaveLength(256);
    expect(parseFile(`FUNCTION f = (${list(257)}) => 1`).segments.flatMap((it) => it.problems)).toMatchObject([{ code: 'unexpected-token', params: { found: 'p256' } }]);
  });

  it.each([
    ['FUNCTION f = (x : FOO) => x\n                  ^^^ unexpected-token', 'no such type'],
    ['FUNCTION f = (x : ) => x\n                ^ expected-token', 'a colon and no type'],
    ['FUNCTION f = (x : INT64 SCALAR) => x\n                        ^^^^^^ unexpected-token', 'the type comes first'],
    ['FUNCTION f = (x : VAL INT64) => x\n                      ^^^^^ unexpected-token', 'the passing mode comes last'],
    ['FUNCTION f = (x : TABLE INT64) => x\n                        ^^^^^ unexpected-token', 'subtypes are those of scalars'],
    ['FUNCTION f = (x : ANYREF VAL) => x\n                         ^^^ unexpected-token', 'references are EXPR'],
    ['FUNCTION f = (x NUMERIC) => x\n                ^^^^^^^ unexpected-token', 'a hint without a colon'],
    ['FUNCTION f = (x = ) => x\n                ^ expected-expression', 'a sign and no default'],
    ['FUNCTION f = (, x) => x\n              ^ expected-token', 'a comma before the first parameter'],
    ['FUNCTION f = (x,, y) => x\n               ^ expected-token', 'no parameter between commas'],
    ['FUNCTION f = (x.y) => x\n              ^^^ unexpected-token', 'a dot in the name of a parameter'],
    ["FUNCTION f = ('x') => x\n              ^^^ unexpected-token", 'a name in quotes'],
    ['FUNCTION f = ([x]) => x\n              ^^^ unexpected-token', 'a name in brackets'],
    ['FUNCTION f = (x) x\n               ^ expected-token', 'no arrow'],
    ['FUNCTION f = (x) =>\n         ^ missing-body', 'no body'],
    ['DEFINE FUNCTION f = x => x\n                  ^ expected-token', 'no brackets'],
    ['DEFINE FUNCTION f(x) => x\n       ^^^^^^^^ unexpected-token', 'no sign'],
    ['DEFINE FUNCTION f = (x => x\n                    ^ unclosed-bracket', 'a bracket left open'],
    ['DEFINE FUNCTION f. = (x) => x\n                 ^ invalid-character', 'a dot at the end of the name'],
    ['DEFINE FUNCTION a..b = (x) => x\n                 ^ invalid-character', 'two dots in the name'],
  ])('%j: %s', (text) => {
    checkProblems(text);
  });
});
