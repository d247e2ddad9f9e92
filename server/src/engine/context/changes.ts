/**
 * CALCULATE: how filter arguments, row contexts and modifiers make a new filter context.
 *
 * Filter arguments are evaluated in the outer context. Then the row contexts become filters, outermost first; then the
 * modifiers take filters away; then the filter arguments replace the filters on their columns, or with KEEPFILTERS
 * stand beside them. Filter arguments of one CALCULATE stand beside each other.
 */
import { assertNever } from '../../base/assertNever.ts';
import type { ColumnRef, ContextChange, Relation, RelationshipUse, RowId, Scalar } from '../../plan/plan.ts';
import { stopped } from '../budget.ts';
import { rowsFilter, selectedFilters, unclear } from '../formula/allSelected.ts';
import { batchOf, rowInSight, type Batch, type Context } from '../formula/batch.ts';
import { iterate } from '../formula/iterate.ts';
import type { Job } from '../formula/job.ts';
import { filterInNumbers } from '../formula/numeric/filter.ts';
import { answered } from '../formula/results.ts';
import { keepRows, madeRows, mergeSpoiled, rowsOf, type Rows, type Spoiled } from '../formula/rows.ts';
import { all, ask, shareIn, type Task } from '../formula/task.ts';
import { isContextFree, usesOf } from '../formula/uses.ts';
import { toBoolean } from '../values/coerce.ts';
import type { Vector } from '../values/vector.ts';
import { columnSet, commonColumns, hasColumn, isEmptySet, unitedColumns, type ColumnSet } from './columnSet.ts';
import { facetsOf, filteredColumns, itemOf, withoutColumns, type FilterItem } from './items.ts';

/** How filter arguments are evaluated; given from outside, since formulas and contexts need each other. */
export interface Evaluate {
  scalar(job: Job, node: Scalar, context: Context): Task<Vector>;
  relation(job: Job, node: Relation, context: Context): Task<Rows>;
}

export interface Changed {
  readonly context: Context;
  readonly spoiled: Spoiled;
}

export function* changeContext(job: Job, evaluate: Evaluate, changes: readonly ContextChange[], transition: readonly RowId[], context: Context): Task<Changed> {
  if (context.batch.size === 0) return { context, spoiled: undefined };
  const added = yield* all(changes.map((it) => newFilter(job, evaluate, it, context)));
  let items = context.batch.filters;
  for (const row of transition) {
    const { item, keeps } = rowFilter(job, context, row);
    items = [...(keeps ? items : without(items, filteredColumns(item), job)), item];
  }
  let selected: ColumnSet = new Map();
  for (const change of changes) {
    if (change.change === 'allSelected') {
      const result = selectedFilters(items, change, context.batch, job.engine.catalog);
      selected = unitedColumns(selected, result.columns);
      items = result.items;
    } else items = removed(job, items, change, context.batch);
  }
  const news = added.flatMap((it) => (it === undefined ? [] : [it]));
  for (const { item, keep } of news) {
    if (keep) continue;
    const overridden = overriddenColumns(item, job);
    refuseBesideSelected(items, overridden, selected, job);
    items = without(items, overridden, job);
  }
  const filters = [...items, ...news.map((it) => it.item).filter((it) => it.facets.length > 0)];
  const relationships = relationshipsAfter(context.batch, changes);
  const batch = batchOf(context.batch.size, filters, context.batch, undefined, false, relationships);
  const spoiled = news.reduce<Spoiled>((acc, it) => mergeSpoiled(acc, it.spoiled), undefined);
  return { context: { ...context, batch }, spoiled };
}

/** Whether a filter replaces one that ALLSELECTED brought back in the same CALCULATE, or stands beside it, is not documented. */
function refuseBesideSelected(items: readonly FilterItem[], overridden: ColumnSet, selected: ColumnSet, job: Job): void {
  if (selected.size === 0) return;
  const { catalog } = job.engine;
  const both = commonColumns(overridden, selected, catalog);
  const isHit = items.some((it) => !isEmptySet(commonColumns(filteredColumns(it), both, catalog)));
  if (isHit) throw unclear('beside a filter on the same column');
}

/** The relationships in use; those of the innermost CALCULATE come last and weigh most. */
function relationshipsAfter({ relationships }: Batch, changes: readonly ContextChange[]): Batch['relationships'] {
  const used = changes.flatMap((it) => (it.change === 'useRelationship' ? [it.relationship] : []));
  if (used.length === 0) return relationships;
  if (used.some((it, i) => used.slice(0, i).some((other) => contradicts(it, other)))) throw stopped({ id: 'feature-not-supported', what: 'several words of one CALCULATE on the relationships between two tables', verb: 'are' });
  const level = 1 + (relationships?.at(-1)?.level ?? 0);
  return [...(relationships ?? []), ...used.map((it) => ({ ...it, level }))];
}

/** Whether two modifiers want different things: another relationship between the same tables, another way for filters. */
function contradicts(a: RelationshipUse, b: RelationshipUse): boolean {
  const isSame = JSON.stringify([a.from, a.to]) === JSON.stringify([b.from, b.to]);
  if (a.passing !== undefined || b.passing !== undefined) return isSame && a.passing !== undefined && b.passing !== undefined && a.passing !== b.passing;
  const tables = [a.from.table, a.to.table];
  return !isSame && tables.includes(b.from.table) && tables.includes(b.to.table);
}

/** The columns whose filters a new filter replaces; one on the dates of a date table replaces all of that table. */
function overriddenColumns(item: FilterItem, job: Job): ColumnSet {
  const { catalog } = job.engine;
  const dated = item.facets.flatMap(({ facet }) => (facet.kind === 'column' && catalog.tellsDates(facet) ? catalog.expanded(facet.table) : []));
  const filtered = filteredColumns(item);
  return dated.length === 0 ? filtered : new Map([...filtered, ...columnSet([], dated)]);
}

interface NewFilter {
  readonly item: FilterItem;
  readonly keep: boolean;
  readonly spoiled: Spoiled;
}

function* newFilter(job: Job, evaluate: Evaluate, change: ContextChange, context: Context): Task<NewFilter | undefined> {
  switch (change.change) {
    case 'filter': {
      const rows = yield* evaluate.relation(job, change.relation, context);
      return { item: rowsFilter(rows, context.batch, job.engine.catalog), keep: change.keep, spoiled: rows.spoiled };
    }
    case 'predicate': {
      if (isContextFree(usesOf(change))) {
        const rows = yield* shareIn(job.predicates, change, () => predicateRows(job, evaluate, change, context));
        return { item: rows.item, keep: change.keep, spoiled: rows.spoiled };
      }
      const { item, spoiled } = yield* predicateRows(job, evaluate, change, context);
      return { item, keep: change.keep, spoiled };
    }
    case 'notEvaluated': throw stopped(change.reason);
    case 'allSelected':
    case 'useRelationship':
    case 'removeCrossFilters':
    case 'removeColumns':
    case 'removeTable':
    case 'removeAll':
    case 'removeExcept': return undefined;
    default: return assertNever(change);
  }
}

/** FILTER(ALL(columns), predicate). */
function* predicateRows(job: Job, evaluate: Evaluate, change: Extract<ContextChange, { change: 'predicate' }>, context: Context): Task<{ readonly item: FilterItem; readonly spoiled: Spoiled }> {
  const rows = yield* allCombinations(job, change.columns);
  const quick = yield* filterInNumbers(job, evaluate, change.predicate, change.row, rows, context);
  if (quick !== undefined) return { item: rowsFilter(quick, context.batch, job.engine.catalog), spoiled: quick.spoiled };
  const { context: inner, rows: iterated } = iterate(job, context, rows, change.row, usesOf(change.predicate));
  const holds = yield* evaluate.scalar(job, change.predicate, inner);
  const kept = keepRows(iterated, holds, (cell) => toBoolean(cell, change.at));
  return { item: rowsFilter(kept, context.batch, job.engine.catalog), spoiled: kept.spoiled };
}

/** The distinct combinations of columns of one table, whatever the filters, with the row that orphans point to. */
export function allCombinations(job: Job, columns: readonly ColumnRef[], blankRow = true): Task<Rows> {
  const table = columns[0]?.table ?? '';
  const key = `${blankRow}\u0002${columns.map((it) => `${it.table}\u0000${it.column}`).join('\u0002')}`;
  return shareIn(job.combinations, key, function* () {
    const result = answered(yield* ask({ kind: 'groups', scope: job.openScope(table, blankRow), by: columns }), 'groups');
    const shape = columns.map((it) => ({ name: `${it.table}[${it.column}]`, lineage: it }));
    return rowsOf(madeRows(shape, result.vectors, result.owners.length));
  });
}

/** Context transition of one row context. */
function rowFilter(job: Job, context: Context, id: RowId): { readonly item: FilterItem; readonly keeps: boolean } {
  const binding = rowInSight(context.scope, id);
  if (binding === undefined) throw new Error(`row context ${id} is not in sight`);
  const facets = facetsOf(binding.set, job.engine.catalog);
  return { item: itemOf(facets, binding.set.length, { kind: 'one', batch: binding.batch, index: binding.index }), keeps: binding.set.keepsFilters === true };
}

function without(items: readonly FilterItem[], columns: ColumnSet, job: Job): readonly FilterItem[] {
  return columns.size === 0 ? items : items.flatMap((it) => withoutColumns(it, columns, job.engine.catalog) ?? []);
}

/** What a modifier leaves of the filters. */
function removed(job: Job, items: readonly FilterItem[], change: Exclude<ContextChange, { change: 'allSelected' }>, batch: Batch): readonly FilterItem[] {
  const { catalog } = job.engine;
  switch (change.change) {
    case 'removeAll': return [];
    case 'removeColumns': return without(items, columnSet(change.columns), job);
    case 'removeTable': return without(items, columnSet([], catalog.expanded(change.table)), job);
    case 'removeCrossFilters': return without(items, columnSet([], catalog.sources(change.table, batch.relationships)), job);
    case 'removeExcept': {
      const kept = columnSet(change.columns);
      const columns = catalog.expanded(change.table).flatMap((table) =>
        (catalog.columns(table) ?? []).filter((column) => !hasColumn(kept, table, column)).map((column) => ({ table, column })));
      return without(items, columnSet(columns), job);
    }
    case 'filter':
    case 'predicate':
    case 'useRelationship':
    case 'notEvaluated': return items;
    default: return assertNever(change);
  }
}
