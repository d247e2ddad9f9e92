/** Roles: the database as a role sees it. Calculated tables and columns hold what they hold for everybody. */
import type { RoleSpec } from '../plan/database.ts';
import type { Signal } from '../plan/scan.ts';
import { Stopped, stopped } from './budget.ts';
import { evaluateRows } from './calculated.ts';
import type { TimedSpec } from './clock.ts';
import { memoryEngine, type MemoryEngine } from './storage/memoryEngine.ts';
import type { Relationships } from './storage/relationships.ts';
import { securedTables } from './storage/secured.ts';
import { visibleRows } from './storage/security.ts';
import type { SnapshotTables } from './storage/snapshot.ts';
import type { Tables } from './storage/tables.ts';
import { isFailure } from './values/cells.ts';
import { toBoolean } from './values/coerce.ts';
import { cellAt } from './values/vector.ts';

export interface SeenByRole {
  readonly tables: Tables;
  readonly engine: MemoryEngine;
}

/** Raises `Stopped` when there is no such role or one of its filters has no value. */
export function seenByRole(spec: TimedSpec, base: { readonly tables: SnapshotTables; readonly engine: MemoryEngine; readonly relationships: Relationships }, name: string, signal: Signal): SeenByRole {
  const role = spec.roles?.find((it) => it.name.toLowerCase() === name.toLowerCase());
  if (role === undefined) throw stopped({ id: 'unresolved-name', name });
  const allowed = new Map<string, Uint8Array>();
  for (const filter of role.filters) {
    const rows = allowedRows(spec, base, filter, signal);
    const before = allowed.get(filter.table);
    allowed.set(filter.table, before === undefined ? rows : rows.map((it, i) => it & (before[i] as number)));
  }
  const tables = securedTables(base.tables, base.relationships, visibleRows(base.tables, base.relationships, spec.relationships, allowed), new Set(allowed.keys()));
  return { tables, engine: memoryEngine(`${spec.key}\u0000${role.name}`, tables, spec.limits) };
}

/** For each row of a table, and its blank row, whether a filter is TRUE. */
function allowedRows(spec: TimedSpec, { tables, engine }: { readonly tables: SnapshotTables; readonly engine: MemoryEngine }, filter: RoleSpec['filters'][number], signal: Signal): Uint8Array {
  const { rowCount } = tables.table(filter.table);
  const table = spec.tables.find((it) => it.name === filter.table);
  if (table === undefined) throw stopped({ id: 'unresolved-name', name: filter.table });
  const vector = evaluateRows(spec, engine, signal, table, { row: filter.row, expression: filter.predicate }, rowCount + 1);
  return Uint8Array.from({ length: rowCount + 1 }, (_, row) => {
    const cell = cellAt(vector, row);
    const holds = isFailure(cell) ? cell : toBoolean(cell, filter.predicate.at);
    if (typeof holds !== 'boolean') throw new Stopped(holds);
    return holds ? 1 : 0;
  });
}
