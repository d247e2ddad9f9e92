// Refactorings: what becomes of the text, that values stay, and what is refused because they would not.
import { describe, expect, it } from 'vitest';
import { offered, refactored, rewritten, select } from './refactorings.ts';

const rowsOrFilters = (name: string): string => `inline-variable: ${name} is used where rows or filters are others than those it is evaluated in.`;

describe('extract variable', () => {
  it.each([
    ['from a definition in one line', 'M = ⟦SUM(Sales[Amount])⟧ + 1\n', 'M =\n    VAR Amount = SUM(Sales[Amount])\n    RETURN\n        Amount + 1\n'],
    ['from a body on a line of its own', 'M =\n  2 * ⟦SUM(Sales[Amount])⟧', 'M =\n  VAR Amount = SUM(Sales[Amount])\n  RETURN\n      2 * Amount'],
    ['into a block that is there', 'M =\n    VAR a = 1\n    RETURN\n        a + ⟦SUM(Sales[Amount])⟧', 'M =\n    VAR a = 1\n    VAR Amount = SUM(Sales[Amount])\n    RETURN\n        a + Amount'],
    ['before the variable that uses it', 'M = VAR a = 1 VAR b = a + ⟦(a * 2)⟧ RETURN b', 'M = VAR a = 1 VAR Result = a * 2 VAR b = a + Result RETURN b'],
    ['out of a condition that asks every row the same', 'M = CALCULATE(SUM(Sales[Cost]), Sales[Amount] = ⟦MAX(Sales[Amount])⟧)', 'M =\n    VAR Amount = MAX(Sales[Amount])\n    RETURN\n        CALCULATE(SUM(Sales[Cost]), Sales[Amount] = Amount)'],
    ['within the rows of an iteration', 'M = SUMX(Sales, ⟦Sales[Amount] * 2⟧ + 1)', 'M = SUMX(Sales, VAR Amount = Sales[Amount] * 2 RETURN Amount + 1)'],
    ['within changed filters', 'M = CALCULATE(1 + ⟦SUM(Sales[Amount])⟧, Sales[Kind] = 1)', 'M = CALCULATE(VAR Amount = SUM(Sales[Amount]) RETURN 1 + Amount, Sales[Kind] = 1)'],
    ['of a constant out of everything', 'M = SUMX(Sales, CALCULATE(SUM(Sales[Amount]) * ⟦(2 + 1)⟧, Sales[Kind] = 1))', 'M =\n    VAR Result = 2 + 1\n    RETURN\n        SUMX(Sales, CALCULATE(SUM(Sales[Amount]) * Result, Sales[Kind] = 1))'],
    ['of a table that filters', 'M = CALCULATE(SUM(Sales[Cost]), ⟦FILTER(ALL(Sales), Sales[Kind] < 3)⟧)', 'M =\n    VAR Kind = FILTER(ALL(Sales), Sales[Kind] < 3)\n    RETURN\n        CALCULATE(SUM(Sales[Cost]), Kind)'],
    ['with a name that nothing has', 'M = VAR Amount = 1 RETURN Amount + ⟦SUM(Sales[Amount])⟧', 'M = VAR Amount = 1 VAR Amount2 = SUM(Sales[Amount]) RETURN Amount + Amount2'],
    ['of a list', 'M = CALCULATE(SUM(Sales[Cost]), Sales[Kind] IN ⟦{ 1, 2 }⟧)', 'M =\n    VAR List = { 1, 2 }\n    RETURN\n        CALCULATE(SUM(Sales[Cost]), Sales[Kind] IN List)'],
  ])('%s', async (_, text, expected) => {
    expect(await refactored(text, 'extract-variable')).toBe(expected);
  });

  it('and replace every occurrence of the same value', async () => {
    const text = 'M = ⟦SUM(Sales[Amount])⟧ + SUM( Sales[Amount] ) + CALCULATE(SUM(Sales[Amount]), Sales[Kind] = 1)';
    expect(await refactored(text, 'extract-variable-all')).toBe('M =\n    VAR Amount = SUM(Sales[Amount])\n    RETURN\n        Amount + Amount + CALCULATE(SUM(Sales[Amount]), Sales[Kind] = 1)');
  });

  it('is refused where no VAR has the same value', async () => {
    const refused = 'extract-variable: There is no place for a VAR in which it has the same value.';
    expect(await offered('M = CALCULATE(SUM(Sales[Cost]), ⟦Sales[Kind] = 1⟧)')).toContain(refused);
    expect(await offered('M = SUMX(Sales, ⟦RELATED(Regions[Name])⟧ & "")')).not.toContain('extract-variable-all');
    expect(await offered('M = CALCULATE(SUM(Sales[Cost]), ⟦ALL(Sales)⟧)')).toContain(refused);
    expect(await offered('M = ⟦RAND()⟧ + 1')).toContain(refused);
  });

  it.each([
    ['part of an expression', 'M = SUM(⟦Sales[Amount]) +⟧ 1'], ['a table', 'M = COUNTROWS(⟦Sales⟧)'], ['a column that is asked for', 'M = SUM(⟦Sales[Amount]⟧)'],
    ['a modifier', 'M = CALCULATE(SUM(Sales[Cost]), ⟦REMOVEFILTERS(Sales)⟧)'], ['a definition with a fault', 'M = 1 + + ⟦(2 + 3)⟧ )'], ['text outside', '⟦M = 1⟧'],
  ])('does not offer %s', async (_, text) => {
    expect((await offered(text)).filter((it) => it === 'extract-variable')).toEqual([]);
  });
});

describe('inline variable', () => {
  it.each([
    ['at its definition', 'M =\n    VAR ⟦a = SUM(Sales[Amount])\n    VAR b = 2\n    RETURN\n        a * b + a', 'M =\n    VAR b = 2\n    RETURN\n        SUM(Sales[Amount]) * b + SUM(Sales[Amount])'],
    ['at a use', 'M = VAR a = 1 VAR b = 2 RETURN a + ⟦b', 'M = VAR a = 1 RETURN a + 2'],
    ['with its operators together', 'M = VAR a = 1 + 2 RETURN 2 * ⟦a⟧ - -a', 'M = 2 * (1 + 2) - -(1 + 2)'],
    ['the only one, in an operand', 'M = 2 * (VAR ⟦a = 1 RETURN a + 1)', 'M = 2 * (a + 1)'.replace('a', '1')],
    ['that reads another', 'M = VAR a = 1 VAR ⟦b = a + 1 RETURN b * b', 'M = VAR a = 1 RETURN (a + 1) * (a + 1)'],
    ['a constant into rows and filters', 'M = VAR ⟦k = 1 RETURN SUMX(Sales, CALCULATE(SUM(Sales[Amount]), Sales[Kind] = k))', 'M = SUMX(Sales, CALCULATE(SUM(Sales[Amount]), Sales[Kind] = 1))'],
    ['a table of rows into a filter', 'M = VAR ⟦t = FILTER(ALL(Sales), Sales[Kind] < 3) RETURN CALCULATE(SUM(Sales[Cost]), t)', 'M = CALCULATE(SUM(Sales[Cost]), FILTER(ALL(Sales), Sales[Kind] < 3))'],
    ['an aggregate into a condition', 'M = VAR ⟦a = MAX(Sales[Amount]) RETURN CALCULATE(SUM(Sales[Cost]), Sales[Amount] = a)', 'M = CALCULATE(SUM(Sales[Cost]), Sales[Amount] = MAX(Sales[Amount]))'],
  ])('%s', async (_, text, expected) => {
    expect(await refactored(text, 'inline-variable')).toBe(expected);
  });

  it('is refused where the value would be another one', async () => {
    expect(await offered('M = VAR ⟦a = SUM(Sales[Amount]) RETURN CALCULATE(a, Sales[Kind] = 1)')).toEqual([rowsOrFilters('a')]);
    expect(await offered('M = SUMX(Sales, VAR ⟦a = Sales[Amount] RETURN SUMX(FILTER(Sales, Sales[Amount] > a), 1))')).toEqual([rowsOrFilters('a')]);
    expect(await offered('Other = SUM(Sales[Amount])\n\nM = VAR ⟦a = [Other] RETURN SUMX(Sales, a)')).toEqual([rowsOrFilters('a')]);
    expect(await offered('M = VAR ⟦a = RAND() RETURN a + a')).toEqual([rowsOrFilters('a')]);
    expect(await offered('M = VAR x = 1 VAR ⟦a = x + 1 RETURN (VAR x = 5 RETURN x + a)')).toEqual(['inline-variable: A variable of the same name as one that it reads stands between.']);
    expect(await offered('M = VAR ⟦t = ALL(Sales) RETURN CALCULATE(SUM(Sales[Cost]), t)')).toEqual([rowsOrFilters('t')]);
    expect(await offered('M = VAR ⟦a /* why */ = 1 RETURN a')).toEqual(['inline-variable: A comment stands in its definition.']);
  });

  it('takes what is random to its only place', async () => {
    expect(await rewritten('M = VAR ⟦a = RAND() RETURN a + 1', 'inline-variable')).toBe('M = RAND() + 1');
  });
});

describe('extract metric', () => {
  it.each([
    ['from a definition', 'M = DIVIDE(⟦SUM(Sales[Amount])⟧, 2)\n\nN = 1\n', 'M = DIVIDE([New metric], 2)\n\nNew metric = SUM(Sales[Amount])\n\nN = 1\n'],
    ['within changed filters', 'M = CALCULATE(⟦SUM(Sales[Amount]) + 1⟧, Sales[Kind] = 1)', 'M = CALCULATE([New metric], Sales[Kind] = 1)\n\nNew metric = SUM(Sales[Amount]) + 1'],
    ['with its table', 'MEASURE Sales[M] = 1 + ⟦SUM(Sales[Amount])⟧', 'MEASURE Sales[M] = 1 + [New metric]\n\nMEASURE Sales[New metric] = SUM(Sales[Amount])'],
    ['an iteration as a whole', 'M = 1 + ⟦SUMX(Sales, Sales[Amount] * 2)⟧', 'M = 1 + [New metric]\n\nNew metric = SUMX(Sales, Sales[Amount] * 2)'],
    ['of a constant in a row', 'M = SUMX(Sales, Sales[Amount] * ⟦(2 + 3)⟧)', 'M = SUMX(Sales, Sales[Amount] * [New metric])\n\nNew metric = 2 + 3'],
    ['over lines', 'M =\n    1 + ⟦SUMX(\n        Sales,\n        1\n    )⟧', 'M =\n    1 + [New metric]\n\nNew metric =\n    SUMX(\n        Sales,\n        1\n    )'],
  ])('%s', async (_, text, expected) => {
    expect(await refactored(text, 'extract-metric')).toBe(expected);
  });

  it('is refused where a metric would have another value', async () => {
    const row = 'extract-metric: In a row context a metric turns the row into filters, so it would have another value.';
    expect(await offered('M = SUMX(Sales, Sales[Amount] * ⟦SUM(Sales[Amount])⟧)')).toContain(row);
    expect(await offered('M = SUMX(Sales, ⟦Sales[Amount] * 2⟧)')).toContain('extract-metric: It reads a column of a row; a metric has no row.');
    expect(await offered('M = VAR a = 1 RETURN ⟦a + 1⟧')).toContain('extract-metric: It reads a variable of this definition.');
    expect(await offered('M = SUMX(Sales, SUMX(Regions, ⟦SUMX(Sales, Sales[Amount])⟧))')).toContain(row);
    expect(await offered('M = CALCULATE(SUM(Sales[Amount]), Sales[Amount] > ⟦AVERAGE(Sales[Amount])⟧)')).toContain('extract-metric: A condition of CALCULATE takes no metric.');
  });

  it.each([['a table', 'M = COUNTROWS(⟦FILTER(Sales, Sales[Kind] = 1)⟧)'], ['a metric', 'Other = 1\n\nM = ⟦[Other]⟧ + 1'], ['a column of a table', 'COLUMN Sales[c] = ⟦Sales[Amount] + 1⟧']])('does not offer %s', async (_, text) => {
    expect((await offered(text)).filter((it) => it.startsWith('extract-metric'))).toEqual([]);
  });
});

describe('names', () => {
  it('a column gets its table', async () => {
    expect(await refactored('M = SUMX(Sales, ⟦[Amount])', 'qualify-column')).toBe('M = SUMX(Sales, Sales[Amount])');
    expect(await offered('M = SUMX(ADDCOLUMNS(Sales, "x", 1), ⟦[x])')).toEqual([]);
  });

  it('a metric loses its table', async () => {
    expect(await refactored('MEASURE Sales[Other] = SUM(Sales[Amount])\n\nM = ⟦Sales[Other] + 1', 'unqualify-metric')).toBe('MEASURE Sales[Other] = SUM(Sales[Amount])\n\nM = [Other] + 1');
    expect(await offered('M = SUM(⟦Sales[Amount])')).toEqual([]);
    expect(await offered('MEASURE Sales[Name] = 1\n\nM = ⟦Sales[Name] + 1')).toEqual([]);
  });
});

describe('other words for the same', () => {
  it.each([
    ['an operator', 'M = [A] ⟦/ [B]', 'M = DIVIDE([A], [B])'], ['in a product', 'M = 2 * [A] ⟦/ [B] * 3', 'M = DIVIDE(2 * [A], [B]) * 3'],
    ['with brackets around its sides', 'M = (1 + [A]) ⟦/ ([B] + 1)', 'M = DIVIDE(1 + [A], [B] + 1)'],
  ])('DIVIDE for %s', async (_, text, expected) => {
    const metrics = 'A = SUM(Sales[Amount])\n\nB = SUM(Sales[Cost]) + 1\n\n';
    expect(await refactored(metrics + text, 'divide')).toBe(metrics + expected);
  });

  it('no DIVIDE by a number that is not zero', async () => {
    expect(await offered('M = SUM(Sales[Amount]) ⟦/ 60')).toEqual([]);
  });

  it('DIVIDE says that a division by zero becomes BLANK', async () => {
    expect((await select('M = 1 ⟦/ 0')).actions).toEqual([{ id: 'divide', title: 'Use DIVIDE (a division by zero becomes BLANK)', kind: 'rewrite' }]);
  });

  it.each([
    ['M = ⟦IF(ISBLANK([A]), 0, [A])', 'M = COALESCE([A], 0)'], ['M = ⟦IF(NOT ISBLANK([A]), [A], 5)', 'M = COALESCE([A], 5)'], ['M = ⟦IF([A] == BLANK(), 5, [A])', 'M = COALESCE([A], 5)'],
    ['M = ⟦IF([A] = BLANK(), 0, [A])', 'M = COALESCE([A], 0)'], ['M = ⟦IF(NOT([A] <> BLANK()), 0, ( [A] ))', 'M = COALESCE([A], 0)'],
  ])('COALESCE for %s', async (text, expected) => {
    const metric = 'A = SUM(Sales[Amount])\n\n';
    expect(await refactored(metric + text, 'coalesce')).toBe(metric + expected);
  });

  it.each([
    ['M = ⟦IF(ISBLANK([A]), 0, [B])'], ['M = ⟦IF([A] = BLANK(), 5, [A])'], ['M = ⟦IF(ISBLANK([A]), 0)'], ['M = ⟦IF(ISBLANK(RAND()), 0, RAND())'], ['M = ⟦IF([A] <> BLANK(), 0, [A])'], ['M = ⟦IF([A] > 1, 0, [A])'],
  ])('no COALESCE for %s', async (text) => {
    expect(await offered(`A = SUM(Sales[Amount])\n\nB = 1\n\n${text}`)).toEqual([]);
  });
});

describe('conditions of CALCULATE', () => {
  it.each([
    ['over one column', 'M = CALCULATE(SUM(Sales[Cost]), ⟦Sales[Amount] > 5 && Sales[Amount] < 15)', 'M = CALCULATE(SUM(Sales[Cost]), Sales[Amount] > 5, Sales[Amount] < 15)'],
    ['over several, where only rows are counted', 'M = CALCULATE(SUM(Sales[Cost]), Sales[Amount] > 5 ⟦&& Sales[Kind] IN { 1, 2 } && (Sales[Cost] > 1 || Sales[Cost] = 0))', 'M = CALCULATE(SUM(Sales[Cost]), Sales[Amount] > 5, Sales[Kind] IN { 1, 2 }, (Sales[Cost] > 1 || Sales[Cost] = 0))'],
  ])('are split %s', async (_, text, expected) => {
    expect(await refactored(text, 'split-filter')).toBe(expected);
  });

  it.each([
    ['the next', 'M = CALCULATE(SUM(Sales[Cost]), ⟦Sales[Amount] > 5, Sales[Amount] < 15)', 'M = CALCULATE(SUM(Sales[Cost]), Sales[Amount] > 5 && Sales[Amount] < 15)'],
    ['those selected', 'M = CALCULATE(SUM(Sales[Cost]), ⟦Sales[Kind] = 1 || Sales[Kind] = 2, NOT Sales[Cost] = 0, Sales[Amount] > 1⟧, Sales[Kind] > 0)', 'M = CALCULATE(SUM(Sales[Cost]), (Sales[Kind] = 1 || Sales[Kind] = 2) && NOT Sales[Cost] = 0 && Sales[Amount] > 1, Sales[Kind] > 0)'],
  ])('are joined with %s', async (_, text, expected) => {
    expect(await refactored(text, 'join-filters')).toBe(expected);
  });

  it.each([
    ['an inner CALCULATE replaces one of them', 'M = CALCULATE(CALCULATE(SUM(Sales[Cost]), Sales[Kind] = 1), ⟦Sales[Amount] > 5 && Sales[Kind] = 2)'],
    ['a metric does so', 'Other = CALCULATE(SUM(Sales[Cost]), ALL(Sales[Kind]))\n\nM = CALCULATE([Other], ⟦Sales[Amount] > 5 && Sales[Kind] = 2)'],
    ['one has no column', 'M = CALCULATE(SUM(Sales[Cost]), ⟦Sales[Amount] > 5 && TRUE())'],
    ['one aggregates', 'M = CALCULATE(SUM(Sales[Cost]), ⟦Sales[Amount] > 5 && Sales[Kind] = MAX(Sales[Kind]))'],
    ['one is a table', 'M = CALCULATE(SUM(Sales[Cost]), ⟦Sales[Amount] > 5, ALL(Sales))'],
    ['there is a comment', 'M = CALCULATE(SUM(Sales[Cost]), ⟦Sales[Amount] > 5 /* why */ && Sales[Amount] < 9)'],
  ])('stay where %s', async (_, text) => {
    expect((await offered(text)).filter((it) => it === 'split-filter' || it === 'join-filters')).toEqual([]);
  });
});

describe('on a page', () => {
  it('new lines begin as those of their fence', async () => {
    const chosen = await select('- text\n\n  > ```dax\n  > M = ⟦SUM(Sales[Amount])⟧ + 1\n  > ```\n', '/p.md');
    expect(await chosen.after('extract-variable')).toBe('- text\n\n  > ```dax\n  > M =\n  >     VAR Amount = SUM(Sales[Amount])\n  >     RETURN\n  >         Amount + 1\n  > ```\n');
    expect(await chosen.after('extract-metric')).toBe('- text\n\n  > ```dax\n  > M = [New metric] + 1\n  > \n  > New metric = SUM(Sales[Amount])\n  > ```\n');
  });

  it('nothing is offered outside fences', async () => {
    expect((await select('A ⟦word⟧ of text\n\n```dax\nM = 1\n```\n', '/p.md')).actions).toEqual([]);
  });
});

describe('long definitions', () => {
  it.each([
    ['a call of many arguments', `M = COALESCE(⟦SUM(Sales[Amount])⟧${', SUM(Sales[Amount]) + 1'.repeat(20_000)})`],
    ['a chain', `M = ⟦SUM(Sales[Amount])⟧${' + SUM(Sales[Amount])'.repeat(400)}`],
    ['a block of many variables', `M = VAR v0 = ⟦1 + 1⟧ ${Array.from({ length: 4000 }, (_, i) => `VAR v${i + 1} = v${i} + 1`).join(' ')} RETURN v4000`],
  ])('%s take no long time', async (_, text) => {
    // Quadratic work would take minutes, and the test's time be up.
    expect((await offered(text)).some((it) => it.startsWith('extract-variable'))).toBe(true);
  });
});
