/** Runs a task to its end, wave by wave. */
import type { ScanRequest, ScanResult, Signal, StorageEngine } from '../../plan/scan.ts';
import type { Task } from './task.ts';

/** What a run has cost so far. */
export interface Costs {
  scans: number;
  waves: number;
  fallbacks: number;
}

/** Runs against an engine that answers at once. */
export function driveNow<T>(task: Task<T>, run: (requests: readonly ScanRequest[]) => readonly ScanResult[], costs: Costs): T {
  let step = task.next();
  while (step.done !== true) {
    note(step.value, costs);
    step = task.next(run(step.value));
  }
  return step.value;
}

/** Runs against any engine. */
export async function drive<T>(task: Task<T>, engine: StorageEngine, signal: Signal, costs: Costs): Promise<T> {
  let step = task.next();
  while (step.done !== true) {
    note(step.value, costs);
    step = task.next(await engine.run(step.value, signal));
  }
  return step.value;
}

function note(requests: readonly ScanRequest[], costs: Costs): void {
  if (requests.length === 0) throw new Error('tasks wait for each other');
  costs.waves++;
  for (const it of requests) if (it.kind !== 'gather') costs.scans++;
}
