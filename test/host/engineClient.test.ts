// The engine seen from the server: started late, cancelled, replaced when it ends or does not listen, never hung.
import { describe, expect, it, vi } from 'vitest';
import { createEngineClient, type WorkerPort } from '../../server/src/host/engineClient.ts';
import type { FromWorker, ToWorker } from '../../server/src/host/engineMessages.ts';
import type { DatabaseSpec } from '../../server/src/plan/database.ts';
import type { Job, JobResult } from '../../server/src/plan/plan.ts';

const spec = { key: 'k', tables: [], relationships: [], measures: [] } as unknown as DatabaseSpec;
const job = { measures: [], queries: [{ relation: {} }] } as unknown as Job;
const result: JobResult = { results: [{ kind: 'table', columns: [], rowCount: 3 }], stats: { scans: 1, waves: 1 } };

interface FakeWorker {
  readonly told: ToWorker[];
  readonly ended: boolean;
  say(message: FromWorker): void;
  crash(why: string): void;
}

type Answer = (message: ToWorker, worker: FakeWorker) => void;

const obedient: Answer = (message, worker) => {
  if (message.kind === 'open') worker.say({ kind: 'opened', id: message.id, opened: { faults: [] } });
  else if (message.kind === 'run') worker.say({ kind: 'result', id: message.id, result });
};

/**
 * @param answers what each worker does with a message, in the order of their start; the last one serves the rest
 * @param sent called as a message is sent
 */
function setUp(answers: readonly Answer[], sharedMemory = true, sent: () => void = () => undefined) {
  const workers: FakeWorker[] = [];
  const client = createEngineClient({
    sharedMemory,
    // Time passes as fast as the loop turns.
    delay: () => new Promise((resolve) => setImmediate(resolve)),
    start(hear, ended): Promise<WorkerPort> {
      const answer = answers[Math.min(workers.length, answers.length - 1)] ?? obedient;
      const state = { ended: false };
      const told: ToWorker[] = [];
      const worker: FakeWorker = {
        told,
        get ended() {
          return state.ended;
        },
        say: hear,
        crash: ended,
      };
      workers.push(worker);
      return Promise.resolve({
        post(message) {
          sent();
          told.push(message);
          queueMicrotask(() => answer(message, worker));
        },
        end() {
          state.ended = true;
        },
      });
    },
  });
  return { client, workers };
}

const kinds = (worker: FakeWorker | undefined): readonly string[] => worker?.told.map((it) => it.kind) ?? [];

describe('the engine', () => {
  it('starts with the first use', async () => {
    const { client, workers } = setUp([obedient]);
    expect(workers).toHaveLength(0);
    await client.open('m', spec);
    expect(workers).toHaveLength(1);
    expect(await client.run('m', job)).toEqual(result);
    expect(workers).toHaveLength(1);
  });

  it('answers that there is no value where a message cannot be sent', async () => {
    const { client } = setUp([() => { throw new Error('nothing was sent'); }], true, () => { throw new Error('it cannot be cloned'); });
    await client.open('m', spec);
    expect((await client.run('m', job)).results).toEqual([{ kind: 'notEvaluated', reason: { id: 'engine-ended', detail: 'it cannot be cloned' }, at: undefined }]);
  });

  it('is told of a cancellation while it computes', async () => {
    const waits: Answer = (message, worker) => {
      if (message.kind !== 'run') return obedient(message, worker);
      const look = (): void => {
        if (message.flag !== undefined && Atomics.load(message.flag, 0) === 1) {
          worker.say({ kind: 'result', id: message.id, result: { ...result, results: [{ kind: 'notEvaluated', reason: { id: 'cancelled' }, at: undefined }] } });
        } else setImmediate(look);
      };
      look();
    };
    const { client, workers } = setUp([waits]);
    await client.open('m', spec);
    const signal = { isCancellationRequested: false };
    const running = client.run('m', job, signal);
    signal.isCancellationRequested = true;
    expect((await running).results).toEqual([{ kind: 'notEvaluated', reason: { id: 'cancelled' }, at: undefined }]);
    expect(workers).toHaveLength(1);
    expect(workers[0]?.ended).toBe(false);
  });

  it('is replaced when it does not listen, and the next evaluation finds its database open', async () => {
    const deaf: Answer = (message, worker) => {
      if (message.kind !== 'run') obedient(message, worker);
    };
    const { client, workers } = setUp([deaf, obedient], false);
    await client.open('m', spec);
    const signal = { isCancellationRequested: false };
    const running = client.run('m', job, signal);
    signal.isCancellationRequested = true;
    expect((await running).results).toEqual([{ kind: 'notEvaluated', reason: { id: 'cancelled' }, at: undefined }]);
    await vi.waitFor(() => expect(workers[0]?.ended).toBe(true));
    expect(await client.run('m', job)).toEqual(result);
    expect(kinds(workers[1])).toEqual(['open', 'run']);
  });

  it('that is replaced is asked again by those who still wait', async () => {
    const deaf: Answer = (message, worker) => {
      if (message.kind !== 'run') obedient(message, worker);
    };
    const { client, workers } = setUp([deaf, obedient], false);
    await client.open('m', spec);
    const wanted = [client.run('m', job), client.run('m', job)];
    const running = { isCancellationRequested: false };
    const cancelled = client.run('m', job, running);
    running.isCancellationRequested = true;
    expect((await cancelled).results[0]).toMatchObject({ reason: { id: 'cancelled' } });
    expect(await Promise.all(wanted)).toEqual([result, result]);
    expect(workers).toHaveLength(2);
  });

  it('answers a cancellation while it still reads rows', async () => {
    const reading: Answer = () => undefined;
    const { client, workers } = setUp([reading]);
    void client.open('m', spec);
    const signal = { isCancellationRequested: false };
    const running = client.run('m', job, signal);
    signal.isCancellationRequested = true;
    expect((await running).results[0]).toMatchObject({ kind: 'notEvaluated', reason: { id: 'cancelled' } });
    expect(workers[0]?.ended).toBe(false);
  });

  it('that ends in the middle of an evaluation gives no value, and the next one works', async () => {
    const crashes: Answer = (message, worker) => {
      if (message.kind === 'run') worker.crash('the memory of the engine');
      else obedient(message, worker);
    };
    const { client, workers } = setUp([crashes, obedient]);
    await client.open('m', spec);
    const [spoiled] = (await client.run('m', job)).results;
    expect(spoiled).toMatchObject({ kind: 'notEvaluated', reason: { id: 'engine-ended' } });
    expect(await client.run('m', job)).toEqual(result);
    expect(workers).toHaveLength(2);
  });

  it('that cannot open a database gives no values', async () => {
    const fails: Answer = (message, worker) => worker.say({ kind: 'failed', id: (message as { id: number }).id, message: 'broken' });
    const { client } = setUp([fails]);
    expect(await client.open('m', spec)).toEqual({ faults: [] });
    expect((await client.run('m', job)).results[0]?.kind).toBe('notEvaluated');
  });

  it('that was closed evaluates nothing', async () => {
    const { client, workers } = setUp([obedient]);
    await client.open('m', spec);
    client.dispose();
    expect((await client.run('m', job)).results[0]).toMatchObject({ kind: 'notEvaluated', reason: { id: 'cancelled' } });
    await new Promise((resolve) => setImmediate(resolve));
    expect(workers[0]?.ended).toBe(true);
    expect(workers).toHaveLength(1);
  });
});

describe('the reading of files', () => {
  it('is told to whoever follows it, who can end it', async () => {
    let wanted = true;
    const told: unknown[] = [];
    const { client, workers } = setUp([(message, worker) => {
      if (message.kind === 'open') worker.say({ kind: 'progress', id: message.id, path: 'a.csv', read: 5, bytes: 10 });
      else if (message.kind === 'cancelOpen') worker.say({ kind: 'opened', id: message.id, opened: { faults: [] } });
    }]);
    const opening = client.open('db', spec, {
      progress(...it) {
        told.push(it);
        wanted = false;
      },
      isCancelled: () => !wanted,
      done: () => undefined,
    });
    await opening;
    expect(told).toEqual([['a.csv', 5, 10]]);
    expect(kinds(workers[0])).toEqual(['open', 'cancelOpen']);
  });
});
