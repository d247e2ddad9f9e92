/** The preview: filters that every value shown while writing obeys. Expectations are no preview: they never ask it. */
import { nameKey, type Model } from '../../model/model.ts';
import type { ColumnRef } from '../../plan/plan.ts';
import type { ModelView } from '../../workspace/types.ts';
import { optionOf } from '../columnValues.ts';
import { asPlain } from '../markdown.ts';
import { columnIn, conditions, filterArgument, readPreview, type PreviewFilter, type PreviewValue } from './filters.ts';
import { daysText } from '../days.ts';

export interface Preview {
  /** DAX filter arguments, as `metricQuery` and CALCULATETABLE take them; none where the model has no filtered column. */
  filters(model: ModelView): readonly string[];
  /** The same filters as conditions that a person would write. */
  conditions(model: ModelView): readonly string[];
  /** The filters that a model obeys, in words: `Channel Chat, May 2025`; undefined where none does. Plain text. */
  words(model: ModelView): string | undefined;
  /** What each filter says, and whether it applies to a model. */
  told(model: ModelView): readonly ToldFilter[];
}

export interface ToldFilter {
  /** `Chat`, `May 2025`, `Chat and 2 more`. */
  readonly text: string;
  /** `FactSession[ChannelId]`, without quotes. */
  readonly column: string;
  readonly applies: boolean;
}

export interface PreviewControl extends Preview {
  /** @param filters unchecked, as a client keeps them */
  set(filters: unknown): void;
}

/** Values that are named; more are counted. */
const mostNamed = 2;
const longestValue = 30;

/** Everything is seen. */
export const noPreview: Preview = { filters: () => [], conditions: () => [], words: () => undefined, told: () => [] };

/** @param onChange is told when values are others than before */
export function createPreview(onChange: () => void): PreviewControl {
  let filters: readonly PreviewFilter[] = [];
  const applying = (view: ModelView, textsOf: (filter: PreviewFilter, column: ColumnRef) => readonly string[]): readonly string[] =>
    filters.flatMap((it) => {
      const column = columnIn(view, it);
      return column === undefined ? [] : textsOf(it, column);
    });
  const told = (view: ModelView): readonly ToldFilter[] => filters.map((it) => toldOf(it, view));
  return {
    filters: (view) => applying(view, (it, column) => [filterArgument(it, column)]),
    conditions: (view) => applying(view, conditions),
    words(view) {
      const those = told(view).filter((it) => it.applies);
      return those.length === 0 ? undefined : those.map((it) => `${it.column} ${it.text}`).join(', ');
    },
    told,
    set(value) {
      const next = readPreview(value);
      if (JSON.stringify(next) === JSON.stringify(filters)) return;
      filters = next;
      onChange();
    },
  };
}

function toldOf(filter: PreviewFilter, view: ModelView): ToldFilter {
  const column = columnIn(view, filter) ?? filter;
  return { text: textOf(filter, view.model), column: asPlain(`${column.table}[${column.column}]`, 80), applies: columnIn(view, filter) !== undefined };
}

function textOf(filter: PreviewFilter, model: Model): string {
  if (filter.kind === 'dates') return daysText(filter);
  const column = model.tables.get(nameKey(filter.table))?.columns.get(nameKey(filter.column));
  const nameOf = (value: PreviewValue): string => (value === null ? 'blank' : (column === undefined ? undefined : optionOf(model, column, value))?.label ?? String(value));
  const named = filter.values.slice(0, mostNamed).map((it) => asPlain(nameOf(it), longestValue)).join(', ');
  return filter.values.length > mostNamed ? `${named} and ${String(filter.values.length - mostNamed)} more` : named;
}
