/** The moment that NOW and TODAY tell: the project's, or the latest date of the data. */
import type { DatabaseSpec } from '../plan/database.ts';
import { endsAll, Stopped } from './budget.ts';
import { BLANK_CODE, type StoredColumn } from './columns/column.ts';
import type { Tables } from './storage/tables.ts';
import { isFailure, notEvaluated, type Failure } from './values/cells.ts';

/** A serial number, or why there is none. Raises `Stopped` where the evaluation is not wanted any more. */
export type Clock = () => number | Failure;

/** What an engine opened, with a clock to be read. */
export interface TimedSpec extends DatabaseSpec {
  readonly now: Clock;
}

/**
 * @param tables all rows, whatever a role hides: what day it is is the same for everybody. They are asked when the clock is
 *   first read, since tables may be calculated that read the clock themselves.
 */
export function clockOver(spec: DatabaseSpec, tables: () => Tables): Clock {
  const { clock } = spec;
  if (clock !== 'data') return () => clock;
  let known: number | undefined;
  return () => {
    if (known !== undefined) return known;
    const found = latestDate(spec, tables());
    if (typeof found === 'number') known = found;
    return found;
  };
}

/** The latest date of the tables that are marked as date tables. */
function latestDate(spec: DatabaseSpec, tables: Tables): number | Failure {
  const marked = spec.tables.flatMap((it) => (it.dateColumn === undefined ? [] : [{ table: it.name, column: it.dateColumn }]));
  if (marked.length === 0) return noClock('the model marks no table as its date table');
  let latest: number | undefined;
  try {
    for (const { table, column } of marked) {
      const found = latestOf(tables.column(table, column), tables.table(table).rowCount);
      if (found === undefined) continue;
      if (typeof found !== 'number') return found;
      if (latest === undefined || found > latest) latest = found;
    }
  } catch (fault) {
    if (!(fault instanceof Stopped) || endsAll(fault.failure)) throw fault;
    return fault.failure;
  }
  return latest ?? noClock(`${marked.map((it) => it.table).join(' and ')} ${marked.length === 1 ? 'has' : 'have'} no dates`);
}

/** Undefined: no row has a date. Values that no row has do not count. */
function latestOf({ type, codes, dictionary, spoiled }: StoredColumn, rowCount: number): number | Failure | undefined {
  if (spoiled) return dictionary.find((it): it is Failure => isFailure(it));
  if (type !== 'dateTime') return undefined;
  let latest: number | undefined;
  for (let row = 0; row < rowCount; row++) {
    const code = codes[row] as number;
    if (code === BLANK_CODE) continue;
    const date = dictionary[code];
    if (typeof date === 'number' && (latest === undefined || date > latest)) latest = date;
  }
  return latest;
}

const noClock = (detail: string): Failure => notEvaluated({ id: 'no-clock', detail }, undefined);
