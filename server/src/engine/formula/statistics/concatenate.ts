/** CONCATENATEX: the texts of rows, one after the other. */
import type { Cell } from '../../../plan/values.ts';
import { toText, withoutText } from '../../values/coerce.ts';
import { argumentOf, unsure, valuesOf, type RowsEvaluator, type RowsOfContext } from './statisticsRows.ts';

function concatenateX(it: RowsOfContext): Cell {
  if (it.rows.length === 0) return unsure(it, 'over no rows');
  const delimiter = argumentOf(it, 0);
  const between = toText(delimiter.value, delimiter.type);
  const texts: string[] = [];
  let length = 0;
  for (const { value, type } of valuesOf(it)) {
    const none = withoutText(value, type, it.at);
    if (none !== undefined) return none;
    const text = toText(value, type);
    length += text.length + between.length;
    it.budget.reserveText(length);
    texts.push(text);
  }
  return texts.join(between);
}

export const textsByName: readonly (readonly [string, RowsEvaluator])[] = [['CONCATENATEX', { type: 'string', apply: concatenateX }]];
