/** What lint rules look at: a bound segment, a definition in its whole model, a page. */
import type { Segment } from '../../../grammar/src/tree.ts';
import type { Bound, MeasureSymbol } from '../analysis/bound.ts';
import type { Span } from '../base/spans.ts';
import type { DocumentRegions, Region } from '../documents/index.ts';
import type { Model, Place, ProjectFile } from '../model/model.ts';

/** A definition, query or expression as one model understands it. */
export interface SegmentContext {
  readonly segment: Segment;
  /** Where names lead, which literals are codes, types and columns of expressions. */
  readonly bound: Bound;
  readonly model: Model;
  /** The metrics that the text can see, by `nameKey`: the model's, overlaid by the page's and the tab's. */
  readonly measures: ReadonlyMap<string, MeasureSymbol>;
  /** Where the text stands: a `.dax` file, a fence of a page, a model file, or a tag of a doc comment. */
  readonly place: 'file' | 'page' | 'model' | 'tag';
  /** What a scalar of a model file defines. */
  readonly defines: Region['defines'];
  /** No syntax error spoils the tree: what is not in it is not in the text. */
  readonly isSound: boolean;
}

/** A metric's definition (a `measure` segment of a `.dax` file or a page) with the whole model around it. */
export interface DefinitionContext extends SegmentContext {
  readonly symbol: MeasureSymbol;
  readonly whole: ModelWhole;
}

/** All that `.dax` files say in one model. */
export interface ModelWhole {
  readonly model: Model;
  readonly project: ProjectFile;
  /** Every definition, in order of files. */
  readonly metrics: readonly MeasureSymbol[];
  /** Every definition of each name, by `nameKey`, in order of files; more than one where a name is defined twice. */
  readonly definitions: ReadonlyMap<string, readonly MeasureSymbol[]>;
  /** Whether any text but the definitions of the name itself mentions it: a metric, a query, a page. */
  isMentioned(symbol: MeasureSymbol): boolean;
  /** Every bound segment of the model's files, in order of files. Binds what is not bound yet: only for what cannot be told otherwise. */
  bounds(): readonly PlacedBound[];
  /** Where a definition's name stands, for a related place. */
  placeOf(symbol: MeasureSymbol): Place;
}

export interface PlacedBound {
  readonly bound: Bound;
  readonly uri: string;
  /** A span of the segment as a span of its file. */
  toFile(span: Span): Span;
}

/** A Markdown page. All spans are offsets in the page. */
export interface PageContext {
  readonly uri: string;
  readonly text: string;
  readonly project: ProjectFile;
  /** Headings, tabs and element tables. */
  readonly page: DocumentRegions;
  /** Fences, in order of place. */
  readonly fences: readonly PageFence[];
  /** Models of a place that is no fence, such as an element table: several where the page documents several. */
  modelsAt(place: { readonly headingPath: Region['headingPath']; readonly tabId: string | undefined }): readonly ModelWhole[];
}

export interface PageFence {
  readonly region: Region;
  readonly segments: readonly PageSegment[];
}

export interface PageSegment {
  readonly segment: Segment;
  /** One a model that the fence belongs to; none where no model is known. */
  readonly readings: readonly PageReading[];
  /** A span of the segment as a span of the page. */
  toPage(span: Span): Span;
}

export interface PageReading extends SegmentContext {
  /** The metric that the segment defines. */
  readonly symbol: MeasureSymbol | undefined;
  readonly whole: ModelWhole;
}
