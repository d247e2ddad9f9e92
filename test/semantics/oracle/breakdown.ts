/** Queries for a metric by columns, and the rows that they give. */
import { changed, distinct, visible, type Context, type Filter, type Value, type World } from './naive.ts';
import { column, tableOfColumn, type Scalar } from './parts.ts';
import { predicate, where } from './predicates.ts';
import { below, type Random } from './random.ts';

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
  const other = column(random);
  const test = predicate(random, other);
  const filter = where(world, tableOfColumn(other), [other], test);
  const filterTable = `FILTER(ALL(${other}), ${test.dax})`;
  const columns = by.join(', ');
  switch (form) {
    case 1: return { dax: `EVALUATE SUMMARIZECOLUMNS(${columns}, ${filterTable}, ${measure})`, rows: groups(world, by, [filter], metricOf) };
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
