/**
 * The pulse of the running evaluation.
 *
 * Whatever goes through rows or values counts its steps here, and every few thousand steps the evaluation is asked
 * whether it goes on. One evaluation at a time computes in a thread, so its budget need not be handed to every loop.
 */

/** Steps between two questions: few enough that even slow functions take some milliseconds for them. */
const STEPS_A_BEAT = 2048;

let beat: (() => void) | undefined;
let left = STEPS_A_BEAT;

/** One step of a loop. Raises `Stopped` when the evaluation has to end. */
export function pulse(): void {
  if (--left <= 0) ask();
}

/** Work that is as long as so many steps. */
export function pulseBy(steps: number): void {
  left -= steps;
  if (left <= 0) ask();
}

function ask(): void {
  left = STEPS_A_BEAT;
  beat?.();
}

/** Does some work while `poll` is asked at every beat. */
export function during<T>(poll: () => void, work: () => T): T {
  const before = beat;
  if (before === undefined) left = STEPS_A_BEAT;
  beat = poll;
  try {
    return work();
  } finally {
    beat = before;
  }
}
