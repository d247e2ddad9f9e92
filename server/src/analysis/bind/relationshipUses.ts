/** USERELATIONSHIP and CROSSFILTER: the relationship that two columns name. */
import type { Call } from '../../../../grammar/src/tree.ts';
import { nameKey, type ColumnName, type Model, type Relationship } from '../../model/model.ts';
import { unwrap } from '../scope.ts';
import { report, textAt, type BindContext, type Env } from './context.ts';

/** Records the relationship, and reports columns between which there is none. */
export function recordRelationship(ctx: BindContext, call: Call, by: 'USERELATIONSHIP' | 'CROSSFILTER', env: Env): void {
  const [first, second] = call.args.slice(0, 2).map((it) => {
    const column = it.kind === 'omitted' ? undefined : ctx.lineage.get(unwrap(it));
    return column === undefined ? undefined : { table: column.table.name, column: column.column.name };
  });
  const { model } = env.names;
  if (first === undefined || second === undefined || model === undefined) return;
  const relationship = relationshipBetween(model, first, second);
  ctx.relationships.push({ span: call.span, by, columns: [first, second], relationship });
  const [from, to] = call.args;
  // A model without any relationship hardly tells what its tables have to do with each other.
  if (relationship !== undefined || model.relationships.length === 0 || from === undefined || to === undefined) return;
  report(ctx, env, 'no-relationship', { function: by, tables: textAt(ctx, from.span), column: textAt(ctx, to.span) }, call.nameSpan);
}

/** The relationship between two columns, in whichever order they are named. */
const relationshipBetween = (model: Model, a: ColumnName, b: ColumnName): Relationship | undefined =>
  model.relationships.find((it) => (isSame(it.from, a) && isSame(it.to, b)) || (isSame(it.from, b) && isSame(it.to, a)));

const isSame = (a: ColumnName, b: ColumnName): boolean => nameKey(a.table) === nameKey(b.table) && nameKey(a.column) === nameKey(b.column);
