/** Tables that have to go together: as many columns in each, and no two columns of one name. */
import type { Call, Expression } from '../../../../grammar/src/tree.ts';
import { nameKey } from '../../model/model.ts';
import { columnName, type ShapeColumn, type TableShape } from '../shapes.ts';
import { familyOf, typeWord } from '../types.ts';
import type { BoundArgument } from './calls.ts';
import { report, type BindContext, type Env } from './context.ts';

const shapeOf = (it: BoundArgument): TableShape | undefined => (it.type.kind === 'table' ? it.type.shape : undefined);
const expressionOf = (it: BoundArgument): Expression | undefined => (it.argument.kind === 'omitted' ? undefined : it.argument);

/** UNION, INTERSECT, EXCEPT: the tables have as many columns as the first one. */
export function sameWidths(ctx: BindContext, name: string, bound: readonly BoundArgument[], env: Env): void {
  const [first, ...others] = bound;
  const expected = first === undefined ? undefined : shapeOf(first)?.columns?.length;
  if (expected === undefined) return;
  for (const other of others) {
    const found = shapeOf(other)?.columns?.length;
    const at = expressionOf(other);
    if (found !== undefined && found !== expected && at !== undefined) {
      report(ctx, env, 'column-count', { function: name, expected, found }, at.span);
    }
  }
}

/** TREATAS(table, columns): as many columns are named as the table has. */
export function targetsOfTreatAs(ctx: BindContext, bound: readonly BoundArgument[], env: Env): void {
  const [table, ...targets] = bound;
  const expected = table === undefined ? undefined : shapeOf(table)?.columns?.length;
  if (expected === undefined || targets.length === expected) return;
  const surplus = targets.length > expected ? targets[expected] : undefined;
  const at = surplus === undefined ? table : surplus;
  const span = at === undefined ? undefined : expressionOf(at)?.span;
  const last = targets.at(-1);
  const end = surplus === undefined || last === undefined ? span?.end : expressionOf(last)?.span.end;
  if (span !== undefined) report(ctx, env, 'column-count', { function: 'TREATAS', expected, found: targets.length }, { start: span.start, end: end ?? span.end });
}

/** CROSSJOIN and GENERATE: the columns need different names; columns of the model are told apart by their tables. */
export function differentNames(ctx: BindContext, bound: readonly BoundArgument[], env: Env): void {
  const seen = new Set<string>();
  for (const it of bound) {
    const own = shapeOf(it)?.columns ?? [];
    const twice = own.find((column) => seen.has(nameKey(columnName(column))));
    const at = expressionOf(it);
    if (twice !== undefined && at !== undefined) {
      report(ctx, env, 'duplicate-column', { name: twice.table === undefined ? twice.column : columnName(twice) }, at.span);
    }
    for (const column of own) seen.add(nameKey(columnName(column)));
  }
}

/** NATURALINNERJOIN and its kin: the tables have a column of one name, and it is of one type in both. */
export function checkCommonColumns(ctx: BindContext, call: Call, shapes: readonly TableShape[], env: Env): void {
  const [left, right] = shapes.map((it) => it.columns);
  const at = call.args[1];
  if (left === undefined || right === undefined || at === undefined || at.kind === 'omitted') return;
  const common = left.flatMap((it) => {
    const other = right.find((its) => nameKey(its.column) === nameKey(it.column));
    return other === undefined ? [] : [[it, other] as const];
  });
  // Tables of the model are joined by their relationship too.
  if (common.length === 0 && !areRelated(env, left, right)) report(ctx, env, 'no-common-column', { function: call.name.toUpperCase() }, at.span);
  const [different] = common.filter(([it, other]) => {
    const [a, b] = [familyOf(it.type), familyOf(other.type)];
    return a !== undefined && b !== undefined && a !== b;
  });
  if (different === undefined) return;
  const [it, other] = different;
  report(ctx, env, 'join-types', { column: it.column, left: typeWord(it.type), right: typeWord(other.type) }, at.span);
}

function areRelated({ names }: Env, left: readonly ShapeColumn[], right: readonly ShapeColumn[]): boolean {
  const tables = (columns: readonly ShapeColumn[]): ReadonlySet<string> => new Set(columns.flatMap((it) => (it.lineage === undefined ? [] : [nameKey(it.lineage.table)])));
  const [a, b] = [tables(left), tables(right)];
  return names.model?.relationships.some(({ from, to }) => {
    const [one, other] = [nameKey(from.table), nameKey(to.table)];
    return (a.has(one) && b.has(other)) || (a.has(other) && b.has(one));
  }) === true;
}
