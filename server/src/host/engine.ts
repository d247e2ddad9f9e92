/** The engine in the thread that holds it: databases by name, filled from files that the host opens. */
import { loadedFrom, loadedLater, openDatabase, requestFor, runJob, type Database, type Loaded } from '../engine/index.ts';
import { tableReader, type ByteSource, type TableRequest, type TableResult } from '../formats/index.ts';
import { openParquet } from '../formats/parquet/readParquet.ts';
import type { DatabaseSpec, DataFault, InspectedPart, TableSpec } from '../plan/database.ts';
import type { Job, JobResult } from '../plan/plan.ts';
import type { Signal } from '../plan/scan.ts';
import type { FileFault, LoadWatch, Opened } from '../workspace/host.ts';
import type { Inspection } from './engineMessages.ts';

/** A data file that was opened: its place and size are checked. */
export interface SourceFile extends ByteSource {
  /** Equal for equal contents of the same file; undefined: not known. */
  readonly stamp?: string | undefined;
  /** The file from its beginning to its end; a piece is good until the next one is asked for. */
  chunks(): AsyncIterable<Uint8Array>;
  /** Whether it was written to since it was opened. */
  changed(): boolean;
  close(): Promise<void>;
}

/** Opens a data file of at most `maxBytes`. */
export type OpenSource = (uri: string, maxBytes: number) => Promise<SourceFile | FileFault>;

export interface Engine {
  open(name: string, spec: DatabaseSpec, watch?: LoadWatch): Promise<Opened>;
  /** What is known of a part of the database that was opened with this key. */
  inspect(name: string, key: string, part: InspectedPart, signal: Signal): Inspection;
  run(name: string, job: Job, signal: Signal): JobResult;
}

/** What is made at one go for those who only want to know, in milliseconds: a value that is waited for comes in between. */
const inspectFor = 20;

export function createEngine(openSource: OpenSource): Engine {
  const databases = new Map<string, Database>();
  /** Rows by what they were read from and how, for each database: an edit of the model reads no file again that it leaves as it is. */
  const rows = new Map<string, ReadonlyMap<string, Loaded>>();
  return {
    async open(name, spec, watch) {
      databases.delete(name);
      const before = rows.get(name) ?? new Map<string, Loaded>();
      const now = new Map<string, Loaded>();
      const database = await openDatabase(spec, (table) => load(table, spec, openSource, watch, before, now));
      rows.set(name, now);
      for (const [key, it] of before) if (!now.has(key)) it.close?.();
      databases.set(name, database);
      return { faults: database.faults };
    },
    inspect(name, key, part, signal) {
      const database = databases.get(name);
      if (database?.spec.key !== key) return 'other';
      const end = Date.now() + inspectFor;
      return database.inspect(part, signal, () => Date.now() >= end) ?? 'unfinished';
    },
    run(name, job, signal) {
      const database = databases.get(name);
      if (database === undefined) throw new Error(`no database ${name} is open`);
      const result = runJob(database, job, { signal });
      const faults = database.lateFaults();
      return faults.length === 0 ? result : { ...result, faults };
    },
  };
}

/** A file that is written to while it is read is read once more; then its rows are not used. */
async function load(table: TableSpec, spec: DatabaseSpec, openSource: OpenSource, watch: LoadWatch | undefined, before: ReadonlyMap<string, Loaded>, now: Map<string, Loaded>): Promise<Loaded> {
  const { source } = table;
  if (source.kind !== 'file') throw new Error(`${table.name} is no file`);
  const cancelled: Loaded = { table: undefined, faults: [{ table: table.name, column: undefined, rule: 'data-cancelled', params: { path: source.path } }] };
  for (let attempt = 0; attempt < 2; attempt++) {
    if (watch?.isCancelled() === true) return cancelled;
    const file = await openSource(source.uri, spec.limits.fileBytes);
    if ('fault' in file) return { table: undefined, faults: [faultOf(table.name, source.path, file, spec.limits.fileBytes)] };
    let isKept = false;
    try {
      const request = requestFor(table, spec.limits);
      const key = file.stamp === undefined ? undefined : JSON.stringify([file.stamp, table.name, source.uri, source.format, request]);
      const known = key === undefined ? undefined : before.get(key);
      const result = known ?? (source.format === 'parquet' ? await openLater(table, file, request) : loadedFrom(table, await rowsOf(watch === undefined ? file : watched(file, source.path, watch), request)));
      if (!file.changed()) {
        if (key !== undefined) now.set(key, result);
        isKept = known === undefined && result.close !== undefined;
        return result;
      }
    } catch (fault) {
      if (fault instanceof LoadCancelled) return cancelled;
      return { table: undefined, faults: [faultOf(table.name, source.path, { fault: 'unreadable' }, spec.limits.fileBytes)] };
    } finally {
      if (!isKept) await file.close();
    }
  }
  return { table: undefined, faults: [{ table: table.name, column: undefined, rule: 'data-changed', params: { path: source.path } }] };
}

/** Raised where a file need not be read any further. */
class LoadCancelled extends Error {}

/** A file that tells how far it is read, and ends where it need not be read any further. */
function watched(file: SourceFile, path: string, watch: LoadWatch): SourceFile {
  let read = 0;
  const note = (bytes: number): void => {
    if (watch.isCancelled()) throw new LoadCancelled();
    read += bytes;
    watch.progress(path, Math.min(read, file.size), file.size);
  };
  return {
    ...file,
    async *chunks() {
      for await (const bytes of file.chunks()) {
        note(bytes.length);
        yield bytes;
      }
    },
  };
}

/** A file that stays open for as long as columns are still to be read from it. */
async function openLater(table: TableSpec, file: SourceFile, request: TableRequest): Promise<Loaded> {
  const read: SourceFile['read'] = (from, to, into) => {
    try {
      return file.read(from, to, into);
    } catch {
      // What a disk refuses is not there.
      return new Uint8Array(0);
    }
  };
  const loaded = loadedLater(table, await openParquet({ size: file.size, read }, request), () => !file.changed());
  return loaded.table?.columns.some((it) => it.later !== undefined) === true ? { ...loaded, close: () => void file.close() } : loaded;
}

async function rowsOf(file: SourceFile, request: TableRequest): Promise<TableResult> {
  const reader = tableReader({ ...request, size: file.size });
  for await (const bytes of file.chunks()) if (!reader.write(bytes)) break;
  return reader.end();
}

function faultOf(table: string, path: string, { fault, size }: FileFault, limit: number): DataFault {
  const at = { table, column: undefined };
  switch (fault) {
    case 'not-found':
      return { ...at, rule: 'data-missing', params: { path } };
    case 'outside':
      return { ...at, rule: 'data-outside', params: { path } };
    case 'not-a-file':
      return { ...at, rule: 'data-not-regular', params: { path } };
    case 'too-large':
      return { ...at, rule: 'data-too-large', params: { path, size: bytesText(size ?? 0), limit: bytesText(limit) } };
    case 'not-text':
    case 'unreadable':
      return { ...at, rule: 'data-malformed', params: { path, place: 'the file', problem: 'it cannot be read' } };
  }
}

const bytesText = (bytes: number): string => `${bytes.toLocaleString('en-US')} bytes`;
