/** A model from the data files of a folder, for review in the editor. */
import { relativeTo } from '../base/uri.ts';
import type { Host } from '../workspace/host.ts';
import { dataGlobs, inferModel, isAboutProject, modelFileName, mostDataFiles } from '../workspace/index.ts';
import { asPlain } from './markdown.ts';

export interface MadeModel {
  readonly text: string;
  /** Of the file that the model would stand in, in the folder; none of that name is there. */
  readonly fileName: string;
  readonly tables: number;
  /** Files of which no row can be used, with the reason; plain text. */
  readonly notRead: readonly string[];
}

const mostNames = 100;

/**
 * @param folder uri of the folder, ending with `/`
 * @param name of the model
 * @returns a sentence where no model can be made
 */
export async function makeModel(host: Host, folder: string, name: string): Promise<MadeModel | { readonly problem: string }> {
  const files = (await host.files.find(folder, dataGlobs)).filter((it) => !isAboutProject(relativeTo(folder, it)));
  if (files.length === 0) return { problem: 'The folder holds no data file: csv, tsv, json, ndjson or parquet.' };
  if (files.length > mostDataFiles) return { problem: `The folder holds ${String(files.length)} data files. Choose one with at most ${String(mostDataFiles)}.` };
  const { text, tables, notRead } = await inferModel(host, { name, folder, files });
  const left = notRead.map((it) => asPlain(`${it.path}: ${it.problem}`, 300));
  if (tables === 0) return { problem: `No data file of the folder can be read. ${left.slice(0, 3).join('; ')}` };
  return { text, tables, notRead: left, fileName: await freeName(host, folder, name) };
}

/** What is there is never written over. */
async function freeName(host: Host, folder: string, name: string): Promise<string> {
  for (let i = 1; i <= mostNames; i++) {
    const fileName = modelFileName(i === 1 ? name : `${name}-${String(i)}`);
    if ('fault' in (await host.files.stat(`${folder}${encodeURIComponent(fileName)}`))) return fileName;
  }
  return modelFileName(`${name}-${String(mostNames + 1)}`);
}
