/** Functions that follow relationships or change which ones apply. */
import { column, family, table, word } from './define.ts';

const fn = family('relationship', { inVisualCalculations: 'error' });

export const relationship = [
  fn('CROSSFILTER', 'modifier', [column('left'), column('right'), word('direction', 'NONE', 'ONEWAY', 'ONEWAY_LEFTFILTERSRIGHT', 'ONEWAY_RIGHTFILTERSLEFT', 'BOTH')], 'Says how filters pass along a relationship while CALCULATE evaluates.'),
  fn('RELATED', 'argument', [column()], 'Value of a column on the one side of a relationship, for the current row on the many side.'),
  fn('RELATEDTABLE', 'table', [table()], 'Rows of another table that belong to the current row.', { contextTransition: true }),
  fn('USERELATIONSHIP', 'modifier', [column('from'), column('to')], 'Makes CALCULATE use a relationship that is not active.'),
];
