/** A workspace over the files of a fixture, with the engine in this process. */
import { createLocalEngine } from './engine.ts';
import type { FileHost, Host } from '../../server/src/workspace/host.ts';
import { createWorkspace } from '../../server/src/workspace/index.ts';
import type { Workspace } from '../../server/src/workspace/types.ts';
import { fixture, type FixtureFile } from './fixtures.ts';

export const folder = 'file:///';

export interface OpenFixture {
  readonly workspace: Workspace;
  readonly files: readonly FixtureFile[];
  /** The file with the `$0`, else the first one. */
  readonly uri: string;
  /** Offset of the `$0`, else 0. */
  readonly offset: number;
  /** Changes a file as an editor does. */
  type(path: string, text: string): void;
  /** Changes a file on disk, or removes it. */
  write(path: string, text: string | undefined): void;
}

/** Opens a fixture; see `fixtures.ts` for its language. */
export async function openFixture(source: string, options: { readonly defaultModel?: string } = {}): Promise<OpenFixture> {
  const files = fixture(source);
  const contents = new Map(files.map((it) => [uriOf(it.path), it.text]));
  const host: Host = { files: memoryFiles(contents), engine: createLocalEngine(contents), now: () => Date.UTC(2025, 11, 31) };
  const workspace = createWorkspace({ host, folders: [folder], defaultModel: options.defaultModel });
  await workspace.ready();
  const marked = files.find((it) => it.cursor !== undefined) ?? files[0];
  return {
    workspace,
    files,
    uri: uriOf(marked?.path ?? '/'),
    offset: marked?.cursor ?? 0,
    type(path, text) {
      const uri = uriOf(path);
      const languageId = path.endsWith('.dax') ? 'dax' : path.endsWith('.md') ? 'markdown' : path.endsWith('.json') ? 'json' : 'yaml';
      workspace.setText({ uri, languageId, version: 1, text });
    },
    write(path, text) {
      if (text === undefined) contents.delete(uriOf(path));
      else contents.set(uriOf(path), text);
      workspace.filesChanged([uriOf(path)]);
    },
  };
}

export const uriOf = (path: string): string => `file://${path}`;

/** Three days and some before the host's clock; each content has a moment of its own. */
const lately = Date.UTC(2025, 11, 27, 23);

/** Files in memory. Globs are matched by their last part only, which is all that the workspace asks for. */
export function memoryFiles(contents: ReadonlyMap<string, string>): FileHost {
  const read = <T>(uri: string, make: (text: string) => T): Promise<T | { readonly fault: 'not-found' }> => {
    const text = contents.get(uri);
    return Promise.resolve(text === undefined ? { fault: 'not-found' } : make(text));
  };
  return {
    readText: (uri) => read(uri, (text) => text),
    readHead: (uri, maxBytes) => read(uri, (text) => new TextEncoder().encode(text).subarray(0, maxBytes)),
    stat: (uri) => read(uri, (text) => ({ size: text.length, modified: lately + (text.split('').reduce((sum, it) => (sum * 31 + it.charCodeAt(0)) | 0, 7) & 0xffff) })),
    find: (from, globs) => Promise.resolve([...contents.keys()].filter((uri) => uri.startsWith(from) && globs.some((it) => matches(uri, it))).sort()),
  };
}

function matches(uri: string, glob: string): boolean {
  const last = glob.slice(glob.lastIndexOf('/') + 1);
  const name = uri.slice(uri.lastIndexOf('/') + 1);
  return last.startsWith('*') ? name.endsWith(last.slice(1)) : name === last;
}
