/** What the results view can ask, in one place. */
import type { Cancellation, ModelView, Workspace } from '../../workspace/types.ts';
import type { Settings } from '../settings.ts';
import { choicesFor } from './choices.ts';
import type { Pin } from '../tests/pin.ts';
import { copied, type Copied, type CopyParams } from './copy.ts';
import { explained, type ExplainParams } from './explain.ts';
import { fateOfRow } from './fate.ts';
import { pinned } from './pin.ts';
import type { Explained, Fate, FateParams, PinResultsParams, ResultChoice, Results, ResultsParams, ResultSubject, RowsBehind, RowsParams } from './records.ts';
import { results, type ResultsContext } from './results.ts';
import { rowsBehind } from './rows.ts';
import { subjectsAt } from './subject.ts';

/** Answers are undefined where the text has no such metric or query any more. */
export interface ResultsService {
  /** What results can be shown of at an offset, one for each model that reads the text. */
  subjects(uri: string, offset: number): Promise<readonly ResultSubject[]>;
  /** Columns that a metric can be broken down by. */
  choices(subject: ResultSubject): Promise<readonly ResultChoice[]>;
  show(params: ResultsParams, cancellation?: Cancellation): Promise<Results | undefined>;
  explain(params: ExplainParams, cancellation?: Cancellation): Promise<Explained | undefined>;
  rows(params: RowsParams, cancellation?: Cancellation): Promise<RowsBehind | undefined>;
  fate(params: FateParams, cancellation?: Cancellation): Promise<Fate | undefined>;
  copy(params: CopyParams, cancellation?: Cancellation): Promise<Copied | undefined>;
  pin(params: PinResultsParams): Promise<Pin | undefined>;
}

export interface ResultsOptions {
  readonly workspace: () => Workspace;
  readonly settings: (uri: string) => Promise<Settings>;
  /** Filter arguments of the context that the person has chosen for what is previewed. */
  readonly preview: (model: ModelView) => readonly string[];
  /** The same as conditions that a person would write. */
  readonly conditions: (model: ModelView) => readonly string[];
}

export function createResultsService({ workspace, settings, preview, conditions }: ResultsOptions): ResultsService {
  const context = (cancellation: Cancellation | undefined): ResultsContext =>
    ({ workspace: workspace(), settings, preview, conditions, ...(cancellation === undefined ? {} : { cancellation }) });
  return {
    subjects: (uri, offset) => subjectsAt(workspace(), uri, offset),
    choices: (subject) => choicesFor(workspace(), subject),
    show: (params, cancellation) => results(context(cancellation), params),
    explain: (params, cancellation) => explained(context(cancellation), params),
    rows: (params, cancellation) => rowsBehind(context(cancellation), params),
    fate: (params, cancellation) => fateOfRow(context(cancellation), params),
    copy: (params, cancellation) => copied(context(cancellation), params),
    pin: (params) => pinned(context(undefined), params),
  };
}
