/** A metric by two columns as a matrix: the first down, the values of the second across. Totals are evaluated, never added up from cells. */
import type { QueryResult } from '../../plan/plan.ts';
import type { Cell, ValueType } from '../../plan/values.ts';
import { asPlain } from '../markdown.ts';
import { isExact, rawCell } from './cells.ts';
import type { GroupBy, ResultFilter, ResultsMatrix, ResultSort } from './records.ts';
import { inOrder, longestText, textOf, written, type ColumnView, type Rows, type SortKeys } from './table.ts';

/** Columns across that can still be read. */
const mostAcross = 30;

type Table = Extract<QueryResult, { kind: 'table' }>;

/** What is evaluated besides the groups; undefined where it has no table. */
export interface Totals {
  /** By the first column alone, by the second alone, and all together. */
  readonly first: Table | undefined;
  readonly second: Table | undefined;
  readonly all: Table | undefined;
}

export interface Matrix {
  readonly rows: Rows;
  /** For each column of the rows the filter that keeps what it stands for; undefined where there is none. */
  readonly across: readonly (ResultFilter | undefined)[];
  /** For each column its total; undefined where it has none. */
  readonly totals: readonly (Cell | undefined)[];
  /** How many columns come behind the groups' for their totals: one or none. */
  readonly totalColumns: number;
}

/** The values of the second column in their order; undefined where they are too many or too odd for columns. */
export function acrossOf({ columns, rowCount }: Rows, keys: SortKeys): readonly Cell[] | undefined {
  const [first, second, value, ...others] = columns;
  if (first?.role !== 'group' || second?.role !== 'group' || value?.role !== 'value' || others.length > 0 || rowCount === 0) return undefined;
  if ([...first.cells, ...second.cells].some((it) => typeof it === 'object' && it !== null)) return undefined;
  const values = new Set<Cell>();
  for (const row of inOrder(columns, rowCount, keys, [{ column: 1, descending: false }])) {
    values.add(second.cells[row] ?? null);
    if (values.size > mostAcross) return undefined;
  }
  return [...values];
}

/**
 * @param long the groups, a row each
 * @param across as `acrossOf` gives them
 */
export function matrixOf({ columns }: Rows, across: readonly Cell[], by: readonly GroupBy[], totals: Totals, keys: SortKeys, sort: ResultSort | undefined): Matrix | undefined {
  const [down, second, value] = columns;
  const over = by[1];
  if (down === undefined || second === undefined || value === undefined || over === undefined) return undefined;
  const places = new Map<Cell, number>();
  const placeOf = (cell: Cell): number => {
    const known = places.get(cell) ?? places.size;
    places.set(cell, known);
    return known;
  };
  const byColumn = new Map(across.map((it) => [it, new Map<number, Cell>()]));
  down.cells.forEach((cell, row) => byColumn.get(second.cells[row] ?? null)?.set(placeOf(cell), value.cells[row] ?? null));
  const ofFirst = new Map((totals.first?.columns[0]?.cells ?? []).map((cell, i) => [placeOf(cell), totals.first?.columns[1]?.cells[i] ?? null]));
  const ofSecond = new Map((totals.second?.columns[0]?.cells ?? []).map((cell, i) => [cell, totals.second?.columns[1]?.cells[i] ?? null]));
  const rowCount = places.size;
  const column = (title: string, name: string, type: ValueType, cells: ReadonlyMap<number, Cell>): ColumnView =>
    ({ ...value, title, name, type, cells: Array.from({ length: rowCount }, (_, i) => cells.get(i) ?? null) });
  const made = [
    { ...down, cells: [...places.keys()] },
    ...across.map((it) => column(textOf(second, it), `${second.title}: ${textOf(second, it)}`, value.type, byColumn.get(it) ?? new Map())),
    ...(totals.first === undefined ? [] : [column('Total', `All of ${second.title}`, totals.first.columns[1]?.type ?? value.type, ofFirst)]),
  ];
  const filters = across.map((it): ResultFilter | undefined => (isExact(it, second.type) ? { by: over, type: second.type, value: rawCell(it) } : undefined));
  const hasSecond = totals.second !== undefined;
  return {
    rows: { columns: made, rowCount, order: inOrder(made, rowCount, keys.slice(0, 1), sort === undefined || sort.column >= made.length ? [{ column: 0, descending: false }] : [sort]) },
    across: [undefined, ...filters, ...(totals.first === undefined ? [] : [undefined])],
    totals: [undefined, ...across.map((it) => (hasSecond ? (ofSecond.get(it) ?? null) : undefined)), ...(totals.first === undefined ? [] : [totals.all?.columns[0]?.cells[0]])],
    totalColumns: totals.first === undefined ? 0 : 1,
  };
}

export function writtenMatrix({ rows, across, totals, totalColumns }: Matrix): ResultsMatrix {
  return {
    table: written(rows),
    across: across.map((it) => it ?? null),
    totalColumns,
    ...(totals.every((it) => it === undefined) ? {} : {
      totals: rows.columns.map((view, i) => {
        const cell = totals[i];
        const text = i === 0 ? 'Total' : cell === undefined ? '' : asPlain(textOf(view, cell), longestText);
        return { text, kind: i > 0 && (cell ?? null) === null ? 'blank' as const : typeof cell === 'object' && cell !== null && cell.cell !== 'variant' ? cell.cell : 'value' as const };
      }),
    }),
  };
}
