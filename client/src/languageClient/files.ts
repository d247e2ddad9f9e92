// Answers the server's file requests with the editor's own file system, so that web and virtual workspaces work alike.
import { FileSystemError, FileType, Uri, workspace } from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import type {
  FileFault,
  FileStat,
  FindFilesParams,
  FindFilesResult,
  ReadFileParams,
  ReadFileResult,
  StatParams,
  StatResult,
} from '../../../server/src/lsp/protocol.ts';
import { findFilesIn } from './findFiles.ts';

/** The editor's file systems give whole files only; beyond this size not even a head is read. */
const wholeFileLimit = 256 * 1024 * 1024;

export function answerFileRequests(client: BaseLanguageClient): void {
  client.onRequest('daxMetrics/stat', (params: StatParams): Promise<StatResult> => guarded(() => stat(Uri.parse(params.uri))));
  client.onRequest('daxMetrics/readFile', (params: ReadFileParams): Promise<ReadFileResult> => guarded(() => readFile(params)));
  client.onRequest('daxMetrics/findFiles', (params: FindFilesParams): Promise<FindFilesResult> => guarded(() => findFiles(params)));
}

async function stat(uri: Uri): Promise<FileStat | FileFault> {
  if (isOutside(uri)) return { fault: 'outside' };
  const it = await workspace.fs.stat(uri);
  // Where a link leads cannot be known through this interface, so none is followed.
  if ((it.type & FileType.SymbolicLink) !== 0) return { fault: 'outside' };
  if ((it.type & FileType.File) === 0) return { fault: 'not-a-file' };
  return { size: it.size, modified: it.mtime };
}

async function readFile({ uri: text, maxBytes, head }: ReadFileParams): Promise<ReadFileResult> {
  const uri = Uri.parse(text);
  const found = await stat(uri);
  if ('fault' in found) return found;
  const limit = head ? wholeFileLimit : maxBytes;
  if (found.size > limit) return { fault: 'too-large', size: found.size };
  const bytes = await workspace.fs.readFile(uri);
  // The file may have grown since its size was asked for.
  if (bytes.length > limit) return { fault: 'too-large', size: bytes.length };
  return { size: bytes.length, modified: found.modified, base64: toBase64(head ? bytes.subarray(0, maxBytes) : bytes) };
}

async function findFiles({ folder, globs }: FindFilesParams): Promise<FindFilesResult> {
  const base = Uri.parse(folder);
  if (isOutside(base)) return { fault: 'outside' };
  const found = await findFilesIn(base, globs);
  return { uris: [...new Set(found.map((it) => it.toString()))].sort() };
}

/** Only what lies in a workspace folder is read for the server. */
const isOutside = (uri: Uri): boolean => workspace.getWorkspaceFolder(uri) === undefined;

async function guarded<T>(run: () => Promise<T | FileFault>): Promise<T | FileFault> {
  try {
    return await run();
  } catch (error) {
    return { fault: error instanceof FileSystemError && error.code === 'FileNotFound' ? 'not-found' : 'unreadable' };
  }
}

function toBase64(bytes: Uint8Array): string {
  let text = '';
  for (let i = 0; i < bytes.length; i += 0x8000) text += String.fromCharCode(...bytes.subarray(i, i + 0x8000));
  return btoa(text);
}
