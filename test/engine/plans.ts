// Plans and databases written by hand, as short as they read.
import type { DatabaseSpec, RelationshipSpec, TableSpec } from '../../server/src/plan/database.ts';
import type { ColumnRef, ContextChange, Job, JobResult, MeasurePlan, NamedScalar, Relation, RelationColumn, RowId, Scalar } from '../../server/src/plan/plan.ts';
import type { Cell, ValueType } from '../../server/src/plan/values.ts';
import { defaultLimits, type DataType, type Limits, type RowValue } from '../../server/src/model/model.ts';
import { openDatabase, type Database } from '../../server/src/engine/database.ts';
import { runJob } from '../../server/src/engine/run.ts';

let nextId = 1;
export const newRow = (): RowId => nextId++;

/** `T[c]` as a reference. */
export function ref(name: string): ColumnRef {
  const open = name.indexOf('[');
  return { table: name.slice(0, open), column: name.slice(open + 1, -1) };
}

/** A table: a header of `name:type` and rows of values. */
export function table(name: string, header: string, ...rows: readonly (readonly RowValue[])[]): TableSpec {
  const columns = header.split(' ').map((it) => {
    const [column = '', type] = it.split(':');
    return { name: column, type: type as DataType | undefined };
  });
  return { name, columns, source: { kind: 'rows', rows: rows.map((row) => row.map((value, i) => [columns[i]?.name ?? '', value] as const)) } };
}

export function link(from: string, to: string, more: Partial<RelationshipSpec> = {}): RelationshipSpec {
  return { from: ref(from), to: ref(to), cardinality: 'many-to-one', active: true, crossFilter: 'single', ...more };
}

export const open = (tables: readonly TableSpec[], relationships: readonly RelationshipSpec[] = [], more: Partial<DatabaseSpec> = {}): Promise<Database> =>
  openDatabase({ key: 'test', tables, relationships, measures: [], clock: 45_000, culture: 'en-US', seed: 1, limits: defaultLimits, ...more }, () => {
    throw new Error('these tests read no files');
  });

export const limits = (more: Partial<Limits>): Limits => ({ ...defaultLimits, ...more });

// Scalars

export function value(it: Cell): Scalar {
  const type: ValueType = it === null ? 'blank' : typeof it === 'string' ? 'string' : typeof it === 'boolean' ? 'boolean' : typeof it === 'bigint' || Number.isSafeInteger(it) ? 'int64' : 'double';
  return { op: 'constant', type, value: it };
}
export const typedValue = (type: ValueType, it: Cell): Scalar => ({ op: 'constant', type, value: it });
const scalar = (it: Scalar | Cell): Scalar => (typeof it === 'object' && it !== null && 'op' in it ? it : value(it as Cell));

export const call = (name: string, ...args: readonly (Scalar | Cell)[]): Scalar => ({ op: 'call', name, args: args.map(scalar) });
export const agg = (fn: Extract<Scalar, { op: 'aggregate' }>['fn'], column: string): Scalar => ({ op: 'aggregate', fn, column: ref(column) });
export const cell = (row: RowId, index = 0): Scalar => ({ op: 'column', row, index });
export const related = (row: RowId, column: string): Scalar => ({ op: 'related', row, column: ref(column) });
export const divide = (numerator: Scalar, denominator: Scalar, alternate: Scalar | null = null): Scalar => ({ op: 'divide', numerator, denominator, alternate });
export const iff = (condition: Scalar, then: Scalar | Cell, otherwise?: Scalar | Cell): Scalar => ({ op: 'if', condition, then: scalar(then), otherwise: otherwise === undefined ? null : scalar(otherwise) });
export const measure = (index: number, ...transition: readonly RowId[]): Scalar => ({ op: 'measure', index, transition });
export const calculate = (expression: Scalar, changes: readonly ContextChange[] = [], ...transition: readonly RowId[]): Scalar => ({ op: 'calculate', expression, changes, transition });
export const fold = (fn: Extract<Scalar, { op: 'fold' }>['fn'], relation: Relation, expression: (row: RowId) => Scalar): Scalar => {
  const row = newRow();
  return { op: 'fold', fn, relation, row, expression: expression(row) };
};
export const countRows = (relation: Relation): Scalar => ({ op: 'countRows', relation });

// Filter arguments

export const where = (column: string, predicate: (it: Scalar) => Scalar, keep = false): ContextChange => {
  const row = newRow();
  return { change: 'predicate', columns: [ref(column)], row, predicate: predicate(cell(row)), keep };
};
export const is = (column: string, it: Cell, keep = false): ContextChange => where(column, (x) => call('=', x, it), keep);
export const by = (relation: Relation, keep = false): ContextChange => ({ change: 'filter', relation, keep });
export const remove = (...columns: readonly string[]): ContextChange => ({ change: 'removeColumns', columns: columns.map(ref) });
export const removeTable = (name: string): ContextChange => ({ change: 'removeTable', table: name });

// Relations

const columnsOf = (names: readonly string[]): readonly RelationColumn[] => names.map((name) => ({ name, lineage: ref(name) }));
export const rows = (spec: TableSpec, blankRow = false): Relation =>
  ({ op: 'scan', source: spec.name, blankRow, table: spec.name, columns: columnsOf(spec.columns.map((it) => `${spec.name}[${it.name}]`)) });
export const allRows = (spec: TableSpec): Relation => ({ ...rows(spec), op: 'all', source: spec.name, whole: true, blankRow: true }) as Relation;
export const values = (...columns: readonly string[]): Relation => ({ op: 'values', blankRow: true, columns: columnsOf(columns) });
export const distinct = (...columns: readonly string[]): Relation => ({ op: 'values', blankRow: false, columns: columnsOf(columns) });
export const all = (...columns: readonly string[]): Relation => ({ op: 'all', source: ref(columns[0] ?? '').table, whole: false, blankRow: true, columns: columnsOf(columns) });
export const filter = (input: Relation, predicate: (row: RowId) => Scalar): Relation => {
  const row = newRow();
  return { op: 'filter', input, row, predicate: predicate(row), columns: input.columns, ...(input.table === undefined ? {} : { table: input.table }) };
};
export const extend = (input: Relation, extensions: (row: RowId) => Readonly<Record<string, Scalar>>): Relation => {
  const row = newRow();
  const named = namedOf(extensions(row));
  return { op: 'extend', input, row, extensions: named, columns: [...input.columns, ...named.map((it) => ({ name: `[${it.name}]` }))], ...(input.table === undefined ? {} : { table: input.table }) };
};
export const project = (input: Relation, expressions: (row: RowId) => Readonly<Record<string, Scalar>>): Relation => {
  const row = newRow();
  const named = namedOf(expressions(row));
  return { op: 'project', input, row, expressions: named.map((it) => it.expression), columns: named.map((it) => ({ name: `[${it.name}]` })) };
};
export const summarize = (columns: readonly string[], extensions: Readonly<Record<string, Scalar>> = {}, filters: readonly Relation[] = []): Relation => ({
  op: 'summarizeColumns', by: columns.map(ref), filters, extensions: namedOf(extensions),
  columns: [...columnsOf(columns), ...Object.keys(extensions).map((name) => ({ name: `[${name}]` }))],
});
export const rowOf = (cells: Readonly<Record<string, Scalar>>): Relation => ({ op: 'rows', rows: [Object.values(cells)], columns: Object.keys(cells).map((name) => ({ name: `[${name}]` })) });
export const order = (input: Relation, key: (row: RowId) => Scalar, descending = false): Relation => {
  const row = newRow();
  return { op: 'order', input, row, keys: [{ expression: key(row), descending }], columns: input.columns };
};

const namedOf = (it: Readonly<Record<string, Scalar>>): readonly NamedScalar[] => Object.entries(it).map(([name, expression]) => ({ name, expression }));

// Answers

export const job = (queries: readonly Relation[], measures: readonly MeasurePlan[] = []): Job => ({ measures, queries: queries.map((relation) => ({ relation })) });

/** The rows of the only query, each as a list of cells. */
export function ask(database: Database, relation: Relation, measures: readonly MeasurePlan[] = []): readonly (readonly Cell[])[] {
  return rowsOfResult(runJob(database, job([relation], measures)));
}

export function rowsOfResult(result: JobResult): readonly (readonly Cell[])[] {
  const [first] = result.results;
  if (first?.kind !== 'table') throw new Error(JSON.stringify(first));
  return Array.from({ length: first.rowCount }, (_, row) => first.columns.map((it) => it.cells[row] ?? null));
}

/** The value of one expression. */
export function evaluate(database: Database, expression: Scalar, measures: readonly MeasurePlan[] = []): Cell {
  const [row] = ask(database, rowOf({ v: expression }), measures);
  return row?.[0] ?? null;
}
