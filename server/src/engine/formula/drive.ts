/** The scheduler of tasks: runs them to their end, wave by wave, against a storage engine. */
import { assertNever } from '../../base/assertNever.ts';
import type { ScanRequest, ScanResult, Signal, StorageEngine } from '../../plan/scan.ts';
import { Stopped, type Budget } from '../budget.ts';
import { during } from '../pulse.ts';
import { notEvaluated, type Failure } from '../values/cells.ts';
import type { Shared, Task, Wish } from './task.ts';

/** What a run has cost so far. */
export interface Costs {
  scans: number;
  waves: number;
}

/** Runs against an engine that answers at once. */
export function driveNow<T>(task: Task<T>, run: (requests: readonly ScanRequest[]) => readonly ScanResult[], budget: Budget, costs: Costs): T {
  const schedule = scheduleOf(task);
  during(budget.poll, () => {
    for (let wave = schedule.next([]); wave.length > 0; wave = schedule.next(run(wave))) note(wave, costs);
  });
  return schedule.value();
}

/** Runs against any engine. One that fails, or does not answer in time, costs the values that it was asked for. */
export async function drive<T>(task: Task<T>, engine: StorageEngine, signal: Signal, budget: Budget, costs: Costs): Promise<T> {
  const schedule = scheduleOf(task);
  const next = (results: readonly ScanResult[]): readonly ScanRequest[] => during(budget.poll, () => schedule.next(results));
  for (let wave = next([]); wave.length > 0; wave = next(await answers(engine, wave, signal, budget))) note(wave, costs);
  return schedule.value();
}

/** Milliseconds between two looks at whether an answer is still waited for. */
const PATIENCE = 10;

async function answers(engine: StorageEngine, wave: readonly ScanRequest[], signal: Signal, budget: Budget): Promise<readonly ScanResult[]> {
  const failed = (failure: Failure): readonly ScanResult[] => wave.map(() => ({ kind: 'failed', failure }));
  let timer: unknown;
  const givenUp = new Promise<never>((_, reject) => {
    const look = (): void => {
      try {
        budget.poll();
        timer = setTimeout(look, PATIENCE);
      } catch (fault) {
        reject(fault as Error);
      }
    };
    timer = setTimeout(look, PATIENCE);
  });
  try {
    const results = await Promise.race([during(budget.poll, () => engine.run(wave, signal)), givenUp]);
    if (results.length === wave.length) return results;
    return failed(notEvaluated({ id: 'engine-ended', detail: `${results.length} answers to ${wave.length} questions` }, undefined));
  } catch (fault) {
    if (fault instanceof Stopped) return failed(fault.failure);
    return failed(notEvaluated({ id: 'engine-ended', detail: fault instanceof Error ? fault.message : String(fault) }, undefined));
  } finally {
    clearTimeout(timer);
  }
}

function note(requests: readonly ScanRequest[], costs: Costs): void {
  costs.waves++;
  for (const it of requests) if (it.kind !== 'gather') costs.scans++;
}

/** One line of work: tasks that called each other, the innermost last. */
interface Fiber {
  readonly calls: Task<unknown>[];
  readonly finish: (outcome: Outcome) => void;
}

type Outcome = { readonly value: unknown } | { readonly fault: unknown };

interface Schedule<T> {
  /** Hands in the results of the last wave and runs until only scans are waited for: the next wave, empty at the end. */
  next(results: readonly ScanResult[]): readonly ScanRequest[];
  /** The task's value, once the last wave was empty; raises what the task raised. */
  value(): T;
}

function scheduleOf<T>(task: Task<T>): Schedule<T> {
  let outcome: Outcome | undefined;
  const ready: { readonly fiber: Fiber; readonly outcome: Outcome }[] = [];
  let asking: { readonly fiber: Fiber; readonly request: ScanRequest }[] = [];
  let waiting: { readonly fiber: Fiber; readonly cell: Shared<unknown> }[] = [];
  const start: Outcome = { value: undefined };

  const begin = (first: Task<unknown>, finish: (outcome: Outcome) => void): void => {
    ready.push({ fiber: { calls: [first], finish }, outcome: start });
  };
  begin(task, (it) => {
    outcome = it;
  });

  /** Runs one fiber until it has to wait. */
  const advance = (fiber: Fiber, from: Outcome): void => {
    let last = from;
    for (let top = fiber.calls.at(-1); top !== undefined; top = fiber.calls.at(-1)) {
      let step: IteratorResult<Wish, unknown>;
      try {
        step = 'fault' in last ? top.throw(last.fault) : top.next(last.value);
      } catch (fault) {
        fiber.calls.pop();
        last = { fault };
        continue;
      }
      if (step.done === true) {
        fiber.calls.pop();
        last = { value: step.value };
        continue;
      }
      if (!wish(step.value, fiber)) return;
      last = start;
    }
    fiber.finish(last);
  };

  /** Sees to what a fiber wants; whether it can go on at once. */
  const wish = (it: Wish, fiber: Fiber): boolean => {
    switch (it.kind) {
      case 'call':
        fiber.calls.push(it.task);
        return true;
      case 'scan':
        asking.push({ fiber, request: it.request });
        return false;
      case 'wait':
        waiting.push({ fiber, cell: it.cell });
        return false;
      case 'all':
        beginAll(it.tasks, fiber);
        return false;
      default: return assertNever(it);
    }
  };

  const beginAll = (tasks: readonly Task<unknown>[], fiber: Fiber): void => {
    const values = new Array<unknown>(tasks.length);
    const faults: unknown[] = [];
    let open = tasks.length;
    const done = (): void => {
      ready.push({ fiber, outcome: faults.length > 0 ? { fault: faults[0] } : { value: values } });
    };
    if (open === 0) return done();
    tasks.forEach((each, index) => begin(each, (it) => {
      if ('fault' in it) faults.push(it.fault);
      else values[index] = it.value;
      if (--open === 0) done();
    }));
  };

  return {
    next(results) {
      asking.forEach(({ fiber }, index) => ready.push({ fiber, outcome: { value: results[index] } }));
      asking = [];
      for (;;) {
        for (let at = 0; at < ready.length; at++) {
          const it = ready[at];
          if (it !== undefined) advance(it.fiber, it.outcome);
        }
        ready.length = 0;
        const settled = waiting.filter((it) => it.cell.state !== 'running');
        waiting = waiting.filter((it) => it.cell.state === 'running');
        if (settled.length === 0) break;
        for (const { fiber } of settled) ready.push({ fiber, outcome: start });
      }
      if (asking.length === 0 && outcome === undefined) throw new Error('tasks wait for each other');
      return asking.map((it) => it.request);
    },
    value() {
      if (outcome === undefined) throw new Error('the task has not ended');
      if ('fault' in outcome) throw outcome.fault;
      return outcome.value as T;
    },
  };
}
