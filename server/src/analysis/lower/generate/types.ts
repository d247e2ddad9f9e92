/** Types of columns whose rows are made up, where the model does not tell them. */
import { nameKey, type Column, type ColumnName, type DataType, type Model, type Table } from '../../../model/model.ts';

/** Ways over relationships that are followed for a type; a circle of undeclared columns ends there. */
const furthest = 20;

/**
 * The declared type; else what the hints, the choice or the other end of a relationship tell; else text. What is read
 * back from a file of these values has the same type.
 */
export function generatedType(model: Model, table: Table, column: Column, way = 0): DataType {
  if (column.type !== undefined) return column.type;
  const hints = column.generate ?? {};
  if (hints.values !== undefined) return typeOfValues(hints.values.map((it) => it.value));
  if (column.choice !== undefined) return column.multiSelect ? 'string' : 'int64';
  if (hints.share !== undefined) return 'boolean';
  if (hints.part !== undefined) return hints.part === 'date' ? 'dateTime' : textParts.has(hints.part) ? 'string' : 'int64';
  if (hints.from !== undefined || hints.to !== undefined || hints.after !== undefined || hints.hours !== undefined) return 'dateTime';
  const { min, max, mean, deviation, decimals, distribution } = hints;
  const numbers = [min, max, mean, deviation].filter((it) => it !== undefined);
  if (numbers.length > 0 || decimals !== undefined || distribution !== undefined) {
    return (decimals ?? 0) > 0 || numbers.some((it) => !Number.isInteger(it)) ? 'double' : 'int64';
  }
  if (table.dateColumn !== undefined && nameKey(table.dateColumn) === nameKey(column.name)) return 'dateTime';
  if (way >= furthest) return 'string';
  for (const it of model.relationships) {
    const other = isColumn(it.from, table, column) ? it.to : isColumn(it.to, table, column) ? it.from : undefined;
    const otherTable = other === undefined ? undefined : model.tables.get(nameKey(other.table));
    const otherColumn = other === undefined ? undefined : otherTable?.columns.get(nameKey(other.column));
    if (otherTable !== undefined && otherColumn !== undefined) return generatedType(model, otherTable, otherColumn, way + 1);
  }
  return 'string';
}

const textParts: ReadonlySet<string> = new Set(['monthName', 'weekdayName', 'yearMonth']);

export const isColumn = (it: ColumnName, table: Table, column: Column): boolean =>
  nameKey(it.table) === nameKey(table.name) && nameKey(it.column) === nameKey(column.name);

/** As a reader of files tells types: whole numbers, numbers, words for TRUE and FALSE, else text. */
function typeOfValues(values: readonly (string | number | boolean | null)[]): DataType {
  const all = (fits: (it: string) => boolean): boolean => values.every((it) => fits(String(it)));
  if (values.length === 0) return 'string';
  if (all((it) => /^-?(?:0|[1-9]\d{0,14})$/.test(it))) return 'int64';
  if (all((it) => /^-?(?:0|[1-9]\d*)(?:\.\d+)?$/.test(it))) return 'double';
  if (all((it) => /^(?:true|false)$/i.test(it))) return 'boolean';
  if (all((it) => /^\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}:\d{2})?$/.test(it))) return 'dateTime';
  return 'string';
}
