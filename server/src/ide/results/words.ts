/** Filters and codes in words: filters of the view, and those of a step of a trace. */
import { parseExpression } from '../../../../grammar/src/index.ts';
import { nameKey } from '../../model/model.ts';
import type { ColumnRef } from '../../plan/plan.ts';
import type { TraceFilter } from '../../plan/trace.ts';
import type { Cell, ValueType } from '../../plan/values.ts';
import { columnText } from '../../workspace/queries.ts';
import type { ModelView } from '../../workspace/types.ts';
import { optionOf } from '../columnValues.ts';
import { asPlain } from '../markdown.ts';
import { cellShown, phrase } from '../shown.ts';
import { cellOf } from './cells.ts';
import type { Grain, ResultFilter } from './records.ts';
import { textOf, type ColumnView } from './table.ts';

const longestValue = 60;
/** In UTF-16 units of its reference. */
const longestColumn = 500;
/** Tuples of a filter that are named. */
const fewTuples = 5;

/** `DimChannel[Channel] is Chat`, for each filter of a metric's results. */
export function filterTexts(model: ModelView, filters: readonly ResultFilter[]): readonly string[] {
  return filters.flatMap(({ by, type, value }) => (by === undefined ? [] : [`${columnText(by)} is ${partText(valueText(model, by, cellOf(value, type), type), by.grain)}`]));
}

/**
 * A filter in a few words: `Channel: Chat`, `On (month): 2025-02`.
 *
 * @param columns of the rows that a query's filter is about
 */
export function filterName(model: ModelView, { by, column, type, value }: ResultFilter, columns: readonly ColumnView[]): string {
  const cell = cellOf(value, type);
  if (by !== undefined) {
    const label = cell === null ? undefined : labelOf(model, by, cell);
    const text = label === undefined ? partText(valueText(model, by, cell, type), by.grain) : asPlain(label, longestValue);
    return `${by.grain === undefined ? by.column : `${by.column} (${by.grain})`}: ${text}`;
  }
  const view = columns.find((it) => it.name === column);
  return `${view?.title ?? column ?? ''}: ${view === undefined ? valueText(model, undefined, cell, type) : asPlain(textOf(view, cell), longestValue)}`;
}

const partText = (text: string, grain: Grain | undefined): string => (text === 'BLANK' ? text : grain === 'month' ? text.slice(0, 7) : grain === 'year' ? text.slice(0, 4) : text);

export function traceFilterText(model: ModelView, { columns, tuples, count, perContext }: TraceFilter): string {
  const names = columns.map((it) => asPlain(it, longestValue)).join(', ');
  const number = count.toLocaleString('en-US');
  const refs = columns.map((it) => columnNamed(model, it));
  if (tuples.length === 0) return `${names}: ${number} ${count === 1 ? 'row' : 'rows'}`;
  const texts = tuples.slice(0, fewTuples).map((tuple) => tuple.map(({ value, type }, i) => valueText(model, refs[i], value, type)));
  const words = texts.map((tuple) => (tuple.length === 1 ? tuple.join('') : `(${tuple.join(', ')})`)).join(', ');
  if (perContext) return `${names} is one of ${words}${count > fewTuples ? ', …' : ''}, each in its own group or row`;
  if (count === 1) return `${names} is ${words}`;
  return count > fewTuples ? `${names} is one of ${number} values: ${words}, …` : `${names} is one of ${words}`;
}

/** Puts labels before the codes that an expression reads, where it is a column and nothing else. */
export function labelledIn(model: ModelView, text: string): (cell: Cell, shown: string) => string {
  const { expression } = text.endsWith(']') && text.length <= longestColumn ? parseExpression(text) : {};
  if (expression?.kind !== 'column' || expression.table === undefined) return (_, shown) => shown;
  const ref = { table: expression.table.text, column: expression.column.text };
  return (cell, shown) => labelled(labelOf(model, ref, cell), shown);
}

const labelled = (label: string | undefined, text: string): string => (label === undefined ? text : `${asPlain(label, longestValue)} (${text})`);

/** A value, with the label of a code. */
function valueText(model: ModelView, ref: ColumnRef | undefined, cell: Cell, type: ValueType): string {
  if (cell === null) return 'BLANK';
  const label = ref === undefined ? undefined : labelOf(model, ref, cell);
  const text = asPlain(phrase(cellShown(cell, type, { format: undefined, culture: model.project.culture })), longestValue);
  return labelled(label, text);
}

function labelOf({ model }: ModelView, { table, column }: ColumnRef, cell: Cell): string | undefined {
  const its = model.tables.get(nameKey(table))?.columns.get(nameKey(column));
  return its === undefined ? undefined : optionOf(model, its, cell)?.label;
}

/** The column of a trace's name `T[c]`, in which both names stand as they are. */
function columnNamed({ model }: ModelView, name: string): ColumnRef | undefined {
  for (const { name: table, columns } of model.tables.values()) {
    if (!nameKey(name).startsWith(nameKey(`${table}[`))) continue;
    const column = columns.get(nameKey(name.slice(table.length + 1, -1)));
    if (column !== undefined) return { table, column: column.name };
  }
  return undefined;
}
