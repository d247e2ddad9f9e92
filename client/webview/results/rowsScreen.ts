/** "Show rows behind this value": the rows that an aggregate of the metric goes through, and those that it leaves out. */
import type { ResultsParams, ResultsTable, RowsBehind } from '../../../server/src/lsp/protocol/results.ts';
import { button, element } from '../page.ts';
import { createGrid } from './grid.ts';
import type { Page, ScreenView } from './main.ts';
import type { Screen } from './messages.ts';
import { countOf, greatestFirst, gridData, headOf, notesOf } from './parts.ts';
import { nextSort } from './state.ts';

type RowsScreen = Extract<Screen, { kind: 'rows' }>;

export function rowsScreen(page: Page): ScreenView<RowsScreen> {
  let answer: RowsBehind | undefined;
  let screen: RowsScreen = { kind: 'rows', filters: [], aggregate: 0, all: false };
  /** Whether the grid begins with a column that tells which rows count. */
  const hasCounted = (): boolean => answer?.counted !== undefined;

  const tableOf = (): ResultsTable | undefined => (answer !== undefined && 'columns' in answer.rows ? answer.rows : undefined);
  const wanted = (): ResultsParams => ({ subject: page.state().params.subject, ...withSort(screen), filters: screen.filters });
  const copy = (format: 'csv' | 'markdown'): void => page.post({ type: 'copy', params: { ...wanted(), format, behind: { aggregate: screen.aggregate, all: screen.all } } });

  const why = (row: number | undefined): void => {
    const key = row === undefined ? undefined : answer?.keys[row];
    if (key !== undefined && key !== '') page.open({ kind: 'fate', row: key });
  };
  const actions = element('div', { class: 'actions', role: 'toolbar', 'aria-label': 'Of the current row' });
  const grid = createGrid({
    sort(column) {
      const own = column - (hasCounted() ? 1 : 0);
      if (own < 0) return;
      const { sort: _sort, ...rest } = screen;
      const sort = nextSort(screen.sort, own, greatestFirst(tableOf()?.columns[own]));
      page.replace(sort === undefined ? rest : { ...rest, sort });
    },
    activate: (row) => why(row),
    click: () => undefined,
    menu(row, column) {
      const isRow = row >= 0;
      const key = answer?.keys[row] ?? '';
      const isCounted = answer?.counted?.[row];
      const text = column === 0 && hasCounted() ? undefined : tableOf()?.columns[column - (hasCounted() ? 1 : 0)]?.texts[row];
      const explain = isRow && key !== '' ? () => why(row) : undefined;
      return page.offer({
        whyCounted: isCounted === false ? undefined : explain,
        whyNotCounted: isCounted === false ? explain : undefined,
        copyValue: text === undefined ? undefined : () => page.post({ type: 'copyText', text }),
        copyCsv: () => copy('csv'),
        copyMarkdown: () => copy('markdown'),
      });
    },
    current(row) {
      const key = row === undefined ? undefined : answer?.keys[row];
      const isCounted = row === undefined ? undefined : answer?.counted?.[row];
      const text = isCounted === false ? 'Why is this row not counted?' : 'Why is this row counted?';
      actions.replaceChildren(...(key === undefined || key === '' ? [] : [button(text, () => why(row))]));
    },
  });

  const head = element('div', {});
  const which = element('select', { 'aria-label': 'Aggregate of the metric' });
  which.addEventListener('change', () => {
    const { sort: _sort, ...rest } = screen;
    page.replace({ ...rest, aggregate: which.selectedIndex });
  });
  const all = element('input', { type: 'checkbox' });
  all.addEventListener('change', () => page.replace({ ...screen, all: all.checked }));
  const allLabel = element('label', { class: 'check' }, all, element('span', {}));
  const options = element('div', { class: 'options' }, which, allLabel);
  const notes = element('p', { class: 'notes' });
  const none = element('p', { class: 'none' });
  const count = element('span', { class: 'count' });
  const body = element('div', { class: 'body' }, grid.element);
  const foot = element('div', { class: 'foot' }, count, button('Copy as CSV', () => copy('csv'), { class: 'quiet' }), button('Copy as Markdown', () => copy('markdown'), { class: 'quiet' }));
  const view = element('section', { class: 'rows', 'aria-label': 'Rows behind the value' }, head, options, notes, actions, none, body, foot);

  return {
    element: view,
    async show(next) {
      screen = next;
      const found = await page.ask('rows', { ...wanted(), aggregate: next.aggregate, all: next.all });
      if (found === undefined) return undefined;
      answer = found ?? undefined;
      const title = found?.title ?? '';
      head.replaceChildren(headOf([found?.table === undefined ? `Rows behind ${title}` : `Rows of ${found.table} behind ${title}`], () => page.back()));
      which.replaceChildren(...(found?.aggregates ?? []).map((it, i) => element('option', { value: i, ...(i === found?.aggregate ? { selected: '' } : {}) }, it)));
      which.hidden = found === null || found.aggregates.length < 2;
      all.checked = next.all;
      allLabel.hidden = found?.table === undefined;
      allLabel.lastElementChild?.replaceChildren('Also rows that are not counted');
      const said = found === null ? [] : [...(found.filters.length === 0 ? [] : [`Where ${found.filters.join(' and ')}`]), ...notesOf(found)];
      notes.textContent = said.join('. ');
      notes.hidden = said.length === 0;
      const rows = found?.rows;
      const table = rows !== undefined && 'columns' in rows ? rows : undefined;
      const failed = found === null ? 'There are no rows behind it: it is not in the text any more, or adds no rows up.'
        : rows !== undefined && !('columns' in rows) ? `${rows.kind === 'error' ? 'Error' : 'Not evaluated'}: ${rows.text}` : table?.total === 0 ? 'No rows.' : '';
      none.textContent = failed;
      none.hidden = failed === '';
      body.hidden = table === undefined || table.total === 0;
      foot.hidden = body.hidden;
      count.textContent = table === undefined ? '' : countOf(table, 'row');
      grid.show(table === undefined ? { label: '', columns: [], rows: 0, cell: () => ({ text: '', note: undefined, mark: undefined }) } : withCounted(gridData(table, { label: `Rows behind ${title}`, sort: next.sort, isLink: () => false })));
      page.say(table === undefined ? failed : countOf(table, 'row'));
      return title;
    },
    focus: () => grid.focus(),
  };

  function withCounted(data: ReturnType<typeof gridData>): ReturnType<typeof gridData> {
    const counted = answer?.counted;
    if (counted === undefined) return data;
    const column = { title: 'Counted', name: 'Whether the metric counts the row', isNumber: false, sortable: false, sorted: undefined, isLink: false };
    return {
      ...data,
      columns: [column, ...data.columns],
      cell: (row, i) => (i > 0 ? data.cell(row, i - 1)
        : { text: counted[row] === true ? '✓ counted' : counted[row] === false ? '✗ not counted' : 'not known', note: undefined, mark: counted[row] === true ? 'yes' : counted[row] === false ? 'no' : undefined }),
    };
  }
}

const withSort = ({ sort }: RowsScreen): Pick<RowsScreen, 'sort'> => (sort === undefined ? {} : { sort });
