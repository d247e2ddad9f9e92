/** What a document is made of, as far as DAX is concerned: regions of DAX, headings, tabs, tables, paragraphs. */
import type { OffsetMap } from '../base/offsetMap.ts';
import type { Span } from '../base/spans.ts';

/** All spans are offsets in the document. */
export interface DocumentRegions {
  /** In order of place. */
  readonly regions: readonly Region[];
  /** Of Markdown only. */
  readonly frontMatter: FrontMatter | undefined;
  readonly headings: readonly Heading[];
  readonly tabs: readonly Tab[];
  readonly tables: readonly PageTable[];
  /** Paragraphs, those of list items included. */
  readonly texts: readonly PageText[];
  /** Comments of HTML outside fences, from `<!--` to `-->`. */
  readonly comments: readonly Span[];
}

export interface Region {
  /** A `.dax` file is one region; a Markdown fence is one; each DAX scalar of a model file is one. */
  readonly kind: 'dax-file' | 'fence' | 'yaml';
  /** The DAX, without the indentation and quote marks of its document. */
  readonly text: string;
  readonly map: OffsetMap;
  /** From the first to the last character of the region's text in the document. */
  readonly span: Span;
  /** What follows the opening of a fence. */
  readonly info: FenceInfo;
  /** Headings above the region, outermost first, innermost last. */
  readonly headingPath: readonly Heading[];
  /** Id of the tab the region stands in: `historicalpage` of `[Historical](#tab/historicalpage)`; several are joined by `+`. */
  readonly tabId: string | undefined;
  /** Whether a fence has its closing line. */
  readonly closed: boolean;
  /** What a scalar of a model file defines. */
  readonly defines: Defines | undefined;
}

export interface FenceInfo {
  /** Of `model=historical`. */
  readonly model?: string;
  readonly modelSpan?: Span;
  /** The line that opens the fence. */
  readonly openSpan?: Span;
}

export type Defines =
  | { readonly kind: 'calculated-table'; readonly table: string }
  /** An expression of the rules that cut a log into sessions, on a row of the log. */
  | { readonly kind: 'session-rule'; readonly table: string; readonly log: string }
  | { readonly kind: 'calculated-column'; readonly table: string; readonly column: string }
  /** The whole definition, `FUNCTION name = (..) => ..`. */
  | { readonly kind: 'function'; readonly name: string }
  /** An expression of a calculation group: an item's, or one for another selection. */
  | { readonly kind: 'calculation-item'; readonly group: string }
  /** The condition on a row that a role may see. */
  | { readonly kind: 'role-filter'; readonly role: string; readonly table: string };

export interface Heading {
  readonly level: number;
  /** Without marks; of a link its text. */
  readonly text: string;
  /** Set when the heading opens a tab. */
  readonly tabId: string | undefined;
  /** The heading's text as written. */
  readonly span: Span;
}

export interface Tab {
  readonly id: string;
  readonly heading: Heading;
  /** From the heading to the thematic break, the next tab of the group or the end. */
  readonly span: Span;
}

export interface FrontMatter {
  readonly span: Span;
  /** Of `dax-model: historical` or `dax-model: [historical, realtime]`. */
  readonly models: readonly NamedSpan[];
}

export interface NamedSpan {
  readonly name: string;
  readonly span: Span;
}

/** A table of a Markdown page. */
export interface PageTable {
  readonly span: Span;
  readonly header: readonly TableCell[];
  /** At most as many cells as the header has; a row may have fewer. */
  readonly rows: readonly (readonly TableCell[])[];
  readonly headingPath: readonly Heading[];
  readonly tabId: string | undefined;
}

export interface TableCell {
  /** As written, outer blanks removed. */
  readonly text: string;
  readonly span: Span;
}

/** A paragraph of a Markdown page. */
export interface PageText {
  readonly span: Span;
  /** What each line holds, without the marks of lists and quotes. */
  readonly lines: readonly Span[];
  readonly inList: boolean;
  readonly headingPath: readonly Heading[];
  readonly tabId: string | undefined;
}

export const noRegions: DocumentRegions = { regions: [], frontMatter: undefined, headings: [], tabs: [], tables: [], texts: [], comments: [] };
