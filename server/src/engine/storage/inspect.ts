/** Everything of a database made, and what came of it: facts of its tables, and what was wrong. */
import type { DataFault, DatabaseSpec, TableFacts } from '../../plan/database.ts';
import { Stopped } from '../budget.ts';
import type { StoredColumn } from '../columns/column.ts';
import type { Failure } from '../values/cells.ts';
import type { Relationships } from './relationships.ts';
import type { StoredTable } from './tables.ts';

interface Inspected {
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

/** Makes what is not left for later, table by table, and tells what came of it; faults of files are told where they arise. */
export function inspect(spec: DatabaseSpec, made: Inspected): { readonly facts: readonly TableFacts[]; readonly faults: readonly DataFault[] } {
  const told = new Set<string>();
  const facts: TableFacts[] = [];
  const found: DataFault[] = [];
  const tell = (table: string, columnName: string | undefined, failure: Failure): void => {
    const key = `${table}\u0000${columnName ?? ''}`;
    if (told.has(key)) return;
    told.add(key);
    const fault = faultOf(table, columnName, failure);
    if (fault !== undefined) found.push(fault);
  };
  const isMadeUp = tablesLeftUnmade(spec);
  const large = new Set<string>();
  for (const { name, source } of spec.tables) {
    const table = attempt(() => made.table(name), (failure) => tell(name, undefined, failure));
    if (table === undefined) continue;
    const left: StoredTable['later'] = source.kind === 'generated' && isMadeUp(name) ? new Map(source.columns.map((it) => [it.name, it.type])) : table.later;
    if (left.size > 0) large.add(name);
    const columns = table.columnNames.map((columnName) => {
      const known = left.get(columnName);
      if (known !== undefined && known !== 'blank') return { name: columnName, type: known, distinct: undefined };
      const column = attempt(() => made.column(name, columnName), (failure) => tell(name, columnName, failure));
      const declaredType = spec.tables.find((it) => it.name === name)?.columns.find((it) => it.name === columnName)?.type;
      return { name: columnName, type: column?.type ?? declaredType ?? 'blank', distinct: column?.distinct };
    });
    facts.push({ table: name, rowCount: table.rowCount, columns });
  }
  made.links.forEach(({ many }, i) => {
    if (!large.has(many.table)) attempt(() => made.link(i), () => undefined);
  });
  return { facts, faults: found };
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
  if (reason.id === 'function-not-supported') return { ...at, rule: 'model-not-supported', params: { what: reason.name } };
  if (reason.id === 'feature-not-supported') return { ...at, rule: 'model-not-supported', params: { what: reason.what.replace(/ (?:is|are)$/, '') } };
  return problem;
}

