// Hovers inside a metric tell the value that the expression there had.
import { describe, expect, it } from 'vitest';
import { hover } from '../../server/src/ide/hover/hover.ts';
import { noPreview } from '../../server/src/ide/preview/preview.ts';
import { defaultSettings } from '../../server/src/ide/settings.ts';
import { openFixture } from '../support/workspace.ts';
import { hoverAt, patient } from './open.ts';

const model = `//- /m.daxmodel.yaml
name: shop
tables:
  Sales:
    columns: { Region: { type: string }, Amount: { type: int64 }, Tax: { type: int64 } }
    rows: [{ Region: n, Amount: 5, Tax: 1 }, { Region: n, Amount: 7, Tax: 2 }, { Region: s, Amount: 20, Tax: null }]
`;

/** Without the marks that keep values from being read as Markdown. */
const hoverIn = async (dax: string): Promise<string | undefined> => (await hoverAt(`${model}//- /m.dax\n${dax}\n`))?.replaceAll('**`', '**').replaceAll('`**', '**');

describe('a hover inside a metric', () => {
  it.each([
    ['an operator', 'Net = SUM(Sales[Amount]) -$0 SUM(Sales[Tax])', '= **29**'],
    ['the operator of a part', 'Net = (SUM(Sales[Amount]) -$0 SUM(Sales[Tax])) * 2', '= **29**'],
    ['a bracket', 'Net = $0(SUM(Sales[Amount]) - SUM(Sales[Tax])) * 2', '= **29**'],
    ['a function', 'Net = SU$0M(Sales[Amount]) - 3', '= **32**'],
    ['a function under a filter', 'North = CALCULATE(SU$0M(Sales[Amount]), Sales[Region] = "n")', '= **12**'],
    ['a function of rows', 'Rows = COUNTROWS(FIL$0TER(Sales, Sales[Amount] > 6))', '= **2** rows'],
    ['an operator in rows', 'Total = SUMX(Sales, Sales[Amount] +$0 Sales[Tax])', '= **6**, **9**, **20** in 3 rows or groups'],
    ['a variable where it is read', 'V = VAR low = MIN(Sales[Amount]) RETURN lo$0w + 1', '= **5**'],
    ['a variable that holds a table', 'V = VAR rows = FILTER(Sales, Sales[Amount] > 6) RETURN COUNTROWS(ro$0ws)', '= **2** rows'],
    ['a division by zero', 'V = IF(SUM(Sales[Amount]) > 1, 1 /$0 BLANK())', '= **Infinity**'],
    ['a BLANK', 'V = COALESCE(CALCULATE(SU$0M(Sales[Tax]), Sales[Region] = "s"), 0)', '= **BLANK**'],
  ])('at %s tells its value', async (_, dax, expected) => {
    expect(await hoverIn(dax)).toContain(expected);
  });

  it.each([
    ['a call', 'Net = ⟦SUM(Sales[Amount])⟧ - 3', '= **32**'],
    ['with blanks around it', 'Net = 3 + ⟦ SUM(Sales[Amount]) ⟧', '= **32**'],
    ['a part of a sum', 'Net = ⟦SUM(Sales[Amount]) - 3⟧ + 5', '= **29**'],
    ['a bracket', 'Net = ⟦(SUM(Sales[Amount]) - 3)⟧ * 5', '= **29**'],
    ['a part under a filter', 'North = CALCULATE(⟦SUM(Sales[Amount])⟧, Sales[Region] = "n")', '= **12**'],
    ['a table', 'Rows = COUNTROWS(⟦FILTER(Sales, Sales[Amount] > 6)⟧)', '= **2** rows'],
    ['all of it', 'Net = ⟦SUM(Sales[Amount]) - SUM(Sales[Tax])⟧', '= **29**'],
    ['a reference to a metric', 'Part = 1 + 2\n\nTwo = 2 * ⟦[Part]⟧', '= **3**'],
  ])('selected, tells the value of %s', async (_, dax, expected) => {
    const start = dax.indexOf('⟦');
    const end = dax.indexOf('⟧') - 1;
    const { workspace, uri } = await openFixture(`${model}//- /m.dax\n$0${dax.replace('⟦', '').replace('⟧', '')}\n`);
    const found = await hover({ workspace, settings: defaultSettings, preview: noPreview, patience: patient }, uri, start + 2, { start, end });
    expect(found?.markdown.replaceAll('**`', '**').replaceAll('`**', '**')).toContain(expected);
    expect(found?.markdown.startsWith('```dax\n')).toBe(true);
  });

  it('selected, is what it was where the selection is no expression', async () => {
    const text = 'Net = SUM(Sales[Amount]) - 3 + 5';
    const { workspace, uri } = await openFixture(`${model}//- /m.dax\n$0${text}\n`);
    const ctx = { workspace, settings: defaultSettings, preview: noPreview, patience: patient };
    const at = text.indexOf('SUM');
    expect(await hover(ctx, uri, at, { start: at - 2, end: at + 5 })).toEqual(await hover(ctx, uri, at));
    expect(await hover(ctx, uri, at, { start: 0, end: 1000 })).toEqual(await hover(ctx, uri, at));
  });

  it('says nothing of a branch that was not taken', async () => {
    expect(await hoverIn('V = IF(SUM(Sales[Amount]) > 1, 1, 2 +$0 3)')).toBeUndefined();
  });

  it('tells what the function does beside its value', async () => {
    expect(await hoverIn('Net = SU$0M(Sales[Amount]) - 3')).toMatch(/= \*\*32\*\*[\s\S]*SUM/);
  });

  it('tells the value of this metric, whatever another like it has', async () => {
    expect(await hoverIn('One = CALCULATE([Part], Sales[Region] = "n")\n\nPart = SUM(Sales[Amount]) +$0 1')).toContain('= **33**');
    expect(await hoverIn('Aaaa = SUM(Sales[Tax]) +$0 1\n\nBbbb = SUM(Sales[Amount]) + 1 + [Aaaa]')).toContain('= **4**');
  });

  it('outside a metric and without a model is what it was', async () => {
    expect(await hoverAt('//- /m.dax\nNet = 1 +$0 2\n')).toBeUndefined();
  });
});
