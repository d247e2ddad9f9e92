/** Functions that make tables from tables: columns, groups, joins, sets. */
import { any, anyNumber, column, columnName, each, family, filter, number, optional, per, repeated, sortOrder, table, tableOrColumn, value } from './define.ts';

const fn = family('table');

const groupBy = column('groupByColumn');
const rollupLevels = [optional(filter('grandTotalFilter')), ...repeated(any('groupByColumn'), columnName('isSubtotalColumn'), optional(filter('levelFilter')))];

export const tableManipulation = [
  fn('ADDCOLUMNS', 'table', [table(), ...repeated(columnName(), each())], 'A table with columns added, each computed for each row.'),
  fn('ADDMISSINGITEMS', 'table', [...anyNumber(column('showAllColumn')), table(), ...anyNumber(any('groupByColumn'), table('filterTable'))], 'Brings back the combinations of values that SUMMARIZECOLUMNS left out because they had no data.', { byForm: true, inVisualCalculations: 'error' }),
  fn('CROSSJOIN', 'table', [table(), ...repeated(table())], 'Every combination of the rows of several tables.'),
  fn('CURRENTGROUP', 'table', [], 'Inside GROUPBY, the rows of the current group.', { inVisualCalculations: 'discouraged' }),
  fn('DATATABLE', 'table', [...repeated(columnName(), { name: 'dataType', kind: 'word', optional: false, repeating: true, words: ['INTEGER', 'DOUBLE', 'STRING', 'BOOLEAN', 'CURRENCY', 'DATETIME'] }), any('rows')], 'A table of constants, with the type of each column declared.', { byForm: true }),
  fn('DETAILROWS', 'table', [optional(any('measure'))], 'The rows behind a measure, as its detail rows expression gives them.', { inVisualCalculations: 'error' }),
  fn('DISTINCT', 'table', [tableOrColumn()], 'The different values of a column, or the different rows of a table.'),
  fn('EXCEPT', 'table', [table('left'), table('right')], 'Rows of the first table that the second one does not have.'),
  fn('FILTERS', 'table', [column()], 'Values that filters set on the column itself let through.'),
  fn('GENERATE', 'table', [table('left'), per('left', table('right'))], 'Joins each row of a table with the rows of a table expression evaluated for it.'),
  fn('GENERATEALL', 'table', [table('left'), per('left', table('right'))], 'As GENERATE; rows for which the second table is empty are kept.'),
  fn('GENERATESERIES', 'table', [value('start'), value('end'), optional(value('step'))], 'A table with one column, Value, that counts from start to end.'),
  fn('GROUPBY', 'table', [table(), ...anyNumber(groupBy), ...anyNumber(columnName(), any('expression'))], 'Groups the rows of a table and aggregates each group with CURRENTGROUP().', { byForm: true, inVisualCalculations: 'discouraged' }),
  fn('IGNORE', 'modifier', [value('expression')], 'Keeps a measure of SUMMARIZECOLUMNS from deciding whether a group is empty.', { inVisualCalculations: 'error' }),
  fn('INTERSECT', 'table', [table('left'), table('right')], 'Rows of the first table that the second one has too.'),
  fn('NATURALINNERJOIN', 'table', [table('left'), table('right')], 'Joins two tables by the columns they have in common; rows without a match are dropped.'),
  fn('NATURALLEFTOUTERJOIN', 'table', [table('left'), table('right')], 'Joins two tables by the columns they have in common; all rows of the first are kept.'),
  fn('ROLLUP', 'modifier', repeated(any('groupByColumn')), 'Inside SUMMARIZE, adds subtotals over columns.', { inVisualCalculations: 'error' }),
  fn('ROLLUPADDISSUBTOTAL', 'modifier', rollupLevels, 'Inside SUMMARIZECOLUMNS, adds subtotals and columns that mark them.', { byForm: true, inVisualCalculations: 'error' }),
  fn('ROLLUPGROUP', 'modifier', repeated(any('groupByColumn')), 'Makes several columns one level of subtotals.', { inVisualCalculations: 'error' }),
  fn('ROLLUPISSUBTOTAL', 'modifier', rollupLevels, 'Inside ADDMISSINGITEMS, pairs columns with the columns that mark their subtotals.', { byForm: true, inVisualCalculations: 'error' }),
  fn('ROW', 'table', repeated(columnName(), value('expression')), 'A table of one row with the columns that are given.'),
  fn('SELECTCOLUMNS', 'table', [table(), ...repeated(optional(columnName()), each())], 'A table with only the columns that are given, each computed for each row.', { byForm: true }),
  fn('SUBSTITUTEWITHINDEX', 'table', [table(), columnName('indexColumnName'), table('indexColumnsTable'), ...anyNumber(each('orderBy', 'indexColumnsTable'), sortOrder())], 'Replaces the columns that two tables share by the number of the matching row in the second.', { inVisualCalculations: 'error' }),
  fn('SUMMARIZE', 'table', [table(), ...anyNumber(groupBy), ...anyNumber(columnName(), value('expression'))], 'Groups the rows of a table by columns; columns may be added for each group.', { byForm: true }),
  fn('SUMMARIZECOLUMNS', 'table', [...anyNumber(groupBy), ...anyNumber(table('filterTable')), ...anyNumber(columnName(), value('expression'))], 'Groups by columns and evaluates expressions for each group, under filter tables.', { byForm: true, inVisualCalculations: 'error' }),
  fn('TOPN', 'table', [number('count'), table(), ...anyNumber(each('orderBy'), per('table', sortOrder()))], 'The first rows of a table by an order; rows that tie with the last one are kept.'),
  fn('TREATAS', 'table', [table(), ...repeated(column())], 'Lets the columns of a table expression filter columns of the model that it has no relationship to.'),
  fn('UNION', 'table', [table(), ...repeated(table())], 'The rows of several tables below each other, duplicates kept.'),
  fn('VALUES', 'table', [tableOrColumn()], 'The different values of a column that the filters let through, or the rows of a table; the blank row of orphans is included.'),
];
