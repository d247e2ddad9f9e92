/** SUMMARIZE with ROLLUP: rows grouped at several levels, and expressions over the rows of each group. */
import type { Relation } from '../../../plan/plan.ts';
import type { Cell } from '../../../plan/values.ts';
import type { Evaluate } from '../../context/changes.ts';
import { pulse } from '../../pulse.ts';
import { notEvaluated, type Failure } from '../../values/cells.ts';
import { cellAt, cellsVector, type Vector } from '../../values/vector.ts';
import { batchOf, type Context, type Scope, type VariableFrame } from '../batch.ts';
import { numberGroups } from './groupBy.ts';
import type { Job } from '../job.ts';
import { startsOf } from '../membership.ts';
import { columnOf, lazyRows, mergeSpoiled, ownedRows, pickRows, type Rows } from '../rows.ts';
import { castShadow } from '../shadows.ts';
import { all, shared, type Task } from '../task.ts';

type Node = Extract<Relation, { op: 'rollup' }>;

interface Group {
  readonly level: number;
  readonly owner: number;
  readonly rows: number[];
}

export function* rollupRows(job: Job, evaluate: Evaluate, node: Node, context: Context): Task<Rows> {
  const { size } = context.batch;
  const rows = ownedRows(yield* evaluate.relation(job, node.input, context), size);
  const keys = yield* all(node.by.map((it) => columnOf(rows.set, it)));
  job.budget.reserveRows(rows.set.length * node.levels.length, 16);
  const groups = groupsOfLevels(node, rows, keys);
  const members: Rows = {
    set: pickRows(rows.set, Int32Array.from(groups.flatMap((it) => it.rows))),
    owners: Int32Array.from(groups.flatMap((it, i) => it.rows.map(() => i))),
    spoiled: undefined,
  };
  const owners = Int32Array.from(groups, (it) => it.owner);
  const batch = castShadow(batchOf(groups.length, context.batch.filters, context.batch, owners), { kind: 'unclear', what: 'in groups with subtotals' });
  const inner: Context = { ...context, batch };
  const scope = withMarks(node, groups, inner, {
    kind: 'variable', plan: { kind: 'table', id: node.group, name: 'CURRENTGROUP', value: node.input },
    frame: { context: inner, scalar: shared(), table: { state: 'done', value: members, fault: undefined } }, outer: context.scope,
  });
  const width = node.by.length;
  const set = lazyRows(node.columns, groups.length, function* (index) {
    const key = keys[index];
    if (key !== undefined) return cellsVector(key.type, groups.map((it): Cell => (has(node, it, index) ? cellAt(key, it.rows[0] as number) : null)));
    const extension = node.extensions[index - width];
    if (extension === undefined) throw new Error(`there is no column ${index}`);
    return yield* evaluate.scalar(job, extension.expression, { ...inner, scope });
  });
  return { set, owners: size === 1 ? undefined : owners, spoiled: mergeSpoiled(rows.spoiled, withoutRows(node, rows, size)) };
}

const has = (node: Node, group: Group, index: number): boolean => node.levels[group.level]?.includes(index) === true;

/** The groups of all levels, those of one context together. */
function groupsOfLevels(node: Node, rows: Rows & { readonly owners: Int32Array }, keys: readonly Vector[]): readonly Group[] {
  const groups = node.levels.flatMap((kept, level): Group[] => {
    const { groupOf, first } = numberGroups(rows, kept.map((it) => keys[it] as Vector));
    const made = Array.from(first, (row): Group => ({ level, owner: rows.owners[row] as number, rows: [] }));
    groupOf.forEach((group, row) => {
      pulse();
      made[group]?.rows.push(row);
    });
    return made;
  });
  return groups.sort((a, b) => a.owner - b.owner);
}

/** ISSUBTOTAL of each column as a variable of the groups. */
function withMarks(node: Node, groups: readonly Group[], context: Context, scope: Scope): Scope {
  return node.subtotals.reduce((outer, id, index): Scope => {
    const value = cellsVector('boolean', groups.map((it) => !has(node, it, index)));
    const frame: VariableFrame = { context, scalar: { state: 'done', value, fault: undefined }, table: shared() };
    return { kind: 'variable', plan: { kind: 'scalar', id, name: 'ISSUBTOTAL', value: { op: 'constant', type: 'boolean', value: null } }, frame, outer };
  }, scope);
}

/** Whether there is a grand total of no rows is not documented. */
function withoutRows(node: Node, rows: Rows, size: number): Rows['spoiled'] {
  if (!node.levels.some((it) => it.length === 0)) return undefined;
  const range = startsOf(rows, size);
  const failure = notEvaluated({ id: 'feature-not-supported', what: 'SUMMARIZE with ROLLUP over no rows' }, node.at);
  const spoiled = new Map<number, Failure>();
  for (let at = 0; at < size; at++) if (range(at)[0] === range(at)[1]) spoiled.set(at, failure);
  return spoiled.size === 0 ? undefined : spoiled;
}
