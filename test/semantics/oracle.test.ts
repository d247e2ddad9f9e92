// Random metrics over random small models: the engine against a row-by-row reading of the definitions.
import { describe, expect, it } from 'vitest';
import { open, query, type Shop } from './chain.ts';
import { breakdown, type Breakdown } from './oracle/breakdown.ts';
import { randomMetric } from './oracle/metrics.ts';
import { links, randomTables, yamlOf } from './oracle/models.ts';
import { keyOf, worldOf, type Value } from './oracle/naive.ts';
import { groupColumns, type Scalar } from './oracle/parts.ts';
import { randomFrom } from './oracle/random.ts';

/** Models, each with a few metrics in a few breakdowns; DAX_METRICS_ORACLE asks for more. */
const models = Number(process.env['DAX_METRICS_ORACLE'] ?? 20);
const metricsPerModel = 8;

describe('random metrics', () => {
  const blocks = Array.from({ length: Math.ceil(models / 10) }, (_, i) => i);
  it.each(blocks)('agree with the definitions, from seed %i0 on', async (block) => {
    const faults: string[] = [];
    for (let seed = block * 10 + 1; seed <= Math.min(models, block * 10 + 10); seed++) faults.push(...await faultsOf(seed));
    expect(faults.slice(0, 3).join('\n\n')).toBe('');
  });
});

async function faultsOf(seed: number): Promise<readonly string[]> {
  const random = randomFrom(seed);
  const tables = randomTables(random);
  const world = worldOf(tables, links);
  const metrics: Scalar[] = [];
  for (let i = 0; i < metricsPerModel; i++) metrics.push(randomMetric(random, world, [...metrics], 1 + Math.floor(random() * 3)));
  const yaml = yamlOf(tables);
  const shop = await open('file:///random.daxmodel.yaml', yaml, metrics.map((it, i) => `m${String(i)} = ${it.dax}`).join('\n'));
  const first = groupColumns[Math.floor(random() * groupColumns.length)] ?? 'Store[Town]';
  const second = groupColumns.filter((it) => it !== first)[Math.floor(random() * (groupColumns.length - 1))] ?? 'Sales[Flag]';
  return metrics.flatMap((it, i) => [[], [first], [first, second]].flatMap((by) => {
    const asked = breakdown(random, world, by, it, `m${String(i)}`);
    const fault = compare(shop, asked);
    return fault === undefined ? [] : [`seed ${String(seed)}, ${asked.dax}: ${fault}\n${metrics.slice(0, i + 1).map((each, at) => `m${String(at)} = ${each.dax}`).join('\n')}\n${yaml}`];
  }));
}

function compare(shop: Shop, { dax, rows }: Breakdown): string | undefined {
  const { result } = query(shop, dax);
  if (result.kind !== 'table') return JSON.stringify(result);
  const found = Array.from({ length: result.rowCount }, (_, row) => result.columns.map((it): Value => plain(it.cells[row] ?? null)));
  const [left, right] = [found.map(keyOf).sort(), rows.map(keyOf).sort()];
  return left.join(' ') === right.join(' ') ? undefined : `found ${left.join(' ')}, expected ${right.join(' ')}`;
}

function plain(cell: unknown): Value {
  if (cell === null || typeof cell === 'number' || typeof cell === 'string' || typeof cell === 'boolean') return cell;
  return JSON.stringify(cell);
}
