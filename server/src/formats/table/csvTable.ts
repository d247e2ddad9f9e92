/** Records of a delimited file → rows of a table. */
import { shownCell } from './columns.ts';
import { csvReader, type CsvReader, type CsvRows } from './csv.ts';
import { csvColumn, type CsvColumn } from './csvColumns.ts';
import type { Sink, Table } from './tableUnderWay.ts';
import type { TableRequest } from './types.ts';

export function csvSink(request: TableRequest, table: Table): Sink {
  const delimiter = request.options.delimiter ?? (request.format === 'tsv' ? '\t' : ',');
  const blankTokens = new Set(request.options.blankTokens);
  let columns: readonly (CsvColumn | undefined)[] | undefined;

  const reader: CsvReader = csvReader(delimiter, {
    header(names, empty) {
      if (empty) return table.malformed('line 1', 'the first line must name the columns');
      const list: (CsvColumn | undefined)[] = [];
      for (const name of names.map((it) => it.trim())) {
        if (name !== '' && table.has(name)) return table.malformed('line 1', `the column ${shownCell(name)} stands twice`);
        const column = name === '' ? undefined : table.open(name, 0);
        list.push(column === undefined ? undefined : csvColumn(column, blankTokens));
      }
      columns = list;
      table.missing();
      return true;
    },
    rows(rows) {
      if (!table.row(rows.count)) return false;
      if (table.rows() === rows.count && request.size !== undefined) table.expect(request.size / bytesOfRow(rows));
      columns?.forEach((it, index) => it?.(rows, index));
      return true;
    },
  });

  return {
    write(bytes) {
      const problem = reader.write(bytes);
      if (problem !== undefined) table.malformed(`line ${problem.line}`, problem.problem);
    },
    end() {
      const problem = reader.end();
      if (problem !== undefined) table.malformed(`line ${problem.line}`, problem.problem);
      else if (columns === undefined && !table.failed()) table.malformed('line 1', 'the file is empty; its first line must name the columns');
    },
    place: () => (reader.lastLine() === 0 ? 'line 1' : `after line ${reader.lastLine()}`),
  };
}

function bytesOfRow({ count, width, from, to }: CsvRows): number {
  return ((to[count * width - 1] as number) + 1 - (from[0] as number)) / count;
}
