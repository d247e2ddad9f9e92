/**
 * Bounds of one evaluation. Whatever may grow with hostile input is reserved before it is made; a bound that is hit
 * raises `Stopped`, which ends at the nearest place that can say "not evaluated".
 */
import type { Limits } from '../model/model.ts';
import type { Signal } from '../plan/scan.ts';
import type { Reason } from '../plan/values.ts';
import { pulseBy } from './pulse.ts';
import { notEvaluated, type Failure } from './values/cells.ts';

/** Raised inside the engine only; never leaves it. */
export class Stopped extends Error {
  readonly failure: Failure;
  constructor(failure: Failure) {
    super(failure.cell);
    this.failure = failure;
  }
}

export const stopped = (reason: Reason): Stopped => new Stopped(notEvaluated(reason, undefined));

/** Whether a failure ends the whole evaluation: it is not wanted any more, or its time is up. */
export const endsAll = (failure: Failure): boolean =>
  failure.cell === 'notEvaluated' && (failure.reason.id === 'cancelled' || (failure.reason.id === 'limit' && failure.reason.what === 'time'));

export interface Budget {
  /** Room for `rows` rows of `bytesPerRow` that live at the same time. */
  reserveRows(rows: number, bytesPerRow: number): void;
  /** Characters of one text. */
  reserveText(characters: number): void;
  /** To be called every few thousand steps, and at each node of a formula. */
  poll(): void;
}

/** Steps between two polls of a loop, as a mask. */
export const POLL_MASK = 0x1fff;
export const MAX_TEXT = 1_000_000;
/** Nesting of formulas, measures included. */
export const MAX_DEPTH = 5000;

/** A budget that runs from now on. */
export function budgetOf(limits: Limits, signal: Signal): Budget {
  const deadline = Date.now() + limits.milliseconds;
  return {
    reserveRows(rows, bytesPerRow) {
      if (rows > limits.rows) throw stopped({ id: 'limit', what: 'rows', limit: `${limits.rows.toLocaleString('en-US')} rows` });
      if (rows * bytesPerRow > limits.memoryBytes) throw stopped({ id: 'limit', what: 'memory', limit: `${Math.round(limits.memoryBytes / 1_048_576)} MB` });
    },
    reserveText(characters) {
      pulseBy(characters >> 8);
      if (characters > MAX_TEXT) throw stopped({ id: 'limit', what: 'text', limit: `${MAX_TEXT.toLocaleString('en-US')} characters` });
    },
    poll() {
      if (signal.cancelled()) throw stopped({ id: 'cancelled' });
      if (Date.now() > deadline) throw stopped({ id: 'limit', what: 'time', limit: `${limits.milliseconds / 1000} s` });
    },
  };
}
