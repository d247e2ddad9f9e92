/** All that is known of an open database, and all that is wrong with it. */
import type { Database } from '../../server/src/engine/index.ts';
import type { DataFault, TableFacts } from '../../server/src/plan/database.ts';

export function inspectAll(database: Database): { readonly facts: readonly TableFacts[]; readonly faults: readonly DataFault[] } {
  const known = database.spec.tables.flatMap((it) => database.inspect({ table: it.name }) ?? []);
  return { facts: known.flatMap((it) => it.facts ?? []), faults: [...database.faults, ...known.flatMap((it) => it.faults)] };
}
