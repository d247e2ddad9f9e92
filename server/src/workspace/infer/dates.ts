/** Date tables, and texts that are dates in a pattern of their own. */
import { dateFormat, isoSerial, serialBy, serialOf } from '../../formats/table/dates.ts';
import { columnText } from '../queries.ts';
import { canBeKey, keyOf } from './keys.ts';
import { bare, foreignScore } from './names.ts';
import { isUnique, type Probe, type ProbedColumn, type ProbedTable } from './probe.ts';

export interface DateTable {
  readonly table: ProbedTable;
  readonly column: ProbedColumn;
  readonly evidence: string;
}

/** Tables with one row for each day from the first to the last. */
export async function dateTablesOf(probe: Probe, tables: readonly ProbedTable[]): Promise<readonly DateTable[]> {
  const found: DateTable[] = [];
  for (const table of tables) {
    // Rows with a key of their own, or with that of another table, may well come one a day.
    const key = keyOf(table);
    if (key !== undefined && !/date|day/.test(bare(key.name))) continue;
    if (table.columns.some((it) => tables.some((other) => other !== table && other.columns.some((to) => canBeKey(other, to) && foreignScore(it.name, other.name, to.name) >= 3)))) continue;
    for (const column of table.columns) {
      if (column.type !== 'dateTime' || !isUnique(table, column) || table.rowCount < 2) continue;
      const name = columnText({ table: table.name, column: column.name });
      const [days, times] = await probe.ask([`INT(MAX(${name})) - INT(MIN(${name})) + 1`, `COUNTROWS(FILTER(VALUES(${name}), ${name} <> INT(${name}))) + 0`]);
      if (Number(days) !== table.rowCount || Number(times) !== 0) continue;
      found.push({ table, column, evidence: `one row for each of ${table.rowCount.toLocaleString('en-US')} days` });
      break;
    }
  }
  return found;
}

/** Patterns of dates in texts; those of which only the order of day and month differs stand side by side. */
const patterns: readonly string[] = ['dd.MM.yyyy', 'd.M.yyyy', 'dd/MM/yyyy', 'MM/dd/yyyy', 'd/M/yyyy', 'M/d/yyyy', 'yyyy/MM/dd', 'dd-MM-yyyy', 'MM-dd-yyyy', 'yyyyMMdd']
  .flatMap((it) => [it, `${it} HH:mm`, `${it} HH:mm:ss`, `${it} h:mm:ss tt`, `${it} h:mm tt`]);

/** Values of a column that are looked at before all are tried. */
const looked = 1000;

export interface DatePattern {
  readonly pattern: string | undefined;
  /** Several patterns fit, and they mean different days. */
  readonly ambiguous: readonly string[];
}

/** The pattern by which all texts of a column are dates; undefined where they are none. */
export async function datePatternOf(probe: Probe, table: ProbedTable, column: ProbedColumn): Promise<DatePattern | undefined> {
  if (column.type !== 'string' || column.distinct < 2) return undefined;
  // ISO dates are read whatever the patterns are.
  const values = (await probe.values(table.name, column.name, looked)).filter((it) => typeof it === 'string' && isoSerial(it) === undefined) as readonly string[];
  if (values.length === 0) return undefined;
  const fitting = patterns.filter((it) => {
    const format = dateFormat(it);
    return format !== undefined && values.every((value) => isPlausible(serialBy(format, value)));
  });
  const [first] = fitting;
  if (first === undefined) return undefined;
  const meaning = (pattern: string): string => {
    const format = dateFormat(pattern);
    return format === undefined ? '' : values.map((it) => String(serialBy(format, it))).join();
  };
  const different = fitting.filter((it) => meaning(it) !== meaning(first));
  return different.length === 0 ? { pattern: first, ambiguous: [] } : { pattern: undefined, ambiguous: [first, ...different] };
}

const isPlausible = (serial: number | undefined): boolean => serial !== undefined && serial >= (serialOf(1900, 1, 1) ?? 0) && serial < (serialOf(2200, 1, 1) ?? 0);
