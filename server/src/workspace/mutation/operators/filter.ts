/** A filter is left out: an argument of CALCULATE, the condition of FILTER, what KEEPFILTERS keeps, one entry of a list. */
import type { Call } from '../../../../../grammar/src/tree.ts';
import { callsOf, textAt, type Change, type MutateContext, type Operator } from '../operator.ts';

const calculates: ReadonlySet<string> = new Set(['CALCULATE', 'CALCULATETABLE']);
const filters: ReadonlySet<string> = new Set(['FILTER', 'KEEPFILTERS']);

export const filter: Operator = {
  id: 'filter',
  docs: 'a filter left out',
  *changes(ctx) {
    for (const call of callsOf(ctx, calculates)) yield* withoutArguments(call);
    for (const call of callsOf(ctx, filters)) {
      const [first] = call.args;
      if (first !== undefined && first.kind !== 'omitted') yield { span: call.span, newText: textAt(ctx, first.span) };
    }
    yield* withoutEntries(ctx);
  },
};

function* withoutArguments(call: Call): Iterable<Change> {
  for (let i = 1; i < call.args.length; i++) {
    const [comma, argument] = [call.commas[i - 1], call.args[i]];
    if (comma !== undefined && argument !== undefined && argument.kind !== 'omitted') yield { span: { start: comma.start, end: argument.span.end }, newText: '' };
  }
}

/** `x IN { a, b }` without one of them. */
function* withoutEntries(ctx: MutateContext): Iterable<Change> {
  for (const it of ctx.expressions) {
    if (it.kind !== 'binary' || it.operator !== 'IN' || it.right.kind !== 'constructor' || it.right.rows.length < 2) continue;
    const { rows } = it.right;
    for (let i = 0; i < rows.length; i++) {
      const [start, end] = i === 0 ? [rows[0]?.span.start, rows[1]?.span.start] : [rows[i - 1]?.span.end, rows[i]?.span.end];
      if (start !== undefined && end !== undefined) yield { span: { start, end }, newText: '' };
    }
  }
}
