/** Rows of a result as the grid has them: in order, filtered, with each value in words. */
import { nameKey, type Column, type Model } from '../../model/model.ts';
import type { QueryResult } from '../../plan/plan.ts';
import type { Cell, ValueType } from '../../plan/values.ts';
import { isPercentFormat } from '../../formats/formatString.ts';
import { columnText } from '../../workspace/queries.ts';
import type { ModelView, Workspace } from '../../workspace/types.ts';
import { columnOfName } from '../columnNames.ts';
import { optionOf } from '../columnValues.ts';
import { asPlain } from '../markdown.ts';
import { cellShown, phrase, type Style } from '../shown.ts';
import { cellOf, isExact, rawCell } from './cells.ts';
import type { Grain, GroupBy, ResultFilter, ResultsColumn, ResultSort, ResultsTable } from './records.ts';

type Table = Extract<QueryResult, { kind: 'table' }>;

/** Longest text of a cell, in characters. */
export const longestText = 300;
/** Rows and cells that the editor is told. */
const mostRows = 10_000;
const mostCells = 200_000;

/** A column with all that its values are shown with. */
export interface ColumnView {
  readonly name: string;
  readonly title: string;
  readonly type: ValueType;
  readonly role: ResultsColumn['role'];
  readonly grain: Grain | undefined;
  readonly cells: readonly Cell[];
  readonly style: Style;
  /** The model's column whose values these are. */
  readonly column: Column | undefined;
  readonly model: Model;
}

/** For each column that is sorted by another: the place of each value. */
export type SortKeys = readonly (ReadonlyMap<Cell, number> | undefined)[];

/** Rows in their order: places in the columns' cells. */
export interface Rows {
  readonly columns: readonly ColumnView[];
  readonly order: readonly number[];
  readonly rowCount: number;
}

export interface Wanted {
  readonly result: Table;
  readonly model: ModelView;
  readonly by: readonly GroupBy[];
  /** Of the last column of a metric's results, and of a query's columns that say nothing of their own. */
  readonly style: Style;
  /** Heading of the value of a metric; undefined for a query. */
  readonly title: string | undefined;
  readonly order: SortKeys;
  readonly sort: ResultSort | undefined;
  /** Of a query's rows. */
  readonly filters: readonly ResultFilter[];
}

export function wantedRows(wanted: Wanted): Rows {
  const columns = columnsOf(wanted);
  const { filters, sort, result, order: keys } = wanted;
  const groups = columns.flatMap((it, i) => (it.role === 'group' ? [i] : []));
  const by = sort === undefined ? groups.map((column) => ({ column, descending: false })) : [sort];
  let order = inOrder(columns, result.rowCount, keys, by);
  for (const it of filters) {
    const column = columns.find((other) => other.name === it.column);
    if (column === undefined) continue;
    const value = cellOf(it.value, it.type);
    order = order.filter((row) => column.cells[row] === value);
  }
  return { columns, order, rowCount: order.length };
}

/** The rows of columns by their values, the first of `by` first; rows that are alike stay as they are. */
export function inOrder(columns: readonly ColumnView[], rowCount: number, keys: SortKeys, by: readonly ResultSort[]): readonly number[] {
  const order = Array.from({ length: rowCount }, (_, i) => i);
  if (by.length === 0) return order;
  const compare = by.map((it) => comparison(columns[it.column], keys[it.column], it.descending));
  return order.sort((a, b) => {
    for (const it of compare) {
      const sign = it(a, b);
      if (sign !== 0) return sign;
    }
    return a - b;
  });
}

/** The groups in which the metric has a value. */
export function withoutBlanks(table: Table): Table {
  const values = table.columns.at(-1)?.cells ?? [];
  const kept = values.flatMap((it, i) => (it === null ? [] : [i]));
  return { ...table, rowCount: kept.length, columns: table.columns.map((it) => ({ ...it, cells: kept.map((i) => it.cells[i] ?? null) })) };
}

/** For columns whose model says by which other column they are sorted: the place of each value. */
export async function sortKeys(workspace: Workspace, view: ModelView, by: readonly GroupBy[]): Promise<SortKeys> {
  return Promise.all(by.map(async ({ table, column, grain }) => {
    const sortBy = view.model.tables.get(nameKey(table))?.columns.get(nameKey(column))?.sortBy;
    if (sortBy === undefined || grain !== undefined) return undefined;
    const [own, other] = [columnText({ table, column }), columnText({ table, column: sortBy })];
    const [result] = await workspace.evaluate(view, [{ query: `EVALUATE SUMMARIZECOLUMNS(${own}, ${other}) ORDER BY ${other}, ${own}` }]);
    return result?.kind === 'table' ? new Map(result.columns[0]?.cells.map((it, i) => [it, i])) : undefined;
  }));
}

/** The rows, or as many of them as an editor can hold, as plain records. */
export function written({ columns, order, rowCount }: Rows): ResultsTable {
  const rows = order.slice(0, Math.min(mostRows, Math.floor(mostCells / Math.max(1, columns.length))));
  return { columns: columns.map((it) => writtenColumn(it, rows)), rows: rows.length, total: rowCount };
}

function writtenColumn(view: ColumnView, rows: readonly number[]): ResultsColumn {
  const { name, title, type, role, grain, style: { format } } = view;
  const cells = rows.map((it) => view.cells[it] ?? null);
  const options = cells.map((it) => optionFor(view, it)?.label);
  const codes = options.some((it) => it !== undefined) ? { codes: cells.map((it, i) => (options[i] === undefined ? null : asPlain(String(it), longestText))) } : {};
  return {
    name, title, type, role, ...(grain === undefined ? {} : { grain }), ...(format !== undefined && isPercentFormat(format) ? { isPercent: true } : {}),
    cells: cells.map(rawCell),
    texts: cells.map((it) => asPlain(textOf(view, it), longestText)),
    ...codes,
    failed: cells.flatMap((it, i) => (typeof it === 'object' && it !== null && it.cell !== 'variant' ? [[i, it.cell] as const] : [])),
    inexact: cells.flatMap((it, i) => (isExact(it, type) ? [] : [i])),
  };
}

/** A cell as it is shown: the label of a code, a part of time without what it gathers, a value in its format. */
export function textOf(view: ColumnView, cell: Cell): string {
  if (cell === null) return 'BLANK';
  const label = optionFor(view, cell)?.label;
  if (label !== undefined) return label;
  const text = phrase(cellShown(cell, view.type, view.style));
  return view.grain === 'month' ? text.slice(0, 7) : view.grain === 'year' ? text.slice(0, 4) : text;
}

const optionFor = ({ column, model }: ColumnView, cell: Cell) => (column === undefined ? undefined : optionOf(model, column, cell));

function columnsOf({ result, model, by, style, title }: Wanted): readonly ColumnView[] {
  const plain: Style = { format: undefined, culture: style.culture };
  const names = result.columns.map((it, i) => {
    const group = by[i];
    return group === undefined ? it.name : columnText(group);
  });
  const short = names.map((it) => columnOfName(it)?.column ?? it);
  return result.columns.map((it, i): ColumnView => {
    const group = by[i];
    const name = names[i] ?? it.name;
    const named = group ?? columnOfName(name);
    const column = named === undefined ? undefined : model.model.tables.get(nameKey(named.table))?.columns.get(nameKey(named.column));
    const own = short[i] ?? name;
    const isValue = group === undefined && title !== undefined;
    // A column that a query adds under a metric's name is that metric.
    const measure = title === undefined && named?.table === '' ? model.measures.get(nameKey(own)) : undefined;
    return {
      name,
      title: isValue ? title : group?.grain !== undefined ? `${own} (${group.grain})` : short.filter((other) => other === own).length > 1 ? name : own,
      type: it.type,
      role: isValue ? 'value' : group === undefined ? 'plain' : 'group',
      grain: group?.grain,
      cells: it.cells,
      style: isValue ? style : measure === undefined ? plain : { ...plain, format: measure.format },
      column,
      model: model.model,
    };
  });
}

/** BLANK, and what has no value, stand last in either order. */
function comparison(view: ColumnView | undefined, keys: ReadonlyMap<Cell, number> | undefined, descending: boolean): (a: number, b: number) => number {
  if (view === undefined) return () => 0;
  const collator = new Intl.Collator(view.style.culture, { numeric: true, sensitivity: 'accent' });
  const rank = (cell: Cell): number => (cell === null ? 1 : typeof cell === 'object' && cell.cell !== 'variant' ? 2 : 0);
  const texts = new Map<Cell, string>();
  const text = (cell: Cell): string => {
    let it = texts.get(cell);
    if (it === undefined) texts.set(cell, (it = textOf(view, cell)));
    return it;
  };
  const labelled = view.column?.choice !== undefined;
  return (a, b) => {
    const [left, right] = [view.cells[a] ?? null, view.cells[b] ?? null];
    const ranks = rank(left) - rank(right);
    if (ranks !== 0 || rank(left) > 0) return ranks;
    const [leftKey, rightKey] = [keys?.get(left), keys?.get(right)];
    const [leftNumber, rightNumber] = labelled ? [] : [numberOf(left), numberOf(right)];
    const sign = leftKey !== undefined && rightKey !== undefined ? leftKey - rightKey
      : leftNumber !== undefined && rightNumber !== undefined ? (leftNumber < rightNumber ? -1 : leftNumber > rightNumber ? 1 : 0)
        : collator.compare(text(left), text(right));
    return descending ? -sign : sign;
  };
}

/** What numbers of one column are ordered by. */
function numberOf(cell: Cell): number | bigint | undefined {
  if (typeof cell === 'number' || typeof cell === 'bigint') return cell;
  if (typeof cell !== 'object' || cell?.cell !== 'variant' || (typeof cell.value !== 'number' && typeof cell.value !== 'bigint')) return undefined;
  return cell.type === 'decimal' ? Number(cell.value) / 10_000 : cell.value;
}
