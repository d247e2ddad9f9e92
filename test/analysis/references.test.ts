// Names: where they lead, and what is said of those that lead nowhere.
import { describe, expect, it } from 'vitest';
import { check, bindText, fixed } from '../support/analysis.ts';
import { contact } from './models.ts';

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
