/**
 * CALCULATE: how filter arguments, row contexts and modifiers make a new filter context.
 *
 * Filter arguments are evaluated in the outer context. Then the row contexts become filters, outermost first; then the
 * modifiers take filters away; then the filter arguments replace the filters on their columns, or with KEEPFILTERS
 * stand beside them. Filter arguments of one CALCULATE stand beside each other.
 */
import { assertNever } from '../../base/assertNever.ts';
import type { ColumnRef, ContextChange, Relation, RowId, Scalar } from '../../plan/plan.ts';
import { stopped } from '../budget.ts';
import { selectedFilters } from '../formula/allSelected.ts';
import { batchOf, rowInSight, type Batch, type Context } from '../formula/batch.ts';
import { iterate } from '../formula/iterate.ts';
import type { Job } from '../formula/job.ts';
import { answered } from '../formula/results.ts';
import { keepRows, madeRows, mergeSpoiled, rowsOf, type Rows, type Spoiled } from '../formula/rows.ts';
import { all, ask, shareIn, type Task } from '../formula/task.ts';
import { isContextFree, usesOf } from '../formula/uses.ts';
import { toBoolean } from '../values/coerce.ts';
import type { Vector } from '../values/vector.ts';
import { columnSet, hasColumn, type ColumnSet } from './columnSet.ts';
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
    const item = rowFilter(job, context, row);
    items = [...without(items, filteredColumns(item), job), item];
  }
  for (const change of changes) items = removed(job, items, change, context.batch);
  const news = added.flatMap((it) => (it === undefined ? [] : [it]));
  const before = items;
  for (const { item, keep } of news) if (!keep) items = without(items, overriddenColumns(item, job), job);
  // Whether the values of groups count among the filters that come back shows only where another of them is replaced.
  if (changes.some((it) => it.change === 'allSelected') && before.some((it) => !items.includes(it))) throw stopped({ id: 'feature-not-supported', what: 'ALLSELECTED beside a filter that replaces another is' });
  const filters = [...items, ...news.map((it) => it.item).filter((it) => it.facets.length > 0)];
  const used = changes.flatMap((it) => (it.change === 'useRelationship' ? [it.relationship] : []));
  const relationships = used.length === 0 ? context.batch.relationships : [...(context.batch.relationships ?? []), ...used];
  const batch = batchOf(context.batch.size, filters, context.batch, undefined, false, relationships);
  const spoiled = news.reduce<Spoiled>((acc, it) => mergeSpoiled(acc, it.spoiled), undefined);
  return { context: { ...context, batch }, spoiled };
}

/** The columns whose filters a new filter replaces; one on the dates of a date table replaces all of that table. */
function overriddenColumns(item: FilterItem, job: Job): ColumnSet {
  const { catalog } = job.engine;
  const dated = item.facets.flatMap(({ facet }) => (facet.kind === 'column' && catalog.tellsDates(facet) ? catalog.expanded(facet.table) : []));
  const filtered = filteredColumns(item);
  return dated.length === 0 ? filtered : new Map([...filtered, ...columnSet([], dated)]);
}

/** Rows as a filter of the batch they were evaluated in. */
export function rowsFilter(job: Job, rows: Rows, batch: Batch): FilterItem {
  const facets = facetsOf(rows.set, job.engine.catalog);
  return itemOf(facets, rows.set.length, rows.owners === undefined ? { kind: 'all' } : { kind: 'many', batch, owners: rows.owners });
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
      return { item: rowsFilter(job, rows, context.batch), keep: change.keep, spoiled: rows.spoiled };
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
  const { context: inner, rows: iterated } = iterate(job, context, rows, change.row, usesOf(change.predicate));
  const holds = yield* evaluate.scalar(job, change.predicate, inner);
  const kept = keepRows(iterated, holds, (cell) => toBoolean(cell, change.at));
  return { item: rowsFilter(job, kept, context.batch), spoiled: kept.spoiled };
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
function rowFilter(job: Job, context: Context, id: RowId): FilterItem {
  const binding = rowInSight(context.scope, id);
  if (binding === undefined) throw new Error(`row context ${id} is not in sight`);
  const facets = facetsOf(binding.set, job.engine.catalog);
  return itemOf(facets, binding.set.length, { kind: 'one', batch: binding.batch, index: binding.index });
}

function without(items: readonly FilterItem[], columns: ColumnSet, job: Job): readonly FilterItem[] {
  return columns.size === 0 ? items : items.flatMap((it) => withoutColumns(it, columns, job.engine.catalog) ?? []);
}

/** What a modifier leaves of the filters. */
function removed(job: Job, items: readonly FilterItem[], change: ContextChange, batch: Batch): readonly FilterItem[] {
  const { catalog } = job.engine;
  switch (change.change) {
    case 'removeAll': return [];
    case 'allSelected': return selectedFilters(items, change, batch, catalog);
    case 'removeColumns': return without(items, columnSet(change.columns), job);
    case 'removeTable': return without(items, columnSet([], catalog.expanded(change.table)), job);
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
