/** The filters of the preview: what a person looks at while writing, as plain records and as DAX filter arguments. */
import { quoteString } from '../../../../grammar/src/index.ts';
import { nameKey } from '../../model/model.ts';
import type { ColumnRef } from '../../plan/plan.ts';
import { columnText } from '../../workspace/queries.ts';
import type { ModelView } from '../../workspace/types.ts';
import { dayAfter, isDay, lastDay } from '../days.ts';

/** null is BLANK. */
export type PreviewValue = string | number | boolean | null;

export type PreviewFilter =
  | { readonly kind: 'values'; readonly table: string; readonly column: string; readonly values: readonly PreviewValue[] }
  /** Whole days, `2025-05-31`, both included; without a bound the range is open. */
  | { readonly kind: 'dates'; readonly table: string; readonly column: string; readonly from?: string; readonly to?: string };

/** More than a person chooses. */
const mostFilters = 50;
const mostValues = 2_000;

/**
 * Filters as a client sends them; what is none is left out, and of several for a column the last counts.
 *
 * @param value unchecked
 */
export function readPreview(value: unknown): readonly PreviewFilter[] {
  if (!Array.isArray(value)) return [];
  const byColumn = new Map<string, PreviewFilter>();
  for (const it of value.slice(0, mostFilters).map(readFilter)) {
    if (it !== undefined) byColumn.set(`${nameKey(it.table)}\u0000${nameKey(it.column)}`, it);
  }
  return [...byColumn.values()];
}

function readFilter(value: unknown): PreviewFilter | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { kind, table, column, values, from, to } = value as Readonly<Record<string, unknown>>;
  if (typeof table !== 'string' || typeof column !== 'string') return undefined;
  if (kind === 'values' && Array.isArray(values)) {
    const known = values.slice(0, mostValues).filter(isValue);
    return known.length === 0 ? undefined : { kind, table, column, values: known };
  }
  const isDates = kind === 'dates' && (isDay(from) || isDay(to));
  return isDates ? { kind, table, column, ...(isDay(from) ? { from } : {}), ...(isDay(to) ? { to } : {}) } : undefined;
}

const isValue = (it: unknown): it is PreviewValue =>
  it === null || typeof it === 'boolean' || (typeof it === 'string' && !/[\r\n]/.test(it)) || (typeof it === 'number' && Number.isFinite(it));

/** The column of a model that a filter means, in the model's spelling; undefined where the model has none of that name. */
export function columnIn({ model }: ModelView, filter: ColumnRef): ColumnRef | undefined {
  const table = model.tables.get(nameKey(filter.table));
  const column = table?.columns.get(nameKey(filter.column));
  return table === undefined || column === undefined ? undefined : { table: table.name, column: column.name };
}

/** A filter as an argument of CALCULATETABLE or SUMMARIZECOLUMNS. */
export function filterArgument(filter: PreviewFilter, column: ColumnRef): string {
  const text = columnText(column);
  if (filter.kind === 'values') return `TREATAS({ ${filter.values.map(literal).join(', ')} }, ${text})`;
  const conditions = [
    `NOT ISBLANK(${text})`,
    filter.from === undefined ? undefined : `${text} >= dt"${filter.from}"`,
    filter.to === undefined || filter.to === lastDay ? undefined : `${text} < dt"${dayAfter(filter.to)}"`,
  ].filter((it) => it !== undefined);
  return `FILTER(ALL(${text}), ${conditions.join(' && ')})`;
}

/** A filter as a person writes it in `@expect ... where`: conditions that keep what `filterArgument` keeps. */
export function conditions(filter: PreviewFilter, column: ColumnRef): readonly string[] {
  const text = columnText(column);
  if (filter.kind === 'dates') {
    return [
      // BLANK counts as the day 0, so that only a later bound keeps it out.
      ...(filter.from === undefined || filter.from <= dayZero ? [`NOT ISBLANK(${text})`] : []),
      ...(filter.from === undefined ? [] : [`${text} >= ${dayLiteral(filter.from)}`]),
      ...(filter.to === undefined || filter.to === lastDay ? [] : [`${text} < ${dayLiteral(dayAfter(filter.to))}`]),
    ];
  }
  const [value, ...others] = filter.values;
  if (others.length > 0) return [`${text} IN { ${filter.values.map(literal).join(', ')} }`];
  if (value === null || value === undefined) return [`ISBLANK(${text})`];
  // BLANK equals what is empty, unless the comparison is strict.
  return [`${text} ${value === '' || value === 0 || value === false ? '==' : '='} ${literal(value)}`];
}

const dayZero = '1899-12-30';

/** DATE adds 1900 to small years. */
const dayLiteral = (it: string): string => (it < '1900' ? `dt"${it}"` : `DATE(${it.split('-').map(Number).join(', ')})`);

function literal(value: PreviewValue): string {
  if (value === null) return 'BLANK()';
  return typeof value === 'string' ? quoteString(value) : String(value).toUpperCase();
}
