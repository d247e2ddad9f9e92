/** What the filters of the preview may be chosen from: the columns of a document's models, their values, their days. */
import { nameKey, type Model, type Table } from '../../model/model.ts';
import type { ColumnRef } from '../../plan/plan.ts';
import type { TableFacts } from '../../plan/database.ts';
import { isMadeUpColumn } from '../../workspace/madeUp.ts';
import type { ModelView, Workspace } from '../../workspace/types.ts';
import { dimensionsOf, isSmallBeside } from '../dimensions.ts';
import { columnValues, mostCounted, optionOf, rowsAround } from '../columnValues.ts';
import { asPlain } from '../markdown.ts';
import { cellShown } from '../shown.ts';
import { dayBounds } from '../dayBounds.ts';
import { daysBefore, daysText, monthsBack } from '../days.ts';
import { modelsOf } from './models.ts';
import type { PreviewFilter, PreviewValue } from './filters.ts';

export interface PreviewColumn extends ColumnRef {
  /** Uri of the model's file. */
  readonly model: string;
  readonly modelName: string;
  readonly kind: PreviewFilter['kind'];
  /** Of a table that the document reads, or of a small dimension of one. */
  readonly isNear: boolean;
  /** `4 values`; empty where it is not known. */
  readonly detail: string;
}

export type PreviewChoice =
  | { readonly kind: 'value'; readonly label: string; readonly detail: string; readonly value: PreviewValue }
  | { readonly kind: 'days'; readonly label: string; readonly detail: string; readonly from: string; readonly to: string };

/** Values that a person looks through without a search. */
const few = 200;
/** Values in a list, the most frequent ones; more are counted. */
const mostChoices = 2_000;
const mostMonths = 36;

/**
 * Columns of the models that a document is read in: days first, then what few values tell apart. Of both those of the
 * dimensions of what the document reads, then those of the tables that it reads, then the others.
 */
export async function previewColumns(workspace: Workspace, uri: string): Promise<readonly PreviewColumn[]> {
  const found: PreviewColumn[] = [];
  for (const view of await modelsOf(workspace, uri)) {
    const facts = new Map((await workspace.facts(view)).map((it) => [nameKey(it.table), it]));
    const read = await tablesRead(workspace, uri, view);
    const all = tablesInOrder(view.model, facts, read).flatMap(([table, isNear]) => columnsOf(view, table, isNear, facts.get(nameKey(table.name))));
    // The sort keeps the order of tables, and in them that of their columns.
    found.push(...all.sort((a, b) => a.rank - b.rank).map((it) => it.column));
  }
  return found;
}

async function tablesRead(workspace: Workspace, uri: string, view: ModelView): Promise<readonly Table[]> {
  const found = new Set<Table>();
  for (const { segments } of (await workspace.document(uri))?.regions ?? []) {
    for (const { bound } of segments.flatMap((it) => it.readings.filter(({ model }) => model?.model === view.model))) {
      const { tables, columns } = bound.dependencies;
      for (const key of [...tables, ...[...columns].map((it) => it.split('\u0000')[0] ?? '')]) {
        const table = view.model.tables.get(key);
        if (table !== undefined) found.add(table);
      }
    }
  }
  return [...found];
}

const isReferredTo = ({ relationships }: Model, { table, column }: ColumnRef): boolean =>
  relationships.some((it) => {
    const one = it.cardinality === 'one-to-many' ? it.from : it.to;
    return it.active && nameKey(one.table) === nameKey(table) && nameKey(one.column) === nameKey(column);
  });

/** Each table with whether it is near. */
function tablesInOrder(model: Model, facts: ReadonlyMap<string, TableFacts>, read: readonly Table[]): readonly (readonly [table: Table, isNear: boolean])[] {
  const rowsOf = (it: Table): number => facts.get(nameKey(it.name))?.rowCount ?? 0;
  const rowsRead = Math.max(0, ...read.map(rowsOf));
  const dimensions = dimensionsOf(model, read);
  const small = dimensions.filter((it) => isSmallBeside(rowsOf(it), rowsRead));
  const near = new Set([...small, ...read]);
  return [...new Set([...near, ...dimensions, ...model.tables.values()])].filter((it) => !it.hidden).map((it) => [it, near.has(it)]);
}

function columnsOf(view: ModelView, table: Table, isTableNear: boolean, facts: TableFacts | undefined): readonly { readonly rank: number; readonly column: PreviewColumn }[] {
  return (facts?.columns ?? []).flatMap(({ name, type, distinct }) => {
    const declared = table.columns.get(nameKey(name));
    if (declared === undefined || declared.hidden || type === 'blank' || type === 'variant' || type === 'decimal') return [];
    const isDays = type === 'dateTime';
    if (!isDays && distinct !== undefined && (distinct < 2 || distinct > mostCounted)) return [];
    const isFew = !declared.key && distinct !== undefined && distinct <= few && type !== 'double';
    const detail = isDays || distinct === undefined ? '' : `${String(distinct)} values`;
    // The days of a calendar filter every table that refers to it.
    const isCalendar = isDays && isReferredTo(view.model, { table: table.name, column: declared.name });
    const isNear = isTableNear || isCalendar;
    return [{
      rank: (isNear ? 0 : 4) + (isCalendar ? 0 : isDays ? 1 : isFew ? 2 : 3),
      column: { model: view.model.uri, modelName: view.name, table: table.name, column: declared.name, kind: isDays ? 'dates' : 'values', isNear, detail },
    }];
  });
}

/** @returns undefined where the model or its data cannot be had */
export async function previewChoices(workspace: Workspace, modelUri: string, ref: ColumnRef): Promise<readonly PreviewChoice[] | undefined> {
  const view = (await workspace.models()).find((it) => it.model.uri === modelUri);
  if (view === undefined) return undefined;
  const facts = await workspace.columnFacts(view, ref);
  if (facts === undefined) return undefined;
  return facts.type === 'dateTime' ? daysIn(workspace, view, ref) : valuesIn(workspace, view, ref);
}

async function valuesIn(workspace: Workspace, view: ModelView, ref: ColumnRef): Promise<readonly PreviewChoice[] | undefined> {
  const column = view.model.tables.get(nameKey(ref.table))?.columns.get(nameKey(ref.column));
  const values = await columnValues(workspace, view, ref);
  if (values === undefined || column === undefined) return undefined;
  const counted = await rowsAround(workspace, view, ref);
  const { culture } = view.project;
  const generated = isMadeUpColumn(view, ref) ? ' (generated)' : '';
  const choices = values.slice(0, mostChoices).flatMap(({ value, rows: own }): readonly (Extract<PreviewChoice, { kind: 'value' }> & { readonly rows: number })[] => {
    if (value !== null && typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'boolean') return [];
    if (typeof value === 'string' && /[\r\n]/.test(value)) return [];
    const option = optionOf(view.model, column, value);
    const text = value === null ? '(Blank)' : typeof value === 'string' ? asPlain(value, 80) : String(value).toUpperCase();
    const rows = counted === undefined ? own : (counted.rows.get(value) ?? 0);
    const count = `${cellShown(rows, 'int64', { format: '#,0', culture }).text} ${rows === 1 ? 'row' : 'rows'}${counted === undefined ? '' : ` of ${asPlain(counted.table, 40)}`}${generated}`;
    return [{
      kind: 'value', value, rows, label: option === undefined ? (text === '' ? '""' : text) : asPlain(option.label, 80),
      detail: option === undefined ? count : `${text} · ${count}`,
    }];
  });
  return choices.sort((a, b) => b.rows - a.rows).map(({ kind, label, detail, value }) => ({ kind, label, detail, value }));
}

/** Ranges that end with the last day for which there are rows, and the months before it. */
async function daysIn(workspace: Workspace, view: ModelView, ref: ColumnRef): Promise<readonly PreviewChoice[]> {
  const days = await dayBounds(workspace, view, ref);
  if (days === undefined) return [];
  const { first, last } = days;
  const choice = (label: string, from: string, to: string): PreviewChoice => ({ kind: 'days', label, detail: label === daysText({ from, to }) ? '' : daysText({ from, to }), from, to });
  return [
    choice('Last 7 days of the data', daysBefore(last, 6), last),
    choice('Last 30 days of the data', daysBefore(last, 29), last),
    ...monthsBack(first, last, mostMonths).map((it) => choice(daysText(it), it.from, it.to)),
  ];
}
