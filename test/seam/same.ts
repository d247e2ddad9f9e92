// Whether two engines answered alike.
import type { QueryResult } from '../../server/src/plan/plan.ts';
import type { Cell } from '../../server/src/plan/values.ts';

/** What differs, or undefined. Sums of doubles may differ by the rounding of their order, and rows in their order. */
export function differs(found: readonly QueryResult[], wanted: readonly QueryResult[]): string | undefined {
  if (found.length !== wanted.length) return `${String(found.length)} results, not ${String(wanted.length)}`;
  for (const [i, want] of wanted.entries()) {
    const it = found[i];
    if (it === undefined || it.kind !== want.kind) return `${shown(it)}\n  not ${shown(want)}`;
    if (it.kind !== 'table' || want.kind !== 'table') {
      if (shown(it) !== shown(want)) return `${shown(it)}\n  not ${shown(want)}`;
      continue;
    }
    const shape = (table: typeof it): string => shown(table.columns.map(({ name, type }) => [name, type]));
    if (shape(it) !== shape(want)) return `${shape(it)}\n  not ${shape(want)}`;
    const missing = unmatched(rowsOf(want), rowsOf(it));
    if (missing.length > 0 || it.rowCount !== want.rowCount) return `${shown(rowsOf(it))}\n  not ${shown(rowsOf(want))}`;
  }
  return undefined;
}

/** Every row that holds no failure of `isLost` must be a row of the right answer, and no right row may be missing silently. */
export function isHonest(found: readonly QueryResult[], wanted: readonly QueryResult[], isLost: (reason: string) => boolean): boolean {
  return found.length === wanted.length && found.every((it, i) => {
    const want = wanted[i];
    if (want === undefined) return false;
    if (it.kind === 'notEvaluated' && isLost(it.reason.id)) return true;
    if (it.kind !== 'table' || want.kind !== 'table') return shown(it) === shown(want);
    const lost = (row: readonly Cell[]): boolean => row.some((cell) => cell !== null && typeof cell === 'object' && cell.cell === 'notEvaluated' && isLost(cell.reason.id));
    const rows = rowsOf(it);
    const whole = rows.filter((row) => !lost(row));
    return unmatched(whole, rowsOf(want)).length === 0 && (whole.length < rows.length || rows.length === want.rowCount);
  });
}

type Table = Extract<QueryResult, { kind: 'table' }>;

const rowsOf = (it: Table): readonly (readonly Cell[])[] => Array.from({ length: it.rowCount }, (_, row) => it.columns.map((column) => column.cells[row] ?? null));

/** Rows that the others do not have. */
function unmatched(rows: readonly (readonly Cell[])[], others: readonly (readonly Cell[])[]): readonly (readonly Cell[])[] {
  const left = [...others];
  return rows.filter((row) => {
    const at = left.findIndex((other) => row.every((cell, i) => isSame(cell, other[i] ?? null)));
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
}

function isSame(a: Cell, b: Cell): boolean {
  if (typeof a === 'number' && typeof b === 'number') return Object.is(a, b) || a === b || Math.abs(a - b) <= 1e-13 * Math.abs(b);
  return a === b || (typeof a === 'object' && typeof b === 'object' && shown(a) === shown(b));
}

export const shown = (it: unknown): string => JSON.stringify(it, (_, value: unknown) => (typeof value === 'bigint' ? `${String(value)}n` : typeof value === 'number' && !Number.isFinite(value) ? String(value) : value));
