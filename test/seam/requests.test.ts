// What is asked of the storage engine: how many requests a formula makes, whatever the number of groups.
import { beforeAll, describe, expect, it } from 'vitest';
import { readFileSync } from 'node:fs';
import { runJobWith } from '../../server/src/engine/run.ts';
import type { Job } from '../../server/src/plan/plan.ts';
import type { ScanRequest, StorageEngine } from '../../server/src/plan/scan.ts';
import { lowered, open, type Shop } from '../semantics/chain.ts';
import { readSuiteFile, suiteFiles } from './suite.ts';

const metrics = `
Total = SUM(Sales[Amount])

Rows = COUNTROWS(Sales)

Average amount = DIVIDE([Total], [Rows])

Online = CALCULATE([Total], Sales[Online] = TRUE)

Share = DIVIDE([Total], CALCULATE([Total], REMOVEFILTERS(Product)))

By color = SUMX(VALUES(Product[Color]), [Total])

Last 30 days = CALCULATE([Total], DATESINPERIOD(Sales[Day], DATE(2024, 2, 10), -30, DAY))
`;

let shop: Shop;
beforeAll(async () => {
  shop = await open('file:///shop.daxmodel.yaml', readFileSync(new URL('../semantics/models/shop.daxmodel.yaml', import.meta.url), 'utf8'), metrics);
});

/** The requests of a job, in waves. */
async function wavesOf(job: Job, from = shop): Promise<readonly (readonly ScanRequest[])[]> {
  const waves: (readonly ScanRequest[])[] = [];
  const { engine } = from.database;
  const watched: StorageEngine = {
    snapshot: engine.snapshot, catalog: engine.catalog,
    run: (requests, signal) => {
      waves.push(requests);
      return Promise.resolve(engine.run(requests, signal));
    },
  };
  await runJobWith(from.database, watched, job);
  return waves;
}

const aggregatesOf = (waves: readonly (readonly ScanRequest[])[]) => waves.flat().flatMap((it) => (it.kind === 'aggregate' ? [it] : []));

describe('a breakdown asks for aggregates', () => {
  const breakdown = (metric: string, by: string): Job => lowered(shop, `EVALUATE SUMMARIZECOLUMNS(${by}, "v", [${metric}])`).job;
  const shapes: readonly (readonly [string, string, requests: number])[] = [
    ['a ratio', 'Average amount', 2], ['CALCULATE with an override', 'Online', 1], ['a REMOVEFILTERS denominator', 'Share', 2],
    ['SUMX over VALUES', 'By color', 1], ['DATESINPERIOD', 'Last 30 days', 1],
  ];
  it.each(shapes)('%s: as many for two groups as for many', async (_, metric, requests) => {
    for (const by of ['Category[Name]', 'Product[Name]', 'Product[Name], Store[City]', 'Product[ProductId], Store[StoreId], Product[Size]']) {
      const aggregates = aggregatesOf(await wavesOf(breakdown(metric, by)));
      expect(aggregates.length, by).toBe(requests);
    }
  });

  it('the denominator of REMOVEFILTERS is not grouped', async () => {
    const aggregates = aggregatesOf(await wavesOf(breakdown('Share', 'Product[Name]')));
    expect(aggregates.map(({ scope }) => scope.correlations.length).sort()).toEqual([0, 1]);
    expect(aggregates.find(({ scope }) => scope.correlations.length === 0)?.scope.contexts).toBe(1);
  });

  it('several metrics in one wave, each value once', async () => {
    const { job } = lowered(shop, 'EVALUATE SUMMARIZECOLUMNS(Product[Color], "a", [Total], "b", [Rows], "c", [Average amount], "d", [Total] * 2)');
    const waves = await wavesOf(job);
    expect(aggregatesOf(waves).length).toBe(2);
    expect(waves.filter((it) => it.some((request) => request.kind === 'aggregate')).length).toBe(1);
  });
});

/** Nodes of a plan that ask the storage engine for something, SUMMARIZECOLUMNS once for each column; those of a metric count wherever it is read. */
function leavesOf(job: Job): number {
  const asking = new Set([
    'aggregate', 'countRows', 'hasOneValue', 'selectedValue', 'probe', 'lookup', 'scan', 'values', 'all', 'filterValues', 'dates', 'treatAs',
    'predicate', 'filter', 'allSelected', 'related', 'calculate', 'measure',
  ]);
  const known = new Map<number, number>();
  const count = (node: unknown): number => {
    if (Array.isArray(node)) return node.reduce<number>((sum, it) => sum + count(it), 0);
    if (typeof node !== 'object' || node === null) return 0;
    const fields = new Map(Object.entries(node));
    const kind = fields.get('op') ?? fields.get('change');
    const by = fields.get('by');
    const own = kind === 'summarizeColumns' && Array.isArray(by) ? by.length : typeof kind === 'string' && asking.has(kind) ? 1 : 0;
    return own + (kind === 'measure' ? ofMeasure(Number(fields.get('index'))) : 0) + [...fields.values()].reduce<number>((sum, it) => sum + count(it), 0);
  };
  const ofMeasure = (index: number): number => {
    const before = known.get(index);
    if (before !== undefined) return before;
    known.set(index, 0);
    const leaves = count(job.measures[index]?.expression);
    known.set(index, leaves);
    return leaves;
  };
  return count(job.queries);
}

describe('requests stay within leaves × waves', () => {
  it.each(suiteFiles())('%s', async (name) => {
    const file = await readSuiteFile(name);
    const over: string[] = [];
    for (const { text, job } of file.texts) {
      const waves = await wavesOf(job, file.shop);
      const scans = waves.flat().filter((it) => it.kind !== 'gather').length;
      if (scans > leavesOf(job) * waves.length) over.push(`${text}: ${String(scans)} scans in ${String(waves.length)} waves for ${String(leavesOf(job))} leaves`);
    }
    expect(over).toEqual([]);
  });
});
