// The choice of the columns that a metric is broken down by: one or two, dates by day, month or year.
import { QuickPickItemKind, window, type QuickPickItem } from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import type { Grain, GroupBy, ResultChoice, ResultSubject } from '../../../server/src/lsp/protocol/results.ts';

interface Item extends QuickPickItem {
  readonly by?: GroupBy;
}

/** Columns at once: along the chart, and a series each. */
const mostColumns = 2;
const grains: readonly Grain[] = ['day', 'month', 'year'];

/** @returns undefined where the person chose nothing new */
export async function chooseColumns(client: BaseLanguageClient, subject: ResultSubject, current: readonly GroupBy[]): Promise<readonly GroupBy[] | undefined> {
  const choices = client.sendRequest<readonly ResultChoice[] | null>('daxMetrics/resultChoices', { subject });
  const picker = window.createQuickPick<Item>();
  picker.title = 'Columns to break the metric down by';
  picker.placeholder = 'Choose one or two columns';
  picker.canSelectMany = true;
  picker.matchOnDescription = true;
  picker.busy = true;
  const chosen = new Promise<readonly GroupBy[] | undefined>((resolve) => {
    let selected: readonly Item[] = [];
    picker.onDidChangeSelection((items) => {
      // The one that was chosen first gives way to a third.
      const ordered = [...selected.filter((it) => items.includes(it)), ...items.filter((it) => !selected.includes(it))];
      selected = ordered.slice(-mostColumns);
      if (ordered.length > mostColumns) picker.selectedItems = selected;
    });
    picker.onDidAccept(() => resolve(selected.flatMap((it) => it.by ?? [])));
    picker.onDidHide(() => resolve(undefined));
    void choices.then((found) => {
      picker.items = itemsOf(found ?? []);
      const keys = current.map((it) => keyOf(it));
      selected = keys.flatMap((key) => picker.items.filter((it) => it.by !== undefined && keyOf(it.by) === key));
      picker.selectedItems = selected;
      picker.busy = false;
    }, () => picker.hide());
  });
  picker.show();
  const by = await chosen;
  picker.dispose();
  return by;
}

const keyOf = ({ table, column, grain }: GroupBy): string => JSON.stringify([table, column, grain]);

function itemsOf(choices: readonly ResultChoice[]): readonly Item[] {
  const items: Item[] = [];
  let table: string | undefined;
  for (const it of choices) {
    if (it.hidden) continue;
    if (it.table !== table) items.push({ label: it.isNear ? it.table : `${it.table} (not related to the metric)`, kind: QuickPickItemKind.Separator });
    table = it.table;
    const by = { table: it.table, column: it.column };
    const count = it.distinct === null ? '' : `${it.distinct.toLocaleString()} ${it.distinct === 1 ? 'value' : 'values'}`;
    if (it.type === 'dateTime') for (const grain of grains) items.push({ label: `${it.column} by ${grain}`, description: it.table, by: { ...by, grain } });
    items.push({ label: it.column, description: [it.table, count].filter((text) => text !== '').join(', '), by });
  }
  return items;
}
