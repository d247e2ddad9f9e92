/** The columns that a metric may be broken down by, those that suit best first. */
import { nameKey } from '../../model/model.ts';
import type { Workspace } from '../../workspace/types.ts';
import { lineageOf } from '../lineage.ts';
import type { ResultChoice, ResultSubject } from './records.ts';
import { findSubject } from './subject.ts';

export async function choicesFor(workspace: Workspace, subject: ResultSubject): Promise<readonly ResultChoice[]> {
  const found = await findSubject(workspace, subject);
  if (found?.kind !== 'metric') return [];
  const { model: view, reading, symbol } = found;
  const { tables } = await lineageOf(workspace, reading, symbol);
  const near = new Set(tables.map((it) => nameKey(it.name)));
  for (const table of near) {
    for (const { active, from, to, cardinality } of view.model.relationships) {
      if (!active) continue;
      if (cardinality !== 'one-to-many' && nameKey(from.table) === table) near.add(nameKey(to.table));
      if (cardinality !== 'many-to-one' && nameKey(to.table) === table) near.add(nameKey(from.table));
    }
  }
  const own = new Set(tables.map((it) => nameKey(it.name)));
  const facts = await workspace.facts(view);
  const choices = facts.flatMap(({ table: name, columns }) => {
    const table = view.model.tables.get(nameKey(name));
    if (table === undefined) return [];
    return columns.flatMap((it): readonly ResultChoice[] => {
      const column = table.columns.get(nameKey(it.name));
      if (column === undefined) return [];
      return [{ table: table.name, column: column.name, type: it.type, distinct: it.distinct ?? null, isNear: near.has(nameKey(name)), hidden: table.hidden || column.hidden }];
    });
  });
  const rank = (it: ResultChoice): number => (it.hidden ? 4 : it.isNear ? (own.has(nameKey(it.table)) ? 1 : 0) : 2);
  return choices.map((it, i) => ({ it, i })).sort((a, b) => rank(a.it) - rank(b.it) || a.i - b.i).map(({ it }) => it);
}
