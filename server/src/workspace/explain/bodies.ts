/** Bodies of metrics as steps are read from them: the functions that text defines stand where they are called. */
import { parseExpression, printExpression } from '../../../../grammar/src/index.ts';
import type { Expression } from '../../../../grammar/src/tree.ts';
import type { MeasureSymbol } from '../../analysis/bound.ts';
import { withFunctions } from '../../analysis/lower/userFunctions.ts';
import type { Names } from '../../analysis/scope.ts';

export interface Body {
  readonly expression: Expression;
  /** The text in which the spans of the expression count. */
  readonly text: string;
}

/** Stands before the number by which variables are told apart; a name that one can write has two underscores there. */
const mark = '\u0000';
/** What could be taken for such a name. */
const alike = /\u0000|__\d/;
const numbered = new RegExp(`'?([^'\\s${mark}]+)${mark}(\\d+)'?`, 'g');

/** A call that cannot be put in stands as it was. */
export function bodyOf({ body, segment }: MeasureSymbol, names: Names): Body {
  const put = withFunctions(body, names);
  const own = { expression: body, text: segment.text };
  if (put === body) return own;
  if ([segment, ...[...names.functions.values()].map((it) => it.segment)].some((it) => alike.test(it.text))) return own;
  const text = printExpression(put).replace(numbered, '$1__$2');
  const { expression, problems } = parseExpression(text);
  return problems.length > 0 ? own : { expression, text };
}
