// ALLSELECTED in nested iterators against its definition, over random expressions: every iterator leaves the rows it
// iterates as a shadow, and ALLSELECTED brings the innermost one back for each column.
import { describe, expect, it } from 'vitest';
import { open, value, type Shop } from '../semantics/chain.ts';
import { randomOf, type Random } from './random.ts';

const columns = ['a', 'b', 'id'] as const;
/** What a row of the table is a filter on. */
const allColumns = [...columns, 'q'] as const;
type Column = (typeof allColumns)[number];
type Row = Readonly<Record<Column, number>>;

/** Combinations of values of some columns. */
interface Filter {
  readonly of: readonly Column[];
  readonly tuples: readonly (readonly number[])[];
}

interface Context {
  readonly filters: readonly Filter[];
  /** The innermost last. */
  readonly shadows: readonly Filter[];
  /** Rows that no CALCULATE has made filters yet, the innermost last. */
  readonly rows: readonly Filter[];
}

type Modifier =
  | { readonly op: 'is'; readonly column: Column; readonly value: number }
  | { readonly op: 'all'; readonly column: Column }
  | { readonly op: 'selected'; readonly of: 'columns' | 'table' | 'everything'; readonly column: Column };

type Iterated = { readonly op: 'values' | 'all' | 'above'; readonly column: Column } | { readonly op: 'rows' };

type Expression =
  | { readonly op: 'sum' }
  | { readonly op: 'countTable' }
  | { readonly op: 'countColumn'; readonly column: Column }
  | { readonly op: 'calculate'; readonly modifiers: readonly Modifier[]; readonly inner: Expression }
  | { readonly op: 'sumx'; readonly over: Iterated; readonly inner: Expression };

const without = (filters: readonly Filter[], gone: readonly Column[]): readonly Filter[] => filters.flatMap((it) => only(it, it.of.filter((column) => !gone.includes(column))) ?? []);

function only({ of, tuples }: Filter, kept: readonly Column[]): Filter | undefined {
  return kept.length === 0 ? undefined : { of: kept, tuples: tuples.map((tuple) => kept.map((it) => tuple[of.indexOf(it)] ?? -1)) };
}

function selected(filters: readonly Filter[], shadows: readonly Filter[], wanted: readonly Column[]): readonly Filter[] {
  let left = filters;
  let open = wanted;
  const back: Filter[] = [];
  for (const shadow of [...shadows].reverse()) {
    const take = shadow.of.filter((it) => open.includes(it));
    const restored = only(shadow, take);
    if (restored === undefined) continue;
    left = without(left, take);
    back.push(restored);
    open = open.filter((it) => !take.includes(it));
  }
  return [...left, ...back];
}

/** undefined: pages differ. */
function evaluate(rows: readonly Row[], it: Expression, context: Context): number | undefined {
  const { filters, shadows } = context;
  const seen = (by: readonly Filter[]): readonly Row[] =>
    rows.filter((row) => by.every(({ of, tuples }) => tuples.some((tuple) => of.every((column, i) => tuple[i] === row[column]))));
  const distinct = (from: readonly Row[], column: Column): readonly number[] => [...new Set(from.map((row) => row[column]))];
  switch (it.op) {
    case 'sum': return seen(filters).reduce((sum, row) => sum + row.q, 0);
    case 'countTable': return seen(selected(filters, shadows, allColumns)).length;
    case 'countColumn': {
      const shadow = [...shadows].reverse().find(({ of }) => of.includes(it.column));
      const values = (by: readonly Filter[]): number => distinct(seen(by.flatMap((filter) => only(filter, filter.of.filter((column) => column === it.column)) ?? [])), it.column).length;
      if (shadow !== undefined) return values([shadow]);
      return values(filters) === values([]) ? values([]) : undefined;
    }
    case 'calculate': {
      let next = context.rows.reduce((left, row) => [...without(left, row.of), row], filters);
      for (const modifier of it.modifiers) {
        if (modifier.op === 'all') next = without(next, [modifier.column]);
        if (modifier.op === 'selected') next = selected(next, shadows, modifier.of === 'columns' ? [modifier.column] : allColumns);
      }
      for (const modifier of it.modifiers) if (modifier.op === 'is') next = [...without(next, [modifier.column]), { of: [modifier.column], tuples: [[modifier.value]] }];
      return evaluate(rows, it.inner, { filters: next, shadows, rows: [] });
    }
    case 'sumx': {
      const { over } = it;
      const of: readonly Column[] = over.op === 'rows' ? allColumns : [over.column];
      const tuples = over.op === 'rows' ? seen(filters).map((row) => allColumns.map((column) => row[column]))
        : distinct(over.op === 'all' ? rows : seen(filters), over.column).filter((v) => over.op !== 'above' || v > 1).map((v) => [v]);
      let sum: number | undefined = 0;
      for (const tuple of tuples) {
        const each = evaluate(rows, it.inner, { filters, shadows: [...shadows, { of, tuples }], rows: [...context.rows, { of, tuples: [tuple] }] });
        sum = sum === undefined || each === undefined ? undefined : sum + each;
      }
      return sum;
    }
  }
}

function made(random: Random, depth: number): Expression {
  if (depth === 0) return random.weighed<Expression>([[5, { op: 'sum' }], [1, { op: 'countTable' }], [1, { op: 'countColumn', column: random.pick(columns) }]]);
  if (random.chance(0.5)) return { op: 'sumx', over: random.chance(0.2) ? { op: 'rows' } : { op: random.pick(['values', 'all', 'above'] as const), column: random.pick(columns) }, inner: made(random, depth - 1) };
  const modifiers: Modifier[] = [];
  if (random.chance(0.6)) modifiers.push({ op: 'selected', of: random.pick(['columns', 'columns', 'table', 'everything'] as const), column: random.pick(columns) });
  // A filter beside ALLSELECTED of the same column is documented nowhere.
  const free = columns.filter((column) => !modifiers.some((it) => it.op === 'selected' && (it.of !== 'columns' || it.column === column)));
  if (free.length > 0 && random.chance(0.5)) modifiers.push({ op: random.pick(['is', 'is', 'all'] as const), column: random.pick(free), value: random.int(1, 3) });
  return { op: 'calculate', modifiers, inner: made(random, depth - 1) };
}

function text(it: Expression): string {
  switch (it.op) {
    case 'sum': return 'SUM(T[q])';
    case 'countTable': return 'COUNTROWS(ALLSELECTED(T))';
    case 'countColumn': return `COUNTROWS(ALLSELECTED(T[${it.column}]))`;
    case 'calculate': return `CALCULATE(${[text(it.inner), ...it.modifiers.map(modifierText)].join(', ')})`;
    case 'sumx': {
      const { over } = it;
      const table = over.op === 'rows' ? 'T' : over.op === 'above' ? `FILTER(VALUES(T[${over.column}]), T[${over.column}] > 1)` : `${over.op.toUpperCase()}(T[${over.column}])`;
      return `SUMX(${table}, ${text(it.inner)})`;
    }
  }
}

function modifierText(it: Modifier): string {
  if (it.op === 'is') return `T[${it.column}] = ${String(it.value)}`;
  if (it.op === 'all') return `ALL(T[${it.column}])`;
  return it.of === 'everything' ? 'ALLSELECTED()' : it.of === 'table' ? 'ALLSELECTED(T)' : `ALLSELECTED(T[${it.column}])`;
}

const MODELS = 6;
const COUNT = Number(process.env['ALLSELECTED_CASES'] ?? 60);

describe('ALLSELECTED in iterators', () => {
  it.each(Array.from({ length: MODELS }, (_, i) => i + 1))('model %i', async (seed) => {
    const random = randomOf(seed);
    const rows = Array.from({ length: random.int(3, 7) }, (_, i): Row => ({ a: random.int(1, 3), b: random.int(1, 3), id: i + 1, q: 2 ** i }));
    const lines = rows.map((row) => `      - { a: ${String(row.a)}, b: ${String(row.b)}, id: ${String(row.id)}, q: ${String(row.q)} }`);
    const yaml = ['name: selected', 'tables:', '  T:', '    columns: { a: { type: int64 }, b: { type: int64 }, id: { type: int64 }, q: { type: int64 } }', '    rows:', ...lines].join('\n');
    const shop: Shop = await open('file:///oracle/selected.daxmodel.yaml', yaml, '');
    for (let i = 0; i < COUNT; i++) {
      const expression = made(random, random.int(2, 5));
      const expected = evaluate(rows, expression, { filters: [], shadows: [], rows: [] });
      const { result } = value(shop, text(expression));
      const cell = result.kind === 'table' ? (result.columns[0]?.cells[0] ?? null) : JSON.stringify(result);
      const found = typeof cell === 'object' && cell !== null ? JSON.stringify(cell) : typeof cell === 'string' ? cell : Number(cell ?? 0);
      if (expected !== undefined && found !== expected) expect.fail(`${text(expression)}: ${String(found)} instead of ${String(expected)}\n${yaml}`);
    }
  });
});
