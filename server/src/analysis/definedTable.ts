/** Tables that text defines, with the columns that their expressions give. */
import type { Segment } from '../../../grammar/src/tree.ts';
import { nameKey, type Column } from '../model/model.ts';
import { queryNames } from './bind/bind.ts';
import { withDefinitions } from './bind/defined.ts';
import type { Scope } from './bound.ts';
import { completeNames } from './complete.ts';
import { findTable, type Names } from './scope.ts';

/**
 * The columns of a table that the segment's own query, its page or a file of the model defines, those that text adds to it
 * included; none where another table is meant.
 */
export function columnsOfDefinedTable(name: string, segment: Segment, scope: Scope): readonly Column[] {
  const { item } = segment;
  const outer = completeNames(scope);
  const names: Names = item.kind === 'query' ? queryNames({ segment }, item, outer) : outer;
  if (!names.queryTables.has(nameKey(name))) return [];
  return [...(findTable(withDefinitions(names), name)?.columns.values() ?? [])];
}
