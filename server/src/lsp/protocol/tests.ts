// The requests by which an editor lists and runs the tests of a workspace: its `@expect` and `@compare` tags.

interface Range {
  readonly start: { readonly line: number; readonly character: number };
  readonly end: { readonly line: number; readonly character: number };
}

/** `daxMetrics/tests`, client to server: the tests of one file, or of every file of the workspace that has any. */
export interface TestsParams {
  readonly uri?: string;
}

export interface TestFile {
  readonly uri: string;
  /** In order of the text; empty for a file without tests. */
  readonly metrics: readonly TestMetric[];
}

export interface TestMetric {
  /** Of the metrics of its file; it stays while the text changes around it. */
  readonly id: string;
  readonly name: string;
  /** The metric's name in its definition. */
  readonly range: Range;
  readonly tags: readonly TestTag[];
}

export interface TestTag {
  /** Of the tests of its file. */
  readonly id: string;
  /** The tag as written, on one line. */
  readonly title: string;
  /** The model in which it is read, where several read it. */
  readonly model?: string;
  readonly range: Range;
}

/** `daxMetrics/runTests`, client to server. */
export interface RunTestsParams {
  readonly uri: string;
  /** The tests to run; all of the file where absent. */
  readonly ids?: readonly string[];
}

export interface TestOutcome {
  readonly id: string;
  /** `notEvaluated`: there was no value to hold against the tag. */
  readonly state: 'passed' | 'failed' | 'notEvaluated';
  readonly expected: string;
  readonly actual: string;
  /** The filters of the tag. */
  readonly filter?: string;
  /** Groups and rows that part, one a line. */
  readonly details: readonly string[];
  /** Tables with made-up rows on which the values depend. */
  readonly generated?: readonly string[];
  /** The tests of a metric share their queries, and its time. */
  readonly milliseconds: number;
}

/** `daxMetrics/testCoverage`, client to server: what tests reach in the definitions that they read. */
export interface TestCoverageParams {
  readonly tests: readonly RunTestsParams[];
}

export interface CoveredFile {
  readonly uri: string;
  readonly metrics: readonly CoveredMetric[];
}

export interface CoveredMetric {
  readonly name: string;
  /** The name in the definition. */
  readonly range: Range;
  /** For how many contexts it was asked; 0: never. */
  readonly count: number;
  readonly choices: readonly CoveredChoice[];
}

/** A call that chooses between values: IF, SWITCH, COALESCE, IFERROR. */
export interface CoveredChoice {
  readonly name: string;
  readonly range: Range;
  readonly branches: readonly { readonly label: string; readonly range: Range; readonly count: number }[];
}

/** Commands of the client. */
export interface LensCommands {
  /** Runs the tests of a metric: a uri and the metric's id. */
  readonly tests?: string;
  /** Shows references: a uri, a line, a character, and locations. */
  readonly references?: string;
  /** Shows the values of the metric at a uri, a line and a character. */
  readonly results?: string;
  /** Pins the value of the metric at a uri, a line and a character. */
  readonly pin?: string;
}

/** `daxMetrics/pin`, client to server: the value of the metric in whose definition a place is, as an `@expect`. */
export interface PinParams {
  readonly uri: string;
  readonly position: Range['start'];
}

/** null outside of definitions. */
export type PinResult =
  /** `tag` is the first of `tags`; Values that were pinned already are `held`; `left` says of each other that is not pinned why. `metric` is the id of the metric among the tests of the file. */
  | {
    readonly kind: 'edits'; readonly tag: string; readonly tags: number; readonly held: number; readonly left: readonly string[]; readonly metric: string;
    readonly edits: readonly { readonly range: Range; readonly newText: string }[];
  }
  /** A sentence that says why there is nothing to pin. */
  | { readonly kind: 'refused'; readonly reason: string }
  | null;
