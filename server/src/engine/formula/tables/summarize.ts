/**
 * SUMMARIZECOLUMNS: groups by columns, with expressions evaluated for each group.
 *
 * Columns of one table give the combinations that exist in the filter context; those of different tables are crossed,
 * and groups for which every expression is BLANK are dropped. A filter over several of the tables keeps only the
 * combinations it holds.
 */
import type { ColumnRef, ContextChange, Relation } from '../../../plan/plan.ts';
import { changeContext, type Evaluate } from '../../context/changes.ts';
import { itemOf, type FilterItem } from '../../context/items.ts';
import { isFailure, worse, type Failure } from '../../values/cells.ts';
import { cellAt, type Vector } from '../../values/vector.ts';
import { batchOf, type Batch, type Context } from '../batch.ts';
import type { Job } from '../job.ts';
import { crossRows } from './cross.ts';
import { keepLinked, linkingColumns } from '../linked.ts';
import { distinctRows } from './distinct.ts';
import { distinctValues } from '../relations.ts';
import { markGrouping } from '../probes.ts';
import { columnOf, itemsAt, mergeSpoiled, pickRows, type Rows, type RowSet } from '../rows.ts';
import { stackLevels } from './rollupLevels.ts';
import { castShadow } from '../shadows.ts';
import { all, shared, shareIn, type Shared, type Task } from '../task.ts';
import { indicesWhere } from '../../values/indices.ts';

type Node = Extract<Relation, { op: 'summarizeColumns' }>;

export function* summarizeColumns(job: Job, evaluate: Evaluate, node: Node, outer: Context): Task<Rows> {
  const filters = (relations: readonly Relation[]): readonly ContextChange[] => relations.map((relation) => ({ change: 'filter', relation, keep: relation.op === 'keepFilters' }));
  const { context, spoiled } = yield* changeContext(job, evaluate, filters([...node.filters, ...(node.nonVisual ?? [])]), [], outer);
  const visible = node.nonVisual === undefined ? context : (yield* changeContext(job, evaluate, filters(node.filters), [], outer)).context;
  const { rollup } = node;
  if (rollup === undefined) {
    const rows = yield* groupsWithValues(job, evaluate, node, node.by, node.columns, context, visible);
    return { ...rows, spoiled: mergeSpoiled(spoiled, rows.spoiled) };
  }
  const parts = yield* all(rollup.levels.map(function* ({ kept, filters: own }): Task<Rows> {
    const by = kept.map((it) => node.by[it] as ColumnRef);
    const columns = [...by.map((it) => ({ name: `${it.table}[${it.column}]`, lineage: it })), ...node.extensions.map((it) => ({ name: `[${it.name}]` }))];
    if (own === undefined) return yield* groupsWithValues(job, evaluate, node, by, columns, context, visible);
    const level = yield* changeContext(job, evaluate, filters([...node.filters, ...(node.nonVisual ?? []), ...own]), [], outer);
    const shown = node.nonVisual === undefined ? level.context : (yield* changeContext(job, evaluate, filters([...node.filters, ...own]), [], outer)).context;
    const rows = yield* groupsWithValues(job, evaluate, node, by, columns, level.context, shown);
    return { ...rows, spoiled: mergeSpoiled(level.spoiled, rows.spoiled) };
  }));
  const rows = stackLevels(job, node, rollup, parts, outer.batch.size);
  const unsure = parts.reduce<Rows['unsure']>((acc, it) => mergeSpoiled(acc, it.unsure), undefined);
  return { ...rows, spoiled: mergeSpoiled(spoiled, rows.spoiled), unsure };
}

/**
 * The groups by some columns with the values of the expressions.
 *
 * @param context tells the groups
 * @param visible where expressions are evaluated, beside the values of the group
 */
function* groupsWithValues(job: Job, evaluate: Evaluate, node: Node, by: readonly ColumnRef[], columns: RowSet['columns'], context: Context, visible: Context): Task<Rows> {
  const groups = yield* combinationsOf(job, by, context);
  const made = groupBatch(groups, visible.batch);
  const inner = castShadow(made, { kind: 'groups', groups: made, outer: visible.batch });
  const values = yield* all(node.extensions.map((it) => evaluate.scalar(job, it.expression, { ...visible, batch: inner })));
  const set: RowSet = {
    ...groups.set,
    columns,
    read: new Map(),
    *make(index) {
      const value = values[index - by.length];
      return value ?? (yield* columnOf(groups.set, index));
    },
  };
  return withoutBlankGroups({ set, owners: groups.owners, spoiled: groups.spoiled }, values.filter((_, i) => node.ignored?.[i] !== true));
}

/** The combinations of the columns, each once, columns in their order. */
export function* combinationsOf(job: Job, by: readonly ColumnRef[], context: Context): Task<Rows> {
  const { batch } = context;
  const tables = [...new Set(by.map((it) => it.table))];
  const linking = linkingColumns(batch, tables, by, job.engine.catalog);
  const clusters = tables.map((table) => {
    const wanted = [...by, ...linking.columns].filter((it) => it.table === table);
    return wanted.filter((it, i) => wanted.findIndex((other) => other.column === it.column) === i);
  });
  const parts = yield* all(clusters.map((it) => valuesOnce(job, it, context)));
  const crossed = crossRows(job, parts, batch.size);
  const kept = yield* keepLinked(linking, crossed, batch);
  const order = by.map((it) => kept.set.columns.findIndex((column) => column.lineage?.table === it.table && column.lineage.column === it.column));
  const set: RowSet = { ...kept.set, columns: order.map((it) => kept.set.columns[it] as RowSet['columns'][number]), read: new Map(), make: (index) => columnOf(kept.set, order[index] as number) };
  const projected = { ...kept, set };
  return linking.columns.length === 0 ? projected : yield* distinctRows(projected, batch.size);
}

/** What was read of a batch: levels of subtotals and several windows ask for the same values. */
const readOf = new WeakMap<Batch, Map<string, Shared<Rows>>>();

function valuesOnce(job: Job, columns: readonly ColumnRef[], context: Context): Task<Rows> {
  let read = readOf.get(context.batch);
  if (read === undefined) readOf.set(context.batch, (read = new Map<string, Shared<Rows>>()));
  return shareIn(read, columns.map((it) => `${it.table}\u0000${it.column}`).join('\u0002'), () => distinctValues(job, columns, true, context));
}

/** One context a group: the group's values are filters beside those of the context it belongs to. */
function groupBatch(groups: Rows, batch: Batch): Batch {
  const { set } = groups;
  const origin = groups.owners ?? new Int32Array(set.length);
  const each = batchOf(set.length, batch.filters, batch, origin);
  if (set.columns.length === 0) return each;
  const facets = set.columns.flatMap(({ lineage }, index): FilterItem['facets'] =>
    lineage === undefined ? [] : [{ facet: { kind: 'column', ...lineage }, base: undefined, cell: shared(), load: () => columnOf(set, index) }]);
  return batchOf(set.length, [...batch.filters, markGrouping(itemOf(facets, set.length, { kind: 'one', batch: each, index: undefined }))], each);
}

/** Drops the groups for which every expression is BLANK. */
function withoutBlankGroups(rows: Rows, values: readonly Vector[]): Rows {
  if (values.length === 0) return rows;
  const unsure = new Map<number, Failure>();
  let everywhere: Failure | undefined;
  const picks = indicesWhere(rows.set.length, (row) => {
    let failure: Failure | undefined;
    for (const it of values) {
      const cell = cellAt(it, row);
      if (cell === null) continue;
      if (!isFailure(cell)) return true;
      failure = failure === undefined ? cell : worse(failure, cell);
    }
    // Had the value not failed it might be BLANK, and the group not there.
    if (failure === undefined) return false;
    const owner = rows.owners?.[row];
    if (owner === undefined) everywhere ??= failure;
    else if (!unsure.has(owner)) unsure.set(owner, failure);
    return true;
  });
  const doubt = everywhere ?? (unsure.size > 0 ? unsure : undefined);
  if (picks.length === rows.set.length) return doubt === undefined ? rows : { ...rows, unsure: doubt };
  return { set: pickRows(rows.set, picks), owners: itemsAt(picks, rows.owners), spoiled: rows.spoiled, unsure: doubt };
}
