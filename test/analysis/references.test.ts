// Names: where they lead, and what is said of those that lead nowhere.
import { describe, expect, it } from 'vitest';
import { check, bindText, fixed } from '../support/analysis.ts';
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

describe('a name that leads nowhere', () => {
  it('table', () => {
    check(`
      M = COUNTROWS(FactSesion)
                    ^^^^^^^^^^ error[unknown-name]: FactSesion is neither a variable in scope nor a table. Did you mean FactSession?
    `, contact);
  });

  it('quoted table', () => {
    check(`
      M = COUNTROWS('DimDate')
                    ^^^^^^^^^ error[unknown-table]: There is no table DimDate in the model contact. Did you mean 'Dim Date'?
    `, contact);
  });

  it('table of a column', () => {
    check(`
      M = SUM(FactSesion[Turns])
              ^^^^^^^^^^ error[unknown-table]: There is no table FactSesion in the model contact. Did you mean FactSession?
    `, contact);
  });

  it('column', () => {
    check(`
      M = SUM(FactSession[Turn])
                         ^^^^^^ error[unknown-column]: The table FactSession has no column or measure [Turn]. Did you mean [Turns]?
    `, contact);
  });

  it('metric', () => {
    check(`
      Incoming sessions_FactSession = COUNTROWS(FactSession)
      Rate = DIVIDE(1, [Incoming essions_FactSession])
                       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error[unknown-measure]: Nothing named [Incoming essions_FactSession] is known here. Did you mean [Incoming sessions_FactSession]?
    `, contact);
  });

  it('metric written without brackets', () => {
    check(`
      Sessions = COUNTROWS(FactSession)
      Twice = 2 * Sessions
                  ^^^^^^^^ error[unknown-name]: Sessions is neither a variable in scope nor a table. Did you mean [Sessions]?
    `, contact);
  });

  it('column without its table, where the home table is known', () => {
    check(`
      MEASURE DimAgent[M] = SUM([Turns])
                                ^^^^^^^ error[unknown-measure]: Nothing named [Turns] is known here. Did you mean FactSession[Turns]?
      MEASURE FactSession[N] = SUM([Turns])
    `, contact);
  });

  it('column without its table, where the home table is not known', () => {
    check(`
      M = SUM([Turns])
              ^^^^^^^ information[unqualified-column]: [Turns] stands without its table and is right only where the metric has that table as its home. Write FactSession[Turns].
      N = DISTINCTCOUNT([AgentId])
                        ^^^^^^^^^ information[unqualified-column]: [AgentId] stands...
    `, contact);
  });

  it('home table', () => {
    check(`
      MEASURE FactSessions[M] = 1
              ^^^^^^^^^^^^ error[unknown-table]: There is no table FactSessions in the model contact. Did you mean FactSession?
    `, contact);
  });

  it('a variable before it is defined', () => {
    check(`
      M =
      VAR a = b
              ^ error[unknown-name]: b is neither a variable in scope nor a table...
      VAR b = 1
      RETURN a + b
    `, contact);
  });

  it('a variable before a column', () => {
    check(`
      M = VAR t = FILTER(FactSession, TRUE) RETURN SUMX(t, t[Turns])
                                                           ^^^^^^^^ error[variable-column]: t is a variable, and no variable stands before a column...
    `, contact);
  });

  it('a variable twice in one block', () => {
    check(`
      M = VAR a = 1 VAR A = 2 RETURN a
                        ^ error[duplicate-variable]: The variable A is defined twice in this block.
    `, contact);
  });

  it('a metric with a table that is not its home', () => {
    check(`
      Sessions = COUNTROWS(FactSession)
      Twice = 2 * DimAgent[Sessions]
                  ^^^^^^^^^^^^^^^^^^ warning[measure-home-table]: [Sessions] has no home table DimAgent here. Write [Sessions] alone.
    `, contact);
  });

  it('nothing is said where no model is known', () => {
    expect(bindText('M = SUM(Nowhere[at]) + [all]', undefined).findings).toEqual([]);
  });
});

describe('fixes of names', () => {
  const cases: readonly (readonly [string, string])[] = [
    ['Incoming sessions_FactSession = 1\nR = [Incoming essions_FactSession]', 'Incoming sessions_FactSession = 1\nR = [Incoming sessions_FactSession]'],
    ["M = COUNTROWS('DimDate')", "M = COUNTROWS('Dim Date')"],
    ['M = SUM([Turns])', 'M = SUM(FactSession[Turns])'],
    ['M = 1\nN = DimAgent[M]', 'M = 1\nN = [M]'],
    ['M = COUNTROW(FactSession)', 'M = COUNTROWS(FactSession)'],
    ['M = SUM(FactSession[\nTurns])', 'M = SUM(FactSession[Turns])'],
  ];
  it.each(cases)('%s', (source, wanted) => {
    expect(fixed(source, contact)).toBe(wanted);
  });
});

describe('functions', () => {
  it('one slip away from a known one', () => {
    check(`
      M = COUNTROW(FactSession)
          ^^^^^^^^ error[misspelt-function]: There is no function COUNTROW. Did you mean COUNTROWS?
    `, contact);
  });

  it('unknown: its arguments are left alone', () => {
    check(`
      M = Sessions.Weighted(FactSession[Nothing], [nobody], Anything = "x")
          ^^^^^^^^^^^^^^^^^ information[unknown-function]: The function SESSIONS.WEIGHTED is not known here, so its use is not checked.
    `, contact);
  });

  it('defined in the query', () => {
    check('DEFINE FUNCTION Twice = (x : NUMERIC) => 2 * x EVALUATE { Twice(2) }', contact);
  });

  it('defined in another text, one slip away from a known one', () => {
    check(`
      M = COUNTROW(FactSession)
      FUNCTION CountRow = (t : TABLE) => COUNTROWS(t) + 1
    `, contact);
  });
});

describe('names that a query defines', () => {
  it.each([
    'DEFINE TABLE Fresh = { 1 } EVALUATE Fresh',
    'DEFINE TABLE Fresh = { 1 } EVALUATE SUMMARIZECOLUMNS(Fresh[Value], "n", COUNTROWS(Fresh))\nORDER BY Fresh[Value], [n]',
    'DEFINE TABLE Fresh = { 1 } MEASURE Fresh[m] = SUM([Value]) + SUMX(Fresh, [Value] * Fresh[Value]) EVALUATE { [m], Fresh[m] }',
    'DEFINE TABLE FactSession = { "a" } EVALUATE FILTER(FactSession, FactSession[Value] = "a")',
    'DEFINE COLUMN DimAgent[Long] = LEN(DimAgent[Name]) EVALUATE FILTER(DimAgent, DimAgent[Long] > 3 && [Long] < 9)',
    'DEFINE COLUMN DimAgent[Long] = LEN(DimAgent[Name]) EVALUATE { CALCULATE(SUM(DimAgent[Long]), DimAgent[Long] > 3) }',
    'DEFINE VAR v = 2 MEASURE FactSession[m] = v * COUNTROWS(FactSession) EVALUATE { [m] }',
    'DEFINE MEASURE FactSession[m] = v * COUNTROWS(FactSession) VAR v = 2 EVALUATE { [m] }',
    'DEFINE MEASURE FactSession[m] = Twice(COUNTROWS(FactSession)) FUNCTION Twice = (x) => x * 2 EVALUATE { [m] }',
    'DEFINE FUNCTION Twice = (x) => x * 2 FUNCTION Four = (x) => Twice(Twice(x)) EVALUATE { Four(1) }',
  ])('%s', (query) => {
    check(query, contact);
  });

  it('or other text of the model', () => {
    const text = 'M = SUMX(Fresh, [Value] + Fresh[Other]) + SUM(DimAgent[Long])';
    const definitions = 'TABLE Fresh = { (1, 2) }\nCOLUMN Fresh[Other] = Fresh[Value1]\nCOLUMN Fresh[Value] = 1\nCOLUMN DimAgent[Long] = LEN(DimAgent[Name])';
    check(`${text}\n${definitions}`, contact);
    expect(bindText(text, contact).findings.length).toBeGreaterThan(0);
  });
});

describe('circles of metrics', () => {
  it('a metric that reads itself', () => {
    check(`
      A = [A] + 1
          ^^^ error[circular-dependency]: The definition depends on itself: [A] → [A].
    `, contact);
  });

  it('over others', () => {
    check(`
      A = [B] + 1
          ^^^ error[circular-dependency]: The definition depends on itself: [A] → [B] → [C] → [A].
      B = [C] + 1
          ^^^ error[circular-dependency]: The definition depends on itself: [B] → [C] → [A] → [B].
      C = [A] + 1
          ^^^ error[circular-dependency]: The definition depends on itself: [C] → [A] → [B] → [C].
      D = [A]
    `, contact);
  });

  it('of functions, tables and columns that text defines, and through metrics', () => {
    check(`
      FUNCTION f = (x) => IF(x > 0, g(x - 1))
                                    ^ error[circular-dependency]: The definition depends on itself: f → g → f.
      FUNCTION g = (x) => f(x)
                          ^ error[circular-dependency]: The definition depends on itself: g → f → g.
      FUNCTION h = (x) => h(x)
                          ^ error[circular-dependency]: The definition depends on itself: h → h.
      TABLE Fresh = FILTER(Fresh, 1 = 1)
                           ^^^^^ error[circular-dependency]: The definition depends on itself: Fresh → Fresh.
      COLUMN DimAgent[a] = DimAgent[b] + 1
                                   ^^^ error[circular-dependency]: The definition depends on itself: DimAgent[a] → DimAgent[b] → DimAgent[a].
      COLUMN DimAgent[b] = [a]
                           ^^^ error[circular-dependency]: The definition depends on itself: DimAgent[b] → DimAgent[a] → DimAgent[b].
      TABLE Sums = ROW("s", [Summed])
                            ^^^^^^^^ error[circular-dependency]: The definition depends on itself: Sums → [Summed] → Sums.
      Summed = SUMX(Sums, [s])
                    ^^^^ error[circular-dependency]: The definition depends on itself: [Summed] → Sums → [Summed].
    `, contact);
  });

  it('of definitions of a query', () => {
    check(`
      DEFINE
        MEASURE FactSession[a] = [b]
                                 ^^^ error[circular-dependency]: The definition depends on itself: [a] → [b] → [a].
        MEASURE FactSession[b] = f([a])
                                   ^^^ error[circular-dependency]: The definition depends on itself: [b] → [a] → [b].
        FUNCTION f = (x) => x
      EVALUATE { [a] }
    `, contact);
  });

  it('a column that reads rows of its own table is no circle', () => {
    check(`
      COLUMN DimAgent[a] = COUNTROWS(DimAgent)
      COLUMN DimAgent[b] = DimAgent[a] + 1
    `, contact);
  });

  it('a column that the metric adds under its own name is no circle', () => {
    check(`
      Waiting = SUMX(ADDCOLUMNS(VALUES(DimAgent[Name]), "Waiting", SUM(FactSession[WaitTime])), [Waiting])
    `, contact);
  });
});

describe('dependencies', () => {
  it('metrics, tables and columns that are read', () => {
    const { bounds } = bindText('A = 1\nB = CALCULATE([A], FactSession[Turns] > 1) + COUNTROWS(DimAgent)', contact);
    const [, b] = bounds;
    expect([...(b?.dependencies.measures ?? [])]).toEqual(['a']);
    expect([...(b?.dependencies.tables ?? [])].sort()).toEqual(['dimagent', 'factsession']);
    expect([...(b?.dependencies.columns ?? [])]).toEqual(['factsession\u0000turns']);
  });
});

it('a hundred columns that text gives one table', () => {
  const text = Array.from({ length: 100 }, (_, i) => `COLUMN DimAgent[c${String(i)}] = DimAgent[c${String(i + 1)}] + [c${String(i + 1)}]`).join('\n');
  check(`${text}\nCOLUMN DimAgent[c100] = 1\nM = SUM(DimAgent[c0]) + SUMX(DimAgent, [c99])`, contact);
});
