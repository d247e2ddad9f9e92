/** The tables of a database in memory: each part made when first asked for, and kept. */
import type { DataFault, DatabaseSpec, SessionRules, TableSpec } from '../../plan/database.ts';
import { nameKey, type DataType } from '../../model/model.ts';
import type { ColumnRef, RelationColumn } from '../../plan/plan.ts';
import type { ValueType } from '../../plan/values.ts';
import { endsAll, Stopped, stopped } from '../budget.ts';
import { storeAt, storeColumn, storeEncoded, type StoredColumn } from '../columns/column.ts';
import { generateColumn, reserveGenerated } from '../sources/generate/generate.ts';
import type { Encoded } from '../columns/encoder.ts';
import type { MadeSessions } from '../sessions.ts';
import type { Loaded, Unreadable } from '../sources/raw.ts';
import { toText } from '../values/coerce.ts';
import type { Vector } from '../values/vector.ts';
import { declared } from './adopt.ts';
import { attempt, inspector, type Inspect } from './inspect.ts';
import type { Relationships } from './relationships.ts';
import { compose, firstEqualRows, linkRows } from './rowMaps.ts';
import { waysOf } from './wayCatalog.ts';
import type { StoredTable, Tables } from './tables.ts';

/** How calculated parts are computed; each may ask for other tables and columns. */
export interface Calculate {
  table(table: TableSpec): { readonly columns: readonly RelationColumn[]; readonly vectors: readonly Vector[]; readonly rowCount: number };
  column(table: TableSpec, column: string, rows: number): Vector;
  /** Left out where no table is cut from a log. */
  sessions?(table: TableSpec, rules: SessionRules): MadeSessions;
}

export interface SnapshotTables extends Tables {
  /** The rows that a link leads to, by its place among all links. */
  link(index: number): { readonly rows: Int32Array; readonly orphans: boolean };
  readonly inspect: Inspect;
  /** What was found to be wrong since that was last told: of what is made only when something asks for it. */
  lateFaults(): readonly DataFault[];
}

/** A column as its source gives it: values, and how they are encoded where they are. */
interface SourceColumn {
  readonly name: string;
  make(): { readonly vector: Vector } | Encoded | Unreadable;
  /** Its type, where its values are not made before something asks for them. */
  readonly later?: DataType | undefined;
}

interface MadeTable extends StoredTable {
  readonly vectors: ReadonlyMap<string, () => StoredColumn>;
}

export function storedTables(spec: DatabaseSpec, loaded: ReadonlyMap<string, Loaded>, relationships: Relationships, calculate: Calculate): SnapshotTables {
  const specs = new Map(spec.tables.map((it) => [it.name, it]));
  const faults: DataFault[] = [];
  const tables = new Once<MadeTable>((name) => `table ${name}`);
  const columns = new Once<StoredColumn>((name) => name);
  const links = new Once<ReturnType<typeof linkRows>>((name) => name);
  const paths = new Once<Int32Array>((name) => name);
  const equalRows = new Once<{ readonly rows: Int32Array | undefined }>((name) => name);
  const sessions = new Map<string, MadeSessions>();
  /** The session of each row of a log, told by the table that is cut from it. */
  const sessionsOfRows = (own: string, name: string): StoredColumn => {
    table(name);
    const made = sessions.get(name);
    if (made === undefined) throw stopped({ id: 'unresolved-name', name });
    return storeAt(own, column(name, made.keyColumn), made.sessionOfRow());
  };

  const table = (name: string): MadeTable => tables.get(name, () => makeTable(specOf(name)));
  const specOf = (name: string): TableSpec => {
    const found = specs.get(name);
    if (found === undefined) throw stopped({ id: 'unresolved-name', name });
    return found;
  };

  function makeTable(it: TableSpec): MadeTable {
    const { source } = it;
    if (source.kind === 'unavailable') throw stopped(source.reason);
    const calculated = it.columns.flatMap((column) => (column.calculated === undefined ? [] : [column.name]));
    if (source.kind === 'relation') {
      const made = calculate.table(it);
      const stored = made.columns.map((column, i) => ({ name: plainName(column.name), vector: made.vectors[i] as Vector }));
      return assemble(it, stored.map(({ name, vector }) => ({ name, make: () => ({ vector }) })), made.rowCount, calculated);
    }
    if (source.kind === 'generated') {
      reserveGenerated(source, spec.limits);
      return assemble(it, source.columns.map((own) => ({ name: own.name, make: () => generateColumn(it.name, source, own, { column }) })), source.rows, calculated);
    }
    if (source.kind === 'sessions') {
      const made = calculate.sessions?.(it, source.rules);
      if (made === undefined) throw new Error(`nobody cuts ${it.name}`);
      sessions.set(it.name, made);
      faults.push(...made.faults);
      return assemble(it, made.columns.map(({ name, make }) => ({ name, make: () => ({ vector: make() }) })), made.rowCount, calculated);
    }
    const raw = loaded.get(it.name)?.table;
    if (raw === undefined) throw stopped({ id: 'data-fault', table: it.name, detail: 'its source cannot be read' });
    return assemble(it, raw.columns.map(({ name, read, later }) => ({ name, make: read, later })), raw.rowCount, calculated);
  }

  function assemble(it: TableSpec, stored: readonly SourceColumn[], rowCount: number, calculated: readonly string[]): MadeTable {
    const spelling = new Map(it.columns.map((column) => [nameKey(column.name), column]));
    const vectors = new Map<string, () => StoredColumn>();
    for (const column of stored) {
      const own = spelling.get(nameKey(column.name));
      const name = own?.name ?? column.name;
      if (vectors.has(name)) throw stopped({ id: 'type-error', detail: `two columns of ${it.name} are named ${name}` });
      vectors.set(name, () => {
        const source = column.make();
        if ('reason' in source) {
          faults.push(...source.faults);
          throw stopped(source.reason);
        }
        const adopted = declared(source.vector, own?.type);
        if (adopted.mismatch !== undefined) {
          faults.push({ table: it.name, column: name, rule: 'model-type-mismatch', params: { column: `${it.name}[${name}]`, declared: own?.type ?? '', found: adopted.mismatch } });
        }
        return 'codes' in source && adopted.vector === source.vector ? storeEncoded(name, source) : storeColumn(name, adopted.vector);
      });
    }
    for (const name of calculated) {
      vectors.set(name, () => {
        const own = spelling.get(nameKey(name));
        const adopted = declared(calculate.column(it, name, rowCount), own?.type);
        return storeColumn(name, adopted.vector);
      });
    }
    for (const { name, sessionOf } of it.columns) if (sessionOf !== undefined) vectors.set(name, () => sessionsOfRows(name, sessionOf));
    const declaredNames = it.columns.map((column) => column.name).filter((name) => vectors.has(name));
    const later = new Map(stored.flatMap((column) => (column.later === undefined ? [] : [[spelling.get(nameKey(column.name))?.name ?? column.name, column.later] as const])));
    return { name: it.name, rowCount, columnNames: [...new Set([...declaredNames, ...vectors.keys()])], later, vectors };
  }

  const column = (tableName: string, columnName: string): StoredColumn =>
    columns.get(`${tableName}[${columnName}]`, () => {
      const make = table(tableName).vectors.get(columnName);
      if (make === undefined) throw stopped({ id: 'data-fault', table: tableName, detail: `its source has no column ${columnName}` });
      return make();
    });

  const typeOf = (it: ColumnRef): ValueType =>
    specs.get(it.table)?.columns.find((own) => own.name === it.column)?.type ?? column(it.table, it.column).type;

  const link = (index: number): ReturnType<typeof linkRows> =>
    links.get(`relationship ${index}`, () => {
      const it = relationships.links[index];
      if (it === undefined) throw new Error(`there is no relationship ${index}`);
      const many = column(it.many.table, it.many.column);
      const one = column(it.one.table, it.one.column);
      if (!joinable(many.type, one.type)) {
        throw stopped({ id: 'type-error', detail: `${it.many.table}[${it.many.column}] and ${it.one.table}[${it.one.column}] are of types that do not go together` });
      }
      // Where a key is not known, neither is the row that it leads to.
      for (const [side, { spoiled }] of [[it.many, many], [it.one, one]] as const) {
        if (spoiled) throw stopped({ id: 'data-fault', table: side.table, detail: `${side.column} has values that could not be computed` });
      }
      const made = linkRows(many, one, table(it.one.table).rowCount);
      if (made.duplicate !== undefined) {
        const value = toText(one.dictionary[made.duplicate.code] ?? null, one.type).slice(0, 80);
        faults.push({ table: it.one.table, column: it.one.column, rule: 'relationship-not-unique', params: { column: `${it.one.table}[${it.one.column}]`, value } });
        throw stopped({ id: 'data-fault', table: it.one.table, detail: `${it.one.column} is the one side of a relationship and is not unique` });
      }
      return made;
    });

  const path: Tables['path'] = (from, to, inUse) => {
    if (from === to) return undefined;
    return paths.get(`${from}\u0000${to}${inUse === undefined ? '' : `\u0000${JSON.stringify(inUse)}`}`, () => {
      const using = relationships.using(inUse);
      const route = using.route(from, to);
      if ('id' in route) throw stopped(route);
      return route.map((it) => link(using.links.indexOf(it)).rows).reduce(compose);
    });
  };

  const inspect = inspector(spec, { table, column, link, links: relationships.links });

  /** A table has the row for orphans when rows point to none of its rows; the row for orphans of a table below is such a row. */
  const hasBlankRow = (name: string, below: readonly string[] = []): boolean =>
    relationships.links.some((it, index) => it.one.table === name && !below.includes(it.many.table)
      && (link(index).orphans || hasBlankRow(it.many.table, [...below, name])));

  return {
    catalog: {
      // A calculated column is no part of the rows it is computed for: a transition in it is by the other columns.
      columns: (name) => {
        const names = columnNamesOf(specs.get(name), loaded.get(name))?.filter((it) => columns.innermost() !== `${name}[${it}]`);
        // While sessions are cut the rows of their log belong to none yet.
        const own = specs.get(name)?.columns.filter((it) => it.sessionOf !== undefined && tables.isRunning(it.sessionOf)) ?? [];
        return own.length === 0 ? names : names?.filter((it) => own.every((other) => other.name !== it));
      },
      ...waysOf(relationships),
      tellsDates: (it) => specs.get(it.table)?.dateColumn === it.column || relationships.links.some(({ one, many, active }) =>
        active && one.table === it.table && one.column === it.column && typeOf(one) === 'dateTime' && typeOf(many) === 'dateTime'),
    },
    table,
    column,
    path,
    link,
    hasBlankRow: (name) => hasBlankRow(name),
    blankRowStandsFor(name, other, inUse) {
      const using = relationships.using(inUse);
      const route = name === other ? [] : using.route(name, other);
      const first = 'id' in route ? undefined : route[0];
      const back = first?.isOneToOne === true ? using.links.findIndex((it) => it.relationship === first.relationship && it !== first) : -1;
      return back !== -1 && link(back).orphans;
    },
    firstEqualRow: (name) => equalRows.get(name, () => {
      const it = table(name);
      // Rows that are equal in what they were loaded with are equal in what is calculated from it.
      const calculated = new Set(specOf(name).columns.flatMap((own) => (own.calculated === undefined && own.sessionOf === undefined ? [] : [own.name])));
      const own = it.columnNames.filter((columnName) => !calculated.has(columnName));
      // One column that tells all rows apart is enough, even where another cannot be read.
      const isUnique = (columnName: string): boolean => attempt(() => column(name, columnName), () => undefined)?.distinct === it.rowCount;
      if (own.some(isUnique)) return { rows: undefined };
      return { rows: firstEqualRows(own.map((columnName) => column(name, columnName)), it.rowCount) };
    }).rows,
    inspect(part, signal, pauses) {
      const it = inspect(part, signal, pauses);
      return it === undefined ? undefined : { facts: it.facts, faults: [...faults.splice(0), ...it.faults] };
    },
    lateFaults: () => faults.splice(0),
  };
}

/** Names of a table's columns as far as they are known without computing the table. */
function columnNamesOf(spec: TableSpec | undefined, loaded: Loaded | undefined): readonly string[] | undefined {
  if (spec === undefined) return undefined;
  const names = new Map(spec.columns.map((it) => [nameKey(it.name), it.name]));
  const add = (name: string): void => {
    if (!names.has(nameKey(name))) names.set(nameKey(name), name);
  };
  if (spec.source.kind === 'relation') for (const it of spec.source.relation.columns) add(plainName(it.name));
  for (const it of loaded?.table?.columns ?? []) add(it.name);
  return [...names.values()];
}

/** `c` of `T[c]` and of `[c]`. */
export function plainName(name: string): string {
  const open = name.indexOf('[');
  return open !== -1 && name.endsWith(']') ? name.slice(open + 1, -1).replaceAll(']]', ']') : name;
}

const numberLike = (type: ValueType): boolean => type === 'int64' || type === 'double' || type === 'decimal' || type === 'dateTime';
const joinable = (a: ValueType, b: ValueType): boolean => a === b || a === 'blank' || b === 'blank' || (numberLike(a) && numberLike(b));

/** Values by name, each made once; a fault is kept and raised again, unless the asker merely gave up. */
class Once<T> {
  private readonly made = new Map<string, { readonly value: T } | { readonly fault: Stopped } | 'running'>();
  private readonly running: string[] = [];
  private readonly label: (name: string) => string;
  constructor(label: (name: string) => string) {
    this.label = label;
  }
  /** What is being made right now. */
  innermost(): string | undefined {
    return this.running.at(-1);
  }
  isRunning(name: string): boolean {
    return this.running.includes(name);
  }
  get(name: string, make: () => T): T {
    const known = this.made.get(name);
    if (known === 'running') {
      const path = [...this.running.slice(this.running.indexOf(name)), name].map(this.label).join(' → ');
      throw stopped({ id: 'circular-dependency', path });
    }
    if (known !== undefined) {
      if ('fault' in known) throw known.fault;
      return known.value;
    }
    this.made.set(name, 'running');
    this.running.push(name);
    try {
      const value = make();
      this.made.set(name, { value });
      return value;
    } catch (fault) {
      if (fault instanceof Stopped && !endsAll(fault.failure)) this.made.set(name, { fault });
      else this.made.delete(name);
      throw fault;
    } finally {
      this.running.pop();
    }
  }
}
