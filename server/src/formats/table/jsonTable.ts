/** Objects of a JSON file, or of rows in a model file → rows of a table. */
import { nameKey } from '../../model/model.ts';
import { nested, type SourceCell } from './cells.ts';
import type { ColumnReader } from './columns.ts';
import { lineAt, readJsonRows } from './jsonRows.ts';
import type { Sink, Table } from './tableUnderWay.ts';
import type { TableRequest } from './types.ts';

export function jsonSink(request: TableRequest, table: Table): Sink {
  const parts: string[] = [];
  const decoder = new TextDecoder();
  return {
    write: (bytes) => void parts.push(decoder.decode(bytes, { stream: true })),
    end() {
      const text = parts.join('') + decoder.decode();
      const collector = objectRows(table, request.others);
      const problem = readJsonRows(text, request.format === 'ndjson', {
        field: collector.field,
        row: (offset) => collector.row(() => `line ${lineAt(text, offset)}`),
        more: () => table.incomplete(),
      });
      if (problem !== undefined) table.malformed(`line ${problem.line}`, problem.problem);
      else if (!table.failed()) collector.end();
    },
    place: () => 'file',
  };
}

interface ObjectRows {
  readonly field: (name: string, value: SourceCell | typeof nested) => void;
  readonly row: (place: () => string) => boolean;
  end(): void;
}

/** Rows of named cells: a cell that a row does not name is BLANK, of a name written twice the last counts. */
export function objectRows(table: Table, others: boolean): ObjectRows {
  const declared = new Set(table.declared.map(nameKey));
  const columns = new Map<string, { readonly reader: ColumnReader; cell: SourceCell | typeof nested; row: number }>();
  const passed = new Set<string>();
  return {
    field(name, value) {
      if (passed.has(name)) return;
      const key = nameKey(name);
      let column = columns.get(key);
      if (column === undefined) {
        // Annotations, and values that are no cells, are columns only where the model asks for them.
        const foreign = !declared.has(key) && (!others || name.includes('@') || value === nested);
        const reader = foreign ? undefined : table.open(name, table.rows());
        if (reader === undefined) {
          passed.add(name);
          return;
        }
        column = { reader, cell: null, row: -1 };
        columns.set(key, column);
      }
      column.cell = value;
      column.row = table.rows();
    },
    row(place) {
      const row = table.rows();
      if (!table.row()) return false;
      for (const it of columns.values()) it.reader.push(it.row === row ? it.cell : null, place);
      return true;
    },
    end() {
      if (table.failed()) return;
      // A source without rows may still have every column.
      if (table.rows() > 0) table.missing();
      else for (const name of table.declared) table.open(name, 0);
    },
  };
}
