/** A code of a choice becomes another code of that choice. */
import type { Operator } from '../operator.ts';

export const code: Operator = {
  id: 'code',
  docs: 'a code to another code of its choice',
  *changes({ bound }) {
    for (const { span, choice, code: own, column, literal } of bound.codes) {
      const codes = [...choice.options].filter(([, it]) => !it.deprecated).map(([it]) => it);
      const used = new Set(bound.codes.filter((it) => it.column === column).map((it) => it.code));
      // The next code that the definition does not name: one that stands beside this one might change nothing.
      const from = codes.indexOf(own) + 1;
      const others = [...codes.slice(from), ...codes.slice(0, from)].filter((it) => it !== own);
      const other = others.find((it) => !used.has(it)) ?? others[0];
      if (other === undefined) continue;
      if (literal.kind === 'number') yield { span, newText: other };
      else yield { span, newText: `"${literal.value.includes(own) ? literal.value.replace(own, other) : other}"` };
    }
  },
};
