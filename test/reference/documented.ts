// Cases of the documentation and of Power BI Desktop: what is run, over which rows, and what comes out.
import type { Cell, ValueType } from '../../server/src/plan/values.ts';

export type DocumentedValue = string | number | boolean | null | { readonly date?: string; readonly time?: string; readonly number?: string };

/** A case as `conformance/docs.json` has it. */
export interface DocumentedCase {
  readonly id: string;
  readonly code: string;
  readonly kind: 'query' | 'expression' | 'table expression';
  readonly inputs?: Inputs;
  readonly expected:
    | { readonly kind: 'table'; readonly rows: readonly (readonly DocumentedValue[])[] }
    | { readonly kind: 'scalar'; readonly value: DocumentedValue; readonly digits?: number }
    | { readonly kind: 'error' };
}

export type Inputs = Readonly<Record<string, { readonly columns: readonly string[]; readonly rows: readonly (readonly DocumentedValue[])[] }>>;

/** The probes of `conformance/desktop.json`. */
export interface Desktop {
  readonly tables: Readonly<Record<string, string | readonly Readonly<Record<string, DocumentedValue>>[]>>;
  readonly probes: readonly { readonly name: string; readonly dax: string; readonly want: number }[];
}

export function queryOf({ kind, code }: DocumentedCase): string {
  if (kind === 'query') return code;
  const expression = code.trim().replace(/^=/, '');
  return kind === 'expression' ? `EVALUATE { ${expression} }` : `EVALUATE ${expression}`;
}

/** Input tables as a model file. */
export function modelFileOf(inputs: Inputs): string {
  const tables = Object.entries(inputs).map(([name, { columns, rows }]) => {
    const typed = columns.map((it, i) => `      ${JSON.stringify(it)}: { type: ${typeOf(rows[0]?.[i] ?? null)} }`);
    const written = rows.map((row) => `      - { ${row.map((it, i) => `${JSON.stringify(columns[i])}: ${cellOf(it)}`).join(', ')} }`);
    return [`  ${JSON.stringify(name)}:`, '    columns:', ...typed, '    rows:', ...written].join('\n');
  });
  return `name: documented\ntables:\n${tables.join('\n')}\n`;
}

const typeOf = (it: DocumentedValue): string => {
  if (typeof it === 'number') return Number.isInteger(it) ? 'int64' : 'double';
  return typeof it === 'boolean' ? 'boolean' : typeof it === 'string' ? 'string' : 'dateTime';
};

const cellOf = (it: DocumentedValue): string => JSON.stringify(it !== null && typeof it === 'object' ? it.date : it);

/** Whether a result is the documented value, to the digits that are printed. */
export function isDocumented(wanted: DocumentedValue, cell: Cell, type: ValueType, digits?: number): boolean {
  if (cell !== null && typeof cell === 'object') return cell.cell === 'variant' && isDocumented(wanted, cell.value, cell.type, digits);
  if (wanted === null || cell === null) return wanted === cell;
  switch (typeof wanted) {
    case 'number': {
      const found = type === 'decimal' ? Number(cell) / 10_000 : Number(cell);
      const tolerance = digits === undefined ? Math.max(1e-9, 1e-6 * Math.abs(wanted)) : 10 ** -digits;
      return typeof cell !== 'string' && typeof cell !== 'boolean' && Math.abs(found - wanted) <= tolerance;
    }
    case 'object': {
      if (wanted.number !== undefined) return String(cell) === wanted.number;
      if (type !== 'dateTime') return false;
      const text = new Date(Math.round(Number(cell) * 86_400_000) + Date.UTC(1899, 11, 30)).toISOString();
      return text.slice(0, 10) === (wanted.date ?? text.slice(0, 10)) && text.slice(11, 19) === (wanted.time ?? text.slice(11, 19));
    }
    default: return cell === wanted;
  }
}
