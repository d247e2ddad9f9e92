/** Filters in words: those of the view, and those of a step of a trace. */
import { nameKey } from '../../model/model.ts';
import type { TraceFilter } from '../../plan/trace.ts';
import type { Cell, ValueType } from '../../plan/values.ts';
import { columnText } from '../../workspace/queries.ts';
import type { ModelView } from '../../workspace/types.ts';
import { optionOf } from '../columnValues.ts';
import { asPlain } from '../markdown.ts';
import { cellShown, phrase } from '../shown.ts';
import { cellOf } from './cells.ts';
import type { ResultFilter } from './records.ts';

const longestValue = 60;
/** Tuples of a filter that are named. */
const fewTuples = 5;

/** `DimChannel[Channel] is Chat`, for each filter of a metric's results. */
export function filterTexts(model: ModelView, filters: readonly ResultFilter[]): readonly string[] {
  return filters.flatMap(({ by, type, value }) => {
    if (by === undefined) return [];
    const text = valueText(model, columnText(by), cellOf(value, type), type);
    return [`${columnText(by)} is ${by.grain === 'month' ? text.slice(0, 7) : by.grain === 'year' ? text.slice(0, 4) : text}`];
  });
}

export function traceFilterText(model: ModelView, { columns, tuples, count, perContext }: TraceFilter): string {
  const names = columns.map((it) => asPlain(it, longestValue)).join(', ');
  const number = count.toLocaleString('en-US');
  if (tuples.length === 0) return `${names}: ${number} ${count === 1 ? 'row' : 'rows'}`;
  const texts = tuples.slice(0, fewTuples).map((tuple) => tuple.map(({ value, type }, i) => valueText(model, columns[i] ?? '', value, type)));
  const words = texts.map((tuple) => (tuple.length === 1 ? tuple.join('') : `(${tuple.join(', ')})`)).join(', ');
  if (perContext) return `${names} is one of ${words}${count > fewTuples ? ', …' : ''}, each in its own group or row`;
  if (count === 1) return `${names} is ${words}`;
  return count > fewTuples ? `${names} is one of ${number} values: ${words}, …` : `${names} is one of ${words}`;
}

/** A value, with the label of a code. */
function valueText(model: ModelView, column: string, cell: Cell, type: ValueType): string {
  if (cell === null) return 'BLANK';
  const label = labelOf(model, column, cell);
  const text = asPlain(phrase(cellShown(cell, type, { format: undefined, culture: model.project.culture })), longestValue);
  return label === undefined ? text : `${asPlain(label, longestValue)} (${text})`;
}

function labelOf({ model }: ModelView, name: string, cell: Cell): string | undefined {
  for (const table of model.tables.values()) {
    for (const column of table.columns.values()) {
      if (column.choice !== undefined && nameKey(columnText({ table: table.name, column: column.name })) === nameKey(name)) return optionOf(model, column, cell)?.label;
    }
  }
  return undefined;
}
