// What the cells of the grid stand for: of a list, and of a matrix with its headings and totals.
import { describe, expect, it } from 'vitest';
import { layoutOf, type Layout } from '../../client/webview/results/layout.ts';
import type { RawCell, ResultFilter, Results, ResultsColumn } from '../../server/src/lsp/protocol/results.ts';

function column(title: string, role: ResultsColumn['role'], cells: readonly RawCell[], more: Partial<ResultsColumn> = {}): ResultsColumn {
  return { name: title, title, type: role === 'value' ? 'int64' : 'string', role, cells, texts: cells.map((it) => (it === null ? 'BLANK' : String(it))), failed: [], inexact: [], ...more };
}
const [queue, channel] = [{ table: 'T', column: 'Queue' }, { table: 'T', column: 'Channel' }];
const filter = (by: typeof queue, value: RawCell): ResultFilter => ({ by, type: 'string', value });
const common = { title: 'Sessions', model: 'm', canBeMatrix: true, filters: [], madeUp: [], preview: [], hasRows: true } as const;
const long = [column('Queue', 'group', ['a', 'a', 'b']), column('Channel', 'group', ['x', 'y', 'y'], { inexact: [1] }), column('Sessions', 'value', [1, 2, 3])];
const list: Results = { ...common, by: [queue, channel], table: { columns: long, rows: 3, total: 3 } };
const matrix: Results = {
  ...list,
  matrix: {
    table: { columns: [column('Queue', 'group', ['a', 'b']), column('x', 'value', [1, null]), column('y', 'value', [2, 3]), column('Total', 'value', [3, 3])], rows: 2, total: 2 },
    across: [null, filter(channel, 'x'), filter(channel, 'y'), null],
    totalColumns: 1,
    totals: [{ text: 'Total', kind: 'value' }, { text: '1', kind: 'value' }, { text: 'BLANK', kind: 'blank' }, { text: '6', kind: 'value' }],
  },
};
const made = (results: Results): Layout => {
  const layout = layoutOf(results);
  if (layout === undefined) throw new Error('there is no table');
  return layout;
};

describe('a list', () => {
  const layout = made(list);
  it('has a group a row, which cannot be told where a value of it cannot', () => {
    expect([layout.groupAt(0, 2), layout.groupAt(1, 2), layout.groupAt(-1, 2)]).toEqual([[filter(queue, 'a'), filter(channel, 'x')], undefined, []]);
    expect([layout.wordsAt(2, 0), layout.valueAt(2, 0), layout.textAt(-1, 1), layout.wordsAt(-1, 0)]).toEqual([['b', 'y'], '3', 'Channel', []]);
  });

  it('filters by groups, not by values', () => {
    expect([layout.filterAt(2, 0), layout.filterAt(1, 1), layout.filterAt(0, 2), layout.filterAt(-1, 0), layout.filterAt(3, 0)]).toEqual([filter(queue, 'b'), undefined, undefined, undefined, undefined]);
    expect([0, 1, 2].map((it) => layout.isLink(it))).toEqual([true, true, false]);
  });
});

describe('a matrix', () => {
  const layout = made(matrix);
  it('has a group a cell: of a total that of its row or column alone', () => {
    expect([layout.groupAt(1, 2), layout.groupAt(1, 3), layout.groupAt(1, 0), layout.groupAt(2, 1), layout.groupAt(-1, 1), layout.groupAt(2, 3)]).toEqual([
      [filter(queue, 'b'), filter(channel, 'y')], [filter(queue, 'b')], [filter(queue, 'b')], [filter(channel, 'x')], [filter(channel, 'x')], [],
    ]);
    expect([layout.wordsAt(1, 2), layout.wordsAt(1, 3), layout.wordsAt(2, 1), layout.wordsAt(2, 3)]).toEqual([['b', 'y'], ['b'], ['x'], []]);
  });

  it('has the value of each, a row\'s heading that of the row', () => {
    expect([layout.valueAt(0, 1), layout.valueAt(0, 0), layout.valueAt(2, 1), layout.valueAt(2, 3), layout.valueAt(-1, 1)]).toEqual(['1', '3', '1', '6', '1']);
  });

  it('keeps a row by its heading, a column by any of its cells, and nothing by totals', () => {
    expect([layout.filterAt(0, 0), layout.filterAt(0, 2), layout.filterAt(-1, 2), layout.filterAt(2, 0), layout.filterAt(0, 3)]).toEqual([
      filter(queue, 'a'), filter(channel, 'y'), filter(channel, 'y'), undefined, undefined,
    ]);
    expect([layout.nameAt(0, 0), layout.nameAt(0, 2)]).toEqual(['a', 'y']);
  });

  it('whose column has a value that no filter tells has no group there', () => {
    const odd = made({ ...matrix, ...(matrix.matrix === undefined ? {} : { matrix: { ...matrix.matrix, across: [null, null, filter(channel, 'y'), null] } }) });
    expect([odd.groupAt(0, 1), odd.groupAt(0, 3), odd.filterAt(0, 1)]).toEqual([undefined, [filter(queue, 'a')], undefined]);
  });

  it('shows nothing for groups that do not occur, and says BLANK to those who listen', () => {
    const data = layout.data('Sessions', { column: 1, descending: true });
    expect([data.cell(1, 1), data.cell(0, 1).text, data.foot?.(2), data.foot?.(3).text]).toEqual([
      { text: '', note: undefined, mark: 'blank', told: 'BLANK' }, '1', { text: '', note: undefined, mark: 'blank', told: 'BLANK' }, '6',
    ]);
    expect(data.columns.map(({ isHeading, sorted }) => [isHeading ?? false, sorted])).toEqual([[true, undefined], [false, 'descending'], [false, undefined], [false, undefined]]);
  });
});

it('what has no table has no layout', () => {
  expect(layoutOf({ ...list, table: { kind: 'error', text: 'no' } })).toBeUndefined();
});
