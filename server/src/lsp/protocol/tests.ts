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
