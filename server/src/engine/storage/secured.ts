/** Tables of which only some rows are there: no function of DAX brings the others back. */
import { stopped } from '../budget.ts';
import { storeColumn, type StoredColumn } from '../columns/column.ts';
import { dictionaryVector } from '../values/vector.ts';
import type { Relationships } from './relationships.ts';
import type { SnapshotTables } from './snapshot.ts';
import type { Tables } from './tables.ts';

/** The rows of a table that are there: those kept, and for each row of before its place among them. */
interface Kept {
  readonly rows: Int32Array;
  /** A row that is not there counts as the blank row. */
  readonly placeOf: Int32Array;
  readonly isWhole: boolean;
}

/**
 * @param visible by table, for each row and the blank row whether it is there; undefined: all of them
 * @param filtered tables that the role itself filters, whose relationships USERELATIONSHIP may not name
 */
export function securedTables(base: SnapshotTables, relationships: Relationships, visible: (table: string) => Uint8Array | undefined, filtered: ReadonlySet<string>): Tables {
  const kept = memo((table: string) => keptOf(base.table(table).rowCount, visible(table)));
  const columns = new Map<string, StoredColumn>();
  const paths = new Map<string, Int32Array>();
  const equal = memo((table: string) => {
    const first = base.firstEqualRow(table);
    return { rows: first === undefined ? undefined : firstOf(first, kept(table)) };
  });
  const check = (inUse: Parameters<Tables['path']>[2]): void => {
    const refused = inUse?.find((it) => it.passing === undefined && (filtered.has(it.from.table) || filtered.has(it.to.table)));
    if (refused !== undefined) throw stopped({ id: 'type-error', detail: `USERELATIONSHIP of ${refused.from.table} and ${refused.to.table}, which the role filters` });
  };

  /** Whether rows that are there point over a link to no row at all. */
  const hasOrphans = (index: number): boolean => {
    const it = relationships.links[index];
    if (it === undefined || !base.link(index).orphans) return false;
    const target = base.table(it.one.table).rowCount;
    const { rows } = base.link(index);
    return kept(it.many.table).rows.some((row) => rows[row] === target);
  };
  const hasBlankRow = (name: string, below: readonly string[]): boolean =>
    relationships.links.some((it, index) => it.one.table === name && !below.includes(it.many.table) && (hasOrphans(index) || hasBlankRow(it.many.table, [...below, name])));
  const isBlankRowThere = (name: string): boolean => visible(name)?.at(-1) !== 0 && hasBlankRow(name, []);

  return {
    catalog: {
      ...base.catalog,
      expanded(name, inUse, crossed) {
        check(inUse);
        return base.catalog.expanded(name, inUse, crossed);
      },
    },
    table: (name) => ({ ...base.table(name), rowCount: kept(name).rows.length }),
    column(table, name) {
      const key = `${table}[${name}]`;
      const known = columns.get(key) ?? columnOf(base.column(table, name), kept(table));
      columns.set(key, known);
      return known;
    },
    path(from, to, inUse) {
      check(inUse);
      const path = base.path(from, to, inUse);
      if (path === undefined) return undefined;
      const key = `${from}\u0000${to}\u0000${JSON.stringify(inUse ?? [])}`;
      const known = paths.get(key) ?? pathOf(path, kept(from), kept(to));
      paths.set(key, known);
      return known;
    },
    hasBlankRow: isBlankRowThere,
    blankRowStandsFor: (table, other, inUse) => base.blankRowStandsFor(table, other, inUse),
    firstEqualRow: (table) => equal(table).rows,
  };
}

function keptOf(rowCount: number, visible: Uint8Array | undefined): Kept {
  const rows: number[] = [];
  for (let row = 0; row < rowCount; row++) if (visible === undefined || visible[row] === 1) rows.push(row);
  const placeOf = new Int32Array(rowCount + 1).fill(rows.length);
  rows.forEach((row, place) => {
    placeOf[row] = place;
  });
  return { rows: Int32Array.from(rows), placeOf, isWhole: rows.length === rowCount };
}

/** The column of the rows that are there; values that none of them has are no values of it. */
function columnOf(column: StoredColumn, { rows, isWhole }: Kept): StoredColumn {
  if (isWhole) return column;
  return storeColumn(column.name, dictionaryVector(column.type, Uint32Array.from(rows, (row) => column.codes[row] as number), column.dictionary));
}

function pathOf(path: Int32Array, from: Kept, to: Kept): Int32Array {
  const places = new Int32Array(from.rows.length + 1);
  from.rows.forEach((row, place) => {
    places[place] = to.placeOf[path[row] as number] as number;
  });
  places[from.rows.length] = to.rows.length;
  return places;
}

/** For each row that is there the first that is there and equal. */
function firstOf(first: Int32Array, { rows }: Kept): Int32Array {
  const known = new Map<number, number>();
  const places = new Int32Array(rows.length + 1);
  rows.forEach((row, place) => {
    const key = first[row] as number;
    if (!known.has(key)) known.set(key, place);
    places[place] = known.get(key) as number;
  });
  places[rows.length] = rows.length;
  return places;
}

function memo<V>(make: (key: string) => V): (key: string) => V {
  const made = new Map<string, V>();
  return (key) => {
    const known = made.get(key) ?? make(key);
    made.set(key, known);
    return known;
  };
}
