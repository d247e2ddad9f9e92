/**
 * A database: the tables of a model with their rows, opened once and asked many times.
 *
 * Files are read when it is opened. Calculated tables and columns, row maps and the like are made when something first
 * asks for them, so their order follows from what they read; what asks for itself is a circle.
 */
import type { DataFault, DatabaseSpec, Inspected, InspectedPart, TableSpec } from '../plan/database.ts';
import { memoryEngine, type MemoryEngine } from './storage/memoryEngine.ts';
import { relationshipsOf } from './storage/relationships.ts';
import { storedTables, type Calculate } from './storage/snapshot.ts';
import type { Tables } from './storage/tables.ts';
import { calculateColumn, calculateTable } from './calculated.ts';
import { clockOver, type TimedSpec } from './clock.ts';
import { calculateSessions } from './sessions.ts';
import { seenByRole, type SeenByRole } from './roles.ts';
import type { Loaded } from './sources/raw.ts';
import { readInline } from './sources/read.ts';
import type { Signal } from '../plan/scan.ts';

export interface Database {
  readonly spec: TimedSpec;
  /** The engine in memory that holds the rows. */
  readonly engine: MemoryEngine;
  /** The tables that it holds. */
  readonly tables: Tables;
  /** The same as a role sees it; raises `Stopped` when that cannot be told. */
  asRole(name: string): SeenByRole;
  /** What was wrong with its files. */
  readonly faults: readonly DataFault[];
  /** What is known of a part of it, which is made as far as that takes; see `Inspect`. */
  inspect(part: InspectedPart, signal?: Signal, pauses?: () => boolean): Inspected | undefined;
  /** What was found to be wrong since that was last told: of what is made only when something asks for it. */
  lateFaults(): readonly DataFault[];
  /** Whom calculated tables and columns ask whether they are still wanted. */
  listenTo(signal: Signal): void;
}

/** Reads a table whose source is a file. */
export type Load = (table: TableSpec) => Loaded | Promise<Loaded>;

const UNHEARD: Signal = { cancelled: () => false };

/** Opens a database: reads its files, nothing more. */
export async function openDatabase(opened: DatabaseSpec, load: Load): Promise<Database> {
  const spec: TimedSpec = { ...opened, now: clockOver(opened, () => tables) };
  const loaded = new Map<string, Loaded>();
  for (const table of spec.tables) {
    const { source } = table;
    if (source.kind === 'file') loaded.set(table.name, await load(table));
    else if (source.kind === 'rows') loaded.set(table.name, readInline(table, source.rows, spec.limits));
  }
  let signal = UNHEARD;
  const current: Signal = { cancelled: () => signal.cancelled() };
  const relationships = relationshipsOf(spec.relationships);
  const calculate: Calculate = {
    table: (table) => calculateTable(spec, engine, current, table),
    column: (table, column, rows) => calculateColumn(spec, engine, current, table, column, rows),
    sessions: (table, rules) => calculateSessions({ spec, engine, tables, signal: current }, table, rules),
  };
  const tables = storedTables(spec, loaded, relationships, calculate);
  const engine = memoryEngine(spec.key, tables, spec.limits);
  const seen = new Map<string, SeenByRole>();
  return {
    spec,
    engine,
    tables,
    asRole: (name) => {
      const known = seen.get(name) ?? seenByRole(spec, { tables, engine, relationships }, name, current);
      seen.set(name, known);
      return known;
    },
    faults: [...loaded.values()].flatMap((it) => it.faults),
    inspect: (part, wanted = UNHEARD, pauses = () => false) => {
      signal = wanted;
      try {
        return tables.inspect(part, wanted, pauses);
      } finally {
        signal = UNHEARD;
      }
    },
    lateFaults: () => tables.lateFaults(),
    listenTo: (it) => {
      signal = it;
    },
  };
}
