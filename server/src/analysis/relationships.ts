/** Ways along relationships from the many side to the one side: what RELATED and expanded tables reach. */
import { nameKey, type Model, type Relationship } from '../model/model.ts';

/** Whether each row of `from` leads to one row of `to` at most, over active relationships. */
export const reaches = (model: Model, from: string, to: string): boolean => leads(from, to, (table) => stepsFrom(model, table));

/** Whether a relationship of any kind, in use or not, leads from rows of `from` to those of `to`, over other tables too. */
export const mayReach = (model: Model, from: string, to: string): boolean =>
  leads(from, to, (table) => model.relationships.flatMap((it) => (it.cardinality === 'many-to-many' ? either(it, table) : step(it, table))));

function leads(from: string, to: string, next: (table: string) => readonly string[]): boolean {
  const wanted = nameKey(to);
  const seen = new Set([nameKey(from)]);
  const queue = [nameKey(from)];
  for (let i = 0; i < queue.length; i++) {
    const it = queue[i] ?? '';
    if (it === wanted) return true;
    for (const table of next(it)) {
      if (seen.has(table)) continue;
      seen.add(table);
      queue.push(table);
    }
  }
  return false;
}

function stepsFrom(model: Model, table: string): readonly string[] {
  return model.relationships.flatMap((it) => (it.active ? step(it, table) : []));
}

function either(it: Relationship, table: string): readonly string[] {
  const [from, to] = [nameKey(it.from.table), nameKey(it.to.table)];
  return from === table ? [to] : to === table ? [from] : [];
}

function step(it: Relationship, table: string): readonly string[] {
  const from = nameKey(it.from.table);
  const to = nameKey(it.to.table);
  if (from === table && (it.cardinality === 'many-to-one' || it.cardinality === 'one-to-one')) return [to];
  if (to === table && (it.cardinality === 'one-to-many' || it.cardinality === 'one-to-one')) return [from];
  return [];
}
