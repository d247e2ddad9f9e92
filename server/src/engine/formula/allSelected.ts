/**
 * ALLSELECTED as a modifier: the filters that a query set around its groups come back.
 *
 * Where an iterator or a filter of another CALCULATE stands between the groups and ALLSELECTED, or where there is no
 * query around it that groups, its result is not documented clearly enough and is not evaluated.
 */
import type { ContextChange } from '../../plan/plan.ts';
import type { Catalog } from '../../plan/scan.ts';
import { stopped } from '../budget.ts';
import { columnSet, type ColumnSet } from '../context/columnSet.ts';
import { filteredColumns, withoutColumns, type FilterItem } from '../context/items.ts';
import type { Batch } from './batch.ts';

/** By batch of groups: the batch they were made in. */
const selections = new WeakMap<Batch, Batch>();

/** Remembers that the contexts of a batch are the groups of a query whose own filters are those of `outer`. */
export function markSelection(groups: Batch, outer: Batch): Batch {
  selections.set(groups, outer);
  return groups;
}

/** The filters without those of the groups on the columns. */
export function selectedFilters(items: readonly FilterItem[], change: Extract<ContextChange, { change: 'allSelected' }>, batch: Batch, catalog: Catalog): readonly FilterItem[] {
  const { columns, table } = change;
  const affected = columns !== null ? columnSet(columns) : table !== null ? columnSet([], catalog.expanded(table)) : undefined;
  const touched = (item: FilterItem): boolean => affected === undefined || overlaps(affected, filteredColumns(item));
  const groups = groupsAround(batch);
  const outer = groups === undefined ? [] : (selections.get(groups)?.filters ?? []);
  const known = new Set([...outer, ...(groups?.filters ?? [])]);
  const isLost = outer.some((it) => touched(it) && !items.includes(it));
  if (isLost || items.some((it) => touched(it) && !known.has(it))) throw stopped({ id: 'feature-not-supported', what: 'ALLSELECTED under a filter that is set inside the query\'s groups is' });
  return items.flatMap((it) => {
    if (outer.includes(it) || !touched(it)) return [it];
    return affected === undefined ? [] : (withoutColumns(it, affected, catalog) ?? []);
  });
}

/** The innermost groups of a query around a batch; no iterator may stand in between. */
function groupsAround(batch: Batch): Batch | undefined {
  for (let it: Batch | undefined = batch; it !== undefined; it = it.parent) {
    if (selections.has(it)) return it;
    if (it.origin !== undefined && !it.subset) throw stopped({ id: 'feature-not-supported', what: 'ALLSELECTED in an iterator is' });
  }
  return undefined;
}

const overlaps = (a: ColumnSet, b: ColumnSet): boolean => [...a].some(([table, columns]) => {
  const others = b.get(table);
  if (others === undefined) return false;
  return columns === 'all' || others === 'all' || [...columns].some((it) => others.has(it));
});
