/** Random metrics. */
import { filterArgument } from './filters.ts';
import { changed, distinct, visible, type World } from './naive.ts';
import { asNumber, column, fold, numeric, readRow, tableNames, tableOfColumn, valuesOf, type Scalar, type Scope, type Table } from './parts.ts';
import { below, pick, type Random } from './random.ts';
import { table } from './tables.ts';

/** A metric: its text, and what it gives in a context. */
export function randomMetric(random: Random, world: World, metrics: readonly Scalar[], depth: number): Scalar {
  return scalar({ random, world, readable: [], variables: [], metrics, scalar }, depth);
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
