/** What is known of a table, and what was wrong with it: its columns are made one by one, until somebody has had enough. */
import type { DataFault, DatabaseSpec, Inspected, InspectedPart, TableFacts } from '../../plan/database.ts';
import { nameKey } from '../../model/model.ts';
import type { Signal } from '../../plan/scan.ts';
import { Stopped } from '../budget.ts';
import type { StoredColumn } from '../columns/column.ts';
import type { Failure } from '../values/cells.ts';
import type { Relationships } from './relationships.ts';
import type { StoredTable } from './tables.ts';

interface Made {
  table(name: string): StoredTable;
  column(table: string, column: string): StoredColumn;
  link(index: number): unknown;
  readonly links: Relationships['links'];
}

/** Made-up values that are made only to tell how many differ. */
const mostInspected = 500_000;

/** Tables whose made-up rows are not made before something reads them: where there are many, what is known of them is enough. */
function tablesLeftUnmade({ tables }: DatabaseSpec): (table: string) => boolean {
  const generated = tables.flatMap(({ name, source }) => (source.kind === 'generated' ? [{ name, values: source.rows * source.columns.length }] : []));
  if (generated.reduce((sum, it) => sum + it.values, 0) <= mostInspected) return () => false;
  const names = new Set(generated.map((it) => it.name));
  return (table) => names.has(table);
}

/**
 * @param signal ends even what is being made, which then is made anew the next time
 * @param pauses whether it is enough at one go; asked after each column, which is kept
 * @returns undefined where it ended before all was made: whoever wants to know asks again
 */
export type Inspect = (part: InspectedPart, signal: Signal, pauses: () => boolean) => Inspected | undefined;

/**
 * Tells what is known of a table, and makes what that takes but for what is left for later; of a part that names a column
 * that column alone, whatever it takes. Faults of files are told where they arise.
 */
export function inspector(spec: DatabaseSpec, made: Made): Inspect {
  const specs = new Map(spec.tables.map((it) => [it.name, it]));
  const isMadeUp = tablesLeftUnmade(spec);
  const begun = new Map<string, Generator<undefined, Inspected>>();
  let current: Signal = { cancelled: () => false };
  const unlessCut = (failed: (failure: Failure) => void) => (failure: Failure): void => {
    if (failure.cell === 'notEvaluated' && failure.reason.id === 'cancelled' && current.cancelled()) throw new Stopped(failure);
    failed(failure);
  };

  function* inspect({ table: name, column: only }: InspectedPart): Generator<undefined, Inspected> {
    const own = specs.get(name);
    const faults: DataFault[] = [];
    const tell = (column: string | undefined): ((failure: Failure) => void) => unlessCut((failure) => {
      const fault = faultOf(name, column, failure);
      if (fault !== undefined) faults.push(fault);
    });
    const table = own === undefined ? undefined : attempt(() => made.table(name), tell(undefined));
    if (own === undefined || table === undefined) return { facts: undefined, faults };
    yield;
    const { source } = own;
    const left: StoredTable['later'] = source.kind === 'generated' && isMadeUp(name) ? new Map(source.columns.map((it) => [it.name, it.type])) : table.later;
    const columns: TableFacts['columns'][number][] = [];
    for (const columnName of table.columnNames) {
      if (only !== undefined && nameKey(only) !== nameKey(columnName)) continue;
      const later = left.get(columnName);
      if (only === undefined && later !== undefined && later !== 'blank') {
        columns.push({ name: columnName, type: later, distinct: undefined });
        continue;
      }
      const column = attempt(() => made.column(name, columnName), tell(columnName));
      const declaredType = own.columns.find((it) => it.name === columnName)?.type;
      columns.push({ name: columnName, type: column?.type ?? declaredType ?? 'blank', distinct: column?.distinct });
      yield;
    }
    if (only === undefined && left.size === 0) {
      for (const [i, { many }] of made.links.entries()) {
        if (many.table !== name) continue;
        attempt(() => made.link(i), unlessCut(() => undefined));
        yield;
      }
    }
    return { facts: { table: name, rowCount: table.rowCount, columns }, faults };
  }

  return (part, signal, pauses) => {
    if (signal.cancelled()) return undefined;
    current = signal;
    const key = JSON.stringify([part.table, part.column]);
    const steps = begun.get(key) ?? inspect(part);
    begun.delete(key);
    try {
      for (let step = steps.next(); ; step = steps.next()) {
        if (step.done === true) return step.value;
        if (!signal.cancelled() && !pauses()) continue;
        begun.set(key, steps);
        return undefined;
      }
    } catch (fault) {
      if (fault instanceof Stopped) return undefined;
      throw fault;
    }
  };
}

export function attempt<T>(make: () => T, failed: (failure: Failure) => void): T | undefined {
  try {
    return make();
  } catch (fault) {
    if (!(fault instanceof Stopped)) throw fault;
    failed(fault.failure);
    return undefined;
  }
}

/** The finding for a calculated part that cannot be had; other faults were told where they arose. */
function faultOf(table: string, column: string | undefined, failure: Failure): DataFault | undefined {
  const at = { table, column };
  const problem: DataFault = { ...at, rule: 'data-malformed', params: { path: table, place: column ?? 'rows', problem: '' }, failure };
  if (failure.cell === 'error') return problem;
  const { reason } = failure;
  if (reason.id === 'circular-dependency') return { ...at, rule: 'model-cycle', params: { what: 'tables and columns', path: reason.path } };
  if (reason.id === 'data-fault' || reason.id === 'cancelled') return undefined;
  // What is right and merely not done yet is no fault of the file.
  if (reason.id === 'function-not-supported') return { ...at, rule: 'model-not-supported', params: { what: reason.name, verb: 'is' } };
  if (reason.id === 'feature-not-supported') return { ...at, rule: 'model-not-supported', params: { what: reason.what, verb: reason.verb ?? 'is' } };
  return problem;
}

