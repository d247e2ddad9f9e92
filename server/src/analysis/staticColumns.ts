/** Columns of a table expression, as far as its text and the model tell. */
import type { Expression } from '../../../grammar/src/tree.ts';
import type { Scope, StaticColumn } from './bound.ts';
import { bindExpressionIn } from './bind/bind.ts';

/** @returns undefined where the expression is no table, or its columns cannot be told */
export function staticColumnsOf(expression: Expression, text: string, scope: Scope): readonly StaticColumn[] | undefined {
  const type = bindExpressionIn(expression, text, scope).typeOf(expression);
  return type.kind === 'table' ? type.columns : undefined;
}
