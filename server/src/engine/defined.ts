/** Tables and columns that a query defines, beside those of the database, whose rows and values are used as they are. */
import type { QueryDefinitions, TableSpec } from '../plan/database.ts';
import type { MeasurePlan } from '../plan/plan.ts';
import type { Signal } from '../plan/scan.ts';
import { calculateColumn, calculateTable } from './calculated.ts';
import type { StoredColumn } from './columns/column.ts';
import type { Database } from './database.ts';
import { memoryEngine, type MemoryEngine } from './storage/memoryEngine.ts';
import { relationshipsOf } from './storage/relationships.ts';
import { storedTables, type Calculate } from './storage/snapshot.ts';
import type { Tables } from './storage/tables.ts';

let count = 0;

/** An engine over the database's tables and these. */
export function engineWith(database: Database, defines: QueryDefinitions, measures: readonly MeasurePlan[], signal: Signal): MemoryEngine {
  const gained = new Map<string, TableSpec>();
  for (const { table, column } of defines.columns) {
    const its = gained.get(table) ?? database.spec.tables.find((it) => it.name === table);
    if (its !== undefined) gained.set(table, { ...its, columns: [...its.columns, column] });
  }
  const spec = { ...database.spec, measures, tables: [...database.spec.tables.map((it) => gained.get(it.name) ?? it), ...defines.tables] };
  const calculate: Calculate = {
    table: (table) => calculateTable(spec, engine, signal, table),
    column: (table, column, rows) => calculateColumn(spec, engine, signal, table, column, rows),
  };
  const own = storedTables({ ...spec, tables: defines.tables, relationships: [] }, new Map(), relationshipsOf([]), calculate);
  // A table that gains columns is kept as the database has it; its new columns are made as those of a table of their own.
  const columns = storedTables({ ...spec, tables: [...gained.values()].map((it) => newColumns(it, database)), relationships: [] }, new Map(), relationshipsOf([]), {
    ...calculate,
    table: (table) => ({ columns: [], vectors: [], rowCount: database.tables.table(table.name).rowCount }),
    column: (table, column, rows) => calculate.column(gained.get(table.name) ?? table, column, rows),
  });
  const engine = memoryEngine(`${database.spec.key}\u0000${String(++count)}`, joined(database.tables, own, columns, defines, gained), database.spec.limits);
  return engine;
}

/** A table of the gained columns alone. */
const newColumns = (it: TableSpec, database: Database): TableSpec => {
  const known = database.spec.tables.find((table) => table.name === it.name)?.columns.length ?? 0;
  return { name: it.name, columns: it.columns.slice(known), source: { kind: 'relation', relation: { op: 'rows', rows: [], columns: [] } } };
};

function joined(base: Tables, own: Tables, columns: Tables, defines: QueryDefinitions, gained: ReadonlyMap<string, TableSpec>): Tables {
  const isOwn = new Set(defines.tables.map((it) => it.name));
  const gains = new Map<string, Set<string>>();
  for (const { table, column } of defines.columns) gains.set(table, (gains.get(table) ?? new Set()).add(column.name));
  const of = (name: string): Tables => (isOwn.has(name) ? own : base);
  const column = (table: string, name: string): StoredColumn =>
    gains.get(table)?.has(name) === true ? columns.column(table, name) : of(table).column(table, name);
  return {
    ...base,
    catalog: {
      ...base.catalog,
      columns: (name) => {
        if (!gained.has(name)) return of(name).catalog.columns(name);
        return [...(base.catalog.columns(name) ?? []), ...(columns.catalog.columns(name) ?? [])];
      },
      tellsDates: (it) => !isOwn.has(it.table) && gains.get(it.table)?.has(it.column) !== true && base.catalog.tellsDates(it),
    },
    table: (name) => {
      const its = of(name).table(name);
      const more = gains.get(name);
      return more === undefined ? its : { ...its, columnNames: [...its.columnNames, ...more] };
    },
    column,
    path: (from, to, inUse) => (isOwn.has(from) || isOwn.has(to) ? own.path(from, to) : base.path(from, to, inUse)),
    hasBlankRow: (name) => !isOwn.has(name) && base.hasBlankRow(name),
    firstEqualRow: (name) => of(name).firstEqualRow(name),
  };
}
