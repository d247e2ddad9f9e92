/** Whether rows of a relation may be equal, as far as the plan tells without the data. */
import { nameKey, type Model } from '../../model/model.ts';
import type { Relation, VariableId } from '../../plan/plan.ts';
import { findTable } from '../scope.ts';
import type { LowerEnv } from './context.ts';

/** The columns of a table that hold each value once: keys, the dates of a date table, and the one side of relationships. */
export function keyColumns(env: LowerEnv, table: string): readonly string[] {
  const its = findTable(env.names, table);
  if (its === undefined) return [];
  const ends = env.names.model === undefined ? [] : oneSides(env.names.model, table);
  const dates = its.dateColumn === undefined ? [] : [nameKey(its.dateColumn)];
  return [...its.columns.values()].filter((it) => it.key || [...ends, ...dates].includes(nameKey(it.name))).map((it) => it.name);
}

function oneSides(model: Model, table: string): readonly string[] {
  return model.relationships.flatMap(({ from, to, cardinality }) => {
    const ends = cardinality === 'many-to-one' ? [to] : cardinality === 'one-to-many' ? [from] : cardinality === 'one-to-one' ? [from, to] : [];
    return ends.filter((it) => nameKey(it.table) === nameKey(table)).map((it) => nameKey(it.column));
  });
}

/** Whether two rows of a relation may have the same values in all columns. */
export function mayRepeat(relation: Relation, env: LowerEnv): boolean {
  const variables = new Map<VariableId, Relation | boolean>();
  for (const it of env.variables.values()) if (it.kind === 'table' && it.relation !== undefined) variables.set(it.id, it.relation);
  return repeats(relation, variables, env);
}

function repeats(relation: Relation, variables: Map<VariableId, Relation | boolean>, env: LowerEnv): boolean {
  const inner = (it: Relation): boolean => repeats(it, variables, env);
  switch (relation.op) {
    case 'scan': return keyColumns(env, relation.source).length === 0;
    case 'all':
    case 'allSelected': return relation.whole && keyColumns(env, relation.source).length === 0;
    case 'values':
    case 'distinct':
    case 'groupBy':
    case 'summarizeColumns':
    case 'filterValues':
    case 'calendar': return false;
    case 'filter':
    case 'keepFilters':
    case 'choose':
    case 'extend':
    case 'topN':
    case 'order':
    case 'calculate': return inner(relation.input);
    case 'window': return inner(relation.window.input);
    case 'dates': return false;
    case 'cross': return relation.inputs.some(inner);
    case 'generate': return inner(relation.input) || inner(relation.inner);
    case 'intersect':
    case 'except': return inner(relation.left);
    case 'project': {
      const kept = new Set(relation.expressions.flatMap((it) => (it.op === 'column' && it.row === relation.row ? [it.index] : [])));
      const { columns, table } = relation.input;
      const keys = table === undefined ? [] : keyColumns(env, table);
      const keepsKey = columns.some(({ lineage }, i) => kept.has(i) && lineage !== undefined && lineage.table === table && keys.includes(lineage.column));
      return inner(relation.input) || !(keepsKey || columns.every((_, i) => kept.has(i)));
    }
    case 'let': {
      for (const it of relation.variables) if (it.kind === 'table') variables.set(it.id, it.value);
      return inner(relation.body);
    }
    case 'tableVariable': {
      const value = variables.get(relation.id);
      if (value === undefined) return true;
      const answer = typeof value === 'boolean' ? value : inner(value);
      // Asked once: variables that name each other twice would double the work each time.
      variables.set(relation.id, answer);
      return answer;
    }
    default: return true;
  }
}
