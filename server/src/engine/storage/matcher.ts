/** Tuple sets made ready for a scan: for each row of a root table, which tuple it has. */
import type { Facet, ScanScope, TupleSet } from '../../plan/scan.ts';
import type { Cell, ValueType } from '../../plan/values.ts';
import { pulse } from '../pulse.ts';
import { equalIn } from '../values/convert.ts';
import { cellAt, type Vector } from '../values/vector.ts';
import type { StoredColumn } from '../columns/column.ts';
import type { Tables } from './tables.ts';

/** Numbers the distinct tuples of a set and finds the one that a row has. */
export interface Matcher {
  /** Distinct tuples that some row can have. */
  readonly size: number;
  /** Number of each tuple of the set; -1 for one that no row has. */
  readonly numbers: Int32Array;
  /** Number of the tuple that a row of the root has, -1 for none. */
  tupleOf(row: number): number;
}

export function matcherOf(tables: Tables, { root, relationships }: Pick<ScanScope, 'root' | 'relationships'>, set: TupleSet): Matcher {
  const parts = [...new Set(set.facets.map((it) => it.table))].map((table) => partOf(tables, table, set));
  const [first, ...rest] = parts;
  if (first === undefined) return { size: 1, numbers: new Int32Array(set.count), tupleOf: () => 0 };
  const path = tables.path(root, first.table, relationships);
  const { rowIds } = first;
  if (rest.length === 0) {
    return { size: first.size, numbers: first.tupleIds, tupleOf: path === undefined ? (row) => rowIds[row] as number : (row) => rowIds[path[row] as number] as number };
  }
  return joined(parts.map((it) => ({ ...it, path: tables.path(root, it.table, relationships) })), set.count);
}

/** Tuples over the facets of one table, numbered, and the number that each of the table's rows has. */
interface Part {
  readonly table: string;
  readonly size: number;
  readonly tupleIds: Int32Array;
  readonly rowIds: Int32Array;
}

function partOf(tables: Tables, table: string, set: TupleSet): Part {
  const rows = tables.table(table).rowCount + 1;
  const parts = set.facets.flatMap((facet, index) => (facet.table === table ? [facetPart(tables, facet, set.columns[index] ?? new Int32Array(0), set.count, rows)] : []));
  return parts.slice(1).reduce((acc, it) => pairs(acc, it), parts[0] as Part);
}

function facetPart(tables: Tables, facet: Facet, values: Vector | Int32Array, count: number, rows: number): Part {
  const codes = facet.kind === 'row' ? rowCodes(tables, facet.table, rows) : columnCodes(tables.column(facet.table, facet.column));
  const idOfCode = new Int32Array(codes.dictionarySize).fill(-1);
  const tupleIds = new Int32Array(count);
  let size = 0;
  for (let i = 0; i < count; i++) {
    pulse();
    const code = values instanceof Int32Array ? codes.codeOf(values[i] as number, 'int64') : codes.codeOf(cellAt(values, i), values.type);
    if (code === -1) {
      tupleIds[i] = -1;
      continue;
    }
    if (idOfCode[code] === -1) idOfCode[code] = size++;
    tupleIds[i] = idOfCode[code] as number;
  }
  const rowIds = new Int32Array(rows);
  for (let row = 0; row < rows; row++) rowIds[row] = idOfCode[codes.codes === undefined ? row : (codes.codes[row] as number)] as number;
  return { table: facet.table, size, tupleIds, rowIds };
}

interface Codes {
  /** undefined: a row's code is its handle. */
  readonly codes: Uint32Array | Int32Array | undefined;
  readonly dictionarySize: number;
  codeOf(cell: Cell, type: ValueType): number;
}

const columnCodes = (column: StoredColumn): Codes => ({
  codes: column.codes, dictionarySize: column.dictionary.length, codeOf: (cell, type) => {
    const own = equalIn(cell, type, column.type);
    return own === undefined ? -1 : column.codeOf(own);
  },
});

function rowCodes(tables: Tables, table: string, rows: number): Codes {
  const first = tables.firstEqualRow(table);
  return { codes: first, dictionarySize: rows, codeOf: (cell) => (first === undefined ? Number(cell) : (first[Number(cell)] as number)) };
}

/** Numbers the pairs of two parts of one table. */
function pairs(a: Part, b: Part): Part {
  const numbers = new Map<number, number>();
  const tupleIds = a.tupleIds.map((it, i) => {
    pulse();
    const other = b.tupleIds[i] as number;
    if (it === -1 || other === -1) return -1;
    const key = it * b.size + other;
    const known = numbers.get(key);
    if (known !== undefined) return known;
    numbers.set(key, numbers.size);
    return numbers.size - 1;
  });
  const rowIds = a.rowIds.map((it, row) => {
    pulse();
    const other = b.rowIds[row] as number;
    return it === -1 || other === -1 ? -1 : (numbers.get(it * b.size + other) ?? -1);
  });
  return { table: a.table, size: numbers.size, tupleIds, rowIds };
}

/** At most this many cells in a table that finds pairs by position. */
const DENSE_CELLS = 4_000_000;

/** Tuples over several tables: the numbers of the parts are paired, part by part. */
function joined(parts: readonly (Part & { readonly path: Int32Array | undefined })[], count: number): Matcher {
  const [first, ...rest] = parts;
  if (first === undefined) throw new Error('a tuple set without facets');
  let numbers = first.tupleIds;
  let size = first.size;
  const steps: { readonly rowIds: Int32Array; readonly path: Int32Array | undefined; readonly width: number; readonly find: (key: number) => number }[] = [];
  for (const part of rest) {
    const width = part.size;
    const cells = size * width;
    const dense = cells <= DENSE_CELLS ? new Int32Array(cells).fill(-1) : undefined;
    const sparse = new Map<number, number>();
    const before = numbers;
    const next = new Int32Array(count);
    let found = 0;
    for (let i = 0; i < count; i++) {
      pulse();
      const left = before[i] as number;
      const right = part.tupleIds[i] as number;
      if (left === -1 || right === -1) {
        next[i] = -1;
        continue;
      }
      const key = left * width + right;
      let id = dense === undefined ? (sparse.get(key) ?? -1) : (dense[key] as number);
      if (id === -1) {
        id = found++;
        if (dense === undefined) sparse.set(key, id);
        else dense[key] = id;
      }
      next[i] = id;
    }
    numbers = next;
    size = found;
    const find = dense === undefined ? (key: number): number => sparse.get(key) ?? -1 : (key: number): number => dense[key] as number;
    steps.push({ rowIds: part.rowIds, path: part.path, width, find });
  }
  const { rowIds, path } = first;
  return {
    size,
    numbers,
    tupleOf: (row) => {
      let id = rowIds[path === undefined ? row : (path[row] as number)] as number;
      for (const step of steps) {
        if (id === -1) return -1;
        const other = step.rowIds[step.path === undefined ? row : (step.path[row] as number)] as number;
        if (other === -1) return -1;
        id = step.find(id * step.width + other);
      }
      return id;
    },
  };
}
