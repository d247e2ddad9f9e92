// Functions that text defines: parameters, calls, results.
import { describe, expect, it } from 'vitest';
import { bindText, check } from '../support/analysis.ts';
import { contact } from './models.ts';

describe('calls that fit', () => {
  it.each([
    'FUNCTION F = (x) => x + 1\nM = F(1)',
    'FUNCTION F = () => 1\nM = F()',
    'FUNCTION F = (x, y = 2) => x + y\nM = F(1) + F(1, 2)',
    'FUNCTION F = (x = 1, y) => x + y\nM = F(, 2) + F(1, 2)',
    'FUNCTION A.Share = (x : NUMERIC) => x / 2\nM = a.share(COUNTROWS(FactSession))',
    'FUNCTION F = (t : TABLE) => COUNTROWS(t)\nM = F(FactSession) + F(FILTER(FactSession, FactSession[Turns] > 1))',
    'FUNCTION F = (c : COLUMNREF) => SUM(c)\nM = F(FactSession[Turns])',
    'FUNCTION F = (c : ANYREF) => COUNTROWS(c)\nM = F(FactSession)',
    'FUNCTION F = (m : MEASUREREF) => CALCULATE(m, DimAgent[Name] = "x")\nN = 1\nM = F([N])',
    'FUNCTION F = (t : TABLEREF) => COUNTROWS(t)\nM = F(FactSession)',
    'FUNCTION F = (t : TABLE EXPR, e : SCALAR EXPR) => SUMX(t, e)\nM = F(FactSession, FactSession[Turns]) + F({ 1 }, [Value])',
    'FUNCTION F = (x : EXPR) => SUMX(FactSession, x)\nM = F(FactSession[Turns])',
    'FUNCTION F = (x) => SUMX(FactSession, x)\nM = F(FactSession[Turns])',
    'FUNCTION F = (c : COLUMNREF) => G(c)\nFUNCTION G = (c : COLUMNREF) => SUM(c)\nM = F(FactSession[Turns])',
    'FUNCTION IsLong = (x : INT64) => x > 5\nM = CALCULATE(COUNTROWS(FactSession), IsLong(FactSession[Turns]))',
    'FUNCTION Chosen = (x : INT64) => TREATAS({ x }, FactSession[Turns])\nM = CALCULATE(COUNTROWS(FactSession), Chosen(5))',
    'FUNCTION Top = () => TOPN(1, FactSession)\nM = SUMX(Top(), FactSession[Turns] + [Turns])',
    'FUNCTION Named = () => ROW("a", 1)\nM = SUMX(Named(), [a])',
    'DEFINE FUNCTION F = (x : INT64) => x EVALUATE { F(2) }',
    'M = F(1)\nDEFINE FUNCTION F = (x : INT64) => x',
    'FUNCTION F = (c : COLUMNREF, e : EXPR) => CALCULATE(e, REMOVEFILTERS(TABLEOF(c)), ALL(TABLEOF(c)))\nM = F(FactSession[Turns], COUNTROWS(FactSession))',
    'FUNCTION F = (t : TABLEREF) => COUNTROWS(t)\nFUNCTION G = (c : COLUMNREF) => F(TABLEOF(c))\nM = G(FactSession[Turns])',
    'FUNCTION F = (c : COLUMNREF) => SELECTCOLUMNS(GENERATE(ALLSELECTED(c), ADDCOLUMNS(GENERATESERIES(1, PATHLENGTH(c)), "@p", PATHITEM(c, [Value], TEXT))), "@k", [@p], "@c", c)\nM = COUNTROWS(F(DimAgent[Name]))',
    'FUNCTION F = (v : ANYREF, t : ANYREF, k : ANYREF) => VAR a = CALCULATETABLE(ADDCOLUMNS(SUMMARIZE(t, k), "@V", CALCULATE(v)), ALLSELECTED(t)) RETURN ADDCOLUMNS(a, "@s", SUMX(a, [@V]))\nM = SUMX(F([N], FactSession, DimAgent[Name]), [@s])\nN = 1',
    'FUNCTION F = (x : BOOLEAN, y : STRING = "a") => IF(x, y)\nM = F(1 = 1) & F(TRUE, )',
    'FUNCTION Rec = (x) => Rec(x)\nM = Rec(1) = "x"',
  ])('%s', (text) => {
    const { findings } = bindText(text, contact);
    expect(findings.filter((it) => it.rule !== 'circular-dependency').map((it) => `${it.rule}: ${it.message}`)).toEqual([]);
  });
});

describe('calls that do not fit', () => {
  it('too few and too many arguments', () => {
    check(`
      FUNCTION F = (x, y, z = 1) => x + y + z
      M = F(1) + F(1, 2, 3, 4) + F()
          ^ error[argument-count]: F takes 2 to 3 arguments; 1 given.
                            ^ error[argument-count]: F takes 2 to 3 arguments; 4 given.
                                 ^ error[argument-count]: F takes 2 to 3 arguments; 0 given.
    `, contact);
  });

  it('no argument where none is left out', () => {
    check(`
      FUNCTION F = (x = 1, y) => x + y
      M = F(1)
          ^ error[argument-count]: F takes 2 arguments; 1 given.
      N = F(1, )
          ^ error[missing-argument]: F wants a value for y, which has no default.
    `, contact);
  });

  it('no table', () => {
    check(`
      FUNCTION F = (t : TABLE) => COUNTROWS(t)
      M = F(1)
            ^ error[table-wanted]
    `, contact);
  });

  it('a table for a single value', () => {
    check(`
      FUNCTION F = (x : SCALAR) => x
      M = F(FactSession)
            ^^^^^^^^^^^ error[scalar-wanted]
    `, contact);
  });

  it('a column that has no value', () => {
    check(`
      FUNCTION F = (x : INT64) => x
      M = F(FactSession[Turns])
            ^^^^^^^^^^^^^^^^^^ error[no-row-context]
    `, contact);
  });

  it('no reference', () => {
    check(`
      FUNCTION F = (c : COLUMNREF, m : MEASUREREF, t : TABLEREF) => 1
      N = 1
      M = F(1, 2, VALUES(DimAgent[Name]))
            ^ error[reference-wanted]: F wants the name of a column for c; 1 is none.
               ^ error[reference-wanted]: F wants the name of a metric for m; 2 is none.
                  ^^^^^^^^^^^^^^^^^^^^^^ error[reference-wanted]: F wants the name of a table for t; VALUES(DimAgent[Name]) is none.
      K = F([N], FactSession[Turns], FactSession)
            ^^^ error[reference-wanted]: F wants the name of a column for c; [N] is none.
                 ^^^^^^^^^^^^^^^^^^ error[reference-wanted]: F wants the name of a metric for m; FactSession[Turns] is none.
    `, contact);
  });

  it('the type of the result', () => {
    check(`
      FUNCTION F = (x : INT64) => x + 1
      FUNCTION G = (x : INT64) => F(x) & ""
      M = F(1) = "a" || G(1) = "a"
                 ^^^ error[comparison-types]
      N = G(1) = 5
                 ^ error[comparison-types]
    `, contact);
  });

  it('an unknown column of the table that it gives', () => {
    check(`
      FUNCTION Named = () => ROW("a", 1)
      M = SUMX(Named(), [b])
                        ^^^ error[unknown-measure]
    `, contact);
  });
});

describe('definitions', () => {
  it('a parameter twice', () => {
    check(`
      FUNCTION F = (x, X) => x
                       ^ error[duplicate-parameter]: The parameter X stands twice in this list.
    `, contact);
  });

  it('the name of a function of DAX', () => {
    check(`
      FUNCTION Divide = (x) => x
               ^^^^^^ error[function-name-taken]: Divide is a function of DAX. Give this one another name.
    `, contact);
  });

  it('a slip of the pen, in a name with dots too', () => {
    check(`
      FUNCTION Contact.Share = (x) => x
      M = Contact.Shar(1)
          ^^^^^^^^^^^^ error[misspelt-function]: There is no function CONTACT.SHAR. Did you mean Contact.Share?
      N = Contact.Other(1)
          ^^^^^^^^^^^^^ information[unknown-function]
    `, contact);
  });

  it('what is wrong in a body', () => {
    check(`
      FUNCTION F = (x) => SUM(FactSession[Turn]) + y
                                         ^^^^^^ error[unknown-column]
                                                   ^ error[unknown-name]
    `, contact);
  });

  it('a name twice in a query', () => {
    check(`
      DEFINE
        MEASURE FactSession[m] = 1
        MEASURE DimAgent[M] = 2
                        ^^^ error[duplicate-in-query]: M is defined twice in this query.
        VAR v = 1
        TABLE V = { 1 }
              ^ error[duplicate-in-query]: V is defined twice in this query.
        COLUMN FactSession[c] = 1
        COLUMN DimAgent[c] = 1
        FUNCTION f = (x) => x
        FUNCTION F = (x) => x
                 ^ error[duplicate-in-query]: F is defined twice in this query.
      EVALUATE { [m] }
    `, contact);
  });
});
