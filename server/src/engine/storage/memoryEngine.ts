/** The storage engine over columns in memory: answers every request at once. */
import { assertNever } from '../../base/assertNever.ts';
import type { Vector } from '../../plan/vector.ts';
import type { ScanAggregate, ScanRequest, ScanResult, ScanScope, Signal, StorageEngine } from '../../plan/scan.ts';
import type { ColumnRef } from '../../plan/plan.ts';
import type { Limits } from '../../model/model.ts';
import { budgetOf, Stopped, type Budget } from '../budget.ts';
import { BLANK_CODE, type StoredColumn } from '../columns/column.ts';
import { isFirstRows } from '../columns/rising.ts';
import { pulse } from '../pulse.ts';
import { storedVector } from '../values/vector.ts';
import { aggregate, countRows } from './aggregate.ts';
import { scanMemory, type ScanMemory } from './scanMemory.ts';
import { byOwner, select, type Selection } from './selection.ts';
import type { Tables } from './tables.ts';

/** An engine that answers at once. */
export interface MemoryEngine extends StorageEngine {
  run(requests: readonly ScanRequest[], signal: Signal): readonly ScanResult[];
  /** Forgets the results of scans that it has kept. */
  forget(): void;
}

export function memoryEngine(snapshot: string, tables: Tables, limits: Limits): MemoryEngine {
  /** Rows found for a scope, for as long as somebody holds the scope. */
  const found = new WeakMap<ScanScope, Selection>();
  const selectionOf = (scope: ScanScope, budget: Budget): Selection => {
    const known = found.get(scope);
    if (known !== undefined) return known;
    const selection = select(tables, scope, budget);
    found.set(scope, selection);
    return selection;
  };
  const memory = scanMemory();
  return {
    snapshot,
    catalog: tables.catalog,
    forget: memory.forget,
    run(requests, signal) {
      const budget = budgetOf(limits, signal);
      return requests.map((request) => {
        try {
          budget.poll();
          return answer(tables, request, selectionOf, memory, budget);
        } catch (fault) {
          if (fault instanceof Stopped) return { kind: 'failed', failure: fault.failure };
          throw fault;
        }
      });
    },
  };
}

function answer(tables: Tables, request: ScanRequest, selectionOf: (scope: ScanScope, budget: Budget) => Selection, memory: ScanMemory, budget: Budget): ScanResult {
  switch (request.kind) {
    case 'aggregate': {
      const { scope } = request;
      const compute = (it: ScanAggregate): Vector => {
        const selection = scope.contexts === 0 ? NOTHING : selectionOf(scope, budget);
        return it.fn === 'ROWS'
          ? countRows(selection, scope.contexts)
          : aggregate(it.fn, tables.column(it.column.table, it.column.column), `${it.column.table}[${it.column.column}]`, selection, scope.contexts);
      };
      return {
        kind: 'values',
        vectors: request.aggregates.map((it) => {
          const known = memory.find(scope, it);
          if (known !== undefined) return known;
          const result = compute(it);
          memory.keep(scope, it, result);
          return result;
        }),
      };
    }
    case 'groups': return groups(tables, request.scope, request.by, request.limit, request.scope.contexts === 0 ? NOTHING : selectionOf(request.scope, budget), budget);
    case 'rows': {
      if (request.scope.contexts === 0) return { kind: 'rows', owners: new Int32Array(0), rows: new Int32Array(0) };
      const pairs = byOwner(selectionOf(request.scope, budget), request.scope.contexts);
      return { kind: 'rows', ...pairs };
    }
    case 'gather': {
      const path = tables.path(request.table, request.target.table, request.relationships);
      const rows = path === undefined ? request.rows : request.rows.map((it) => path[it] as number);
      if (request.target.kind === 'row') return { kind: 'handles', rows };
      const column = tables.column(request.target.table, request.target.column);
      return { kind: 'column', vector: storedVector(column.type, codesAt(column.codes, rows), column) };
    }
    default: return assertNever(request);
  }
}

/** The codes of some rows; those of a whole table are what is stored. */
function codesAt(codes: Uint32Array, rows: Int32Array): Uint32Array {
  if (isFirstRows(rows)) return codes.subarray(0, rows.length);
  const found = new Uint32Array(rows.length);
  for (let i = 0; i < rows.length; i++) {
    pulse();
    found[i] = codes[rows[i] as number] as number;
  }
  return found;
}

const NOTHING: Selection = { count: 0, rows: undefined, owners: undefined };

/** The distinct combinations, each at the first row of a context that has it. */
function groups(tables: Tables, scope: ScanScope, by: readonly ColumnRef[], limit: number | undefined, selection: Selection, budget: Budget): ScanResult {
  const columns = by.map((it) => ({ stored: tables.column(it.table, it.column), path: tables.path(scope.root, it.table, scope.relationships) }));
  const [only] = columns;
  const everything = scope.contexts === 1 && scope.conditions.length + scope.correlations.length === 0 && limit === undefined;
  if (everything && columns.length === 1 && only?.path === undefined && only !== undefined) {
    return wholeDictionary(only.stored, scope.blankRow && tables.hasBlankRow(scope.root));
  }
  const { rows, owners } = byOwner(selection, scope.contexts);
  budget.reserveRows(rows.length, 24);
  const { ids, size } = combinations(columns, rows);
  const seen = stamps(size);
  const counts = new Int32Array(scope.contexts);
  const picked: number[] = [];
  for (let i = 0; i < rows.length; i++) {
    if ((i & 0xffff) === 0) budget.poll();
    const owner = owners[i] as number;
    const id = ids[i] as number;
    if (seen.get(id) === owner || (limit !== undefined && (counts[owner] as number) >= limit)) continue;
    seen.set(id, owner);
    counts[owner] = (counts[owner] as number) + 1;
    picked.push(i);
  }
  return {
    kind: 'groups',
    owners: Int32Array.from(picked, (it) => owners[it] as number),
    vectors: columns.map(({ stored, path }) => {
      const codes = Uint32Array.from(picked, (it) => stored.codes[path === undefined ? (rows[it] as number) : (path[rows[it] as number] as number)] as number);
      return storedVector(stored.type, codes, stored);
    }),
  };
}

/** All values of a column; BLANK last. Every code but that of BLANK is some row's. */
function wholeDictionary(column: StoredColumn, blankRow: boolean): ScanResult {
  const values = column.size - 1;
  const blank = blankRow || column.distinct > values;
  const codes = Uint32Array.from({ length: values + (blank ? 1 : 0) }, (_, i) => (i < values ? i + 1 : BLANK_CODE));
  return { kind: 'groups', owners: new Int32Array(codes.length), vectors: [storedVector(column.type, codes, column)] };
}

/** The last owner by number of combination: a flat array where the numbers are small. */
function stamps(size: number): { get(id: number): number | undefined; set(id: number, owner: number): void } {
  if (size > 1 << 22) {
    const map = new Map<number, number>();
    return { get: (id) => map.get(id), set: (id, owner) => void map.set(id, owner) };
  }
  const flat = new Int32Array(size).fill(-1);
  return {
    get: (id) => flat[id],
    set: (id, owner) => {
      flat[id] = owner;
    },
  };
}

/** A number for each row that is equal for equal combinations. */
function combinations(columns: readonly { readonly stored: { readonly codes: Uint32Array; readonly size: number }; readonly path: Int32Array | undefined }[], rows: Int32Array): { readonly ids: Float64Array; readonly size: number } {
  let ids: Float64Array = new Float64Array(rows.length);
  let size = 1;
  columns.forEach(({ stored, path }, index) => {
    const width = stored.size;
    for (let i = 0; i < rows.length; i++) {
      pulse();
      const row = rows[i] as number;
      ids[i] = (ids[i] as number) * width + (stored.codes[path === undefined ? row : (path[row] as number)] as number);
    }
    size *= width;
    if (size > 1e9 && index < columns.length - 1) {
      ids = renumbered(ids);
      size = rows.length;
    }
  });
  return { ids, size };
}

/** The same numbers made small, so that further columns fit. */
function renumbered(ids: Float64Array): Float64Array {
  const numbers = new Map<number, number>();
  return ids.map((it) => {
    pulse();
    const known = numbers.get(it);
    if (known !== undefined) return known;
    numbers.set(it, numbers.size);
    return numbers.size - 1;
  });
}
