/**
 * A storage engine over DuckDB: every scan request as one SQL statement, answered later.
 *
 * It takes nothing of the engine in memory but the rows that it copies and the catalog, which tells of the model, not
 * of rows. All of a scan is SQL: paths over relationships are joins, conditions are joins with lists of tuples,
 * correlations joins that bring the number of the context, groups GROUP BY, aggregates aggregates.
 * There is no scan that SQL cannot express. Only cells that no SQL type holds (several types in one column, values
 * that could not be computed) are aggregated here, over the rows that SQL found.
 */
import { aggregate } from '../../server/src/engine/storage/aggregate.ts';
import { relationshipsOf, type Link } from '../../server/src/engine/storage/relationships.ts';
import { Stopped, stopped } from '../../server/src/engine/budget.ts';
import { typeName } from '../../server/src/engine/values/types.ts';
import { cellAt, cellsVector, constant } from '../../server/src/engine/values/vector.ts';
import { divideRounded, int64 } from '../../server/src/engine/values/numbers.ts';
import type { DatabaseSpec } from '../../server/src/plan/database.ts';
import type { RelationshipUse } from '../../server/src/plan/plan.ts';
import type { CorrelatedTuples, Facet, ScanAggregate, ScanRequest, ScanResult, ScanScope, StorageEngine, TupleSet } from '../../server/src/plan/scan.ts';
import type { Cell, NotEvaluatedCell, ValueType } from '../../server/src/plan/values.ts';
import type { Vector } from '../../server/src/plan/vector.ts';
import { keyLiteral, storeOf, type SqlColumn, type Store } from './store.ts';

/** Opens the rows that an engine holds in a database of their own. */
export async function duckdbEngine(spec: DatabaseSpec, source: StorageEngine): Promise<StorageEngine & { close(): void }> {
  const store = await storeOf(spec, source);
  const scans = scansOf(spec, store);
  return {
    snapshot: source.snapshot,
    catalog: source.catalog,
    async run(requests, signal) {
      const results: ScanResult[] = [];
      for (const request of requests) {
        try {
          if (signal.cancelled()) throw stopped({ id: 'cancelled' });
          results.push(await scans(request));
        } catch (fault) {
          if (!(fault instanceof Stopped)) throw fault;
          results.push({ kind: 'failed', failure: fault.failure });
        }
      }
      return results;
    },
    close: () => { store.connection.closeSync(); },
  };
}

function scansOf(spec: DatabaseSpec, store: Store): (request: ScanRequest) => Promise<ScanResult> {
  const relationships = relationshipsOf(spec.relationships);
  const linkTables = new Map<string, Promise<string>>();

  /** A table of pairs: for each row of the many side, its blank row included, the row of the one side. */
  const linkTable = (link: Link): Promise<string> => {
    const key = JSON.stringify([link.many, link.one]);
    let made = linkTables.get(key);
    if (made === undefined) linkTables.set(key, (made = makeLink(link, `l${String(linkTables.size)}`)));
    return made;
  };
  const makeLink = async ({ many, one }: Link, name: string): Promise<string> => {
    const [from, to] = [store.table(many.table), store.table(one.table)];
    const same = `${comparableKey(store.column(many.table, many.column), 'm')} IS NOT DISTINCT FROM ${comparableKey(store.column(one.table, one.column), 'o')}`;
    await store.query(`CREATE TABLE ${name} AS SELECT m.h AS m, coalesce(o.h, ${String(to.rowCount)}) AS o
      FROM ${from.sql} m LEFT JOIN ${to.sql} o ON ${same} AND o.h < ${String(to.rowCount)} AND m.h < ${String(from.rowCount)}`);
    return name;
  };

  const blankRows = new Map<string, Promise<boolean>>();
  const hasBlankRow = (table: string): Promise<boolean> => {
    let known = blankRows.get(table);
    if (known === undefined) blankRows.set(table, (known = findBlankRow(table, [])));
    return known;
  };
  const findBlankRow = async (table: string, below: readonly string[]): Promise<boolean> => {
    for (const link of relationships.links) {
      if (link.one.table !== table || below.includes(link.many.table)) continue;
      if (await hasOrphans(link) || await findBlankRow(link.many.table, [...below, table])) return true;
    }
    return false;
  };
  const hasOrphans = async (link: Link): Promise<boolean> => {
    const [many, one] = [store.table(link.many.table), store.table(link.one.table)];
    return (await store.query(`SELECT 1 FROM ${await linkTable(link)} WHERE m < ${String(many.rowCount)} AND o = ${String(one.rowCount)} LIMIT 1`)).length > 0;
  };

  /** A blank row that stands for several rows of another table meets no filter on it, as the engine in memory has it. */
  const refuseManyBlankRows = async ({ root, relationships: inUse, conditions, correlations }: ScanScope): Promise<void> => {
    const using = relationships.using(inUse);
    for (const table of new Set([...conditions, ...correlations].flatMap((set) => set.facets.map((it) => it.table)))) {
      const route = table === root ? [] : using.route(root, table);
      const first = 'id' in route ? undefined : route[0];
      const back = first?.isOneToOne === true ? using.links.find((it) => it.relationship === first.relationship && it !== first) : undefined;
      if (back === undefined || !await hasOrphans(back)) continue;
      throw stopped({ id: 'feature-not-supported', what: `the blank row of ${root} under a filter on ${table}, whose rows have no partner there over a one-to-one relationship,` });
    }
  };

  /** A FROM clause that grows by the tables that a scan reads; each is joined once, over its path from the root. */
  const fromOf = (root: string, using: readonly RelationshipUse[] | undefined) => {
    const joins = [`${store.table(root).sql} r`];
    const aliases = new Map([[root, Promise.resolve('r')]]);
    const alias = (table: string): Promise<string> => {
      let known = aliases.get(table);
      if (known === undefined) aliases.set(table, (known = join(table, `a${String(aliases.size)}`)));
      return known;
    };
    const join = async (table: string, name: string): Promise<string> => {
      const route = relationships.using(using).route(root, table);
      if ('id' in route) throw stopped(route);
      const { sql } = store.table(table);
      let last = 'r.h';
      const links = await Promise.all(route.map(linkTable));
      for (const [i, link] of links.entries()) {
        const step = `${name}_${String(i)}`;
        joins.push(`JOIN ${link} ${step} ON ${step}.m = ${last}`);
        last = `${step}.o`;
      }
      joins.push(`JOIN ${sql} ${name} ON ${name}.h = ${last}`);
      return name;
    };
    return { joins, alias };
  };

  /** Which rows count for which contexts, as FROM and WHERE; `owner` is the SQL of the context's number. */
  const scopeSql = async (scope: ScanScope) => {
    const from = fromOf(scope.root, scope.relationships);
    const root = store.table(scope.root);
    const withBlank = scope.blankRow && await hasBlankRow(scope.root);
    if (withBlank) await refuseManyBlankRows(scope);
    const where = withBlank ? 'true' : `r.h < ${String(root.rowCount)}`;
    const matched = async (set: TupleSet, name: string): Promise<readonly string[]> =>
      Promise.all(set.facets.map(async (facet, i) => `${name}.f${String(i)} IS NOT DISTINCT FROM ${await from.alias(facet.table)}.${facet.kind === 'row' ? 'h' : store.column(facet.table, facet.column).key}`));
    for (const [i, set] of scope.conditions.entries()) {
      if (set.facets.length === 0) continue;
      const on = await matched(set, `s${String(i)}`);
      from.joins.push(`JOIN ${tuplesSql(store, set)} s${String(i)} ON ${on.join(' AND ')}`);
    }
    for (const [i, set] of scope.correlations.entries()) {
      const on = [...await matched(set, `o${String(i)}`), ...(i === 0 ? [] : [`o${String(i)}.owner = o0.owner`])];
      from.joins.push(`JOIN ${tuplesSql(store, set, set)} o${String(i)} ON ${on.length === 0 ? 'true' : on.join(' AND ')}`);
    }
    return { ...from, where, owner: scope.correlations.length === 0 ? ALL : 'o0.owner' };
  };

  const aggregated = async (scope: ScanScope, wanted: readonly ScanAggregate[]): Promise<readonly Vector[]> => {
    const parts = wanted.map((it) => aggregateSql(it, store));
    if (scope.contexts === 0) return parts.map((it) => cellsVector(it.type, []));
    const sql = await scopeSql(scope);
    const own = sql.owner !== ALL;
    const rows = await store.query(`SELECT ${[sql.owner, ...parts.flatMap((it) => it.sql)].join(', ')} FROM ${sql.joins.join(' ')} WHERE ${sql.where} ${own ? `GROUP BY ${sql.owner}` : ''}`);
    const byOwner = new Map(rows.map((row) => [Number(row[0]), row.slice(1)]));
    let pairs: Promise<readonly (readonly unknown[])[]> | undefined;
    let at = 0;
    const vectors: Vector[] = [];
    for (const part of parts) {
      const from = at;
      at += part.sql.length;
      if (part.odd !== undefined) {
        pairs ??= store.query(`SELECT ${sql.owner}, r.h FROM ${sql.joins.join(' ')} WHERE ${sql.where} ORDER BY r.h`);
        const found = await pairs;
        const selection = { count: found.length, rows: Int32Array.from(found, (it) => Number(it[1])), owners: own ? Int32Array.from(found, (it) => Number(it[0])) : undefined };
        vectors.push(aggregate(part.fn, part.odd, part.label, selection, scope.contexts));
        continue;
      }
      if (part.refused !== undefined) {
        vectors.push(constant('blank', part.refused, scope.contexts));
        continue;
      }
      vectors.push(cellsVector(part.type, Array.from({ length: scope.contexts }, (_, i) => part.read((byOwner.get(own ? i : 0) ?? []).slice(from, at)))));
    }
    return vectors;
  };

  return async (request) => {
    switch (request.kind) {
      case 'aggregate': return { kind: 'values', vectors: await aggregated(request.scope, request.aggregates) };
      case 'groups': {
        const columns = request.by.map((it) => store.column(it.table, it.column));
        if (request.scope.contexts === 0) return { kind: 'groups', owners: new Int32Array(0), vectors: columns.map((it) => cellsVector(it.type, [])) };
        const sql = await scopeSql(request.scope);
        const read = await Promise.all(request.by.map(async (it, i) => ({ alias: await sql.alias(it.table), column: columns[i] as SqlColumn })));
        const keys = read.map(({ alias, column }) => `${alias}.${column.key}`);
        const values = read.map(({ alias, column }) => `any_value(${alias}.${column.value})`);
        const { limit } = request;
        const first = limit === undefined ? '' : `QUALIFY row_number() OVER (PARTITION BY ${sql.owner} ORDER BY min(r.h)) <= ${String(limit)}`;
        const rows = await store.query(`SELECT ${[sql.owner, ...values].join(', ')} FROM ${sql.joins.join(' ')} WHERE ${sql.where}
          GROUP BY ${[sql.owner, ...keys].join(', ')} ${first} ORDER BY ${sql.owner}, min(r.h)`);
        return { kind: 'groups', owners: ownersOf(rows), vectors: columns.map((column, i) => cellsVector(column.type, rows.map((row) => cellOf(row[i + 1], column)))) };
      }
      case 'rows': {
        if (request.scope.contexts === 0) return { kind: 'rows', owners: new Int32Array(0), rows: new Int32Array(0) };
        const sql = await scopeSql(request.scope);
        const rows = await store.query(`SELECT ${sql.owner}, r.h FROM ${sql.joins.join(' ')} WHERE ${sql.where} ORDER BY ${sql.owner}, r.h`);
        return { kind: 'rows', owners: ownersOf(rows), rows: Int32Array.from(rows, (it) => Number(it[1])) };
      }
      case 'gather': {
        const { target } = request;
        const column = target.kind === 'column' ? store.column(target.table, target.column) : undefined;
        const from = fromOf(request.table, request.relationships);
        const alias = await from.alias(target.table);
        const list = `(SELECT unnest([${request.rows.join(', ')}]::INTEGER[]) AS h, unnest(range(${String(request.rows.length)})) AS i)`;
        const rows = await store.query(`SELECT ${alias}.${column === undefined ? 'h' : column.value} FROM ${list} g JOIN ${from.joins[0] ?? ''} ON r.h = g.h ${from.joins.slice(1).join(' ')} ORDER BY g.i`);
        if (column === undefined) return { kind: 'handles', rows: Int32Array.from(rows, ([it]) => Number(it)) };
        return { kind: 'column', vector: cellsVector(column.type, rows.map(([it]) => cellOf(it, column))) };
      }
    }
  };
}

/** The context of rows that count for every context alike; a bare number would name a column. */
const ALL = 'CAST(0 AS INTEGER)';

const ownersOf = (rows: readonly (readonly unknown[])[]): Int32Array => Int32Array.from(rows, ([it]) => Number(it));

/** A list of tuples without repetition; those that no row can have are left out. */
function tuplesSql(store: Store, set: TupleSet, correlated?: CorrelatedTuples): string {
  const tuples = new Set<string>();
  for (let i = 0; i < set.count; i++) {
    const cells = set.facets.map((facet, f) => componentSql(store, facet, set.columns[f] as Vector | Int32Array, i));
    if (!cells.includes(undefined)) tuples.add(`(${[...(correlated === undefined ? [] : [String(correlated.owners[i])]), ...cells].join(', ')})`);
  }
  const names = [...(correlated === undefined ? [] : ['owner']), ...set.facets.map((_, i) => `f${String(i)}`)];
  if (tuples.size === 0) return `(SELECT ${names.map((it) => `NULL AS ${it}`).join(', ')} WHERE false)`;
  const list = `(SELECT * FROM (VALUES ${[...tuples].join(', ')}) v(${names.join(', ')}))`;
  // A handle stands for every row of its table with the same values.
  const handles = set.facets.flatMap((it, i) => (it.kind === 'row' ? [i] : []));
  if (handles.length === 0) return list;
  const joins = handles.map((i) => {
    const { equal } = store.table((set.facets[i] as Facet).table);
    if (equal instanceof Stopped) throw equal;
    return `JOIN (SELECT unnest([${equal.join(', ')}]::INTEGER[]) AS first, unnest(range(${String(equal.length)})) AS h) e${String(i)} ON e${String(i)}.first = v.f${String(i)}`;
  });
  return `(SELECT ${names.map((it) => (handles.some((i) => it === `f${String(i)}`) ? `e${it.slice(1)}.h AS ${it}` : `v.${it}`)).join(', ')} FROM (VALUES ${[...tuples].join(', ')}) v(${names.join(', ')}) ${joins.join(' ')})`;
}

function componentSql(store: Store, facet: Facet, values: Vector | Int32Array, index: number): string | undefined {
  if (facet.kind === 'column') {
    const column = store.column(facet.table, facet.column);
    return values instanceof Int32Array ? keyLiteral(column, values[index] as number, 'int64') : keyLiteral(column, cellAt(values, index), values.type);
  }
  const { equal } = store.table(facet.table);
  if (equal instanceof Stopped) throw equal;
  return String(equal[values instanceof Int32Array ? (values[index] as number) : Number(cellAt(values, index))]);
}

/** A key that equal values of two columns share, whatever their number types. */
function comparableKey({ key, type, cells }: SqlColumn, alias: string): string {
  if (cells !== undefined) throw new Error('a relationship over values that no SQL type holds');
  return type === 'decimal' ? `(${alias}.${key} / 10000.0)` : `${alias}.${key}`;
}

interface AggregatePart {
  readonly sql: readonly string[];
  readonly type: ValueType;
  read(values: readonly unknown[]): Cell;
  readonly refused?: NotEvaluatedCell;
  readonly odd?: Parameters<typeof aggregate>[1] | undefined;
  readonly fn: Parameters<typeof aggregate>[0];
  readonly label: string;
}

/** An aggregate as SQL; every table it reads is the root, whose alias is r. */
function aggregateSql(it: ScanAggregate, store: Store): AggregatePart {
  if (it.fn === 'ROWS') return { sql: ['count(*)'], type: 'int64', read: ([n]) => countOf(n), fn: 'COUNT', label: '' };
  const column = store.column(it.column.table, it.column.column);
  const { type } = column;
  const label = `${it.column.table}[${it.column.column}]`;
  const base = { fn: it.fn, label };
  const refuse: AggregatePart = { ...base, sql: [], type: 'blank', read: () => null, refused: { cell: 'notEvaluated', reason: { id: 'type-error', detail: `${it.fn} does not take ${label}, a ${typeName(type)}` }, at: undefined } };
  if (column.odd !== undefined) return { ...base, sql: [], type, read: () => null, odd: column.odd };
  const [value, key] = [`r.${column.value}`, `r.${column.key}`];
  switch (it.fn) {
    case 'SUM':
      if (type === 'string' || type === 'boolean') return refuse;
      return { ...base, type, sql: [total(value, type), `count(${value})`], read: ([sum, n]) => (countOf(n) === null ? null : exact(sum, type) ?? tooLarge('SUM')) };
    case 'AVERAGE':
      if (type === 'string' || type === 'boolean') return refuse;
      return { ...base, type: type === 'int64' ? 'double' : type, sql: [total(value, type), `count(${value})`], read: ([sum, n]) => (countOf(n) === null ? null : meanOf(sum, Number(n), type) ?? tooLarge('AVERAGE')) };
    case 'MIN':
    case 'MAX':
      if (type === 'boolean') return refuse;
      return { ...base, type, sql: [`${it.fn === 'MIN' ? 'arg_min' : 'arg_max'}(${value}, r.${column.order})`], read: ([found]) => cellOf(found, column) };
    case 'COUNT':
      if (type === 'boolean') return refuse;
      return { ...base, type: 'int64', sql: [`count(${value})`], read: ([n]) => countOf(n) };
    case 'COUNTA': return { ...base, type: 'int64', sql: [`count(${value})`], read: ([n]) => countOf(n) };
    case 'COUNTBLANK': return { ...base, type: 'int64', sql: [`count(*) FILTER (WHERE ${value} IS NULL${type === 'string' ? ` OR ${value} = ''` : ''})`], read: ([n]) => countOf(n) };
    case 'DISTINCTCOUNT': return { ...base, type: 'int64', sql: [`count(DISTINCT ${key}) + CASE WHEN count(*) > count(${key}) THEN 1 ELSE 0 END`], read: ([n]) => countOf(n) };
    case 'DISTINCTCOUNTNOBLANK': return { ...base, type: 'int64', sql: [`count(DISTINCT ${key})`], read: ([n]) => countOf(n) };
    case 'ONLY':
      return { ...base, type, sql: [`CASE WHEN count(DISTINCT ${key}) = 1 AND count(*) = count(${key}) THEN any_value(${value}) END`], read: ([found]) => cellOf(found, column) };
  }
}

const total = (value: string, type: ValueType): string => (type === 'int64' || type === 'decimal' ? `sum(${value})` : `fsum(${value})`);

const tooLarge = (fn: string): NotEvaluatedCell => ({ cell: 'notEvaluated', reason: { id: 'overflow', detail: `${fn} goes beyond 64 bits` }, at: undefined });

function exact(sum: unknown, type: ValueType): number | bigint | undefined {
  return type === 'int64' || type === 'decimal' ? int64(BigInt(sum as bigint)) : Number(sum);
}

function meanOf(sum: unknown, count: number, type: ValueType): number | bigint | undefined {
  const whole = exact(sum, type);
  return whole === undefined || type === 'decimal' ? (whole === undefined ? undefined : divideRounded(whole, count)) : Number(whole) / count;
}

const countOf = (n: unknown): Cell => (n === undefined || Number(n) === 0 ? null : Number(n));

/** A value as it came from the database, in the representation of its type. */
function cellOf(found: unknown, { type, cells }: SqlColumn): Cell {
  if (found === null || found === undefined) return null;
  if (cells !== undefined) return cells[Number(found)] ?? null;
  if (typeof found === 'bigint') return Number.isSafeInteger(Number(found)) ? Number(found) : found;
  if (typeof found === 'string' || typeof found === 'boolean' || typeof found === 'number') return found;
  throw new Error(`${String(found)} is no value of type ${type}`);
}
