// Queries: DEFINE, EVALUATE, ORDER BY, START AT.
import { describe, expect, it } from 'vitest';
import { parseFile, type Query } from '../../grammar/src/index.ts';
import { checkProblems, dedent, outline, shape } from './support.ts';

/** The only query of a text. */
function query(text: string): Query {
  const { segments } = checkProblems(text);
  expect(segments.map((it) => it.item.kind)).toEqual(['query']);
  return segments[0]?.item as Query;
}

describe('EVALUATE', () => {
  it('a table', () => {
    expect(query('EVALUATE { 1 }').evaluates.map((it) => shape(it.expression))).toEqual(['{1}']);
  });

  it('a VAR block', () => {
    expect(query('EVALUATE VAR a = T RETURN a').evaluates.map((it) => shape(it.expression))).toEqual(['(var a T return a)']);
  });

  it('with order and start', () => {
    const [evaluate] = query(`
      evaluate
        SUMMARIZECOLUMNS(T[a], "m", [m])
      ORDER BY
        T[a] DESC, [m], T[b] asc
      START AT "x", @second, 3
    `).evaluates;
    expect(evaluate?.orderBy.map((it) => [shape(it.expression), it.descending])).toEqual([['T[a]', true], ['[m]', false], ['T[b]', false]]);
    expect(evaluate?.startAt.map(shape)).toEqual(['"x"', '@second', '3']);
  });

  it.each([
    ['ORDER BY [m] DESC START AT -1', ['[m]'], ['(- 1)']],
    ['ORDER BY (T[a]) START AT (1)', ['<T[a]>'], ['<1>']],
    ['order by[m]start at@p', ['[m]'], ['@p']],
  ])('EVALUATE T %s', (clauses, keys, start) => {
    const [evaluate] = query(`EVALUATE T ${clauses}`).evaluates;
    expect(evaluate?.orderBy.map((it) => shape(it.expression))).toEqual(keys);
    expect(evaluate?.startAt.map(shape)).toEqual(start);
  });

  it('several times', () => {
    expect(query('EVALUATE A\nEVALUATE B ORDER BY B[x]\n\n// third\nEVALUATE C').evaluates.map((it) => shape(it.expression))).toEqual(['A', 'B', 'C']);
  });

  it('a table named like a clause', () => {
    expect(query('EVALUATE Order ORDER BY Order[Start]').evaluates.map((it) => [shape(it.expression), it.orderBy.map((key) => shape(key.expression))]))
      .toEqual([['Order', ['Order[Start]']]]);
  });

  it('nothing', () => {
    checkProblems(`
      EVALUATE
      ^^^^^^^^ expected-expression
    `);
  });

  it('ORDER BY nothing', () => {
    checkProblems(`
      EVALUATE T ORDER BY
                       ^^ expected-expression
    `);
  });

  it('ORDER BY with a comma too many', () => {
    checkProblems(`
      EVALUATE T ORDER BY T[a],
                              ^ expected-expression
    `);
  });

  it('a table and something after it', () => {
    checkProblems(`
      EVALUATE T U
                 ^ unexpected-token
      ORDER BY T[a]
    `);
  });
});

describe('DEFINE', () => {
  const text = `
    DEFINE
      /// Sessions in all.
      /// @format #,0
      MEASURE FactSession[Sessions] = COUNTROWS(FactSession)
      MEASURE 'Fact Session'[Rate] =
        VAR a = [Sessions]
        VAR b = 2
        RETURN
          a / b
      VAR Today = dt"2024-01-31"
      VAR Limit = VAR x = 1 RETURN x
      COLUMN FactSession[Flag] = FactSession[a] = 1
      TABLE Recent = FILTER(FactSession, FactSession[Flag])
      FUNCTION Half = (x : NUMERIC) => x / 2
    EVALUATE Recent
    EVALUATE { [Rate] }
  `;

  it('any number of definitions', () => {
    const { definitions, evaluates } = query(text);
    expect(definitions.map((it) => `${it.kind} ${it.name}: ${shape(it.body)}`)).toEqual([
      'measure Sessions: COUNTROWS(FactSession)',
      'measure Rate: (var a [Sessions] var b 2 return (/ a b))',
      'variableDefinition Today: dt:45322',
      'variableDefinition Limit: (var x 1 return x)',
      'columnDefinition Flag: (= FactSession[a] 1)',
      'tableDefinition Recent: FILTER(FactSession FactSession[Flag])',
      'functionDefinition Half: (/ x 2)',
    ]);
    expect(evaluates).toHaveLength(2);
    expect(definitions[0]?.docs?.lines.map((it) => it.text)).toEqual(['Sessions in all.', '@format #,0']);
    expect(definitions[1]?.docs).toBeUndefined();
  });

  it('all on one line', () => {
    const { definitions, evaluates } = query('DEFINE MEASURE T[a] = 1 MEASURE T[b] = [a] VAR x = 2 EVALUATE ROW("b", [b])');
    expect(definitions.map((it) => it.name)).toEqual(['a', 'b', 'x']);
    expect(evaluates).toHaveLength(1);
  });

  it('values of parameters of Power Query', () => {
    const { definitions } = query(`
      DEFINE
        MPARAMETER 'Country Parameter' = "Canada"
        MPARAMETER Brands = { "Contoso", "Fabrikam" }
        VAR MParameter = 1
      EVALUATE { MParameter }
    `);
    expect(definitions.map((it) => [it.kind === 'variableDefinition' ? it.keyword : it.kind, it.name, shape(it.body)])).toEqual([
      ['MPARAMETER', 'Country Parameter', '"Canada"'], ['MPARAMETER', 'Brands', '{"Contoso" "Fabrikam"}'], ['VAR', 'MParameter', '1'],
    ]);
    expect(outline('MParameter count = 1')).toEqual(['measure MParameter count']);
  });

  it('without EVALUATE', () => {
    expect(query('DEFINE MEASURE T[a] = 1').evaluates).toEqual([]);
  });

  it('a table with a visual shape', () => {
    const { definitions } = query(`
      DEFINE
        TABLE n = VALUES(T[a])
          WITH VISUAL SHAPE
            AXIS rows GROUP T[a] TOTAL IsTotal ORDER BY T[a]
            DENSIFY "d"
        MEASURE T[m] = 1
      EVALUATE n
    `);
    expect(definitions.map((it) => [it.name, shape(it.body)])).toEqual([['n', 'VALUES(T[a])'], ['m', '1']]);
  });

  it('a header after it begins a definition of its own', () => {
    expect(outline('DEFINE\nMEASURE T[a] = 1\nEVALUATE T\n\nSessions = 1\nMEASURE T[b] = 2')).toEqual(['query', 'measure Sessions', 'measure b']);
  });

  it('DEFINE begins another query', () => {
    expect(outline('EVALUATE T\nDEFINE\nMEASURE T[a] = 1\nEVALUATE T')).toEqual(['query', 'query']);
  });

  it('a definition without a body leaves the next one intact', () => {
    checkProblems(`
      DEFINE
        MEASURE T[a] =
                 ^^^ missing-body
        MEASURE T[b] = 1
      EVALUATE T
    `);
  });

  it('a bracket never closed ends at the next definition', () => {
    const { definitions, evaluates } = query(`
      DEFINE
        MEASURE T[a] = SUM(T[x]
                          ^ unclosed-bracket
        MEASURE T[b] = 1
      EVALUATE T
    `);
    expect(definitions.map((it) => it.name)).toEqual(['a', 'b']);
    expect(evaluates).toHaveLength(1);
  });

  it('RETURN in a line that looks like a header', () => {
    const { definitions } = query('DEFINE\nMEASURE T[a] =\nVAR x = 1\nRETURN x = 2\nEVALUATE T');
    expect(definitions.map((it) => shape(it.body))).toEqual(['(var x 1 return (= x 2))']);
  });
});

it('a doc comment above a query belongs to it', () => {
  const { segments } = parseFile(dedent(`
    M = 1
    /// All sessions.
    EVALUATE T
  `));
  expect(segments.map((it) => it.item)).toMatchObject([{ kind: 'measure' }, { kind: 'query', docs: { lines: [{ text: 'All sessions.' }] } }]);
});
