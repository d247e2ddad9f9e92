/** The column by which a hover breaks a value down: that of a dimension with the fewest values above one, the nearest of several. */
import { nameKey, type ColumnName, type Model, type Table } from '../../model/model.ts';
import type { ColumnRef } from '../../plan/plan.ts';
import type { ColumnFacts, TableFacts } from '../../plan/database.ts';
import type { ModelView, Workspace } from '../../workspace/types.ts';
import { dimensionsOf, isSmallBeside } from '../dimensions.ts';

/** A column with more values makes no table that anyone reads. */
const mostValues = 200;

/** The column for a metric that reads these tables; values that were left unread are read only where the others give none. */
export async function breakdownIn(workspace: Workspace, view: ModelView, tables: readonly Table[], wanted: string): Promise<ColumnRef | undefined> {
  const { model } = view;
  const dimensions = dimensionsOf(model, tables);
  const facts = await workspace.facts(view, [...[...tables, ...dimensions].map((it) => it.name), ...(parsed(wanted) ?? []).slice(0, 1)]);
  const found = breakdownColumn(model, facts, tables, wanted);
  if (found !== undefined) return found;
  const known = await Promise.all(facts.map(async (it): Promise<TableFacts> => {
    const table = dimensions.find((dimension) => nameKey(dimension.name) === nameKey(it.table));
    if (table === undefined) return it;
    const columns = it.columns.map(async (column) =>
      (column.distinct === undefined && isCandidate(model, table, column) ? await workspace.columnFacts(view, { table: it.table, column: column.name }) : undefined) ?? column);
    return { ...it, columns: await Promise.all(columns) };
  }));
  return breakdownColumn(model, known, tables, wanted);
}

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
  const [table, column] = parsed(wanted) ?? [];
  if (table === undefined || column === undefined) return undefined;
  const found = model.tables.get(nameKey(table));
  const known = factsOf(facts, table)?.columns.find((it) => nameKey(it.name) === nameKey(column));
  return found === undefined || known === undefined ? undefined : { table: found.name, column: known.name };
}

/** Table and column of `Table[Column]`. */
function parsed(wanted: string): readonly [table: string, column: string] | undefined {
  const open = wanted.lastIndexOf('[');
  if (open <= 0 || !wanted.endsWith(']')) return undefined;
  return [wanted.slice(0, open).trim().replace(/^'(.*)'$/, '$1').replaceAll("''", "'"), wanted.slice(open + 1, -1).replaceAll(']]', ']')];
}

function smallestDimension(model: Model, facts: readonly TableFacts[], tables: readonly Table[]): ColumnRef | undefined {
  const rowsOf = (it: Table): number => factsOf(facts, it.name)?.rowCount ?? 0;
  const rowsRead = Math.max(0, ...tables.map(rowsOf));
  let best: { readonly column: ColumnRef; readonly values: number; readonly isSmall: boolean } | undefined;
  for (const dimension of dimensionsOf(model, tables)) {
    const isSmall = isSmallBeside(rowsOf(dimension), rowsRead);
    for (const it of factsOf(facts, dimension.name)?.columns ?? []) {
      if (!isCandidate(model, dimension, it)) continue;
      const named = { table: dimension.name, column: it.name };
      const values = it.distinct;
      if (values === undefined || values <= 1 || values > mostValues) continue;
      const isBetter = best === undefined || (isSmall === best.isSmall ? values < best.values : isSmall);
      if (isBetter) best = { column: named, values, isSmall };
    }
  }
  return best?.column;
}

/** Whether a column of a dimension is one that people read. */
function isCandidate({ relationships }: Model, dimension: Table, { name, type }: ColumnFacts): boolean {
  const declared = dimension.columns.get(nameKey(name));
  const own = keyOf({ table: dimension.name, column: name });
  return !dimension.hidden && type === 'string' && declared?.hidden !== true && declared?.key !== true && !relationships.some((it) => keyOf(it.from) === own || keyOf(it.to) === own);
}

const factsOf = (facts: readonly TableFacts[], table: string): TableFacts | undefined =>
  facts.find((it) => nameKey(it.table) === nameKey(table));

const keyOf = (it: ColumnName): string => `${nameKey(it.table)}\u0000${nameKey(it.column)}`;
