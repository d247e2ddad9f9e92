/** What the server and the engine's worker say to each other: plain, cloneable records. */
import type { DatabaseSpec, Inspected, InspectedPart } from '../plan/database.ts';
import type { Job, JobResult } from '../plan/plan.ts';
import type { FileFault, Opened } from '../workspace/host.ts';

/** `unfinished`: there is more to be made, and to be asked for again; `other`: it is not the database that is open. */
export type Inspection = Inspected | 'unfinished' | 'other';

export type ToWorker =
  | { readonly kind: 'open'; readonly id: number; readonly name: string; readonly spec: DatabaseSpec }
  | {
      readonly kind: 'run';
      readonly id: number;
      readonly name: string;
      readonly job: Job;
      /** Not 0 at index 0: the answer is no longer wanted. Undefined where memory cannot be shared. */
      readonly flag: Int32Array | undefined;
    }
  /** Asks about a database that was opened with this key. */
  | {
      readonly kind: 'inspect';
      readonly id: number;
      readonly name: string;
      readonly key: string;
      readonly part: InspectedPart;
      /** Not 0 at index 0: something else comes first. Undefined where memory cannot be shared. */
      readonly flag: Int32Array | undefined;
    }
  /** What is being opened under this id need not be read any further. */
  | { readonly kind: 'cancelOpen'; readonly id: number }
  /** Answers a `read`. */
  | { readonly kind: 'bytes'; readonly id: number; readonly bytes: Uint8Array | FileFault };

export type FromWorker =
  | { readonly kind: 'opened'; readonly id: number; readonly opened: Opened }
  | { readonly kind: 'inspected'; readonly id: number; readonly inspected: Inspection }
  | { readonly kind: 'result'; readonly id: number; readonly result: JobResult }
  /** How far a file is read for what is being opened. */
  | { readonly kind: 'progress'; readonly id: number; readonly path: string; readonly read: number; readonly bytes: number }
  /** A fault of ours while answering. */
  | { readonly kind: 'failed'; readonly id: number; readonly message: string }
  /** Asks for a file, where the worker cannot read it itself. */
  | { readonly kind: 'read'; readonly id: number; readonly uri: string; readonly maxBytes: number };
