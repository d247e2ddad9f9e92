// What client and server say to each other beyond the Language Server Protocol: plain records, types only.

/** Settings that change what is shown, never a finding or a value. */
export interface Settings {
  readonly values: { readonly enabled: boolean };
  readonly codeLabels: { readonly enabled: boolean };
  readonly codeLens: { readonly enabled: boolean };
  readonly hover: {
    /** `Table[Column]` by which hovers break a value down; empty: the dimension with the fewest values above one. */
    readonly breakdownColumn: string;
  };
}

export interface InitializationOptions {
  /** The client answers the file requests below. Without it the server reads `file:` only. */
  readonly clientFiles?: boolean;
  readonly settings?: Settings;
  /** Address of the evaluation worker's bundle, for hosts in which the server cannot know it. */
  readonly evaluationWorker?: string;
}

/** Why a file could not be had. */
export interface FileFault {
  readonly fault: 'not-found' | 'not-a-file' | 'too-large' | 'outside' | 'unreadable';
  readonly message: string;
}

/** `daxMetrics/stat`, server to client. */
export interface StatParams {
  readonly uri: string;
}
export type StatResult = { readonly size: number; readonly modified: number } | FileFault;

/** `daxMetrics/readFile`, server to client. */
export interface ReadFileParams {
  readonly uri: string;
  /** Larger files are refused before they are read. */
  readonly maxBytes: number;
}
export type ReadFileResult = { readonly base64: string } | FileFault;

/** `daxMetrics/findFiles`, server to client. */
export interface FindFilesParams {
  readonly folder: string;
  readonly glob: string;
  readonly exclude: string | null;
  readonly maxResults: number;
}
export type FindFilesResult = { readonly uris: readonly string[] } | FileFault;
