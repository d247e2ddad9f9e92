/** Which made-up rows a value depends on: a value that was computed from them has to say so. */
import type { FunctionSpec } from '../functions/spec.ts';
import { nameKey, type Model, type Table } from '../model/model.ts';
import type { Bound, Scope } from './bound.ts';
import { columnDependency, dependencyGraph, measureDependency, tableDependency, type Dependency, type DependencyGraph } from './dependencies.ts';
import { isMadeUp } from './lower/generate/rowCounts.ts';

/** Whether the rows of a table are made up: it has no source, but columns. */
export const hasMadeUpRows = (it: Table): boolean => it.source.kind === 'none' && isMadeUp(it);

const known = new WeakMap<Model, ReadonlyMap<string, string>>();

/** Tables with made-up rows: their names by `nameKey`. */
export function madeUpTables(model: Model): ReadonlyMap<string, string> {
  let tables = known.get(model);
  if (tables === undefined) known.set(model, (tables = new Map([...model.tables].flatMap(([key, it]) => (hasMadeUpRows(it) ? [[key, it.name] as const] : [])))));
  return tables;
}

/** Functions that look at every table of the model. */
const everywhere: ReadonlySet<string> = new Set(['CALENDARAUTO', 'COLUMNSTATISTICS']);

/**
 * Names of the tables with made-up rows on which values of these definitions may depend: those that they read at any
 * depth; where there are none of these, those over which filters get from one table that they read to another.
 *
 * @param clock the project's clock: `now`, `data` or a date-time
 * @param graph made before for the same scope, to be used again
 */
export function madeUpReads(bounds: Iterable<Bound>, scope: Scope, clock: string, graph: DependencyGraph = dependencyGraph(scope)): readonly string[] {
  const { model } = scope;
  const madeUp = model === undefined ? new Map<string, string>() : madeUpTables(model);
  if (model === undefined || madeUp.size === 0) return [];
  const read = new Set<string>();
  const called = new Set<FunctionSpec>();
  const readFrom = (start: Dependency): void => {
    if (start.kind === 'table') read.add(start.key);
    for (const { dependency } of graph.closure(start)) {
      if (dependency.kind === 'table') read.add(dependency.key);
      else if (dependency.kind === 'column') read.add(nameKey(dependency.table.name));
      else if (dependency.kind === 'function') called.add(dependency.function);
    }
  };
  for (const bound of bounds) {
    for (const it of bound.references) if (it.target.kind === 'function') called.add(it.target.spec);
    for (const it of startsOf(bound, scope, model)) readFrom(it);
    for (const it of bound.dependencies.columns) read.add(it.split('\u0000')[0] ?? '');
  }
  // A clock that follows the data reads its date tables.
  if (clock === 'data' && [...called].some((it) => it.volatile === 'clock')) {
    for (const table of model.tables.values()) if (table.dateColumn !== undefined) readFrom(tableDependency(table));
  }
  if ([...called].some((it) => everywhere.has(it.name))) return [...madeUp.values()];
  const own = [...read].flatMap((key) => madeUp.get(key) ?? []);
  // Which tables lie between is of interest only where none of those is made up that are read.
  if (own.length > 0 || read.size < 2) return own;
  return [...tablesBetween(model, read)].flatMap((key) => madeUp.get(key) ?? []);
}

/** What a bound text reads itself. */
function startsOf({ dependencies }: Bound, scope: Scope, model: Model): readonly Dependency[] {
  const tables = [...dependencies.tables].flatMap((key) => model.tables.get(key) ?? []);
  const columns = [...dependencies.columns].flatMap((it) => {
    const [tableKey = '', columnKey = ''] = it.split('\u0000');
    const table = model.tables.get(tableKey);
    const column = table?.columns.get(columnKey);
    return table === undefined || column === undefined ? [] : [columnDependency(table, column), ...(table.source.kind === 'dax' || table.source.kind === 'sessionize' ? [tableDependency(table)] : [])];
  });
  const measures = [...dependencies.measures].flatMap((key) => scope.measures.get(key) ?? []).map(measureDependency);
  const functions = [...dependencies.functions].flatMap((key): readonly Dependency[] => {
    const found = scope.functions?.get(key);
    return found === undefined ? [] : [{ kind: 'definedFunction', key: `${key}()`, function: found }];
  });
  return [...tables.map(tableDependency), ...columns, ...measures, ...functions];
}

/** Tables on a way over relationships between two of those that are read: what is left when loose ends are cut off. */
function tablesBetween(model: Model, read: ReadonlySet<string>): ReadonlySet<string> {
  const neighbours = new Map<string, Set<string>>();
  const join = (a: string, b: string): void => {
    const its = neighbours.get(a);
    if (its === undefined) neighbours.set(a, new Set([b]));
    else its.add(b);
  };
  for (const { from, to } of model.relationships) {
    join(nameKey(from.table), nameKey(to.table));
    join(nameKey(to.table), nameKey(from.table));
  }
  const loose = [...neighbours].filter(([table, its]) => its.size < 2 && !read.has(table)).map(([table]) => table);
  for (let table = loose.pop(); table !== undefined; table = loose.pop()) {
    for (const other of neighbours.get(table) ?? []) {
      const its = neighbours.get(other);
      its?.delete(table);
      if (its !== undefined && its.size < 2 && !read.has(other)) loose.push(other);
    }
    neighbours.delete(table);
  }
  // A circle of relationships far from what is read is on no way.
  const reached = new Set<string>();
  const open = [...read];
  for (let table = open.pop(); table !== undefined; table = open.pop()) {
    if (reached.has(table)) continue;
    reached.add(table);
    open.push(...(neighbours.get(table) ?? []));
  }
  return new Set([...neighbours.keys()].filter((it) => reached.has(it)));
}
