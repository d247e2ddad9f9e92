/** Places that want TRUE or FALSE. */
import type { Expression } from '../../../../grammar/src/tree.ts';
import { unwrap } from '../scope.ts';
import type { ScalarType } from '../shapes.ts';
import { typeWord } from '../types.ts';
import { report, textAt, type BindContext, type Env } from './context.ts';

/** Reports text where a condition is wanted: text is never read as TRUE or FALSE. Numbers and dates are, 0 as FALSE. */
export function checkCondition(ctx: BindContext, env: Env, expression: Expression, type: ScalarType): void {
  if (type !== 'string') return;
  const it = unwrap(expression);
  const found = it.kind === 'column' ? `${textAt(ctx, it.span)}, a ${typeWord(type)} column` : typeWord(type);
  report(ctx, env, 'not-boolean', { found }, expression.span);
}
