/** The column by which a hover breaks a value down: that of a dimension with the fewest values above one, the nearest of several. */
import { nameKey, type ColumnName, type Model, type Table } from '../../model/model.ts';
import type { ColumnRef } from '../../plan/plan.ts';
import type { TableFacts } from '../../plan/database.ts';
import { dimensionsOf, isSmallBeside } from '../dimensions.ts';

/** A column with more values makes no table that anyone reads. */
const mostValues = 200;

/**
 * @param tables the tables that the metric reads
 * @param wanted `Table[Column]` of the settings, or empty; a column that the model does not have is passed over
 * @returns undefined when the metric reads no table with a fitting dimension
 */
export function breakdownColumn(
  model: Model, facts: readonly TableFacts[], tables: readonly Table[], wanted: string,
): ColumnRef | undefined {
  return namedColumn(model, facts, wanted) ?? smallestDimension(model, facts, tables);
}

function namedColumn(model: Model, facts: readonly TableFacts[], wanted: string): ColumnRef | undefined {
  const open = wanted.lastIndexOf('[');
  if (open <= 0 || !wanted.endsWith(']')) return undefined;
  const table = wanted.slice(0, open).trim().replace(/^'(.*)'$/, '$1').replaceAll("''", "'");
  const column = wanted.slice(open + 1, -1).replaceAll(']]', ']');
  const found = model.tables.get(nameKey(table));
  const known = factsOf(facts, table)?.columns.find((it) => nameKey(it.name) === nameKey(column));
  return found === undefined || known === undefined ? undefined : { table: found.name, column: known.name };
}

function smallestDimension(model: Model, facts: readonly TableFacts[], tables: readonly Table[]): ColumnRef | undefined {
  const keys = new Set(model.relationships.flatMap((it) => [keyOf(it.from), keyOf(it.to)]));
  const rowsOf = (it: Table): number => factsOf(facts, it.name)?.rowCount ?? 0;
  const rowsRead = Math.max(0, ...tables.map(rowsOf));
  let best: { readonly column: ColumnRef; readonly values: number; readonly isSmall: boolean } | undefined;
  for (const dimension of dimensionsOf(model, tables)) {
    if (dimension.hidden) continue;
    const isSmall = isSmallBeside(rowsOf(dimension), rowsRead);
    for (const it of factsOf(facts, dimension.name)?.columns ?? []) {
      const declared = dimension.columns.get(nameKey(it.name));
      const named = { table: dimension.name, column: it.name };
      if (it.type !== 'string' || declared?.hidden === true || declared?.key === true || keys.has(keyOf(named))) continue;
      const values = it.distinct;
      if (values === undefined || values <= 1 || values > mostValues) continue;
      const isBetter = best === undefined || (isSmall === best.isSmall ? values < best.values : isSmall);
      if (isBetter) best = { column: named, values, isSmall };
    }
  }
  return best?.column;
}

const factsOf = (facts: readonly TableFacts[], table: string): TableFacts | undefined =>
  facts.find((it) => nameKey(it.table) === nameKey(table));

const keyOf = (it: ColumnName): string => `${nameKey(it.table)}\u0000${nameKey(it.column)}`;
