/** The table of lint rules. A rule is on once it stands here. */
import type { Rule } from '../rule.ts';
import { blankComparison } from './blank-comparison.ts';
import { codeLength } from './code-length.ts';
import { codeOfAnotherChoice } from './code-of-another-choice.ts';
import { codeType } from './code-type.ts';
import { columnAsEntity } from './column-as-entity.ts';
import { columnTypeConflict } from './column-type-conflict.ts';
import { deprecatedAttribute } from './deprecated-attribute.ts';
import { deprecatedCode } from './deprecated-code.ts';
import { deprecatedColumn } from './deprecated-column.ts';
import { doubleNegative } from './double-negative.ts';
import { emptyElement } from './empty-element.ts';
import { errorTest } from './error-test.ts';
import { filterKeepsAll } from './filter-keeps-all.ts';
import { filterKeepsNothing } from './filter-keeps-nothing.ts';
import { filterWholeTable } from './filter-whole-table.ts';
import { filtersDrift } from './filters-drift.ts';
import { flagDrift } from './flag-drift.ts';
import { functionCasing } from './function-casing.ts';
import { headingDrift } from './heading-drift.ts';
import { labelForCode } from './label-for-code.ts';
import { logInProduction } from './log-in-production.ts';
import { malformedAttribute } from './malformed-attribute.ts';
import { metricAlias } from './metric-alias.ts';
import { missingCodes } from './missing-codes.ts';
import { missingName } from './missing-name.ts';
import { mixedEquality } from './mixed-equality.ts';
import { multiSelectComparison } from './multi-select-comparison.ts';
import { nameCasing } from './name-casing.ts';
import { notPrecedence } from './not-precedence.ts';
import { nullMeaning } from './null-meaning.ts';
import { oneMinusRatio } from './one-minus-ratio.ts';
import { pageCode } from './page-code.ts';
import { pageContradiction } from './page-contradiction.ts';
import { pageFilterKeepsAll } from './page-filter-keeps-all.ts';
import { pageLabel } from './page-label.ts';
import { pageMultiSelect } from './page-multi-select.ts';
import { pageNullMeaning } from './page-null-meaning.ts';
import { pagePlaceholder } from './page-placeholder.ts';
import { pageQuotes } from './page-quotes.ts';
import { pageTable } from './page-table.ts';
import { pageType } from './page-type.ts';
import { redundantCalculate } from './redundant-calculate.ts';
import { redundantDivideDefault } from './redundant-divide-default.ts';
import { repeatedEntity } from './repeated-entity.ts';
import { repeatedValue } from './repeated-value.ts';
import { sameBranches } from './same-branches.ts';
import { sameExpressionRule } from './same-expression.ts';
import { spaceBeforeBracket } from './space-before-bracket.ts';
import { undeclaredEntity } from './undeclared-entity.ts';
import { unitInName } from './unit-in-name.ts';
import { unknownAttribute } from './unknown-attribute.ts';
import { unknownCode } from './unknown-code.ts';
import { unknownEntity } from './unknown-entity.ts';
import { unknownRule } from './unknown-rule.ts';
import { unsafeDivision } from './unsafe-division.ts';
import { unusedAttribute } from './unused-attribute.ts';
import { unusedMetric } from './unused-metric.ts';
import { unusedSuppression } from './unused-suppression.ts';
import { unusedVariable } from './unused-variable.ts';

/** What runs and is documented, in the order of ids. */
export const rules: readonly Rule<never>[] = [
  blankComparison,
  codeLength,
  codeOfAnotherChoice,
  codeType,
  columnAsEntity,
  columnTypeConflict,
  deprecatedAttribute,
  deprecatedCode,
  deprecatedColumn,
  doubleNegative,
  emptyElement,
  errorTest,
  filterKeepsAll,
  filterKeepsNothing,
  filterWholeTable,
  filtersDrift,
  flagDrift,
  functionCasing,
  headingDrift,
  labelForCode,
  logInProduction,
  malformedAttribute,
  metricAlias,
  missingCodes,
  missingName,
  mixedEquality,
  multiSelectComparison,
  nameCasing,
  notPrecedence,
  nullMeaning,
  oneMinusRatio,
  pageCode,
  pageContradiction,
  pageFilterKeepsAll,
  pageLabel,
  pageMultiSelect,
  pageNullMeaning,
  pagePlaceholder,
  pageQuotes,
  pageTable,
  pageType,
  redundantCalculate,
  redundantDivideDefault,
  repeatedEntity,
  repeatedValue,
  sameBranches,
  sameExpressionRule,
  spaceBeforeBracket,
  undeclaredEntity,
  unitInName,
  unknownAttribute,
  unknownCode,
  unknownEntity,
  unknownRule,
  unsafeDivision,
  unusedAttribute,
  unusedMetric,
  unusedSuppression,
  unusedVariable,
];
