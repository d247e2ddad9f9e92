/** CALCULATE without filters where there is no row to turn into one. */
import type { Call, Expression } from '../../../../grammar/src/tree.ts';
import type { SegmentContext } from '../context.ts';
import { defineRule } from '../rule.ts';
import { argumentAt, parentOf, textOf, visitCalls } from '../tree.ts';

export const redundantCalculate = defineRule({
  id: 'redundant-calculate',
  category: 'style',
  severity: 'information',
  help: 'Without filter arguments CALCULATE only turns current rows into filters. In a metric, outside of every iterator, there is no current row, so it does nothing.',
  bad: 'M = CALCULATE(COUNTROWS(FactSession))',
  good: 'M = COUNTROWS(FactSession)',
  messages: { default: (p: { name: string }) => `${p.name} without filters does nothing here: there is no current row. Write its argument alone.` },
  segment(ctx, report) {
    if (!ctx.isSound || ctx.segment.item.kind !== 'measure') return;
    visitCalls(ctx, new Set(['CALCULATE', 'CALCULATETABLE']), (call) => {
      const only = argumentAt(call, 0);
      if (call.args.length !== 1 || only === undefined || mayHaveRow(ctx, call)) return;
      report('default', { name: call.name.toUpperCase() }, call.span, {
        fixes: [{ title: 'Leave out CALCULATE', preferred: only.kind === 'call', edits: [{ span: call.span, newText: only.kind === 'call' || only.kind === 'column' ? textOf(ctx, only) : `(${textOf(ctx, only)})` }] }],
      });
    });
  },
});

/** Functions that open no row context for their arguments. */
const plain = new Set([
  'CALCULATE', 'CALCULATETABLE', 'DIVIDE', 'IF', 'IF.EAGER', 'SWITCH', 'COALESCE', 'ISBLANK', 'NOT', 'AND', 'OR', 'IFERROR', 'ISERROR', 'ROUND',
  'ROUNDUP', 'ROUNDDOWN', 'ABS', 'INT', 'FORMAT', 'MAX', 'MIN', 'CONCATENATE',
]);

/** Whether something around a call may have opened a row context. */
function mayHaveRow(ctx: SegmentContext, call: Call): boolean {
  for (let it: Expression | undefined = parentOf(ctx, call); it !== undefined; it = parentOf(ctx, it)) {
    if (it.kind === 'call' && !plain.has(it.name.toUpperCase())) return true;
  }
  return false;
}
