/** The aggregates by which a metric adds rows up, with the rows that each goes through. */
import { quoteColumn, quoteTable } from '../../../../grammar/src/index.ts';
import { nameKey } from '../../model/model.ts';
import { columnsIn, namesOf } from '../../workspace/explain/rowFate.ts';
import { leavesOf, type Leaf } from '../../workspace/explain/steps.ts';
import type { FoundMetric } from './subject.ts';

export const aggregatesOf = ({ model, reading, symbol }: FoundMetric): readonly Leaf[] => leavesOf(symbol, namesOf(model, reading.measures));

/** Columns of the aggregate's table in the order in which they tell most: keys, what the steps look at, then the others. */
export function columnsFirst({ model: { model } }: FoundMetric, leaf: Leaf): { readonly keys: readonly string[]; readonly first: readonly string[] } {
  if (leaf.table.kind !== 'named') return { keys: [], first: [] };
  const table = model.tables.get(nameKey(leaf.table.name));
  const keys = [...(table?.columns.values() ?? [])].filter((it) => it.key).map((it) => it.name);
  const looked = leaf.steps.flatMap((it) => columnsIn(it.expression)).filter((it) => it.table !== undefined && nameKey(it.table.text) === nameKey(table?.name ?? ''));
  const named = looked.flatMap((it) => table?.columns.get(nameKey(it.column.text))?.name ?? []);
  return { keys, first: [...new Set([...keys, ...named])] };
}

/** `T[c]` with the names as they are. */
export const columnOf = (table: string, column: string): string => `${quoteTable(table)}${quoteColumn(column)}`;
