/** Opens the workspace that a command works on, and finds the files that its paths name. */
import { stat } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { glob } from 'tinyglobby';
import { canonicalUri, isInside } from '../base/uri.ts';
import { createNodeHost } from '../host/node/host.ts';
import { createWorkspace, isOurs } from '../workspace/index.ts';
import type { Workspace } from '../workspace/types.ts';
import { UsageError } from './exit.ts';

export interface CommonOptions {
  readonly model?: string;
  readonly root: string;
}

export interface OpenProject {
  readonly workspace: Workspace;
  /** Folder uri that paths are shown relative to. */
  readonly root: string;
  /** Files that the paths name and that we can read, in order. */
  readonly files: readonly string[];
  dispose(): void;
}

/**
 * @param paths files, folders or globs, relative to the root; what is not there is looked for in the current folder
 * @throws UsageError when the root is no folder, a path matches no file, or there is no model of that name
 */
export async function openProject(paths: readonly string[], options: CommonOptions): Promise<OpenProject> {
  const rootPath = path.resolve(options.root);
  if (!(await isFolder(rootPath))) throw new UsageError(`--root ${options.root} is no folder`);
  const root = folderUri(rootPath);
  const folders = [root];
  const named: string[] = [];
  const below: string[] = [];
  for (const it of paths) {
    const found = await resolvePath(it, rootPath);
    if (found === undefined) throw new UsageError(`no file matches ${it}`);
    const ours = found.files.map(fileUri).filter(isOurs);
    if (found.folder === undefined && ours.length === 0) throw new UsageError(`no metric file, page or model matches ${it}`);
    named.push(...ours);
    if (found.folder !== undefined) {
      const uri = folderUri(found.folder);
      below.push(uri);
      if (uri !== root && !isInside(root, uri)) folders.push(uri);
    }
  }
  const host = createNodeHost(folders, new Set(named));
  const workspace = createWorkspace({ host, folders, defaultModel: options.model, mainFolder: root, named });
  const dispose = (): void => {
    workspace.dispose();
    host.engine.dispose();
  };
  const models = await workspace.models();
  if (options.model !== undefined && !models.some((it) => it.name.toLowerCase() === options.model?.toLowerCase())) {
    dispose();
    throw new UsageError(`there is no model ${options.model}; known: ${models.map((it) => it.name).join(', ') || 'none'}`);
  }
  const all = below.length === 0 ? [] : await workspace.checkableFiles();
  const files = [...new Set([...named, ...all.filter((uri) => below.some((folder) => isInside(folder, uri)))])];
  return {
    workspace,
    root,
    files,
    dispose,
  };
}

async function resolvePath(text: string, root: string): Promise<{ files: readonly string[]; folder?: string } | undefined> {
  for (const base of new Set([root, process.cwd()])) {
    const file = path.resolve(base, text);
    const facts = await stat(file).catch(() => undefined);
    if (facts?.isDirectory() === true) return { files: [], folder: file };
    if (facts !== undefined) return { files: [file] };
    const matches = await glob([text.replaceAll('\\', '/')], { cwd: base, absolute: true, ignore: ['**/node_modules/**'] });
    if (matches.length > 0) return { files: matches.sort() };
  }
  return undefined;
}

const isFolder = async (it: string): Promise<boolean> => (await stat(it).catch(() => undefined))?.isDirectory() === true;

const fileUri = (file: string): string => canonicalUri(pathToFileURL(file).href);

const folderUri = (folder: string): string => {
  const uri = fileUri(folder);
  return uri.endsWith('/') ? uri : `${uri}/`;
};
