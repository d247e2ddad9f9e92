/**
 * The engine seen from the server: started with the first evaluation, replaced when it ends or does not heed a
 * cancellation, its databases opened anew when they are next asked for.
 */
import type { DatabaseSpec, Inspected } from '../plan/database.ts';
import type { Job, JobResult } from '../plan/plan.ts';
import type { Reason } from '../plan/values.ts';
import type { EngineHost, LoadWatch, Opened } from '../workspace/host.ts';
import type { FromWorker, ToWorker } from './engineMessages.ts';

export interface WorkerPort {
  post(message: ToWorker): void;
  end(): void;
}

/**
 * Starts a worker.
 *
 * @param hear is given each message of the worker
 * @param ended is called once when the worker ends without being asked to
 */
export type StartWorker = (hear: (message: FromWorker) => void, ended: (why: string) => void) => Promise<WorkerPort>;

export interface EngineClientOptions {
  readonly start: StartWorker;
  /** Where memory can be shared, the worker sees a cancellation while it computes. */
  readonly sharedMemory: boolean;
  readonly delay: (milliseconds: number) => Promise<void>;
}

/** How often a running evaluation is asked whether it is still wanted, in milliseconds. */
const pollEvery = 10;
/** How often somebody who follows the reading of files is asked the same. */
const heedOpeningEvery = 100;
/** A worker that does not heed a cancellation for so long is replaced. */
const heedWithin = 2000;

/** The engine answered that it is at fault itself, as opposed to not answering. */
class EngineFault extends Error {}
/** The worker was replaced for the sake of another evaluation: this one is asked again. */
class Replaced extends Error {}

interface Pending {
  readonly resolve: (message: FromWorker) => void;
  readonly lost: (error: Error) => void;
  readonly watch?: LoadWatch | undefined;
}

interface Worker {
  readonly port: Promise<WorkerPort>;
  readonly pending: Map<number, Pending>;
  /** Databases that this worker has open, or is opening. */
  readonly databases: Map<string, Promise<Opened>>;
}

export function createEngineClient({ start, sharedMemory, delay }: EngineClientOptions): EngineHost {
  const specs = new Map<string, DatabaseSpec>();
  let worker: Worker | undefined;
  let disposed = false;
  let nextId = 1;
  /** Jobs that wait for their results. */
  const running = new Set<Promise<unknown>>();
  /** Flags of those who only want to know, which jobs set. */
  const patient = new Set<Int32Array>();

  const current = (): Worker => {
    if (worker !== undefined) return worker;
    const pending = new Map<number, Pending>();
    const hear = (message: FromWorker): void => {
      const it = pending.get(message.id);
      if (it === undefined || message.kind === 'read') return;
      if (message.kind === 'progress') {
        it.watch?.progress(message.path, message.read, message.bytes);
        return;
      }
      pending.delete(message.id);
      it.resolve(message);
    };
    const port = start(hear, (why) => drop(made, new Error(why)));
    const made: Worker = { port, pending, databases: new Map() };
    port.catch((error: unknown) => drop(made, new Error(String(error))));
    worker = made;
    return made;
  };

  /** Forgets a worker; what waits for it is told. */
  const drop = (it: Worker, why: Error): void => {
    if (worker === it) worker = undefined;
    for (const one of it.pending.values()) one.lost(why);
    it.pending.clear();
    void it.port.then((port) => port.end(), () => undefined);
  };

  const newFlag = (): Int32Array | undefined => (sharedMemory ? new Int32Array(new SharedArrayBuffer(4)) : undefined);

  const ask = (to: Worker, message: (id: number) => ToWorker, watch?: LoadWatch): Promise<FromWorker> =>
    new Promise((resolve, reject) => {
      const id = nextId++;
      to.pending.set(id, { resolve, lost: reject, watch });
      // A worker that cannot be started has told so; a message that cannot be sent has no answer either.
      to.port.then((port) => port.post(message(id))).catch((error: unknown) => {
        to.pending.delete(id);
        reject(error instanceof Error ? error : new Error(String(error)));
      });
      if (watch !== undefined) void heed(to, id, watch);
    });

  /** Tells the worker when what it opens need not be read any further. */
  const heed = async (to: Worker, id: number, watch: LoadWatch): Promise<void> => {
    while (to.pending.has(id) && !watch.isCancelled()) await delay(heedOpeningEvery);
    if (to.pending.has(id)) to.port.then((port) => port.post({ kind: 'cancelOpen', id }), () => undefined);
  };

  const openIn = (to: Worker, name: string, spec: DatabaseSpec, watch?: LoadWatch): Promise<Opened> => {
    const opening = ask(to, (id) => ({ kind: 'open', id, name, spec }), watch).then((answer) => {
      if (answer.kind === 'opened') return answer.opened;
      throw new EngineFault(answer.kind === 'failed' ? answer.message : `unexpected answer: ${answer.kind}`);
    });
    to.databases.set(name, opening);
    // Each asker handles the failure; this keeps it from counting as unhandled when none does.
    opening.catch(() => undefined);
    return opening;
  };

  const runIn = async (to: Worker, name: string, job: Job, isCancelled: () => boolean): Promise<JobResult> => {
    const flag = newFlag();
    for (const it of patient) Atomics.store(it, 0, 1);
    const answer = ask(to, (id) => ({ kind: 'run', id, name, job, flag }));
    let answered = false;
    const watch = async (): Promise<JobResult | undefined> => {
      while (!answered && !isCancelled()) await delay(pollEvery);
      if (answered) return undefined;
      if (flag !== undefined) Atomics.store(flag, 0, 1);
      for (let waited = 0; !answered && waited < heedWithin; waited += pollEvery) await delay(pollEvery);
      if (!answered) drop(to, new Replaced('it did not heed a cancellation'));
      return undefined;
    };
    void watch();
    try {
      const message = await answer;
      if (message.kind === 'result') return message.result;
      throw new EngineFault(message.kind === 'failed' ? message.message : `unexpected answer: ${message.kind}`);
    } finally {
      answered = true;
    }
  };

  const unlessCancelled = async <T>(work: Promise<T>, isCancelled: () => boolean, otherwise: () => T): Promise<T> => {
    let done = false;
    const cancelled = async (): Promise<T> => {
      while (!done && !isCancelled()) await delay(pollEvery);
      return done ? work : otherwise();
    };
    try {
      return await Promise.race([work, cancelled()]);
    } finally {
      done = true;
    }
  };

  return {
    async open(name, spec, watch) {
      specs.set(name, spec);
      try {
        return await openIn(current(), name, spec, watch);
      } catch {
        // What is asked of it later says why there is no value.
        return { faults: [] };
      }
    },
    async run(name, job, signal) {
      const isCancelled = (): boolean => disposed || signal?.isCancellationRequested === true;
      const spec = specs.get(name);
      if (isCancelled() || spec === undefined) return notEvaluated(job, { id: 'cancelled' });
      const work = async (): Promise<JobResult> => {
        try {
          const to = current();
          await (to.databases.get(name) ?? openIn(to, name, spec));
          return await runIn(to, name, job, isCancelled);
        } catch (error) {
          if (isCancelled()) return notEvaluated(job, { id: 'cancelled' });
          if (error instanceof Replaced) return work();
          const detail = error instanceof Error ? error.message : String(error);
          return notEvaluated(job, { id: error instanceof EngineFault ? 'internal' : 'engine-ended', detail });
        }
      };
      const result = work();
      running.add(result);
      void result.finally(() => running.delete(result));
      // Whoever lost interest is answered at once, also while rows are being read: what is read is kept for the next.
      return await unlessCancelled(result, isCancelled, () => notEvaluated(job, { id: 'cancelled' }));
    },
    async inspect(name, key, part) {
      const nothing: Inspected = { facts: undefined, faults: [] };
      for (;;) {
        while (running.size > 0) await Promise.all(running);
        const spec = specs.get(name);
        if (disposed) return nothing;
        if (spec?.key !== key) return undefined;
        const flag = newFlag();
        if (flag !== undefined) patient.add(flag);
        try {
          const to = current();
          await (to.databases.get(name) ?? openIn(to, name, spec));
          const answer = await ask(to, (id) => ({ kind: 'inspect', id, name, key, part, flag }));
          if (answer.kind !== 'inspected') return nothing;
          if (answer.inspected === 'other') return undefined;
          if (answer.inspected !== 'unfinished') return answer.inspected;
        } catch (error) {
          // Whatever it was, the next value that is asked for says it.
          if (!(error instanceof Replaced)) return nothing;
        } finally {
          if (flag !== undefined) patient.delete(flag);
        }
        await delay(0);
      }
    },
    dispose() {
      disposed = true;
      if (worker !== undefined) drop(worker, new Error('the engine was closed'));
    },
  };
}

const notEvaluated = (job: Job, reason: Reason): JobResult => ({
  results: job.queries.map(() => ({ kind: 'notEvaluated', reason, at: undefined })),
  stats: { scans: 0, waves: 0 },
});
