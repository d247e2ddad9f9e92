/** Functions that read or change the filter context, and window functions. */
import {
  any, anyNumber, column, each, family, filter, number, optional, per, repeated, sortOrder, table, tableOrColumn, value, word, wordOrValue,
} from './define.ts';

const fn = family('filter');

/** What window functions share, in any combination: told apart by form. */
const windowParts = [
  optional(table('relation')), optional(any('orderBy')), optional(word('blanks', 'DEFAULT', 'FIRST', 'LAST')),
  optional(any('partitionBy')), optional(any('matchBy')),
  optional(wordOrValue('reset', 'NONE', 'HIGHESTPARENT', 'LOWESTPARENT')),
];
const axis = optional(wordOrValue('axis', 'ROWS', 'COLUMNS'));
const visualParts = [
  axis, optional(any('orderBy')), optional(word('blanks', 'DEFAULT', 'FIRST', 'LAST')),
  optional(wordOrValue('reset', 'NONE', 'HIGHESTPARENT', 'LOWESTPARENT')),
];

export const filterContext = [
  fn('ALL', 'table', anyNumber(tableOrColumn()), 'All rows of a table, or all values of columns, whatever filters are set; inside CALCULATE it removes those filters.'),
  fn('ALLCROSSFILTERED', 'modifier', [table()], 'Removes all filters that reach a table, also those that come through relationships.'),
  fn('ALLEXCEPT', 'table', [table(), ...repeated(tableOrColumn('column'))], 'Removes all filters from a table but those on the columns that are named.', { inVisualCalculations: 'error' }),
  fn('ALLNOBLANKROW', 'table', repeated(tableOrColumn()), 'As ALL, without the blank row that rows with no match in a relationship point to.'),
  fn('ALLSELECTED', 'table', anyNumber(tableOrColumn()), 'Rows or values that the filters from outside the visual leave, filters of the visual itself removed.'),
  fn('CALCULATE', 'scalar', [value('expression'), ...anyNumber(filter())], 'Evaluates an expression in a filter context that the filter arguments change.', { contextTransition: true }),
  fn('CALCULATETABLE', 'table', [table('expression'), ...anyNumber(filter())], 'Evaluates a table expression in a filter context that the filter arguments change.', { contextTransition: true }),
  fn('EARLIER', 'argument', [column(), optional(number('depth'))], 'Value of a column in an outer row context.', { inVisualCalculations: 'error' }),
  fn('EARLIEST', 'argument', [column()], 'Value of a column in the outermost row context.', { inVisualCalculations: 'error' }),
  fn('FILTER', 'table', [table(), per('table', { ...value('condition'), type: 'boolean' })], 'Rows of a table for which a condition is true.'),
  fn('FIRSTNONBLANK', 'table', [tableOrColumn('column'), each('expression', 'column')], 'First value of a column, in its sort order, for which an expression is not blank.', { inVisualCalculations: 'discouraged' }),
  fn('FIRSTNONBLANKVALUE', 'scalar', [tableOrColumn('column'), each('expression', 'column')], 'First result that is not blank of an expression over the sorted values of a column.', { inVisualCalculations: 'discouraged' }),
  fn('INDEX', 'table', [number('position'), ...windowParts], 'The row at an absolute position of a sorted partition.', { byForm: true }),
  fn('KEEPFILTERS', 'modifier', [filter('expression')], 'Makes a filter argument of CALCULATE narrow the filters that are set instead of replacing them.'),
  fn('LASTNONBLANK', 'table', [tableOrColumn('column'), each('expression', 'column')], 'Last value of a column, in its sort order, for which an expression is not blank.', { inVisualCalculations: 'discouraged' }),
  fn('LASTNONBLANKVALUE', 'scalar', [tableOrColumn('column'), each('expression', 'column')], 'Last result that is not blank of an expression over the sorted values of a column.', { inVisualCalculations: 'discouraged' }),
  fn('LOOKUP', 'scalar', [any('expression'), ...anyNumber(any('column'), value('value'))], 'Value of an expression of a visual where columns have the values that are given.', { only: 'visual-calculation' }),
  fn('LOOKUPVALUE', 'scalar', [column('resultColumn'), ...repeated(column('searchColumn'), value('searchValue'))], 'Value of a column in the row in which other columns have given values; an error when rows differ, blank or the alternate when there is none.', { last: optional(value('alternate')), inVisualCalculations: 'error' }),
  fn('LOOKUPWITHTOTALS', 'scalar', [any('expression'), ...anyNumber(any('column'), value('value'))], 'As LOOKUP, in which columns that are not named stand at their total.', { only: 'visual-calculation' }),
  fn('MATCHBY', 'modifier', anyNumber(column()), 'Says by which columns a window function finds the current row.'),
  fn('MOVINGAVERAGE', 'scalar', [any('column'), number('windowSize'), optional({ ...value('includeCurrent'), type: 'boolean' }), ...visualParts], 'Mean over a window of rows along an axis of a visual.', { byForm: true, only: 'visual-calculation' }),
  fn('OFFSET', 'table', [number('delta'), ...windowParts], 'The row that lies a number of rows before or after the current one in a sorted partition.', { byForm: true }),
  fn('ORDERBY', 'modifier', anyNumber(any('expression'), optional(sortOrder())), 'Says by what a window function sorts each partition.', { byForm: true }),
  fn('PARTITIONBY', 'modifier', anyNumber(column()), 'Says by which columns a window function splits its rows.'),
  fn('RANGE', 'table', [number('step'), optional({ ...value('includeCurrent'), type: 'boolean' }), ...visualParts], 'A run of rows along an axis of a visual, counted from the current one.', { byForm: true, only: 'visual-calculation' }),
  fn('RANK', 'int64', [optional(word('ties', 'SKIP', 'DENSE')), ...windowParts], 'Rank of the current row in its sorted partition.', { byForm: true }),
  fn('REMOVEFILTERS', 'modifier', anyNumber(tableOrColumn()), 'Removes filters from tables or columns; without an argument, all of them.'),
  fn('ROWNUMBER', 'int64', windowParts, 'Number of the current row in its sorted partition.', { byForm: true }),
  fn('RUNNINGSUM', 'scalar', [any('column'), ...visualParts], 'Sum up to the current place along an axis of a visual.', { byForm: true, only: 'visual-calculation' }),
  fn('SELECTEDVALUE', 'scalar', [column(), optional(value('alternate'))], 'The value of a column when the filters leave just one, else blank or the alternate.'),
  fn('WINDOW', 'table', [
    number('from'), optional(word('fromType', 'ABS', 'REL')), number('to'), optional(word('toType', 'ABS', 'REL')), ...windowParts,
  ], 'The rows between two positions of a sorted partition, absolute or counted from the current row.', { byForm: true }),
];
