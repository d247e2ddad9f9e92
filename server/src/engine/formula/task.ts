/**
 * Evaluations that suspend for scans.
 *
 * A task yields what it wants done: a scan, another task run for it, several tasks run side by side, or a wait for a
 * value that somebody else computes. A scheduler runs tasks without recursion, so that nesting costs no stack, and
 * collects scans until nothing else can go on: one wave holds every scan that can be asked for at that moment.
 */
import type { ScanRequest, ScanResult } from '../../plan/scan.ts';

export type Task<T> = Generator<Wish, T, unknown>;

export type Wish =
  | { readonly kind: 'scan'; readonly request: ScanRequest }
  | { readonly kind: 'call'; readonly task: Task<unknown> }
  | { readonly kind: 'all'; readonly tasks: readonly Task<unknown>[] }
  | { readonly kind: 'wait'; readonly cell: Shared<unknown> };

/** Asks for one scan. */
export function* ask(request: ScanRequest): Task<ScanResult> {
  return (yield { kind: 'scan', request }) as ScanResult;
}

/** Runs a task on a level of its own: whatever nests without bound is called this way. */
export function* call<T>(task: Task<T>): Task<T> {
  return (yield { kind: 'call', task }) as T;
}

/** Runs tasks side by side. When one fails the others still run to their end; then the first fault is raised. */
export function* all<T>(tasks: readonly Task<T>[]): Task<T[]> {
  return (yield { kind: 'all', tasks }) as T[];
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
  if (cell.state === 'running') yield { kind: 'wait', cell };
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
