/**
 * `npm run bench:engine`: the engine and DuckDB by turns over the same rows, a new literal each round, results compared.
 * Options: `--rows 100000,1000000`, `--rounds 61`, `--only a,e` of the queries and nothing else, `--folder DIR` for the files. `--load 1000000` loads so many
 * rows by turns with DuckDB, `--memory 1000000` loads them once without it and tells the memory, `--parquet` from Parquet,
 * `--make 1000000` makes so many rows up and cuts so many messages into sessions; a run does each in a process of its own.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { median } from './median.ts';
import { metrics } from './metrics.ts';
import { openOurs } from './ours.ts';
import { writeRows } from './rows.ts';

type Rows = readonly (readonly (number | undefined)[])[];

const { values: options } = parseArgs({
  args: process.argv.slice(2),
  options: { rows: { type: 'string', default: '100000,1000000' }, rounds: { type: 'string', default: '61' }, only: { type: 'string' }, folder: { type: 'string' }, load: { type: 'string' }, memory: { type: 'string' }, make: { type: 'string' }, parquet: { type: 'boolean', default: false } },
});
const folder = options.folder ?? path.join(tmpdir(), 'dax-metrics-bench');
const rounds = Number(options.rounds);
const only = options.only?.split(',');

async function measure(count: number): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const files = writeRows(folder, count);
  console.log(`\n${count.toLocaleString('en-US')} sessions`);
  if (only === undefined) {
    alone('--load', String(count));
    alone('--memory', String(count));
    alone('--memory', String(count), '--parquet');
    alone('--make', String(count));
  }
  const { openDuck } = await import('./duckdb.ts');
  const ours = await openOurs(files);
  const one = await openDuck(files, 1);
  const two = await openDuck(files, 2);
  console.log('                                                    first    plan    text  |  DuckDB 1   ratio  |  DuckDB 2   ratio');
  for (const metric of metrics) {
    if (only !== undefined && !only.includes(metric.id)) continue;
    const [statementOne, statementTwo] = [await one.prepare(metric), await two.prepare(metric)];
    const times = { first: 0, plan: [] as number[], text: [] as number[], one: [] as number[], two: [] as number[] };
    for (let round = 0; round < rounds; round++) {
      const text = metric.dax(round);
      const started = performance.now();
      const plan = ours.plan(text);
      const planned = performance.now();
      const rows = ours.run(plan);
      const ended = performance.now();
      if (round === 0) times.first = ended - started;
      else {
        times.plan.push(ended - planned);
        times.text.push(ended - started);
      }
      const parameters = metric.parameters(round);
      for (const [statement, list] of [[statementOne, times.one], [statementTwo, times.two]] as const) {
        const from = performance.now();
        const theirs = await statement.run(parameters);
        if (round > 0) list.push(performance.now() - from);
        compare(metric.id, rows, theirs);
      }
    }
    const [plan, text, a, b] = [times.plan, times.text, times.one, times.two].map(median) as [number, number, number, number];
    console.log(`${`(${metric.id}) ${metric.title}`.padEnd(48)}${number(times.first, 9)}${number(plan, 8)}${number(text, 8)}  |${number(a, 10)}${ratio(a / plan)}  |${number(b, 10)}${ratio(b / plan)}`);
  }
  one.close();
  two.close();
}

const number = (it: number, width: number): string => (it < 10 ? it.toFixed(2) : it.toFixed(1)).padStart(width);
const ratio = (it: number): string => `${it.toFixed(1)}×`.padStart(8);

/** Rows in any order; a date of one side is no number of the other, so only the last values of a row count there. */
function compare(id: string, ours: Rows, theirs: Rows): void {
  const inOrder = (rows: Rows): Rows => rows.map((row) => (id === 'e' ? row.slice(1) : row)).map((row) => ({ row, key: row.map((it) => it?.toPrecision(9) ?? 'BLANK').join(' ') }))
    .sort((x, y) => (x.key < y.key ? -1 : Number(x.key > y.key))).map((it) => it.row);
  const [a, b] = [inOrder(ours), inOrder(theirs)];
  const different = (x: number | undefined, y: number | undefined): boolean => x !== y && !(Math.abs((x ?? Number.NaN) - (y ?? Number.NaN)) <= 1e-9 * Math.abs(x ?? 0));
  const at = a.findIndex((row, i) => row.some((it, column) => different(it, b[i]?.[column])));
  if (a.length !== b.length || at !== -1) throw new Error(`(${id}) differs: ${String(a.length)} and ${String(b.length)} rows, ${String(a[at])} and ${String(b[at])}`);
}

/** A part of a run, in a process of its own. */
function alone(...what: readonly string[]): void {
  console.log(spawnSync(process.execPath, ['--expose-gc', fileURLToPath(import.meta.url), ...what, '--folder', folder], { encoding: 'utf8' }).stdout.trim());
}

async function load(count: number): Promise<void> {
  const { loadTimes, writeParquet } = await import('./load.ts');
  const files = writeRows(folder, count);
  await writeParquet(files);
  for (const { format, first, ours, theirs } of await loadTimes(files, 5)) {
    console.log(`${format} load ${ours.toFixed(0)}, the first time ${first.toFixed(0)}; DuckDB ${theirs.toFixed(0)} with one thread: ${(ours / theirs).toFixed(2)}×`);
  }
}

async function make(count: number): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const { generateTimes, sessionizeTimes } = await import('./make.ts');
  for (const { title, first, ours, theirs } of [...await generateTimes(folder, count, 5), ...await sessionizeTimes(folder, count, 5)]) {
    const peer = theirs === undefined ? 'DuckDB has nothing of the kind' : `DuckDB ${theirs.toFixed(0)} with one thread: ${(ours / theirs).toFixed(2)}×`;
    console.log(`${count.toLocaleString('en-US')} ${title} ${ours.toFixed(0)}, the first time ${first.toFixed(0)}; ${peer}`);
  }
}

/** What a process holds after it has loaded the rows, and the most that it held. */
async function memory(count: number): Promise<void> {
  const files = writeRows(folder, count);
  const ours = await openOurs(options.parquet ? { ...files, sessions: files.parquet } : files);
  // What is free is given back between two turns.
  for (let i = 0; i < 3; i++) {
    globalThis.gc?.();
    await new Promise((resolve) => void setTimeout(resolve, 50));
  }
  const megabytes = (bytes: number): string => (bytes / 1024 ** 2).toFixed(0);
  console.log(`${options.parquet ? 'Parquet' : 'CSV'}: memory after load ${megabytes(process.memoryUsage.rss())} MB, at most ${megabytes(process.resourceUsage().maxRSS * 1024)} MB; a bare Node takes 45`);
  if (Object.keys(ours).length === 0) throw new Error('nothing was loaded');
}

if (options.memory !== undefined) await memory(Number(options.memory));
else if (options.make !== undefined) await make(Number(options.make));
else if (options.load !== undefined) await load(Number(options.load));
else {
  for (const count of options.rows.split(',').map(Number)) await measure(count);
  console.log(`\nload at the end ${loadavg().map((it) => it.toFixed(1)).join(' ')}; milliseconds; first run, and the median of the others`);
}
