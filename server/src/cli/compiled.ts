/**
 * Loads a bundle that lies beside this one with the code that V8 made of it when it was built, where that fits: a server
 * that an editor waits for then compiles nothing at its start.
 *
 * The build writes `<bundle>.compiled`: the id that ends the bundle's text, and V8's data after it. V8 itself refuses data
 * of another version or with other options, and then compiles as ever.
 */
import { readFileSync } from 'node:fs';
import Module, { createRequire } from 'node:module';
import path from 'node:path';
import type v8 from 'node:v8';
import vm from 'node:vm';

/** Options of V8 with which the data were made: the build sets it. */
declare const compiledWith: readonly string[];

/** Runs the bundle as `require` would. @param file absolute path of a CommonJS bundle */
export function requireCompiled(file: string): void {
  // The build lets nothing but ASCII pass, which is read as it is.
  const source = readFileSync(file, 'latin1');
  const cachedData = compiledOf(file, source);
  const load = createRequire(file);
  if (cachedData === undefined) {
    load(file);
    return;
  }
  makeFit(load);
  const script = new vm.Script(Module.wrap(source), { filename: file, cachedData });
  const made = { exports: {} };
  const run = script.runInThisContext() as (exports: object, ...rest: unknown[]) => void;
  run.call(made.exports, made.exports, load, made, file, path.dirname(file));
}

/** An editor's extension starts the server with the options; said here, they only make the data fit. */
function makeFit(load: NodeJS.Require): void {
  const missing = compiledWith.filter((it) => !process.execArgv.includes(it));
  if (missing.length === 0) return;
  // Loaded where it is needed: it takes 9 ms of a start.
  const { setFlagsFromString } = load('node:v8') as typeof v8;
  for (const it of missing) setFlagsFromString(it);
}

/** V8 compares only the length of a text: that the data belongs to this text is for the id to say. */
function compiledOf(file: string, source: string): Buffer | undefined {
  const id = /\/\/ ([0-9a-f]{64})\n$/.exec(source.slice(-80))?.[1];
  if (id === undefined) return undefined;
  try {
    const data = readFileSync(`${file}.compiled`);
    return data.toString('latin1', 0, id.length) === id ? data.subarray(id.length) : undefined;
  } catch {
    return undefined;
  }
}
