/** Names and strings as DAX text. */

const bareName = /^[A-Za-z_][A-Za-z0-9_]*$/;
const reserved = new Set([
  'VAR', 'RETURN', 'IN', 'NOT', 'TRUE', 'FALSE', 'EVALUATE', 'DEFINE', 'MEASURE', 'COLUMN', 'TABLE', 'FUNCTION', 'ORDER', 'BY',
  'START', 'AT', 'ASC', 'DESC', 'AND', 'OR',
]);

/** A table's name: bare where that reads back as a name, else in quotes. */
export function quoteTable(name: string): string {
  if (bareName.test(name) && !reserved.has(name.toUpperCase())) return name;
  return `'${name.replaceAll("'", "''")}'`;
}

/** A column's or measure's name in brackets. */
export function quoteColumn(name: string): string {
  return `[${name.replaceAll(']', ']]')}]`;
}

export function quoteString(value: string): string {
  return `"${value.replaceAll('"', '""')}"`;
}
