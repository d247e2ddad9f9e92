// What the results view keeps: screens one behind the other, sorts, filters.
import { describe, expect, it } from 'vitest';
import { back, firstState, instead, nextSort, screenOf, withFilter, within, withMatrix, withoutColumn, withoutShown, withSort } from '../../client/webview/results/state.ts';
import type { ResultsParams, ResultSubject } from '../../server/src/lsp/protocol/results.ts';

const subject: ResultSubject = { kind: 'metric', uri: 'file:///a.dax', model: 'm', name: 'Sessions', ordinal: 0 };
const params: ResultsParams = { subject, filters: [] };

describe('screens', () => {
  it('are left one by one, the grid never', () => {
    const state = within(firstState(subject, { kind: 'grid' }, true), { kind: 'fate', row: 'r' });
    expect(screenOf(state)).toEqual({ kind: 'fate', row: 'r' });
    expect(screenOf(back(state)).kind).toBe('grid');
    expect(screenOf(back(back(state))).kind).toBe('grid');
  });

  it('that are opened first have the grid behind them', () => {
    expect(screenOf(back(firstState(subject, { kind: 'explain', filters: [] }, true))).kind).toBe('grid');
  });

  it('are put in place of another one', () => {
    const state = instead(within(firstState(subject, { kind: 'grid' }, true), { kind: 'fate', row: 'r' }), { kind: 'explain', filters: [] });
    expect(state.screens.map((it) => it.kind)).toEqual(['grid', 'explain']);
  });
});

describe('a heading', () => {
  it('sorts texts from the first, then from the last, then not at all', () => {
    const first = nextSort(undefined, 1, false);
    const second = nextSort(first, 1, false);
    expect([first, second, nextSort(second, 1, false)]).toEqual([{ column: 1, descending: false }, { column: 1, descending: true }, undefined]);
  });

  it('sorts numbers from the greatest', () => {
    const first = nextSort({ column: 0, descending: true }, 1, true);
    expect([first, nextSort(first, 1, true), withSort(withSort(params, first), undefined)]).toEqual([{ column: 1, descending: true }, { column: 1, descending: false }, params]);
  });
});

describe('a filter', () => {
  it('takes the place of another one on its column and part of time', () => {
    const on = (grain: 'day' | 'month', value: number) => ({ by: { table: 'T', column: 'On', grain }, type: 'dateTime' as const, value });
    const all = [on('month', 1), on('day', 2), on('month', 3)].reduce(withFilter, params);
    expect(all.filters.map((it) => it.value)).toEqual([2, 3]);
  });

  it('of a query goes by the name of its column', () => {
    const named = (column: string, value: string) => ({ column, type: 'string' as const, value });
    expect([named('[a]', '1'), named('[b]', '2'), named('[a]', '3')].reduce(withFilter, params).filters.map((it) => it.value)).toEqual(['2', '3']);
  });
});

it('what the grid showed is not said of a later value', () => {
  const state = within(firstState(subject, { kind: 'grid' }, true), { kind: 'explain', filters: [], shown: '54' });
  expect(withoutShown(state).screens).toEqual([{ kind: 'grid' }, { kind: 'explain', filters: [] }]);
});

it('a matrix has an order of its own', () => {
  expect(withMatrix({ ...params, sort: { column: 1, descending: true } }, true)).toEqual({ ...params, matrix: true });
});

it('a filter is taken from its column, whatever its value', () => {
  const by = { table: 'T', column: 'C' };
  const filtered = withFilter(params, { by, type: 'string', value: 'a' });
  expect(withoutColumn(filtered, { by, type: 'string', value: 'b' })).toEqual(params);
  expect(withoutColumn(params, { by, type: 'string', value: 'b' })).toBeUndefined();
});
