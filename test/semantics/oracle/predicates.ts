/** Random predicates over the columns of one table. */
import { distinct, visible, type Filter, type RowOf, type Value, type World } from './naive.ts';
import { asNumber, type Predicate } from './parts.ts';
import { below, pick, type Random } from './random.ts';

export const compared = (a: number, op: '=' | '>=' | '<', b: number): boolean => (op === '=' ? a === b : op === '<' ? a < b : a >= b);

const constants: Readonly<Record<string, readonly Value[]>> = {
  Kind: ['x', 'y', null], Color: ['red', 'blue', '', null], Town: ['a', 'b', null], Flag: [true, false, null],
};

export function predicate(random: Random, name: string): Predicate {
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

/** FILTER(ALL(columns), predicate). */
export function where(world: World, name: string, columns: readonly string[], test: Predicate): Filter {
  const all = distinct(visible(world, name, [], true), columns);
  return { columns, tuples: all.rows.filter((values) => test.holds({ columns, values })) };
}
