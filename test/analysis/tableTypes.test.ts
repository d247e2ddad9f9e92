// Tables and columns where others are wanted: what Power BI rejects, and what looks like it and is right.
import { describe, expect, it } from 'vitest';
import { bindText, check } from '../support/analysis.ts';
import { contact } from './models.ts';

describe('functions that take names', () => {
  it('of tables and columns, and no expression', () => {
    check(`
      A = COUNTROWS(ALL(FILTER(DimTeam, TRUE)))
                        ^^^^^^^^^^^^^^^^^^^^^ error[reference-wanted]: ALL wants the name of a table or column for tableOrColumn; FILTER(DimTeam, TRUE) is none.
      B = VAR t = VALUES(DimTeam[Team]) RETURN COUNTROWS(VALUES(t))
                                                                ^ error[reference-wanted]
      C = SUMX(DimAgent, COUNTROWS(RELATEDTABLE(FILTER(FactSession, TRUE))))
                                                ^^^^^^^^^^^^^^^^^^^^^^^^^ error[reference-wanted]: RELATEDTABLE wants the name of a table for table;...
      D = CALCULATE([A], REMOVEFILTERS(VALUES(DimTeam)))
                                       ^^^^^^^^^^^^^^^ error[reference-wanted]
      E = CALCULATE([A], ALLEXCEPT(VALUES(DimTeam), DimTeam[Team]))
                                   ^^^^^^^^^^^^^^^ error[reference-wanted]
    `, contact);
  });

  it.each([
    'M = COUNTROWS(DISTINCT(FILTER(DimTeam, TRUE)))',
    'M = CALCULATE(1, ALL(DimTeam), ALL(DimTeam[Team], DimTeam[TeamId]), REMOVEFILTERS(), ALLSELECTED(\'Dim Date\'), ALLEXCEPT(FactSession, DimAgent[Name]))',
    'FUNCTION F = (t : ANYREF) => COUNTROWS(ALL(t))',
    'M = COUNTROWS(ALL(F(1)))\nFUNCTION F = (x) => DimTeam',
    'TABLE Fresh = { 1 }\nM = COUNTROWS(ALL(Fresh)) + COUNTROWS(VALUES(Fresh[Value]))',
  ])('%s', (text) => {
    expect(bindText(text, contact).findings.map((it) => it.message)).toEqual([]);
  });
});

describe('aggregations of columns that expressions added', () => {
  it('are rejected', () => {
    check(`
      M = SUMX(ADDCOLUMNS(DimTeam, "x", 1), SUM([x]))
                                                ^^^ error[column-wanted]: SUM wants a column; [x] is none.
    `, contact);
  });

  it('may be meant for a column of the home table', () => {
    check('MEASURE FactSession[M] = SUMX(ADDCOLUMNS(DimTeam, "Turns", 1), SUM([Turns]))', contact);
  });
});

describe('joins', () => {
  it('of tables without a column in common', () => {
    check(`
      M = COUNTROWS(NATURALINNERJOIN(ROW("a", 1), ROW("b", 1)))
                                                  ^^^^^^^^^^^ error[no-common-column]: NATURALINNERJOIN joins tables by the columns that have one name in both; these have none.
      N = COUNTROWS(NATURALLEFTOUTERJOIN(ROW("a", 1), ROW("A", "x")))
                                                      ^^^^^^^^^^^^^ error[join-types]: a is a whole number in one table and a text in the other...
    `, contact);
  });

  it('of one column twice', () => {
    check(`
      M = COUNTROWS(CROSSJOIN(VALUES(DimTeam[Team]), ALL(DimTeam[Team])))
                                                     ^^^^^^^^^^^^^^^^^^ error[duplicate-column]: The column DimTeam[Team] is added twice...
      N = COUNTROWS(CROSSJOIN(VALUES(DimTeam[TeamId]), VALUES(DimAgent[TeamId])))
    `, contact);
  });

  it.each([
    'M = COUNTROWS(NATURALINNERJOIN(FactSession, DimAgent))',
    'M = COUNTROWS(NATURALINNERJOIN(SELECTCOLUMNS(FactSession, FactSession[Turns]), SELECTCOLUMNS(DimAgent, DimAgent[Name])))',
    'M = COUNTROWS(NATURALLEFTOUTERJOIN(ROW("a", 1), ROW("a", 1.5)))',
    'M = COUNTROWS(NATURALLEFTOUTERJOIN(ROW("a", 1), SELECTCOLUMNS(DimAgent, "a", BLANK())))',
  ])('%s', (text) => {
    check(text, contact);
  });
});

describe('groups', () => {
  it('by columns that the table does not lead to', () => {
    check(`
      M = COUNTROWS(SUMMARIZE(DimAgent, FactSession[QueueId], DimTeam[Team]))
                                        ^^^^^^^^^^^^^^^^^^^^ error[no-relationship]: No active relationship leads from DimAgent to FactSession[QueueId].
      N = COUNTROWS(GROUPBY(FILTER(DimTeam, TRUE), DimAgent[Name], "n", COUNTX(CURRENTGROUP(), 1)))
                                                   ^^^^^^^^^^^^^^ error[no-relationship]
      O = COUNTROWS(SUMMARIZE(FactSession, DimTeam[Team], 'Dim Date'[Year])) + COUNTROWS(SUMMARIZE(VALUES(DimAgent[TeamId]), DimTeam[Team]))
    `, contact);
  });
});

it('a metric with the name of a column of its home', () => {
  check(`
    MEASURE FactSession[Turns] = 1
                       ^^^^^^^ error[metric-named-column]: The table FactSession has a column Turns. Give the metric another name, or another home.
    MEASURE DimAgent[WaitTime] = 1
    DEFINE MEASURE DimAgent[name] = 1
                           ^^^^^^ error[metric-named-column]
    EVALUATE { 1 }
  `, contact);
});
