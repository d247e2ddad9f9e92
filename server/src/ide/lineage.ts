/** What a metric reads, at any depth, down to the Dataverse columns behind it; and which metrics read it. */
import { bindExpression } from '../analysis/index.ts';
import type { Bound, Dependencies, MeasureSymbol } from '../analysis/bound.ts';
import { parseExpression } from '../../../grammar/src/index.ts';
import { nameKey, type Column, type DaxText, type Model, type Table } from '../model/model.ts';
import type { Reading, Workspace } from '../workspace/types.ts';
import { definitionOf } from './spot.ts';

export interface ColumnRead {
  readonly table: Table;
  readonly column: Column;
  /** `entity.attribute` names: of the column itself, or of the columns that it is computed from. */
  readonly attributes: readonly string[];
}

export interface Lineage {
  /** The metrics it reads, at any depth, itself left out, in order of first use. */
  readonly metrics: readonly MeasureSymbol[];
  readonly columns: readonly ColumnRead[];
  /** Every table that it reads, by whole rows or by a column. */
  readonly tables: readonly Table[];
}

/**
 * @param reading the text that asks: its metrics hide those of the model
 * @param symbol the metric; its own definition is read first
 */
export async function lineageOf(workspace: Workspace, reading: Reading, symbol: MeasureSymbol): Promise<Lineage> {
  const metrics: MeasureSymbol[] = [];
  const tables = new Map<string, Table>();
  const columns = new Map<string, ColumnRead>();
  const seen = new Set<string>([nameKey(symbol.name)]);
  const waiting: MeasureSymbol[] = [symbol];
  const model = reading.model?.model;
  for (let it = waiting.shift(); it !== undefined; it = waiting.shift()) {
    if (it !== symbol) metrics.push(it);
    const bound = await boundOf(workspace, it, reading);
    if (bound === undefined) continue;
    for (const key of bound.dependencies.measures) {
      const next = reading.measures.get(key);
      if (next === undefined || seen.has(key)) continue;
      seen.add(key);
      waiting.push(next);
    }
    if (model === undefined) continue;
    for (const key of bound.dependencies.tables) {
      const table = model.tables.get(key);
      if (table !== undefined) tables.set(key, table);
    }
    for (const { table, column } of columnsOf(model, bound.dependencies)) {
      tables.set(nameKey(table.name), table);
      const key = columnId(table, column);
      if (!columns.has(key)) columns.set(key, { table, column, attributes: attributesOf(model, table, column) });
    }
  }
  return { metrics, columns: [...columns.values()], tables: [...tables.values()] };
}

/** The metrics that read a metric directly, among those that the text can see. */
export async function usersOf(workspace: Workspace, reading: Reading, symbol: MeasureSymbol): Promise<readonly MeasureSymbol[]> {
  const key = nameKey(symbol.name);
  const found: MeasureSymbol[] = [];
  for (const it of reading.measures.values()) {
    if (nameKey(it.name) === key) continue;
    const bound = await boundOf(workspace, it, reading);
    if (bound?.dependencies.measures.has(key) === true) found.push(it);
  }
  return found;
}

/** What a metric reads directly, as the asking text sees it; undefined where its file has changed since. */
export async function boundOf(workspace: Workspace, symbol: MeasureSymbol, asking: Reading): Promise<Bound | undefined> {
  return asking.symbol === symbol ? asking.bound : (await definitionOf(workspace, symbol))?.reading.bound;
}

/** `entity.attribute` names behind a column, through calculated columns. */
export function attributesOf(model: Model, table: Table, column: Column): readonly string[] {
  const attributes = new Set<string>();
  const seen = new Set<string>([columnId(table, column)]);
  const waiting: { readonly table: Table; readonly column: Column }[] = [{ table, column }];
  for (let it = waiting.shift(); it !== undefined; it = waiting.shift()) {
    if (it.column.dataverse !== undefined) attributes.add(it.column.dataverse);
    else if (it.column.expression !== undefined) {
      for (const next of columnsOf(model, dependenciesOf(model, it.column.expression, it.table.name))) {
        const key = columnId(next.table, next.column);
        if (seen.has(key)) continue;
        seen.add(key);
        waiting.push(next);
      }
    }
  }
  return [...attributes];
}

const bound = new WeakMap<DaxText, Dependencies>();

function dependenciesOf(model: Model, expression: DaxText, rowTable: string): Dependencies {
  let known = bound.get(expression);
  if (known === undefined) {
    const parsed = parseExpression(expression.text);
    known = bindExpression(parsed.expression, expression.text, { model, measures: new Map() }, rowTable).dependencies;
    bound.set(expression, known);
  }
  return known;
}

function* columnsOf(model: Model, dependencies: Dependencies): Iterable<{ readonly table: Table; readonly column: Column }> {
  for (const key of dependencies.columns) {
    const [tableKey = '', column = ''] = key.split('\u0000');
    const table = model.tables.get(tableKey);
    const found = table?.columns.get(column);
    if (table !== undefined && found !== undefined) yield { table, column: found };
  }
}

const columnId = (table: Table, column: Column): string => `${nameKey(table.name)}\u0000${nameKey(column.name)}`;
