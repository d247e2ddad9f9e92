/** What random metrics are made of: each part is DAX text together with what it means by `naive.ts`. */
import type { Change, Context, RowOf, Rows, Value, World } from './naive.ts';
import { pick, type Random } from './random.ts';

export interface Scalar {
  readonly dax: string;
  readonly of: (world: World, ctx: Context) => Value;
}

export interface Table {
  readonly dax: string;
  readonly of: (world: World, ctx: Context) => Rows;
}

export interface FilterArgument {
  readonly dax: string;
  readonly of: (world: World, ctx: Context) => Change;
}

export interface Predicate {
  readonly dax: string;
  readonly holds: (row: RowOf) => boolean;
}

export interface Scope {
  readonly random: Random;
  readonly world: World;
  /** Numeric columns that rows around bring. */
  readonly readable: readonly string[];
  readonly variables: readonly string[];
  readonly metrics: readonly Scalar[];
  /** Makes a scalar of at most that depth. */
  readonly scalar: (scope: Scope, depth: number) => Scalar;
}

export const tableNames = ['Category', 'Product', 'Store', 'Sales'] as const;
export const columnsOf: Readonly<Record<(typeof tableNames)[number], readonly string[]>> = {
  Category: ['Kind', 'Group'], Product: ['Color', 'Price', 'Item'], Store: ['Town', 'Shop'], Sales: ['Flag', 'Amount', 'Units', 'Item'],
};
export const numeric = new Set(['Sales[Amount]', 'Sales[Units]', 'Product[Price]']);
/** Columns that groups are made of. */
export const groupColumns = ['Category[Kind]', 'Product[Color]', 'Product[Price]', 'Store[Town]', 'Sales[Flag]'] as const;

export const column = (random: Random): string => {
  const table = pick(random, tableNames);
  return `${table}[${pick(random, columnsOf[table])}]`;
};
export const tableOfColumn = (name: string): string => name.slice(0, name.indexOf('['));

export function readRow(ctx: Context, name: string): Value {
  const row = [...ctx.rows].reverse().find((it) => it.columns.includes(name));
  if (row === undefined) throw new Error(`no row has ${name}`);
  return row.values[row.columns.indexOf(name)] ?? null;
}

export const valuesOf = (rows: Rows, name: string): readonly Value[] => {
  const at = rows.columns.indexOf(name);
  return rows.rows.map((it) => it[at] ?? null);
};

export type Fold = 'SUM' | 'MAX' | 'MIN' | 'COUNT';

export function fold(fn: Fold, values: readonly Value[]): Value {
  const numbers = values.filter((it): it is number => typeof it === 'number');
  if (numbers.length === 0) return null;
  switch (fn) {
    case 'SUM': return numbers.reduce((a, b) => a + b, 0);
    case 'MAX': return Math.max(...numbers);
    case 'MIN': return Math.min(...numbers);
    case 'COUNT': return numbers.length;
  }
}

export const asNumber = (it: Value): number => (typeof it === 'number' ? it : 0);
