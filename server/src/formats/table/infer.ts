/**
 * The type of a column that nobody declared, from its distinct cells.
 *
 * One rule decides, whatever the order of rows: all whole numbers that int64 holds → int64; all numbers → double; all
 * words for TRUE and FALSE → boolean; all dates → dateTime; else string. Whole numbers with needless zeros in front, or too long
 * for int64, are identifiers and so text. Empty texts say nothing. Text that JSON quotes is never a number.
 */
import type { DataType, FileOptions } from '../../model/model.ts';
import { converter, misfit, type SourceCell } from './cells.ts';

/** Infers from distinct cells; `blank` when none has a value. `quoted`: text cells were marked as text by the source. */
export function inferType(cells: Iterable<SourceCell>, quoted: boolean, options: FileOptions): DataType | 'blank' {
  // 1 and 0 are numbers first, whatever else they may mean.
  const isNumeric = (it: string): boolean => /^[\d.+-]+$/.test(it.trim());
  const toBoolean = converter('boolean', {
    ...options, trueWords: options.trueWords.filter((it) => !isNumeric(it)), falseWords: options.falseWords.filter((it) => !isNumeric(it)),
  });
  const toDate = converter('dateTime', options);
  const toDouble = converter('double', options);
  let open: ReadonlySet<DataType> = new Set<DataType>(['int64', 'double', 'boolean', 'dateTime']);
  let some = false;
  let emptyText = false;
  for (const cell of cells) {
    if (cell === null || (typeof cell === 'string' && cell.trim() === '')) {
      emptyText ||= cell !== null;
      continue;
    }
    some = true;
    const fits = new Set<DataType>();
    if (open.has('int64') && isInt64(cell, quoted)) fits.add('int64');
    if (open.has('double') && isDouble(cell, quoted) && toDouble(cell) !== misfit) fits.add('double');
    if (open.has('boolean') && toBoolean(cell) !== misfit) fits.add('boolean');
    if (open.has('dateTime') && toDate(cell) !== misfit) fits.add('dateTime');
    if (fits.size === 0) return 'string';
    open = fits;
  }
  if (!some) return emptyText ? 'string' : 'blank';
  return (['int64', 'double', 'boolean', 'dateTime'] as const).find((it) => open.has(it)) ?? 'string';
}

const wholeNumber = /^-?(?:0|[1-9]\d{0,17})$/;

function isInt64(cell: SourceCell, quoted: boolean): boolean {
  if (typeof cell === 'string') {
    const text = cell.trim();
    return !quoted && (wholeNumber.test(text) || (/^-?[1-9]\d{18}$/.test(text) && inInt64(BigInt(text))));
  }
  return typeof cell === 'bigint' ? inInt64(cell) : typeof cell === 'number' && Number.isSafeInteger(cell);
}

const inInt64 = (it: bigint): boolean => BigInt.asIntN(64, it) === it;

function isDouble(cell: SourceCell, quoted: boolean): boolean {
  if (typeof cell === 'number') return true;
  if (typeof cell === 'bigint') return inInt64(cell);
  if (typeof cell !== 'string' || quoted) return false;
  const text = cell.trim();
  return /[.eE]/.test(text) ? !/^[+-]?0\d/.test(text) && !text.startsWith('+') : isInt64(text, false);
}
