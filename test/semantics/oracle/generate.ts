/** Random models and random metrics: each part is DAX text together with what it means by `naive.ts`. */
import { changed, distinct, expandedOf, visible, type Change, type Context, type Filter, type Link, type RowOf, type Rows, type TableData, type Value, type World } from './naive.ts';

export type Random = () => number;

/** A generator of numbers from 0 up to 1, the same for the same seed (mulberry32). */
export function randomFrom(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const pick = <T>(random: Random, list: readonly T[]): T => {
  const it = list[Math.floor(random() * list.length)];
  if (it === undefined) throw new Error('nothing to pick from');
  return it;
};
const below = (random: Random, limit: number): number => Math.floor(random() * limit);

// ---------------------------------------------------------------- models

export const links: readonly Link[] = [
  { from: 'Product', fromColumn: 'Group', to: 'Category', toColumn: 'Group' },
  { from: 'Sales', fromColumn: 'Item', to: 'Product', toColumn: 'Item' },
  { from: 'Sales', fromColumn: 'Shop', to: 'Store', toColumn: 'Shop' },
];

const types: Readonly<Record<string, string>> = {
  Group: 'int64', Kind: 'string', Item: 'int64', Color: 'string', Price: 'int64', Shop: 'int64', Town: 'string', Amount: 'int64', Units: 'int64', Flag: 'boolean',
};

/** Rows with equal ones among them, keys that lead nowhere, and BLANKs. */
export function randomTables(random: Random): readonly TableData[] {
  const maybe = <T extends Value>(value: T, chance = 0.15): T | null => (random() < chance ? null : value);
  const some = (least: number, most: number): readonly number[] => Array.from({ length: least + below(random, most - least + 1) }, (_, i) => i);
  const tidy = random() < 0.3;
  const key = (most: number): number | null => (tidy ? 1 : maybe(1 + below(random, most), 0.1));
  return [
    { name: 'Category', columns: ['Group', 'Kind'], rows: some(1, 2).map((i) => [i + 1, maybe(pick(random, ['x', 'y']))]) },
    { name: 'Product', columns: ['Item', 'Color', 'Price', 'Group'], rows: some(2, 4).map((i) => [i + 1, maybe(pick(random, ['red', 'blue', ''])), maybe(below(random, 4)), key(3)]) },
    { name: 'Store', columns: ['Shop', 'Town'], rows: some(1, 3).map((i) => [i + 1, maybe(pick(random, ['a', 'b']))]) },
    { name: 'Sales', columns: ['Item', 'Shop', 'Amount', 'Units', 'Flag'], rows: some(3, 9).map(() => [key(5), key(4), maybe(below(random, 5)), maybe(below(random, 3)), maybe(random() < 0.5)]) },
  ];
}

export function yamlOf(tables: readonly TableData[]): string {
  const lines = ['name: random', 'tables:'];
  for (const table of tables) {
    lines.push(`  ${table.name}:`, '    columns:');
    for (const it of table.columns) lines.push(`      ${it}: { type: ${types[it] ?? 'string'} }`);
    lines.push('    rows:');
    for (const row of table.rows) lines.push(`      - { ${table.columns.map((it, i) => `${it}: ${JSON.stringify(row[i] ?? null)}`).join(', ')} }`);
  }
  lines.push('relationships:');
  for (const it of links) lines.push(`  - { from: "${it.from}[${it.fromColumn}]", to: "${it.to}[${it.toColumn}]" }`);
  return lines.join('\n');
}

// ---------------------------------------------------------------- expressions

export interface Scalar {
  readonly dax: string;
  readonly of: (world: World, ctx: Context) => Value;
}

interface Table {
  readonly dax: string;
  readonly of: (world: World, ctx: Context) => Rows;
}

interface FilterArgument {
  readonly dax: string;
  readonly of: (world: World, ctx: Context) => Change;
}

interface Predicate {
  readonly dax: string;
  readonly holds: (row: RowOf) => boolean;
}

interface Scope {
  readonly random: Random;
  readonly world: World;
  /** Numeric columns that rows around bring. */
  readonly readable: readonly string[];
  readonly variables: readonly string[];
  readonly metrics: readonly Scalar[];
}

const tableNames = ['Category', 'Product', 'Store', 'Sales'] as const;
const columnsOf: Readonly<Record<(typeof tableNames)[number], readonly string[]>> = {
  Category: ['Kind', 'Group'], Product: ['Color', 'Price', 'Item'], Store: ['Town', 'Shop'], Sales: ['Flag', 'Amount', 'Units', 'Item'],
};
const numeric = new Set(['Sales[Amount]', 'Sales[Units]', 'Product[Price]']);
/** Columns that groups are made of. */
export const groupColumns = ['Category[Kind]', 'Product[Color]', 'Product[Price]', 'Store[Town]', 'Sales[Flag]'] as const;

const column = (random: Random): string => {
  const table = pick(random, tableNames);
  return `${table}[${pick(random, columnsOf[table])}]`;
};
const tableOfColumn = (name: string): string => name.slice(0, name.indexOf('['));

/** A metric: its text, and what it gives in a context. */
export function randomMetric(random: Random, world: World, metrics: readonly Scalar[], depth: number): Scalar {
  return scalar({ random, world, readable: [], variables: [], metrics }, depth);
}

function scalar(scope: Scope, depth: number): Scalar {
  const { random } = scope;
  if (depth <= 0 || random() < 0.1) return leaf(scope);
  switch (below(random, 10)) {
    case 0: case 1: case 2: return calculate(scope, depth);
    case 3: case 4: case 5: return iterate(scope, depth);
    case 6: return arithmetic(scope, depth);
    case 7: return choose(scope, depth);
    case 8: return variable(scope, depth);
    default: return metric(scope) ?? calculate(scope, depth);
  }
}

function leaf(scope: Scope): Scalar {
  const { random } = scope;
  const readable = scope.readable.length > 0 && random() < 0.4 ? pick(random, scope.readable) : undefined;
  if (readable !== undefined) return { dax: readable, of: (_, ctx) => readRow(ctx, readable) };
  const name = scope.variables.length > 0 && random() < 0.4 ? pick(random, scope.variables) : undefined;
  if (name !== undefined) return { dax: name, of: (_, ctx) => ctx.variables.get(name) ?? null };
  switch (below(random, 7)) {
    case 5: {
      const of = pick(random, ['Sales[Amount]', 'Sales[Units]', 'Product[Price]']);
      const other = below(random, 4);
      return {
        dax: `SELECTEDVALUE(${of}, ${String(other)})`,
        of: (world, ctx) => {
          const found = distinct(visible(world, tableOfColumn(of), ctx.filters, true), [of]).rows;
          return found.length === 1 ? (found[0]?.[0] ?? null) : other;
        },
      };
    }
    case 6: {
      const of = pick(random, ['Sales[Amount]', 'Product[Price]', 'Product[Color]']);
      const fn = pick(random, ['COUNT', 'COUNTBLANK', 'DISTINCTCOUNTNOBLANK'] as const);
      return {
        dax: `${fn}(${of})`,
        of: (world, ctx) => {
          const values = valuesOf(visible(world, tableOfColumn(of), ctx.filters, false), of);
          const present = values.filter((it) => it !== null);
          if (fn === 'DISTINCTCOUNTNOBLANK') return new Set(present).size || null;
          return (fn === 'COUNT' ? present : values.filter((it) => it === null || it === '')).length || null;
        },
      };
    }
    case 0: case 1: {
      const fn = pick(random, ['SUM', 'MAX', 'MIN'] as const);
      const of = pick(random, ['Sales[Amount]', 'Sales[Units]', 'Product[Price]']);
      return { dax: `${fn}(${of})`, of: (world, ctx) => fold(fn, valuesOf(visible(world, tableOfColumn(of), ctx.filters, false), of)) };
    }
    case 2: {
      const table = pick(random, tableNames);
      return { dax: `COUNTROWS(${table})`, of: (world, ctx) => visible(world, table, ctx.filters, false).rows.length || null };
    }
    case 3: {
      const of = column(random);
      return { dax: `COUNTROWS(VALUES(${of}))`, of: (world, ctx) => distinct(visible(world, tableOfColumn(of), ctx.filters, true), [of]).rows.length || null };
    }
    default: {
      const of = column(random);
      return { dax: `DISTINCTCOUNT(${of})`, of: (world, ctx) => distinct(visible(world, tableOfColumn(of), ctx.filters, false), [of]).rows.length || null };
    }
  }
}

function readRow(ctx: Context, name: string): Value {
  const row = [...ctx.rows].reverse().find((it) => it.columns.includes(name));
  if (row === undefined) throw new Error(`no row has ${name}`);
  return row.values[row.columns.indexOf(name)] ?? null;
}

const valuesOf = (rows: Rows, name: string): readonly Value[] => {
  const at = rows.columns.indexOf(name);
  return rows.rows.map((it) => it[at] ?? null);
};

type Fold = 'SUM' | 'MAX' | 'MIN' | 'COUNT';

function fold(fn: Fold, values: readonly Value[]): Value {
  const numbers = values.filter((it): it is number => typeof it === 'number');
  if (numbers.length === 0) return null;
  switch (fn) {
    case 'SUM': return numbers.reduce((a, b) => a + b, 0);
    case 'MAX': return Math.max(...numbers);
    case 'MIN': return Math.min(...numbers);
    case 'COUNT': return numbers.length;
  }
}

const asNumber = (it: Value): number => (typeof it === 'number' ? it : 0);

function arithmetic(scope: Scope, depth: number): Scalar {
  const [a, b] = [scalar(scope, depth - 1), scalar(scope, depth - 1)];
  const op = pick(scope.random, ['+', '-'] as const);
  return {
    dax: `(${a.dax} ${op} ${b.dax})`,
    of: (world, ctx) => {
      const [x, y] = [a.of(world, ctx), b.of(world, ctx)];
      if (x === null && y === null) return null;
      return op === '+' ? asNumber(x) + asNumber(y) : asNumber(x) - asNumber(y);
    },
  };
}

function choose(scope: Scope, depth: number): Scalar {
  const [condition, then, otherwise] = [scalar(scope, depth - 1), scalar(scope, depth - 1), scalar(scope, depth - 1)];
  const limit = below(scope.random, 4);
  const isElse = scope.random() < 0.6;
  return {
    dax: `IF(${condition.dax} > ${String(limit)}, ${then.dax}${isElse ? `, ${otherwise.dax}` : ''})`,
    of: (world, ctx) => (asNumber(condition.of(world, ctx)) > limit ? then.of(world, ctx) : isElse ? otherwise.of(world, ctx) : null),
  };
}

function variable(scope: Scope, depth: number): Scalar {
  const name = `v${String(scope.variables.length)}`;
  const value = scalar(scope, depth - 1);
  const body = scalar({ ...scope, variables: [...scope.variables, name] }, depth - 1);
  return {
    dax: `(VAR ${name} = ${value.dax} RETURN ${body.dax})`,
    of: (world, ctx) => body.of(world, { ...ctx, variables: new Map([...ctx.variables, [name, value.of(world, ctx)]]) }),
  };
}

/** A metric by name: CALCULATE around it, and nothing of the rows and variables around is seen inside. */
function metric(scope: Scope): Scalar | undefined {
  if (scope.metrics.length === 0) return undefined;
  const index = below(scope.random, scope.metrics.length);
  const it = scope.metrics[index];
  if (it === undefined) return undefined;
  return { dax: `[m${String(index)}]`, of: (world, ctx) => it.of(world, { ...changed(ctx, []), variables: new Map() }) };
}

function calculate(scope: Scope, depth: number): Scalar {
  const body = scalar({ ...scope, readable: [] }, depth - 1);
  const filters = Array.from({ length: below(scope.random, 3) + (scope.random() < 0.9 ? 1 : 0) }, () => filterArgument(scope, depth - 1));
  return {
    dax: `CALCULATE(${[body, ...filters].map((it) => it.dax).join(', ')})`,
    of: (world, ctx) => body.of(world, changed(ctx, filters.map((it) => it.of(world, ctx)))),
  };
}

function iterate(scope: Scope, depth: number): Scalar {
  const fn = pick(scope.random, ['SUM', 'MAX', 'MIN', 'COUNT'] as const);
  const over = table(scope, depth - 1);
  const columns = over.of(scope.world, { filters: [], rows: [], variables: new Map(scope.variables.map((it) => [it, null])) }).columns;
  const body = scalar({ ...scope, readable: [...scope.readable.filter((it) => !columns.includes(it)), ...ownNumbers(over, columns)] }, depth - 1);
  return {
    dax: `${fn}X(${over.dax}, ${body.dax})`,
    of: (world, ctx) => {
      const rows = over.of(world, ctx);
      return fold(fn, rows.rows.map((values) => body.of(world, { ...ctx, rows: [...ctx.rows, { columns: rows.columns, values }] })));
    },
  };
}

/** Columns of the expanded table beyond the table's own are read by RELATED only, which is not generated. */
const ownNumbers = (over: Table, columns: readonly string[]): readonly string[] =>
  columns.filter((it) => numeric.has(it) && (columns.length === 1 || over.dax.includes(tableOfColumn(it))) && tableOfColumn(it) === tableOfColumn(columns[0] ?? ''));

function table(scope: Scope, depth: number): Table {
  const { random } = scope;
  if (depth > 0 && random() < 0.3) return filtered(scope, depth);
  if (depth > 0 && random() < 0.2) return calculated(scope, depth);
  const name = pick(random, tableNames);
  const of = column(random);
  switch (below(random, 7)) {
    case 6: return { dax: `ALL(${name})`, of: (world) => visible(world, name, [], true) };
    case 0: return { dax: name, of: (world, ctx) => visible(world, name, ctx.filters, false) };
    case 1: return { dax: `VALUES(${name})`, of: (world, ctx) => visible(world, name, ctx.filters, true) };
    case 2: return { dax: `ALL(${of})`, of: (world) => distinct(visible(world, tableOfColumn(of), [], true), [of]) };
    case 3: return { dax: `DISTINCT(${of})`, of: (world, ctx) => distinct(visible(world, tableOfColumn(of), ctx.filters, false), [of]) };
    default: return { dax: `VALUES(${of})`, of: (world, ctx) => distinct(visible(world, tableOfColumn(of), ctx.filters, true), [of]) };
  }
}

function calculated(scope: Scope, depth: number): Table {
  const input = table({ ...scope, readable: [] }, depth - 1);
  const filters = Array.from({ length: 1 + below(scope.random, 2) }, () => filterArgument(scope, depth - 1));
  return {
    dax: `CALCULATETABLE(${[input, ...filters].map((it) => it.dax).join(', ')})`,
    of: (world, ctx) => input.of(world, changed(ctx, filters.map((it) => it.of(world, ctx)))),
  };
}

/** FILTER by the row's own columns, or by a value in the row's context. */
function filtered(scope: Scope, depth: number): Table {
  const input = table(scope, 0);
  const empty: Context = { filters: [], rows: [], variables: new Map() };
  const { columns } = input.of(scope.world, empty);
  const own = columns.filter((it) => tableOfColumn(it) === tableOfColumn(columns[0] ?? ''));
  const outer = [...scope.readable, ...scope.variables].filter((it) => !columns.includes(it));
  const [mine] = own.filter((it) => numeric.has(it));
  if (outer.length > 0 && mine !== undefined && scope.random() < 0.6) {
    const [theirs, op] = [pick(scope.random, outer), pick(scope.random, ['=', '>=', '<'] as const)];
    return {
      dax: `FILTER(${input.dax}, ${mine} ${op} ${theirs})`,
      of: (world, ctx) => {
        const rows = input.of(world, ctx);
        const limit = asNumber(theirs.includes('[') ? readRow(ctx, theirs) : (ctx.variables.get(theirs) ?? null));
        const at = rows.columns.indexOf(mine);
        return { columns: rows.columns, rows: rows.rows.filter((it) => compared(asNumber(it[at] ?? null), op, limit)) };
      },
    };
  }
  if (scope.random() < 0.5) {
    const test = predicate(scope.random, pick(scope.random, own));
    return {
      dax: `FILTER(${input.dax}, ${test.dax})`,
      of: (world, ctx) => {
        const rows = input.of(world, ctx);
        return { columns: rows.columns, rows: rows.rows.filter((values) => test.holds({ columns: rows.columns, values })) };
      },
    };
  }
  const value = scalar({ ...scope, readable: [] }, Math.min(depth - 1, 1));
  const limit = below(scope.random, 4);
  return {
    dax: `FILTER(${input.dax}, CALCULATE(${value.dax}) > ${String(limit)})`,
    of: (world, ctx) => {
      const rows = input.of(world, ctx);
      const inRow = (values: readonly Value[]): Context => changed({ ...ctx, rows: [...ctx.rows, { columns: rows.columns, values }] }, []);
      return { columns: rows.columns, rows: rows.rows.filter((values) => asNumber(value.of(world, inRow(values))) > limit) };
    },
  };
}

const compared = (a: number, op: '=' | '>=' | '<', b: number): boolean => (op === '=' ? a === b : op === '<' ? a < b : a >= b);

const constants: Readonly<Record<string, readonly Value[]>> = {
  Kind: ['x', 'y', null], Color: ['red', 'blue', '', null], Town: ['a', 'b', null], Flag: [true, false, null],
};

function predicate(random: Random, name: string): Predicate {
  const bare = name.slice(name.indexOf('[') + 1, -1);
  const values = constants[bare];
  const value = values === undefined ? (random() < 0.1 ? null : below(random, 4)) : pick(random, values);
  const text = value === null ? 'BLANK()' : typeof value === 'boolean' ? String(value).toUpperCase() : JSON.stringify(value);
  const read = (row: RowOf): Value => row.values[row.columns.indexOf(name)] ?? null;
  const type = values === undefined ? 0 : typeof values[0] === 'boolean' ? false : '';
  // A loose comparison takes BLANK for 0, "" or FALSE.
  const loose = (it: Value): Value => it ?? type;
  switch (below(random, values === undefined ? 5 : 4)) {
    case 0: return { dax: `${name} = ${text}`, holds: (row) => loose(read(row)) === loose(value) };
    case 1: return { dax: `${name} <> ${text}`, holds: (row) => loose(read(row)) !== loose(value) };
    case 2: return { dax: `${name} == ${text}`, holds: (row) => read(row) === value };
    case 3: return { dax: `${name} IN {${text}, BLANK()}`, holds: (row) => read(row) === value || read(row) === null };
    default: return { dax: `${name} >= ${text}`, holds: (row) => asNumber(read(row)) >= asNumber(value) };
  }
}

function filterArgument(scope: Scope, depth: number): FilterArgument {
  const { random } = scope;
  const keep = random() < 0.25;
  const around = (dax: string): string => (keep ? `KEEPFILTERS(${dax})` : dax);
  switch (below(random, 10)) {
    case 9: {
      const bound = scope.variables.length === 0 ? undefined : pick(random, scope.variables);
      const name = pick(random, [...numeric]);
      if (bound === undefined) return remove(`REMOVEFILTERS(${name})`, [name]);
      const op = pick(random, ['=', '>=', '<'] as const);
      return {
        dax: around(`${name} ${op} ${bound}`),
        of: (world, ctx) => {
          const limit = asNumber(ctx.variables.get(bound) ?? null);
          const test: Predicate = { dax: '', holds: (row) => compared(asNumber(row.values[0] ?? null), op, limit) };
          return { kind: 'filter', keep, filter: where(world, tableOfColumn(name), [name], test) };
        },
      };
    }
    case 0: case 1: {
      const name = column(random);
      const test = predicate(random, name);
      return { dax: around(test.dax), of: (world) => ({ kind: 'filter', keep, filter: where(world, tableOfColumn(name), [name], test) }) };
    }
    case 2: {
      const name = pick(random, tableNames);
      const [a = '', b = ''] = columnsOf[name].map((it) => `${name}[${it}]`);
      const [first, second] = [predicate(random, a), predicate(random, b)];
      const either: Predicate = { dax: `${first.dax} || ${second.dax}`, holds: (row) => first.holds(row) || second.holds(row) };
      return { dax: around(either.dax), of: (world) => ({ kind: 'filter', keep, filter: where(world, name, [a, b], either) }) };
    }
    case 3: case 4: {
      const over = table(scope, depth);
      // ALL as an argument is a modifier, not a table.
      if (over.dax.startsWith('ALL(')) return remove(over.dax, over.of(scope.world, { filters: [], rows: [], variables: new Map() }).columns);
      return {
        dax: around(over.dax),
        of: (world, ctx) => {
          const { columns, rows } = over.of(world, ctx);
          return { kind: 'filter', keep, filter: { columns, tuples: rows } };
        },
      };
    }
    case 5: {
      const name = column(random);
      return remove(`REMOVEFILTERS(${name})`, [name]);
    }
    case 6: {
      const name = pick(random, tableNames);
      return remove(`${pick(random, ['ALL', 'REMOVEFILTERS'])}(${name})`, expandedOf(scope.world, name).columns);
    }
    case 7: {
      const name = pick(random, tableNames);
      const all = expandedOf(scope.world, name).columns;
      const kept = pick(random, all);
      return remove(`ALLEXCEPT(${name}, ${kept})`, all.filter((it) => it !== kept));
    }
    default: {
      const name = column(random);
      const all = expandedOf(scope.world, tableOfColumn(name)).columns.slice(0, 2);
      return remove(`ALL(${all.join(', ')})`, all);
    }
  }
}

const remove = (dax: string, columns: readonly string[]): FilterArgument => ({ dax, of: () => ({ kind: 'remove', columns }) });

/** FILTER(ALL(columns), predicate). */
function where(world: World, name: string, columns: readonly string[], test: Predicate): { readonly columns: readonly string[]; readonly tuples: readonly (readonly Value[])[] } {
  const all = distinct(visible(world, name, [], true), columns);
  return { columns, tuples: all.rows.filter((values) => test.holds({ columns, values })) };
}

/** A query for a metric by columns, and its rows. */
export interface Breakdown {
  readonly dax: string;
  readonly rows: readonly (readonly Value[])[];
}

/** One metric by columns: plain, with a filter table, within CALCULATETABLE, or row by row. */
export function breakdown(random: Random, world: World, by: readonly string[], metricOf: Scalar, name: string): Breakdown {
  const open: Context = { filters: [], rows: [], variables: new Map() };
  const measure = `"v", [${name}]`;
  if (by.length === 0) return { dax: `EVALUATE ROW(${measure})`, rows: [[metricOf.of(world, open)]] };
  const form = below(random, 5);
  const [first = ''] = by;
  if (form === 0 && by.length === 1) {
    const values = distinct(visible(world, tableOfColumn(first), [], true), by).rows;
    const rows = values.map((row) => [...row, metricOf.of(world, changed({ ...open, rows: [{ columns: by, values: row }] }, []))]);
    return { dax: `EVALUATE ADDCOLUMNS(VALUES(${first}), ${measure})`, rows };
  }
  const column_ = column(random);
  const test = predicate(random, column_);
  const filter = where(world, tableOfColumn(column_), [column_], test);
  const table_ = `FILTER(ALL(${column_}), ${test.dax})`;
  const columns = by.join(', ');
  switch (form) {
    case 1: return { dax: `EVALUATE SUMMARIZECOLUMNS(${columns}, ${table_}, ${measure})`, rows: groups(world, by, [filter], metricOf) };
    case 2: return { dax: `EVALUATE CALCULATETABLE(SUMMARIZECOLUMNS(${columns}, ${measure}), ${test.dax})`, rows: groups(world, by, [filter], metricOf) };
    default: return { dax: `EVALUATE SUMMARIZECOLUMNS(${columns}, ${measure})`, rows: groups(world, by, [], metricOf) };
  }
}

/** Groups with a value, and their values. */
function groups(world: World, by: readonly string[], outer: readonly Filter[], metricOf: Scalar): readonly (readonly Value[])[] {
  let tuples: readonly (readonly Value[])[] = [[]];
  const tables = [...new Set(by.map(tableOfColumn))];
  const order = tables.flatMap((name) => by.filter((it) => tableOfColumn(it) === name));
  for (const name of tables) {
    const own = distinct(visible(world, name, outer, true), by.filter((it) => tableOfColumn(it) === name));
    tuples = tuples.flatMap((left) => own.rows.map((right) => [...left, ...right]));
  }
  return tuples.flatMap((values) => {
    const own = order.map((it, i): Filter => ({ columns: [it], tuples: [[values[i] ?? null]] }));
    const value = metricOf.of(world, { filters: [...outer, ...own], rows: [], variables: new Map() });
    return value === null ? [] : [[...by.map((it) => values[order.indexOf(it)] ?? null), value]];
  });
}
