/** GROUPBY: rows grouped by their own columns, and expressions over the rows of each group. */
import type { Relation } from '../../../plan/plan.ts';
import type { Evaluate } from '../../context/changes.ts';
import { pulse } from '../../pulse.ts';
import { pick, type Vector } from '../../values/vector.ts';
import { batchOf, type Context, type VariableFrame } from '../batch.ts';
import { numberRows } from './distinct.ts';
import type { Job } from '../job.ts';
import { castShadow } from '../shadows.ts';
import { columnOf, lazyRows, ownedRows, pickRows, type Rows } from '../rows.ts';
import { all, shared, type Task } from '../task.ts';
import { allIndices } from '../../values/indices.ts';

export function* groupBy(job: Job, evaluate: Evaluate, node: Extract<Relation, { op: 'groupBy' }>, context: Context): Task<Rows> {
  const { size } = context.batch;
  const input = yield* evaluate.relation(job, node.input, context);
  const rows = ownedRows(input, size);
  const keys = yield* all(node.by.map((it) => columnOf(rows.set, it)));
  const { groupOf, first } = numberGroups(rows, keys);
  // Rows of a group stand together, in their order; groups stand in the order of their contexts.
  const order = allIndices(rows.set.length).sort((a, b) => {
    pulse();
    return (groupOf[a] as number) - (groupOf[b] as number) || a - b;
  });
  const members: Rows = { set: pickRows(rows.set, order), owners: Int32Array.from(order, (it) => groupOf[it] as number), spoiled: undefined };
  const owners = Int32Array.from(first, (it) => rows.owners[it] as number);
  const batch = castShadow(batchOf(first.length, context.batch.filters, context.batch, owners), input.set.table === undefined
    ? { kind: 'rows', rows: input, outer: context.batch }
    : { kind: 'unclear', what: 'in groups of the rows of a table' });
  const inner: Context = { ...context, batch };
  const frame: VariableFrame = { context: inner, scalar: shared(), table: { state: 'done', value: members, fault: undefined } };
  const scope: Context['scope'] = {
    kind: 'variable', plan: { kind: 'table', id: node.group, name: 'CURRENTGROUP', value: node.input }, frame, outer: context.scope,
  };
  const width = node.by.length;
  const set = lazyRows(node.columns, first.length, function* (index) {
    const key = keys[index];
    if (key !== undefined) return pick(key, first);
    const extension = node.extensions[index - width];
    if (extension === undefined) throw new Error(`there is no column ${index}`);
    return yield* evaluate.scalar(job, extension.expression, { ...inner, scope });
  });
  return { set, owners: size === 1 ? undefined : owners, spoiled: rows.spoiled };
}

/** Numbers the groups as they are met; `first` is the first row of each. */
export function numberGroups({ set, owners }: Rows & { readonly owners: Int32Array }, keys: readonly Vector[]): { readonly groupOf: Int32Array; readonly first: Int32Array } {
  const { ids, count } = numberRows(keys, owners, set.length, (owners.at(-1) ?? -1) + 1);
  const numbers = new Int32Array(count).fill(-1);
  const first: number[] = [];
  const groupOf = Int32Array.from(ids, (id, row) => {
    pulse();
    if (numbers[id] === -1) numbers[id] = first.push(row) - 1;
    return numbers[id] as number;
  });
  return { groupOf, first: Int32Array.from(first) };
}
