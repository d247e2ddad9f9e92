/** The tables by which others are looked at: those at the one side of the relationships that lead away from them. */
import { nameKey, type Model, type Relationship, type Table } from '../model/model.ts';

/** Tables at the one side of active relationships that lead away from `tables`: the nearest first, then in order of the model. */
export function dimensionsOf(model: Model, tables: readonly Table[]): readonly Table[] {
  const distances = new Map<string, number>();
  let from: readonly string[] = tables.map((it) => nameKey(it.name));
  for (let distance = 1; from.length > 0; distance++) {
    const next: string[] = [];
    for (const it of model.relationships) {
      for (const table of from) {
        const to = oneSide(it, table);
        if (to === undefined || distances.has(to)) continue;
        distances.set(to, distance);
        next.push(to);
      }
    }
    from = next;
  }
  const distanceOf = (it: Table): number => distances.get(nameKey(it.name)) ?? Number.POSITIVE_INFINITY;
  return [...model.tables.values()].filter((it) => distances.has(nameKey(it.name))).sort((a, b) => distanceOf(a) - distanceOf(b));
}

/** Tables at the many side of active relationships that lead to a table. */
export function factsAround({ relationships, tables }: Model, dimension: string): readonly Table[] {
  const key = nameKey(dimension);
  const found = new Set(relationships.flatMap((it) => [it.from, it.to].map(({ table }) => nameKey(table)).filter((table) => oneSide(it, table) === key)));
  return [...found].flatMap((it) => tables.get(it) ?? []);
}

/** What is almost as large as the table that refers to it is rather another fact, as a session's conversation is. */
export const isSmallBeside = (rows: number, rowsRead: number): boolean => rows * 10 <= rowsRead;

function oneSide(it: Relationship, many: string): string | undefined {
  if (!it.active) return undefined;
  if (it.cardinality === 'many-to-one' && nameKey(it.from.table) === many) return nameKey(it.to.table);
  if (it.cardinality === 'one-to-many' && nameKey(it.to.table) === many) return nameKey(it.from.table);
  return undefined;
}
