/** A column becomes another of the same type in its table. */
import { quoteColumn } from '../../../../../grammar/src/index.ts';
import type { Operator } from '../operator.ts';

export const column: Operator = {
  id: 'column',
  docs: 'a column to another of the same type in its table',
  *changes({ bound, factsOf }) {
    for (const { span, target, isDefinition } of bound.references) {
      if (target.kind !== 'column' || isDefinition === true) continue;
      const { type } = factsOf(target.table, target.column);
      if (type === undefined) continue;
      const all = [...target.table.columns.values()];
      const from = all.indexOf(target.column) + 1;
      const other = [...all.slice(from), ...all.slice(0, from)].find((it) => it !== target.column && factsOf(target.table, it).type === type);
      if (other !== undefined) yield { span, newText: quoteColumn(other.name) };
    }
  },
};
