/** Whether random cases see a fault of the engine that they are bundled with. */
import { check } from './check.ts';
import { caseOf } from './run.ts';

/** The number of cases until one differs; undefined: none of `limit` does. */
export async function seen(limit: number): Promise<number | undefined> {
  for (let seed = 0; seed < limit; seed++) {
    const outcome = await check(caseOf(seed));
    if (outcome.kind === 'different' && (outcome.answer.kind === 'table' || /\n/.test(outcome.why))) return seed + 1;
  }
  return undefined;
}
