/** The made-up rows of a database, table by table, for whoever writes them down. */
import type { DatabaseSpec } from '../plan/database.ts';
import type { Cell, Reason, ValueType } from '../plan/values.ts';
import { Stopped } from './budget.ts';
import { openDatabase } from './database.ts';

export interface MadeUpTable {
  readonly name: string;
  readonly rowCount: number;
  readonly columns: readonly MadeUpColumn[];
}

export interface MadeUpColumn {
  readonly name: string;
  readonly type: ValueType;
  /** Of each row the place of its value in `cells`. */
  readonly codes: Uint32Array;
  readonly cells: readonly Cell[];
}

/** Why rows cannot be had, and of what. */
export interface NoRows {
  readonly table: string;
  readonly reason: Reason;
}

/** Makes the tables one after the other, as they are asked for: each is given to `take` and then let go. */
export async function eachMadeUpTable(spec: DatabaseSpec, take: (table: MadeUpTable) => Promise<void>): Promise<NoRows | undefined> {
  const { tables } = await openDatabase(spec, () => ({ table: undefined, faults: [] }));
  for (const { name, source } of spec.tables) {
    if (source.kind !== 'generated') continue;
    const made = attempt(name, () => ({
      name, rowCount: source.rows,
      columns: source.columns.map((it) => {
        const { type, codes, dictionary } = tables.column(name, it.name);
        return { name: it.name, type, codes, cells: dictionary };
      }),
    }));
    if ('reason' in made) return made;
    await take(made);
  }
  return undefined;
}

function attempt(table: string, make: () => MadeUpTable): MadeUpTable | NoRows {
  try {
    return make();
  } catch (fault) {
    if (!(fault instanceof Stopped)) throw fault;
    const { failure } = fault;
    return { table, reason: failure.cell === 'notEvaluated' ? failure.reason : { id: 'type-error', detail: `its DAX raises ${failure.id}` } };
  }
}
