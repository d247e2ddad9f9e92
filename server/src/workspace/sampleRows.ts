/** Made-up rows for every table of a model, those that have a source included. */
import { generatedSources, lowerDatabase } from '../analysis/index.ts';
import { eachMadeUpTable, type MadeUpTable, type NoRows } from '../engine/index.ts';
import { delimitedText, ndjsonText } from '../formats/index.ts';
import { defaultFileOptions } from '../formats/resolveSource.ts';
import { nameKey, type Column, type FileOptions, type Model } from '../model/model.ts';
import type { TableFacts } from '../plan/database.ts';
import { clockOf, endOfTime } from './databases.ts';
import type { ModelView, Workspace } from './types.ts';

export interface SampleOptions {
  /** Rows of the largest fact table; undefined: what the model says, else 1,000. */
  readonly rows?: number | undefined;
  /** undefined: what the model says, else 1. */
  readonly seed?: number | undefined;
  readonly format: 'csv' | 'ndjson';
}

/** A table as text in pieces, to be written one after the other. */
export interface SampleText {
  readonly table: string;
  readonly rows: number;
  readonly pieces: Iterable<string>;
}

/** Names of the tables of which `sampleRows` tells rows, in order. */
export const sampledTables = ({ model }: ModelView): readonly string[] =>
  [...generatedSources(model, { all: true }).keys()].flatMap((key) => model.tables.get(key)?.name ?? []);

/**
 * Makes rows for each table that is not calculated, and hands them over as text that our readers read back the same.
 *
 * @param now milliseconds since 1970, for calculated tables that rows point to and whose project has the machine's clock
 * @returns why there are none, and of which table; undefined when all were told
 */
export async function sampleRows(workspace: Workspace, view: ModelView, options: SampleOptions, now: number, take: (table: SampleText) => Promise<void>): Promise<NoRows | undefined> {
  const hasSource = [...view.model.tables.values()].some((it) => it.source.kind === 'file' || it.source.kind === 'rows');
  const model = hasSource ? withTypes(view.model, await workspace.facts(view)) : view.model;
  const clock = clockOf(view.project.clock, now);
  const { spec } = lowerDatabase(model, {
    clock,
    generate: { all: true, until: endOfTime(view.project.clock, clock), rows: options.rows, seed: options.seed },
    culture: view.project.culture,
    seed: 1,
    limits: view.project.limits,
    measures: view.measures,
    defined: view.defined,
  });
  return eachMadeUpTable(spec, async (table) => take({ table: table.name, rows: table.rowCount, pieces: textOf(table, model, options) }));
}

/** The types that loaded rows tell of columns that declare none. */
function withTypes(model: Model, facts: readonly TableFacts[]): Model {
  const tables = new Map(model.tables);
  for (const { table: name, columns: its } of facts) {
    const table = tables.get(nameKey(name));
    if (table === undefined) continue;
    const columns = new Map(table.columns);
    for (const { name: columnName, type } of its) {
      const column: Column | undefined = columns.get(nameKey(columnName));
      if (column?.type === undefined && column !== undefined && type !== 'variant' && type !== 'blank') columns.set(nameKey(columnName), { ...column, type });
    }
    tables.set(nameKey(name), { ...table, columns });
  }
  return { ...model, tables };
}

function textOf(table: MadeUpTable, { tables }: Model, { format }: SampleOptions): Iterable<string> {
  if (format === 'ndjson') return ndjsonText(table);
  const source = tables.get(nameKey(table.name))?.source;
  const options: FileOptions = source?.kind === 'file' && source.format === 'csv' ? source.options : defaultFileOptions;
  return delimitedText(table, options);
}
