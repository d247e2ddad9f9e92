/**
 * The long run of `mutations.test.ts`: every text is read, every fifth in other ways too, every fiftieth is bound.
 *
 * `node test/hostile/long.mjs [--cases 1000000] [--from 0] [--show 5]`
 */
import { parseArgs } from 'node:util';
import { dictionary, mutated, type Mutated } from './mutate.ts';
import { analyse, faultsOfOtherReadings, faultsOfReading } from './read.ts';

const { values } = parseArgs({ options: { cases: { type: 'string', default: '1000000' }, from: { type: 'string', default: '0' }, show: { type: 'string', default: '5' } } });
const [from, cases, show] = [Number(values.from), Number(values.cases), Number(values.show)];
const started = performance.now();
const pieces = dictionary(process.cwd());
let characters = 0;
let bad = 0;

for (let seed = from; seed < from + cases; seed++) {
  const it = mutated(seed, pieces);
  characters += it.text.length;
  const fault = faultOf(seed, it);
  if (fault !== undefined && bad++ < show) console.log(`\n=== seed ${String(seed)}: ${fault}\n${JSON.stringify(it.text)}`);
  if ((seed - from + 1) % 100_000 === 0) console.log(`${String(seed - from + 1)} texts, ${((performance.now() - started) / 1000).toFixed(0)} s`);
}
console.log(`${String(characters)} characters, ${((performance.now() - started) / 1000).toFixed(1)} s`);
console.log(`${String(cases - bad)} passed, ${String(bad)} failed`);
process.exitCode = bad > 0 ? 1 : 0;

function faultOf(seed: number, it: Mutated): string | undefined {
  try {
    const fault = faultsOfReading(it) ?? (seed % 5 === 0 ? faultsOfOtherReadings(it) : undefined);
    if (fault === undefined && seed % 50 === 0) analyse(it.text);
    return fault;
  } catch (error) {
    return error instanceof Error ? (error.stack ?? error.message) : String(error);
  }
}
