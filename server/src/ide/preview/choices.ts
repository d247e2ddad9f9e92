/** What the filters of the preview may be chosen from: the columns of a document's models, their values, their days. */
import { nameKey, type Model, type Table } from '../../model/model.ts';
import type { ColumnRef } from '../../plan/plan.ts';
import type { TableFacts } from '../../plan/database.ts';
import { isMadeUpColumn } from '../../workspace/madeUp.ts';
import { columnText } from '../../workspace/queries.ts';
import { quoteTable } from '../../../../grammar/src/index.ts';
import type { ModelView, Workspace } from '../../workspace/types.ts';
import { columnFacts, columnValues, mostCounted, optionOf } from '../columnValues.ts';
import { asPlain } from '../markdown.ts';
import { cellShown } from '../shown.ts';
import { dayOf, daysBefore, daysText, monthsBack } from './days.ts';
import { modelsOf } from './models.ts';
import type { PreviewFilter, PreviewValue } from './filters.ts';

export interface PreviewColumn extends ColumnRef {
  /** Uri of the model's file. */
  readonly model: string;
  readonly modelName: string;
  readonly kind: PreviewFilter['kind'];
  /** `4 values`; empty where it is not known. */
  readonly detail: string;
}

export type PreviewChoice =
  | { readonly kind: 'value'; readonly label: string; readonly detail: string; readonly value: PreviewValue }
  | { readonly kind: 'days'; readonly label: string; readonly detail: string; readonly from: string; readonly to: string };

/** Values in a list, the most frequent ones; more are counted. */
const mostChoices = 2_000;
const mostMonths = 36;
/** Tables that refer to a date table whose days are asked for. */
const mostFacts = 12;

/** Columns of the models that a document is read in: days first, then what few values tell apart, the dimensions' before the rest. */
export async function previewColumns(workspace: Workspace, uri: string): Promise<readonly PreviewColumn[]> {
  const found: PreviewColumn[] = [];
  for (const view of await modelsOf(workspace, uri)) {
    const facts = await workspace.facts(view);
    const all = [...view.model.tables.values()].flatMap((table) => columnsOf(view, table, facts.find((it) => nameKey(it.table) === nameKey(table.name))));
    found.push(...all.sort((a, b) => a.rank - b.rank).map((it) => it.column));
  }
  return found;
}

function columnsOf(view: ModelView, table: Table, facts: TableFacts | undefined): readonly { readonly rank: number; readonly column: PreviewColumn }[] {
  if (table.hidden) return [];
  const isDimension = view.model.relationships.some((it) => it.active && nameKey(oneSide(it)) === nameKey(table.name));
  return (facts?.columns ?? []).flatMap(({ name, type, distinct }) => {
    const declared = table.columns.get(nameKey(name));
    if (declared === undefined || declared.hidden || type === 'blank' || type === 'variant' || type === 'decimal') return [];
    const isDays = type === 'dateTime';
    if (!isDays && distinct !== undefined && (distinct < 2 || distinct > mostCounted)) return [];
    const isFew = !declared.key && distinct !== undefined && distinct <= 200 && type !== 'double';
    const rank = isDays ? (isDimension ? 0 : 1) : isFew ? (isDimension ? 2 : declared.choice === undefined ? 4 : 3) : 5;
    const detail = isDays || distinct === undefined ? '' : `${String(distinct)} values`;
    return [{ rank, column: { model: view.model.uri, modelName: view.name, table: table.name, column: declared.name, kind: isDays ? 'dates' : 'values', detail } }];
  });
}

const oneSide = (it: Model['relationships'][number]): string => (it.cardinality === 'one-to-many' ? it.from.table : it.to.table);

/** @returns undefined where the model or its data cannot be had */
export async function previewChoices(workspace: Workspace, modelUri: string, ref: ColumnRef): Promise<readonly PreviewChoice[] | undefined> {
  const view = (await workspace.models()).find((it) => it.model.uri === modelUri);
  if (view === undefined) return undefined;
  const facts = await columnFacts(workspace, view, ref);
  if (facts === undefined) return undefined;
  return facts.type === 'dateTime' ? daysIn(workspace, view, ref) : valuesIn(workspace, view, ref);
}

async function valuesIn(workspace: Workspace, view: ModelView, ref: ColumnRef): Promise<readonly PreviewChoice[] | undefined> {
  const column = view.model.tables.get(nameKey(ref.table))?.columns.get(nameKey(ref.column));
  const values = await columnValues(workspace, view, ref);
  if (values === undefined || column === undefined) return undefined;
  const generated = isMadeUpColumn(view, ref) ? ' (generated)' : '';
  return values.slice(0, mostChoices).flatMap(({ value, rows }): readonly PreviewChoice[] => {
    if (value !== null && typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'boolean') return [];
    if (typeof value === 'string' && /[\r\n]/.test(value)) return [];
    const option = optionOf(view.model, column, value);
    const text = value === null ? '(Blank)' : typeof value === 'string' ? asPlain(value, 80) : String(value).toUpperCase();
    const count = `${cellShown(rows, 'int64', { format: '#,0', culture: view.project.culture }).text} ${rows === 1 ? 'row' : 'rows'}${generated}`;
    return [{
      kind: 'value', value, label: option === undefined ? (text === '' ? '""' : text) : asPlain(option.label, 80),
      detail: option === undefined ? count : `${text} · ${count}`,
    }];
  });
}

/** Ranges that end with the last day for which there are rows, and the months before it. */
async function daysIn(workspace: Workspace, view: ModelView, ref: ColumnRef): Promise<readonly PreviewChoice[]> {
  const days = await boundsOf(workspace, view, ref);
  if (days === undefined) return [];
  const { first, last } = days;
  const choice = (label: string, from: string, to: string): PreviewChoice => ({ kind: 'days', label, detail: label === daysText({ from, to }) ? '' : daysText({ from, to }), from, to });
  return [
    choice('Last 7 days of the data', daysBefore(last, 6), last),
    choice('Last 30 days of the data', daysBefore(last, 29), last),
    ...monthsBack(first, last, mostMonths).map((it) => choice(daysText(it), it.from, it.to)),
  ];
}

/** First and last day: of a calendar the days that the tables around it refer to, since it goes on without rows. */
async function boundsOf(workspace: Workspace, view: ModelView, ref: ColumnRef): Promise<{ readonly first: string; readonly last: string } | undefined> {
  const key = nameKey(ref.table);
  const facts = view.model.relationships.flatMap((it) =>
    !it.active || nameKey(oneSide(it)) !== key ? [] : [nameKey(it.from.table) === key ? it.to.table : it.from.table]).slice(0, mostFacts);
  const text = columnText(ref);
  const tables = facts.length === 0 ? [undefined] : [...new Set(facts)];
  const parts = tables.flatMap((it, i) => ['MIN', 'MAX'].map((fn) =>
    `"${fn}${String(i)}", ${it === undefined ? `${fn}(${text})` : `CALCULATE(${fn}(${text}), ${quoteTable(it)})`}`));
  const [result] = await workspace.evaluate(view, [{ query: `EVALUATE ROW(${parts.join(', ')})` }]);
  if (result?.kind !== 'table') return undefined;
  const found = result.columns.flatMap((it) => (typeof it.cells[0] === 'number' ? [it.cells[0]] : []));
  return found.length === 0 ? undefined : { first: dayOf(Math.min(...found)), last: dayOf(Math.max(...found)) };
}
