/** Small random models: facts with duplicates, blanks and orphans, dimensions, and dimensions of dimensions. */
import { randomOf, type Random } from './random.ts';
import { quoted, scalarText, tableText, type Scalar, type Table } from './tree.ts';
import { dateOf, type Kind, type Val } from './values.ts';

export type ColumnType = 'int64' | 'double' | 'decimal' | 'dateTime' | 'boolean' | 'string';

export interface SmallColumn {
  readonly name: string;
  readonly type: ColumnType;
}

export interface SmallTable {
  readonly name: string;
  readonly columns: readonly SmallColumn[];
  readonly rows: readonly (readonly Val[])[];
}

/** Many-to-one. */
export interface SmallRelationship {
  readonly from: { readonly table: string; readonly column: string };
  readonly to: { readonly table: string; readonly column: string };
  /** Used only where USERELATIONSHIP says so. */
  readonly inactive?: true;
}

/** A column or a table that an expression makes, of what comes before it. */
export type Calculated =
  | { readonly k: 'calculatedColumn'; readonly table: string; readonly name: string; readonly expression: Scalar }
  | { readonly k: 'calculatedTable'; readonly name: string; readonly query: Table; readonly columns: readonly { readonly name: string; readonly kind: Kind }[]; readonly to: readonly { readonly column: string; readonly table: string }[] };

export interface SmallModel {
  readonly tables: readonly SmallTable[];
  readonly relationships: readonly SmallRelationship[];
  readonly calculated: readonly Calculated[];
}

/** A model file in YAML; JSON is YAML. */
export function modelFile(model: SmallModel): string {
  const made = (table: string): readonly (readonly [string, object])[] =>
    model.calculated.flatMap((it) => (it.k === 'calculatedColumn' && it.table === table ? [[it.name, { dax: scalarText(it.expression) }] as const] : []));
  const tables = new Map<string, object>(model.tables.map((table) => [table.name, {
    columns: Object.fromEntries([...table.columns.map((it) => [it.name, { type: it.type }] as const), ...made(table.name)]),
    rows: table.rows.map((row) => Object.fromEntries(table.columns.map((it, i) => [it.name, raw(row[i] ?? null)]))),
  }]));
  for (const it of model.calculated) if (it.k === 'calculatedTable') tables.set(it.name, { dax: tableText(it.query), columns: Object.fromEntries(made(it.name)) });
  const end = (it: { readonly table: string; readonly column: string }): string => `${quoted(it.table)}[${it.column.replaceAll(']', ']]')}]`;
  const relationships = [...model.relationships, ...model.calculated.flatMap(relationshipsOf)];
  return JSON.stringify({ name: 'small', tables: Object.fromEntries(tables), relationships: relationships.map((it) => ({ from: end(it.from), to: end(it.to), ...(it.inactive === true ? { active: false } : {}) })) }, undefined, 1);
}

/** The relationships of a calculated table. */
export const relationshipsOf = (it: Calculated): readonly SmallRelationship[] =>
  it.k === 'calculatedTable' ? it.to.map(({ column, table }) => ({ from: { table: it.name, column }, to: { table, column: 'Id' } })) : [];

function raw(it: Val): string | number | boolean | null {
  if (it === null) return null;
  if (it.t === 'decimal') return it.v / 10_000;
  if (it.t === 'date') return new Date(it.v * 86_400_000 + Date.UTC(1899, 11, 30)).toISOString().slice(0, 10);
  return it.v;
}

// Doubles are quarters and decimals hundredths, so that sums are exact in any order.
const words = ['a', 'A', 'b', 'B', 'cd', 'Cd', 'x y', 'zz', ''];

function valueOf(random: Random, type: ColumnType, blanks: number): Val {
  if (random.chance(blanks)) return null;
  switch (type) {
    case 'int64': return { t: 'int', v: random.pick([-2, -1, 0, 0, 1, 1, 2, 3, 5, 10]) };
    case 'double': return { t: 'double', v: random.int(-4, 12) / 4 };
    case 'decimal': return { t: 'decimal', v: random.pick([-150, -1, 0, 0, 50, 100, 125, 250, 999]) * 100 };
    case 'dateTime': return { t: 'date', v: dateOf(2024, random.int(1, 3), random.pick([1, 1, 15, 29])) };
    case 'boolean': return { t: 'bool', v: random.chance(0.5) };
    case 'string': return { t: 'text', v: random.pick(words) };
  }
}

/** Keys of the one side: never BLANK, all different. */
function keysOf(random: Random, type: 'int64' | 'string', count: number): readonly Val[] {
  return type === 'int64'
    ? random.some(Array.from({ length: 7 + count }, (_, i) => (i < 7 ? i + 1 : i + 13)).map((v): Val => ({ t: 'int', v })), count)
    : random.some(Array.from({ length: 6 + count }, (_, i) => (i % 2 === 0 ? `k${String(i + 1)}` : `K${String(i + 1)}`)).filter((it) => !/^k[89]$/i.test(it)).map((v): Val => ({ t: 'text', v })), count);
}

/** A value of the many side: mostly a key, in any spelling, else an orphan or BLANK. */
function foreignKey(random: Random, type: 'int64' | 'string', keys: readonly Val[], orphans: number): Val {
  if (keys.length === 0 || random.chance(orphans)) {
    if (random.chance(0.4)) return null;
    return type === 'int64' ? { t: 'int', v: random.pick([8, 9, 0]) } : { t: 'text', v: random.pick(['k8', 'K9', '']) };
  }
  const key = random.pick(keys);
  return key?.t === 'text' && random.chance(0.3) ? { t: 'text', v: random.chance(0.5) ? key.v.toUpperCase() : key.v.toLowerCase() } : key;
}

const columnNames = ['Amount', 'Color', 'Is open', 'Day', 'Price ]€', 'Size', 'Kind', 'Rate %'];
const types: readonly ColumnType[] = ['int64', 'double', 'decimal', 'dateTime', 'boolean', 'string', 'string', 'int64'];

interface Plan {
  readonly name: string;
  readonly fact: boolean;
  readonly to: readonly string[];
}

/** @param scale how many times more rows, and keys, than the few of a small model */
export function randomModel(seed: number, scale = 1): SmallModel {
  const random = randomOf(seed);
  const plans: readonly Plan[] = random.weighed<readonly Plan[]>([
    [2, [{ name: 'D', fact: false, to: [] }, { name: 'F', fact: true, to: ['D'] }]],
    [3, [{ name: 'D', fact: false, to: [] }, { name: 'My dim', fact: false, to: [] }, { name: 'F', fact: true, to: ['D', 'My dim'] }]],
    [3, [{ name: 'E', fact: false, to: [] }, { name: 'D', fact: false, to: ['E'] }, { name: 'F', fact: true, to: ['D'] }]],
    [3, [{ name: 'E', fact: false, to: [] }, { name: 'D', fact: false, to: ['E'] }, { name: 'My dim', fact: false, to: [] }, { name: 'F', fact: true, to: ['D', 'My dim'] }]],
    [2, [{ name: 'D', fact: false, to: [] }, { name: 'F', fact: true, to: ['D'] }, { name: 'G', fact: true, to: ['D'] }]],
    [2, [{ name: 'D', fact: false, to: [] }, { name: 'My dim', fact: false, to: [] }, { name: 'F', fact: true, to: ['D', 'My dim'] }, { name: 'G', fact: true, to: ['D'] }]],
    [1, [{ name: 'D', fact: false, to: [] }, { name: "O'Lone", fact: false, to: [] }, { name: 'F', fact: true, to: ['D'] }]],
  ]);
  const keys = new Map<string, { readonly type: 'int64' | 'string'; readonly values: readonly Val[] }>();
  const relationships: SmallRelationship[] = [];
  const tables = plans.map((plan): SmallTable => {
    const blanks = random.pick([0, 0.1, 0.25, 0.5]);
    const orphans = random.pick([0, 0, 0.15, 0.4]);
    const targets = plan.to.map((table) => ({ table, name: `${table} id`, ...(keys.get(table) as { readonly type: 'int64' | 'string'; readonly values: readonly Val[] }) }));
    const key = plan.fact ? undefined : { type: random.pick(['int64', 'string'] as const), values: [] as readonly Val[] };
    if (key !== undefined) {
      key.values = keysOf(random, key.type, random.weighed([[1, 0], [2, 1], [4, 3 * scale], [4, 5 * scale]]));
      keys.set(plan.name, key);
    }
    // A second key that leads to a table of another name for it, where USERELATIONSHIP says so.
    const [second] = plan.fact && random.chance(0.35) ? random.some(targets, 1) : [];
    const own = random.some(columnNames, random.int(plan.fact ? 2 : 1, 3)).map((name): SmallColumn => ({ name, type: random.pick(types) }));
    const columns: readonly SmallColumn[] = [
      ...(key === undefined ? [] : [{ name: 'Id', type: key.type }]),
      ...targets.map((it): SmallColumn => ({ name: it.name, type: it.type })),
      ...(second === undefined ? [] : [{ name: `Other ${second.name}`, type: second.type }]),
      ...own,
    ];
    for (const it of targets) relationships.push({ from: { table: plan.name, column: it.name }, to: { table: it.table, column: 'Id' } });
    if (second !== undefined) relationships.push({ from: { table: plan.name, column: `Other ${second.name}` }, to: { table: second.table, column: 'Id' }, inactive: true });
    const count = key?.values.length ?? random.weighed([[1, 0], [2, random.int(1, 3)], [6, random.int(4, 9) * (plan.fact ? scale * scale : scale)]]);
    const rows: (readonly Val[])[] = [];
    for (let i = 0; i < count; i++) {
      const twin = plan.fact && rows.length > 0 && random.chance(0.2) ? random.pick(rows) : undefined;
      rows.push(twin ?? [
        ...(key === undefined ? [] : [key.values[i] ?? null]),
        ...targets.map((it) => foreignKey(random, it.type, it.values, orphans)),
        ...(second === undefined ? [] : [foreignKey(random, second.type, second.values, orphans)]),
        ...own.map((it) => valueOf(random, it.type, blanks)),
      ]);
    }
    return { name: plan.name, columns, rows };
  });
  return { tables, relationships, calculated: [] };
}
