/** Columns on their way from a source to their sinks: typed ones convert cell by cell, untyped ones wait for all rows. */
import type { DataType, FileOptions } from '../../model/model.ts';
import { converter, misfit, nested, type SourceCell } from './cells.ts';
import { inferType } from './infer.ts';
import type { CellValue, ColumnSink, ReadColumn, TableFault } from './types.ts';

export interface ColumnReader {
  /**
   * Takes the next cell. `place` is asked only when the cell does not fit.
   *
   * @returns what `repeat` knows the cell by; -1 for one that does not fit, which is to be pushed each time
   */
  push(cell: SourceCell | typeof nested, place: () => string): number;
  /** The cell of an earlier `push` once more. */
  repeat(known: number): void;
  /** As those of a sink, for a column of declared texts. */
  readonly promise?: () => number;
  readonly keep?: (texts: readonly string[]) => void;
  /** After the last row. */
  finish(): { readonly column: ReadColumn; readonly fault: TableFault | undefined };
}

export interface ColumnContext {
  readonly path: string;
  readonly options: FileOptions;
  /** Whether the source tells text from numbers, as JSON does. */
  readonly quoted: boolean;
  readonly sinkFor: (name: string, type: DataType | 'blank') => ColumnSink;
}

/** Equal texts are converted once, as long as not too many differ. */
const maximumCached = 50_000;

export function typedColumn(ctx: ColumnContext, name: string, type: DataType): ColumnReader {
  const convert = converter(type, ctx.options);
  const sink = ctx.sinkFor(name, type);
  // Text is only trimmed, which costs less than looking it up.
  const cache = type === 'string' ? undefined : new Map<SourceCell, number>();
  let first: { readonly place: string; readonly cell: SourceCell | typeof nested } | undefined;
  let misfits = 0;
  const { promise, keep } = sink;
  return {
    ...(type === 'string' && promise !== undefined && keep !== undefined ? { promise, keep } : {}),
    repeat: (known) => sink.repeat(known),
    push(cell, place) {
      const known = cell === nested ? undefined : cache?.get(cell);
      if (known !== undefined) {
        sink.repeat(known);
        return known;
      }
      const value = cell === nested ? misfit : convert(cell);
      if (value === misfit) {
        misfits++;
        first ??= { place: place(), cell };
        sink.push(null);
        return -1;
      }
      const pushed = sink.push(value);
      if (cache === undefined || cell === nested) return pushed;
      if (cache.size >= maximumCached) cache.clear();
      cache.set(cell, pushed);
      return pushed;
    },
    finish() {
      const fault = first === undefined ? undefined : cellFault(ctx.path, name, type, first.place, first.cell, misfits);
      return { column: { name, type, faulty: first !== undefined, sink }, fault };
    },
  };
}

export function untypedColumn(ctx: ColumnContext, name: string): ColumnReader {
  const codes = new Map<SourceCell, number>();
  const distinct: SourceCell[] = [];
  const rows: number[] = [];
  let firstNested: string | undefined;
  let nestedCells = 0;
  return {
    repeat: (known) => void rows.push(known),
    push(it, place) {
      const cell = it === nested ? null : it;
      if (it === nested) {
        nestedCells++;
        firstNested ??= place();
      }
      let code = codes.get(cell);
      if (code === undefined) {
        code = distinct.length;
        codes.set(cell, code);
        distinct.push(cell);
      }
      rows.push(code);
      return it === nested ? -1 : code;
    },
    finish() {
      const type = inferType(distinct, ctx.quoted, ctx.options);
      const sink = ctx.sinkFor(name, type);
      const convert = converter(type === 'blank' ? 'string' : type, ctx.options);
      const values = distinct.map((it): CellValue => {
        const value = convert(it);
        return value === misfit ? null : value;
      });
      const pushed = new Array<number | undefined>(values.length);
      for (const code of rows) {
        const known = pushed[code];
        if (known === undefined) pushed[code] = sink.push(values[code] ?? null);
        else sink.repeat(known);
      }
      const fault: TableFault | undefined = firstNested === undefined ? undefined : cellFault(ctx.path, name, 'single value', firstNested, nested, nestedCells);
      return { column: { name, type, faulty: fault !== undefined, sink }, fault };
    },
  };
}

const cellFault = (path: string, column: string, type: string, place: string, cell: SourceCell | typeof nested, count: number): TableFault => ({
  rule: 'data-cell-type', column, params: { path, place, column, type, value: cell === nested ? 'an object or a list' : shownCell(cell), more: count - 1 },
});

/** A cell as part of a message: on one line, and not too long. */
export function shownCell(cell: SourceCell): string {
  const line = String(cell).slice(0, 200).replace(/[\s\p{Cc}\p{Cf}]+/gu, ' ').trim();
  const short = line.length > 40 ? `${line.slice(0, 40)}…` : line;
  return typeof cell === 'string' ? `"${short}"` : short;
}
