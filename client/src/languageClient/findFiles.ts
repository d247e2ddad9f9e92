// Finding files below a folder: by the editor's search, or by walking where a file system has none.
import { FileType, RelativePattern, Uri, workspace } from 'vscode';

/** How long a search may take that finds one file, before its file system counts as one without a search, in milliseconds. */
const patience = 2_000;
/** Folders and files that a walk looks at; what a browser keeps is small. */
const mostFolders = 2_000;
const mostEntries = 50_000;

/** By scheme: whether the editor can search there. Where it cannot, it waits for ever for somebody who can. */
const searchable = new Map<string, Promise<boolean>>();

/**
 * Files below a folder whose names match one of the globs; `node_modules` and hidden folders are left out.
 *
 * @param globs each `**` and a name, which may begin with a star
 */
export async function findFilesIn(base: Uri, globs: readonly string[]): Promise<readonly Uri[]> {
  if (!(await isSearchable(base))) return walked(base, globs);
  const left = new RelativePattern(base, '{**/node_modules/**,**/.*/**}');
  return (await Promise.all(globs.map((it) => workspace.findFiles(new RelativePattern(base, it), left)))).flat();
}

function isSearchable(base: Uri): Promise<boolean> {
  // What is on a disk can always be searched, however long it takes.
  if (base.scheme === 'file' || base.scheme === 'vscode-remote') return Promise.resolve(true);
  let known = searchable.get(base.scheme);
  if (known === undefined) {
    const answered = Promise.resolve(workspace.findFiles(new RelativePattern(base, '*'), undefined, 1)).then(() => true, () => false);
    known = Promise.race([answered, new Promise<boolean>((resolve) => setTimeout(() => resolve(false), patience))]);
    searchable.set(base.scheme, known);
  }
  return known;
}

/** Level by level, so that what is left out of a large tree lies deep. Links are not followed. */
async function walked(base: Uri, globs: readonly string[]): Promise<readonly Uri[]> {
  const names = globs.map((it) => it.slice(it.lastIndexOf('/') + 1));
  const matches = (name: string): boolean => names.some((it) => (it.startsWith('*') ? name.endsWith(it.slice(1)) : name === it));
  const found: Uri[] = [];
  const folders: Uri[] = [base];
  let entries = 0;
  for (let at = 0; at < folders.length && at < mostFolders && entries < mostEntries; at++) {
    const folder = folders[at];
    if (folder === undefined) break;
    for (const [name, type] of await entriesOf(folder)) {
      if (++entries > mostEntries) break;
      const uri = Uri.joinPath(folder, name);
      if (type === FileType.File && matches(name)) found.push(uri);
      else if (type === FileType.Directory && name !== 'node_modules' && !name.startsWith('.')) folders.push(uri);
    }
  }
  return found;
}

/** A folder that cannot be read has nothing for us. */
const entriesOf = (folder: Uri): Promise<readonly [string, FileType][]> => Promise.resolve(workspace.fs.readDirectory(folder)).catch(() => []);
