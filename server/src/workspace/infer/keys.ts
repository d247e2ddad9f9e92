/** The key of each table, and what speaks for it. */
import { isUnique, type ProbedColumn, type ProbedTable } from './probe.ts';
import { keyScore } from './names.ts';

/** A column that tells the rows apart and is called so; undefined where none is both. */
export function keyOf(table: ProbedTable): ProbedColumn | undefined {
  let best: { readonly column: ProbedColumn; readonly score: number } | undefined;
  for (const column of table.columns) {
    if (!canBeKey(table, column)) continue;
    const score = keyScore(table.name, column.name);
    if (score > 0 && score > (best?.score ?? 0)) best = { column, score };
  }
  return best?.column;
}

/** Whether a column may be the one side of a relationship. */
export const canBeKey = (table: ProbedTable, it: ProbedColumn): boolean => isUnique(table, it) && (it.type === 'string' || it.type === 'int64');
