/** Where a table's rows come from: a file's uri, format and reading options, inline rows, or DAX. */
import { folderOf, resolvePath } from '../base/uri.ts';
import type { Finding } from '../findings/finding.ts';
import { finding } from '../findings/registry.ts';
import type { FileFormat, FileOptions, Source } from '../model/model.ts';
import type { RawTable } from './rawModel.ts';

export interface ResolvedSource {
  readonly source: Source;
  /** Why the table has no rows although the file names where they come from. */
  readonly unsupported: string | undefined;
  readonly findings: readonly { readonly uri: string; readonly finding: Finding }[];
}

export const defaultFileOptions: FileOptions = {
  delimiter: undefined, blankTokens: [], trueWords: ['true', '1'], falseWords: ['false', '0'], dateFormats: [],
};

/** Follows a table's source. A file is only named here; whether it is there shows when it is opened. */
export function resolveSource(table: RawTable): ResolvedSource {
  const raw = table.source;
  if (raw === undefined) return { source: { kind: 'none' }, unsupported: undefined, findings: [] };
  switch (raw.kind) {
    case 'rows': case 'dax': case 'sessionize': return { source: raw, unsupported: undefined, findings: [] };
    case 'file': {
      const { path, place } = raw;
      const uri = resolvePath(folderOf(place.uri), path);
      if (uri === undefined) return refused('a source outside the workspace folder', { uri: place.uri, finding: finding('data-outside', { path }, place.span) });
      const format = table.format ?? formatOf(path);
      if (format === undefined) {
        const params = { at: `source of table ${table.name}`, expected: 'a file that ends with .csv, .tsv, .json, .ndjson or .parquet, unless format says what it is', found: path };
        return refused('a source of unknown format', { uri: place.uri, finding: finding('model-invalid-value', params, place.span) });
      }
      return { source: { kind: 'file', uri, path, place, format, options: { ...defaultFileOptions, ...table.options } }, unsupported: undefined, findings: [] };
    }
  }
}

const refused = (unsupported: string, it: ResolvedSource['findings'][number]): ResolvedSource => ({ source: { kind: 'none' }, unsupported, findings: [it] });

function formatOf(path: string): FileFormat | undefined {
  const ending = /\.([a-z0-9]+)$/i.exec(path)?.[1]?.toLowerCase();
  switch (ending) {
    case 'csv': case 'txt': return 'csv';
    case 'tsv': case 'tab': return 'tsv';
    case 'json': return 'json';
    case 'ndjson': case 'jsonl': return 'ndjson';
    case 'parquet': return 'parquet';
    default: return undefined;
  }
}
