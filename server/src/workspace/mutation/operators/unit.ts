/** A unit of time becomes the next one. */
import type { Operator } from '../operator.ts';

const others: ReadonlyMap<string, string> = new Map([
  ['SECOND', 'MINUTE'], ['MINUTE', 'HOUR'], ['HOUR', 'DAY'], ['DAY', 'MONTH'], ['WEEK', 'DAY'], ['MONTH', 'QUARTER'], ['QUARTER', 'YEAR'], ['YEAR', 'MONTH'],
]);

export const unit: Operator = {
  id: 'unit',
  docs: 'a unit of time to the next one',
  *changes({ bound }) {
    for (const { span, target } of bound.references) {
      const other = target.kind === 'word' ? others.get(target.word.toUpperCase()) : undefined;
      if (other !== undefined) yield { span, newText: other };
    }
  },
};
