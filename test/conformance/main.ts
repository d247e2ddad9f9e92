/** `npm run conformance -- DIR`: 0 when nothing is wrong, 1 when something is, 2 for wrong use or a bad file. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { readConformance, type Unread } from './cases.ts';
import { counts, report } from './report.ts';
import { runCases, type Outcome } from './run.ts';

const usage = `Usage: npm run conformance -- DIR...

DIR is a folder of JSON files (or one such file) of measured results: lists of cases, each with id, code, kind and
expected, or objects of probes, each with name, dax and want, over tables that the probes share. Every case is run;
it is passed, wrong, or not evaluated for a reason that is told.`;

const args = process.argv.slice(2);
if (args.includes('--help') || args.includes('-h')) console.log(usage);
else if (args.length === 0) {
  console.error(usage);
  process.exitCode = 2;
} else {
  const outcomes: Outcome[] = [];
  const unread: Unread[] = [];
  let files = 0;
  for (const file of args.flatMap(filesOf)) {
    const text = attempt(file, () => readFileSync(file, 'utf8'));
    const read = text === undefined ? undefined : readConformance(text);
    if (typeof read === 'string') refuse(file, read);
    if (read === undefined || typeof read === 'string') continue;
    const own = await runCases(read.cases);
    console.log(report(file, own, read.unread));
    outcomes.push(...own);
    unread.push(...read.unread);
    files++;
  }
  if (files > 1) console.log(`${String(files)} files: ${counts(outcomes, unread)}`);
  if (outcomes.some((it) => it.verdict === 'wrong' || it.alarms.length > 0)) process.exitCode = 1;
}

function filesOf(target: string): readonly string[] {
  const found = attempt(target, () => (statSync(target).isDirectory() ? readdirSync(target).filter((it) => it.endsWith('.json')).sort().map((it) => path.join(target, it)) : [target]));
  if (found?.length === 0) refuse(target, 'holds no JSON file');
  return found ?? [];
}

function attempt<T>(file: string, read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    const missing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    refuse(file, missing ? 'there is no such file or folder' : `cannot be read: ${error instanceof Error ? error.message : String(error)}`);
    return undefined;
  }
}

function refuse(file: string, why: string): void {
  console.error(`${file}: ${why}`);
  process.exitCode = 2;
}
