/** What a text is cut into, and what is wrong with it. */
import type { Item, Node, Span } from './tree.ts';

/** What is wrong with the text, by code and parameters; messages live in the registry of findings. */
export interface Problem extends Node {
  readonly code: ProblemCode;
  /** Words for the message: what was found, what was expected, the joined name. */
  readonly params: Readonly<Record<string, string>>;
  /** A certain repair as edits relative to the segment. */
  readonly repair?: { readonly title: string; readonly edits: readonly { readonly span: Span; readonly newText: string }[] };
}

export type ProblemCode =
  | 'unexpected-token'      // { found, expected? }
  | 'expected-expression'   // { found, after? }
  | 'expected-token'        // { expected, found }
  | 'unclosed-bracket'      // { open } at the opening bracket
  | 'unclosed-string'
  | 'unclosed-name'         // ' or [
  | 'unclosed-comment'
  | 'broken-name'           // { name } a line break inside [...]
  | 'missing-body'          // { name }
  | 'smart-quote'           // { found, replacement }
  | 'invalid-date'          // { text }
  | 'invalid-character'     // { found }
  | 'local-separators'      // semicolons and decimal commas
  | 'prose'                 // text that is no DAX
  | 'placeholder'           // { text }
  | 'nested-too-deep'       // { limit }
  | 'segment-too-long';     // { limit }

/** One definition, query, bare expression or stretch of prose. */
export interface Segment {
  /** Offset of the segment in the text it was read from, doc comment included; spans inside are relative to it. */
  readonly start: number;
  readonly end: number;
  /** The segment's text: the cache key of everything derived from it. */
  readonly text: string;
  readonly item: Item;
  readonly problems: readonly Problem[];
  /** Comments other than `///` docs. */
  readonly comments: readonly Span[];
}

export interface SourceFile {
  readonly segments: readonly Segment[];
}
