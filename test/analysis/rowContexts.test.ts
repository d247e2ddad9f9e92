// Where a column has a value, and where it has none.
import { describe, it } from 'vitest';
import { check } from '../support/analysis.ts';
import { contact } from './models.ts';

describe('a column has a value', () => {
  it.each([
    'M = SUMX(FactSession, FactSession[Turns])',
    'M = SUMX(FILTER(FactSession, FactSession[Turns] > 1), FactSession[Turns])',
    'M = SUMX(FactSession, IF(RELATED(DimAgent[Name]) = "x", 1))',
    'M = COUNTX(FactSession, RELATED(DimTeam[Team]))',
    'M = CALCULATE(COUNTROWS(FactSession), FactSession[Turns] = 1 || FactSession[WaitTime] > 2)',
    'M = CALCULATE(COUNTROWS(FactSession), FactSession[IsAgentSession])',
    'M = CALCULATE(COUNTROWS(FactSession), NOT FactSession[IsAgentSession])',
    'M = CALCULATE(COUNTROWS(FactSession), KEEPFILTERS(FactSession[Turns] IN { 1, 2 }))',
    'M = CALCULATE(COUNTROWS(FactSession), FactSession[Turns] = MAX(FactSession[Turns]))',
    "M = CALCULATE(COUNTROWS(FactSession), FactSession[CreatedOn] >= SELECTEDVALUE('Dim Date'[Date]))",
    'M = CALCULATE(COUNTROWS(FactSession), FactSession[IsOutbound] <> TRUE, REMOVEFILTERS(DimAgent), ALL(FactSession[Turns]))',
    'M = CALCULATE(COUNTROWS(FactSession), DimAgent)',
    'M = SUMX(VALUES(DimAgent[Name]), CALCULATE(COUNTROWS(FactSession), DimAgent[Name] = EARLIER(DimAgent[Name])))',
    'M = CONCATENATEX(TOPN(3, VALUES(DimAgent[Name]), CALCULATE(COUNTROWS(FactSession)), DESC), DimAgent[Name], ", ")',
    'M = RANKX(ALL(DimAgent[Name]), CALCULATE(COUNTROWS(FactSession)), , DESC, DENSE)',
    'M = MAXX(SUMMARIZE(FactSession, DimAgent[Name], "n", COUNTROWS(FactSession)), [n])',
    'M = COUNTROWS(GENERATE(VALUES(DimAgent[Name]), FILTER(FactSession, FactSession[AgentId] = DimAgent[Name])))',
    'M = TOTALYTD(COUNTROWS(FactSession), \'Dim Date\'[Date], FactSession[Turns] > 1)',
    'M = CALCULATE(COUNTROWS(FactSession), DATESINPERIOD(\'Dim Date\'[Date], MAX(\'Dim Date\'[Date]), -3, MONTH))',
    'M = CALCULATE(COUNTROWS(FactSession), USERELATIONSHIP(FactSession[CreatedOn], \'Dim Date\'[Date]))',
    'M = VAR t = ADDCOLUMNS(VALUES(DimAgent[Name]), "n", 1) RETURN MAXX(INDEX(1, t, ORDERBY([n], DESC), PARTITIONBY(DimAgent[Name])), [n])',
    'M = RUNNINGSUM([Amount in the visual])',
    'M = MAXX(GROUPBY(ADDCOLUMNS(VALUES(DimAgent[Name]), "n", 1), DimAgent[Name], "s", SUMX(CURRENTGROUP(), [n])), [s])',
    'M = IF(ISINSCOPE(DimAgent[Name]), 1, 2)',
    'M = SUMX(WINDOW(1, ABS, 3, ABS, ALLSELECTED(DimAgent[Name]), ORDERBY(DimAgent[Name], ASC)), 1)',
    'COLUMN FactSession[Long] = FactSession[WaitTime] > 60',
    'EVALUATE FactSession ORDER BY FactSession[Turns] DESC, [WaitTime]',
  ])('%s', (text) => {
    check(text, contact);
  });
});

describe('a column has no value', () => {
  it('outside of every row', () => {
    check(`
      M = FactSession[Turns] + 1
          ^^^^^^^^^^^^^^^^^^ error[no-row-context]: A single value for FactSession[Turns] cannot be determined...
    `, contact);
  });

  it('of a table that is not iterated', () => {
    check(`
      M = SUMX(FactSession, LEN(DimAgent[Name]))
                                ^^^^^^^^^^^^^^ error[no-row-context]
    `, contact);
  });

  it('of a column that the iterated table does not have any more', () => {
    check(`
      M = SUMX(VALUES(FactSession[QueueId]), FactSession[Turns])
                                             ^^^^^^^^^^^^^^^^^^ error[no-row-context]
    `, contact);
  });

  it('RELATED without a way', () => {
    check(`
      M = SUMX(DimAgent, RELATED(FactSession[Turns]))
                                 ^^^^^^^^^^^^^^^^^^ error[no-relationship]: No active relationship leads from DimAgent to FactSession[Turns].
    `, contact);
  });

  it('RELATED over a relationship that is not active', () => {
    check(`
      M = SUMX(FactSession, RELATED('Dim Date'[Year]))
                                    ^^^^^^^^^^^^^^^^ error[no-relationship]
    `, contact);
  });
});

describe('conditions that filter', () => {
  it('with columns of two tables', () => {
    check(`
      M = CALCULATE(COUNTROWS(FactSession), FactSession[AgentId] = DimAgent[AgentId])
                                            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error[filter-tables]
    `, contact);
  });

  it('with a metric', () => {
    check(`
      A = MAX(FactSession[Turns])
      M = CALCULATE(COUNTROWS(FactSession), FactSession[Turns] = [A])
                                                                 ^^^ error[measure-in-filter]
    `, contact);
  });

  it('without a column', () => {
    check(`
      M = CALCULATE(COUNTROWS(FactSession), 1 = 1)
                                            ^^^^^ error[filter-no-column]
    `, contact);
  });

  it('a column of text alone', () => {
    check(`
      M = CALCULATE(COUNTROWS(FactSession), FactSession[QueueId])
                                            ^^^^^^^^^^^^^^^^^^^^ error[not-boolean]: A condition is wanted here; this is FactSession[QueueId], a text column.
    `, contact);
  });
});
