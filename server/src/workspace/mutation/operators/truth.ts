/** TRUE becomes FALSE and back; a column that is a condition by itself becomes its opposite. */
import type { Expression } from '../../../../../grammar/src/tree.ts';
import { callsOf, textAt, type Operator } from '../operator.ts';

const literals: ReadonlySet<string> = new Set(['TRUE', 'FALSE']);
const calculates: ReadonlySet<string> = new Set(['CALCULATE', 'CALCULATETABLE', 'FILTER', 'KEEPFILTERS', 'AND', 'OR']);

export const truth: Operator = {
  id: 'truth',
  docs: 'TRUE to FALSE, a condition that is but a column to its opposite',
  *changes(ctx) {
    for (const it of ctx.expressions) {
      if (it.kind === 'boolean') yield { span: it.span, newText: it.value ? 'FALSE' : 'TRUE' };
      if (it.kind === 'binary' && (it.operator === '&&' || it.operator === '||')) yield* opposites(it.left, it.right);
    }
    for (const call of callsOf(ctx, literals)) {
      if (call.args.length === 0) yield { span: call.span, newText: call.name.toUpperCase() === 'TRUE' ? 'FALSE()' : 'TRUE()' };
    }
    for (const call of callsOf(ctx, calculates)) {
      const conditions = call.name.toUpperCase().startsWith('CALC') || call.name.toUpperCase() === 'FILTER' ? call.args.slice(1) : call.args;
      yield* opposites(...conditions.filter((it) => it.kind !== 'omitted'));
    }

    function* opposites(...its: readonly Expression[]): Iterable<{ span: Expression['span']; newText: string }> {
      for (const it of its) {
        const isFlag = it.kind === 'column' && ctx.bound.columnOf(it) !== undefined;
        if (isFlag) yield { span: it.span, newText: `NOT (${textAt(ctx, it.span)})` };
      }
    }
  },
};
