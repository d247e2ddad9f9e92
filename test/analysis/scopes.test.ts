// Scopes: variables, row contexts inside one another, and the names that functions bring.
import { describe, it } from 'vitest';
import { check } from '../support/analysis.ts';
import { contact } from './models.ts';

describe('variables', () => {
  it('are seen after their definition, inside it, and hide outer ones', () => {
    check(`
      M =
      VAR a = 1
      VAR b = VAR a = "x" RETURN a & "y"
      VAR c = a + 1
      RETURN IF(b = "z", a + c, VAR d = a RETURN d)
    `, contact);
  });

  it('are not seen outside of their block', () => {
    check(`
      M = IF(VAR a = 1 RETURN a > 0, a)
                                     ^ error[unknown-name]
      N = (VAR b = 1 RETURN b) + b
                                 ^ error[unknown-name]
    `, contact);
  });

  it('keep the type and the columns of their value', () => {
    check(`
      M = VAR t = ADDCOLUMNS(VALUES(DimTeam[Team]), "n", 1) VAR u = FILTER(t, [n] > 0) RETURN SUMX(u, [n] + [q])
                                                                                                            ^^^ error[unknown-measure]
      N = VAR x = "a" RETURN x = 1
                                 ^ error[comparison-types]
    `, contact);
  });

  it('of a query are seen by all that follows, by metrics too', () => {
    check(`
      DEFINE
        VAR a = 1
        VAR b = a + c
                    ^ error[unknown-name]
        VAR c = a + b
        MEASURE FactSession[m] = a + c
      EVALUATE { [m] + a + d }
                           ^ error[unknown-name]
    `, contact);
  });
});

describe('row contexts inside one another', () => {
  it('EARLIER and EARLIEST lead outwards', () => {
    check(`
      A = SUMX(FactSession, COUNTROWS(FILTER(FactSession, FactSession[Turns] > EARLIER(FactSession[Turns]))))
      B = SUMX(FactSession, SUMX(FactSession, COUNTROWS(FILTER(FactSession, FactSession[Turns] > EARLIER(FactSession[Turns], 2)))))
      C = SUMX(FactSession, COUNTROWS(FILTER(FactSession, [Turns] > EARLIER([Turns]) && [Turns] < EARLIEST([Turns]))))
      D = SUMX(ADDCOLUMNS(DimTeam, "x", 1), COUNTROWS(FILTER(ADDCOLUMNS(DimTeam, "x", 2), [x] > EARLIER([x]))))
      COLUMN FactSession[Rank] = COUNTROWS(FILTER(FactSession, FactSession[Turns] > EARLIER(FactSession[Turns]))) + 1
      COLUMN FactSession[First] = EARLIEST(FactSession[Turns])
    `, contact);
  });

  it('and find nothing where no further one is', () => {
    check(`
      A = SUMX(FactSession, EARLIER(FactSession[Turns]))
                                    ^^^^^^^^^^^^^^^^^^ error[no-outer-row]
      B = SUMX(FactSession, SUMX(DimAgent, EARLIER(FactSession[Turns])))
                                                   ^^^^^^^^^^^^^^^^^^ error[no-outer-row]
      C = EARLIEST(FactSession[Turns])
                   ^^^^^^^^^^^^^^^^^^ error[no-outer-row]
      COLUMN FactSession[Rank] = EARLIER(FactSession[Turns])
                                         ^^^^^^^^^^^^^^^^^^ error[no-outer-row]
    `, contact);
  });

  it('the inner one hides names of the outer one', () => {
    check(`
      A = SUMX(ADDCOLUMNS(DimTeam, "x", 1), COUNTROWS(FILTER(ADDCOLUMNS(DimTeam, "x", "text"), [x] = 1)))
                                                                                                     ^ error[comparison-types]
      B = SUMX(ADDCOLUMNS(DimTeam, "x", "text"), COUNTROWS(FILTER(ADDCOLUMNS(DimAgent, "y", 1), [x] = "a" && [y] = 1)))
    `, contact);
  });

  it('reach into CALCULATE, and into its conditions', () => {
    check(`
      A = SUMX(DimAgent, CALCULATE(COUNTROWS(FactSession), FactSession[AgentId] = EARLIER(DimAgent[AgentId])))
      B = SUMX(DimAgent, CALCULATE(COUNTROWS(FactSession), FILTER(FactSession, FactSession[AgentId] = DimAgent[AgentId])))
      C = SUMX(FactSession, CALCULATE(FactSession[Turns] + 1))
    `, contact);
  });

  it('GENERATE and its kin show the rows of the first table to the second', () => {
    check(`
      A = COUNTROWS(GENERATE(ADDCOLUMNS(DimTeam, "x", 2), GENERATESERIES(1, [x])))
      B = COUNTROWS(GENERATEALL(DimTeam, FILTER(DimAgent, DimAgent[TeamId] = DimTeam[TeamId])))
      C = COUNTROWS(CROSSJOIN(DimTeam, FILTER(DimAgent, DimAgent[TeamId] = DimTeam[TeamId])))
                                                                           ^^^^^^^^^^^^^^^ error[no-row-context]
    `, contact);
  });
});

describe('columns that functions bring', () => {
  it.each([
    'M = SUMX(CALENDAR(DATE(2024, 1, 1), DATE(2024, 1, 9)), DAY([Date]))',
    'M = SUMX(GENERATESERIES(1, 3), [Value] * [value])',
    'M = SUMX({ (1, "a"), (2, "b") }, [Value1] + LEN([Value2]))',
    'M = SUMX(NATURALINNERJOIN(DimTeam, SELECTCOLUMNS(DimTeam, "Team", DimTeam[Team], "x", 1)), [x] + LEN([Team]))',
    'M = CONCATENATEX(TOPN(2, ADDCOLUMNS(DimTeam, "x", 1), [x], DESC, DimTeam[Team], ASC), [Team], ", ", [x])',
    'M = COUNTROWS(WINDOW(1, ABS, -1, REL, ADDCOLUMNS(DimTeam, "x", 1), ORDERBY([x], DESC, DimTeam[Team]), PARTITIONBY(DimTeam[TeamId]), MATCHBY(DimTeam[TeamId])))',
    'M = SUMX(UNION(ROW("a", 1), ROW("b", 2)), [a])',
    'M = SUMX(EXCEPT(ROW("a", 1), { 2 }), [a])',
    'M = SUMX(SUMMARIZE(ADDCOLUMNS(DimTeam, "x", 1), [x], DimTeam[Team]), [x])',
    'M = SUMX(DATATABLE("a", INTEGER, "B", STRING, { { 1, "x" } }), [A] + LEN([b]))',
    'M = MAXX(DETAILROWS([N]), [anything])\nN = 1',
    'M = MAXX(INFO.VIEW.TABLES(), [Name])',
    'EVALUATE ADDCOLUMNS(DimTeam, "x", 1) ORDER BY [x] DESC, DimTeam[Team], LEN([Team])',
  ])('%s', (text) => {
    check(text, contact);
  });

  it('and those that they do not', () => {
    check(`
      A = SUMX(UNION(ROW("a", 1), ROW("z", 2)), [z])
                                                ^^^ error[unknown-measure]
      B = COUNTX(SELECTCOLUMNS(DimTeam, "x", 1), DimTeam[Team] = "a")
                                                 ^^^^^^^^^^^^^ error[no-row-context]
      C = SUMX({ (1, 2) }, [Value])
                           ^^^^^^^ error[unknown-measure]
      D = COUNTROWS(WINDOW(1, ABS, 2, ABS, ADDCOLUMNS(DimTeam, "x", 1), ORDERBY([y])))
                                                                                ^^^ error[unknown-measure]
      EVALUATE VALUES(DimTeam[Team]) ORDER BY [x]
                                              ^^^ error[unknown-measure]
    `, contact);
  });
});
