/** Columns on their way from a source to their sinks: typed ones convert cell by cell, untyped ones wait for all rows. */
import type { DataType, FileOptions } from '../../model/model.ts';
import { converter, misfit, nested, type SourceCell } from './cells.ts';
import { inferType } from './infer.ts';
import type { ColumnSink, ReadColumn, TableFault } from './types.ts';

export interface ColumnReader {
  /** As declared; undefined: the values tell. */
  readonly type: DataType | undefined;
  /** Where values of a declared type go whose conversion is known. */
  readonly sink: Pick<ColumnSink, 'codesOfNumbers' | 'codesOfTexts' | 'expect'> | undefined;
  /** Code of a cell, 0 for BLANK and for a cell that does not fit. `place` is asked only when it does not, which is noted. */
  code(cell: SourceCell | typeof nested, place: () => string): number;
  /** Whether the last cell that `code` was asked for did not fit. */
  misfitted(): boolean;
  /** The cells of the next rows, by code. */
  append(codes: Uint32Array, count: number): void;
  /** The cell of the next row. */
  push(cell: SourceCell | typeof nested, place: () => string): void;
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
  let isMisfit = false;
  const code: ColumnReader['code'] = (cell, place) => {
    isMisfit = false;
    const known = cell === nested ? undefined : cache?.get(cell);
    if (known !== undefined) return known;
    const value = cell === nested ? misfit : convert(cell);
    if (value === misfit) {
      isMisfit = true;
      misfits++;
      first ??= { place: place(), cell };
      return 0;
    }
    const made = sink.code(value);
    if (cache === undefined || cell === nested) return made;
    if (cache.size >= maximumCached) cache.clear();
    cache.set(cell, made);
    return made;
  };
  const rows = oneByOne(sink.append);
  return {
    type, sink, code,
    misfitted: () => isMisfit,
    append: sink.append,
    push: (cell, place) => rows.push(code(cell, place)),
    finish() {
      rows.flush();
      const fault = first === undefined ? undefined : cellFault(ctx.path, name, type, first.place, first.cell, misfits);
      return { column: { name, type, faulty: first !== undefined, sink }, fault };
    },
  };
}

export function untypedColumn(ctx: ColumnContext, name: string): ColumnReader {
  const codes = new Map<SourceCell, number>([[null, 0]]);
  const distinct: SourceCell[] = [null];
  const pieces: Uint32Array[] = [];
  let firstNested: string | undefined;
  let nestedCells = 0;
  let isMisfit = false;
  const code: ColumnReader['code'] = (it, place) => {
    isMisfit = it === nested;
    if (it === nested) {
      nestedCells++;
      firstNested ??= place();
      return 0;
    }
    let known = codes.get(it);
    if (known === undefined) {
      known = distinct.push(it) - 1;
      codes.set(it, known);
    }
    return known;
  };
  const append: ColumnReader['append'] = (list, count) => void pieces.push(list.slice(0, count));
  const rows = oneByOne(append);
  return {
    type: undefined, sink: undefined, code, append,
    misfitted: () => isMisfit,
    push: (cell, place) => rows.push(code(cell, place)),
    finish() {
      rows.flush();
      codes.clear();
      const type = inferType(distinct, ctx.quoted, ctx.options);
      const sink = ctx.sinkFor(name, type);
      const convert = converter(type === 'blank' ? 'string' : type, ctx.options);
      const made = Uint32Array.from(distinct, (it) => {
        const value = convert(it);
        return value === misfit ? 0 : sink.code(value);
      });
      for (const piece of pieces) {
        for (let i = 0; i < piece.length; i++) piece[i] = made[piece[i] as number] as number;
        sink.append(piece, piece.length);
      }
      const fault: TableFault | undefined = firstNested === undefined ? undefined : cellFault(ctx.path, name, 'single value', firstNested, nested, nestedCells);
      return { column: { name, type, faulty: fault !== undefined, sink }, fault };
    },
  };
}

/** Rows that come one by one, handed on together. */
function oneByOne(append: ColumnReader['append']): { push(code: number): void; flush(): void } {
  let codes = new Uint32Array(4);
  let count = 0;
  const flush = (): void => {
    if (count > 0) append(codes, count);
    count = 0;
  };
  return {
    flush,
    push(code) {
      if (count === codes.length) {
        // A file may have very many columns and few rows.
        if (count >= 1024) flush();
        else {
          const larger = new Uint32Array(count * 4);
          larger.set(codes);
          codes = larger;
        }
      }
      codes[count++] = code;
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
