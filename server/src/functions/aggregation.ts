/** Functions that fold a column or the rows of a table into one value. */
import { column, each, family, optional, table, value } from './define.ts';

const fn = family('aggregation');

const numbers = { ...column(), type: 'number' as const };

export const aggregation = [
  fn('APPROXIMATEDISTINCTCOUNT', 'int64', [column()], 'Estimates how many different values a column holds; only for DirectQuery sources that can.', { page: 'approximate-distinctcount-function-dax', inVisualCalculations: 'error' }),
  fn('AVERAGE', 'scalar', [numbers], 'Mean of the numbers in a column, blanks left out.'),
  fn('AVERAGEA', 'scalar', [column()], 'Mean of a column in which TRUE counts as 1 and text or FALSE as 0.'),
  fn('AVERAGEX', 'scalar', [table(), each()], 'Mean of an expression that is evaluated for each row of a table, blanks left out.'),
  fn('COUNT', 'int64', [column()], 'Number of rows in which the column is not blank.'),
  fn('COUNTA', 'int64', [column()], 'Number of rows in which the column, of any type, is not blank.'),
  fn('COUNTAX', 'int64', [table(), each()], 'Number of rows of a table for which an expression of any type is not blank.'),
  fn('COUNTBLANK', 'int64', [column()], 'Number of rows in which the column is blank or empty text.'),
  fn('COUNTROWS', 'int64', [optional(table())], 'Number of rows of a table; without an argument, of the table that is the home of the expression.'),
  fn('COUNTX', 'int64', [table(), each()], 'Number of rows of a table for which an expression is not blank.'),
  fn('DISTINCTCOUNT', 'int64', [column()], 'Number of different values of a column; blank counts as one of them.'),
  fn('DISTINCTCOUNTNOBLANK', 'int64', [column()], 'Number of different values of a column, blank left out.'),
  fn('MAX', 'argument', [column()], 'Largest value of a column, or the larger of two values.', { otherForm: [value('left'), value('right')] }),
  fn('MAXA', 'scalar', [column()], 'Largest value of a column in which TRUE counts as 1 and FALSE as 0.'),
  fn('MAXX', 'scalar', [table(), each(), optional(value('variants'))], 'Largest result of an expression over the rows of a table.'),
  fn('MIN', 'argument', [column()], 'Smallest value of a column, or the smaller of two values.', { otherForm: [value('left'), value('right')] }),
  fn('MINA', 'scalar', [column()], 'Smallest value of a column in which TRUE counts as 1 and FALSE as 0.'),
  fn('MINX', 'scalar', [table(), each(), optional(value('variants'))], 'Smallest result of an expression over the rows of a table.'),
  fn('PRODUCT', 'scalar', [numbers], 'Product of the numbers in a column, blanks left out.'),
  fn('PRODUCTX', 'scalar', [table(), each()], 'Product of an expression over the rows of a table.'),
  fn('SUM', 'argument', [numbers], 'Sum of the numbers in a column.'),
  fn('SUMX', 'scalar', [table(), each()], 'Sum of an expression that is evaluated for each row of a table.'),
];
