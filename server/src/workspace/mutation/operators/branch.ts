/** The two branches of a condition change places, and a branch without the other is always taken. */
import { callsOf, grouped, swapped, type Operator } from '../operator.ts';

const names: ReadonlySet<string> = new Set(['IF', 'IF.EAGER']);
const coalesce: ReadonlySet<string> = new Set(['COALESCE']);

export const branch: Operator = {
  id: 'branch',
  docs: 'the branches of IF swapped, or the only one always taken; the first value of COALESCE left out',
  *changes(ctx) {
    for (const call of callsOf(ctx, names)) {
      const [, then, otherwise] = call.args;
      if (then === undefined || then.kind === 'omitted') continue;
      if (otherwise !== undefined && otherwise.kind !== 'omitted') yield swapped(ctx, then.span, otherwise.span);
      else yield { span: call.span, newText: grouped(ctx, then) };
    }
    for (const call of callsOf(ctx, coalesce)) {
      const [first, second] = call.args;
      if (first === undefined || second === undefined) continue;
      if (call.args.length > 2) yield { span: { start: first.span.start, end: second.span.start }, newText: '' };
      else if (first.kind !== 'omitted' && second.kind !== 'omitted') for (const it of [first, second]) yield { span: call.span, newText: grouped(ctx, it) };
    }
  },
};
