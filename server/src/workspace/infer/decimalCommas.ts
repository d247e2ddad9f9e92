/** Texts that are numbers to their author. */
import type { Probe, ProbedColumn, ProbedTable } from './probe.ts';

/** Values of a column that are looked at. */
const looked = 1000;
const number = /^[-+]?(?:\d{1,3}(?:\.\d{3})+|\d+)(?:,(\d+))?$/;

/** Whether the texts of a column are numbers with a decimal comma: three digits behind it may be thousands as well. */
export async function hasDecimalCommas(probe: Probe, table: ProbedTable, column: ProbedColumn): Promise<boolean> {
  if (column.type !== 'string') return false;
  const matches = (await probe.values(table.name, column.name, looked)).filter((it) => it !== null).map((it) => number.exec(String(it)));
  return matches.every((it) => it !== null) && matches.some((it) => it?.[1] !== undefined && it[1].length !== 3);
}
