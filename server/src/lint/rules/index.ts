/** The table of lint rules. A rule is on once it stands here. */
import type { Rule } from '../rule.ts';
import { unknownRule } from './unknown-rule.ts';
import { unusedSuppression } from './unused-suppression.ts';

/** What runs and is documented, in the order of ids. */
export const rules: readonly Rule<never>[] = [
  unknownRule,
  unusedSuppression,
];
