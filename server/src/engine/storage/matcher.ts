/** Tuple sets made ready for a scan: for each row of a root table, which tuple it has. */
import type { Facet, ScanScope, TupleSet } from '../../plan/scan.ts';
import type { Cell, ValueType } from '../../plan/values.ts';
import { pulse, pulseBy } from '../pulse.ts';
import { equalIn } from '../values/convert.ts';
import { cellAt, type Vector } from '../values/vector.ts';
import type { StoredColumn } from '../columns/column.ts';
import { unsigned } from '../columns/kernels.ts';
import type { Tables } from './tables.ts';

/** Numbers the distinct tuples of a set and finds the one that a row has. */
export interface Matcher {
  /** Distinct tuples that some row can have. */
  readonly size: number;
  /** Number of each tuple of the set; -1 for one that no row has. */
  readonly numbers: Int32Array;
  /** Number of the tuple that a row of the root has, -1 for none. */
  tupleOf(row: number): number;
  /** The same for loops over all rows, where the tuples are of that kind: one place a row, or one place in each of two. */
  readonly quick?: { readonly kind: 'one'; readonly places: Places } | { readonly kind: 'pair'; readonly a: Places; readonly b: Places; readonly height: number; readonly width: number; readonly pairs: Int32Array };
}

/** Numbers of tuples, or of one part of them, by place; -1 for none. */
export interface Places {
  /** Place of each row of the root. */
  readonly index: Uint32Array;
  readonly ids: Int32Array;
}

const made = new WeakMap<TupleSet, { readonly tables: Tables; readonly root: string; readonly relationships: ScanScope['relationships']; readonly matcher: Matcher }>();

/** Many scopes have the same set, one after the other: the last matcher of each is kept for as long as the set is. */
export function matcherOf(tables: Tables, { root, relationships }: Pick<ScanScope, 'root' | 'relationships'>, set: TupleSet): Matcher {
  const known = made.get(set);
  if (known?.tables === tables && known.root === root && known.relationships === relationships) return known.matcher;
  const matcher = makeMatcher(tables, root, relationships, set);
  made.set(set, { tables, root, relationships, matcher });
  return matcher;
}

function makeMatcher(tables: Tables, root: string, relationships: ScanScope['relationships'], set: TupleSet): Matcher {
  const parts = [...new Set(set.facets.map((it) => it.table))].map((table) => partOf(tables, table, set));
  const [first, ...rest] = parts;
  if (first === undefined) return { size: 1, numbers: new Int32Array(set.count), tupleOf: () => 0 };
  const path = tables.path(root, first.table, relationships);
  if (rest.length === 0) {
    const places = placesOf(first, path);
    const idOf = idByRow(first);
    const tupleOf = path === undefined ? idOf : (row: number): number => idOf(path[row] as number);
    return { size: first.size, numbers: first.tupleIds, tupleOf, ...(places === undefined ? {} : { quick: { kind: 'one', places } }) };
  }
  return joined(parts.map((it) => ({ ...it, path: tables.path(root, it.table, relationships) })), set.count);
}

/** The number that a row of the part's table has. */
const idByRow = ({ index, ids }: Part): (row: number) => number => (index === undefined ? (row) => ids[row] as number : (row) => ids[index[row] as number] as number);

/** A part as seen from the rows of the root: a far table has few rows, so their numbers are looked up once. */
function placesOf(part: Part, path: Int32Array | undefined): Places | undefined {
  if (path === undefined) return part.index === undefined ? undefined : { index: part.index, ids: part.ids };
  const idOf = idByRow(part);
  return { index: unsigned(path), ids: part.index === undefined ? part.ids : Int32Array.from({ length: part.rows }, (_, row) => idOf(row)) };
}

/** Tuples over the facets of one table, numbered, and the number that each of the table's rows has. */
interface Part {
  readonly table: string;
  /** Rows of the table, the row for orphans among them. */
  readonly rows: number;
  readonly size: number;
  readonly tupleIds: Int32Array;
  /** The place of each row in `ids`; undefined: the row itself. */
  readonly index: Uint32Array | undefined;
  readonly ids: Int32Array;
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
  const codeOf = codesOfTuples(values, codes);
  let size = 0;
  for (let i = 0; i < count; i++) {
    const code = codeOf(i);
    if (code === -1) {
      tupleIds[i] = -1;
      continue;
    }
    if (idOfCode[code] === -1) idOfCode[code] = size++;
    tupleIds[i] = idOfCode[code] as number;
  }
  pulseBy(count);
  return { table: facet.table, rows, size, tupleIds, index: codes.codes, ids: idOfCode };
}

/** The code of each tuple's component, -1 for one that no row has; each distinct one is looked up once. */
function codesOfTuples(values: Vector | Int32Array, codes: Codes): (tuple: number) => number {
  if (values instanceof Int32Array) return (tuple) => codes.codeOf(values[tuple] as number, 'int64');
  if (values.kind !== 'dictionary' || values.size > 1024 + 4 * values.length) return (tuple) => codes.codeOf(cellAt(values, tuple), values.type);
  const UNKNOWN = -2;
  const found = new Int32Array(values.size).fill(UNKNOWN);
  return (tuple) => {
    const own = values.codes[tuple] as number;
    let code = found[own] as number;
    if (code === UNKNOWN) found[own] = code = codes.codeOf(values.dictionary[own] ?? null, values.type);
    return code;
  };
}

interface Codes {
  /** undefined: a row's code is its handle. */
  readonly codes: Uint32Array | undefined;
  readonly dictionarySize: number;
  codeOf(cell: Cell, type: ValueType): number;
}

const columnCodes = (column: StoredColumn): Codes => ({
  codes: column.codes, dictionarySize: column.size, codeOf: (cell, type) => {
    const own = equalIn(cell, type, column.type);
    return own === undefined ? -1 : column.codeOf(own);
  },
});

function rowCodes(tables: Tables, table: string, rows: number): Codes {
  const first = tables.firstEqualRow(table);
  return { codes: first === undefined ? undefined : unsigned(first), dictionarySize: rows, codeOf: (cell) => (first === undefined ? Number(cell) : (first[Number(cell)] as number)) };
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
  const [idOfA, idOfB] = [idByRow(a), idByRow(b)];
  const ids = new Int32Array(a.rows);
  for (let row = 0; row < a.rows; row++) {
    pulse();
    const [it, other] = [idOfA(row), idOfB(row)];
    ids[row] = it === -1 || other === -1 ? -1 : (numbers.get(it * b.size + other) ?? -1);
  }
  return { table: a.table, rows: a.rows, size: numbers.size, tupleIds, index: undefined, ids };
}

/** At most this many cells in a table that finds pairs by position. */
const DENSE_CELLS = 4_000_000;

/** Tuples over several tables: the numbers of the parts are paired, part by part. */
function joined(parts: readonly (Part & { readonly path: Int32Array | undefined })[], count: number): Matcher {
  const [first, ...rest] = parts;
  if (first === undefined) throw new Error('a tuple set without facets');
  let numbers = first.tupleIds;
  let size = first.size;
  const steps: { readonly idOf: (row: number) => number; readonly path: Int32Array | undefined; readonly width: number; readonly find: (key: number) => number }[] = [];
  let pairs: Int32Array | undefined;
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
    steps.push({ idOf: idByRow(part), path: part.path, width, find });
    pairs = dense;
  }
  const { path } = first;
  const firstId = idByRow(first);
  return {
    size,
    numbers,
    tupleOf: (row) => {
      let id = firstId(path === undefined ? row : (path[row] as number));
      for (const step of steps) {
        if (id === -1) return -1;
        const other = step.idOf(step.path === undefined ? row : (step.path[row] as number));
        if (other === -1) return -1;
        id = step.find(id * step.width + other);
      }
      return id;
    },
    ...quickPairs(parts, pairs),
  };
}

/** Two parts whose pairs are found by position. */
function quickPairs(parts: readonly (Part & { readonly path: Int32Array | undefined })[], pairs: Int32Array | undefined): Pick<Matcher, 'quick'> {
  const [a, b] = parts.map((it) => placesOf(it, it.path));
  const [height, width] = parts.map((it) => it.size);
  if (parts.length !== 2 || a === undefined || b === undefined || height === undefined || width === undefined || pairs === undefined) return {};
  return { quick: { kind: 'pair', a, b, height, width, pairs } };
}
