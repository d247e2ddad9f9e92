/** What a host (Node, a browser, a test) gives the workspace: files and an engine, behind one interface. */
import type { DatabaseSpec, DataFault, Inspected, InspectedPart } from '../plan/database.ts';
import type { Job, JobResult } from '../plan/plan.ts';

export interface FileFault {
  readonly fault: 'not-found' | 'not-a-file' | 'too-large' | 'outside' | 'not-text' | 'unreadable';
  /** Size in bytes where `too-large`. */
  readonly size?: number;
}

export interface FileFacts {
  readonly size: number;
  /** Milliseconds since 1970 UTC of the last change. */
  readonly modified: number;
}

/** Reads files of the workspace folders only: regular files whose real path lies in a folder, of bounded size. */
export interface FileHost {
  /** Text as UTF-8, or as its byte order mark says; the mark is no part of it. */
  readText(uri: string, maxBytes: number): Promise<string | FileFault>;
  /** The first bytes of a file of any size. */
  readHead(uri: string, maxBytes: number): Promise<Uint8Array | FileFault>;
  stat(uri: string): Promise<FileFacts | FileFault>;
  /** Files below a folder uri whose names match one of the globs; `node_modules` and hidden folders are left out. */
  find(folder: string, globs: readonly string[]): Promise<readonly string[]>;
}

/** Follows the reading of data files, which may take seconds. */
export interface LoadWatch {
  /** Told now and then: a file, as the model names it, and how many of its bytes are read. */
  progress(path: string, read: number, bytes: number): void;
  /** Asked now and then: whether the rest need not be read. */
  isCancelled(): boolean;
  /** Nothing more is read. */
  done(): void;
}

/** Follows an evaluation, which may take seconds. */
export interface EvaluationWatch {
  /** Asked now and then: whether nobody waits for it any more. */
  isCancelled(): boolean;
  /** It has ended. */
  done(): void;
}

export interface Opened {
  /** What was wrong with the files. */
  readonly faults: readonly DataFault[];
}

/** The engine behind its worker. Starts on first use. */
export interface EngineHost {
  /** Opens a database (closing one of the same `name`) and reads its files. Columns are made when something asks for them. */
  open(name: string, spec: DatabaseSpec, watch?: LoadWatch): Promise<Opened>;
  /**
   * What is known of a table, once no job waits any more.
   *
   * @param key of the database's description
   * @returns undefined where the name stands for a database with another key
   */
  inspect(name: string, key: string, part: InspectedPart): Promise<Inspected | undefined>;
  /** Runs a job; resolves with `cancelled` results when `signal` says so. */
  run(name: string, job: Job, signal?: { readonly isCancellationRequested: boolean }): Promise<JobResult>;
  dispose(): void;
}

export interface Host {
  readonly files: FileHost;
  readonly engine: EngineHost;
  /** Milliseconds since 1970 UTC; the clock `now` of a project. */
  now(): number;
  /** Resolves when what the user waits for has had time to be done: for work that nobody asked for. At once where absent. */
  idle?(): Promise<void>;
  /** Somebody who follows the reading of a model's files. */
  watchLoading?(model: string): LoadWatch;
  /** Somebody who follows the evaluations in a model. */
  watchEvaluation?(model: string): EvaluationWatch;
}
