/**
 * Shapes: the columns that a table expression has, with where they come from.
 *
 * Binding and lowering build the same shapes with the same functions, so that a column that binding resolves is found
 * at the same place by lowering.
 */
import type { Span } from '../base/spans.ts';
import type { DefinedFunction, DefinedTable } from './bound.ts';
import { nameKey, type ColumnName, type DataType, type Table } from '../model/model.ts';

/** Type of a single value; `number`: one of the three; `unknown`: nothing is said, so nothing is complained about. */
export type ScalarType = DataType | 'number' | 'variant' | 'unknown' | 'blank';

/** The type of a column of the model; undefined where it is not told. */
export const dataTypeOf = (type: ScalarType): DataType | undefined =>
  type === 'number' || type === 'variant' || type === 'unknown' || type === 'blank' ? undefined : type;

export interface ShapeColumn {
  /** The table before the bracket; undefined for columns that an expression added under a plain name. */
  readonly table: string | undefined;
  readonly column: string;
  /** The model column whose values these are. */
  readonly lineage: ColumnName | undefined;
  readonly type: ScalarType;
  /** Where an expression named it. */
  readonly definition: Span | undefined;
  /** The definition in which `definition` stands; absent: in the text that is being bound. */
  readonly owner?: Owner;
  /** Key of the metric whose value it holds, where it is nothing but that. */
  readonly measure?: string;
}

/** A definition in another text that gives a table its columns. */
export type Owner = DefinedTable | DefinedFunction;

/** `columns` undefined: nobody knows them. `wholeTable`: the rows are whole rows of this model table. */
export interface TableShape {
  readonly columns: readonly ShapeColumn[] | undefined;
  readonly wholeTable: string | undefined;
}

export const unknownShape: TableShape = { columns: undefined, wholeTable: undefined };

/** DAX name of a column in results: `T[c]`, or `[x]` where no table stands before it. */
export const columnName = (it: Pick<ShapeColumn, 'table' | 'column'>): string =>
  `${it.table ?? ''}[${it.column.replaceAll(']', ']]')}]`;

export const columnsShape = (columns: readonly ShapeColumn[]): TableShape => ({ columns, wholeTable: undefined });

/** A column that an expression adds. A text such as `T[c]` or `'T x'[c]` names its table too; `Price [€]` is a name like any other. */
export function addedColumn(name: string, type: ScalarType, definition?: Span, lineage?: ColumnName): ShapeColumn {
  const qualified = /^(?:'((?:[^']|'')+)'\s*|([\p{L}_][\p{L}\p{N}_]*)?)\[((?:[^\]]|\]\])+)\]$/u.exec(name);
  const table = qualified === null ? undefined : (qualified[1]?.replaceAll("''", "'") ?? qualified[2])?.trim();
  return {
    table: table === '' ? undefined : table,
    column: qualified?.[3]?.replaceAll(']]', ']') ?? name,
    lineage,
    type,
    definition,
  };
}

/** A column of the model as a column of a shape. */
export const modelColumn = (table: Table, column: { readonly name: string }, type: ScalarType): ShapeColumn => ({
  table: table.name,
  column: column.name,
  lineage: { table: table.name, column: column.name },
  type,
  definition: undefined,
});

/** Whole rows of a model table. The type of a column is asked for when it matters: text may define it by other columns. */
export const tableShape = (table: Table, typeOf: (column: string) => ScalarType): TableShape => ({
  columns: [...table.columns.values()].map((it): ShapeColumn => ({
    table: table.name,
    column: it.name,
    lineage: { table: table.name, column: it.name },
    get type() { return typeOf(it.name); },
    definition: undefined,
  })),
  wholeTable: table.name,
});

/** The input's columns, then these: ADDCOLUMNS, CROSSJOIN, GENERATE. */
export function joinShapes(shapes: readonly TableShape[], wholeTable?: string): TableShape {
  const columns: ShapeColumn[] = [];
  for (const it of shapes) {
    if (it.columns === undefined) return unknownShape;
    columns.push(...it.columns);
  }
  return { columns, wholeTable };
}

/** UNION and its kin: names of the first table; a lineage only where all tables agree. */
export function unionShapes(shapes: readonly TableShape[], unify: (a: ScalarType, b: ScalarType) => ScalarType): TableShape {
  const [first, ...rest] = shapes;
  if (first?.columns === undefined) return unknownShape;
  const columns = first.columns.map((column, i): ShapeColumn => {
    let { lineage, type } = column;
    for (const other of rest) {
      const its = other.columns?.[i];
      if (its === undefined) type = 'unknown';
      else type = unify(type, its.type);
      if (!sameColumn(lineage, its?.lineage)) lineage = undefined;
    }
    const { table, column: name, definition, owner } = column;
    return { table, column: name, lineage, type, definition, ...(owner === undefined ? {} : { owner }) };
  });
  return columnsShape(columns);
}

export const sameColumn = (a: ColumnName | undefined, b: ColumnName | undefined): boolean =>
  a !== undefined && b !== undefined && nameKey(a.table) === nameKey(b.table) && nameKey(a.column) === nameKey(b.column);

/** What a name finds among the columns of a shape. */
export type Found = { readonly index: number; readonly column: ShapeColumn } | 'ambiguous' | undefined;

interface Names {
  readonly qualified: ReadonlyMap<string, number>;
  /** Index, or undefined where several columns share the name. */
  readonly bare: ReadonlyMap<string, number | undefined>;
}

const namesOfShape = new WeakMap<readonly ShapeColumn[], Names>();

/** Finds `T[c]` (with a table) or `[c]` (without) among the columns; undefined as well where the columns are not known. */
export function findColumn(shape: TableShape, table: string | undefined, column: string): Found {
  if (shape.columns === undefined) return undefined;
  const names = namesOf(shape.columns);
  const key = nameKey(column);
  if (table !== undefined) {
    const index = names.qualified.get(`${nameKey(table)}\u0000${key}`);
    return at(shape.columns, index);
  }
  if (!names.bare.has(key)) return undefined;
  const index = names.bare.get(key);
  return index === undefined ? 'ambiguous' : at(shape.columns, index);
}

function at(columns: readonly ShapeColumn[], index: number | undefined): Found {
  const column = index === undefined ? undefined : columns[index];
  return column === undefined || index === undefined ? undefined : { index, column };
}

function namesOf(columns: readonly ShapeColumn[]): Names {
  let names = namesOfShape.get(columns);
  if (names === undefined) {
    const qualified = new Map<string, number>();
    const bare = new Map<string, number | undefined>();
    columns.forEach((it, i) => {
      const key = nameKey(it.column);
      if (it.table !== undefined) qualified.set(`${nameKey(it.table)}\u0000${key}`, i);
      bare.set(key, bare.has(key) ? undefined : i);
    });
    // Where no table is meant, "Price[€]" is a name: [Price[€]]].
    columns.forEach((it, i) => {
      const whole = it.table === undefined || it.definition === undefined ? undefined : nameKey(`${it.table}[${it.column}]`);
      if (whole !== undefined && !bare.has(whole)) bare.set(whole, i);
    });
    names = { qualified, bare };
    namesOfShape.set(columns, names);
  }
  return names;
}
