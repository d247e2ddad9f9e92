/** Random tables to iterate, and to filter by. */
import { filterArgument } from './filters.ts';
import { changed, distinct, visible, type Context, type Value } from './naive.ts';
import { asNumber, column, numeric, readRow, tableNames, tableOfColumn, type Scope, type Table } from './parts.ts';
import { compared, predicate } from './predicates.ts';
import { below, pick } from './random.ts';

export function table(scope: Scope, depth: number): Table {
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
  const value = scope.scalar({ ...scope, readable: [] }, Math.min(depth - 1, 1));
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
