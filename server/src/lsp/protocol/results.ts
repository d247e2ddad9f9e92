// What the results view asks the server: plain records, types only.
export type { PinResult } from './tests.ts';
export type { Copied, CopyParams } from '../../ide/results/copy.ts';
export type { ExplainParams } from '../../ide/results/explain.ts';
export type {
  Explained, ExplainNode, Fate, FateParams, Grain, GroupBy, PinResultsParams, RawCell, ResultChoice, ResultFilter, Results, ResultsColumn, ResultsParams, ResultSort,
  ResultsTable, ResultSubject, RowsBehind, RowsParams, ShownValue,
} from '../../ide/results/records.ts';

/** `daxMetrics/resultSubjects`: what stands at a place. */
export interface ResultSubjectsParams {
  readonly uri: string;
  readonly line: number;
  readonly character: number;
}
