/** The places in a document that mean what stands at the cursor. */
import type { Span } from '../base/spans.ts';
import type { Workspace } from '../workspace/types.ts';
import { askedAt, usesIn } from './references/find.ts';

export interface DocumentHighlight {
  readonly span: Span;
  /** `write`: the name gets its meaning here. */
  readonly kind: 'read' | 'write';
}

export async function documentHighlights(workspace: Workspace, uri: string, offset: number): Promise<readonly DocumentHighlight[]> {
  const asked = await askedAt(workspace, uri, offset);
  if (asked === undefined) return [];
  const uses = await usesIn(workspace, asked.all, asked.symbols, [asked.document.uri]);
  return uses.map((it) => ({ span: it.span, kind: it.isDefinition ? 'write' : 'read' }));
}
