// Results of the engine against expected values, as text that reads well where they differ.
import type { Cell, ValueType } from '../../server/src/plan/values.ts';
import type { QueryResult } from '../../server/src/plan/plan.ts';
import type { Expected, ExpectedTable } from './caseFile.ts';

/** What differs, or undefined. */
export function difference(result: QueryResult, expected: ExpectedTable | Expected, ordered: boolean): string | undefined {
  if (expected.kind !== 'table') {
    const only = cellOf(result);
    return meets(only.cell, only.type, expected) ? undefined : `${shown(only.cell, only.type)} where ${expectedText(expected)} is expected`;
  }
  if (result.kind !== 'table') return `${resultText(result)} where a table is expected`;
  const names = result.columns.map((it) => it.name).join(', ');
  const expectedNames = expected.columns.map((it) => it.name).join(', ');
  if (names !== expectedNames) return `columns ${names} where ${expectedNames} are expected`;
  for (const [i, column] of expected.columns.entries()) {
    const type = result.columns[i]?.type;
    if (column.type !== undefined && type !== column.type) return `${column.name} is ${String(type)} where ${column.type} is expected`;
  }
  const rows = Array.from({ length: result.rowCount }, (_, row) => result.columns.map((it) => ({ cell: it.cells[row] ?? null, type: it.type })));
  const fits = (row: (typeof rows)[number], want: readonly Expected[]): boolean =>
    want.every((it, i) => meets(row[i]?.cell ?? null, row[i]?.type ?? 'blank', it));
  const left = [...rows];
  const missing = expected.rows.filter((want, i) => {
    const at = ordered ? (left[0] !== undefined && fits(left[0], want) ? 0 : -1) : left.findIndex((row) => fits(row, want));
    if (at < 0) return ordered ? i >= 0 : true;
    left.splice(at, 1);
    return false;
  });
  if (missing.length === 0 && left.length === 0) return undefined;
  const text = (table: readonly string[]): string => (table.length === 0 ? ' none' : table.map((it) => `\n    ${it}`).join(''));
  return `rows\n  found:${text(rows.map((row) => row.map((it) => shown(it.cell, it.type)).join(', ')))}\n  expected:${text(expected.rows.map((row) => row.map(expectedText).join(', ')))}`;
}

/** A failed result as a cell; a table of one row and one column as its value. */
function cellOf(result: QueryResult): { readonly cell: Cell; readonly type: ValueType } {
  if (result.kind === 'error') return { cell: result.error, type: 'blank' };
  if (result.kind === 'notEvaluated') return { cell: { cell: 'notEvaluated', reason: result.reason, at: result.at }, type: 'blank' };
  const [column] = result.columns;
  if (column === undefined || result.columns.length !== 1 || result.rowCount !== 1) {
    throw new Error(`a table of ${String(result.columns.length)} columns and ${String(result.rowCount)} rows is no value`);
  }
  return { cell: column.cells[0] ?? null, type: column.type };
}

const resultText = (result: QueryResult): string => {
  if (result.kind === 'table') return 'a table';
  const { cell, type } = cellOf(result);
  return shown(cell, type);
};

function meets(cell: Cell, type: ValueType, expected: Expected): boolean {
  if (cell !== null && typeof cell === 'object') {
    switch (cell.cell) {
      case 'variant': return meets(cell.value, cell.type, expected);
      case 'error': return expected.kind === 'error' && expected.id === cell.id;
      case 'notEvaluated': {
        if (expected.kind !== 'notEvaluated' || expected.id !== cell.reason.id) return false;
        return expected.name === undefined || ('name' in cell.reason && cell.reason.name.toUpperCase() === expected.name.toUpperCase());
      }
    }
  }
  if (expected.kind !== 'value') return false;
  if (expected.type !== undefined && expected.type !== type) return false;
  const { value } = expected;
  if (cell === null) return value.is === 'blank';
  switch (value.is) {
    case 'blank': return false;
    case 'boolean': return type === 'boolean' && cell === value.value;
    case 'text': return type === 'string' && cell === value.value;
    case 'date': return type === 'dateTime' && Math.abs(Number(cell) - serial(value.text)) < 0.0005 / 86_400;
    case 'number': return sameNumber(cell, type, value.text);
  }
}

function sameNumber(cell: boolean | string | number | bigint, type: ValueType, text: string): boolean {
  if (typeof cell === 'boolean' || typeof cell === 'string') return false;
  switch (type) {
    case 'int64': return /^-?\d+$/.test(text) && BigInt(cell) === BigInt(text);
    case 'decimal': return Number.isFinite(Number(cell)) ? /^-?\d+(?:\.\d{1,4})?$/.test(text) && BigInt(cell) === tenThousandths(text) : text === String(cell);
    case 'double': return sameDouble(Number(cell), Number(text));
    default: return false;
  }
}

/** The rounding of one or two operations is no difference; a wrong value is. */
const sameDouble = (a: number, b: number): boolean => Object.is(a, b) || a === b || Math.abs(a - b) <= 1e-13 * Math.abs(b);

function tenThousandths(text: string): bigint {
  const [whole = '0', fraction = ''] = text.split('.');
  const digits = BigInt(whole.replace('-', '') + fraction.padEnd(4, '0'));
  return text.startsWith('-') ? -digits : digits;
}

const serial = (text: string): number => (Date.parse(`${text.includes('T') ? text : `${text}T00:00:00`}Z`) - Date.UTC(1899, 11, 30)) / 86_400_000;

function shown(cell: Cell, type: ValueType): string {
  if (cell === null) return 'BLANK';
  if (typeof cell === 'object') {
    if (cell.cell === 'variant') return shown(cell.value, cell.type);
    if (cell.cell === 'error') return `error ${cell.id} ${JSON.stringify(cell.params)}`;
    return `not evaluated ${JSON.stringify(cell.reason)}`;
  }
  if (typeof cell === 'boolean') return cell ? 'TRUE' : 'FALSE';
  if (typeof cell === 'string') return `"${cell.replaceAll('"', '""')}"`;
  if (type === 'dateTime') return new Date(Math.round(Number(cell) * 86_400_000) + Date.UTC(1899, 11, 30)).toISOString().replace(/(?:T00:00:00)?\.000Z$/, '');
  if (type === 'decimal') return `${String(Number(cell) / 10_000)} decimal`;
  return `${String(cell)} ${type}`;
}

function expectedText(it: Expected): string {
  if (it.kind === 'error') return `error ${it.id}`;
  if (it.kind === 'notEvaluated') return `not evaluated ${it.id}${it.name === undefined ? '' : ` ${it.name}`}`;
  const { value } = it;
  const text = value.is === 'blank' ? 'BLANK' : value.is === 'boolean' ? (value.value ? 'TRUE' : 'FALSE') : value.is === 'text' ? `"${value.value.replaceAll('"', '""')}"` : value.text;
  return it.type === undefined ? text : `${text} ${it.type}`;
}
