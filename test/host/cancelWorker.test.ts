/**
 * Evaluations in the engine's own thread, cancelled at random moments while tables are made, columns are scanned and
 * formulas are computed: each is answered at once, the thread lives on, and the next value is right.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Worker } from 'node:worker_threads';
import { afterAll, expect, it } from 'vitest';
import { buildAll } from '../../scripts/build.mjs';
import { createEngineClient } from '../../server/src/host/engineClient.ts';
import type { FromWorker } from '../../server/src/host/engineMessages.ts';
import { randomOf } from '../oracle/random.ts';
import { lowered, open } from '../semantics/chain.ts';

const dist = mkdtempSync(path.join(tmpdir(), 'dax-metrics-cancel-'));
await buildAll({ dist, dev: true, only: ['worker.js'] });
const workers: Worker[] = [];
afterAll(async () => {
  for (const it of workers) await it.terminate();
  rmSync(dist, { recursive: true, force: true });
});

const long = process.env['DAX_METRICS_LONG'] !== undefined;
const [rows, moments] = long ? [1_000_000, 200] : [100_000, 40];

const yaml = `
name: big
tables:
  Big:
    dax: 'ADDCOLUMNS(GENERATESERIES(1, ${String(rows)}), "K", MOD([Value], 1000), "T", "text " & [Value])'
    columns:
      Twice: { type: int64, dax: "Big[Value] * 2" }
  Small:
    dax: 'SELECTCOLUMNS(GENERATESERIES(0, 999), "K", [Value], "N", "n" & [Value])'
relationships:
  - { from: "Big[K]", to: "Small[K]" }
`;
const expressions: readonly string[] = [
  'SUMX(Big, LEN(FORMAT(Big[Value], "#,0.00")))', 'COUNTROWS(TOPN(10, Big, Big[T]))', 'SUMX(Big, CALCULATE(SUM(Big[Value])))',
  'COUNTROWS(SUMMARIZE(Big, Big[T], Small[N]))', 'MEDIANX(Big, Big[Value])', 'DISTINCTCOUNT(Big[T])',
];

it('is answered at once, and the thread goes on', async () => {
  const shop = await open('file:///big.daxmodel.yaml', yaml, '');
  const jobOf = (text: string) => lowered(shop, `EVALUATE ROW("v", ${text})`).job;
  const client = createEngineClient({
    sharedMemory: true,
    delay: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
    start(hear, ended) {
      const worker = new Worker(path.join(dist, 'worker.js'), { workerData: { folders: [], allowed: [] } });
      workers.push(worker);
      worker.on('message', (message: FromWorker) => { hear(message); });
      worker.once('error', (error) => { ended(error.message); });
      return Promise.resolve({ post: (message) => { worker.postMessage(message); }, end: () => void worker.terminate() });
    },
  });
  const random = randomOf(11);
  const waits: number[] = [];
  for (let moment = 0; moment < moments; moment++) {
    // Now and then the tables are still to be made.
    if (moment % 10 === 0) void client.open('big', shop.spec);
    const signal = { isCancellationRequested: false };
    const running = client.run('big', jobOf(expressions[moment % expressions.length] ?? ''), signal);
    await new Promise((resolve) => setTimeout(resolve, random.int(0, long ? 600 : 60)));
    signal.isCancellationRequested = true;
    const since = performance.now();
    const [result] = (await running).results;
    waits.push(performance.now() - since);
    expect(['notEvaluated', 'table']).toContain(result?.kind);
    if (moment % 10 === 9) {
      const { results } = await client.run('big', jobOf('SUM(Big[Twice])'));
      expect(results).toMatchObject([{ kind: 'table', columns: [{ cells: [rows * (rows + 1)] }] }]);
    }
  }
  client.dispose();
  // One thread from the first to the last: none had to be replaced.
  expect(workers).toHaveLength(1);
  const worst = Math.max(...waits);
  if (long) console.log(`the slowest of ${String(moments)} answers to a cancellation: ${worst.toFixed(1)} ms`);
  // Where nothing else computes it is the time between two looks, some 20 ms.
  expect(worst).toBeLessThan(1000);
}, 600_000);
