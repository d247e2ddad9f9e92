// What becomes of definitions and queries: plans in which every name is settled.
import { describe, expect, it } from 'vitest';
import { createLowering } from '../../server/src/analysis/index.ts';
import type { Job } from '../../server/src/plan/plan.ts';
import { measuresOf, segmentsOf } from '../support/analysis.ts';
import { showRelation, showScalar } from '../support/plans.ts';
import { contact } from './models.ts';

/** The job for the queries of a text, with the metrics that it defines. */
function jobOf(text: string): Job {
  const segments = segmentsOf(text);
  const lowering = createLowering(contact, measuresOf(segments, 'contact'));
  return lowering.job(segments.flatMap((it) => (it.item.kind === 'query' ? lowering.query(it.item, it.text) : [])));
}

/** The plan of one scalar. */
function scalar(expression: string, definitions = ''): string {
  const { measures } = jobOf(`${definitions}\nprobe = ${expression}\nEVALUATE ROW("v", [probe])`);
  const [probe] = measures;
  return probe === undefined ? 'none' : showScalar(probe.expression);
}

/** The plan of one table. */
function table(expression: string, definitions = ''): string {
  const { queries } = jobOf(`${definitions}\nEVALUATE ${expression}`);
  const [query] = queries;
  return query === undefined ? 'none' : showRelation(query.relation);
}

describe('values', () => {
  it.each([
    ['1 + 2.5 * -"x"', '+(1, *(2.5, -("x")))'],
    ['+"x"', '"x"'],
    ['9007199254740993', '9007199254740993'],
    ['TRUE && FALSE() || NOT TRUE()', 'or(and(true, false), NOT(true))'],
    ['IF(TRUE, 1)', 'if(true, 1)'],
    ['IF(TRUE, , 2)', 'if(true, BLANK, 2)'],
    ['SWITCH(TRUE(), 1 = 1, "a", "b")', 'switch(true, =(1, 1): "a", "b")'],
    ['DIVIDE(1, 2, BLANK())', 'divide(1, 2, BLANK)'],
    ['COALESCE(BLANK(), 1)', 'coalesce(BLANK, 1)'],
    ['AND(TRUE, OR(FALSE, TRUE))', 'and(true, or(false, true))'],
    ['VAR x = 1 VAR y = x + 1 RETURN x * y', 'let(v1 = 1; v2 = +(v1, 1); *(v1, v2))'],
    ['VAR t = VALUES(DimAgent[Name]) RETURN COUNTROWS(t)', 'let(v1 = values+blank(DimAgent[Name]); countRows(v1))'],
    ['VAR t = VALUES(DimAgent[Name]) RETURN t', 'let(v1 = values+blank(DimAgent[Name]); valueOf(v1))'],
    ['DATEDIFF(DATE(2024, 1, 1), dt"2024-01-02", DAY)', 'DATEDIFF(DATE(2024, 1, 1), 45293, "DAY")'],
    ['FORMAT(0.5, "0%")', 'FORMAT(0.5, "0%")'],
    // Whether the engine can apply a function of values is the engine's to say.
    ['PPMT(1, 2, 3, 4, , 1)', 'PPMT(1, 2, 3, 4, , 1)'],
    ['MAX(1, 2)', 'MAX(1, 2)'],
    ['MAX(FactSession[Turns])', 'MAX(FactSession[Turns])'],
    ['COUNTROWS(FactSession)', 'countRows(FactSession)'],
    ['{ 1 }', 'valueOf(rows([Value]: 1))'],
    ['1 IN { 1, 2 }', 'in(1; rows([Value]: 1, 2))'],
    ['(1, "a") IN { (1, "a") }', 'in(1, "a"; rows([Value1] [Value2]: 1 "a"))'],
    ['SELECTEDVALUE(dimagent[name], "all")', 'selectedValue(DimAgent[Name], "all")'],
    ['LOOKUPVALUE(DimAgent[Name], DimAgent[AgentId], "7", "none")', 'lookup(DimAgent[Name], AgentId = "7", "none")'],
    ['HASONEVALUE(DimAgent[Name])', 'hasOneValue(DimAgent[Name])'],
  ])('%s', (expression, wanted) => {
    expect(scalar(expression)).toBe(wanted);
  });
});

describe('row contexts', () => {
  it.each([
    ['SUMX(FactSession, FactSession[Turns] + [WaitTime])', 'SUMX(FactSession as row1, +(row1.10, row1.9))'],
    ['SUMX(FactSession, SUMX(DimAgent, FactSession[Turns]))', 'SUMX(FactSession as row1, SUMX(DimAgent as row2, row1.10))'],
    ['COUNTX(FactSession, RELATED(DimTeam[Team]))', 'COUNTX(FactSession as row1, related(row1 DimTeam[Team]))'],
    ['SUMX(ADDCOLUMNS(VALUES(DimAgent[Name]), "x", 1), [x])', 'SUMX(extend(values+blank(DimAgent[Name]) as row1, x = 1) as row2, row2.1)'],
    ['SUMX(VALUES(DimAgent[Name]), CALCULATE(COUNTROWS(FactSession)))', 'SUMX(values+blank(DimAgent[Name]) as row1, calculate(countRows(FactSession) <- row1))'],
    ['SUMX(DimTeam, SUMX(DimAgent, CALCULATE(1)))', 'SUMX(DimTeam as row1, SUMX(DimAgent as row2, calculate(1 <- row1 row2)))'],
    ['SUMX(DimAgent, CALCULATE(CALCULATE(1)))', 'SUMX(DimAgent as row1, calculate(calculate(1) <- row1))'],
    ['SUMX(DimAgent, COUNTROWS(RELATEDTABLE(FactSession)))', 'SUMX(DimAgent as row1, countRows(calculate(FactSession <- row1)))'],
    ['SUMX(DimAgent, CALCULATE(COUNTROWS(FactSession), FILTER(FactSession, FactSession[AgentId] = DimAgent[AgentId])))', 'SUMX(DimAgent as row1, calculate(countRows(FactSession) | filter(FactSession as row2, =(row2.1, row1.0)) <- row1))'],
    ['COUNTROWS(FILTER(DimAgent, COUNTROWS(FILTER(DimAgent, DimAgent[Name] = EARLIER(DimAgent[Name]))) > 1))', 'countRows(filter(DimAgent as row1, >(countRows(filter(DimAgent as row2, =(row2.1, row1.1))), 1)))'],
  ])('%s', (expression, wanted) => {
    expect(scalar(expression)).toBe(wanted);
  });

  it('a metric is evaluated for the row', () => {
    expect(scalar('SUMX(DimAgent, [Sessions])', 'Sessions = COUNTROWS(FactSession)')).toBe('SUMX(DimAgent as row1, measure1 <- row1)');
  });

  it('an added column and a metric of one name are the same where the column is the metric', () => {
    expect(scalar('SUMX(ADDCOLUMNS(VALUES(DimAgent[Name]), "Sessions", [Sessions]), [Sessions])', 'Sessions = COUNTROWS(FactSession)'))
      .toBe('SUMX(extend(values+blank(DimAgent[Name]) as row1, Sessions = measure1 <- row1) as row2, row2.1)');
  });

  it('an added column and a metric of one name are not told apart where they may differ', () => {
    expect(scalar('SUMX(ADDCOLUMNS(VALUES(DimAgent[Name]), "Sessions", 1), [Sessions])', 'Sessions = COUNTROWS(FactSession)'))
      .toBe('SUMX(extend(values+blank(DimAgent[Name]) as row1, Sessions = 1) as row2, !not supported: [Sessions] as the name of a metric and of a column in one place)');
  });
});

describe('filters', () => {
  const calculate = (filter: string): string => scalar(`CALCULATE(1, ${filter})`);
  it.each([
    ['FactSession[Turns] = 1', 'FactSession[Turns] as row1: =(row1.0, 1)'],
    ['FactSession[IsAgentSession]', 'FactSession[IsAgentSession] as row1: row1.0'],
    ['FactSession[Turns] > 1 || FactSession[WaitTime] > FactSession[Turns]', 'FactSession[Turns] FactSession[WaitTime] as row1: or(>(row1.0, 1), >(row1.1, row1.0))'],
    ['NOT FactSession[Turns] IN { 1, 2 }', 'FactSession[Turns] as row1: NOT(in(row1.0; rows([Value]: 1, 2)))'],
    ['KEEPFILTERS(FactSession[Turns] = 1)', 'keep FactSession[Turns] as row1: =(row1.0, 1)'],
    ['FactSession[Turns] = MAX(FactSession[Turns])', 'FactSession[Turns] as row1: =(row1.0, MAX(FactSession[Turns]))'],
    ["FactSession[CreatedOn] >= SELECTEDVALUE('Dim Date'[Date])", 'FactSession[CreatedOn] as row1: >=(row1.0, selectedValue(Dim Date[Date]))'],
    ['FILTER(DimAgent, DimAgent[Name] = "x")', 'filter(DimAgent as row1, =(row1.1, "x"))'],
    ['KEEPFILTERS(VALUES(DimAgent[Name]))', 'keep values+blank(DimAgent[Name])'],
    ['KEEPFILTERS(ALL(DimAgent[Name]))', 'keep all+blank(DimAgent[Name])'],
    ['DimAgent', 'DimAgent'],
    ['ALL(DimAgent)', 'remove DimAgent'],
    ['ALL(DimAgent[Name], DimAgent[TeamId])', 'remove DimAgent[Name] DimAgent[TeamId]'],
    ['ALL()', 'remove all'],
    ['REMOVEFILTERS(FactSession[Turns])', 'remove FactSession[Turns]'],
    ['ALLEXCEPT(FactSession, FactSession[QueueId], DimTeam)', 'remove FactSession except FactSession[QueueId] DimTeam[TeamId] DimTeam[Team]'],
    ['ALLSELECTED(DimAgent)', 'selected DimAgent'],
    ["USERELATIONSHIP(FactSession[CreatedOn], 'Dim Date'[Date])", 'use FactSession[CreatedOn] Dim Date[Date]'],
    ['SAMPLECARTESIANPOINTSBYCOVER(1, DimAgent, 1, 2)', '!not supported: SAMPLECARTESIANPOINTSBYCOVER'],
    ['FactSession[AgentId] = DimAgent[AgentId]', '!type: a condition that filters reads columns of several tables'],
    ['1 = 1', '!type: a condition that filters reads no column'],
  ])('%s', (filter, wanted) => {
    expect(calculate(filter)).toBe(`calculate(1 | ${wanted})`);
  });

  it('a variable that holds a table', () => {
    expect(scalar('VAR t = FILTER(ALL(DimAgent[Name]), TRUE) RETURN CALCULATE(1, t)'))
      .toBe('let(v1 = filter(all+blank(DimAgent[Name]) as row1, true); calculate(1 | v1))');
  });

  it('a column of the row outside is read through a variable or EARLIER', () => {
    expect(scalar('SUMX(DimAgent, CALCULATE(1, FactSession[AgentId] = EARLIER(DimAgent[AgentId])))'))
      .toBe('SUMX(DimAgent as row1, calculate(1 | FactSession[AgentId] as row2: =(row2.0, row1.0) <- row1))');
    expect(scalar('SUMX(DimAgent, VAR id = DimAgent[AgentId] RETURN CALCULATE(1, FactSession[AgentId] = id))'))
      .toBe('SUMX(DimAgent as row1, let(v1 = row1.0; calculate(1 | FactSession[AgentId] as row2: =(row2.0, v1) <- row1)))');
  });
});

describe('tables', () => {
  it.each([
    ['SUMMARIZECOLUMNS(DimAgent[Name], FILTER(ALL(DimTeam), TRUE), "n", COUNTROWS(FactSession))', 'summarize(DimAgent[Name] | filter(all+blank(DimTeam) as row1, true), n = countRows(FactSession))'],
    ['SELECTCOLUMNS(DimAgent, "Who", DimAgent[Name], DimAgent[TeamId])', 'project(DimAgent as row1, [Who] = row1.1, DimAgent[TeamId] = row1.2)'],
    ['ROW("a", 1, "b", 2)', 'rows([a] [b]: 1 2)'],
    ['UNION({ 1 }, { 2 })', 'union(rows([Value]: 1), rows([Value]: 2))'],
    ['CALENDAR(1, 2)', 'calendar(1, 2)'],
    ['DISTINCT(DimAgent[Name])', 'values(DimAgent[Name])'],
    ['DISTINCT(FILTER(DimAgent, TRUE))', 'distinct(filter(DimAgent as row1, true))'],
    ['VALUES(DimAgent)', 'DimAgent+blank'],
    ['ALLNOBLANKROW(DimAgent)', 'all(DimAgent)'],
    ['CALCULATETABLE(DimAgent, DimAgent[Name] = "x")', 'calculate(DimAgent | DimAgent[Name] as row1: =(row1.0, "x"))'],
    ['VAR x = 1 RETURN ROW("a", x)', 'let(v1 = 1; rows([a]: v1))'],
    ['DimAgent\nORDER BY DimAgent[Name] DESC, [TeamId]', 'order(DimAgent as row1, row1.1 desc, row1.2)'],
    ['TOPN(1, DimAgent, DimAgent[Name])', 'top(1, DimAgent as row1, row1.1 desc)'],
    ['SAMPLECARTESIANPOINTSBYCOVER(1, DimAgent, 1, 2)', '!not supported: SAMPLECARTESIANPOINTSBYCOVER'],
    ['ROW("a", 1, "A", 2)', '!type: two columns of the same name'],
    ['UNION({ 1 }, { (1, 2) })', '!type: UNION of tables with different numbers of columns'],
  ])('%s', (expression, wanted) => {
    expect(table(expression)).toBe(wanted);
  });

  it('columns keep the model column they come from, also under another name', () => {
    const { queries } = jobOf('EVALUATE SELECTCOLUMNS(DimAgent, "Who", DimAgent[Name], "n", 1)');
    expect(queries[0]?.relation.columns).toEqual([{ name: '[Who]', lineage: { table: 'DimAgent', column: 'Name' } }, { name: '[n]' }]);
  });

  it('rows stay whole rows of their table through FILTER and ADDCOLUMNS, not through SELECTCOLUMNS', () => {
    const { queries } = jobOf('EVALUATE ADDCOLUMNS(FILTER(DimAgent, TRUE), "x", 1)\nEVALUATE SELECTCOLUMNS(DimAgent, DimAgent[Name])');
    expect(queries.map((it) => it.relation.table)).toEqual(['DimAgent', undefined]);
  });
});

describe('queries', () => {
  it('a metric of the query comes before that of the model, also for metrics that read it', () => {
    const { measures } = jobOf('a = 1\nb = [a]\nDEFINE MEASURE DimAgent[a] = 2\nEVALUATE ROW("x", [b])');
    expect(measures.map((it) => `${it.name} = ${showScalar(it.expression)}`)).toEqual(['b = measure1', 'a = 2']);
  });

  it('several EVALUATEs share metrics', () => {
    const { measures, queries } = jobOf('a = 1\nEVALUATE ROW("x", [a])\nEVALUATE ROW("y", [A])');
    expect(queries.map((it) => showRelation(it.relation))).toEqual(['rows([x]: measure0)', 'rows([y]: measure0)']);
    expect(measures).toHaveLength(1);
  });

  it('a variable of the query', () => {
    expect(table('ROW("x", v)', 'DEFINE VAR v = 1')).toBe('let(v1 = 1; rows([x]: v1))');
  });

  it('START AT gives constants to start at', () => {
    expect(table('DimAgent\nORDER BY DimAgent[Name]\nSTART AT "x"')).toBe('order(DimAgent as row1, row1.1 from "x")');
    expect(table('DimAgent\nORDER BY DimAgent[Name]\nSTART AT "x" & "y"')).toBe('!type: START AT wants constants');
    expect(table('DimAgent\nORDER BY DimAgent[Name]\nSTART AT @name')).toBe('!not supported: query parameters');
    expect(table('DimAgent\nORDER BY DimAgent[Name]\nSTART AT "x", 1')).toBe('!type: START AT with more values than ORDER BY has keys');
  });
});

describe('what cannot be evaluated spoils the smallest part', () => {
  it.each([
    ['1 + NOSUCH(2)', '+(1, !no name: NOSUCH)'],
    ['1 + APPROXIMATEDISTINCTCOUNT(DimAgent[Name])', '+(1, !not supported: APPROXIMATEDISTINCTCOUNT)'],
    ['IF(TRUE, 1, [nobody])', 'if(true, 1, !no name: [nobody])'],
    ['SUMX(Nowhere, 1)', 'SUMX(!no name: Nowhere as row1, 1)'],
    ['1 + FactSession[Turns]', '+(1, !type: there is no row context for FactSession[Turns])'],
    ['1 + SUM(FactSession[Nothing])', '+(1, !no name: FactSession[Nothing])'],
    ['1 + DIVIDE(1)', '+(1, !type: DIVIDE does not take 1 argument)'],
    ['1 + FactSession', '+(1, !type: a table of several columns where a single value is wanted)'],
    ['COUNTROWS(FILTER(DimAgent, APPROXIMATEDISTINCTCOUNT(DimAgent[Name]) = 1))', 'countRows(filter(DimAgent as row1, =(!not supported: APPROXIMATEDISTINCTCOUNT, 1)))'],
  ])('%s', (expression, wanted) => {
    expect(scalar(expression)).toBe(wanted);
  });

  it('a definition that could not be read', () => {
    expect(scalar('1 + ')).toBe('!syntax-error');
    expect(jobOf('broken = SUM(FactSession[Turns]\nEVALUATE ROW("x", [broken])').measures.map((it) => showScalar(it.expression))).toEqual(['!syntax-error']);
  });

  it('metrics that read themselves', () => {
    const { measures } = jobOf('a = [b]\nb = [a] + [c]\nc = 1\nd = [a]\nEVALUATE ROW("x", [d])');
    expect(measures.map((it) => `${it.name} = ${showScalar(it.expression)}`)).toEqual([
      'd = measure1', 'a = !circle: [a] → [b] → [a]', 'b = !circle: [b] → [a] → [b]', 'c = 1',
    ]);
  });

  it('a chain of ten thousand metrics takes no stack', () => {
    const definitions = Array.from({ length: 10_000 }, (_, i) => `m${String(i)} = [m${String(i + 1)}]`).join('\n');
    const { measures } = jobOf(`${definitions}\nm10000 = 1\nEVALUATE ROW("x", [m0])`);
    expect(measures).toHaveLength(10_001);
  });
});
