/** What names can mean: the model, its metrics and what a query defines, with the row contexts that are open. */
import { nameKey, type Column, type ColumnName, type Model, type Table } from '../model/model.ts';
import type { Expression, ColumnReference } from '../../../grammar/src/tree.ts';
import type { DefinedColumn, DefinedFunction, DefinedTable, MeasureSymbol, Scope } from './bound.ts';
import { withModelFunctions } from './modelFunctions.ts';
import { findColumn, tableShape, unknownShape, type ScalarType, type ShapeColumn, type TableShape } from './shapes.ts';

/** Names that do not depend on a place in an expression. */
export interface Names {
  readonly model: Model | undefined;
  readonly measures: ReadonlyMap<string, MeasureSymbol>;
  readonly inferredTypes: Scope['inferredTypes'];
  /**
   * Tables and columns that the query or other text defines, by key and by `table\u0000column` of keys. Lowering knows
   * nothing else about them; binding has them as tables and columns of its `model` (`bind/defined.ts`), and nothing here.
   */
  readonly queryTables: ReadonlyMap<string, DefinedTable>;
  readonly queryColumns: ReadonlyMap<string, DefinedColumn>;
  /** Functions that the query or other text defines, by upper-case name. */
  readonly functions: ReadonlyMap<string, DefinedFunction>;
  /** All that text defines. */
  readonly definitions: Definitions;
  /** The table whose columns an unqualified name may mean where no row context has it. */
  readonly homeTable: string | undefined;
}

/** Definitions that a text sees: metrics, functions, tables and columns. */
export interface Definitions {
  readonly measures: ReadonlyMap<string, MeasureSymbol>;
  /** By upper-case name. */
  readonly functions: ReadonlyMap<string, DefinedFunction>;
  /** By key. */
  readonly tables: ReadonlyMap<string, DefinedTable>;
  /** By `table\u0000column` of keys. */
  readonly columns: ReadonlyMap<string, DefinedColumn>;
}

const none: ReadonlyMap<string, never> = new Map<string, never>();

export function namesOf(scope: Scope): Names {
  const { model, measures, tables = none, columns = none } = scope;
  const functions = withModelFunctions(model, scope.functions);
  return {
    model, measures, inferredTypes: scope.inferredTypes, queryTables: tables, queryColumns: columns, functions,
    definitions: { measures, functions, tables, columns }, homeTable: undefined,
  };
}

/** A row context. */
export interface RowScope {
  readonly shape: TableShape;
  /** A CALCULATE stands between here and there: the row can be read, but is a filter already. */
  readonly consumed: boolean;
  /**
   * The condition of a filter argument, FILTER(ALL(columns), condition): any column of the model has a value here, and
   * reading it makes it one of the columns.
   */
  readonly grow?: (table: Table, column: Column) => { readonly index: number; readonly column: ShapeColumn };
}

/** The table of the model; undefined where text defines a table of this name, which hides it. */
export const findTable = (names: Names, name: string): Table | undefined =>
  names.queryTables.has(nameKey(name)) ? undefined : names.model?.tables.get(nameKey(name));

export function findModelColumn(names: Names, it: ColumnName): { readonly table: Table; readonly column: Column } | undefined {
  const table = findTable(names, it.table);
  const column = table?.columns.get(nameKey(it.column));
  return table === undefined || column === undefined ? undefined : { table, column };
}

/** Declared type of a column, else the inferred one. */
export const columnType = (names: Names, table: Table, column: Column): ScalarType =>
  column.type ?? names.inferredTypes?.(nameKey(table.name), nameKey(column.name)) ?? 'unknown';

const tellers = new WeakMap<Table, () => boolean>();

/** Whether text defines a table by an expression that does not tell its columns. */
export const isOpaque = (table: Table): boolean => tellers.get(table)?.() ?? false;

/** @param teller tells whether nobody knows the columns; asked when it matters */
export const tellsWhetherOpaque = (table: Table, teller: () => boolean): void => {
  tellers.set(table, teller);
};

const shapesOfTables = new WeakMap<Table, { readonly inferred: Scope['inferredTypes']; readonly shape: TableShape }>();

/** Whole rows of a model table; the same object for the same table, so that its index of names is made once. */
export function shapeOf(names: Names, table: Table): TableShape {
  if (isOpaque(table)) return unknownShape;
  const known = shapesOfTables.get(table);
  if (known !== undefined && known.inferred === names.inferredTypes) return known.shape;
  const shape = tableShape(table, (name) => {
    const column = table.columns.get(nameKey(name));
    return column === undefined ? 'unknown' : columnType(names, table, column);
  });
  shapesOfTables.set(table, { inferred: names.inferredTypes, shape });
  return shape;
}

export type Resolution<Row extends RowScope> =
  /** The current row of a row context. */
  | { readonly kind: 'row'; readonly row: Row; readonly index: number; readonly column: ShapeColumn }
  /** A column of the model, and no row context has it. `isGuess`: it stands without its table, and only one table has it. */
  | { readonly kind: 'model'; readonly table: Table; readonly column: Column; readonly isGuess: boolean }
  | { readonly kind: 'measure'; readonly measure: MeasureSymbol; readonly homeMismatch: boolean }
  /** A metric and a column of the row context have this name; which one is meant is not certain. */
  | { readonly kind: 'either'; readonly measure: MeasureSymbol; readonly column: ShapeColumn }
  | { readonly kind: 'ambiguous'; readonly tables: readonly string[] }
  /** It may be a column of something whose columns are not known. */
  | { readonly kind: 'opaque' }
  /** Several tables have a column of this name, and which one is home is not known. */
  | { readonly kind: 'homeless' }
  | { readonly kind: 'no-table'; readonly name: string }
  | { readonly kind: 'no-column'; readonly table: Table }
  | { readonly kind: 'nothing' };

/**
 * What `T[c]` or `[c]` means with these row contexts open, the innermost last.
 *
 * @param skip row contexts that have the column and are passed over: EARLIER
 */
export function resolveColumn<Row extends RowScope>(
  reference: ColumnReference, names: Names, rows: readonly Row[], skip = 0,
): Resolution<Row> {
  return reference.table === undefined
    ? resolveBare(reference.column.text, names, rows, skip)
    : resolveQualified(reference.table.text, reference.column.text, names, rows, skip);
}

function resolveQualified<Row extends RowScope>(
  tableName: string, name: string, names: Names, rows: readonly Row[], skip: number,
): Resolution<Row> {
  if (names.queryColumns.has(`${nameKey(tableName)}\u0000${nameKey(name)}`)) return { kind: 'opaque' };
  const table = findTable(names, tableName);
  const column = table?.columns.get(nameKey(name));
  let left = skip;
  for (const row of innermostFirst(rows)) {
    if (row.grow !== undefined) {
      if (table !== undefined && column !== undefined && left-- === 0) return { kind: 'row', row, ...row.grow(table, column) };
      continue;
    }
    const found = findColumn(row.shape, tableName, name);
    if (found !== undefined && found !== 'ambiguous' && left-- === 0) return { kind: 'row', row, ...found };
  }
  if (table !== undefined && column !== undefined) return { kind: 'model', table, column, isGuess: false };
  const measure = names.measures.get(nameKey(name));
  if (measure !== undefined) {
    const home = measure.homeTable ?? names.model?.home;
    const homeMismatch = home === undefined || nameKey(home) !== nameKey(tableName);
    const isElsewhere = homeMismatch && measure.homeTable !== undefined && table === undefined && !names.queryTables.has(nameKey(tableName));
    return isElsewhere && names.model !== undefined ? { kind: 'no-table', name: tableName } : { kind: 'measure', measure, homeMismatch };
  }
  if (names.model === undefined || names.queryTables.has(nameKey(tableName))) return { kind: 'opaque' };
  if (table !== undefined && isOpaque(table)) return { kind: 'opaque' };
  return table === undefined ? { kind: 'no-table', name: tableName } : { kind: 'no-column', table };
}

function resolveBare<Row extends RowScope>(name: string, names: Names, rows: readonly Row[], skip: number): Resolution<Row> {
  const measure = names.measures.get(nameKey(name));
  if (measure === undefined && isDefinedColumn(names, name)) return { kind: 'opaque' };
  let left = skip;
  for (let i = rows.length - 1; i >= 0; i--) {
    const row = rows[i];
    if (row === undefined) continue;
    if (row.grow !== undefined) {
      const outside = resolveBare(name, names, rows.slice(0, i), left);
      const lineage = outside.kind === 'row' ? outside.column.lineage : undefined;
      const its = outside.kind === 'model' ? outside : lineage === undefined ? undefined : findModelColumn(names, lineage);
      return its === undefined ? outside : { kind: 'row', row, ...row.grow(its.table, its.column) };
    }
    if (row.shape.columns === undefined && measure === undefined) return { kind: 'opaque' };
    const found = findColumn(row.shape, undefined, name);
    if (found === 'ambiguous') {
      const key = nameKey(name);
      const columns = (row.shape.columns ?? []).filter((it) => nameKey(it.column) === key);
      const added = columns.find((it) => it.table === undefined) ?? columns[0];
      if (measure !== undefined && added !== undefined) return { kind: 'either', measure, column: added };
      const tables = columns.map((it) => it.table ?? `[${it.column}]`);
      return { kind: 'ambiguous', tables };
    }
    if (found === undefined || left-- > 0) continue;
    if (measure === undefined) return { kind: 'row', row, ...found };
    return { kind: 'either', measure, column: found.column };
  }
  if (measure !== undefined) return { kind: 'measure', measure, homeMismatch: false };
  return resolveInModel(name, names);
}

/** Whether text defines a column of this name in some table. */
function isDefinedColumn({ queryColumns }: Names, name: string): boolean {
  const end = `\u0000${nameKey(name)}`;
  for (const it of queryColumns.keys()) if (it.endsWith(end)) return true;
  return false;
}

/**
 * `[c]` that no row context has: a column of the metric's home table. Where the home is not known, Power BI may know
 * better, so a column of that name is taken when just one table has it.
 */
function resolveInModel<Row extends RowScope>(name: string, names: Names): Resolution<Row> {
  if (names.model === undefined) return { kind: 'opaque' };
  if (names.homeTable !== undefined) {
    if (names.queryTables.has(nameKey(names.homeTable))) return { kind: 'opaque' };
    const table = findTable(names, names.homeTable);
    if (table !== undefined && isOpaque(table)) return { kind: 'opaque' };
    const home = findModelColumn(names, { table: names.homeTable, column: name });
    return home === undefined ? { kind: 'nothing' } : { kind: 'model', ...home, isGuess: false };
  }
  const [table, other] = [...names.model.tables.values()].filter((it) => it.columns.has(nameKey(name)));
  const column = table?.columns.get(nameKey(name));
  if (table === undefined || column === undefined) return { kind: 'nothing' };
  return other === undefined ? { kind: 'model', table, column, isGuess: true } : { kind: 'homeless' };
}

/** Names for ORDER BY: a column of the result comes before a metric of the same name. */
export function resultNames(names: Names, shape: TableShape): Names {
  const hidden = (shape.columns ?? []).map((it) => nameKey(it.column)).filter((it) => names.measures.has(it));
  if (hidden.length === 0) return names;
  const measures = new Map(names.measures);
  for (const it of hidden) measures.delete(it);
  return { ...names, measures };
}

/** The row contexts that an argument sees which names a column: the condition of a filter gives values, no names. */
export const naming = <Row extends RowScope>(rows: readonly Row[]): readonly Row[] =>
  rows.some((it) => it.grow !== undefined) ? rows.filter((it) => it.grow === undefined) : rows;

function* innermostFirst<Row>(rows: readonly Row[]): Generator<Row> {
  for (let i = rows.length - 1; i >= 0; i--) {
    const row = rows[i];
    if (row !== undefined) yield row;
  }
}

/** Removes brackets around an expression. */
export function unwrap(expression: Expression): Expression {
  let it = expression;
  while (it.kind === 'parenthesized') it = it.expression;
  return it;
}
