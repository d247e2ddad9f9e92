/** Names and strings as DAX text. */
import { isBareName } from './tokens.ts';
import type { Name } from './tree.ts';

const bareName = /^[A-Za-z_][A-Za-z0-9_]*$/;
const reserved = new Set([
  'VAR', 'RETURN', 'IN', 'NOT', 'TRUE', 'FALSE', 'EVALUATE', 'DEFINE', 'MEASURE', 'COLUMN', 'TABLE', 'FUNCTION', 'ORDER', 'BY',
  'START', 'AT', 'ASC', 'DESC', 'AND', 'OR',
]);

/** A table's name: bare where that reads back as a name, else in quotes. */
export function quoteTable(name: string): string {
  if (bareName.test(name) && !reserved.has(name.toUpperCase())) return name;
  return quoteName(name);
}

/** A name in quotes, whether it needs them or not. */
export function quoteName(name: string): string {
  return `'${name.replaceAll("'", "''")}'`;
}

/** A table, variable or word as it was written; one that cannot stand bare gets quotes. */
export function writtenName({ text, quoted }: Name): string {
  return quoted || !isBareName(text) ? quoteName(text) : text;
}

/** A column's or measure's name in brackets. */
export function quoteColumn(name: string): string {
  return `[${name.replaceAll(']', ']]')}]`;
}

export function quoteString(value: string): string {
  return `"${value.replaceAll('"', '""')}"`;
}
