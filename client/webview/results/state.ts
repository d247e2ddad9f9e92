/** Changes of what the view shows. */
import type { ResultFilter, ResultsParams, ResultSort, ResultSubject } from '../../../server/src/lsp/protocol/results.ts';
import type { Screen, State } from './messages.ts';

export const firstState = (subject: ResultSubject, opening: Screen, chart: boolean): State =>
  ({ params: { subject, filters: [] }, screens: opening.kind === 'grid' ? [opening] : [{ kind: 'grid' }, opening], chart });

export const screenOf = ({ screens }: State): Screen => screens.at(-1) ?? { kind: 'grid' };

export const within = (state: State, screen: Screen): State => ({ ...state, screens: [...state.screens, screen] });

export const back = (state: State): State => (state.screens.length > 1 ? { ...state, screens: state.screens.slice(0, -1) } : state);

export const instead = (state: State, screen: Screen): State => ({ ...state, screens: [...state.screens.slice(0, -1), screen] });

/** A state without what the grid showed some time ago: it may be another value now. */
export const withoutShown = (state: State): State => ({
  ...state,
  screens: state.screens.map((it) => (it.kind === 'explain' ? { kind: it.kind, filters: it.filters } : it)),
});

/** Params with one thing changed, undefined meaning left out. */
export function withSort(params: ResultsParams, sort: ResultSort | undefined): ResultsParams {
  const { sort: _sort, ...rest } = params;
  return sort === undefined ? rest : { ...rest, sort };
}

/** The next order of a column: ascending, descending, as it was. Numbers begin with the greatest. */
export function nextSort(sort: ResultSort | undefined, column: number, greatestFirst: boolean): ResultSort | undefined {
  if (sort?.column !== column) return { column, descending: greatestFirst };
  return sort.descending === greatestFirst ? { column, descending: !greatestFirst } : undefined;
}

/** A matrix has other columns than a list, so that a sort of one is none of the other. */
export function withMatrix(params: ResultsParams, matrix: boolean): ResultsParams {
  const { sort: _sort, ...rest } = params;
  return { ...rest, matrix };
}

export const withFilter = (params: ResultsParams, filter: ResultFilter): ResultsParams => ({ ...params, filters: [...others(params, filter), filter] });

/** Without the filters on the column of `filter`; undefined where there are none. */
export function withoutColumn(params: ResultsParams, filter: ResultFilter): ResultsParams | undefined {
  const filters = others(params, filter);
  return filters.length === params.filters.length ? undefined : { ...params, filters };
}

const others = ({ filters }: ResultsParams, filter: ResultFilter): readonly ResultFilter[] => filters.filter((it) => nameOf(it) !== nameOf(filter));

/** A column by its names, so that a second filter on it replaces the first. */
const nameOf = ({ by, column }: ResultFilter): string => JSON.stringify(by === undefined ? [column] : [by.table, by.column, by.grain]);
