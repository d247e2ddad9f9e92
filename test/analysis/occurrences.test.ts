// Every occurrence of a name, in definitions and in uses: what it leads to.
import { describe, expect, it } from 'vitest';
import { bindText } from '../support/analysis.ts';
import { cursorOf, oneFile } from '../support/fixtures.ts';
import { contact } from './models.ts';

/** What the reference at `$0` leads to, in a word or two. */
function targetAt(source: string): string {
  const file = oneFile(source);
  const { bounds } = bindText(file.text, contact);
  const at = cursorOf(file);
  const found = bounds.flatMap((bound) => bound.references
    .filter((it) => it.span.start + bound.segment.start <= at && at < it.span.end + bound.segment.start)
    .map((it) => it.target));
  const [target] = found;
  switch (target?.kind) {
    case undefined: return 'nothing';
    case 'table': return `table ${target.table.name}`;
    case 'column': return `column ${target.table.name}[${target.column.name}]`;
    case 'measure': return `measure ${target.measure.name}`;
    case 'extension': return `added column ${target.name}`;
    case 'variable': return `variable ${target.name}`;
    case 'parameter': return `parameter ${target.name}`;
    case 'definedTable': return `defined table ${target.table.name}`;
    case 'definedColumn': return `defined column ${target.column.name}`;
    case 'definedFunction': return `defined function ${target.function.name}`;
    case 'function': return `function ${target.spec.name}`;
    case 'word': return `word ${target.word}`;
    case 'unresolved': return `unresolved ${target.name}`;
  }
}

describe('names lead to', () => {
  const cases: readonly (readonly [string, string])[] = [
    ['M = COUNTROWS($0FactSession)', 'table FactSession'],
    ["M = COUNTROWS($0'dim date')", 'table Dim Date'],
    ['M = SUM(factsession[$0turns])', 'column FactSession[Turns]'],
    ['M = SUM($0factsession[turns])', 'table FactSession'],
    ['M = 1\nN = [$0m]', 'measure M'],
    ['M = VAR x = 1 RETURN $0X', 'variable x'],
    ['M = $0divide(1, 2)', 'function DIVIDE'],
    ['M = DATEDIFF(DATE(2024, 1, 1), DATE(2024, 1, 2), $0day)', 'word DAY'],
    ['M = SUMX(ADDCOLUMNS(FactSession, "x", 1), [$0x])', 'added column x'],
    ['M = SUMX(SELECTCOLUMNS(FactSession, "t", FactSession[Turns]), [$0t])', 'added column t'],
    ['M = SUMX(FactSession, [$0Turns])', 'column FactSession[Turns]'],
    ['M = VAR t = ADDCOLUMNS(FactSession, "x", 1) RETURN SUMX(t, [$0x])', 'added column x'],
    ['M = SUMX({ 1, 2 }, [$0Value])', 'added column Value'],
    ['M = SUMX({ (1, 2) }, [$0Value2])', 'added column Value2'],
    ['EVALUATE ROW("a", 1)\nORDER BY [$0a]', 'added column a'],
    ['EVALUATE SUMMARIZECOLUMNS(DimAgent[Name], "n", 1)\nORDER BY [$0n]', 'added column n'],
    ['DEFINE MEASURE FactSession[q] = 1 EVALUATE ROW("a", [$0q])', 'measure q'],
    ['DEFINE VAR v = 1 EVALUATE ROW("a", $0v)', 'variable v'],
    ['M = MAXX(GROUPBY(FactSession, FactSession[QueueId], "n", COUNTX(CURRENTGROUP(), 1)), [$0n])', 'added column n'],
    ['$0M = 1', 'measure M'],
    ['MEASURE FactSession[$0M] = 1', 'measure M'],
    ['M = VAR $0x = 1 RETURN x', 'variable x'],
    ['M = MAXX(ADDCOLUMNS(FactSession, $0"x", 1), [x])', 'added column x'],
    ['M = MAXX(SELECTCOLUMNS(FactSession, $0"t", FactSession[Turns]), [t])', 'added column t'],
    ['M = MAXX(SELECTCOLUMNS(SELECTCOLUMNS(FactSession, "t", FactSession[Turns]), [t]), [$0t])', 'added column t'],
    ['M = MAXX(GROUPBY(ADDCOLUMNS(FactSession, "x", 1), [$0x]), [x])', 'added column x'],
    ['M = MAXX(GROUPBY(ADDCOLUMNS(FactSession, "x", 1), [x]), [$0x])', 'added column x'],
    ['M = MAXX(DATATABLE($0"a", INTEGER, { { 1 } }), [a])', 'added column a'],
    ['M = MAXX(FILTER(FactSession, FactSession[Turns] > EARLIER(FactSession[$0Turns])), 1)', 'column FactSession[Turns]'],
    ['M = CALCULATE(1, USERELATIONSHIP($0FactSession[CreatedOn], \'Dim Date\'[Date]))', 'table FactSession'],
    ['M = CALCULATE(1, USERELATIONSHIP(FactSession[CreatedOn], \'Dim Date\'[$0Date]))', 'column Dim Date[Date]'],
    ['M = CALCULATE(1, CROSSFILTER(FactSession[$0AgentId], DimAgent[AgentId], BOTH))', 'column FactSession[AgentId]'],
    ['M = CALCULATE(1, ALLEXCEPT(FactSession, FactSession[$0AgentId]))', 'column FactSession[AgentId]'],
    ['M = CALCULATE(1, TREATAS({ "a" }, FactSession[$0AgentId]))', 'column FactSession[AgentId]'],
    ['M = COUNTROWS(INDEX(1, DimAgent, ORDERBY(DimAgent[$0Name])))', 'column DimAgent[Name]'],
    ['M = COUNTROWS(INDEX(1, DimAgent, ORDERBY(DimAgent[Name]), PARTITIONBY(DimAgent[$0TeamId])))', 'column DimAgent[TeamId]'],
    ['FUNCTION $0f = (x) => x', 'defined function f'],
    ['FUNCTION f = ($0x) => x', 'parameter x'],
    ['FUNCTION f = (x) => $0x', 'parameter x'],
    ['FUNCTION f = (x) => 1 + SUMX(VALUES(DimAgent[Name]), $0X)', 'parameter x'],
    ['FUNCTION f = (x) => x\nM = $0F(1)', 'defined function f'],
    ['FUNCTION f = (x) => x\nM = $0G(1)', 'unresolved G'],
    ['TABLE $0Fresh = { 1 }', 'defined table Fresh'],
    ['TABLE Fresh = { 1 }\nM = COUNTROWS($0fresh)', 'defined table Fresh'],
    ['TABLE Fresh = { 1 }\nM = SUM($0Fresh[Value])', 'defined table Fresh'],
    ['TABLE Fresh = { 1 }\nM = SUM(Fresh[$0Value])', 'added column Value'],
    ['TABLE Fresh = ROW("a", 1)\nM = SUM(Fresh[$0a])', 'added column a'],
    ['TABLE Fresh = { 1 }\nM = MAXX(Fresh, [$0Value])', 'added column Value'],
    ['COLUMN DimAgent[$0Long] = LEN(DimAgent[Name])', 'defined column Long'],
    ['COLUMN $0DimAgent[Long] = LEN(DimAgent[Name])', 'table DimAgent'],
    ['COLUMN DimAgent[Long] = LEN(DimAgent[Name])\nM = SUM(DimAgent[$0long])', 'defined column Long'],
    ['COLUMN DimAgent[Long] = LEN(DimAgent[Name])\nM = SUM($0DimAgent[long])', 'table DimAgent'],
    ['COLUMN DimAgent[Long] = LEN(DimAgent[Name])\nM = SUMX(DimAgent, [$0long])', 'defined column Long'],
    ['DEFINE TABLE Fresh = { 1 } EVALUATE $0Fresh', 'defined table Fresh'],
    ['DEFINE FUNCTION f = (x) => x EVALUATE { $0f(1) }', 'defined function f'],
    ['DEFINE COLUMN DimAgent[Long] = 1 EVALUATE VALUES(DimAgent[$0Long])', 'defined column Long'],
    ['M = MAXX(GENERATESERIES(1, 3), [$0Value])', 'added column Value'],
    ['M = MAXX(TOPN(3, VALUES(DimAgent[Name]), [M]), [$0Name])', 'column DimAgent[Name]'],
    ['M = MAXX(CALENDAR(DATE(2024, 1, 1), DATE(2024, 2, 1)), [$0Date])', 'added column Date'],
  ];
  it.each(cases)('%s', (source, wanted) => {
    expect(targetAt(source)).toBe(wanted);
  });
});
