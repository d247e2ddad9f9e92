/** Bounds on what hostile input may take. */
import { expect } from 'vitest';

/**
 * Runs work and holds its time against a bound that only a loop without end, or one that grows with the square, exceeds.
 *
 * @param seconds of the processor's time, all threads of this process together: a busy machine is no loop without end
 */
export function within<T>(seconds: number, work: () => T): T {
  const before = process.cpuUsage();
  const held = <R>(result: R): R => {
    const { user, system } = process.cpuUsage(before);
    expect((user + system) / 1e6).toBeLessThan(seconds);
    return result;
  };
  const result = work();
  return result instanceof Promise ? (result.then(held) as T) : held(result);
}
