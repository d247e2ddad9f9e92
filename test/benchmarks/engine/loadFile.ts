/** Loads a table's file as the engine's worker does. */
import { pathToFileURL } from 'node:url';
import { loadedFrom, requestFor, type Loaded } from '../../../server/src/engine/index.ts';
import { tableReader } from '../../../server/src/formats/index.ts';
import { readParquet } from '../../../server/src/formats/parquet/readParquet.ts';
import { diskSource } from '../../../server/src/host/node/source.ts';
import type { Limits } from '../../../server/src/model/model.ts';
import type { TableSpec } from '../../../server/src/plan/database.ts';

export async function loadFile(table: TableSpec, file: string, limits: Limits): Promise<Loaded> {
  const request = requestFor(table, limits);
  const uri = pathToFileURL(file).href;
  const source = await diskSource([], new Set([uri]))(uri, limits.fileBytes);
  if ('fault' in source) throw new Error(`${file}: ${source.fault}`);
  try {
    if (request.format === 'parquet') return loadedFrom(table, await readParquet(source, request));
    const reader = tableReader({ ...request, size: source.size });
    for await (const bytes of source.chunks()) if (!reader.write(bytes)) break;
    return loadedFrom(table, reader.end());
  } finally {
    await source.close();
  }
}
