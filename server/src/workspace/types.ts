/**
 * What the workspace knows, as every host and every editor feature sees it.
 *
 * The workspace is the one object that joins files, models, analysis and the engine. Everything here is read-only and
 * made on demand: what an edit did not touch stays the same object.
 */
import type { Segment, Span } from '../../../grammar/src/tree.ts';
import type { Bound, MeasureSymbol } from '../analysis/bound.ts';
import type { LineIndex } from '../base/spans.ts';
import type { Finding } from '../findings/finding.ts';
import type { PageContext } from '../lint/index.ts';
import type { Model, ProjectFile } from '../model/model.ts';
import type { Region } from '../documents/index.ts';
import type { ColumnFacts, TableFacts } from '../plan/database.ts';
import type { ColumnRef, QueryResult } from '../plan/plan.ts';
import type { Covered } from './covered.ts';
import type { DefinedNames } from './definedNames.ts';
import type { Traced } from './trace.ts';

/** Polled by long work; a cancelled answer is thrown away. */
export interface Cancellation {
  readonly isCancellationRequested: boolean;
}

export interface Workspace {
  /** An editor opened or changed a text: it beats the file on disk until it is closed. */
  setText(document: { readonly uri: string; readonly languageId: string; readonly version: number; readonly text: string }): void;
  closeText(uri: string): void;
  /** An editor wrote the text that it holds open to the disk. */
  textSaved(uri: string): void;
  /** Files were created, changed or deleted on disk. */
  filesChanged(uris: readonly string[]): void;
  /** Resolves when project files, models and `.dax` files of the folders are read; every query below awaits it itself. */
  ready(): Promise<void>;
  /** The analysed document, or undefined for a file that is none of ours or cannot be read. Reads it from disk if need be. */
  document(uri: string): Promise<WorkspaceDocument | undefined>;
  /** A Markdown page with its headings, tabs and elements, as the rules see it; undefined for any other document. */
  page(uri: string): Promise<PageContext | undefined>;
  /** Lines of any file that a place of a model lies in; undefined when it cannot be read as text. */
  lines(uri: string): Promise<LineIndex | undefined>;
  /** Uris of the files with these endings, without their dot, in the workspace folder that a file lies in; none elsewhere. */
  filesAround(uri: string, endings: readonly string[]): Promise<readonly string[]>;
  /**
   * All findings of a document, in document offsets, severities of the project file applied, in order of place.
   *
   * @param sample whether to wait for the values that only the rows of the sample tell; with `known` those that are
   *   late are told by `onDidChange`, and expectations that do not hold are among them
   */
  findings(uri: string, sample?: 'wait' | 'known'): Promise<readonly LocatedFinding[]>;
  /** Every file that can have findings: model and project files, `.dax` files, and Markdown pages with a DAX fence. */
  checkableFiles(): Promise<readonly string[]>;
  models(): Promise<readonly ModelView[]>;
  /** Texts on disk of the pages and files of metrics that an editor holds open with another text. */
  unsaved(): Promise<ReadonlyMap<string, string>>;
  /** What the texts would mean if these files had these. */
  preview(texts: ReadonlyMap<string, string>): PreviewedTexts;
  /**
   * Evaluates DAX in a model, in one job. Texts are queries (`EVALUATE ...`), read with the model's metrics and those
   * of `measures`. Equal requests over equal data are answered from a cache.
   */
  evaluate(model: ModelView, queries: readonly EvaluationRequest[], cancellation?: Cancellation): Promise<readonly QueryResult[]>;
  /** Evaluates one query anew, and tells how its value came about. */
  trace(model: ModelView, request: EvaluationRequest, cancellation?: Cancellation): Promise<Traced>;
  /** Evaluates queries anew, and tells which branches of which definitions they took. */
  coverage(model: ModelView, requests: readonly EvaluationRequest[], cancellation?: Cancellation): Promise<readonly Covered[]>;
  /**
   * Row counts, types and distinct counts of the model's tables after load, of all or of those named; they wait for the
   * values that somebody waits for.
   */
  facts(model: ModelView, tables?: readonly string[]): Promise<readonly TableFacts[]>;
  /** The same of one column, also where its values are left unread before something asks for them. */
  columnFacts(model: ModelView, column: ColumnRef): Promise<KnownColumn | undefined>;
  /** For each table that is read from a file, by `nameKey`: how many milliseconds ago the file was changed. */
  dataAges(model: ModelView): Promise<ReadonlyMap<string, number>>;
  /** What was done since the workspace was made, for tests that count the work and for `eval --trace`. */
  work(): WorkCount;
  /** Called when findings or values of files other than the edited one may have changed. */
  onDidChange(listener: () => void): void;
  dispose(): void;
}

/** Nothing is evaluated in it: databases go by the names of models, and the engine has those of the workspace open. */
export type PreviewedTexts = Pick<Workspace, 'document' | 'models' | 'work'>;

/** A column of a table with so many rows. */
export interface KnownColumn extends ColumnFacts {
  readonly rowCount: number;
}

export interface WorkCount {
  /** Segments parsed and bound. */
  readonly parsed: number;
  readonly bound: number;
  /** Bound segments looked at by the rules. */
  readonly linted: number;
  /** Jobs sent to the engine, and what they cost there. */
  readonly jobs: number;
  readonly scans: number;
  readonly waves: number;
}

/** A finding in document offsets. */
export interface LocatedFinding extends Finding {
  /** The model by whose tables it was found. */
  readonly model: string | undefined;
}

export interface EvaluationRequest {
  /** A DAX query: `EVALUATE ROW("v", [m])`. */
  readonly query: string;
  /** Which EVALUATE of the text; the first where absent. */
  readonly index?: number;
  /** Metrics visible besides and before the model's: those of the page and the tab. */
  readonly measures?: ReadonlyMap<string, MeasureSymbol>;
  /** Functions, tables and columns visible besides and before the model's: those of the page and the tab. */
  readonly defined?: DefinedNames;
  /** A role of the model: what it hides is not there. */
  readonly role?: string | undefined;
}

export interface ModelView {
  readonly name: string;
  readonly model: Model;
  readonly project: ProjectFile;
  /** Metrics that `.dax` files define in this model, by `nameKey`. */
  readonly measures: ReadonlyMap<string, MeasureSymbol>;
  /** Functions, tables and columns that `.dax` files define in this model. */
  readonly defined: DefinedNames;
}

export interface WorkspaceDocument {
  readonly uri: string;
  readonly kind: 'dax' | 'markdown' | 'model' | 'project';
  readonly text: string;
  readonly lines: LineIndex;
  readonly project: ProjectFile;
  /** Regions of DAX, in order. */
  readonly regions: readonly RegionView[];
}

export interface RegionView {
  readonly region: Region;
  readonly segments: readonly SegmentView[];
}

export interface SegmentView {
  readonly segment: Segment;
  /** One per model the text belongs to; one without a model where none is known. */
  readonly readings: readonly Reading[];
}

/** A segment as one model understands it. */
export interface Reading {
  readonly model: ModelView | undefined;
  readonly bound: Bound;
  /** Findings of the lint rules, relative to the segment; made when first asked for. */
  lint(): readonly Finding[];
  /** Findings of the doc tags, relative to the segment; made when first asked for. */
  tags(): readonly Finding[];
  /** The metric that the segment defines. */
  readonly symbol: MeasureSymbol | undefined;
  /** The metrics that the text can see: the model's, overlaid by the page's and the tab's. */
  readonly measures: ReadonlyMap<string, MeasureSymbol>;
  /** Functions, tables and columns that the text can see because text defines them; what its own query defines is not among them. */
  readonly defined: DefinedNames;
}

/** Where an offset of a document lies. */
export interface Spot {
  readonly document: WorkspaceDocument;
  readonly region: RegionView;
  readonly segment: SegmentView;
  /** Offset relative to the segment's start. */
  readonly offset: number;
}

/** A segment-relative span in the document. */
export type ToDocument = (region: RegionView, segment: Segment, span: Span) => Span;
