/** Functions that Power BI writes into its own queries; they have pages, but nobody is meant to type them. */
import { anyNumber, any, column, columnName, each, family, number, optional, per, repeated, sortOrder, table, value } from './define.ts';

const fn = family('other');

const groups = [...anyNumber(column('groupByColumn')), ...anyNumber(table('filterTable'))];

/** How the lines of a chart with several series are chosen and thinned out. */
const seriesParts = [
  ...anyNumber(any('dynamicSeries')), optional(any('seriesCriterion')), optional(sortOrder('seriesOrder')), optional(number('maxResolution')),
  optional(number('maxSeries')), optional(number('maxIterations')),
];

export const internal = [
  fn('ALLSELECTEDAPPLY', 'modifier', [table()], 'Marks a filter of a query as one that ALLSELECTED restores; Power BI writes it itself.', { inVisualCalculations: 'error' }),
  fn('ALLSELECTEDREMOVE', 'modifier', [table(), ...anyNumber(column())], 'Marks a filter of a query as one that ALLSELECTED removes; Power BI writes it itself.', { inVisualCalculations: 'error' }),
  fn('ALWAYSAPPLY', 'modifier', [table()], 'Marks a filter of a query as one that always applies; Power BI writes it itself.', { inVisualCalculations: 'error' }),
  fn('DEPENDON', 'modifier', [table(), ...anyNumber(column())], 'Says which columns a filter of a query depends on; Power BI writes it itself.', { inVisualCalculations: 'error' }),
  fn('FILTERCLUSTER', 'table', [...repeated(any('groupByColumn')), ...anyNumber(table('filterTable')), ...anyNumber(any('separator')), ...anyNumber(table('tableScan'))], 'Groups filters of a query that belong together; Power BI writes it itself.', { byForm: true, inVisualCalculations: 'error' }),
  fn('GROUPCROSSAPPLY', 'table', [...groups, ...anyNumber(columnName(), value('expression'))], 'Groups and evaluates expressions under filter tables; Power BI writes it itself.', { byForm: true, inVisualCalculations: 'error' }),
  fn('GROUPCROSSAPPLYTABLE', 'table', [...groups, optional(any('separator')), optional(table('tableExpression'))], 'Groups and evaluates a table expression under filter tables; Power BI writes it itself.', { byForm: true, inVisualCalculations: 'error' }),
  fn('NONFILTER', 'modifier', [table()], 'Keeps a table of a query from acting as a filter; Power BI writes it itself.', { inVisualCalculations: 'error' }),
  fn('SAMPLEAXISWITHLOCALMINMAX', 'table', [number('size'), table(), each('axis'), ...repeated(any('measure')), number('minResolution'), ...seriesParts], 'Rows of a table that keep the peaks of a line chart; Power BI writes it itself.', { byForm: true }),
  fn('SHADOWCLUSTER', 'modifier', [table()], 'Marks filters of a query that shadow others; Power BI writes it itself.', { inVisualCalculations: 'error' }),
  fn('TOPNSKIP', 'table', [number('count'), number('skip'), table(), ...anyNumber(each('orderBy'), per('table', sortOrder()))], 'Rows of a table after a number of skipped ones.'),
];
