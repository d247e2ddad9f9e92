/** What results are told from: a call with its arguments bound. */
import type { Call } from '../../../../grammar/src/tree.ts';
import { unknownShape, type ScalarType, type TableShape } from '../shapes.ts';
import { scalarTypeOf } from '../types.ts';
import type { BoundArgument } from './calls.ts';
import type { BindContext, Env } from './context.ts';

/** Everything that is needed to tell a result. */
export interface Given {
  readonly ctx: BindContext;
  readonly call: Call;
  readonly bound: readonly BoundArgument[];
  readonly env: Env;
}

/** Type of the value of argument `i`. */
export const typeOf = ({ bound }: Pick<Given, 'bound'>, i: number): ScalarType => {
  const type = bound[i]?.type;
  return type === undefined ? 'unknown' : scalarTypeOf(type);
};

/** Columns of the table that argument `i` is. */
export const shapeAt = ({ bound }: Pick<Given, 'bound'>, i: number): TableShape => {
  const type = bound[i]?.type;
  return type?.kind === 'table' ? type.shape : unknownShape;
};
