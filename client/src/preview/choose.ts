// Choosing filters with quick picks: a column, then its values or its days.
import { QuickPickItemKind, window, type QuickPickItem } from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import type {
  PreviewChoice, PreviewChoicesParams, PreviewColumn, PreviewColumnsParams, PreviewFilter, PreviewState, PreviewStateParams, PreviewValue,
} from '../../../server/src/lsp/protocol/preview.ts';
import { askForDays } from './days.ts';

type Pick<T> = QuickPickItem & { readonly it?: T };

type Action = { readonly kind: 'column'; readonly column: PreviewColumn } | { readonly kind: 'clear' };

/**
 * @param uri of the document whose values are looked at
 * @returns the filters from now on; undefined where the person changed nothing
 */
export async function chooseFilters(client: BaseLanguageClient, uri: string, filters: readonly PreviewFilter[]): Promise<readonly PreviewFilter[] | undefined> {
  const action = await chooseColumn(client, uri, filters);
  if (action === undefined) return undefined;
  if (action.kind === 'clear') return [];
  const { column } = action;
  const others = filters.filter((it) => !isOn(it, column));
  const chosen = await chooseIn(client, column, filters.find((it) => isOn(it, column)));
  if (chosen === undefined) return undefined;
  return chosen === 'all' ? others : [...others, chosen];
}

async function chooseColumn(client: BaseLanguageClient, uri: string, filters: readonly PreviewFilter[]): Promise<Action | undefined> {
  const params: PreviewColumnsParams & PreviewStateParams = { uri };
  const state = client.sendRequest<PreviewState | null>('daxMetrics/previewState', params);
  const items = async (): Promise<readonly Pick<Action>[]> => {
    const columns = await client.sendRequest<readonly PreviewColumn[]>('daxMetrics/previewColumns', params);
    const several = new Set(columns.map((it) => it.model)).size > 1;
    const told = (await state)?.models.flatMap((it) => it.filters) ?? [];
    const item = (column: PreviewColumn): Pick<Action> => ({
      label: column.column,
      description: [column.table, several ? column.modelName : '', column.detail].filter((it) => it !== '').join(' · '),
      it: { kind: 'column', column },
    });
    const set = columns.filter((it) => filters.some((filter) => isOn(filter, it)));
    const inUse = set.map((it): Pick<Action> => ({
      ...item(it), label: `$(filter-filled) ${it.column}`,
      description: told.find((filter) => filter.column === `${it.table}[${it.column}]`)?.text ?? it.table,
    }));
    const clear: readonly Pick<Action>[] = filters.length === 0 ? [] : [{ label: '$(clear-all) Clear all filters', it: { kind: 'clear' } }];
    const rest = columns.filter((it) => !set.includes(it));
    const near = (kind: PreviewColumn['kind']): readonly Pick<Action>[] => rest.filter((it) => it.isNear && it.kind === kind).map(item);
    return [
      ...group('In use', [...inUse, ...clear]), ...group('Dates', near('dates')), ...group('Values', near('values')),
      ...group('Other tables', rest.filter((it) => !it.isNear).map(item)),
    ];
  };
  const found = items();
  const chosen = await window.showQuickPick(found, {
    title: 'Preview Filters', placeHolder: 'Values are computed for some rows only: choose a column', matchOnDescription: true,
  });
  if (chosen === undefined && (await found).length === 0) {
    void window.showInformationMessage('No model with data is known for this document, so there is nothing to filter.');
  }
  return chosen?.it;
}

const group = <T>(label: string, items: readonly Pick<T>[]): readonly Pick<T>[] =>
  items.length === 0 ? [] : [{ label, kind: QuickPickItemKind.Separator }, ...items];

/** @returns `all` where the filter is to be taken away */
async function chooseIn(client: BaseLanguageClient, column: PreviewColumn, now: PreviewFilter | undefined): Promise<PreviewFilter | 'all' | undefined> {
  const params: PreviewChoicesParams = { model: column.model, table: column.table, column: column.column };
  const choices = client.sendRequest<readonly PreviewChoice[] | null>('daxMetrics/previewChoices', params);
  const title = `Preview Filters: ${column.table}[${column.column}]`;
  return column.kind === 'dates' ? chooseDays(choices, title, column, now) : chooseValues(choices, title, column, now);
}

async function chooseDays(
  choices: Promise<readonly PreviewChoice[] | null>, title: string, { table, column }: PreviewColumn, now: PreviewFilter | undefined,
): Promise<PreviewFilter | 'all' | undefined> {
  type Days = { readonly from: string; readonly to: string } | 'type' | 'all';
  const items = async (): Promise<readonly Pick<Days>[]> => [
    ...((await choices) ?? []).flatMap((it): readonly Pick<Days>[] => (it.kind === 'days' ? [{ label: it.label, description: it.detail, it }] : [])),
    { label: '$(edit) From … to …', description: 'type the first and the last day', it: 'type' },
    ...(now === undefined ? [] : [{ label: '$(close) All days', it: 'all' as const }]),
  ];
  const chosen = (await window.showQuickPick(items(), { title, placeHolder: 'Values are computed for the rows of these days', matchOnDescription: true }))?.it;
  if (chosen === undefined || chosen === 'all') return chosen;
  const range = chosen === 'type' ? await askForDays(title, now?.kind === 'dates' ? now : {}) : chosen;
  return range === undefined ? undefined : { kind: 'dates', table, column, ...(range.from === undefined ? {} : { from: range.from }), ...(range.to === undefined ? {} : { to: range.to }) };
}

async function chooseValues(
  choices: Promise<readonly PreviewChoice[] | null>, title: string, { table, column }: PreviewColumn, now: PreviewFilter | undefined,
): Promise<PreviewFilter | 'all' | undefined> {
  const before = new Set(now?.kind === 'values' ? now.values : []);
  type Value = QuickPickItem & { readonly value: PreviewValue };
  const items = async (): Promise<readonly Value[]> => {
    const all = ((await choices) ?? []).flatMap((it): readonly Value[] =>
      it.kind === 'value' ? [{ label: it.label, description: it.detail, value: it.value, picked: before.has(it.value) }] : []);
    // What is chosen stands first, where it can be taken away without a search.
    return [...all.filter((it) => it.picked === true), ...all.filter((it) => it.picked !== true)];
  };
  const chosen = await window.showQuickPick(items(), { title, placeHolder: 'Values are computed for the rows with these; none for all rows', canPickMany: true, matchOnDescription: true });
  if (chosen === undefined) return undefined;
  return chosen.length === 0 ? 'all' : { kind: 'values', table, column, values: chosen.map((it) => it.value) };
}

/** As the language compares names. */
const isOn = (a: { readonly table: string; readonly column: string }, b: { readonly table: string; readonly column: string }): boolean =>
  a.table.toLowerCase() === b.table.toLowerCase() && a.column.toLowerCase() === b.column.toLowerCase();
