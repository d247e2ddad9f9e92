/** Functions over hierarchies that a table holds as pairs of a key and its parent's key. */
import { column, family, number, optional, text, value, wordOrValue } from './define.ts';

const fn = family('parent-child');

const itemType = optional(wordOrValue('type', 'TEXT', 'INTEGER'));

export const parentChild = [
  fn('PATH', 'string', [column('idColumn'), column('parentColumn')], 'The keys from the root of a hierarchy down to the current row, with | between them.'),
  fn('PATHCONTAINS', 'boolean', [text('path'), value('item')], 'Whether a path passes through a key.'),
  fn('PATHITEM', 'scalar', [text('path'), number('position'), itemType], 'The key at a place of a path, counted from the root.'),
  fn('PATHITEMREVERSE', 'scalar', [text('path'), number('position'), itemType], 'The key at a place of a path, counted from its end.'),
  fn('PATHLENGTH', 'int64', [text('path')], 'Number of keys in a path.'),
];
