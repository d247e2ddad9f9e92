/** The first screen: a metric by columns, or a query's rows, as a grid with a chart beside it. */
import type { GroupBy, ResultFilter, Results } from '../../../server/src/lsp/protocol/results.ts';
import { button, element } from '../page.ts';
import { createChart } from './chart.ts';
import { chartData } from './chartData.ts';
import { createGrid } from './grid.ts';
import { layoutOf, type Layout } from './layout.ts';
import type { Page, ScreenView } from './main.ts';
import type { Screen } from './messages.ts';
import { countOf, greatestFirst, notesOf, valueOf } from './parts.ts';
import { nextSort, withFilter, withMatrix, withoutColumn, withSort } from './state.ts';

/** Values that are pinned at once. */
const mostPins = 20;

export function gridScreen(page: Page): ScreenView<Extract<Screen, { kind: 'grid' }>> {
  let answer: Results | undefined;
  let layout: Layout | undefined;

  const isMetric = (): boolean => answer?.value !== undefined;
  const keep = (filter: ResultFilter): void => {
    const state = page.state();
    page.update({ ...state, params: withFilter(state.params, filter) });
  };
  const filterBy = (row: number, column: number): void => {
    const filter = layout?.filterAt(row, column);
    if (filter === undefined) return page.say('No filter can tell this value exactly.');
    keep(filter);
  };
  /** The filters of the view and of the cell's group. */
  const contextOf = (row: number, column: number): readonly ResultFilter[] | undefined =>
    (isMetric() ? layout?.groupAt(row, column) : [])?.reduce((params, it) => withFilter(params, it), page.state().params).filters;
  const explain = (row: number, column: number): void => {
    const filters = contextOf(row, column);
    if (filters === undefined) return page.say('No filter can tell this group exactly.');
    const value = isMetric() ? layout?.valueAt(row, column) : undefined;
    page.open({ kind: 'explain', filters, ...(value === undefined || value === '' ? {} : { shown: value }) });
  };
  const rowsBehind = (row: number, column: number): void => {
    const filters = contextOf(row, column);
    if (filters === undefined) return page.say('No filter can tell this group exactly.');
    page.open({ kind: 'rows', filters, aggregate: 0, all: false });
  };
  const pin = (groups: readonly (readonly ResultFilter[])[], total: number): void => {
    const rest = groups.length < mostPins ? 'No filter can tell the others exactly.' : `No more than ${String(mostPins)} are pinned at once.`;
    page.post({ type: 'pin', params: { subject: page.state().params.subject, groups }, total, rest });
  };
  const pinValue = (row: number, column: number): void => {
    const filters = contextOf(row, column);
    if (filters === undefined) return page.say('No filter can tell this group exactly.');
    pin([filters], 1);
  };
  /** Of a matrix all cells that have a value, row by row. */
  const pinRows = (): void => {
    const its = layout;
    if (its === undefined) return;
    const groups: (readonly ResultFilter[])[] = [];
    let total = 0;
    for (let row = 0; row < its.table.rows; row++) {
      its.table.columns.forEach(({ role, cells }, column) => {
        if (role !== 'value' || (answer?.matrix !== undefined && (its.filterAt(row, column) === undefined || cells[row] === null))) return;
        total++;
        const filters = groups.length < mostPins ? contextOf(row, column) : undefined;
        if (filters !== undefined) groups.push(filters);
      });
    }
    if (groups.length === 0) return page.say('No filter can tell these groups exactly.');
    pin(groups, total + (answer?.matrix === undefined ? its.table.total - its.table.rows : 0));
  };

  const title = element('h1', {});
  const columns = button('', () => {
    const { params } = page.state();
    page.post({ type: 'chooseColumns', subject: params.subject, by: answer?.by ?? [] });
  }, { class: 'choose', title: 'Choose the columns that the metric is broken down by' });
  const chips = element('ul', { class: 'chips', 'aria-label': 'Filters' });
  const actions = element('div', { class: 'actions', role: 'toolbar', 'aria-label': 'Of the current row' });
  const notes = element('p', { class: 'notes' });
  const none = element('p', { class: 'none' });
  const chart = createChart();
  const count = element('span', { class: 'count' });
  const hide = button('', () => {
    const state = page.state();
    page.update({ ...state, chart: !state.chart });
  }, { class: 'quiet' });
  const turn = button('', () => {
    const state = page.state();
    page.update({ ...state, params: withMatrix(state.params, answer?.matrix === undefined) });
  }, { class: 'quiet' });
  const copy = (format: 'csv' | 'markdown'): void => page.post({ type: 'copy', params: { ...page.state().params, by: answer?.by ?? [], format } });
  const foot = element('div', { class: 'foot' }, count, turn, hide, button('Copy as CSV', () => copy('csv'), { class: 'quiet' }), button('Copy as Markdown', () => copy('markdown'), { class: 'quiet' }));

  const grid = createGrid({
    sort(column) {
      const state = page.state();
      page.update({ ...state, params: withSort(state.params, nextSort(state.params.sort, column, greatestFirst(layout?.table.columns[column]))) });
    },
    activate(row, column) {
      if (isLink(row, column)) filterBy(row, column);
      else explain(row, column);
    },
    click(row, column) {
      if (isLink(row, column)) filterBy(row, column);
    },
    menu(row, column) {
      const filter = layout?.filterAt(row, column);
      const other = filter === undefined ? undefined : withoutColumn(page.state().params, filter);
      const text = layout?.textAt(row, column);
      const isValue = isMetric() && (row >= 0 || contextOf(row, column) !== page.state().params.filters);
      return page.offer({
        keep: filter === undefined || isKept(filter) ? undefined : () => keep(filter),
        drop: other === undefined ? undefined : () => page.update({ ...page.state(), params: other }),
        explain: isValue || !isMetric() ? () => explain(row, column) : undefined,
        rows: isValue && answer?.hasRows === true ? () => rowsBehind(row, column) : undefined,
        copyValue: text === undefined || text === '' ? undefined : () => page.post({ type: 'copyText', text }),
        copyCsv: () => copy('csv'),
        copyMarkdown: () => copy('markdown'),
        pinValue: isValue ? () => pinValue(row, column) : undefined,
        pinRows: isMetric() && (answer?.by.length ?? 0) > 0 ? pinRows : undefined,
      });
    },
    current: (row, column) => drawActions(row ?? -1, column),
  });
  const isLink = (row: number, column: number): boolean => layout !== undefined && row < layout.table.rows && layout.isLink(column);
  const isKept = (filter: ResultFilter): boolean => page.state().params.filters.some((it) => JSON.stringify(it) === JSON.stringify(filter));

  const body = element('div', { class: 'body' }, grid.element, chart.element);
  const view = element('section', { class: 'results', 'aria-label': 'Results' }, element('header', { class: 'head' }, title, columns, chips), actions, notes, none, body, foot);

  function drawActions(row: number, column: number): void {
    const made: HTMLElement[] = [];
    const words = layout?.wordsAt(row, column).join(', ') ?? '';
    if (isMetric()) made.push(element('span', { class: 'of', title: words }, words === '' ? 'All groups:' : `${words}:`));
    made.push(button(isMetric() ? 'Explain this value' : 'Explain this result', () => explain(row, column)));
    if (answer?.hasRows === true) made.push(button('Show rows behind this value', () => rowsBehind(row, column)));
    if (isMetric()) made.push(button('Pin this value', () => pinValue(row, column), { title: 'Expect this value from now on' }));
    const filter = layout?.filterAt(row, column);
    if (filter !== undefined && !isKept(filter)) made.push(button(`Only ${layout?.nameAt(row, column) ?? ''}`, () => filterBy(row, column), { class: 'keep', title: 'Keep only the rows with this value' }));
    actions.replaceChildren(...made);
  }

  function drawChips(filters: readonly ResultFilter[], names: Results['filters']): void {
    chips.replaceChildren(...filters.map((it, i) => {
      const { text, applies } = names[i] ?? { text: it.by?.column ?? it.column ?? '', applies: true };
      const shown = applies ? text : `${text} (there is no such column)`;
      const remove = button(shown, () => {
        const state = page.state();
        page.update({ ...state, params: { ...state.params, filters: state.params.filters.filter((other) => other !== it) } });
        grid.focus();
      }, { class: 'chip', 'aria-label': `Remove the filter ${shown}`, title: 'Remove this filter' });
      remove.append(element('span', { 'aria-hidden': 'true' }, ' ×'));
      return element('li', {}, remove);
    }));
    chips.hidden = filters.length === 0;
  }

  return {
    element: view,
    async show() {
      const { params, chart: isDrawn } = page.state();
      const found = await page.ask('results', params);
      if (found === undefined) return undefined;
      answer = found ?? undefined;
      layout = answer === undefined ? undefined : layoutOf(answer);
      drawChips(params.filters, found?.filters ?? []);
      const its = layout?.table;
      title.replaceChildren(found?.title ?? (params.subject.kind === 'metric' ? params.subject.name : 'Query'), ...(found?.value === undefined ? [] : [' = ', valueOf(found.value)]));
      title.title = title.textContent;
      columns.hidden = params.subject.kind !== 'metric' || found === null;
      columns.textContent = found === null || found.by.length === 0 ? 'Choose columns…' : `By ${found.by.map(nameOf).join(' and ')}…`;
      const failed = found === null ? 'It is not in the text any more.' : 'columns' in found.table ? (found.table.total === 0 ? 'No rows.' : '') : `${found.table.kind === 'error' ? 'Error' : 'Not evaluated'}: ${found.table.text}`;
      none.textContent = failed;
      none.hidden = failed === '';
      const second = found?.by[1];
      const said = found === null ? [] : [
        ...notesOf(found), ...(params.matrix === true && !found.canBeMatrix && second !== undefined && failed === '' ? [`${nameOf(second)} has too many values to stand across`] : []),
      ];
      notes.textContent = said.join('. ');
      notes.hidden = said.length === 0;
      body.hidden = its === undefined || its.total === 0;
      body.classList.toggle('wide', found?.matrix !== undefined);
      foot.hidden = body.hidden;
      actions.hidden = found === null;
      const data = found === null ? undefined : chartData(found);
      chart.show(isDrawn && !body.hidden ? data : undefined);
      hide.hidden = data === undefined;
      hide.textContent = isDrawn ? 'Hide chart' : 'Show chart';
      turn.hidden = second === undefined || found?.canBeMatrix !== true;
      turn.textContent = found?.matrix === undefined ? 'Show as matrix' : 'Show as list';
      turn.title = second === undefined || found?.matrix !== undefined ? '' : `The values of ${nameOf(second)} across`;
      grid.show(layout?.data(found?.title ?? '', params.sort) ?? { label: '', columns: [], rows: 0, cell: () => ({ text: '', note: undefined, mark: undefined }) });
      const words = its === undefined ? failed : countOf(its, params.subject.kind === 'metric' && found?.matrix === undefined && its.columns.length > 1 ? 'group' : 'row');
      count.textContent = its === undefined ? '' : words;
      page.say([words, ...(data?.left ?? []).map((it) => `in the chart, ${it}`)].filter((it) => it !== '').join('; '));
      return found?.title ?? '';
    },
    focus: () => grid.focus(),
  };
}

const nameOf = ({ column, grain }: GroupBy): string => (grain === undefined ? column : `${column} (${grain})`);
