/** Columns that a data file has and the model file does not name: read from the file's head, so that they are known. */
import { readTable } from '../formats/index.ts';
import { nameKey, type Column, type Model, type Table } from '../model/model.ts';
import type { FileHost } from './host.ts';

/** The head of a file with lines holds its header; where it does not, a longer head does, or none. */
const headBytes = [64 * 1024, 1024 * 1024, 16 * 1024 * 1024];
/** JSON has no header: it is read whole, up to so many bytes. */
const jsonBytes = 16 * 1024 * 1024;

/**
 * Adds to each table the columns that its data file has besides the declared ones. Their types are left open: the head
 * alone does not tell them for certain.
 */
export async function withSourceColumns(model: Model, files: FileHost): Promise<Model> {
  const tables = new Map(model.tables);
  let changed = false;
  for (const [key, table] of model.tables) {
    const added = await undeclared(table, files);
    if (added.length === 0) continue;
    changed = true;
    tables.set(key, { ...table, columns: new Map([...table.columns, ...added.map((it): [string, Column] => [nameKey(it.name), it])]) });
  }
  return changed ? { ...model, tables } : model;
}

async function undeclared(table: Table, files: FileHost): Promise<readonly Column[]> {
  const { source } = table;
  // Of a Parquet file the columns that the model declares are read: its list of columns stands at its end.
  if (source.kind !== 'file' || source.format === 'parquet') return [];
  const head = await headOf(source, files);
  if (head === undefined) return [];
  const { sourceNames } = readTable(head, {
    path: source.path,
    format: source.format,
    options: source.options,
    columns: [],
    others: true,
    maximumRows: jsonBytes,
    maximumBytes: jsonBytes,
  });
  return sourceNames
    .filter((it) => it !== '' && !table.columns.has(nameKey(it)))
    .map((name) => ({
      name, place: source.place, description: undefined, type: undefined, typePlace: undefined, key: false,
      choice: undefined, choicePlace: undefined, multiSelect: false, dataverse: undefined, expression: undefined,
      sortBy: undefined, hidden: false, deprecated: false,
    }));
}

/** The file up to the end of a line, its first at least; all of it where it has no lines. */
async function headOf({ uri, format }: { readonly uri: string; readonly format: string }, files: FileHost): Promise<Uint8Array | undefined> {
  for (const limit of format === 'json' ? [jsonBytes] : headBytes) {
    const head = await files.readHead(uri, limit);
    if ('fault' in head) return undefined;
    if (head.length < limit || format === 'json') return head;
    const end = head.lastIndexOf(10);
    if (end >= 0) return head.subarray(0, end + 1);
  }
  return undefined;
}
