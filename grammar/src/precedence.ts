/**
 * Operators and operands in a row to a tree, by the precedence of DAX: `^`, sign, `* /`, `+ -`, `&`, comparisons and
 * IN, NOT, `&&`, `||`; left to right on ties. A loop and not a recursion, so that long chains cost no stack.
 */
import type { BinaryOperator, Expression, Span, UnaryOperator } from './tree.ts';

const binaryLevels: Readonly<Record<BinaryOperator, number>> = {
  '||': 1, '&&': 2, '=': 4, '==': 4, '<>': 4, '<': 4, '>': 4, '<=': 4, '>=': 4, IN: 4,
  '&': 5, '+': 6, '-': 6, '*': 7, '/': 7, '^': 9,
};
const prefixLevels: Readonly<Record<UnaryOperator, number>> = { NOT: 3, '+': 8, '-': 8 };

type Pending =
  | { readonly arity: 1; readonly level: number; readonly operator: UnaryOperator; readonly span: Span }
  | { readonly arity: 2; readonly level: number; readonly operator: BinaryOperator; readonly span: Span };

export interface Chain {
  readonly operands: Expression[];
  readonly pending: Pending[];
}

export function chain(): Chain {
  return { operands: [], pending: [] };
}

export function pushPrefix(chain: Chain, operator: UnaryOperator, span: Span): void {
  chain.pending.push({ arity: 1, level: prefixLevels[operator], operator, span });
}

export function pushBinary(chain: Chain, operator: BinaryOperator, span: Span): void {
  const level = binaryLevels[operator];
  reduce(chain, level);
  chain.pending.push({ arity: 2, level, operator, span });
}

export function finish(chain: Chain): Expression {
  reduce(chain, 0);
  return pop(chain);
}

/** Level of a binary operator, higher binds tighter; printing needs it to place brackets. */
export function binaryLevel(operator: BinaryOperator): number {
  return binaryLevels[operator];
}

export function prefixLevel(operator: UnaryOperator): number {
  return prefixLevels[operator];
}

/** Builds every pending node that binds at least as tightly as `level`. */
function reduce(chain: Chain, level: number): void {
  for (let top = chain.pending.at(-1); top !== undefined && top.level >= level; top = chain.pending.at(-1)) {
    chain.pending.pop();
    const right = pop(chain);
    if (top.arity === 1) {
      const span = { start: top.span.start, end: right.span.end };
      chain.operands.push({ kind: 'unary', operator: top.operator, operatorSpan: top.span, operand: right, span });
    } else {
      const left = pop(chain);
      const span = { start: left.span.start, end: right.span.end };
      chain.operands.push({ kind: 'binary', operator: top.operator, operatorSpan: top.span, left, right, span });
    }
  }
}

function pop(chain: Chain): Expression {
  const operand = chain.operands.pop();
  if (operand === undefined) throw new Error('a chain holds one operand more than binary operators');
  return operand;
}
