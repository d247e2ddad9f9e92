// WITH VISUAL SHAPE: axes of groups, their totals and order, and the rows put in.
import { describe, expect, it } from 'vitest';
import type { TableDefinition } from '../../grammar/src/index.ts';
import { checkProblems, itemsOf, queryOf, shape } from './support.ts';

describe('a visual shape', () => {
  const table = (text: string): TableDefinition => {
    const found = queryOf(text).definitions.find((it) => it.kind === 'tableDefinition');
    if (found === undefined) throw new Error('no table');
    return found;
  };

  it('has axes of groups, with totals and order, and a name for rows put in', () => {
    const { body, shape: visual } = table(`
      DEFINE
        TABLE n = SUMMARIZECOLUMNS(T[a], T[b])
          WITH VISUAL SHAPE
            AXIS rows
              GROUP [a], T[a key] TOTAL [Is a]
              GROUP [b] TOTAL [Is b]
              ORDER BY [a] DESC, [b] asc, [c]
            AXIS columns GROUP [d] ORDER BY [d]
            DENSIFY "Is dense"
        VAR v = 1
      EVALUATE n
    `);
    expect(shape(body)).toBe('SUMMARIZECOLUMNS(T[a] T[b])');
    expect(visual?.axes.map((axis) => [
      axis.name?.text, axis.groups.map((it) => [it.columns.map(shape), it.total === undefined ? undefined : shape(it.total)]), axis.orderBy.map((it) => [shape(it.expression), it.descending]),
    ])).toEqual([
      ['rows', [[['[a]', 'T[a key]'], '[Is a]'], [['[b]'], '[Is b]']], [['[a]', true], ['[b]', false], ['[c]', false]]],
      ['columns', [[['[d]'], undefined]], [['[d]', false]]],
    ]);
    expect(visual?.densify).toMatchObject({ kind: 'string', value: 'Is dense' });
  });

  it('its words are names where a column stands', () => {
    const { shape: visual } = table('DEFINE TABLE n = T WITH VISUAL SHAPE AXIS ROWS GROUP Total[a], Axis[b] TOTAL Group[c] ORDER BY Densify[d] EVALUATE n');
    expect(visual?.axes[0]?.groups.map((it) => [it.columns.map(shape), it.total === undefined ? undefined : shape(it.total)])).toEqual([[['Total[a]', 'Axis[b]'], 'Group[c]']]);
    expect(visual?.axes[0]?.orderBy.map((it) => shape(it.expression))).toEqual(['Densify[d]']);
  });

  it('may stand below a table that is defined by itself', () => {
    expect(itemsOf('TABLE n = T\n  WITH VISUAL SHAPE\n    AXIS ROWS GROUP [a] ORDER BY [a]')).toMatchObject([{ kind: 'tableDefinition', name: 'n', shape: { axes: [{ name: { text: 'ROWS' } }] } }]);
  });

  it('ends a bracket left open', () => {
    checkProblems(`
      DEFINE TABLE n = VALUES(T[a] WITH VISUAL SHAPE AXIS ROWS GROUP [a] ORDER BY [a] EVALUATE n
                             ^ unclosed-bracket
    `);
  });

  it.each([
    ['WITH VISUAL\n     ^^^^^^ expected-token'],
    ['WITH VISUAL SHAPE\n            ^^^^^ expected-token'],
    ['WITH VISUAL SHAPE AXIS GROUP [a] ORDER BY [a]\n                  ^^^^ expected-token'],
    ['WITH VISUAL SHAPE AXIS ROWS ORDER BY [a]\n                       ^^^^ expected-token'],
    ['WITH VISUAL SHAPE AXIS ROWS GROUP [a], ORDER BY [a]\n                                     ^ expected-expression'],
    ['WITH VISUAL SHAPE AXIS ROWS GROUP [a] TOTAL ORDER BY [a]\n                                      ^^^^^ expected-expression'],
    ['WITH VISUAL SHAPE AXIS ROWS GROUP [a] ORDER BY\n                                            ^^ expected-expression'],
    ['WITH VISUAL SHAPE AXIS ROWS GROUP [a] [b] ORDER BY [a]\n                                      ^^^ unexpected-token'],
    ['WITH VISUAL SHAPE AXIS ROWS GROUP [a] ORDER BY [a] DENSIFY\n                                                   ^^^^^^^ expected-expression'],
  ])('lacks a part: %j', (text) => {
    checkProblems(`DEFINE TABLE n = T\n${text}\nEVALUATE n`);
  });

  it('belongs to a table', () => {
    checkProblems(`
      DEFINE MEASURE T[m] = 1 WITH VISUAL SHAPE AXIS ROWS GROUP [a] ORDER BY [a] EVALUATE T
                              ^^^^ unexpected-token
    `);
  });
});
