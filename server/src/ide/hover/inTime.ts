/** A part of a hover that is computed from data: it comes in time, or the hover says that it is being computed. */
import type { HoverContext } from './hover.ts';

export const computing = '*computing…*';

export async function inTime(ctx: HoverContext, part: Promise<string>): Promise<string> {
  // When the part fails after the hover was shown, nobody waits for it any more.
  part.catch(() => undefined);
  ctx.background?.(part);
  return (await Promise.race([part, ctx.patience().then(() => undefined)])) ?? computing;
}
