/** A grid of rows of which only those in sight are elements: sorted by its headings, walked through with the keys. */
import { elementScroll, observeElementOffset, observeElementRect, Virtualizer } from '@tanstack/virtual-core';
import { element } from '../page.ts';

export interface GridColumn {
  readonly title: string;
  /** The column's full name. */
  readonly name: string;
  readonly isNumber: boolean;
  readonly sorted: 'ascending' | 'descending' | undefined;
  readonly sortable: boolean;
  /** Its cells do something when they are clicked. */
  readonly isLink: boolean;
  /** Its cells are the headings of their rows, and stay in sight. */
  readonly isHeading?: boolean;
  /** Its heading may be cut, for many of its kind are to be seen. */
  readonly isNarrow?: boolean;
}

export interface GridCell {
  readonly text: string;
  /** Dim text behind it: the code of a label. */
  readonly note: string | undefined;
  readonly mark: 'blank' | 'error' | 'notEvaluated' | 'yes' | 'no' | undefined;
  /** What is said instead of the text. */
  readonly told?: string;
}

export interface GridData {
  readonly label: string;
  readonly columns: readonly GridColumn[];
  readonly rows: number;
  cell(row: number, column: number): GridCell;
  /** A row below the others that stays in sight: that of totals. It is told as the row behind the last. */
  readonly foot?: (column: number) => GridCell;
}

export interface GridEvents {
  sort(column: number): void;
  /** Enter, or a second click. */
  activate(row: number, column: number): void;
  click(row: number, column: number): void;
  /** What a menu on a cell, or on the heading of row -1, may offer: names that are true in it. */
  menu(row: number, column: number): readonly string[];
  /** The row with the focus is another one, or there is none. */
  current(row: number | undefined, column: number): void;
}

export interface Grid {
  readonly element: HTMLElement;
  show(data: GridData): void;
  /** The row that was focused last, or undefined. */
  current(): { readonly row: number; readonly column: number } | undefined;
  focus(): void;
  dispose(): void;
}

const rowHeight = 22;
/** Characters of the widest and the narrowest column. */
const widest = 42;
const narrowest = 7;
/** Characters of a heading that may be cut. */
const narrow = 10;
/** With more, a grid is a table that is scrolled. */
const fewColumns = 4;
/** Rows that are looked at for the width of a column. */
const measured = 300;

export function createGrid(events: GridEvents): Grid {
  const head = element('div', { class: 'grid-head', role: 'rowgroup' });
  const body = element('div', { class: 'grid-body', role: 'rowgroup' });
  const foot = element('div', { class: 'grid-foot', role: 'rowgroup' });
  const scroller = element('div', { class: 'grid', role: 'grid' }, head, body, foot);
  let data: GridData = { label: '', columns: [], rows: 0, cell: () => ({ text: '', note: undefined, mark: undefined }) };
  /** Row -1 is that of the headings. */
  let at = { row: -1, column: 0 };
  let drawn = new Map<number, HTMLElement>();

  const virtual = new Virtualizer<HTMLElement, HTMLElement>({
    count: 0,
    getScrollElement: () => scroller,
    estimateSize: () => rowHeight,
    overscan: 12,
    scrollMargin: rowHeight,
    scrollPaddingStart: rowHeight,
    observeElementRect,
    observeElementOffset,
    scrollToFn: elementScroll,
    onChange: () => draw(),
  });
  const unmount = virtual._didMount();

  /** The rows in sight, and the one with the focus, which must not vanish. */
  const wanted = (): readonly number[] => {
    const rows = virtual.getVirtualItems().map((it) => it.index);
    return at.row >= 0 && at.row < data.rows && !rows.includes(at.row) ? [...rows, at.row] : rows;
  };

  function draw(): void {
    body.style.height = `${String(data.rows * rowHeight)}px`;
    const next = new Map<number, HTMLElement>();
    for (const row of wanted()) {
      const made = drawn.get(row) ?? rowOf(row);
      if (made.parentElement !== body) body.append(made);
      next.set(row, made);
    }
    for (const [row, it] of drawn) if (!next.has(row)) it.remove();
    drawn = next;
    for (const [row, it] of drawn) it.classList.toggle('current', row === at.row);
    foot.firstElementChild?.classList.toggle('current', at.row === data.rows);
  }

  const lastRow = (): number => data.rows - (data.foot === undefined ? 1 : 0);

  function rowOf(row: number): HTMLElement {
    const made = cellsOf(row, row % 2 === 0 ? 'row' : 'row odd', (column) => data.cell(row, column));
    made.style.transform = `translateY(${String(row * rowHeight)}px)`;
    return made;
  }

  function cellsOf(row: number, name: string, its: (column: number) => GridCell): HTMLElement {
    const made = element('div', { class: name, role: 'row', 'aria-rowindex': row + 2 });
    data.columns.forEach((column, i) => {
      const { text, note, mark, told } = its(i);
      const kind = ['cell', column.isNumber ? 'number' : '', column.isHeading === true ? 'heading' : '', mark ?? '', column.isLink && row < data.rows ? 'link' : ''].filter((it) => it !== '').join(' ');
      const cell = element('div', {
        class: kind, role: column.isHeading === true ? 'rowheader' : 'gridcell', 'aria-colindex': i + 1, 'aria-label': told,
        tabindex: at.row === row && at.column === i ? 0 : -1, title: told ?? text,
      }, element('span', {}, text));
      if (note !== undefined) cell.append(element('span', { class: 'note' }, ` ${note}`));
      cell.dataset['row'] = String(row);
      cell.dataset['column'] = String(i);
      made.append(cell);
    });
    return made;
  }

  function headings(): void {
    const row = element('div', { class: 'row', role: 'row', 'aria-rowindex': 1 });
    data.columns.forEach((it, i) => {
      const arrow = it.sorted === undefined ? '' : it.sorted === 'ascending' ? ' ↑' : ' ↓';
      const made = element('div', {
        class: ['cell', it.isNumber ? 'number' : '', it.isHeading === true ? 'heading' : ''].filter((name) => name !== '').join(' '), role: 'columnheader', 'aria-colindex': i + 1, 'aria-sort': it.sortable ? (it.sorted ?? 'none') : undefined,
        tabindex: at.row === -1 && at.column === i ? 0 : -1, title: it.sortable ? `${it.name}: sort` : it.name, 'aria-label': it.isNarrow === true ? it.title : undefined,
      }, element('span', {}, it.title), element('span', { class: 'arrow', 'aria-hidden': 'true' }, arrow));
      made.dataset['row'] = '-1';
      made.dataset['column'] = String(i);
      row.append(made);
    });
    head.replaceChildren(row);
  }

  const cellAt = (row: number, column: number): HTMLElement | null => scroller.querySelector(`[data-row="${String(row)}"][data-column="${String(column)}"]`);

  function move(row: number, column: number, isFocused = true): void {
    const next = { row: Math.max(-1, Math.min(lastRow(), row)), column: Math.max(0, Math.min(data.columns.length - 1, column)) };
    cellAt(at.row, at.column)?.setAttribute('tabindex', '-1');
    at = next;
    if (next.row >= 0 && next.row < data.rows) virtual.scrollToIndex(next.row, { align: 'auto' });
    draw();
    const cell = cellAt(next.row, next.column);
    cell?.setAttribute('tabindex', '0');
    if (isFocused) cell?.focus({ preventScroll: next.row >= 0 });
    cell?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
    events.current(next.row < 0 ? undefined : next.row, next.column);
  }

  const placeOf = (event: Event): { readonly row: number; readonly column: number } | undefined => {
    const cell = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-row]') : null;
    return cell === null ? undefined : { row: Number(cell.dataset['row']), column: Number(cell.dataset['column']) };
  };

  scroller.addEventListener('click', (event) => {
    const place = placeOf(event);
    if (place === undefined) return;
    move(place.row, place.column);
    if (place.row >= 0) events.click(place.row, place.column);
    else if (data.columns[place.column]?.sortable === true) events.sort(place.column);
  });
  // The editor's menu reads what stands on the way from the cell up: this listener comes before.
  scroller.addEventListener('contextmenu', (event) => {
    const place = placeOf(event);
    if (place === undefined) return;
    move(place.row, place.column);
    const offered = events.menu(place.row, place.column);
    const context = { preventDefaultContextMenuItems: true, ...Object.fromEntries(offered.map((it) => [it, true])) };
    cellAt(place.row, place.column)?.setAttribute('data-vscode-context', JSON.stringify(context));
  });
  scroller.addEventListener('dblclick', (event) => {
    const place = placeOf(event);
    if (place !== undefined && place.row >= 0 && data.columns[place.column]?.isLink !== true) events.activate(place.row, place.column);
  });
  scroller.addEventListener('keydown', (event) => {
    const page = Math.max(1, Math.floor(scroller.clientHeight / rowHeight) - 2);
    const all = event.ctrlKey || event.metaKey;
    const moves: Readonly<Record<string, readonly [number, number]>> = {
      ArrowUp: [at.row - 1, at.column], ArrowDown: [at.row + 1, at.column], ArrowLeft: [at.row, at.column - 1], ArrowRight: [at.row, at.column + 1],
      Home: [all ? 0 : at.row, 0], End: [all ? lastRow() : at.row, data.columns.length - 1],
      PageUp: [Math.max(0, at.row - page), at.column], PageDown: [at.row + page, at.column],
    };
    const to = moves[event.key];
    if (to !== undefined && !event.altKey && !event.shiftKey) move(to[0], to[1]);
    else if (event.key === 'Enter' || event.key === ' ') {
      if (at.row >= 0) events.activate(at.row, at.column);
      else if (data.columns[at.column]?.sortable === true) events.sort(at.column);
    } else return;
    event.preventDefault();
  });
  scroller.addEventListener('focusin', (event) => {
    const place = placeOf(event);
    if (place !== undefined && (place.row !== at.row || place.column !== at.column)) move(place.row, place.column);
  });

  return {
    element: scroller,
    show(next) {
      const hadFocus = scroller.contains(document.activeElement);
      data = next;
      at = { row: Math.min(at.row, next.rows - (next.foot === undefined ? 1 : 0)), column: Math.max(0, Math.min(at.column, next.columns.length - 1)) };
      scroller.setAttribute('aria-label', next.label);
      scroller.setAttribute('aria-rowcount', String(next.rows + (next.foot === undefined ? 1 : 2)));
      scroller.setAttribute('aria-colcount', String(next.columns.length));
      const widths = next.columns.map((_, i) => widthOf(next, i));
      // A few columns share the room that there is; many keep theirs, and are scrolled.
      const least = widths.map((it) => Math.min(it, next.columns.length > fewColumns ? 24 : 11));
      scroller.style.setProperty('--columns', widths.map((it, i) => `minmax(${String(least[i])}ch, ${String(it)}fr)`).join(' '));
      scroller.style.setProperty('--first', next.columns[0]?.isHeading === true ? `${String(least[0])}ch` : '0px');
      scroller.style.setProperty('--least', `${String(least.reduce((sum, it) => sum + it, 0))}ch`);
      headings();
      foot.replaceChildren(...(next.foot === undefined ? [] : [cellsOf(next.rows, 'row', next.foot)]));
      body.replaceChildren();
      drawn = new Map();
      scroller.classList.toggle('footed', next.foot !== undefined);
      virtual.setOptions({ ...virtual.options, count: next.rows, scrollPaddingEnd: next.foot === undefined ? 0 : rowHeight + 2 });
      virtual._willUpdate();
      virtual.measure();
      draw();
      if (hadFocus) cellAt(at.row, at.column)?.focus({ preventScroll: true });
      events.current(at.row < 0 ? undefined : at.row, at.column);
    },
    current: () => (at.row < 0 ? undefined : at),
    focus: () => move(data.rows > 0 ? Math.max(0, at.row) : -1, at.column),
    dispose: unmount,
  };
}

/** In characters. */
function widthOf(data: GridData, column: number): number {
  const { title = '', isNarrow = false } = data.columns[column] ?? {};
  let longest = Math.min(title.length, isNarrow ? narrow : widest) + 3;
  for (let row = 0; row < Math.min(data.rows, measured); row++) {
    const { text, note } = data.cell(row, column);
    longest = Math.max(longest, text.length + (note === undefined ? 0 : note.length + 1));
  }
  return Math.max(narrowest, Math.min(widest, longest)) + 2;
}
