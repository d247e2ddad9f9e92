/**
 * What a metric page says around its DAX: elements (entities, attributes, filters) with the names and conditions in them.
 *
 * Everything is what the text says, and nothing about what exists: whether a name is an entity's is for who knows the
 * model. All spans are offsets in the document.
 */
import type { Span } from '../../../base/spans.ts';
import type { Heading, Region } from '../../region.ts';

export interface PageElements {
  /** In order of place. */
  readonly blocks: readonly MetricBlock[];
  /** Paragraphs outside elements that hold names, codes or a placeholder. */
  readonly prose: readonly PageProse[];
}

/** What a page says of one metric for one model: its DAX and the elements that belong to it. */
export interface MetricBlock {
  /** The heading that names the metric. */
  readonly heading: Heading | undefined;
  readonly headingPath: readonly Heading[];
  readonly tabId: string | undefined;
  /** From the first to the last of its parts. */
  readonly span: Span;
  readonly fences: readonly PageFence[];
  readonly elements: readonly PageElement[];
}

/** A fence of DAX; `empty` and `placeholder` are told by its text alone. */
export interface PageFence {
  readonly region: Region;
  readonly state: CellState;
}

export interface PageProse {
  readonly span: Span;
  readonly heading: Heading | undefined;
  readonly headingPath: readonly Heading[];
  readonly tabId: string | undefined;
  readonly state: CellState;
  readonly item: ElementItem;
}

export type ElementKind = 'entities' | 'attributes' | 'filters' | 'query' | 'other';

/** `none`: the cell says that there is nothing, as in "n/a". */
export type CellState = 'filled' | 'empty' | 'placeholder' | 'none';

export interface PageElement {
  readonly kind: ElementKind;
  /** "Attributes", as written. */
  readonly label: Piece;
  /** Of a cell its content, empty where the cell is; of a list from its first to its last item. */
  readonly span: Span;
  readonly form: 'cell' | 'list';
  readonly state: CellState;
  readonly items: readonly ElementItem[];
}

/** A piece of text without marks of Markdown, and where it stands. */
export interface Piece {
  readonly text: string;
  readonly span: Span;
}

/** What stands between two `<br>`, in one list item, or (of entities and attributes) between two commas. */
export interface ElementItem extends Piece {
  /** The name that the item begins with and that stands by itself there: the entity or attribute that the item lists. */
  readonly head: Reference | undefined;
  /** All names in order of place, the head and subjects of conditions included; plain words only as these. */
  readonly references: readonly Reference[];
  readonly clauses: readonly Clause[];
  /** Runs of five or more digits, and quoted numbers, outside conditions. */
  readonly codes: readonly LooseCode[];
  /** Words like `FactSession` that are no part of a reference. */
  readonly words: readonly PlainWord[];
  /** Brackets without a partner. */
  readonly unmatched: readonly Piece[];
}

/**
 * - `qualified`: `entity.attribute`; `spaced` the same with blanks at the dot
 * - `column`: `Table[Column]`
 * - `name`: one name with an underscore; `word`: one without
 */
export interface Reference {
  readonly form: 'qualified' | 'spaced' | 'column' | 'name' | 'word';
  /** Entity, or table of a `column`. */
  readonly entity: Piece | undefined;
  readonly attribute: Piece;
  readonly span: Span;
}

export interface PlainWord extends Piece {
  /** Whether the word "table" follows, or a colon behind which a condition stands. */
  readonly isTable: boolean;
}

export interface LooseCode extends Piece {
  readonly literal: Literal;
  /** The only reference of the same sentence, if it has just one. */
  readonly reference: Reference | undefined;
}

/** A condition within a sentence, and what the sentence does with it. */
export interface Clause {
  readonly condition: Condition;
  readonly span: Span;
  /** Whether rows that meet the condition are kept or dropped, where a word such as "exclude" says so. */
  readonly effect: 'keep' | 'drop' | undefined;
  readonly effectSpan: Span | undefined;
  /** `case`: the condition of an IF; `definition`: it says what a name means, `IsAgentSession := ...`. */
  readonly role: 'filter' | 'case' | 'definition';
  /** What a definition defines, when that is one word. */
  readonly defines: Piece | undefined;
  /** The sentence up to the condition: "Agent Rejected session is obtained by". */
  readonly lead: Piece;
  /** What stands in round brackets behind conditions: "(Entity Records)". */
  readonly notes: readonly Note[];
  readonly sentence: Span;
}

export interface Note extends Piece {
  /** The part of the condition that it stands behind. */
  readonly condition: Condition;
}

export type Operator = '=' | '<>' | '<' | '<=' | '>' | '>=';

export type Condition =
  | { readonly kind: 'comparison'; readonly subject: Reference; readonly operator: Operator; readonly operatorSpan: Span; readonly value: Literal; readonly span: Span }
  | { readonly kind: 'contains'; readonly subject: Reference; readonly negated: boolean; readonly value: Literal; readonly span: Span }
  | { readonly kind: 'in'; readonly subject: Reference; readonly negated: boolean; readonly values: readonly Literal[]; readonly span: Span }
  | { readonly kind: 'between'; readonly subject: Reference; readonly negated: boolean; readonly low: Literal; readonly high: Literal; readonly span: Span }
  /** `negated`: is not null. */
  | { readonly kind: 'null'; readonly subject: Reference; readonly negated: boolean; readonly span: Span }
  | { readonly kind: 'and' | 'or'; readonly parts: readonly Condition[]; readonly span: Span }
  | { readonly kind: 'not'; readonly part: Condition; readonly span: Span }
  /** A part that could not be read, beside one that could. */
  | ({ readonly kind: 'prose' } & Piece);

export interface Literal {
  readonly kind: 'number' | 'text' | 'boolean';
  /** Without quotes. */
  readonly text: string;
  /** Quotes included. */
  readonly span: Span;
  /** Without quotes. */
  readonly inner: Span;
  /** `mixed`: opened by a straight quote and closed by a typographic one, or the other way round. */
  readonly quote: 'none' | 'straight' | 'typographic' | 'mixed' | 'unclosed';
}
