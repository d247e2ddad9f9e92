// `eval --trace`: each sub-expression with its filter context, rows, time and value.
import { describe, expect, it } from 'vitest';
import { folder, model } from './cli.ts';

const files = {
  'shop.daxmodel.yaml': model,
  'm.dax': `Total = SUM(Sales[Amount])

North = CALCULATE([Total], Sales[Region] = "north")

Big = SUMX(FILTER(Sales, Sales[Amount] > 5), Sales[Amount] * 2)

Wrong = 1 + VALUE("x")
`,
};

/** A line without its time, which is another every time. */
const lines = (text: string): readonly string[] => text.split('\n').map((it) => it.replace(/ \(\d+\.\d ms\)$/, ' (ms)'));

describe('eval --trace', () => {
  it('shows a tree of sub-expressions on stderr, the values on stdout', () => {
    const { status, stdout, stderr } = folder(files).run('eval', '-e', '[North]', '--trace');
    expect(status).toBe(0);
    expect(stdout).toMatch(/^Value +30  shop$/m);
    expect(lines(stderr)).toEqual([
      'Value',
      '  ROW("Value", ([North] )) → 1 row (ms)',
      '    [North] → 30 (ms)',
      '      CALCULATE([Total], Sales[Region] = "north") → 30 (ms)',
      '        [Total] → 30 (ms)',
      '          filters: Sales[Region] = "north"',
      '          SUM(Sales[Amount]) → 30 (ms)',
      // The filter argument is tried for each region that there is.
      '        Sales[Region] = "north" → TRUE, FALSE in 2 contexts (ms)',
      '          Sales[Region] → "north", "south" in 2 contexts (ms)',
      expect.stringMatching(/^\d+ scans in \d+ waves$/), '',
    ]);
  });

  it('shows what an iterator does with each row, and the filters of --where', () => {
    const { stderr } = folder(files).run('eval', '-e', '[Big]', '--trace', '--where', 'Sales[Region] = "north"');
    const shown = lines(stderr);
    expect(shown).toContain('          FILTER(Sales, Sales[Amount] > 5) → 2 rows (ms)');
    expect(shown).toContain('            Sales[Amount] > 5 → TRUE, TRUE in 2 contexts (ms)');
    expect(shown).toContain('          Sales[Amount] * 2 → 20, 40 in 2 contexts (ms)');
    expect(shown.filter((it) => it.includes('filters: Sales[Region] = "north"')).length).toBeGreaterThan(0);
  });

  it('has each group of a breakdown as a context with its own filter', () => {
    const { stderr } = folder(files).run('eval', '-q', 'EVALUATE SUMMARIZECOLUMNS(Sales[Region], "t", [Total])', '--trace');
    expect(lines(stderr)).toContain('    [Total] → 30, 5 in 2 contexts (ms)');
    expect(lines(stderr)).toContain('      filters: Sales[Region] = "north" | "south", each in its contexts');
  });

  it('tells where an error arises', () => {
    const { status, stderr } = folder(files).run('eval', '-e', '[Wrong]', '--trace');
    expect(status).toBe(1);
    expect(lines(stderr)).toContain('        VALUE("x") → error: the text "x" is no number (ms)');
  });

  it('stands with the results as JSON', () => {
    interface Node { readonly text: string; readonly filters: readonly object[]; readonly values?: readonly unknown[]; readonly milliseconds: number; readonly children: readonly Node[] }
    const { stdout, stderr } = folder(files).run('eval', '-e', '[North]', '--trace', '--format', 'json');
    const { results } = JSON.parse(stdout) as { readonly results: readonly { readonly rows: unknown; readonly trace: readonly Node[] }[] };
    const all = (nodes: readonly Node[]): readonly Node[] => nodes.flatMap((it) => [it, ...all(it.children)]);
    const nodes = all(results[0]?.trace ?? []);
    expect(results[0]?.rows).toEqual([[30]]);
    expect(nodes.find((it) => it.text === 'SUM(Sales[Amount])')).toMatchObject({
      values: [30], filters: [{ columns: ['Sales[Region]'], count: 1, perContext: false, tuples: [['north']] }],
    });
    expect(nodes.every((it) => it.milliseconds >= 0)).toBe(true);
    expect(stderr).toMatch(/^\d+ scans in \d+ waves\n$/);
  });

  it('is no part of an evaluation that does not ask for it', () => {
    const { results } = folder(files).json<{ readonly results: readonly object[] }>('eval', '-e', '[North]', '--format', 'json');
    expect(results.map((it) => Object.keys(it))).toEqual([['name', 'model', 'columns', 'types', 'rows']]);
  });
});
