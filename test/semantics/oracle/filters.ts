/** Random filter arguments of CALCULATE and CALCULATETABLE: filters and modifiers. */
import { expandedOf } from './naive.ts';
import { asNumber, column, columnsOf, numeric, tableNames, tableOfColumn, type FilterArgument, type Predicate, type Scope } from './parts.ts';
import { compared, predicate, where } from './predicates.ts';
import { below, pick } from './random.ts';
import { table } from './tables.ts';

export function filterArgument(scope: Scope, depth: number): FilterArgument {
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
