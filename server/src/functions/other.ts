/** Functions that belong to no other family. */
import { condition, family, number, optional, table, text, value, word } from './define.ts';

const fn = family('other');

export const other = [
  fn('BLANK', 'scalar', [], 'The value BLANK.'),
  fn('ERROR', 'scalar', [text()], 'Raises an error with a text of your own.'),
  fn('EVALUATEANDLOG', 'any', [{ ...value('value'), kind: 'any' }, optional(text('label')), optional(number('maxRows'))], 'Gives its first argument unchanged and writes it to the log of the engine.'),
  fn('EXTERNALMEASURE', 'variant', [text('measureName'), word('dataType', 'INTEGER', 'DOUBLE', 'STRING', 'BOOLEAN', 'CURRENCY', 'DATETIME', 'INT64', 'DECIMAL', 'TEXT', 'LOGICAL', 'VARIANT'), text('connection')], 'A measure of a remote model.', { inVisualCalculations: 'error' }),
  fn('TOCSV', 'string', [table(), optional(number('maxRows')), optional(text('delimiter')), optional(condition('includeHeaders'))], 'A table as CSV text.'),
  fn('TOJSON', 'string', [table(), optional(number('maxRows'))], 'A table as JSON text.'),
];
