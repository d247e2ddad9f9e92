/** Functions of visual calculations: they move along the axes of a visual. */
import { any, anyNumber, family, number, optional, word, wordOrValue } from './define.ts';

const fn = family('visual', { only: 'visual-calculation' });

const target = any('columnOrAxis');
const parts = [
  optional(wordOrValue('axis', 'ROWS', 'COLUMNS')), optional(any('orderBy')), optional(word('blanks', 'DEFAULT', 'FIRST', 'LAST')),
  optional(wordOrValue('reset', 'NONE', 'HIGHESTPARENT', 'LOWESTPARENT')),
];

export const visual = [
  fn('COLLAPSE', 'scalar', [any('expression'), ...anyNumber(target)], 'An expression at a higher level of the axes of a visual.'),
  fn('COLLAPSEALL', 'scalar', [any('expression'), optional(target)], 'An expression at the highest level of an axis.'),
  fn('EXPAND', 'scalar', [any('expression'), ...anyNumber(target)], 'An expression at a lower level of the axes of a visual.'),
  fn('EXPANDALL', 'scalar', [any('expression'), optional(target)], 'An expression at the lowest level of an axis.'),
  fn('FIRST', 'scalar', [any('column'), ...parts], 'Value at the first place of an axis.', { byForm: true }),
  fn('ISATLEVEL', 'boolean', [any('column')], 'Whether a column is present at the current level of a visual.'),
  fn('LAST', 'scalar', [any('column'), ...parts], 'Value at the last place of an axis.', { byForm: true }),
  fn('NEXT', 'scalar', [any('column'), optional(number('steps')), ...parts], 'Value at a later place of an axis.', { byForm: true }),
  fn('PREVIOUS', 'scalar', [any('column'), optional(number('steps')), ...parts], 'Value at an earlier place of an axis.', { byForm: true }),
];
