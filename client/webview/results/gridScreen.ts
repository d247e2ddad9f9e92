/** The first screen: a metric by columns, or a query's rows, as a grid with a chart beside it. */
import type { GroupBy, ResultFilter, Results, ResultsTable } from '../../../server/src/lsp/protocol/results.ts';
import { button, element } from '../page.ts';
import { createChart } from './chart.ts';
import { chartData } from './chartData.ts';
import { createGrid } from './grid.ts';
import type { Page, ScreenView } from './main.ts';
import type { Screen } from './messages.ts';
import { countOf, filterOf, greatestFirst, gridData, groupOf, notesOf, valueOf } from './parts.ts';
import { nextSort, withFilter, withSort } from './state.ts';

export function gridScreen(page: Page): ScreenView<Extract<Screen, { kind: 'grid' }>> {
  let answer: Results | undefined;
  /** Texts of filters as they were when they were clicked. */
  const names = new Map<string, string>();

  const table = (): ResultsTable | undefined => (answer !== undefined && 'columns' in answer.table ? answer.table : undefined);
  const filterAt = (row: number, column: number): ResultFilter | undefined => {
    const its = table();
    return its === undefined || answer === undefined ? undefined : filterOf(its, row, column, answer.by);
  };
  const filterBy = (row: number, column: number): void => {
    const filter = filterAt(row, column);
    if (filter === undefined) return page.say('No filter can tell this value exactly.');
    names.set(JSON.stringify(filter), `${table()?.columns[column]?.title ?? ''}: ${table()?.columns[column]?.texts[row] ?? ''}`);
    const state = page.state();
    page.update({ ...state, params: withFilter(state.params, filter) });
  };
  /** The filters of the view and of the row's group. */
  const contextOf = (row: number | undefined): readonly ResultFilter[] | undefined => {
    const its = table();
    const own = row === undefined || its === undefined || answer === undefined ? [] : groupOf(its, row, answer.by);
    return own === undefined ? undefined : own.reduce((params, it) => withFilter(params, it), page.state().params).filters;
  };
  const explain = (row: number | undefined): void => {
    const filters = contextOf(row);
    if (filters === undefined) return page.say('No filter can tell this group exactly.');
    const value = row === undefined ? undefined : table()?.columns.find((it) => it.role === 'value')?.texts[row];
    page.open({ kind: 'explain', filters, ...(value === undefined ? {} : { shown: value }) });
  };
  const rowsBehind = (row: number | undefined): void => {
    const filters = contextOf(row);
    if (filters === undefined) return page.say('No filter can tell this group exactly.');
    page.open({ kind: 'rows', filters, aggregate: 0, all: false });
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
  const copy = (format: 'csv' | 'markdown'): void => page.post({ type: 'copy', params: { ...page.state().params, by: answer?.by ?? [], format } });
  const foot = element('div', { class: 'foot' }, count, hide, button('Copy as CSV', () => copy('csv'), { class: 'quiet' }), button('Copy as Markdown', () => copy('markdown'), { class: 'quiet' }));

  const grid = createGrid({
    sort(column) {
      const state = page.state();
      page.update({ ...state, params: withSort(state.params, nextSort(state.params.sort, column, greatestFirst(table()?.columns[column]))) });
    },
    activate(row, column) {
      if (isLink(column)) filterBy(row, column);
      else explain(answer?.value === undefined ? undefined : row);
    },
    click(row, column) {
      if (isLink(column)) filterBy(row, column);
    },
    current: (row, column) => drawActions(row, column),
  });
  const isLink = (column: number): boolean => {
    const its = table()?.columns[column];
    return its !== undefined && (its.role === 'group' || (its.role === 'plain' && (its.codes !== undefined || its.type === 'string' || its.type === 'boolean' || its.type === 'dateTime')));
  };

  const body = element('div', { class: 'body' }, grid.element, chart.element);
  const view = element('section', { class: 'results', 'aria-label': 'Results' }, element('header', { class: 'head' }, title, columns, chips), actions, notes, none, body, foot);

  function drawActions(row: number | undefined, column: number): void {
    const its = table();
    const made: HTMLElement[] = [];
    const isMetric = answer?.value !== undefined;
    const inRow = row !== undefined && its !== undefined && isMetric && answer !== undefined && answer.by.length > 0;
    const where = inRow ? its.columns.flatMap((it) => (it.role === 'group' ? [it.texts[row] ?? ''] : [])).join(', ') : '';
    if (isMetric) made.push(element('span', { class: 'of', title: where }, inRow ? `${where}:` : 'All groups:'));
    made.push(button(isMetric ? 'Explain this value' : 'Explain this result', () => explain(inRow ? row : undefined)));
    if (answer?.hasRows === true) made.push(button('Show rows behind this value', () => rowsBehind(inRow ? row : undefined)));
    const text = row === undefined ? undefined : its?.columns[column]?.texts[row];
    if (row !== undefined && text !== undefined && filterAt(row, column) !== undefined) {
      made.push(button(`Only ${text}`, () => filterBy(row, column), { title: 'Keep only the rows with this value' }));
    }
    actions.replaceChildren(...made);
  }

  function drawChips(filters: readonly ResultFilter[]): void {
    chips.replaceChildren(...filters.map((it) => {
      const text = names.get(JSON.stringify(it)) ?? `${it.by?.column ?? it.column ?? ''}: ${String(it.value ?? 'BLANK')}`;
      const remove = button(text, () => {
        const state = page.state();
        page.update({ ...state, params: { ...state.params, filters: state.params.filters.filter((other) => other !== it) } });
        grid.focus();
      }, { class: 'chip', 'aria-label': `Remove the filter ${text}`, title: 'Remove this filter' });
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
      drawChips(params.filters);
      const its = table();
      const isMetric = params.subject.kind === 'metric';
      title.replaceChildren(found?.title ?? (params.subject.kind === 'metric' ? params.subject.name : 'Query'), ...(found?.value === undefined ? [] : [' = ', valueOf(found.value)]));
      columns.hidden = !isMetric || found === null;
      columns.textContent = found === null || found.by.length === 0 ? 'Choose columns…' : `By ${found.by.map(nameOf).join(' and ')}…`;
      const failed = found === null ? 'It is not in the text any more.' : 'columns' in found.table ? (found.table.total === 0 ? 'No rows.' : '') : `${found.table.kind === 'error' ? 'Error' : 'Not evaluated'}: ${found.table.text}`;
      none.textContent = failed;
      none.hidden = failed === '';
      const said = found === null ? [] : notesOf(found);
      notes.textContent = said.join('. ');
      notes.hidden = said.length === 0;
      body.hidden = its === undefined || its.total === 0;
      foot.hidden = body.hidden;
      actions.hidden = found === null;
      const data = found === null ? undefined : chartData(found);
      chart.show(isDrawn && !body.hidden ? data : undefined);
      hide.hidden = data === undefined;
      hide.textContent = isDrawn ? 'Hide chart' : 'Show chart';
      grid.show(its === undefined ? { label: '', columns: [], rows: 0, cell: () => ({ text: '', note: undefined, mark: undefined }) }
        : gridData(its, { label: found?.title ?? '', sort: params.sort, isLink: (column) => isLink(its.columns.indexOf(column)) }));
      const words = its === undefined ? failed : countOf(its, isMetric && its.columns.length > 1 ? 'group' : 'row');
      count.textContent = its === undefined ? '' : words;
      page.say([words, ...(data?.left ?? []).map((it) => `in the chart, ${it}`)].filter((it) => it !== '').join('; '));
      return found?.title ?? '';
    },
    focus: () => grid.focus(),
  };
}

const nameOf = ({ column, grain }: GroupBy): string => (grain === undefined ? column : `${column} (${grain})`);
