// Window functions over random rows against a plain reading of their definition: partition, sort, find the current rows,
// take places, put the rows together.
import { describe, expect, it } from 'vitest';
import { open, queries, type Shop } from './chain.ts';

/** A generator of its own: the same seed, the same cases. */
function randomOf(seed: number): (below: number) => number {
  let state = Math.imul(seed + 1, 2_654_435_761) >>> 0;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 4_294_967_296) * below);
  };
}

interface Row {
  readonly k: number;
  readonly g: string | null;
  readonly h: string;
  readonly v: number | null;
}

interface Key {
  readonly column: 'k' | 'v' | 'g';
  readonly descending: boolean;
  readonly blanks: 'DEFAULT' | 'FIRST' | 'LAST';
}

interface Plan {
  readonly keys: readonly Key[];
  readonly partition: readonly ('g' | 'h')[];
  readonly take: Take;
}

type Take =
  | { readonly fn: 'INDEX'; readonly place: number }
  | { readonly fn: 'OFFSET'; readonly delta: number }
  | { readonly fn: 'WINDOW'; readonly from: number; readonly fromAbsolute: boolean; readonly to: number; readonly toAbsolute: boolean }
  | { readonly fn: 'ROWNUMBER' | 'SKIP' | 'DENSE' };

function makeRows(random: (below: number) => number): readonly Row[] {
  return Array.from({ length: 3 + random(8) }, (_, k) => ({
    k: k + 1, g: [null, 'a', 'b'][random(3)] ?? null, h: ['x', 'y'][random(2)] ?? 'x', v: random(4) === 0 ? null : random(7) - 3,
  }));
}

function makePlan(random: (below: number) => number): Plan {
  const key = (): Key => ({
    column: (['k', 'v', 'g'] as const)[random(3)] ?? 'k', descending: random(2) === 0, blanks: (['DEFAULT', 'FIRST', 'LAST'] as const)[random(3)] ?? 'DEFAULT',
  });
  const keys = Array.from({ length: 1 + random(2) }, key);
  const partition = (['g', 'h'] as const).filter(() => random(3) === 0);
  const end = (): number => random(7) - 3;
  const takes: readonly (() => Take)[] = [
    () => ({ fn: 'INDEX', place: end() }),
    () => ({ fn: 'OFFSET', delta: end() }),
    () => ({ fn: 'WINDOW', from: end(), fromAbsolute: random(2) === 0, to: end(), toAbsolute: random(2) === 0 }),
    () => ({ fn: (['ROWNUMBER', 'SKIP', 'DENSE'] as const)[random(3)] ?? 'SKIP' }),
  ];
  return { keys: keys.filter((it, i) => keys.findIndex((other) => other.column === it.column) === i), partition, take: (takes[random(4)] ?? takes[0] as () => Take)() };
}

const text = ({ keys, partition, take }: Plan): string => {
  const orders = keys.map((it) => `T[${it.column}], ${it.descending ? 'DESC' : 'ASC'} BLANKS ${it.blanks}`).join(', ');
  const parts = `ALL(T), ORDERBY(${orders})${partition.length === 0 ? '' : `, PARTITIONBY(${partition.map((it) => `T[${it}]`).join(', ')})`}`;
  switch (take.fn) {
    case 'INDEX': return `INDEX(${String(take.place)}, ${parts})`;
    case 'OFFSET': return `OFFSET(${String(take.delta)}, ${parts})`;
    case 'WINDOW': return `WINDOW(${String(take.from)}, ${take.fromAbsolute ? 'ABS' : 'REL'}, ${String(take.to)}, ${take.toAbsolute ? 'ABS' : 'REL'}, ${parts})`;
    case 'ROWNUMBER': return `ROWNUMBER(${parts})`;
    default: return `RANK(${take.fn}, ${parts})`;
  }
};

/** As a sort value: BLANK just below zero and below all text, or at an end whatever the direction. */
function compareBy(key: Key, a: Row, b: Row): number {
  const [x, y] = [a[key.column], b[key.column]];
  if (x === null && y === null) return 0;
  if ((x === null || y === null) && key.blanks !== 'DEFAULT') return (x === null) === (key.blanks === 'FIRST') ? -1 : 1;
  const amount = (it: number | string | null): number => (it === null ? -0.5 : typeof it === 'number' ? it : it.charCodeAt(0));
  return (amount(x) - amount(y)) * (key.descending ? -1 : 1);
}

const compareKeys = (plan: Plan, a: Row, b: Row): number => plan.keys.map((it) => compareBy(it, a, b)).find((it) => it !== 0) ?? 0;

/** The rows of a row's partition in their order; the key of the table tells rows with equal keys apart. */
const partitionOf = (plan: Plan, rows: readonly Row[], row: Row): readonly Row[] =>
  rows.filter((it) => plan.partition.every((column) => it[column] === row[column])).sort((a, b) => compareKeys(plan, a, b) || a.k - b.k);

function takenFor(plan: Plan, rows: readonly Row[], current: Row): readonly Row[] {
  const sorted = partitionOf(plan, rows, current);
  const { take } = plan;
  const here = sorted.indexOf(current);
  const absolute = (it: number): number => (it < 0 ? sorted.length + it : Math.max(it, 1) - 1);
  switch (take.fn) {
    case 'INDEX': return take.place === 0 ? [] : sorted.filter((_, i) => i === absolute(take.place));
    case 'OFFSET': return sorted.filter((_, i) => i === here + take.delta);
    case 'WINDOW': {
      const from = take.fromAbsolute ? absolute(take.from) : here + take.from;
      const to = take.toAbsolute ? absolute(take.to) : here + take.to;
      return sorted.filter((_, i) => i >= from && i <= to);
    }
    default: return [];
  }
}

function placeOf(plan: Plan, rows: readonly Row[], current: Row): number {
  const sorted = partitionOf(plan, rows, current);
  if (plan.take.fn === 'ROWNUMBER') return sorted.indexOf(current) + 1;
  const before = sorted.filter((it) => compareKeys(plan, it, current) < 0);
  if (plan.take.fn === 'SKIP') return before.length + 1;
  return before.filter((it, i) => i === 0 || compareKeys(plan, before[i - 1] as Row, it) !== 0).length + 1;
}

const isPlace = (plan: Plan): boolean => ['ROWNUMBER', 'SKIP', 'DENSE'].includes(plan.take.fn);

/** The keys of the rows that are taken for any of some current rows, or the place of those that are one by order and partition. */
function expected(plan: Plan, rows: readonly Row[], current: readonly Row[]): unknown {
  if (isPlace(plan)) {
    const [first] = current;
    const kinds = new Set(current.map((it) => JSON.stringify([...plan.keys.map((key) => it[key.column]), ...plan.partition.map((column) => it[column])])));
    if (first === undefined || kinds.size > 1) return null;
    return plan.take.fn === 'ROWNUMBER' && current.length > 1 ? expect.objectContaining({ cell: 'notEvaluated' }) : placeOf(plan, rows, first);
  }
  const keys = [...new Set(current.flatMap((it) => takenFor(plan, rows, it)))].map((it) => it.k).sort((a, b) => a - b);
  return keys.length === 0 ? null : keys.join(' ');
}

const yamlOf = (rows: readonly Row[]): string => `name: random
tables:
  T:
    columns:
      k: { type: int64, key: true }
      g: { type: string }
      h: { type: string }
      v: { type: int64 }
    rows:
${rows.map((it) => `      - { k: ${String(it.k)}, g: ${it.g ?? 'null'}, h: ${it.h}, v: ${String(it.v)} }`).join('\n')}
`;

/** Values by row key, by group and of all rows. */
function answers(shop: Shop, plan: Plan): readonly ReadonlyMap<unknown, unknown>[] {
  const value = isPlace(plan) ? text(plan) : `VAR taken = ${text(plan)} RETURN IF(COUNTROWS(taken) > 0, CONCATENATEX(taken, T[k], " ", T[k], ASC))`;
  const { results } = queries(shop, `
    EVALUATE SELECTCOLUMNS(T, "key", T[k], "x", ${value})
    EVALUATE ADDCOLUMNS(ALL(T[h]), "x", CALCULATE(${value}))
    EVALUATE { ("all", ${value}) }
  `);
  return results.map((it) => {
    if (it.kind !== 'table') throw new Error(`${text(plan)}: ${JSON.stringify(it)}`);
    return new Map(it.columns[0]?.cells.map((key, row) => [key, it.columns[1]?.cells[row]]));
  });
}

describe('window functions do what their definition says', () => {
  it.each(Array.from({ length: 12 }, (_, seed) => seed))('over random rows, seed %i', async (seed) => {
    const random = randomOf(seed);
    const rows = makeRows(random);
    const shop = await open('file:///semantics/random.daxmodel.yaml', yamlOf(rows), 'One = 1');
    for (let i = 0; i < 10; i++) {
      const plan = makePlan(random);
      const [byKey, byGroup, whole] = answers(shop, plan);
      const say = `${text(plan)} over ${JSON.stringify(rows)}`;
      for (const row of rows) expect(byKey?.get(row.k), `${say}, row ${String(row.k)}`).toEqual(expected(plan, rows, [row]));
      for (const group of new Set(rows.map((it) => it.h))) expect(byGroup?.get(group), `${say}, group ${group}`).toEqual(expected(plan, rows, rows.filter((it) => it.h === group)));
      expect(whole?.get('all'), `${say}, all`).toEqual(expected(plan, rows, rows));
    }
  });
});
