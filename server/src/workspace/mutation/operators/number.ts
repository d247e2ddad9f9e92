/** A number is one more, and one less. Codes are no numbers here. */
import type { Operator } from '../operator.ts';

export const number: Operator = {
  id: 'number',
  docs: 'a number to one more and to one less',
  *changes({ expressions, bound }) {
    const codes = new Set(bound.codes.map((it) => it.span.start));
    for (const it of expressions) {
      if (it.kind !== 'number' || codes.has(it.span.start)) continue;
      const digits = /\.(\d+)/.exec(it.text)?.[1]?.length ?? 0;
      for (const step of [1, -1]) {
        const changed = (it.value + step).toFixed(Math.min(digits, 15));
        // Two minus signs in a row would begin a comment.
        if (Number.isFinite(it.value)) yield { span: it.span, newText: changed.startsWith('-') ? `(${changed})` : changed };
      }
    }
  },
};
