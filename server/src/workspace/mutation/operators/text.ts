/** A text that a column is compared with becomes another one. Codes of a choice have an operator of their own. */
import type { Expression } from '../../../../../grammar/src/tree.ts';
import type { Change, Operator } from '../operator.ts';

const comparisons: ReadonlySet<string> = new Set(['=', '==', '<>', 'IN']);

export const text: Operator = {
  id: 'text',
  docs: 'a text that something is compared with to another text',
  *changes({ expressions, bound }) {
    const codes = new Set(bound.codes.map((it) => it.span.start));
    function* changed(it: Expression): Iterable<Change> {
      if (it.kind === 'constructor') for (const row of it.rows) if (row.kind !== 'omitted') yield* changed(row);
      if (it.kind === 'string' && !codes.has(it.span.start)) yield { span: it.span, newText: `"${it.value.replaceAll('"', '""')}~"` };
    }
    for (const it of expressions) {
      if (it.kind === 'binary' && comparisons.has(it.operator)) for (const side of [it.left, it.right]) yield* changed(side);
    }
  },
};
