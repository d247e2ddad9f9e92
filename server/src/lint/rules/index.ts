/** The table of lint rules. A rule is on once it stands here. */
import type { Rule } from '../rule.ts';
import { codeLength } from './code-length.ts';
import { codeOfAnotherChoice } from './code-of-another-choice.ts';
import { codeType } from './code-type.ts';
import { columnTypeConflict } from './column-type-conflict.ts';
import { deprecatedCode } from './deprecated-code.ts';
import { deprecatedColumn } from './deprecated-column.ts';
import { filterKeepsAll } from './filter-keeps-all.ts';
import { filterKeepsNothing } from './filter-keeps-nothing.ts';
import { labelForCode } from './label-for-code.ts';
import { missingCodes } from './missing-codes.ts';
import { multiSelectComparison } from './multi-select-comparison.ts';
import { nullMeaning } from './null-meaning.ts';
import { repeatedValue } from './repeated-value.ts';
import { unknownCode } from './unknown-code.ts';
import { unknownRule } from './unknown-rule.ts';
import { unusedSuppression } from './unused-suppression.ts';

/** What runs and is documented, in the order of ids. */
export const rules: readonly Rule<never>[] = [
  codeLength,
  codeOfAnotherChoice,
  codeType,
  columnTypeConflict,
  deprecatedCode,
  deprecatedColumn,
  filterKeepsAll,
  filterKeepsNothing,
  labelForCode,
  missingCodes,
  multiSelectComparison,
  nullMeaning,
  repeatedValue,
  unknownCode,
  unknownRule,
  unusedSuppression,
];
