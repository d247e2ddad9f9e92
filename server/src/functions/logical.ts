/** Conditions and choices between values, and operations on bits. */
import { condition, family, number, optional, repeated, value } from './define.ts';

const fn = family('logical');

export const logical = [
  fn('AND', 'boolean', [condition('left'), condition('right')], 'TRUE when both conditions are; && takes more than two.'),
  fn('BITAND', 'int64', [number('left'), number('right')], 'Bits that are set in both numbers.'),
  fn('BITLSHIFT', 'int64', [number(), number('shift')], 'The bits of a number moved to the left.'),
  fn('BITOR', 'int64', [number('left'), number('right')], 'Bits that are set in either number.'),
  fn('BITRSHIFT', 'int64', [number(), number('shift')], 'The bits of a number moved to the right.'),
  fn('BITXOR', 'int64', [number('left'), number('right')], 'Bits that are set in just one of the numbers.'),
  fn('COALESCE', 'scalar', [value('expression'), ...repeated(value('expression'))], 'The first of its arguments that is not blank.'),
  fn('FALSE', 'boolean', [], 'The value FALSE.'),
  fn('IF', 'scalar', [condition(), value('then'), optional(value('else'))], 'One value when a condition holds, another (or blank) when it does not.'),
  fn('IF.EAGER', 'scalar', [condition(), value('then'), optional(value('else'))], 'As IF, with both branches evaluated whatever the condition says.'),
  fn('IFERROR', 'scalar', [value('value'), value('valueIfError')], 'A value, or another one when evaluating it raises an error.'),
  fn('NOT', 'boolean', [condition()], 'TRUE for FALSE, and FALSE for TRUE.'),
  fn('OR', 'boolean', [condition('left'), condition('right')], 'TRUE when one of the conditions is at least; || takes more than two.'),
  fn('SWITCH', 'scalar', [value('expression'), ...repeated(value('value'), value('result'))], 'The result that stands behind the first value an expression equals, else the last argument or blank.', { last: optional(value('else')) }),
  fn('TRUE', 'boolean', [], 'The value TRUE.'),
];
