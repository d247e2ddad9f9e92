// WITH VISUAL SHAPE: its names are columns of the table.
import { expect, it } from 'vitest';
import { bindText, check } from '../support/analysis.ts';
import { contact } from './models.ts';

it('names columns of the table and of its expression', () => {
  check(`
    DEFINE
      TABLE Matrix = SUMMARIZECOLUMNS(ROLLUPADDISSUBTOTAL(DimAgent[Name], "isTotal"), ROLLUPADDISSUBTOTAL(DimTeam[Team], "isAll"), "n", COUNTROWS(FactSession))
        WITH VISUAL SHAPE
          AXIS ROWS GROUP [Name] TOTAL [isTotal] ORDER BY [Name]
          AXIS COLUMNS GROUP DimTeam[Team] TOTAL Matrix[isAll] ORDER BY DimTeam[Team], [n]
          DENSIFY "isPutIn"
      COLUMN Matrix[sum] = RUNNINGSUM([n])
    EVALUATE FILTER(Matrix, Matrix[isPutIn] = FALSE && [sum] > 1 && Matrix[Name] <> "")
  `, contact);
});

it('that it does not have', () => {
  check(`
    DEFINE
      TABLE Matrix = SUMMARIZECOLUMNS(ROLLUPADDISSUBTOTAL(DimAgent[Name], "isTotal"), "n", 1)
        WITH VISUAL SHAPE AXIS ROWS GROUP [Nam] TOTAL [isTota] ORDER BY Matrix[m]
                                          ^^^^^ error[unknown-measure]: Nothing named [Nam] is known here. Did you mean [Name]?
                                                      ^^^^^^^^ error[unknown-measure]: Nothing named [isTota] is known here. Did you mean [isTotal]?
                                                                              ^^^ error[unknown-column]: The table Matrix has no column or measure [m]. Did you mean [n]?
    EVALUATE Matrix
  `, contact);
});

it('every name is told', () => {
  const text = 'DEFINE TABLE t = ROW("a", 1, "b", TRUE) WITH VISUAL SHAPE AXIS ROWS GROUP [a] TOTAL [b] ORDER BY [a] DENSIFY "d" EVALUATE FILTER(t, [d])';
  const { bounds } = bindText(text, contact);
  const shown = bounds.flatMap((it) => it.references).map((it) => `${text.slice(it.span.start, it.span.end)} ${it.target.kind}${it.isDefinition === true ? ' defined' : ''}`);
  expect(shown).toEqual([
    't definedTable defined', 'ROW function', '"a" extension defined', '"b" extension defined', 'ROWS word', '[a] extension', '[b] extension', '[a] extension',
    '"d" extension defined', 'FILTER function', 't definedTable', '[d] extension',
  ]);
});
