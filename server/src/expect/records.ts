/** What the tags of a doc comment say: plain records whose DAX is still text, for the workspace to bind and run. */
import type { OffsetMap } from '../base/offsetMap.ts';
import type { Span } from '../base/spans.ts';
import type { Finding } from '../findings/finding.ts';
import type { DaxErrorId } from '../plan/values.ts';

/** DAX inside a tag. `map` leads from offsets in `text` to offsets in the segment; `span` covers it there. */
export interface DaxPart {
  readonly text: string;
  readonly map: OffsetMap;
  readonly span: Span;
}

/** A value as `@expect` writes it. */
export type Expected =
  /** `decimals` are the digits written behind the point, less the exponent; `integer`: written without either. */
  | { readonly kind: 'number'; readonly text: string; readonly decimals: number; readonly integer: boolean }
  | { readonly kind: 'text'; readonly value: string }
  /** Days since 1899-12-30. */
  | { readonly kind: 'date'; readonly serial: number; readonly text: string }
  | { readonly kind: 'boolean'; readonly value: boolean }
  | { readonly kind: 'blank' }
  /** An error as DAX raises it; any one where no id is given. */
  | { readonly kind: 'error'; readonly id: DaxErrorId | undefined };

interface Tag {
  /** From the `@` to the last character, continued lines included. */
  readonly span: Span;
  /** Filters of `where`: conditions or tables, as CALCULATE takes them. */
  readonly where: readonly DaxPart[];
}

/** `@expect value [± n] [where ...]` */
export interface ValueExpectation extends Tag {
  readonly kind: 'value';
  readonly expected: Expected;
  /** What is to be replaced when the value is pinned anew; `± n` is not part of it. */
  readonly valueSpan: Span;
  readonly tolerance: number | undefined;
}

/** `@expect = expression [± n] [by columns] [where ...]` */
export interface EqualExpectation extends Tag {
  readonly kind: 'equal';
  readonly expression: DaxPart;
  readonly by: readonly DaxPart[];
  readonly tolerance: number | undefined;
}

export type Expectation = ValueExpectation | EqualExpectation;

/** `@compare [other] by columns [within n] [where ...]` */
export interface Compare extends Tag {
  readonly kind: 'compare';
  readonly other: DaxPart;
  readonly by: readonly DaxPart[];
  /** The key of the rows that are listed where the two part. */
  readonly rows: readonly DaxPart[];
  /** Largest difference of a group that is no failure. */
  readonly within: number | undefined;
}

/** A doc comment taken apart. */
export interface DocTags {
  /** The lines that belong to no tag, without blank lines at both ends. */
  readonly description: string;
  readonly format: string | undefined;
  readonly formatSpan: Span | undefined;
  readonly expectations: readonly Expectation[];
  readonly compares: readonly Compare[];
  readonly public: boolean;
  /** Malformed and unknown tags. */
  readonly findings: readonly Finding[];
}
