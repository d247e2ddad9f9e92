/** Ways along relationships from the many side to the one side: what RELATED and expanded tables reach. */
import { nameKey, type Model, type Relationship } from '../model/model.ts';

/** Whether each row of `from` leads to one row of `to` at most, over active relationships. */
export function reaches(model: Model, from: string, to: string): boolean {
  const wanted = nameKey(to);
  const seen = new Set([nameKey(from)]);
  const queue = [nameKey(from)];
  for (let i = 0; i < queue.length; i++) {
    const it = queue[i] ?? '';
    if (it === wanted) return true;
    for (const next of stepsFrom(model, it)) {
      if (seen.has(next)) continue;
      seen.add(next);
      queue.push(next);
    }
  }
  return false;
}

function stepsFrom(model: Model, table: string): readonly string[] {
  return model.relationships.flatMap((it) => (it.active ? step(it, table) : []));
}

function step(it: Relationship, table: string): readonly string[] {
  const from = nameKey(it.from.table);
  const to = nameKey(it.to.table);
  if (from === table && (it.cardinality === 'many-to-one' || it.cardinality === 'one-to-one')) return [to];
  if (to === table && (it.cardinality === 'one-to-many' || it.cardinality === 'one-to-one')) return [from];
  return [];
}
