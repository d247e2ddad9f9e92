/**
 * Aggregates of a column over the rows of a scope, one value a context.
 *
 * BLANK values are skipped, but for DISTINCTCOUNT and ONLY, for which BLANK is a value like any other; an aggregate
 * that finds nothing to count or to add is BLANK. Sources: the pages of the functions at learn.microsoft.com/dax and
 * dax.guide (COUNTBLANK never returns 0).
 */
import { assertNever } from '../../base/assertNever.ts';
import type { ScanAggregate } from '../../plan/scan.ts';
import type { Cell, Reason, ValueType } from '../../plan/values.ts';
import { BLANK_CODE, type StoredColumn } from '../columns/column.ts';
import { pulse } from '../pulse.ts';
import { isFailure, notEvaluated, worse, type Failure } from '../values/cells.ts';
import { compareForOrder } from '../values/compare.ts';
import { meanOf, totalsOf } from '../values/sums.ts';
import { typeName } from '../values/types.ts';
import { cellsVector, constant, type Vector } from '../values/vector.ts';
import { distinctCodes, distinctOfOwners, distinctOfWindows } from '../columns/distinct.ts';
import { countsOfOwners, exactSums, timesOfCodes, timesOfOwners } from '../columns/kernels.ts';
import { timesOfAll } from '../columns/times.ts';
import { byOwner, isShared, type Selection } from './selection.ts';

export function countRows(selection: Selection, contexts: number): Vector {
  return cellsVector('int64', countCells(countPairs(selection, contexts)));
}

export function aggregate(fn: Exclude<ScanAggregate, { fn: 'ROWS' }>['fn'], column: StoredColumn, label: string, selection: Selection, contexts: number): Vector {
  const refused = refusal(fn, column.type, label);
  if (refused !== undefined) return constant('blank', notEvaluated(refused, undefined), contexts);
  const result = valuesOf(fn, column, selection, contexts);
  const cells = spread(result, selection, contexts);
  if (!column.spoiled) return cellsVector(resultType(fn, column.type), cells);
  const failures = spread(failuresOf(column, selection, contexts), selection, contexts);
  return cellsVector(resultType(fn, column.type), cells.map((it, i) => failures[i] ?? it));
}

/** Without owners every context has the same value: it is computed once. */
const spread = (cells: readonly Cell[], selection: Selection, contexts: number): readonly Cell[] =>
  isShared(selection) && contexts > 1 ? new Array<Cell>(contexts).fill(cells[0] ?? null) : cells;

const groupsOf = (selection: Selection, contexts: number): number => (isShared(selection) ? Math.min(1, contexts) : contexts);

type Fn = Exclude<ScanAggregate, { fn: 'ROWS' }>['fn'];

function valuesOf(fn: Fn, column: StoredColumn, selection: Selection, contexts: number): readonly Cell[] {
  const groups = groupsOf(selection, contexts);
  switch (fn) {
    case 'SUM': return sums(column, selection, groups).map(({ total, count }) => (count === 0 ? null : (total ?? tooLarge('SUM'))));
    case 'AVERAGE':
      return sums(column, selection, groups).map(({ total, count }) =>
        count === 0 ? null : total === undefined ? tooLarge('AVERAGE') : (meanOf(total, count, column.type) ?? tooLarge('AVERAGE')));
    case 'MIN': return extremes(column, selection, groups, -1);
    case 'MAX': return extremes(column, selection, groups, 1);
    case 'COUNT':
    case 'COUNTA': return countIf(column.dictionary.map((it) => it !== null), column, selection, groups);
    case 'COUNTBLANK': return countIf(column.dictionary.map((it) => it === null || it === ''), column, selection, groups);
    case 'DISTINCTCOUNT': return distinct(column, selection, groups, true);
    case 'DISTINCTCOUNTNOBLANK': return distinct(column, selection, groups, false);
    case 'ONLY': return only(column, selection, groups);
    default: return assertNever(fn);
  }
}

function resultType(fn: Fn, type: ValueType): ValueType {
  switch (fn) {
    case 'SUM':
    case 'MIN':
    case 'MAX':
    case 'ONLY': return type;
    case 'AVERAGE': return type === 'int64' ? 'double' : type;
    default: return 'int64';
  }
}

/** Types that a function does not take. */
function refusal(fn: Fn, type: ValueType, label: string): Reason | undefined {
  const refuse: Reason = { id: 'type-error', detail: `${fn} does not take ${label}, a ${typeName(type)}` };
  switch (fn) {
    case 'SUM':
    case 'AVERAGE':
      if (type === 'variant') return { id: 'feature-not-supported', what: `${fn} of values of mixed types` };
      return type === 'string' || type === 'boolean' ? refuse : undefined;
    case 'MIN':
    case 'MAX':
    case 'COUNT': return type === 'boolean' ? refuse : undefined;
    default: return undefined;
  }
}

const tooLarge = (fn: string): Failure => notEvaluated({ id: 'overflow', detail: `${fn} goes beyond 64 bits` }, undefined);

const blankIfZero = (count: number): Cell => (count === 0 ? null : count);

function countCells(counts: Int32Array): readonly Cell[] {
  const cells = new Array<Cell>(counts.length);
  for (let i = 0; i < counts.length; i++) cells[i] = blankIfZero(counts[i] as number);
  return cells;
}

function countPairs(selection: Selection, contexts: number): Int32Array {
  if (selection.counts !== undefined) return selection.counts(contexts);
  if (selection.owners === undefined) return new Int32Array(contexts).fill(selection.count);
  return timesOfOwners(selection.owners, contexts);
}

/** Calls `visit` with the code and the owner of each pair. */
function eachCode(column: StoredColumn, { count, rows, owners }: Selection, visit: (code: number, owner: number) => void): void {
  const { codes } = column;
  for (let i = 0; i < count; i++) {
    pulse();
    visit(codes[rows === undefined ? i : (rows[i] as number)] as number, owners === undefined ? 0 : (owners[i] as number));
  }
}

type Sum = { readonly total: number | bigint | undefined; readonly count: number };

function sums(column: StoredColumn, selection: Selection, groups: number): readonly Sum[] {
  if (selection.owners === undefined) return groups === 0 ? [] : [sumOfAll(column, selection)];
  const { rows, owners } = selection;
  const { values, counted, greatest } = column.numbers();
  if (isExact(column.type) && rows !== undefined && greatest * selection.count < Number.MAX_SAFE_INTEGER) {
    const found = exactSums(column.codes, rows, owners, values, counted, groups);
    return Array.from(found.counts, (count, group) => ({ total: found.sums[group] as number, count }));
  }
  const totals = totalsOf(column.type, groups);
  const counts = new Int32Array(groups);
  const { dictionary } = column;
  eachCode(column, selection, (code, owner) => {
    const value = dictionary[code];
    if (typeof value !== 'number' && typeof value !== 'bigint') return;
    totals.add(owner, value);
    counts[owner] = (counts[owner] as number) + 1;
  });
  return Array.from({ length: groups }, (_, i) => ({ total: totals.total(i), count: counts[i] as number }));
}

const isExact = (type: ValueType): boolean => type === 'int64' || type === 'decimal';

/** One sum: each value as often as rows have it, where that is less than to add up row by row. */
function sumOfAll(column: StoredColumn, selection: Selection): Sum {
  const { dictionary } = column;
  const totals = totalsOf(column.type, 1);
  let count = 0;
  const add = (code: number, times: number): void => {
    const value = dictionary[code];
    if (typeof value !== 'number' && typeof value !== 'bigint') return;
    totals.addMany(0, value, times);
    count += times;
  };
  if (dictionary.length <= selection.count) {
    timesIn(column, selection).forEach((times, code) => {
      if (times > 0) add(code, times);
    });
  } else eachCode(column, selection, (code) => add(code, 1));
  return { total: totals.total(0), count };
}

/** How often each code comes up among the rows of a scope that all contexts share. */
const timesIn = ({ codes, size }: StoredColumn, { rows, count }: Selection): Uint32Array =>
  (rows === undefined ? timesOfAll(codes, count, size) : timesOfCodes(codes, rows, count, size));

function extremes(column: StoredColumn, selection: Selection, groups: number, sign: 1 | -1): readonly Cell[] {
  const { dictionary, type } = column;
  const best = new Uint32Array(groups);
  eachCode(column, selection, (code, owner) => {
    const current = best[owner] as number;
    if (code === BLANK_CODE || code === current) return;
    const value = dictionary[code] ?? null;
    if (isFailure(value)) return;
    if (current === BLANK_CODE || compareForOrder(value, type, dictionary[current] ?? null, type) * sign > 0) best[owner] = code;
  });
  return Array.from(best, (code) => dictionary[code] ?? null);
}

function countIf(counted: readonly boolean[], column: StoredColumn, selection: Selection, groups: number): readonly Cell[] {
  const { rows, owners } = selection;
  const marks = Uint8Array.from(counted, (it) => (it ? 1 : 0));
  if (owners !== undefined) return countCells(countsOfOwners(column.codes, rows, owners, marks, groups));
  if (groups === 0) return [];
  const all = timesIn(column, selection).reduce((sum, times, code) => (marks[code] === 1 ? sum + times : sum), 0);
  return [blankIfZero(all)];
}

/** With owners, owner by owner, so that one stamp for each value tells whether the owner has had it. */
function distinct(column: StoredColumn, selection: Selection, groups: number, blank: boolean): readonly Cell[] {
  if (isShared(selection)) {
    if (groups === 0) return [];
    return [blankIfZero(distinctCodes(column.codes, selection.rows, selection.count, column.size, blank ? -1 : BLANK_CODE))];
  }
  if (selection.windows !== undefined) return countCells(distinctOfWindows(column.codes, selection.windows(), blank ? -1 : BLANK_CODE));
  const { rows, owners } = byOwner(selection, groups);
  return countCells(distinctOfOwners(column.codes, rows, owners, column.size, blank ? -1 : BLANK_CODE, groups));
}

function only(column: StoredColumn, selection: Selection, groups: number): readonly Cell[] {
  const NONE = -1;
  const SEVERAL = -2;
  const found = new Int32Array(groups).fill(NONE);
  eachCode(column, selection, (code, owner) => {
    const current = found[owner] as number;
    if (current === NONE) found[owner] = code;
    else if (current !== code) found[owner] = SEVERAL;
  });
  return Array.from(found, (code) => (code < 0 ? null : (column.dictionary[code] ?? null)));
}

/** A failed value among the rows of a context spoils its aggregate. */
function failuresOf(column: StoredColumn, selection: Selection, contexts: number): readonly Cell[] {
  const found = new Array<Failure | null>(groupsOf(selection, contexts)).fill(null);
  eachCode(column, selection, (code, owner) => {
    const value = column.dictionary[code] ?? null;
    if (!isFailure(value)) return;
    const known = found[owner] ?? null;
    found[owner] = known === null ? value : worse(known, value);
  });
  return found;
}
