/** The first and the last day for which there are rows. */
import { quoteTable } from '../../../grammar/src/index.ts';
import type { ColumnRef } from '../plan/plan.ts';
import { columnText, tableQuery } from '../workspace/queries.ts';
import type { ModelView, Workspace } from '../workspace/types.ts';
import { dayOf } from './days.ts';
import { factsAround } from './dimensions.ts';

/** Tables that refer to a calendar whose days are asked for. */
const mostFacts = 12;

/**
 * @param among tables whose rows count, where the column is a calendar's: it goes on without rows; left out, all that refer to it
 * @param where DAX filter arguments
 * @returns undefined where no row has a day
 */
export async function dayBounds(
  workspace: Workspace, view: ModelView, ref: ColumnRef, among?: readonly string[], where: readonly string[] = [],
): Promise<{ readonly first: string; readonly last: string } | undefined> {
  const text = columnText(ref);
  const facts = (among ?? factsAround(view.model, ref.table).map((it) => it.name)).slice(0, mostFacts);
  const tables = facts.length === 0 ? [undefined] : facts;
  const parts = tables.flatMap((it, i) => ['MIN', 'MAX'].map((fn) =>
    `"${fn}${String(i)}", ${it === undefined ? `${fn}(${text})` : `CALCULATE(${fn}(${text}), ${quoteTable(it)})`}`));
  const [result] = await workspace.evaluate(view, [{ query: tableQuery(`ROW(${parts.join(', ')})`, where) }]);
  if (result?.kind !== 'table') return undefined;
  const found = result.columns.flatMap((it) => (typeof it.cells[0] === 'number' ? [it.cells[0]] : []));
  return found.length === 0 ? undefined : { first: dayOf(Math.min(...found)), last: dayOf(Math.max(...found)) };
}
