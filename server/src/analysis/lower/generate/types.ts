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
  // What points to another table holds its values, whatever they mean.
  const pointedTo = way >= furthest ? undefined : endType(model, table, column, way, (it) => it.isMany);
  if (pointedTo !== undefined) return pointedTo;
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
  return endType(model, table, column, way, () => true) ?? 'string';
}

/** The type of the other end of a relationship, as far as it tells one. */
function endType(model: Model, table: Table, column: Column, way: number, isWanted: (it: RelationshipEnd) => boolean): DataType | undefined {
  for (const end of endsAt(model, table, column)) {
    if (!isWanted(end)) continue;
    const otherTable = model.tables.get(nameKey(end.other.table));
    const otherColumn = otherTable?.columns.get(nameKey(end.other.column));
    if (otherTable !== undefined && otherColumn !== undefined) return generatedType(model, otherTable, otherColumn, way + 1);
  }
  return undefined;
}

const textParts: ReadonlySet<string> = new Set(['monthName', 'weekdayName', 'yearMonth']);

/** A relationship as a column at one of its ends sees it. */
export interface RelationshipEnd {
  /** The column's rows may have a value twice: it is at the many side. */
  readonly isMany: boolean;
  /** No two of the column's rows have one value. */
  readonly isUnique: boolean;
  readonly active: boolean;
  readonly other: ColumnName;
}

const indices = new WeakMap<Model, ReadonlyMap<string, readonly RelationshipEnd[]>>();
const none: readonly RelationshipEnd[] = [];

/** The relationships that begin or end at a column, in the model's order. */
export function endsAt(model: Model, table: Table, column: Column): readonly RelationshipEnd[] {
  let index = indices.get(model);
  if (index === undefined) indices.set(model, (index = indexOf(model)));
  return index.get(keyOf({ table: table.name, column: column.name })) ?? none;
}

const keyOf = (it: ColumnName): string => `${nameKey(it.table)}\u0000${nameKey(it.column)}`;

function indexOf({ relationships }: Model): ReadonlyMap<string, readonly RelationshipEnd[]> {
  const index = new Map<string, RelationshipEnd[]>();
  const add = (at: ColumnName, end: RelationshipEnd): void => {
    const its = index.get(keyOf(at));
    if (its === undefined) index.set(keyOf(at), [end]);
    else its.push(end);
  };
  for (const { from, to, cardinality, active } of relationships) {
    const isSwapped = cardinality === 'one-to-many';
    const [many, one] = isSwapped ? [to, from] : [from, to];
    add(many, { isMany: true, isUnique: cardinality === 'one-to-one', active, other: one });
    add(one, { isMany: false, isUnique: cardinality !== 'many-to-many', active, other: many });
  }
  return index;
}

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
