// The language, fact by fact: what DAX has, what it reads as, and what it does not take.
import { describe, expect, it } from 'vitest';
import { parseExpression, parseFile } from '../../grammar/src/index.ts';
import { checkProblems, itemsOf, queryOf, shape, tree } from './support.ts';

describe('lexical', () => {
  it('keywords, functions and words are the same in any case', () => {
    expect(tree('var X = calculate(SUM(t[A])) Return if(not x In {1}, X, false) && True')).toBe('(var X calculate(SUM(t[A])) return (&& if((NOT (IN x {1})) X false) true))');
    expect(queryOf('define measure T[a] = 1 evaluate t order by t[a] desc start at 1').evaluates[0]?.orderBy[0]?.descending).toBe(true);
  });

  it.each([
    ['FactSession', 'FactSession'], ['_T1', '_T1'], ["'Fact Session'", "'Fact Session'"], ["'Agent''s'", "'Agent's'"], ["'RETURN'", "'RETURN'"], ["'1 a'[b]", "'1 a'[b]"],
  ])('the table %s', (text, expected) => {
    expect(tree(text)).toBe(expected);
  });

  it.each([
    ['[a]', '[a]'], ['[a]]b]', '[a]b]'], ["'Customer' [Education]", "'Customer'[Education]"], ['T\n[c]', 'T[c]'], ['T /* of */ [c]', 'T[c]'],
    ['[%, & / ok (x) {y} "z"; a.b = c]', '[%, & / ok (x) {y} "z"; a.b = c]'], ['[@Col]', '[@Col]'], ["[it's]", "[it's]"], ['[//]', '[//]'],
  ])('the column or measure %j', (text, expected) => {
    expect(tree(text)).toBe(expected);
  });

  it.each(['STDEV.S', 'INFO.VIEW.TABLES', 'T.DIST.2T', 'My.Namespace.F_1', 'CHISQ.DIST.RT', 'LOG10'])('the function %s, with and without a blank before its bracket', (name) => {
    expect(tree(`${name}(1)`)).toBe(`${name}(1)`);
    expect(tree(`${name} \n(1)`)).toBe(`${name}(1)`);
  });

  it.each([
    ['"a"', 'a'], ['""', ''], ['"say ""hi"""', 'say "hi"'], ['"two\nlines"', 'two\nlines'], ['"a\\n"', 'a\\n'], ["\"it's [a] /* b\"", "it's [a] /* b"], ['"@Col"', '@Col'],
  ])('the string %j has no escapes but doubled quotes', (text, value) => {
    expect(parseExpression(text)).toMatchObject({ expression: { kind: 'string', value }, problems: [] });
  });

  it.each([
    ['1 // a', '1'], ['1 -- a', '1'], ['a --1', 'a'], ['1 /* a\n b */ + 2', '(+ 1 2)'], ['/* a /* b */ 1', '1'], ['1 //\n+ 2', '(+ 1 2)'], ['1 /**/ + 2', '(+ 1 2)'],
    ['a // "b\n+ c', '(+ a c)'], ["a -- it's\n+ c", '(+ a c)'], ['// only\n1', '1'], ['1 /// no doc\n+ 2', '(+ 1 2)'], ['a-- b\r\n+ c', '(+ a c)'], ['a // b\r+ c', '(+ a c)'],
  ])('the comment in %j', (text, expected) => {
    expect(tree(text)).toBe(expected);
    expect(parseExpression(text).comments).toHaveLength(1);
  });

  const spaces = ['\t', '\n', '\r', '\r\n', '\v', '\f', ' ', '\u0085', '\u00a0', '\u1680', ...Array.from({ length: 11 }, (_, i) => String.fromCharCode(0x2000 + i)), '\u2028', '\u2029', '\u202f', '\u205f', '\u3000', '\ufeff'];
  it.each(spaces.map((it) => [[...it].map((char) => `U+${char.charCodeAt(0).toString(16).padStart(4, '0')}`).join(' '), it] as const))('%s is white space, in expressions and below a header', (_, space) => {
    expect(tree(`${space}1${space}+${space}SUM${space}(${space}T${space}[a]${space})${space}`)).toBe('(+ 1 SUM(T[a]))');
    const [item] = parseFile(`M =${space}1${space}+${space}2`).segments;
    expect(item).toMatchObject({ item: { kind: 'measure', name: 'M', body: { kind: 'binary' } }, problems: [] });
  });

  it.each([
    ['0', 0, true], ['1', 1, true], ['1.5', 1.5, false], ['.5', 0.5, false], ['1.', 1, false], ['3.1E-1', 0.31, false], ['1e3', 1000, false], ['1E+3', 1000, false],
    ['5.e3', 5000, false], ['007', 7, true], ['9223372036854775807', 9223372036854775807, true],
  ])('the number %s', (text, value, integer) => {
    expect(parseExpression(text)).toMatchObject({ expression: { kind: 'number', value, integer, text }, problems: [] });
  });

  it.each([
    ['dt"2024-01-31"', 45322], ['dt"2024-1-31"', 45322], ['DT"1899-12-30"', 0], ['dt"1899-12-29"', -1], ['dt"2024-01-31T12:00:00"', 45322.5], ['dt"2024-01-31 12:00:00"', 45322.5],
    ['dt"2015-1-9T02:30:00"', 42013 + 9000 / 86400], ['dt"2024-02-29"', 45351], ['dt"9999-12-31"', 2958465],
  ])('the date %s', (text, serial) => {
    expect(parseExpression(text)).toMatchObject({ expression: { kind: 'date', serial }, problems: [] });
  });

  it('a parameter may stand wherever a value may, in a query', () => {
    expect(queryOf('EVALUATE FILTER(T, T[a] = @From) ORDER BY T[a] START AT @from_2').evaluates.map((it) => [shape(it.expression), it.startAt.map(shape)]))
      .toEqual([['FILTER(T (= T[a] @From))', ['@from_2']]]);
  });

  it('TRUE and FALSE are words and functions', () => {
    expect(tree('TRUE && FALSE() || true() && False')).toBe('(|| (&& true FALSE()) (&& true() false))');
  });

  it.each([
    'ASC', 'DESC', 'DENSE', 'SKIP', 'DAY', 'MONTH', 'QUARTER', 'YEAR', 'WEEK', 'INTEGER', 'DOUBLE', 'STRING', 'BOOLEAN', 'CURRENCY', 'DATETIME', 'INT64', 'DECIMAL', 'TEXT', 'LOGICAL',
    'BOTH', 'ONEWAY', 'NONE', 'FIRST', 'LAST', 'DEFAULT', 'ABS', 'REL', 'KEEP', 'ROWS', 'COLUMNS', 'HIGHESTPARENT', 'LOWESTPARENT',
    'ORDER', 'BY', 'START', 'AT', 'MEASURE', 'COLUMN', 'TABLE', 'FUNCTION', 'WITH', 'VISUAL', 'SHAPE', 'AXIS', 'GROUP', 'TOTAL', 'DENSIFY', 'VAL', 'EXPR', 'SCALAR', 'ANYREF',
  ])('%s is reserved nowhere: a word, a table, a variable, a function', (word) => {
    expect(tree(`f(${word}, ${word}[a], ${word}(1))`)).toBe(`f(${word} ${word}[a] ${word}(1))`);
    expect(tree(`VAR ${word} = 1 RETURN ${word}`)).toBe(`(var ${word} 1 return ${word})`);
    expect(shape(queryOf(`EVALUATE FILTER(${word}, ${word}[a] = 1)`).evaluates[0]?.expression ?? { kind: 'missing', span: { start: 0, end: 0 } })).toBe(`FILTER(${word} (= ${word}[a] 1))`);
  });

  it.each(['= 1', 'M = 1', 'M := 1', 'M=1'])('an equals sign may precede an expression: %s', (text) => {
    const [item] = itemsOf(text);
    expect(item?.kind === 'bare' ? item.expression : item?.kind === 'measure' ? item.body : undefined).toMatchObject({ kind: 'number', value: 1 });
  });
});

describe('operators, from tight to loose', () => {
  const levels = [['^'], ['*', '/'], ['+', '-'], ['&'], ['=', '==', '<>', '<', '>', '<=', '>=', 'IN'], ['&&'], ['||']];
  const pairs = levels.flatMap((level, i) => levels.slice(i + 1).flatMap((looser) => level.flatMap((a) => looser.map((b) => [a, b] as const))));

  it.each(pairs)('%s before %s, on either side', (tight, loose) => {
    expect(tree(`a ${loose} b ${tight} c`)).toBe(`(${loose} a (${tight} b c))`);
    expect(tree(`a ${tight} b ${loose} c`)).toBe(`(${loose} (${tight} a b) c)`);
  });

  it.each(levels.flatMap((level) => level.flatMap((a) => level.map((b) => [a, b] as const))))('%s and %s from left to right', (a, b) => {
    expect(tree(`x ${a} y ${b} z`)).toBe(`(${b} (${a} x y) z)`);
  });

  it.each([
    ['-2^2', '(- (^ 2 2))'], ['(-2)^2', '(^ <(- 2)> 2)'], ['2^-1', '(^ 2 (- 1))'], ['-a * b', '(* (- a) b)'], ['NOT a = b', '(NOT (= a b))'], ['NOT a && b', '(&& (NOT a) b)'],
    ['a && NOT b || c', '(|| (&& a (NOT b)) c)'], ['NOT a IN t && b', '(&& (NOT (IN a t)) b)'], ['+ + a', '(+ (+ a))'], ['NOT(a) || b', '(|| (NOT <a>) b)'],
    ['a = 1 && b = 2', '(&& (= a 1) (= b 2))'], ['a & b IN t', '(IN (& a b) t)'], ['x + 1 IN t', '(IN (+ x 1) t)'],
  ])('%s', (text, expected) => {
    expect(tree(text)).toBe(expected);
  });
});

describe('expressions', () => {
  it.each([
    ['RANKX(t, [m], , ASC, DENSE)', 'RANKX(t [m] _ ASC DENSE)'], ['WINDOW(0,ABS,0,REL,,-1)', 'WINDOW(0 ABS 0 REL _ (- 1))'], ['F(1,,3)', 'F(1 _ 3)'], ['F(,,)', 'F(_ _ _)'], ['F(1,)', 'F(1 _)'],
    ['{ 1, 2, }', '{1 2 _}'], ['{ 1, 2 }', '{1 2}'], ['{ (1,"a"), (2,"b") }', '{<1 "a"> <2 "b">}'], ['{ (1),(2) }', '{<1> <2>}'], ['{ BLANK(), "a", 1.5 }', '{BLANK() "a" 1.5}'],
    ['DATATABLE("a", INTEGER, "b", STRING, { {1, "x"}, {2,}, {,"y"}, {} })', 'DATATABLE("a" INTEGER "b" STRING {{1 "x"} {2 _} {_ "y"} {}})'], ['DATATABLE("a", INTEGER, {})', 'DATATABLE("a" INTEGER {})'],
    ['(a, b) IN t', '(IN <a b> t)'], ['NOT (a, b) IN { (1, 2) }', '(NOT (IN <a b> {<1 2>}))'],
    ['SUMX(t, VAR a = [m] RETURN a * 2)', 'SUMX(t (var a [m] return (* a 2)))'], ['VAR a = 1 VAR b = a VAR _c1 = b RETURN _c1', '(var a 1 var b a var _c1 b return _c1)'],
    ['VAR a = 1 RETURN IF(a = 1, VAR b = 2 RETURN b, VAR c = 3 RETURN c)', '(var a 1 return IF((= a 1) (var b 2 return b) (var c 3 return c)))'],
  ])('%s', (text, expected) => {
    expect(tree(text)).toBe(expected);
  });
});

describe('queries', () => {
  it('take definitions of every kind, in any order and number, then tables', () => {
    const { define, definitions, evaluates } = queryOf(`
      DEFINE
        FUNCTION Half = (x : NUMERIC) => x / 2
        MEASURE T[m] = [n] VAR v = 1
        VAR w = VAR a = v RETURN a
        MEASURE 'T x'[n] = 2
        COLUMN T[c] = T[a] + 1
        TABLE u = FILTER(T, T[c] > 1)
        TABLE 'u 2' = u
      EVALUATE u
      EVALUATE VAR a = u RETURN a
      ORDER BY u[a] DESC, u[b] ASC, [m]
      START AT 1, "x"
    `);
    expect(define).toBeDefined();
    expect(definitions.map((it) => `${it.kind} ${it.name}`)).toEqual([
      'functionDefinition Half', 'measure m', 'variableDefinition v', 'variableDefinition w', 'measure n', 'columnDefinition c', 'tableDefinition u', 'tableDefinition u 2',
    ]);
    expect(evaluates.map((it) => [shape(it.expression), it.orderBy.map((key) => [shape(key.expression), key.descending, key.direction !== undefined]), it.startAt.map(shape)])).toEqual([
      ['u', [], []],
      ['(var a u return a)', [['u[a]', true, true], ['u[b]', false, true], ['[m]', false, false]], ['1', '"x"']],
    ]);
  });

  it('each keyword of a definition ends the expression before it', () => {
    const { definitions } = queryOf('DEFINE MEASURE T[m] = 1 + 2 COLUMN T[c] = a TABLE t = u FUNCTION f = (x) => x VAR v = { 1 } MEASURE T[n] = VAR x = 1 RETURN x EVALUATE t');
    expect(definitions.map((it) => shape(it.body))).toEqual(['(+ 1 2)', 'a', 'u', 'x', '{1}', '(var x 1 return x)']);
  });

  it.each([
    ['DEFINE\n^^^^^^ expected-token\nEVALUATE T', 'DEFINE defines something'],
    ['DEFINE MEASURE T[a] = 1 EVALUATE T DEFINE MEASURE T[b] = 2\n                                   ^^^^^^ unexpected-token', 'DEFINE comes first, once'],
    ['MEASURE T[a] = 1 EVALUATE T\n^^^^^^^^^^^^ expected-token', 'a query defines in DEFINE'],
    ['DEFINE MEASURE a = 1 EVALUATE T\n       ^^^^^^^ unexpected-token', 'a measure has a table'],
    ['DEFINE TABLE T1 T EVALUATE T\n       ^^^^^ unexpected-token', 'a table has a sign'],
    ['DEFINE VAR = 1 EVALUATE T\n       ^^^ expected-token', 'a variable has a name'],
    ['DEFINE MEASURE T[a] 1 EVALUATE T\n                ^^^ expected-token', 'a measure has a sign'],
    ['EVALUATE T START AT 1\n           ^^^^^ unexpected-token', 'START AT needs ORDER BY'],
    ['EVALUATE T ORDER BY [a] START AT\n                        ^^^^^ expected-expression', 'START AT needs values'],
    ['EVALUATE T ORDER BY [a] START AT 1, 2\n                                    ^ unexpected-token', 'no more values than keys'],
    ['EVALUATE T ORDER BY [a] START AT [b]\n                                 ^^^ unexpected-token', 'a value of START AT is a constant'],
    ['EVALUATE T ORDER BY [a] ASC DESC\n                            ^^^^ unexpected-token', 'one direction a key'],
    ['EVALUATE T ORDER [a]\n           ^^^^^ unexpected-token', 'ORDER needs BY'],
  ])('%j: %s', (text) => {
    checkProblems(text);
  });
});
