/** `dax-metrics sample`: made-up rows for the tables of a model, as files. */
import { lstat, mkdir, open, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { reasonText } from '../formats/outcomes.ts';
import { sampleRows, sampledTables, type SampleText } from '../workspace/index.ts';
import type { ModelView } from '../workspace/types.ts';
import { exitCodes, UsageError } from './exit.ts';
import { plain } from './output/terminal.ts';
import { openProject, type CommonOptions, type OpenProject } from './project.ts';

export interface SampleCommandOptions extends CommonOptions {
  readonly out: string;
  readonly rows?: number;
  readonly seed?: number;
  readonly format: 'csv' | 'ndjson';
  readonly force?: true;
}

/** @param named a model file or the name of a model */
export async function sampleCommand(named: string | undefined, options: SampleCommandOptions): Promise<number> {
  const isFile = named !== undefined && /\.(?:ya?ml|json)$/i.test(named);
  const project = await openProject(isFile ? [named] : [], isFile || named === undefined ? options : { ...options, model: named });
  try {
    const view = await modelOf(project, isFile ? undefined : named ?? options.model);
    const files = fileNames(sampledTables(view), options.format);
    const [refused] = [...view.model.tables.values()].filter((it) => it.unsupported !== undefined);
    if (refused?.unsupported !== undefined) throw new UsageError(`no rows for ${refused.name}: ${refused.unsupported}; see check`);
    if (files.size === 0) throw new UsageError(`the model ${view.name} has no table whose rows could be made up`);
    const folder = path.resolve(options.out);
    await refuseOthers(folder, [...files.values()], options.force === true);
    await mkdir(folder, { recursive: true }).catch(() => {
      throw new UsageError(`${options.out} cannot be made`);
    });
    const none = await sampleRows(project.workspace, view, options, Date.now(), async (table) => {
      const name = files.get(table.table);
      if (name === undefined) return;
      await writeRows(path.join(folder, name), table, options.force === true);
      process.stdout.write(`${plain(path.join(options.out, name))}  ${String(table.rows)} rows\n`);
    });
    if (none === undefined) return exitCodes.fine;
    process.stderr.write(`${plain(`dax-metrics: no rows for ${none.table}: ${reasonText(none.reason)}`)}\n`);
    return exitCodes.findings;
  } finally {
    project.dispose();
  }
}

async function modelOf({ workspace, files }: OpenProject, name: string | undefined): Promise<ModelView> {
  const models = await workspace.models();
  const wanted = models.filter((it) => (files.length > 0 ? files.includes(it.model.uri) : name === undefined || it.name.toLowerCase() === name.toLowerCase()));
  const [only] = wanted;
  if (only === undefined) throw new UsageError(files.length > 0 ? `${path.basename(fileURLToPath(files[0] ?? ''))} is no model that can be read; see check` : 'there is no model');
  if (wanted.length > 1) throw new UsageError(`several models are known, name one: ${wanted.map((it) => it.name).join(', ')}`);
  return only;
}

const devices = /^(?:con|prn|aux|nul|com\d|lpt\d)$/i;

/** A file name for each table: nothing in a table's name leads out of the folder, and no two are the same in any case. */
export function fileNames(tables: readonly string[], ending: string): ReadonlyMap<string, string> {
  const taken = new Set<string>();
  return new Map(tables.map((table) => {
    const kept = table.replace(/[^\p{L}\p{N} _-]+/gu, '_').trim().slice(0, 80) || '_';
    const stem = devices.test(kept) ? `${kept}_` : kept;
    let name = `${stem}.${ending}`;
    for (let i = 2; taken.has(name.toLowerCase()); i++) name = `${stem}-${String(i)}.${ending}`;
    taken.add(name.toLowerCase());
    return [table, name] as const;
  }));
}

/** Before anything is written: what is there stays, unless it may be written over; a folder or a device always does. */
async function refuseOthers(folder: string, names: readonly string[], force: boolean): Promise<void> {
  for (const name of names) {
    const facts = await lstat(path.join(folder, name)).catch(() => undefined);
    if (facts === undefined) continue;
    if (!force) throw new UsageError(`${path.join(folder, name)} is there already; --force writes over it`);
    if (!facts.isFile()) throw new UsageError(`${path.join(folder, name)} is no regular file and is not written over`);
  }
}

/** Writes beside the file and takes its place in the end, so that nobody finds half of it. */
async function writeRows(file: string, { pieces }: SampleText, force: boolean): Promise<void> {
  const beside = `${file}.${String(process.pid)}.part`;
  try {
    // `wx` follows no link and writes over nothing.
    const handle = await open(force ? beside : file, 'wx');
    try {
      for (const it of pieces) await handle.appendFile(it);
    } finally {
      await handle.close();
    }
    if (force) await rename(beside, file);
  } catch (fault) {
    if (force) await rm(beside, { force: true });
    throw new UsageError(`${file} cannot be written: ${fault instanceof Error && 'code' in fault ? String(fault.code) : 'see the folder'}`);
  }
}
