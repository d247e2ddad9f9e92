/** Random small models: a snowflake with equal rows, keys that lead nowhere, and BLANKs. */
import type { Link, TableData, Value } from './naive.ts';
import { below, pick, type Random } from './random.ts';

export const links: readonly Link[] = [
  { from: 'Product', fromColumn: 'Group', to: 'Category', toColumn: 'Group' },
  { from: 'Sales', fromColumn: 'Item', to: 'Product', toColumn: 'Item' },
  { from: 'Sales', fromColumn: 'Shop', to: 'Store', toColumn: 'Shop' },
];

const types: Readonly<Record<string, string>> = {
  Group: 'int64', Kind: 'string', Item: 'int64', Color: 'string', Price: 'int64', Shop: 'int64', Town: 'string', Amount: 'int64', Units: 'int64', Flag: 'boolean',
};

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
