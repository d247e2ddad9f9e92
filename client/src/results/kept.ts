// What was kept of the results view, read back: a window of another version may have written it, or something else.
import type { Screen, State } from '../../webview/results/messages.ts';
import type { GroupBy, ResultFilter, ResultSort, ResultSubject } from '../../../server/src/lsp/protocol/results.ts';

/** Characters of JSON; nobody filters by more. */
const longest = 100_000;

type Check<T> = (it: unknown) => it is T;
type Checks<T> = { readonly [K in keyof T]-?: (it: unknown) => boolean };

const isText: Check<string> = (it) => typeof it === 'string';
const isFlag: Check<boolean> = (it) => typeof it === 'boolean';
const isPlace: Check<number> = (it): it is number => Number.isInteger(it) && (it as number) >= 0;
const oneOf = (...values: readonly unknown[]) => (it: unknown): boolean => values.includes(it);
const listOf = <T>(of: Check<T>, most: number): Check<readonly T[]> => (it): it is readonly T[] => Array.isArray(it) && it.length <= most && it.every((one) => of(one));
const orNothing = (check: (it: unknown) => boolean) => (it: unknown): boolean => it === undefined || check(it);
const record = <T>(checks: Checks<T>): Check<T> => (it): it is T =>
  typeof it === 'object' && it !== null && Object.entries<(it: unknown) => boolean>(checks).every(([key, check]) => check(Object.hasOwn(it, key) ? it[key as keyof typeof it] : undefined));

const isSubject: Check<ResultSubject> = (it): it is ResultSubject =>
  record<Extract<ResultSubject, { kind: 'metric' }>>({ kind: oneOf('metric'), uri: isText, model: isText, name: isText, ordinal: isPlace })(it)
  || record<Extract<ResultSubject, { kind: 'query' }>>({ kind: oneOf('query'), uri: isText, model: isText, ordinal: isPlace })(it);
const isColumn = record<GroupBy>({ table: isText, column: isText, grain: oneOf(undefined, 'day', 'month', 'year') });
const isFilter = record<ResultFilter>({
  by: orNothing(isColumn), column: orNothing(isText), type: isText,
  value: (it) => it === null || ['string', 'number', 'boolean'].includes(typeof it),
});
const areFilters = listOf(isFilter, 100);
const isSort = record<ResultSort>({ column: isPlace, descending: isFlag });
type Of<K extends Screen['kind']> = Extract<Screen, { kind: K }>;
const screens: { readonly [K in Screen['kind']]: Check<Of<K>> } = {
  grid: record<Of<'grid'>>({ kind: oneOf('grid') }),
  explain: record<Of<'explain'>>({ kind: oneOf('explain'), filters: areFilters, shown: orNothing(isText) }),
  rows: record<Of<'rows'>>({ kind: oneOf('rows'), filters: areFilters, aggregate: isPlace, all: isFlag, sort: orNothing(isSort) }),
  fate: record<Of<'fate'>>({ kind: oneOf('fate'), row: isText }),
};
const isScreen: Check<Screen> = (it): it is Screen => Object.values(screens).some((check) => check(it));
const isState = record<State>({
  params: record<State['params']>({ subject: isSubject, by: orNothing(listOf(isColumn, 2)), filters: areFilters, sort: orNothing(isSort), matrix: orNothing(isFlag) }),
  screens: listOf(isScreen, 100), chart: isFlag,
});

/** @returns undefined where the view has shown nothing yet, or what was kept cannot be shown */
export const stateOf = (kept: unknown): State | undefined => (isState(kept) && JSON.stringify(kept).length <= longest ? kept : undefined);
