/** The names that columns have in tables of values: `Dim Agent[Name]`, `[Total]`. The table's name stands in them as it is. */
import { quoteColumn } from '../../../grammar/src/index.ts';
import type { ColumnRef } from '../plan/plan.ts';

export const nameInRows = ({ table, column }: ColumnRef): string => `${table}${quoteColumn(column)}`;

/** @returns undefined for what is no such name; the table is empty where a column belongs to none */
export function columnOfName(name: string): ColumnRef | undefined {
  if (!name.endsWith(']')) return undefined;
  let open = -1;
  for (let i = name.length - 2; i >= 0; i--) {
    if (name[i] === '[') open = i;
    if (name[i] !== ']') continue;
    // In a column's name a bracket is written twice: a lone one is of the table's.
    if (name[i - 1] !== ']') break;
    i--;
  }
  return open < 0 ? undefined : { table: name.slice(0, open), column: name.slice(open + 1, -1).replaceAll(']]', ']') };
}
