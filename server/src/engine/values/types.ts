/** Types of values: which go together, and what becomes of two. */
import type { ValueType } from '../../plan/values.ts';

export const isNumeric = (type: ValueType): boolean => type === 'int64' || type === 'double' || type === 'decimal';

/**
 * The one type that holds values of both, as IF and UNION choose it: numbers widen (int64 to decimal to double), BLANK
 * takes the other's type, all else becomes a variant.
 */
export function commonType(a: ValueType, b: ValueType): ValueType {
  if (a === b || b === 'blank') return a;
  if (a === 'blank') return b;
  if (!isNumeric(a) || !isNumeric(b)) return 'variant';
  return a === 'double' || b === 'double' ? 'double' : 'decimal';
}

/** The words of messages. */
export function typeName(type: ValueType): string {
  switch (type) {
    case 'int64': return 'whole number';
    case 'double': return 'decimal number';
    case 'decimal': return 'fixed decimal number';
    case 'dateTime': return 'date';
    case 'boolean': return 'TRUE/FALSE value';
    case 'string': return 'text';
    case 'variant': return 'value of mixed type';
    case 'blank': return 'BLANK';
  }
}
