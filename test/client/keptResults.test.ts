// What was kept of the results view is taken back as it is, and anything else is not.
import { expect, it } from 'vitest';
import { stateOf } from '../../client/src/results/kept.ts';
import type { State } from '../../client/webview/results/messages.ts';

const state: State = {
  params: {
    subject: { kind: 'metric', uri: 'file:///a.dax', model: 'm', name: 'Sessions', ordinal: 0 },
    by: [{ table: 'Fact', column: 'On', grain: 'month' }, { table: 'Queue', column: 'Name' }],
    filters: [{ by: { table: 'Queue', column: 'Name' }, type: 'string', value: null }, { column: '[Value]', type: 'double', value: 1.5 }],
    sort: { column: 1, descending: true },
  },
  screens: [
    { kind: 'grid' }, { kind: 'explain', filters: [], shown: '54' }, { kind: 'rows', filters: [], aggregate: 1, all: true, sort: { column: 0, descending: false } },
    { kind: 'fate', row: 'Fact[Key] = 1' },
  ],
  chart: false,
};
const changed = (over: object): unknown => ({ ...state, ...over });

it('a state comes back as it was written', () => {
  expect(stateOf(JSON.parse(JSON.stringify(state)))).toEqual(state);
  const query = changed({ params: { subject: { kind: 'query', uri: 'file:///a.dax', model: 'm', ordinal: 3 }, filters: [] }, screens: [{ kind: 'grid' }] });
  expect(stateOf(query)).toEqual(query);
});

it.each([
  ['nothing', undefined], ['null', null], ['a mark of an older version', true], ['a list', [state]], ['no params', changed({ params: undefined })],
  ['a subject of no kind', changed({ params: { ...state.params, subject: { ...state.params.subject, kind: 'table' } } })],
  ['an ordinal that is no place', changed({ params: { ...state.params, subject: { ...state.params.subject, ordinal: -1 } } })],
  ['three columns', changed({ params: { ...state.params, by: [1, 2, 3].map(() => ({ table: 'T', column: 'C' })) } })],
  ['an unknown part of time', changed({ params: { ...state.params, by: [{ table: 'T', column: 'C', grain: 'week' }] } })],
  ['a value that is a record', changed({ params: { ...state.params, filters: [{ column: '[Value]', type: 'double', value: {} }] } })],
  ['an unknown screen', changed({ screens: [{ kind: 'map' }] })],
  ['a screen without its row', changed({ screens: [{ kind: 'fate' }] })],
  ['no word on the chart', changed({ chart: undefined })],
  ['a text without end', changed({ screens: [{ kind: 'fate', row: 'x'.repeat(200_000) }] })],
  ['a value that a chain of prototypes has', Object.create(state)],
])('%s is not taken', (_, kept) => {
  expect(stateOf(kept)).toBeUndefined();
});
