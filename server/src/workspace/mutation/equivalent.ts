/**
 * Changes that provably change no value. They are not made, and counted under the rule that says so.
 *
 * Only what follows from the text, the model and the loaded rows' keys is proven: a change that merely makes no
 * difference on the rows at hand is a mutant that survives.
 */
import { canonicalExpression, walk } from '../../../../grammar/src/index.ts';
import type { Expression, MeasureDefinition, Span } from '../../../../grammar/src/tree.ts';
import { nameKey } from '../../model/model.ts';
import type { Change, MutateContext } from './operator.ts';

/** Rules by id, as clauses. */
export const equivalences = {
  'same-tree': 'the changed text is the same expression',
  'unused-variable': 'nothing reads the variable',
  'unique-key': 'no value of the column stands twice, so that it makes no difference whether values or rows are counted',
  'swapped-equals': 'both sides are the same expression',
} as const;
export type Equivalence = keyof typeof equivalences;

/** @param changed the definition with the change made */
export function equivalenceOf(ctx: MutateContext, change: Change, changed: MeasureDefinition): Equivalence | undefined {
  const { item } = ctx.segment;
  if (item.kind !== 'measure') return undefined;
  if (unusedValues(item.body).some((it) => change.span.start >= it.start && change.span.end <= it.end)) return 'unused-variable';
  if (canonicalExpression(item.body) === canonicalExpression(changed.body)) return 'same-tree';
  if (hasEqualSides(ctx, change)) return 'swapped-equals';
  if (countsUniqueKeys(ctx, change)) return 'unique-key';
  return undefined;
}

/** Values of variables that no expression of their block names. */
export function unusedValues(body: Expression): readonly Span[] {
  const unused: Span[] = [];
  walk(body, (block) => {
    if (block.kind !== 'var') return;
    block.variables.forEach((variable, i) => {
      const wanted = nameKey(variable.name.text);
      let isRead = false;
      for (const it of [...block.variables.slice(i + 1).map((other) => other.value), block.body]) {
        walk(it, (node) => {
          // A variable that holds a table gives its name to columns too.
          const name = node.kind === 'name' ? node.name : node.kind === 'column' ? (node.table ?? node.column) : undefined;
          isRead ||= name !== undefined && nameKey(name.text) === wanted;
        });
      }
      if (!isRead) unused.push(variable.value.span);
    });
  });
  return unused;
}

/** `x && x` for `x || x`: a junction of what is the same. */
function hasEqualSides({ expressions }: MutateContext, { span }: Change): boolean {
  return expressions.some((it) => it.kind === 'binary' && (it.operator === '&&' || it.operator === '||')
    && it.operatorSpan.start === span.start && it.operatorSpan.end === span.end && canonicalExpression(it.left) === canonicalExpression(it.right));
}

const counts: ReadonlySet<string> = new Set(['COUNT', 'COUNTA', 'DISTINCTCOUNT', 'DISTINCTCOUNTNOBLANK']);

/**
 * One count of a unique column becomes another, or counts another unique column of its table. A table that others point
 * to may have one row more, for orphans, which such counts do not treat alike.
 */
function countsUniqueKeys({ expressions, bound, model, factsOf }: MutateContext, { span, newText }: Change): boolean {
  for (const call of expressions) {
    if (call.kind !== 'call' || !counts.has(call.name.toUpperCase())) continue;
    const [argument] = call.args;
    const target = argument === undefined || argument.kind === 'omitted' ? undefined : bound.columnOf(argument);
    if (target === undefined || !factsOf(target.table, target.column).isUnique) continue;
    const isPointedTo = model.relationships.some((it) => nameKey(it.to.table) === nameKey(target.table.name) || (it.cardinality !== 'many-to-one' && nameKey(it.from.table) === nameKey(target.table.name)));
    if (isPointedTo) continue;
    if (span.start === call.nameSpan.start && span.end === call.nameSpan.end) return counts.has(newText.toUpperCase());
    const isArgument = argument?.kind === 'column' && argument.column.span.start === span.start && argument.column.span.end === span.end;
    const other = isArgument ? [...target.table.columns.values()].find((it) => newText === `[${it.name}]`) : undefined;
    if (other !== undefined) return factsOf(target.table, other).isUnique;
  }
  return false;
}
