/** What the page of a dependency graph and the extension say to each other. */
import type { DependencyGraph } from '../../../server/src/lsp/protocol/dependencies.ts';

export type { DependencyGraph };

export type ToPage = { readonly kind: 'graph'; readonly graph: DependencyGraph };

export type FromPage =
  | { readonly kind: 'ready' }
  /** The person chose a node: its definition is wanted. */
  | { readonly kind: 'open'; readonly node: string };
