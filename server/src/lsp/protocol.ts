// What client and server say to each other beyond the Language Server Protocol: plain records, types only.
import type { Settings } from '../ide/settings.ts';
import type { FileFault } from '../workspace/host.ts';
import type { LensCommands } from './protocol/tests.ts';

export type { FileFault, Settings };

export interface InitializationOptions {
  /** The client answers the file requests below. Without it the server reads `file:` only. */
  readonly clientFiles?: boolean;
  readonly settings?: Settings;
  /** Address of the evaluation worker's bundle, for hosts in which the server cannot know it. */
  readonly evaluationWorker?: string;
  /** Address of the folder of the rules' pages, ending with `/`: a finding's id links to its page there. */
  readonly rulePages?: string;
  /** The client's command that lets one rename what stands at a place: its arguments are a uri, a line and a character. */
  readonly renameCommand?: string;
  /** The client's commands that lenses above a definition lead to; a lens without one is not shown, or is text. */
  readonly lensCommands?: LensCommands;
  /** The client wants to be told by `daxMetrics/changed` when findings or values may have changed. */
  readonly followsChanges?: boolean;
}

/** `daxMetrics/stat`, server to client. */
export interface StatParams {
  readonly uri: string;
}
export interface FileStat {
  readonly size: number;
  readonly modified: number;
}
export type StatResult = FileStat | FileFault;

/** `daxMetrics/readFile`, server to client. */
export interface ReadFileParams {
  readonly uri: string;
  /** Larger files are refused before they are read, or cut where only the `head` is asked for. */
  readonly maxBytes: number;
  readonly head: boolean;
}
export type ReadFileResult = (FileStat & { readonly base64: string }) | FileFault;

/** `daxMetrics/findFiles`, server to client. */
export interface FindFilesParams {
  readonly folder: string;
  readonly globs: readonly string[];
}
export type FindFilesResult = { readonly uris: readonly string[] } | FileFault;

/** What a client adds to the options of `textDocument/formatting` to have the DAX of a page laid out. */
export interface PageFormatting {
  readonly 'daxMetrics.page': true;
}

/** `daxMetrics/changed`, server to client: by an edit of DAX (`text`), by files on disk, settings or folders, or by filters of the preview. */
export interface ChangedParams {
  readonly cause: 'text' | 'files' | 'preview';
}

export type * from './protocol/tests.ts';
