// The expression language: operators, literals, names, calls, blocks.
import { describe, expect, it } from 'vitest';
import { parseExpression, printExpression } from '../../grammar/src/index.ts';
import { tree } from './support.ts';

describe('operators bind as DAX says', () => {
  it.each([
    ['1 + 2 * 3', '(+ 1 (* 2 3))'],
    ['(1 + 2) * 3', '(* <(+ 1 2)> 3)'],
    ['-2^2', '(- (^ 2 2))'],
    ['(-2)^2', '(^ <(- 2)> 2)'],
    ['2^-1', '(^ 2 (- 1))'],
    ['2^-1*3', '(* (^ 2 (- 1)) 3)'],
    ['2^3^2', '(^ (^ 2 3) 2)'],
    ['-a * b', '(* (- a) b)'],
    ['a - b - c', '(- (- a b) c)'],
    ['a / b * c', '(* (/ a b) c)'],
    ['a & b + 1', '(& a (+ b 1))'],
    ['a & b = c & d', '(= (& a b) (& c d))'],
    ['a = b = c', '(= (= a b) c)'],
    ['a == b <> c', '(<> (== a b) c)'],
    ['a < b && c >= d || e', '(|| (&& (< a b) (>= c d)) e)'],
    ['a || b && c', '(|| a (&& b c))'],
    ['NOT a = b', '(NOT (= a b))'],
    ['NOT a && b', '(&& (NOT a) b)'],
    ['NOT a IN { 1 }', '(NOT (IN a {1}))'],
    ['NOT NOT a', '(NOT (NOT a))'],
    ['a = NOT b', '(= a (NOT b))'],
    ['- - 1', '(- (- 1))'],
    ['+1 - -2', '(- (+ 1) (- 2))'],
    ['a <= b', '(<= a b)'],
  ])('%s', (text, expected) => {
    expect(tree(text)).toBe(expected);
  });
});

describe('IN binds like a comparison', () => {
  it.each([
    ['a & b IN t', '(IN (& a b) t)'],
    ['x + 1 IN t', '(IN (+ x 1) t)'],
    ['a && b IN t', '(&& a (IN b t))'],
    ['(a, b) IN t', '(IN <a b> t)'],
    ['(T[a], T[b]) IN { (1, "x"), (2, "y") }', '(IN <T[a] T[b]> {<1 "x"> <2 "y">})'],
    ['[c] in { 1 }', '(IN [c] {1})'],
  ])('%s', (text, expected) => {
    expect(tree(text)).toBe(expected);
  });
});

describe('NOT is one operator, with and without brackets', () => {
  it.each([
    ['NOT(a)', '(NOT <a>)'],
    ['NOT ISBLANK(x)', '(NOT ISBLANK(x))'],
    ['NOT(a) && b', '(&& (NOT <a>) b)'],
    ['NOT(a) = b', '(NOT (= <a> b))'],
  ])('%s', (text, expected) => {
    expect(tree(text)).toBe(expected);
  });
});

describe('calls', () => {
  it.each([
    ['BLANK()', 'BLANK()'],
    ['BLANK ()', 'BLANK()'],
    ['f(a, , c)', 'f(a _ c)'],
    ['f(,)', 'f(_ _)'],
    ['RANKX(t, [m], , ASC, DENSE)', 'RANKX(t [m] _ ASC DENSE)'],
    ['WINDOW(0, ABS, 0, REL, , -1)', 'WINDOW(0 ABS 0 REL _ (- 1))'],
    ['STDEV.S(T[x])', 'STDEV.S(T[x])'],
    ['INFO.VIEW.TABLES()', 'INFO.VIEW.TABLES()'],
    ['T.DIST.2T(1, 2)', 'T.DIST.2T(1 2)'],
    ['TRUE()', 'TRUE()'],
    ['AND(true, FALSE)', 'AND(true false)'],
    ['NOT TRUE', '(NOT true)'],
    ['SUM\n(\n T[x] )', 'SUM(T[x])'],
  ])('%s', (text, expected) => {
    expect(tree(text)).toBe(expected);
  });

  it('keep the places of brackets and commas', () => {
    const { expression } = parseExpression('IF(a, b)');
    expect(expression).toMatchObject({
      kind: 'call', nameSpan: { start: 0, end: 2 }, open: { start: 2, end: 3 }, commas: [{ start: 4, end: 5 }], close: { start: 7, end: 8 },
    });
  });
});

describe('names', () => {
  it.each([
    ['FactSession[SessionId]', 'FactSession[SessionId]'],
    ["'Fact Session'[Session Id]", "'Fact Session'[Session Id]"],
    ["'Customer' [Education]", "'Customer'[Education]"],
    ['FactConversation [IsOutbound]', 'FactConversation[IsOutbound]'],
    ["'Agent''s queue'[a]]b]", "'Agent's queue'[a]b]"],
    ['[@Col]', '[@Col]'],
    ['[a, b % (c)]', '[a, b % (c)]'],
    ["'Dates'", "'Dates'"],
    ['Größe[Wert]', 'Größe[Wert]'],
    ['@from', '@from'],
    ['Order[Amount] + Measure[x]', '(+ Order[Amount] Measure[x])'],
    ['SUM(Column[Table])', 'SUM(Column[Table])'],
    ['start + order', '(+ start order)'],
  ])('%s', (text, expected) => {
    expect(tree(text)).toBe(expected);
  });
});

describe('literals', () => {
  it.each([
    ['.5', '.5'],
    ['1.', '1.'],
    ['3.1E-1', '3.1E-1'],
    ['FLOOR(x,.1)', 'FLOOR(x .1)'],
    ['"a ""b"" c"', '"a \\"b\\" c"'],
    ['"two\nlines"', '"two\\nlines"'],
    ['""', '""'],
    ['"a -- b // c /* d"', '"a -- b // c /* d"'],
    ['TRUE', 'true'],
    ['false', 'false'],
    ['dt"1899-12-30"', 'dt:0'],
    ['dt"1900-01-01"', 'dt:2'],
    ['dt"2024-01-31T12:00:00"', 'dt:45322.5'],
    ['dt"2024-1-31 6:00:00"', 'dt:45322.25'],
    ['DT"2015-1-9T02:30:00"', `dt:${42013 + 9000 / 86400}`],
  ])('%s', (text, expected) => {
    expect(tree(text)).toBe(expected);
  });

  it.each([
    ['1', 1, true],
    ['1.', 1, false],
    ['.5', 0.5, false],
    ['3.1E-1', 0.31, false],
    ['1E3', 1000, false],
    ['192350001', 192350001, true],
  ])('%s is the number %d', (text, value, integer) => {
    expect(parseExpression(text).expression).toMatchObject({ kind: 'number', value, text, integer });
  });

  it.each(['dt"2024-02-30"', 'dt"2023-13-01"', 'dt"yesterday"', 'dt"2024-01-01T25:00:00"', 'dt""'])('%s is no date', (text) => {
    const { problems, expression } = parseExpression(text);
    expect(problems.map((it) => it.code)).toEqual(['invalid-date']);
    expect(expression).toMatchObject({ kind: 'date', serial: NaN });
  });
});

describe('table constructors', () => {
  it.each([
    ['{ 1, 2 }', '{1 2}'],
    ['{ (1, "a"), (2, "b") }', '{<1 "a"> <2 "b">}'],
    ['{ (1), (2) }', '{<1> <2>}'],
    ['DATATABLE("a", INTEGER, { {1}, {2} })', 'DATATABLE("a" INTEGER {{1} {2}})'],
    ['{ 1, 2, , 4 }', '{1 2 _ 4}'],
  ])('%s', (text, expected) => {
    expect(tree(text)).toBe(expected);
  });
});

describe('VAR is an expression', () => {
  it.each([
    ['VAR a = 1 RETURN a', '(var a 1 return a)'],
    ['var a = 1 VAR b = a + 1 return b', '(var a 1 var b (+ a 1) return b)'],
    ['VAR a = VAR b = 1 RETURN b RETURN a', '(var a (var b 1 return b) return a)'],
    ['VAR a = VAR b = 1 RETURN b VAR c = 2 RETURN a + c', '(var a (var b 1 return b) var c 2 return (+ a c))'],
    ['IF(x, VAR a = 1 RETURN a, 2)', 'IF(x (var a 1 return a) 2)'],
    ['1 + VAR a = 1 RETURN a + 1', '(+ 1 (var a 1 return (+ a 1)))'],
    ['VAR a = 1 RETURN VAR b = a RETURN b', '(var a 1 return (var b a return b))'],
    ['VAR TopN = 3 RETURN TopN', '(var TopN 3 return TopN)'],
  ])('%s', (text, expected) => {
    expect(tree(text)).toBe(expected);
  });
});

describe('comments and white space', () => {
  it.each([
    ['1 // one\n + 2', '(+ 1 2)'],
    ['1 -- one\n + 2', '(+ 1 2)'],
    ['1 /* one\n */ + 2', '(+ 1 2)'],
    ['a --1', 'a'],
    ['a - -1', '(- a (- 1))'],
    ['/* a /* b */ 1', '1'],
    ['\u00a01\u2003+\u30002\u0085', '(+ 1 2)'],
    ['1\u2028+\u20292', '(+ 1 2)'],
    ['1\r\n+\r\n2', '(+ 1 2)'],
    ['\ufeff1', '1'],
    ['= 1 + 2', '(+ 1 2)'],
  ])('%j', (text, expected) => {
    expect(tree(text)).toBe(expected);
  });

  it('are told with their places', () => {
    const text = '1 -- one\n + /* two */ 2 // three';
    expect(parseExpression(text).comments.map((it) => text.slice(it.start, it.end))).toEqual(['-- one', '/* two */', '// three']);
  });
});

it('an empty text is a missing expression', () => {
  expect(parseExpression('  // nothing')).toMatchObject({ expression: { kind: 'missing' }, problems: [{ code: 'expected-expression' }] });
});

describe('an order of ORDERBY says where BLANK stands', () => {
  it.each([
    ['ORDERBY(T[c], DESC BLANKS LAST)', 'ORDERBY(T[c], DESC BLANKS LAST)'],
    ['ORDERBY(T[c], asc\nblanks  first, T[d], DESC Blanks Default)', 'ORDERBY(T[c], asc blanks first, T[d], DESC Blanks Default)'],
  ])('%s', (text, expected) => {
    const { expression, problems } = parseExpression(text);
    expect(problems).toEqual([]);
    expect(printExpression(expression)).toBe(expected);
  });

  it('is one argument, whose name is the direction', () => {
    const { expression } = parseExpression('ORDERBY(T[c], DESC BLANKS LAST)');
    const order = expression.kind === 'call' ? expression.args[1] : undefined;
    expect(order).toEqual({
      kind: 'name', name: { text: 'DESC', quoted: false, span: { start: 14, end: 18 } }, blanks: 'BLANKS LAST', span: { start: 14, end: 30 },
    });
  });

  it.each(['ORDERBY(T[c], DESC BLANKS)', 'ORDERBY(T[c], DESC BLANKS SOMEWHERE)', 'ORDERBY(T[c], DESC LAST)'])('%s is no order', (text) => {
    expect(parseExpression(text).problems).not.toEqual([]);
  });
});
