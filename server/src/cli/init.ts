/** `dax-metrics init`: a model file from the data files of a folder. */
import { stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { glob } from 'tinyglobby';
import { canonicalUri } from '../base/uri.ts';
import { createNodeHost } from '../host/node/host.ts';
import { dataGlobs, inferModel, isAboutProject, modelFileName, mostDataFiles } from '../workspace/index.ts';
import { exitCodes, UsageError } from './exit.ts';
import { plain } from './output/terminal.ts';
import type { CommonOptions } from './project.ts';

export interface InitOptions extends CommonOptions {
  readonly name?: string;
  readonly write?: true;
  readonly force?: true;
}

export async function initCommand(folder: string, options: InitOptions): Promise<number> {
  const root = path.resolve(options.root, folder);
  if ((await stat(root).catch(() => undefined))?.isDirectory() !== true) throw new UsageError(`${folder} is no folder`);
  const ignore = ['**/node_modules/**', '**/.*/**'];
  const found = (await glob(dataGlobs, { cwd: root, ignore, followSymbolicLinks: false, caseSensitiveMatch: false })).filter((it) => !isAboutProject(it)).sort();
  if (found.length === 0) throw new UsageError(`${folder} holds no data file: csv, tsv, json, ndjson or parquet`);
  if (found.length > mostDataFiles) throw new UsageError(`${folder} holds ${String(found.length)} data files; name a folder with at most ${String(mostDataFiles)}`);
  const name = options.name?.trim() ?? path.basename(root);
  if (name === '' || name.length > 200) throw new UsageError('--name must be a name of 1 to 200 characters');
  const target = path.join(root, modelFileName(name));
  if (options.write === true && options.force !== true && (await stat(target).catch(() => undefined)) !== undefined) {
    throw new UsageError(`${target} is there already; --force writes over it`);
  }
  const uri = `${canonicalUri(pathToFileURL(root).href)}/`;
  const host = createNodeHost([uri], new Set());
  try {
    const { text, tables, notRead } = await inferModel(host, { name, folder: uri, files: found.map((it) => canonicalUri(pathToFileURL(path.join(root, it)).href)) });
    for (const it of notRead) process.stderr.write(`${plain(`dax-metrics: ${it.path} is left out: ${it.problem}`)}\n`);
    if (options.write !== true) process.stdout.write(text);
    else {
      await writeFile(target, text, { flag: options.force === true ? 'w' : 'wx' }).catch(() => {
        throw new UsageError(`${target} cannot be written`);
      });
      process.stderr.write(`${plain(`dax-metrics: ${target} is written: ${String(tables)} ${tables === 1 ? 'table' : 'tables'}; review it`)}\n`);
    }
    return tables === 0 ? exitCodes.findings : exitCodes.fine;
  } finally {
    host.engine.dispose();
  }
}
