/** The table of lint rules. A rule is on once it stands here. */
import type { Rule } from '../rule.ts';
import { blankComparison } from './blank-comparison.ts';
import { codeLength } from './code-length.ts';
import { codeOfAnotherChoice } from './code-of-another-choice.ts';
import { codeType } from './code-type.ts';
import { columnTypeConflict } from './column-type-conflict.ts';
import { deprecatedCode } from './deprecated-code.ts';
import { deprecatedColumn } from './deprecated-column.ts';
import { errorTest } from './error-test.ts';
import { filterKeepsAll } from './filter-keeps-all.ts';
import { filterKeepsNothing } from './filter-keeps-nothing.ts';
import { filterWholeTable } from './filter-whole-table.ts';
import { functionCasing } from './function-casing.ts';
import { labelForCode } from './label-for-code.ts';
import { logInProduction } from './log-in-production.ts';
import { metricAlias } from './metric-alias.ts';
import { missingCodes } from './missing-codes.ts';
import { mixedEquality } from './mixed-equality.ts';
import { multiSelectComparison } from './multi-select-comparison.ts';
import { notPrecedence } from './not-precedence.ts';
import { nullMeaning } from './null-meaning.ts';
import { oneMinusRatio } from './one-minus-ratio.ts';
import { redundantCalculate } from './redundant-calculate.ts';
import { redundantDivideDefault } from './redundant-divide-default.ts';
import { repeatedValue } from './repeated-value.ts';
import { sameBranches } from './same-branches.ts';
import { sameExpressionRule } from './same-expression.ts';
import { spaceBeforeBracket } from './space-before-bracket.ts';
import { unitInName } from './unit-in-name.ts';
import { unknownCode } from './unknown-code.ts';
import { unknownRule } from './unknown-rule.ts';
import { unsafeDivision } from './unsafe-division.ts';
import { unusedMetric } from './unused-metric.ts';
import { unusedSuppression } from './unused-suppression.ts';
import { unusedVariable } from './unused-variable.ts';

/** What runs and is documented, in the order of ids. */
export const rules: readonly Rule<never>[] = [
  blankComparison,
  codeLength,
  codeOfAnotherChoice,
  codeType,
  columnTypeConflict,
  deprecatedCode,
  deprecatedColumn,
  errorTest,
  filterKeepsAll,
  filterKeepsNothing,
  filterWholeTable,
  functionCasing,
  labelForCode,
  logInProduction,
  metricAlias,
  missingCodes,
  mixedEquality,
  multiSelectComparison,
  notPrecedence,
  nullMeaning,
  oneMinusRatio,
  redundantCalculate,
  redundantDivideDefault,
  repeatedValue,
  sameBranches,
  sameExpressionRule,
  spaceBeforeBracket,
  unitInName,
  unknownCode,
  unknownRule,
  unsafeDivision,
  unusedMetric,
  unusedSuppression,
  unusedVariable,
];
