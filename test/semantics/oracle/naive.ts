/**
 * Filter contexts by their definition, row by row: a second opinion that shares no code with the engine.
 *
 * A table is expanded with the columns of the tables on its one sides; where a key leads nowhere these are BLANK, and the
 * table it should lead to has a blank row. A filter is a set of tuples over columns; a row passes when the columns that
 * its expanded table has of the filter hold one of the tuples. Sources: sqlbi on expanded tables, on the blank row, on
 * arbitrarily shaped filters and on context transition.
 */
export type Value = number | string | boolean | null;

export interface TableData {
  readonly name: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly Value[])[];
}

export interface Link {
  readonly from: string;
  readonly fromColumn: string;
  readonly to: string;
  readonly toColumn: string;
}

export interface Expanded {
  /** `T[c]`, own columns first. */
  readonly columns: readonly string[];
  readonly rows: readonly (readonly Value[])[];
  readonly ownColumns: number;
  /** Whether the table has a blank row besides. */
  readonly blankRow: boolean;
}

export interface Filter {
  readonly columns: readonly string[];
  readonly tuples: readonly (readonly Value[])[];
}

export interface RowOf {
  readonly columns: readonly string[];
  readonly values: readonly Value[];
}

export interface Context {
  readonly filters: readonly Filter[];
  /** Rows of the iterations around, the innermost last; CALCULATE uses them up. */
  readonly rows: readonly RowOf[];
  readonly variables: ReadonlyMap<string, Value>;
}

export interface Rows {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly Value[])[];
}

export type World = ReadonlyMap<string, Expanded>;

/** @param tables each after the tables that its rows lead to */
export function worldOf(tables: readonly TableData[], links: readonly Link[]): World {
  const world = new Map<string, Expanded>();
  const blank = new Set<string>();
  for (const table of tables) {
    const columns = table.columns.map((it) => `${table.name}[${it}]`);
    let rows: Value[][] = table.rows.map((it) => [...it]);
    for (const link of links.filter((it) => it.from === table.name)) {
      const target = world.get(link.to);
      if (target === undefined) throw new Error(`${link.to} comes after ${table.name}`);
      const key = target.columns.indexOf(`${link.to}[${link.toColumn}]`);
      const own = table.columns.indexOf(link.fromColumn);
      rows = rows.map((row) => {
        const found = target.rows.find((it) => it[key] === row[own]);
        if (found === undefined) blank.add(link.to);
        return [...row, ...(found ?? target.columns.map(() => null))];
      });
      columns.push(...target.columns);
    }
    world.set(table.name, { columns, rows, ownColumns: table.columns.length, blankRow: false });
  }
  // The blank row of a table leads to the blank rows of the tables above it.
  for (const table of [...tables].reverse()) {
    if (blank.has(table.name)) for (const link of links) if (link.from === table.name) blank.add(link.to);
  }
  return new Map([...world].map(([name, it]) => [name, { ...it, blankRow: blank.has(name) }]));
}

export const keyOf = (values: readonly Value[]): string => JSON.stringify(values);

/** Rows of a table that the filters let through, over the expanded columns. */
export function visible(world: World, table: string, filters: readonly Filter[], withBlankRow: boolean): Rows {
  const it = expandedOf(world, table);
  const all = withBlankRow && it.blankRow ? [...it.rows, it.columns.map(() => null)] : it.rows;
  const tests = filters.flatMap((filter) => {
    const shared = filter.columns.filter((column) => it.columns.includes(column));
    if (shared.length === 0) return [];
    const allowed = new Set(project(filter, shared).tuples.map(keyOf));
    const places = shared.map((column) => it.columns.indexOf(column));
    return [(row: readonly Value[]): boolean => allowed.has(keyOf(places.map((at) => row[at] ?? null)))];
  });
  return { columns: it.columns, rows: all.filter((row) => tests.every((test) => test(row))) };
}

/** Distinct combinations of columns of a table. */
export function distinct(rows: Rows, columns: readonly string[]): Rows {
  return project(rows, columns);
}

export function project(from: Rows | Filter, columns: readonly string[]): Rows & Filter {
  const places = columns.map((it) => from.columns.indexOf(it));
  const found = new Map<string, readonly Value[]>();
  for (const row of 'rows' in from ? from.rows : from.tuples) {
    const tuple = places.map((at) => row[at] ?? null);
    found.set(keyOf(tuple), tuple);
  }
  return { columns, rows: [...found.values()], tuples: [...found.values()] };
}

/** The filters without these columns: what they say of other columns stays. */
export function without(filters: readonly Filter[], columns: readonly string[]): readonly Filter[] {
  return filters.flatMap((it) => {
    const left = it.columns.filter((column) => !columns.includes(column));
    if (left.length === it.columns.length) return [it];
    return left.length === 0 ? [] : [project(it, left)];
  });
}

export type Change =
  | { readonly kind: 'remove'; readonly columns: readonly string[] }
  | { readonly kind: 'filter'; readonly filter: Filter; readonly keep: boolean };

/** CALCULATE: rows become filters, then filters go, then new ones replace those of their columns or are added. */
export function changed(ctx: Context, changes: readonly Change[]): Context {
  let filters = ctx.filters;
  for (const row of ctx.rows) filters = [...without(filters, row.columns), { columns: row.columns, tuples: [row.values] }];
  for (const it of changes) if (it.kind === 'remove') filters = without(filters, it.columns);
  for (const it of changes) if (it.kind === 'filter' && !it.keep) filters = without(filters, it.filter.columns);
  for (const it of changes) if (it.kind === 'filter') filters = [...filters, it.filter];
  return { filters, rows: [], variables: ctx.variables };
}

export function expandedOf(world: World, table: string): Expanded {
  const it = world.get(table);
  if (it === undefined) throw new Error(`no table ${table}`);
  return it;
}
