/**
 * A storage engine made unreliable, always in the same way for a seed: it answers late, and the parts of a wave out of
 * order; it fails now and then, by a failed answer or by none; and those who ask lose interest at random.
 */
import type { ScanRequest, ScanResult, Signal, StorageEngine } from '../../server/src/plan/scan.ts';
import { randomOf } from '../oracle/random.ts';

export interface Troubles {
  /** Probability that a request fails. */
  readonly fail: number;
  /** Probability that a whole wave is lost. */
  readonly lose: number;
  /** Probability that an evaluation is cancelled while a wave is under way. */
  readonly cancel: number;
}

/** An engine for one evaluation, and the signal of who asks for it. */
export function unreliable(engine: StorageEngine, seed: number, troubles: Troubles): { readonly engine: StorageEngine; readonly signal: Signal } {
  const random = randomOf(seed);
  let cancelled = false;
  const signal: Signal = { cancelled: () => cancelled };
  const later = (): Promise<void> => new Promise((resolve) => {
    if (random.chance(0.9)) setImmediate(resolve);
    else setTimeout(resolve, random.int(0, 2));
  });
  const answer = async (request: ScanRequest): Promise<ScanResult> => {
    await later();
    if (random.chance(troubles.fail)) return { kind: 'failed', failure: { cell: 'notEvaluated', reason: { id: 'engine-ended', detail: 'the line is dead' }, at: undefined } };
    const [result] = await engine.run([request], signal);
    await later();
    if (result === undefined) throw new Error('no answer');
    return result;
  };
  return {
    signal,
    engine: {
      snapshot: engine.snapshot,
      catalog: engine.catalog,
      async run(requests) {
        if (random.chance(troubles.cancel)) cancelled = true;
        if (random.chance(troubles.lose)) throw new Error('the wave is lost');
        const order = requests.map((request, index) => ({ request, index, at: random.int(0, 1_000_000) })).sort((a, b) => a.at - b.at);
        const answers = await Promise.all(order.map(async ({ request, index }) => ({ index, result: await answer(request) })));
        return answers.sort((a, b) => a.index - b.index).map((it) => it.result);
      },
    },
  };
}
