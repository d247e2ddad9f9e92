/** Records of a delimited file → rows of a table. */
import { shownCell } from './columns.ts';
import { csvReader, type CsvReader } from './csv.ts';
import { csvColumn, textOf, type CsvColumn } from './csvColumns.ts';
import type { Sink, Table } from './tableUnderWay.ts';
import type { TableRequest } from './types.ts';

export function csvSink(request: TableRequest, table: Table): Sink {
  const delimiter = request.options.delimiter ?? (request.format === 'tsv' ? '\t' : ',');
  const blankTokens = new Set(request.options.blankTokens);
  let columns: readonly (CsvColumn | undefined)[] | undefined;
  let lastLine = 0;

  function openHeader(names: readonly string[], empty: boolean): boolean {
    if (empty) return table.malformed('line 1', 'the first line must name the columns');
    const list: (CsvColumn | undefined)[] = [];
    for (const name of names.map((it) => it.trim())) {
      if (name !== '' && table.has(name)) return table.malformed('line 1', `the column ${shownCell(name)} stands twice`);
      const reader = name === '' ? undefined : table.open(name, 0);
      list.push(reader === undefined ? undefined : csvColumn(reader, blankTokens));
    }
    columns = list;
    table.missing();
    return true;
  }

  const reader: CsvReader = csvReader(delimiter, {
    record(record, empty, line) {
      lastLine = line;
      if (columns === undefined) return openHeader(Array.from({ length: record.count }, (_, index) => textOf(record, index)), empty);
      const { length } = columns;
      if (empty && length > 1) return true;
      if (record.count !== length) {
        const words = (count: number): string => `${count} ${count === 1 ? 'field' : 'fields'}`;
        return table.malformed(`line ${line}`, `the row has ${words(record.count)}, the first line ${words(length)}`);
      }
      if (!table.row()) return false;
      const place = (): string => `line ${line}`;
      for (let index = 0; index < length; index++) columns[index]?.take(record, index, place);
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
      else for (const it of columns ?? []) it?.end();
    },
    place: () => `after line ${lastLine}`,
  };
}
