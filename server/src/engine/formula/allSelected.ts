/**
 * ALLSELECTED: of a column the filter that the innermost shadow has on it comes back in place of what filters it now.
 *
 * A column without a shadow keeps its filters, and so does everything that is not named. Where the documentation leaves
 * open what comes back, and the readings differ, there is no value.
 */
import type { ContextChange } from '../../plan/plan.ts';
import type { Catalog } from '../../plan/scan.ts';
import { stopped } from '../budget.ts';
import { columnSet, commonColumns, isEmptySet, unitedColumns, withoutSet, type ColumnSet } from '../context/columnSet.ts';
import { facetsOf, filteredColumns, itemOf, onlyColumns, withoutColumns, type FilterItem } from '../context/items.ts';
import type { Batch } from './batch.ts';
import type { Rows } from './rows.ts';
import { shadowsAround } from './shadows.ts';

/** Rows as a filter of the batch they were evaluated in. */
export const rowsFilter = (rows: Rows, batch: Batch, catalog: Catalog): FilterItem =>
  itemOf(facetsOf(rows.set, catalog), rows.set.length, rows.owners === undefined ? { kind: 'all' } : { kind: 'many', batch, owners: rows.owners });

export interface Selected {
  readonly items: readonly FilterItem[];
  /** Columns on which a filter came back, or none did and that of a group went. */
  readonly columns: ColumnSet;
}

/** The filters with those that come back in place of others. */
export function selectedFilters(items: readonly FilterItem[], change: Extract<ContextChange, { change: 'allSelected' }>, batch: Batch, catalog: Catalog): Selected {
  const affected = change.columns !== null ? columnSet(change.columns) : change.table !== null ? columnSet([], catalog.expanded(change.table)) : undefined;
  let left = items;
  let done: ColumnSet = new Map();
  const back: FilterItem[] = [];
  for (const shadow of shadowsAround(batch)) {
    if (shadow.kind === 'unclear') throw unclear(shadow.what);
    const known = shadow.kind === 'groups' ? new Set(shadow.outer.filters) : undefined;
    const its = shadow.kind === 'rows' ? [rowsFilter(shadow.rows, shadow.outer, catalog)] : shadow.groups.filters.filter((it) => known?.has(it) !== true);
    const filtered = its.map(filteredColumns).reduce<ColumnSet>(unitedColumns, new Map());
    const wanted = withoutSet(affected === undefined ? filtered : commonColumns(filtered, affected, catalog), done, catalog);
    if (isEmptySet(wanted)) continue;
    if (known !== undefined) refuseOthers(left, new Set([...its, ...known]), [...known], wanted, catalog);
    left = left.flatMap((it) => (known?.has(it) === true ? [it] : (withoutColumns(it, wanted, catalog) ?? [])));
    if (shadow.kind === 'rows') back.push(...its.flatMap((it) => onlyColumns(it, wanted, catalog) ?? []));
    done = unitedColumns(done, wanted);
  }
  return { items: [...left, ...back], columns: done };
}

/** What a filter that is set inside the groups, on a column that they group by, is to those that come back, is not documented. */
function refuseOthers(items: readonly FilterItem[], known: ReadonlySet<FilterItem>, outer: readonly FilterItem[], columns: ColumnSet, catalog: Catalog): void {
  const touches = (it: FilterItem): boolean => !isEmptySet(commonColumns(filteredColumns(it), columns, catalog));
  if (items.some((it) => !known.has(it) && touches(it)) || outer.some((it) => touches(it) && !items.includes(it))) {
    throw unclear('under a filter that is set inside the query\'s groups');
  }
}

export const unclear = (where: string): Error => stopped({ id: 'feature-not-supported', what: `ALLSELECTED ${where}` });
