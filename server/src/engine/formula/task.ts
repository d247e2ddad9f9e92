/**
 * Evaluations that suspend for scans.
 *
 * A task yields the requests it waits for and is resumed with their results. Tasks that run together yield together, so
 * that one wave holds every scan that can be asked for at that moment.
 */
import type { ScanRequest, ScanResult } from '../../plan/scan.ts';

export type Task<T> = Generator<readonly ScanRequest[], T, readonly ScanResult[]>;

/**
 * Runs tasks side by side. When one fails the others still run to their end, since others may wait for what they share;
 * then the first fault is raised.
 */
export function* all<T>(tasks: readonly Task<T>[]): Task<T[]> {
  const only = tasks[0];
  if (only === undefined) return [];
  if (tasks.length === 1) return [yield* only];
  const results = new Array<T>(tasks.length);
  const faults: unknown[] = [];
  let open = tasks.map((task, index) => ({ task, index, requests: [] as readonly ScanRequest[] }));
  let answers: readonly ScanResult[] = [];
  for (;;) {
    let from = 0;
    open = open.filter((it) => {
      const own = answers.slice(from, from + it.requests.length);
      from += it.requests.length;
      try {
        const step = it.task.next(own);
        if (step.done !== true) {
          it.requests = step.value;
          return true;
        }
        results[it.index] = step.value;
      } catch (fault) {
        faults.push(fault);
      }
      return false;
    });
    if (open.length === 0) break;
    answers = yield open.flatMap((it) => it.requests);
  }
  if (faults.length > 0) throw faults[0];
  return results;
}

export function* both<A, B>(a: Task<A>, b: Task<B>): Task<[A, B]> {
  return (yield* all<A | B>([a, b])) as [A, B];
}

/** A value that several tasks want and one of them computes. */
export interface Shared<T> {
  state: 'new' | 'running' | 'done' | 'failed';
  value: T | undefined;
  fault: unknown;
}

export const shared = <T>(): Shared<T> => ({ state: 'new', value: undefined, fault: undefined });

/** The value of `cell`, computed by `start` when nobody has yet. */
export function* share<T>(cell: Shared<T>, start: () => Task<T>): Task<T> {
  while (cell.state === 'running') yield [];
  if (cell.state === 'failed') throw cell.fault;
  if (cell.state === 'new') {
    cell.state = 'running';
    try {
      cell.value = yield* start();
      cell.state = 'done';
    } catch (fault) {
      cell.state = 'failed';
      cell.fault = fault;
      throw fault;
    }
  }
  return cell.value as T;
}

/** Looks up `key` and shares what stands there. */
export function* shareIn<K, T>(map: { get(key: K): Shared<T> | undefined; set(key: K, value: Shared<T>): unknown }, key: K, start: () => Task<T>): Task<T> {
  let cell = map.get(key);
  if (cell === undefined) {
    cell = shared<T>();
    map.set(key, cell);
  }
  return yield* share(cell, start);
}

/** Asks for one scan. */
export function* ask(request: ScanRequest): Task<ScanResult> {
  const [result] = yield [request];
  if (result === undefined) throw new Error('a request without a result');
  return result;
}
