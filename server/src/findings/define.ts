/** Typed helper for the registry's category files. */
import type { Category, Severity } from './finding.ts';

/**
 * Defines one kind of finding.
 *
 * @param severity default severity; a project file may change it
 * @param message the message for its parameters
 * @param help one paragraph: what it means, what to do
 */
export const kind =
  (category: Category) =>
  <P = Record<never, never>>(severity: Severity, message: (params: P) => string, help: string) =>
    ({ category, severity, message, help }) as const;

/** ` Did you mean X?`, or nothing. */
export const didYouMean = (suggestion: string | undefined): string =>
  suggestion === undefined ? '' : ` Did you mean ${suggestion}?`;
