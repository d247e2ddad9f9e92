/** Exit codes of every command, and the error that leads to "wrong use". */

export const exitCodes = {
  fine: 0,
  /** Errors, warnings above the limit, failed expectations, a result that is an error or not evaluated. */
  findings: 1,
  /** Wrong use, or no file matched. */
  wrongUse: 2,
  ownFault: 3,
} as const;

/** Wrong use of the command line; its message is shown as it is. */
export class UsageError extends Error {}
