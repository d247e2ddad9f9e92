/** Quick fixes: the repairs that findings carry. */
import { touches, type Span } from '../base/spans.ts';
import type { Finding, Fix } from '../findings/finding.ts';
import type { Workspace } from '../workspace/types.ts';
import { repairsOf } from './fixAll.ts';

export interface CodeAction {
  readonly title: string;
  readonly finding: Finding;
  readonly fix: Fix;
  /** The one repair to offer first: the fix says so, or it is the finding's only one. */
  readonly preferred: boolean;
  /** How many findings of its rule in the file have a fix that is made without asking. */
  readonly alike: number;
}

/**
 * @param span the selection; an empty one is the cursor
 */
export async function codeActions(workspace: Workspace, uri: string, span: Span): Promise<readonly CodeAction[]> {
  const found = await workspace.findings(uri, 'known');
  const counts = new Map<string, number>();
  const alike = (rule: string): number => {
    const count = counts.get(rule) ?? repairsOf(found, uri, rule).length;
    counts.set(rule, count);
    return count;
  };
  return found
    .filter((it) => touches(it.span, span.start) || touches(it.span, span.end) || (span.start <= it.span.start && it.span.end <= span.end))
    .flatMap((finding) =>
      finding.fixes.map((fix) => ({
        title: fix.title, finding, fix, preferred: fix.preferred ?? finding.fixes.length === 1, alike: alike(finding.rule),
      })),
    );
}
