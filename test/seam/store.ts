/**
 * Tables of a snapshot in DuckDB, as a warehouse would hold them: a row number, and for each column its values, with a
 * key that is equal for equal texts and the place of a text in the collation where the database's own would differ.
 *
 * What no SQL type holds are cells of several types in one column and cells that could not be computed. Such a column
 * holds numbers of cells; everything but its aggregates is still found by SQL.
 */
import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api';
import { Stopped } from '../../server/src/engine/budget.ts';
import { storeColumn, type StoredColumn } from '../../server/src/engine/columns/column.ts';
import { isFailure } from '../../server/src/engine/values/cells.ts';
import { compareForOrder, valueKey } from '../../server/src/engine/values/compare.ts';
import { equalIn } from '../../server/src/engine/values/convert.ts';
import { textKey } from '../../server/src/engine/values/text.ts';
import { toCells } from '../../server/src/engine/values/vector.ts';
import type { DatabaseSpec } from '../../server/src/plan/database.ts';
import type { ScanRequest, ScanResult, StorageEngine } from '../../server/src/plan/scan.ts';
import type { Cell, ValueType } from '../../server/src/plan/values.ts';

export interface SqlColumn {
  readonly type: ValueType;
  /** Names of the SQL columns: the value, what equality goes by, and what order goes by. */
  readonly value: string;
  readonly key: string;
  readonly order: string;
  /** Cells by number, where no SQL type holds them. */
  readonly cells: readonly Cell[] | undefined;
  /** The column again, for aggregates of such cells. */
  readonly odd: StoredColumn | undefined;
  /** The SQL type of the key. */
  readonly sqlType: string;
}

export interface SqlTable {
  readonly sql: string;
  readonly rowCount: number;
  readonly columns: ReadonlyMap<string, SqlColumn | Stopped>;
  /** For each row, and the row that orphans point to, the first row with the same values. */
  readonly equal: Int32Array | Stopped;
}

export interface Store {
  readonly connection: DuckDBConnection;
  /** Raises `Stopped` when the rows cannot be had. */
  table(name: string): SqlTable;
  column(table: string, column: string): SqlColumn;
  query(sql: string): Promise<readonly (readonly unknown[])[]>;
}

/** Copies every table that an engine holds; a table or a column that cannot be had is kept as its failure. */
export async function storeOf(spec: DatabaseSpec, source: StorageEngine): Promise<Store> {
  const instance = await DuckDBInstance.create(':memory:', { threads: '1' });
  const connection = await instance.connect();
  const query: Store['query'] = async (sql) => (await connection.runAndReadAll(sql)).getRows();
  const tables = new Map<string, SqlTable | Stopped>();
  for (const [index, { name, columns }] of spec.tables.entries()) {
    const calculated = new Set(columns.flatMap((it) => (it.calculated === undefined ? [] : [it.name])));
    tables.set(name, await tableOf(`t${String(index)}`, name, calculated, source, query));
  }
  const table: Store['table'] = (name) => {
    const found = tables.get(name);
    if (found === undefined) throw new Stopped({ cell: 'notEvaluated', reason: { id: 'unresolved-name', name }, at: undefined });
    if (found instanceof Stopped) throw found;
    return found;
  };
  return {
    connection,
    query,
    table,
    column(tableName, columnName) {
      const found = table(tableName).columns.get(columnName);
      if (found instanceof Stopped) throw found;
      if (found !== undefined) return found;
      throw new Stopped({ cell: 'notEvaluated', reason: { id: 'data-fault', table: tableName, detail: `its source has no column ${columnName}` }, at: undefined });
    },
  };
}

async function tableOf(sql: string, name: string, calculated: ReadonlySet<string>, source: StorageEngine, query: Store['query']): Promise<SqlTable | Stopped> {
  const rows = await ask(source, { kind: 'rows', scope: { root: name, contexts: 1, conditions: [], correlations: [], blankRow: false } });
  if (rows.kind === 'failed') return new Stopped(rows.failure);
  if (rows.kind !== 'rows') throw new Error(`rows were asked for, not ${rows.kind}`);
  const rowCount = rows.rows.length;
  const columns = new Map<string, SqlColumn | Stopped>();
  const written: { readonly name: string; readonly type: string; readonly literals: readonly string[] }[] = [];
  for (const [index, column] of (source.catalog.columns(name) ?? []).entries()) {
    const got = await ask(source, { kind: 'gather', table: name, rows: rows.rows, target: { kind: 'column', table: name, column } });
    if (got.kind === 'failed') columns.set(column, new Stopped(got.failure));
    else if (got.kind === 'column') {
      const made = columnOf(`c${String(index)}`, column, got.vector.type, toCells(got.vector));
      columns.set(column, made.column);
      written.push(...made.written);
    }
  }
  await query(`CREATE TABLE ${sql} (${['h INTEGER', ...written.map((it) => `${it.name} ${it.type}`)].join(', ')})`);
  for (let from = 0; from <= rowCount; from += 500) {
    const chunk = Array.from({ length: Math.min(500, rowCount + 1 - from) }, (_, i) => from + i);
    await query(`INSERT INTO ${sql} VALUES ${chunk.map((row) => `(${[String(row), ...written.map((it) => it.literals[row] ?? 'NULL')].join(', ')})`).join(', ')}`);
  }
  return { sql, rowCount, columns, equal: await equalRows(sql, rowCount, columns, calculated, query) };
}

const ask = async (source: StorageEngine, request: ScanRequest): Promise<ScanResult> => {
  const [result] = await source.run([request], { cancelled: () => false });
  if (result === undefined) throw new Error('no result');
  return result;
};

function columnOf(sql: string, name: string, type: ValueType, cells: readonly Cell[]): { readonly column: SqlColumn; readonly written: readonly { readonly name: string; readonly type: string; readonly literals: readonly string[] }[] } {
  const [value, key, order] = [`${sql}v`, `${sql}k`, `${sql}o`] as const;
  const isOdd = type === 'variant' || cells.some((it) => isFailure(it) || Number.isNaN(it));
  if (isOdd) {
    const distinct = [...new Set(cells.filter((it) => it !== null))];
    const keyOf = (cell: Cell): string => (cell === null ? 'NULL' : keyText(cell, type, distinct));
    return {
      column: { type, value, key, order: key, cells: distinct, odd: storeColumn(name, { kind: 'cells', type, cells, length: cells.length }), sqlType: 'VARCHAR' },
      written: [
        { name: value, type: 'INTEGER', literals: cells.map((it) => (it === null ? 'NULL' : String(distinct.indexOf(it)))) },
        { name: key, type: 'VARCHAR', literals: cells.map(keyOf) },
      ],
    };
  }
  if (type === 'string') {
    const ranks = new Map([...new Set(cells)].sort((a, b) => compareForOrder(a, type, b, type)).map((it, i) => [it, i]));
    return {
      column: { type, value, key, order, cells: undefined, odd: undefined, sqlType: 'VARCHAR' },
      written: [
        { name: value, type: 'VARCHAR', literals: cells.map((it) => literal(it)) },
        { name: key, type: 'VARCHAR', literals: cells.map((it) => literal(it === null ? null : textKey(it as string))) },
        { name: order, type: 'INTEGER', literals: cells.map((it) => (it === null ? 'NULL' : String(ranks.get(it)))) },
      ],
    };
  }
  const sqlType = type === 'double' || type === 'dateTime' ? 'DOUBLE' : type === 'boolean' ? 'BOOLEAN' : 'BIGINT';
  return {
    column: { type, value, key: value, order: value, cells: undefined, odd: undefined, sqlType },
    written: [{ name: value, type: sqlType, literals: cells.map((it) => literal(it)) }],
  };
}

/** Rows that are equal in what they were loaded with are equal in what is calculated from it. */
async function equalRows(sql: string, rowCount: number, columns: ReadonlyMap<string, SqlColumn | Stopped>, calculated: ReadonlySet<string>, query: Store['query']): Promise<Int32Array | Stopped> {
  const own = [...columns].flatMap(([name, it]) => (calculated.has(name) ? [] : [it]));
  const keys = own.flatMap((it) => (it instanceof Stopped ? [] : [it.key]));
  const failed = own.find((it) => it instanceof Stopped);
  if (failed !== undefined) {
    const counts = keys.length === 0 ? [] : await query(`SELECT ${keys.map((it) => `count(DISTINCT ${it}) + CAST(count(*) > count(${it}) AS INTEGER)`).join(', ')} FROM ${sql} WHERE h < ${String(rowCount)}`);
    return counts[0]?.some((it) => Number(it) === rowCount) === true ? Int32Array.from({ length: rowCount + 1 }, (_, i) => i) : failed;
  }
  const partition = keys.length === 0 ? '' : `PARTITION BY ${keys.join(', ')}`;
  return Int32Array.from(await query(`SELECT min(h) OVER (${partition}) FROM ${sql} ORDER BY h`), ([it]) => Number(it));
}

/** A value as the key of a column; undefined when no row can have it. */
export function keyLiteral(column: SqlColumn, cell: Cell, type: ValueType): string | undefined {
  const own = equalIn(cell, type, column.type);
  if (own === undefined) return undefined;
  if (own === null) return `NULL::${column.sqlType}`;
  if (column.cells !== undefined) return keyText(own, column.type, column.cells);
  return `${literal(typeof own === 'string' ? textKey(own) : own)}::${column.sqlType}`;
}

const keyText = (cell: Exclude<Cell, null>, type: ValueType, cells: readonly Cell[]): string =>
  quoted(isFailure(cell) ? `failure ${String(cells.indexOf(cell))}` : String(valueKey(cell, type)));

function literal(cell: Cell): string {
  if (cell === null) return 'NULL';
  if (typeof cell === 'string') return quoted(cell);
  if (typeof cell === 'number') return Number.isInteger(cell) && Math.abs(cell) < 1e15 ? String(cell) : `'${String(cell)}'::DOUBLE`;
  if (typeof cell === 'object') throw new Error(`${cell.cell} is no SQL value`);
  return String(cell);
}

export const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`;
