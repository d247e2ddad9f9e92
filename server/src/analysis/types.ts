/** Static types: how operators combine them, what can be compared, and what they are called in messages. */
import type { BinaryOperator, UnaryOperator } from '../../../grammar/src/tree.ts';
import type { StaticColumn, StaticType } from './bound.ts';
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
  if (it.kind === 'unknown') return it;
  if (it.kind === 'scalar') return { kind: 'scalar', type: told(it.type) };
  return {
    kind: 'table',
    columns: it.shape.columns?.map((column) => ({ name: columnName(column), lineage: column.lineage, type: told(column.type) })),
    wholeTable: it.shape.wholeTable,
  };
}

/** What others see of a type: which kind of number it is, or nothing. */
const told = (type: ScalarType): StaticColumn['type'] => (type === 'number' ? 'unknown' : type);

/** What values are told apart by when they are compared. */
export type Family = 'text' | 'number' | 'boolean';

/** undefined: it cannot be said before the evaluation. */
export function familyOf(type: ScalarType): Family | undefined {
  switch (type) {
    case 'string': return 'text';
    case 'boolean': return 'boolean';
    case 'int64': case 'double': case 'decimal': case 'number': case 'dateTime': return 'number';
    default: return undefined;
  }
}

const words: Readonly<Record<ScalarType, string>> = {
  string: 'text',
  int64: 'whole number',
  double: 'decimal number',
  decimal: 'fixed decimal number',
  dateTime: 'date',
  number: 'number',
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
  if (isNumeric(a) && isNumeric(b)) return a === 'number' || b === 'number' ? 'number' : a === 'double' || b === 'double' ? 'double' : 'decimal';
  return 'variant';
}

const isNumeric = (type: ScalarType): boolean => type === 'int64' || type === 'double' || type === 'decimal' || type === 'number';

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

// Table of results: shared facts on numeric operators. Text is read as a number; what varies is left open.
function arithmeticType(operator: '+' | '-' | '*' | '/', left: ScalarType, right: ScalarType): ScalarType {
  const a = operandType(left);
  const b = operandType(right);
  if (a === 'unknown' || b === 'unknown') return 'unknown';
  if (a === 'dateTime' || b === 'dateTime') {
    if (operator === '+') return 'dateTime';
    if (operator === '-') return a === 'dateTime' ? 'dateTime' : 'double';
    return 'number';
  }
  if (a === 'number' || b === 'number') return 'number';
  if (a === 'double' || b === 'double') return 'double';
  if (operator === '/') return a === 'int64' && b === 'int64' ? 'double' : 'number';
  if (a === 'decimal' && b === 'decimal') return operator === '*' ? 'double' : 'decimal';
  return a === 'decimal' || b === 'decimal' ? 'decimal' : 'int64';
}

/** The type as which an operand counts. */
function operandType(type: ScalarType): ScalarType {
  if (type === 'boolean') return 'int64';
  if (type === 'string') return 'number';
  // BLANK takes the type of the other side, which is a number whatever it is.
  if (type === 'blank') return 'number';
  return type === 'variant' ? 'unknown' : type;
}

/** Result type of a unary operator: unary plus is ignored, minus keeps the type. */
export function unaryType(operator: UnaryOperator, operand: ScalarType): ScalarType {
  if (operator === 'NOT') return 'boolean';
  if (operator === '+') return operand;
  if (operand === 'boolean') return 'int64';
  return operand === 'string' ? 'number' : operand;
}
