// The engine against the naive evaluator, over random models and plans. `ORACLE_CASES` and `ORACLE_SEED` choose more or others.
import { expect, it } from 'vitest';
import { runJob, runJobWith } from '../../server/src/engine/run.ts';
import type { StorageEngine } from '../../server/src/plan/scan.ts';
import type { Cell } from '../../server/src/plan/values.ts';
import { job, open, rowsOfResult } from './plans.ts';
import { oracleOf, type Value } from './oracle/oracle.ts';
import { randomCase, type RandomCase } from './oracle/random.ts';

const cases = Number(process.env['ORACLE_CASES'] ?? 400);
const first = Number(process.env['ORACLE_SEED'] ?? 1);

/** A row as text, numbers to twelve digits, so that rows can be compared whatever their order. */
const textOf = (row: readonly (Cell | Value)[]): string =>
  JSON.stringify(row.map((it) => (typeof it === 'number' ? (Number.isFinite(it) ? Number(it.toPrecision(12)) + 0 : String(it)) : typeof it === 'string' ? it.toLowerCase() : it)));

async function answers({ tables, relationships, measures, query }: RandomCase): Promise<{ readonly found: readonly string[]; readonly expected: readonly string[] } | undefined> {
  const db = await open(tables, relationships);
  const result = runJob(db, job([query], measures));
  if (result.results[0]?.kind === 'notEvaluated') return undefined;
  const found = rowsOfResult(result).map(textOf).sort();
  const plain = tables.map((it) => {
    const columns = it.columns.map((column) => column.name);
    const rows = it.source.kind === 'rows' ? it.source.rows.map((row) => columns.map((column): Value => row.find(([name]) => name === column)?.[1] ?? null)) : [];
    return { name: it.name, columns, rows };
  });
  const expected = oracleOf({ tables: plain, relationships, measures }).relation(query).map(textOf).sort();
  return { found, expected };
}

it(`agrees on ${cases} random cases from seed ${first}`, async () => {
  let evaluated = 0;
  for (let seed = first; seed < first + cases; seed++) {
    const it = await answers(randomCase(seed));
    if (it === undefined) continue;
    evaluated++;
    expect(it.found, `seed ${seed}`).toEqual(it.expected);
  }
  expect(evaluated).toBeGreaterThan(cases * 0.9);
}, 600_000);

it('an engine that answers late gives the same results', async () => {
  for (let seed = first; seed < first + Math.min(cases, 100); seed++) {
    const { tables, relationships, measures, query } = randomCase(seed);
    const db = await open(tables, relationships);
    const late: StorageEngine = {
      ...db.engine,
      run: async (requests, signal) => {
        await Promise.resolve();
        return db.engine.run(requests, signal);
      },
    };
    const plan = job([query], measures);
    expect(await runJobWith(db, late, plan), `seed ${seed}`).toEqual(runJob(db, plan));
  }
});
