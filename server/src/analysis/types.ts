/** Static types: how operators combine them, what can be compared, and what they are called in messages. */
import type { BinaryOperator, UnaryOperator } from '../../../grammar/src/tree.ts';
import type { StaticType } from './bound.ts';
import { columnName, type ScalarType, type TableShape } from './shapes.ts';

/** Type of an expression inside analysis; `StaticType` is what others see of it. */
export type Type =
  | { readonly kind: 'scalar'; readonly type: ScalarType }
  | { readonly kind: 'table'; readonly shape: TableShape }
  | { readonly kind: 'unknown' };

export const unknownType: Type = { kind: 'unknown' };
export const scalar = (type: ScalarType): Type => ({ kind: 'scalar', type });
export const tableOf = (shape: TableShape): Type => ({ kind: 'table', shape });

export const scalarTypeOf = (it: Type): ScalarType => {
  if (it.kind === 'scalar') return it.type;
  // A table of one column stands for its value where a single value is wanted.
  if (it.kind === 'table' && it.shape.columns?.length === 1) return it.shape.columns[0]?.type ?? 'unknown';
  return 'unknown';
};

export function toStaticType(it: Type): StaticType {
  if (it.kind !== 'table') return it;
  return {
    kind: 'table',
    columns: it.shape.columns?.map((column) => ({ name: columnName(column), lineage: column.lineage, type: column.type })),
    wholeTable: it.shape.wholeTable,
  };
}

/** What values are told apart by when they are compared. */
export type Family = 'text' | 'number' | 'boolean';

/** undefined: it cannot be said before the evaluation. */
export function familyOf(type: ScalarType): Family | undefined {
  switch (type) {
    case 'string': return 'text';
    case 'boolean': return 'boolean';
    case 'int64': case 'double': case 'decimal': case 'dateTime': return 'number';
    default: return undefined;
  }
}

const words: Readonly<Record<ScalarType, string>> = {
  string: 'text',
  int64: 'whole number',
  double: 'decimal number',
  decimal: 'fixed decimal number',
  dateTime: 'date',
  boolean: 'TRUE/FALSE value',
  variant: 'value of varying type',
  unknown: 'value',
  blank: 'BLANK',
};

/** What a type is called in a message. */
export const typeWord = (type: ScalarType): string => words[type];

/** Common type of values that may each be the result: branches of IF, rows of a constructor, inputs of UNION. */
export function unify(a: ScalarType, b: ScalarType): ScalarType {
  if (a === b || b === 'blank') return a;
  if (a === 'blank') return b;
  if (a === 'unknown' || b === 'unknown') return 'unknown';
  if (isNumeric(a) && isNumeric(b)) return a === 'double' || b === 'double' ? 'double' : 'decimal';
  return 'variant';
}

const isNumeric = (type: ScalarType): boolean => type === 'int64' || type === 'double' || type === 'decimal';

/** Result type of a binary operator. */
export function binaryType(operator: BinaryOperator, left: ScalarType, right: ScalarType): ScalarType {
  switch (operator) {
    case '=': case '==': case '<>': case '<': case '>': case '<=': case '>=': case 'IN': case '&&': case '||':
      return 'boolean';
    case '&': return 'string';
    case '^': return 'double';
    case '+': case '-': case '*': case '/': return arithmeticType(operator, left, right);
  }
}

// Table of results: shared facts on numeric operators. Text, BLANK and varying types are left open.
function arithmeticType(operator: '+' | '-' | '*' | '/', left: ScalarType, right: ScalarType): ScalarType {
  const a = left === 'boolean' ? 'int64' : left;
  const b = right === 'boolean' ? 'int64' : right;
  const open = (it: ScalarType): boolean => !isNumeric(it) && it !== 'dateTime';
  if (open(a) || open(b)) return 'unknown';
  if (a === 'dateTime' || b === 'dateTime') {
    if (operator === '+') return 'dateTime';
    if (operator === '-') return a === 'dateTime' ? 'dateTime' : 'double';
    return 'unknown';
  }
  if (a === 'double' || b === 'double') return 'double';
  if (operator === '/') return a === 'int64' && b === 'int64' ? 'double' : 'unknown';
  if (a === 'decimal' && b === 'decimal') return operator === '*' ? 'double' : 'decimal';
  return a === 'decimal' || b === 'decimal' ? 'decimal' : 'int64';
}

/** Result type of a unary operator: unary plus is ignored, minus keeps the type. */
export function unaryType(operator: UnaryOperator, operand: ScalarType): ScalarType {
  if (operator === 'NOT') return 'boolean';
  if (operator === '+') return operand;
  if (operand === 'boolean') return 'int64';
  return operand === 'string' ? 'unknown' : operand;
}
