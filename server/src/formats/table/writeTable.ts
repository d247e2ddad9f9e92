/**
 * Rows → text that our own readers read back as the same values.
 *
 * Unlike `formats/cells.ts`, which writes for people and spreadsheets, nothing is changed here to be harmless: a text
 * that begins with `=` stays one.
 */
import type { FileOptions } from '../../model/model.ts';
import type { Cell, ValueType } from '../../plan/values.ts';
import { jsonCell } from '../cells.ts';

export interface WrittenColumn {
  readonly name: string;
  readonly type: ValueType;
  readonly codes: Uint32Array;
  readonly cells: readonly Cell[];
}

export interface WrittenTable {
  readonly rowCount: number;
  readonly columns: readonly WrittenColumn[];
}

/** Characters of one piece of text. */
const piece = 1 << 20;

/** A delimited file in pieces, header first. BLANK is an empty field, empty text a quoted one. */
export function* delimitedText({ rowCount, columns }: WrittenTable, options: FileOptions): Iterable<string> {
  const delimiter = options.delimiter ?? ',';
  const field = fieldWriter(delimiter, options);
  // A line with nothing on it is no row: a lone BLANK says which of its words it is.
  const blank = columns.length === 1 ? (options.blankTokens[0] ?? '""') : '';
  const fields = columns.map(({ cells, type }) => cells.map((it) => (it === null ? blank : field(it, type))));
  let text = `${columns.map((it) => quoted(it.name, delimiter)).join(delimiter)}\n`;
  const codes = columns.map((it) => it.codes);
  const width = columns.length;
  for (let row = 0; row < rowCount; row++) {
    for (let i = 0; i < width; i++) {
      if (i > 0) text += delimiter;
      text += fields[i]?.[codes[i]?.[row] ?? 0] ?? '';
    }
    text += '\n';
    if (text.length >= piece) {
      yield text;
      text = '';
    }
  }
  if (text !== '') yield text;
}

/** One JSON object a line. */
export function* ndjsonText({ rowCount, columns }: WrittenTable): Iterable<string> {
  const fields = columns.map(({ name, type, cells }) => cells.map((it) => `${JSON.stringify(name)}:${JSON.stringify(jsonCell(it, type))}`));
  let text = '';
  for (let row = 0; row < rowCount; row++) {
    text += `{${columns.map(({ codes }, i) => fields[i]?.[codes[row] ?? 0] ?? '').join(',')}}\n`;
    if (text.length >= piece) {
      yield text;
      text = '';
    }
  }
  if (text !== '') yield text;
}

function fieldWriter(delimiter: string, { trueWords, falseWords }: FileOptions): (cell: Exclude<Cell, null>, type: ValueType) => string {
  const words = [falseWords[0] ?? 'false', trueWords[0] ?? 'true'].map((it) => quoted(it, delimiter));
  return (cell, type) => {
    if (typeof cell === 'string') return quoted(cell, delimiter);
    if (typeof cell === 'boolean') return words[cell ? 1 : 0] ?? '';
    const value = jsonCell(cell, type);
    if (type === 'dateTime') return String(value).replace(/T00:00:00$/, '');
    // A whole number with a point stays a number with digits behind it where nothing else tells.
    return type === 'double' && typeof value === 'number' && Number.isInteger(value) && Math.abs(value) < 1e15 ? `${String(value)}.0` : String(value);
  };
}

/** Text in quotes where a reader would otherwise end it, cut it, or take it for BLANK. */
const quoted = (text: string, delimiter: string): string =>
  (text === '' || text.includes(delimiter) || /["\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
