// Answers the server's file requests with the editor's own file system, so that web and virtual workspaces work alike.
import { FileSystemError, FileType, RelativePattern, Uri, workspace, type Disposable } from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import type {
  FileFault,
  FindFilesParams,
  FindFilesResult,
  ReadFileParams,
  ReadFileResult,
  StatParams,
  StatResult,
} from '../../server/src/lsp/protocol.ts';

export function answerFileRequests(client: BaseLanguageClient): Disposable[] {
  return [
    client.onRequest('daxMetrics/stat', async (params: StatParams): Promise<StatResult> => guarded(() => stat(Uri.parse(params.uri)))),
    client.onRequest('daxMetrics/readFile', async (params: ReadFileParams): Promise<ReadFileResult> => guarded(() => readFile(params))),
    client.onRequest('daxMetrics/findFiles', async (params: FindFilesParams): Promise<FindFilesResult> => guarded(() => findFiles(params))),
  ];
}

async function stat(uri: Uri): Promise<StatResult> {
  const refused = outside(uri);
  if (refused !== undefined) return refused;
  const it = await workspace.fs.stat(uri);
  // Where a link leads cannot be known through this interface, so none is followed.
  if ((it.type & FileType.SymbolicLink) !== 0) return { fault: 'outside', message: 'symbolic links are not followed here' };
  if ((it.type & FileType.File) === 0) return { fault: 'not-a-file', message: 'not a regular file' };
  return { size: it.size, modified: it.mtime };
}

async function readFile({ uri: text, maxBytes }: ReadFileParams): Promise<ReadFileResult> {
  const uri = Uri.parse(text);
  const found = await stat(uri);
  if ('fault' in found) return found;
  if (found.size > maxBytes) return { fault: 'too-large', message: `${found.size} bytes, more than ${maxBytes}` };
  const bytes = await workspace.fs.readFile(uri);
  if (bytes.length > maxBytes) return { fault: 'too-large', message: `${bytes.length} bytes, more than ${maxBytes}` };
  return { base64: toBase64(bytes) };
}

async function findFiles({ folder, glob, exclude, maxResults }: FindFilesParams): Promise<FindFilesResult> {
  const base = Uri.parse(folder);
  const refused = outside(base);
  if (refused !== undefined) return refused;
  const found = await workspace.findFiles(new RelativePattern(base, glob), exclude === null ? undefined : exclude, maxResults);
  return { uris: found.map((it) => it.toString()) };
}

/** Only what lies in a workspace folder is read for the server. */
function outside(uri: Uri): FileFault | undefined {
  return workspace.getWorkspaceFolder(uri) === undefined ? { fault: 'outside', message: 'outside the workspace' } : undefined;
}

async function guarded<T>(run: () => Promise<T | FileFault>): Promise<T | FileFault> {
  try {
    return await run();
  } catch (error) {
    const missing = error instanceof FileSystemError && error.code === 'FileNotFound';
    return { fault: missing ? 'not-found' : 'unreadable', message: error instanceof Error ? error.message : String(error) };
  }
}

function toBase64(bytes: Uint8Array): string {
  let text = '';
  for (let i = 0; i < bytes.length; i += 0x8000) text += String.fromCharCode(...bytes.subarray(i, i + 0x8000));
  return btoa(text);
}
