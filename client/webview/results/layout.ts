/** How results stand in the grid, a row a group or as a matrix: what each cell stands for, whichever it is. Row -1 is that of the headings, the row behind the last one that of totals. */
import type { ResultFilter, Results, ResultsColumn, ResultSort, ResultsTable } from '../../../server/src/lsp/protocol/results.ts';
import type { GridCell, GridData } from './grid.ts';
import { filterOf, gridData } from './parts.ts';

export interface Layout {
  readonly table: ResultsTable;
  /** The grid's data; the sort is marked in it. */
  data(label: string, sort: ResultSort | undefined): GridData;
  /** A click keeps the cell's value. */
  isLink(column: number): boolean;
  /** The filter that a cell can add; undefined where it stands for no value, or none that a filter can tell. */
  filterAt(row: number, column: number): ResultFilter | undefined;
  /** The filters of the value that a cell belongs to; undefined where they cannot be told. */
  groupAt(row: number, column: number): readonly ResultFilter[] | undefined;
  /** The group in words; none is all of them. */
  wordsAt(row: number, column: number): readonly string[];
  /** The value of the metric that a cell belongs to, as it is shown. */
  valueAt(row: number, column: number): string | undefined;
  /** The text of a cell, of a heading or a total. */
  textAt(row: number, column: number): string | undefined;
  /** What a filter on the cell's value is called. */
  nameAt(row: number, column: number): string;
}

export const layoutOf = (results: Results): Layout | undefined => ('columns' in results.table ? (matrixOf(results) ?? listOf(results, results.table)) : undefined);

const isWords = ({ role, codes, type }: ResultsColumn): boolean =>
  role === 'group' || (role === 'plain' && (codes !== undefined || type === 'string' || type === 'boolean' || type === 'dateTime'));

function listOf({ by }: Results, table: ResultsTable): Layout {
  const { columns } = table;
  const isRow = (row: number): boolean => row >= 0 && row < table.rows;
  const isLink = (column: number): boolean => columns[column] !== undefined && isWords(columns[column]);
  const filterAt = (row: number, column: number): ResultFilter | undefined => (isRow(row) ? filterOf(table, row, column, by) : undefined);
  return {
    table,
    isLink,
    filterAt,
    data: (label, sort) => gridData(table, { label, sort, isLink }),
    groupAt: (row) => (isRow(row) ? all(by.map((_, column) => filterAt(row, column))) : []),
    wordsAt: (row) => (isRow(row) ? columns.flatMap((it) => (it.role === 'group' ? [it.texts[row] ?? ''] : [])) : []),
    valueAt: (row) => (isRow(row) ? columns.find((it) => it.role === 'value')?.texts[row] : undefined),
    textAt: (row, column) => (isRow(row) ? columns[column]?.texts[row] : columns[column]?.title),
    nameAt: (row, column) => columns[column]?.texts[row] ?? '',
  };
}

function matrixOf({ matrix, by: [down] }: Results): Layout | undefined {
  if (matrix === undefined || down === undefined) return undefined;
  const { table, across, totals, totalColumns } = matrix;
  const { columns } = table;
  const isRow = (row: number): boolean => row >= 0 && row < table.rows;
  const isAcross = (column: number): boolean => column > 0 && column < columns.length - totalColumns;
  const ofRow = (row: number): ResultFilter | undefined => filterOf(table, row, 0, [down]);
  return {
    table,
    isLink: (column) => column === 0,
    data(label, sort) {
      const data = gridData(table, { label, sort, isLink: (column) => column === 0 });
      return {
        ...data,
        columns: data.columns.map((it, i) => (i === 0 ? { ...it, isHeading: true } : { ...it, isNarrow: true })),
        cell: (row, column) => quiet(column, data.cell(row, column)),
        ...(totals === undefined ? {} : {
          foot: (column: number): GridCell => {
            const { text, kind } = totals[column] ?? { text: '', kind: 'value' };
            return quiet(column, { text, note: undefined, mark: kind === 'value' ? undefined : kind });
          },
        }),
      };
    },
    filterAt: (row, column) => (column === 0 ? (isRow(row) ? ofRow(row) : undefined) : (across[column] ?? undefined)),
    groupAt: (row, column) => all([...(isRow(row) ? [ofRow(row)] : []), ...(isAcross(column) ? [across[column] ?? undefined] : [])]),
    wordsAt: (row, column) => [...(isRow(row) ? [columns[0]?.texts[row] ?? ''] : []), ...(isAcross(column) ? [columns[column]?.title ?? ''] : [])],
    valueAt(row, column) {
      // Of a row's heading it is the total of the row.
      const place = column === 0 ? columns.length - 1 : column;
      if (column === 0 && totalColumns === 0) return undefined;
      return isRow(row) ? columns[place]?.texts[row] : totals?.[place]?.text;
    },
    textAt: (row, column) => (isRow(row) ? columns[column]?.texts[row] : row < 0 ? columns[column]?.title : totals?.[column]?.text),
    nameAt: (row, column) => (column === 0 ? (columns[0]?.texts[row] ?? '') : (columns[column]?.title ?? '')),
  };
}

/** A group that does not occur is not worth a word in every cell; whoever listens is told. */
const quiet = (column: number, cell: GridCell): GridCell => (column > 0 && cell.mark === 'blank' ? { ...cell, text: '', told: 'BLANK' } : cell);

const all = (filters: readonly (ResultFilter | undefined)[]): readonly ResultFilter[] | undefined =>
  filters.some((it) => it === undefined) ? undefined : filters.flatMap((it) => it ?? []);
