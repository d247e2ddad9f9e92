/** One proposal of completion. */
import type { Span } from '../../base/spans.ts';

export interface CompletionItem {
  readonly label: string;
  readonly kind: 'table' | 'column' | 'measure' | 'function' | 'variable' | 'code' | 'value' | 'word' | 'keyword' | 'snippet' | 'file' | 'folder';
  /** Short plain text beside the label. */
  readonly detail?: string;
  /** What typed text is matched with. It begins like the text that is replaced, so with its quote or bracket. */
  readonly filterText: string;
  readonly sortText: string;
  /** Of a snippet with places to fill in, as editors write them: `${1|a,b|}`. */
  readonly newText: string;
  /** The text that is replaced, in the document. */
  readonly span: Span;
  readonly deprecated?: boolean;
  /** Set where `completionDocs` has more to say. */
  readonly key?: CompletionKey;
}

/** Names what a proposal is about, as plain data that an editor hands back. */
export type CompletionKey =
  | { readonly kind: 'function'; readonly name: string }
  | { readonly kind: 'definedFunction'; readonly uri: string; readonly name: string }
  | { readonly kind: 'measure'; readonly uri: string; readonly name: string }
  | { readonly kind: 'column'; readonly modelUri: string; readonly table: string; readonly column: string }
  | { readonly kind: 'table'; readonly modelUri: string; readonly table: string };

/** A proposal before it is known what it replaces. */
export type Proposal = Omit<CompletionItem, 'span' | 'filterText' | 'sortText'> & {
  readonly filterText?: string;
  /** Proposals of a lower rank come first. */
  readonly rank: number;
};
