/** TOCSV: rows as lines of text. The form of dates, truth and long fractions no page tells, so they have none. */
import type { Cell } from '../../../plan/values.ts';
import { isFailure, type Failure } from '../../values/cells.ts';
import { toBoolean, toText } from '../../values/coerce.ts';
import { argumentOf, numberArgument, unsure, valuesOf, type RowsEvaluator, type RowsOfContext } from '../statistics/statisticsRows.ts';

/** Digits that every way of writing a number shows. */
const certainDigits = 15;

/** Arguments: the most rows, the delimiter, whether names come first, and the names. */
function toCsv(it: RowsOfContext): Cell {
  const most = numberArgument(it, 0);
  if (isFailure(most)) return most;
  const delimiter = toText(argumentOf(it, 1).value, argumentOf(it, 1).type);
  const named = toBoolean(argumentOf(it, 2).value, it.at);
  if (typeof named !== 'boolean') return named;
  if (delimiter === '') return unsure(it, 'with an empty delimiter');
  const count = Math.round(most ?? 0);
  const shown: RowsOfContext = count < 0 ? it : { ...it, rows: it.rows.slice(0, count) };
  const columns = it.columns.map((_, index) => valuesOf(shown, index));
  const quoted = (text: string): string => (text.includes('"') || text.includes(delimiter) ? `"${text.replaceAll('"', '""')}"` : text);
  const lines: string[] = named ? [it.args.slice(3).map((name) => quoted(String(name.value))).join(delimiter)] : [];
  let length = 0;
  for (const row of shown.rows.keys()) {
    const texts: string[] = [];
    for (const column of columns) {
      const text = textOf(column[row]?.value ?? null, column[row]?.type ?? 'blank', it);
      if (typeof text !== 'string') return text;
      texts.push(quoted(text));
    }
    const line = texts.join(delimiter);
    length += line.length + 1;
    it.budget.reserveText(length);
    lines.push(line);
  }
  return lines.join('\n');
}

function textOf(value: Cell, type: Parameters<typeof toText>[1], it: RowsOfContext): string | Failure {
  if (type === 'dateTime' || type === 'boolean') return unsure(it, `of a ${type === 'boolean' ? 'TRUE or FALSE' : 'date'}`);
  const text = toText(value, type);
  if (type === 'double' && text.replaceAll(/^-?0?\.?0*|\D/g, '').length > certainDigits) return unsure(it, 'of a number with so many digits');
  if (type === 'double' && /[^\d.-]/.test(text)) return unsure(it, 'of so large or small a number');
  return type === 'string' && /[\r\n]/.test(text) ? unsure(it, 'of a text with a line break') : text;
}

export const rowTextsByName: readonly (readonly [string, RowsEvaluator])[] = [['TOCSV', { type: 'string', apply: toCsv }]];
