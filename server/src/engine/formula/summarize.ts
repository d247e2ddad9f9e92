/**
 * SUMMARIZECOLUMNS: groups by columns, with expressions evaluated for each group.
 *
 * Columns of one table give the combinations that exist in the filter context; those of different tables are crossed,
 * and groups for which every expression is BLANK are dropped. A filter over several of the tables keeps only the
 * combinations it holds.
 */
import type { ColumnRef, Relation } from '../../plan/plan.ts';
import { changeContext, type Evaluate } from '../context/changes.ts';
import { itemOf, type FilterItem } from '../context/items.ts';
import { cellAt, pick, type Vector } from '../values/vector.ts';
import { batchOf, type Batch, type Context } from './batch.ts';
import type { Job } from './job.ts';
import { keepLinked, linkingColumns } from './linked.ts';
import { startsOf } from './membership.ts';
import { distinctRows } from './distinct.ts';
import { distinctValues } from './relations.ts';
import { columnOf, itemsAt, mergeSpoiled, pickRows, rowsOf, type Rows, type RowSet } from './rows.ts';
import { all, shared, type Task } from './task.ts';

type Node = Extract<Relation, { op: 'summarizeColumns' }>;

export function* summarizeColumns(job: Job, evaluate: Evaluate, node: Node, outer: Context): Task<Rows> {
  const changes = node.filters.map((relation) => ({ change: 'filter', relation, keep: false }) as const);
  const { context, spoiled } = yield* changeContext(job, evaluate, changes, [], outer);
  const groups = yield* groupsOf(job, node.by, context);
  const inner = groupBatch(groups, context.batch);
  const values = yield* all(node.extensions.map((it) => evaluate.scalar(job, it.expression, { ...context, batch: inner })));
  const set: RowSet = {
    ...groups.set,
    columns: node.columns,
    read: new Map(),
    *make(index) {
      const value = values[index - node.by.length];
      return value ?? (yield* columnOf(groups.set, index));
    },
  };
  return withoutBlankGroups({ set, owners: groups.owners, spoiled: mergeSpoiled(spoiled, groups.spoiled) }, values);
}

/** The combinations of the columns, each once, columns in their order. */
function* groupsOf(job: Job, by: readonly ColumnRef[], context: Context): Task<Rows> {
  const { batch } = context;
  const tables = [...new Set(by.map((it) => it.table))];
  const linking = linkingColumns(batch, tables, by, job.engine.catalog);
  const clusters = tables.map((table) => {
    const wanted = [...by, ...linking.columns].filter((it) => it.table === table);
    return wanted.filter((it, i) => wanted.findIndex((other) => other.column === it.column) === i);
  });
  const parts = yield* all(clusters.map((it) => distinctValues(job, it, true, context)));
  const crossed = crossRows(job, parts, batch.size);
  const kept = yield* keepLinked(linking, crossed, batch);
  const order = by.map((it) => kept.set.columns.findIndex((column) => column.lineage?.table === it.table && column.lineage.column === it.column));
  const set: RowSet = { ...kept.set, columns: order.map((it) => kept.set.columns[it] as RowSet['columns'][number]), read: new Map(), make: (index) => columnOf(kept.set, order[index] as number) };
  const projected = { ...kept, set };
  return linking.columns.length === 0 ? projected : yield* distinctRows(projected, batch.size);
}

/** Every row of each part with every row of the others, context by context. */
function crossRows(job: Job, parts: readonly Rows[], contexts: number): Rows {
  const [only] = parts;
  if (parts.length === 1 && only !== undefined && (only.owners !== undefined || contexts === 1)) return only;
  const ranges = parts.map((it) => startsOf(it, contexts));
  const counts = Array.from({ length: contexts }, (_, context) => ranges.reduce((acc, range) => {
    const [from, to] = range(context);
    return acc * (to - from);
  }, 1));
  const total = counts.reduce((acc, it) => acc + it, 0);
  job.budget.reserveRows(total, 160);
  const owners = new Int32Array(total);
  const picks = parts.map(() => new Int32Array(total));
  let next = 0;
  counts.forEach((count, context) => {
    let repeat = count;
    parts.forEach((_, part) => {
      const [from, to] = (ranges[part] as (context: number) => readonly [number, number])(context);
      const width = to - from;
      repeat = width === 0 ? 0 : repeat / width;
      const target = picks[part] as Int32Array;
      for (let i = 0; i < count; i++) target[next + i] = from + (Math.floor(i / repeat) % width);
    });
    owners.fill(context, next, next + count);
    next += count;
  });
  const places = parts.flatMap((it, part) => it.set.columns.map((column, index) => ({ column, part, index })));
  const set: RowSet = {
    length: total,
    columns: places.map((it) => it.column),
    table: undefined,
    handles: undefined,
    read: new Map(),
    *make(index) {
      const place = places[index];
      if (place === undefined) throw new Error(`there is no column ${index}`);
      return pick(yield* columnOf((parts[place.part] as Rows).set, place.index), picks[place.part]);
    },
  };
  const spoiled = parts.reduce<Rows['spoiled']>((acc, it) => mergeSpoiled(acc, it.spoiled), undefined);
  return rowsOf(set, contexts === 1 ? undefined : owners, spoiled);
}

/** One context a group: the group's values are filters beside those of the context it belongs to. */
function groupBatch(groups: Rows, batch: Batch): Batch {
  const { set } = groups;
  const origin = groups.owners ?? new Int32Array(set.length);
  const each = batchOf(set.length, batch.filters, batch, origin);
  if (set.columns.length === 0) return each;
  const facets = set.columns.flatMap(({ lineage }, index): FilterItem['facets'] =>
    lineage === undefined ? [] : [{ facet: { kind: 'column', ...lineage }, base: undefined, cell: shared(), load: () => columnOf(set, index) }]);
  return batchOf(set.length, [...batch.filters, itemOf(facets, set.length, { kind: 'one', batch: each, index: undefined })], each);
}

/** Drops the groups for which every expression is BLANK. */
function withoutBlankGroups(rows: Rows, values: readonly Vector[]): Rows {
  if (values.length === 0) return rows;
  const picks = Int32Array.from({ length: rows.set.length }, (_, i) => i).filter((row) => values.some((it) => cellAt(it, row) !== null));
  if (picks.length === rows.set.length) return rows;
  return { set: pickRows(rows.set, picks), owners: itemsAt(picks, rows.owners), spoiled: rows.spoiled };
}
