/** SUMMARIZECOLUMNS with ROLLUPADDISSUBTOTAL, NONVISUAL and IGNORE. */
import type { Argument, Call, ColumnReference, Expression } from '../../../../../grammar/src/tree.ts';
import type { ColumnRef, Relation, RollupPlan } from '../../../plan/plan.ts';
import type { Reason } from '../../../plan/values.ts';
import { resolveColumn, unwrap } from '../../scope.ts';
import { addedColumn, columnsShape, type ShapeColumn } from '../../shapes.ts';
import { troubleOf, type RelationLowering } from '../calls.ts';
import { argumentAt, at, noFeature, noRelation, shaped, syntaxError, typeError, type LowerEnv, type Lowered } from '../context.ts';
import { columnTarget, lowerRelation } from '../relations.ts';
import { hasDuplicates, namedPairs } from './pairs.ts';
import { combinations, markedLevels, MOST_LEVELS } from './rollups.ts';

/** The group-by columns of a level of one ROLLUPADDISSUBTOTAL, and the filters of it alone. */
interface RollupLevel {
  readonly kept: readonly number[];
  readonly filters: readonly Relation[];
}

/** What stands before the expressions. */
interface Groups {
  readonly by: ShapeColumn[];
  /** Columns of the result before the expressions. */
  readonly columns: ShapeColumn[];
  readonly layout: ({ readonly by: number } | { readonly mark: number })[];
  /** For each ROLLUPADDISSUBTOTAL the columns that each of its levels has, one more each time, and how many marks. */
  readonly rollups: { readonly levels: readonly RollupLevel[]; readonly firstMark: number }[];
  /** Columns that no level is without. */
  readonly always: number[];
  marks: number;
  readonly filters: Relation[];
  readonly nonVisual: Relation[];
}

/** SUMMARIZECOLUMNS(group columns, filter tables, name and expression pairs). */
const summarizeColumns: RelationLowering = (call, env) => {
  const groups: Groups = { by: [], columns: [], layout: [], rollups: [], always: [], marks: 0, filters: [], nonVisual: [] };
  let i = 0;
  for (; i < call.args.length; i++) {
    const argument = argumentAt(call, i);
    if (argument === undefined) return noRelation(env, call, syntaxError);
    if (unwrap(argument).kind === 'string') break;
    const fault = readGroup(argument, groups, env);
    if (fault !== undefined) return fault;
  }
  const pairs = withoutIgnore(call.args.slice(i));
  if ('id' in pairs) return noRelation(env, call, pairs);
  const its = namedPairs(pairs.args, env);
  if (its === undefined) return noRelation(env, call, typeError('names of columns must be constant text, each with an expression'));
  const shape = columnsShape([...groups.columns, ...its.columns]);
  if (hasDuplicates(shape.columns ?? [])) return noRelation(env, call, typeError('two columns of the same name'));
  if (env.rows.some((it) => !it.consumed)) return noRelation(env, call, noFeature('SUMMARIZECOLUMNS in a row context'));
  const rollup = rollupOf(groups);
  if (rollup !== undefined && rollup.levels.length > MOST_LEVELS) return noRelation(env, call, noFeature(`more than ${String(MOST_LEVELS)} levels of subtotals`, 'are'));
  const refs = groups.by.flatMap(({ lineage }): ColumnRef[] => (lineage === undefined ? [] : [{ table: lineage.table, column: lineage.column }]));
  return {
    relation: {
      op: 'summarizeColumns', by: refs, filters: groups.filters, extensions: its.extensions,
      ...(groups.nonVisual.length === 0 ? {} : { nonVisual: groups.nonVisual }), ...(pairs.ignored.includes(true) ? { ignored: pairs.ignored } : {}),
      ...(rollup === undefined ? {} : { rollup }), ...shaped(shape), at: at(env, call),
    },
    shape,
  };
};

/** Reads an argument before the expressions; what it gives where it is at fault. */
function readGroup(argument: Expression, groups: Groups, env: LowerEnv): Lowered | undefined {
  const it = unwrap(argument);
  if (it.kind === 'column') {
    const index = addGroup(it, groups, env);
    if (typeof index !== 'number') return index;
    groups.always.push(index);
    return undefined;
  }
  const name = it.kind === 'call' ? it.name.toUpperCase() : '';
  if (it.kind === 'call' && name === 'ROLLUPADDISSUBTOTAL') return readRollup(it, groups, env);
  const isHidden = it.kind === 'call' && name === 'NONVISUAL';
  const trouble = isHidden ? troubleOf(it) : undefined;
  if (trouble !== undefined) return noRelation(env, it, trouble);
  const table = isHidden ? argumentAt(it, 0) : it;
  if (table === undefined) return noRelation(env, it, syntaxError);
  const { relation } = lowerRelation(table, env);
  if (relation.op === 'notEvaluated') return { relation, shape: columnsShape([]) };
  (isHidden ? groups.nonVisual : groups.filters).push(relation);
  return undefined;
}

/** The index of a group-by column. */
function addGroup(it: ColumnReference, groups: Groups, env: LowerEnv): number | Lowered {
  const target = columnOfModel(it, env);
  if (target === undefined) {
    const why = columnTarget(it, env);
    return noRelation(env, it, why.kind === 'none' ? why.reason : typeError('a group is a column of the model'));
  }
  const index = groups.by.push(target) - 1;
  groups.columns.push(target);
  groups.layout.push({ by: index });
  return index;
}

function columnOfModel(it: ColumnReference, env: LowerEnv): ShapeColumn | undefined {
  const found = resolveColumn(it, env.names, []);
  if (found.kind !== 'model') return undefined;
  const lineage = { table: found.table.name, column: found.column.name };
  return { ...lineage, lineage, type: 'unknown', definition: undefined };
}

/**
 * ROLLUPADDISSUBTOTAL(filter, column, name, filter, ..): a level for every run of its columns from the first on, and one
 * without any. A filter holds for the level that ends where it stands, and for no other (SUMMARIZECOLUMNS, subtotals).
 */
function readRollup(call: Call, groups: Groups, env: LowerEnv): Lowered | undefined {
  const trouble = troubleOf(call);
  const marked = trouble ?? markedLevels(call);
  if ('id' in marked) return noRelation(env, call, marked);
  const kept: (readonly number[])[] = [[]];
  const firstMark = groups.marks;
  for (const { columns, mark } of marked.levels) {
    const level = [...(kept.at(-1) ?? [])];
    for (const it of columns) {
      const index = addGroup(it, groups, env);
      if (typeof index !== 'number') return index;
      level.push(index);
    }
    if (mark?.kind !== 'string') return noRelation(env, call, typeError('ROLLUPADDISSUBTOTAL wants constant text as the name of a column'));
    groups.columns.push(addedColumn(mark.value, 'boolean', mark.span));
    groups.layout.push({ mark: groups.marks++ });
    kept.push(level);
  }
  const filters: { readonly size: number; readonly relation: Relation }[] = [];
  for (const { size, table } of marked.filters) {
    const { relation } = lowerRelation(table, env);
    if (relation.op === 'notEvaluated') return { relation, shape: columnsShape([]) };
    filters.push({ size, relation });
  }
  groups.rollups.push({ levels: kept.map((it, size) => ({ kept: it, filters: filters.flatMap((filter) => (filter.size === size ? [filter.relation] : [])) })), firstMark });
  return undefined;
}

function rollupOf({ rollups, always, layout, marks }: Groups): RollupPlan | undefined {
  if (rollups.length === 0) return undefined;
  const count = rollups.reduce((product, it) => product * it.levels.length, 1);
  // Too many are refused by their number; they are not made.
  if (count > MOST_LEVELS) return { layout, levels: Array.from({ length: MOST_LEVELS + 1 }, () => ({ kept: [], marks: [] })) };
  const levels = combinations(rollups.map((it) => it.levels.map(({ kept, filters }, size) => ({ kept, filters, size, firstMark: it.firstMark, sizes: it.levels.length - 1 }))));
  return {
    layout,
    levels: levels.map((parts) => {
      const flags = new Array<boolean>(marks).fill(false);
      for (const { size, sizes, firstMark } of parts) for (let level = size; level < sizes; level++) flags[firstMark + level] = true;
      const filters = parts.flatMap((it) => it.filters);
      return { kept: [...always, ...parts.flatMap((it) => it.kept)].sort((a, b) => a - b), marks: flags, ...(filters.length === 0 ? {} : { filters }) };
    }),
  };
}

/** Pairs of a name and an expression without IGNORE around the expression, and for each whether it was there. */
function withoutIgnore(args: readonly Argument[]): { readonly args: readonly Argument[]; readonly ignored: readonly boolean[] } | Reason {
  const ignored: boolean[] = [];
  const plain: Argument[] = [];
  for (const [i, argument] of args.entries()) {
    const it = argument.kind === 'omitted' ? undefined : unwrap(argument);
    const isIgnored = i % 2 === 1 && it?.kind === 'call' && it.name.toUpperCase() === 'IGNORE';
    const trouble = isIgnored ? troubleOf(it) : undefined;
    if (trouble !== undefined) return trouble;
    plain.push(isIgnored ? (it.args[0] ?? argument) : argument);
    if (i % 2 === 1) ignored.push(isIgnored);
  }
  return { args: plain, ignored };
}

export const summarized: readonly (readonly [string, RelationLowering])[] = [['SUMMARIZECOLUMNS', summarizeColumns]];
