/** Functions that make, search and change text. */
import { condition, each, family, number, optional, per, repeated, anyNumber, sortOrder, table, text, value } from './define.ts';

const fn = family('text');

export const textFunctions = [
  fn('COMBINEVALUES', 'string', [text('delimiter'), value('expression'), ...repeated(value('expression'))], 'Joins values into one text, in a form that DirectQuery can use as a key.'),
  fn('CONCATENATE', 'string', [text('left'), text('right')], 'Joins two texts; & joins more.'),
  fn('CONCATENATEX', 'string', [table(), each(), optional(text('delimiter')), ...anyNumber(each('orderBy'), per('table', optional(sortOrder())))], 'Joins the results of an expression over the rows of a table.'),
  fn('EXACT', 'boolean', [text('left'), text('right')], 'Whether two texts are the same to the letter, capitals included.'),
  fn('FIND', 'int64', [text('findText'), text('withinText'), optional(number('start')), optional(value('notFound'))], 'Place of a text within another one; capitals matter.'),
  fn('FIXED', 'string', [number(), optional(number('decimals')), optional(condition('noCommas'))], 'A number as text, rounded to a number of decimals.'),
  fn('FORMAT', 'string', [value('value'), text('format'), optional(text('locale'))], 'A value as text, in the form that a format string describes.'),
  fn('LEFT', 'string', [text(), optional(number('length'))], 'First characters of a text.'),
  fn('LEN', 'int64', [text()], 'Number of characters of a text.'),
  fn('LOWER', 'string', [text()], 'A text in small letters.'),
  fn('MID', 'string', [text(), number('start'), number('length')], 'Characters of a text from a place on.'),
  fn('REPLACE', 'string', [text(), number('start'), number('length'), text('newText')], 'Puts a text in the place of characters that are given by position.'),
  fn('REPT', 'string', [text(), number('times')], 'A text a number of times over.'),
  fn('RIGHT', 'string', [text(), optional(number('length'))], 'Last characters of a text.'),
  fn('SEARCH', 'int64', [text('findText'), text('withinText'), optional(number('start')), optional(value('notFound'))], 'Place of a text within another one; capitals do not matter and ? and * are wildcards.'),
  fn('SUBSTITUTE', 'string', [text(), text('oldText'), text('newText'), optional(number('instance'))], 'Replaces a text within another one, everywhere or at one occurrence.'),
  fn('TRIM', 'string', [text()], 'A text without blanks at its ends and with single blanks between words.'),
  fn('UNICHAR', 'string', [number()], 'The character with a Unicode number.'),
  fn('UNICODE', 'int64', [text()], 'Unicode number of the first character of a text.'),
  fn('UPPER', 'string', [text()], 'A text in capital letters.'),
  fn('VALUE', 'scalar', [text()], 'Reads a number that is written as text.'),
];
