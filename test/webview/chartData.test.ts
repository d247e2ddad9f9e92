// Which chart suits which result.
import { describe, expect, it } from 'vitest';
import { chartData, chartSummary } from '../../client/webview/results/chartData.ts';
import type { RawCell, Results, ResultsColumn } from '../../server/src/lsp/protocol/results.ts';

function column(title: string, type: ResultsColumn['type'], cells: readonly RawCell[], more: Partial<ResultsColumn> = {}): ResultsColumn {
  return { name: `[${title}]`, title, type, role: 'group', cells, texts: cells.map((it) => (it === null ? 'BLANK' : String(it))), failed: [], inexact: [], ...more };
}

const value = (cells: readonly RawCell[], more: Partial<ResultsColumn> = {}): ResultsColumn => column('Sessions', 'int64', cells, { role: 'value', ...more });

function results(columns: readonly ResultsColumn[], more: Partial<Results> = {}): Results {
  const rows = columns[0]?.cells.length ?? 0;
  return { title: 'Sessions', model: 'm', by: [], table: { columns, rows, total: rows }, canBeMatrix: false, filters: [], madeUp: [], preview: [], hasRows: true, ...more };
}

describe('a chart', () => {
  it('of a few groups is bars', () => {
    const it = chartData(results([column('Channel', 'string', ['Chat', 'Voice']), value([3, 4])]));
    expect(it).toEqual({
      kind: 'bars', axis: 'Channel', value: 'Sessions', times: undefined, categories: ['Chat', 'Voice'], isPercent: false, left: [],
      series: [{ name: 'Sessions', values: [3, 4], texts: ['3', '4'] }],
    });
  });

  it('has percents at its axis where its values are percents', () => {
    const percent = { isPercent: true } as const;
    const group = column('Channel', 'string', ['Chat', 'Voice']);
    const of = (...columns: readonly ResultsColumn[]): boolean | undefined => chartData(results([group, ...columns]))?.isPercent;
    expect([of(value([1, 2], percent)), of(value([1, 2])), of(column('a', 'double', [1, 2], { role: 'plain', ...percent }), column('b', 'double', [1, 2], { role: 'plain' }))]).toEqual([true, false, false]);
  });

  it('over time is a line in the order of time, without the rows that have none', () => {
    const it = chartData(results([column('On', 'dateTime', [45_660, 45_658, 45_659, null]), value([1, 2, 3, 9])]));
    expect([it?.kind, it?.times, it?.series[0]?.values, it?.left]).toEqual(['line', [45_658, 45_659, 45_660], [2, 3, 1], ['rows without a date are left out']]);
  });

  it('of two moments is bars', () => {
    expect(chartData(results([column('On', 'dateTime', [45_658, 45_659]), value([1, 2])]))?.kind).toBe('bars');
  });

  it('of two columns is stacked where the parts add up to the whole', () => {
    const columns = [column('Channel', 'string', ['Chat', 'Chat', 'Voice']), column('Queue', 'string', ['A', 'B', 'A']), value([1, 2, 3])];
    const it = chartData(results(columns, { whole: 6 }));
    expect([it?.kind, it?.axis, it?.categories, it?.series.map((series) => [series.name, series.values])]).toEqual(['stacked', 'Channel', ['Chat', 'Voice'], [['A', [1, 3]], ['B', [2, null]]]]);
  });

  it.each([
    ['is not their sum', 5], ['is not known', undefined],
  ])('of two columns is bars side by side where the whole %s', (_, whole) => {
    const columns = [column('Channel', 'string', ['Chat', 'Chat', 'Voice']), column('Queue', 'string', ['A', 'B', 'A']), value([1, 2, 3])];
    expect(chartData(results(columns, whole === undefined ? {} : { whole }))?.kind).toBe('bars');
  });

  it('of negative parts is not stacked', () => {
    const columns = [column('Channel', 'string', ['Chat', 'Chat', 'Voice']), column('Queue', 'string', ['A', 'B', 'A']), value([1, -2, 3])];
    expect(chartData(results(columns, { whole: 2 }))?.kind).toBe('bars');
  });

  it('has time along, whichever column it stands in', () => {
    const it = chartData(results([column('Channel', 'string', ['Chat', 'Voice', 'Chat', 'Chat']), column('On', 'dateTime', [1, 1, 2, 3]), value([5, 6, 7, 8])]));
    expect([it?.kind, it?.axis, it?.series.map((series) => [series.name, series.values])]).toEqual(['line', 'On', [['Chat', [5, 7, 8]], ['Voice', [6, null, null]]]]);
  });

  it('leaves a gap where there is no value, and leaves out what failed', () => {
    const it = chartData(results([column('On', 'dateTime', [1, 2, 3, 4, 5]), value([5, null, 7, null, 9], { failed: [[3, 'error']] })]));
    expect([it?.times, it?.series[0]?.values, it?.left]).toEqual([[1, 2, 3, 5], [5, null, 7, 9], ['1 without a value is left out']]);
  });

  it('of decimals draws what they mean', () => {
    expect(chartData(results([column('Channel', 'string', ['Chat', 'Voice']), value([12_500, '90000'], { type: 'decimal' })]))?.series[0]?.values).toEqual([1.25, 9]);
  });

  it('of many groups draws the first, and says so', () => {
    const names = Array.from({ length: 100 }, (_, i) => `g${String(i)}`);
    const it = chartData(results([column('Agent', 'string', names), value(names.map((_, i) => i))]));
    expect([it?.categories.length, it?.left]).toEqual([40, ['the first 40 of 100 groups are drawn']]);
  });

  it('of many series draws the greatest, and says so', () => {
    const agents = Array.from({ length: 12 }, (_, i) => `a${String(i)}`);
    const it = chartData(results([column('On', 'dateTime', agents.flatMap(() => [1, 2, 3])), column('Agent', 'string', agents.flatMap((name) => [name, name, name])), value(agents.flatMap((_, i) => [i, i, i]))]));
    expect([it?.series.map((series) => series.name), it?.left]).toEqual([agents.slice(4), ['the greatest 8 of 12 Agent are drawn']]);
  });

  it('of a query has a series a column of numbers', () => {
    const plain = (name: string, type: ResultsColumn['type'], cells: readonly RawCell[]) => column(name, type, cells, { role: 'plain' });
    const it = chartData(results([plain('Month', 'string', ['1', '2']), plain('All', 'int64', [10, 20]), plain('Rejected', 'double', [1.5, 2])]));
    expect([it?.kind, it?.axis, it?.series.map((series) => series.name)]).toEqual(['bars', 'Month', ['All', 'Rejected']]);
  });

  it.each<[string, readonly ResultsColumn[]]>([
    ['one value', [value([1])]],
    ['one group', [column('Channel', 'string', ['Chat']), value([1])]],
    ['texts alone', [column('Channel', 'string', ['Chat', 'Voice'], { role: 'plain' }), column('Queue', 'string', ['a', 'b'], { role: 'plain' })]],
    ['three groups', ['a', 'b', 'c'].map((it) => column(it, 'string', ['x', 'y'])).concat(value([1, 2]))],
    ['moments that are all missing', [column('On', 'dateTime', [null, null]), value([1, 2])]],
  ])('is not drawn of %s', (_, columns) => {
    expect(chartData(results(columns))).toBeUndefined();
  });

  it('is not drawn of an error', () => {
    expect(chartData(results([], { table: { kind: 'error', text: 'a division by zero' } }))).toBeUndefined();
  });

  it('says what it shows', () => {
    const it = chartData(results([column('Channel', 'string', ['Chat', 'Voice']), value([3, 4])]));
    expect(it === undefined ? '' : chartSummary(it)).toBe('Bar chart of Sessions by Channel: 2 points. From 3 at Chat to 4 at Voice. The table has the same values.');
  });
});
