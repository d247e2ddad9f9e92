/** Comparisons: whether the two sides can be compared at all, and whether a literal is a code of the column it meets. */
import { quoteString } from '../../../../grammar/src/index.ts';
import type { Binary, Expression } from '../../../../grammar/src/tree.ts';
import type { Fix } from '../../findings/finding.ts';
import { unwrap } from '../scope.ts';
import type { ScalarType, TableShape } from '../shapes.ts';
import { familyOf, scalarTypeOf, typeWord } from '../types.ts';
import { choiceOf, constructorsOf, literalOf, literalsOf, useCode } from './codes.ts';
import { report, typeAt, type BindContext, type Env } from './context.ts';

const isOrder = (operator: string): boolean => operator !== '=' && operator !== '==' && operator !== '<>';

/** Checks `left operator right`. */
export function compare(ctx: BindContext, env: Env, expression: Binary, left: ScalarType, right: ScalarType): void {
  const how = isOrder(expression.operator) ? 'order' : 'equal';
  if (meet(ctx, env, expression.left, expression.right, how)) return;
  if (meet(ctx, env, expression.right, expression.left, how)) return;
  const literal = [expression.right, expression.left].find((it) => literalOf(env, it) === unwrap(it));
  reportTypes(ctx, env, left, right, literal?.span ?? expression.span, literal !== undefined, [
    ...convert(expression.left, right), ...convert(expression.right, left),
  ]);
}

/** Checks `(a, b) IN table`, column by column. */
export function compareIn(
  ctx: BindContext, env: Env, items: readonly Expression[], types: readonly ScalarType[], table: Expression, shape: TableShape,
): void {
  const constructors = constructorsOf(env, table);
  if (shape.columns !== undefined && shape.columns.length !== items.length && items.length > 0) {
    report(ctx, env, 'in-width', { expected: shape.columns.length, found: items.length }, table.span);
    return;
  }
  if (constructors.length === 0) {
    items.forEach((item, i) => {
      const other = shape.columns?.[i]?.type;
      if (other !== undefined) reportTypes(ctx, env, types[i] ?? 'unknown', other, item.span, false, []);
    });
    return;
  }
  for (const row of constructors.flatMap((it) => it.rows)) {
    if (row.kind === 'omitted') continue;
    const cells = row.kind === 'tuple' ? row.items : [row];
    cells.forEach((cell, i) => {
      const item = items[i];
      if (item !== undefined) compareWith(ctx, env, item, types[i] ?? 'unknown', cell);
    });
  }
}

/** Checks a value that a function compares with a subject for equality: SWITCH, LOOKUPVALUE, TREATAS. */
export function compareWith(ctx: BindContext, env: Env, subject: Expression, type: ScalarType, value: Expression): void {
  if (meet(ctx, env, subject, value, 'equal')) return;
  reportTypes(ctx, env, type, scalarTypeOf(typeAt(ctx, value)), value.span, literalOf(env, value) === unwrap(value), convert(value, type));
}

/** Where `column` is a choice column and `value` gives literals, records the codes; whether there were any. */
function meet(ctx: BindContext, env: Env, column: Expression, value: Expression, how: 'equal' | 'order'): boolean {
  const choice = choiceOf(ctx, env, column);
  if (choice === undefined) return false;
  let isExamined = false;
  for (const it of literalsOf(env, value)) if (useCode(ctx, env, choice, it, how)) isExamined = true;
  return isExamined;
}

function reportTypes(
  ctx: BindContext, env: Env, left: ScalarType, right: ScalarType, span: Expression['span'], isLiteral: boolean, fixes: readonly Fix[],
): void {
  const a = familyOf(left);
  const b = familyOf(right);
  if (a === undefined || b === undefined || a === b) return;
  const hint = a === 'boolean' || b === 'boolean' ? 'Compare with TRUE or FALSE.'
    : isLiteral ? 'Write the literal in the type of the other side.'
    : 'Convert one side with VALUE or FORMAT.';
  report(ctx, env, 'comparison-types', { left: typeWord(left), right: typeWord(right), hint }, span, { fixes });
}

/** A literal rewritten in the type of what it is compared with, where that says the same. */
function convert(value: Expression, wanted: ScalarType): readonly Fix[] {
  const literal = unwrap(value);
  const fix = (newText: string): readonly Fix[] =>
    [{ title: `Change to ${newText}`, preferred: true, edits: [{ span: literal.span, newText }] }];
  if (literal.kind === 'string' && (wanted === 'int64' || wanted === 'double' || wanted === 'decimal')) {
    return /^-?\d{1,15}$/.test(literal.value) ? fix(literal.value) : [];
  }
  if (literal.kind === 'number' && wanted === 'string') return fix(quoteString(literal.text));
  if (wanted !== 'boolean') return [];
  const text = literal.kind === 'string' ? literal.value.toUpperCase() : literal.kind === 'number' ? literal.text : '';
  if (text === '1' || text === 'TRUE') return fix('TRUE');
  return text === '0' || text === 'FALSE' ? fix('FALSE') : [];
}
