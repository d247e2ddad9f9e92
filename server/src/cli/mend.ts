/** `--fix`: applies the certain repairs of findings, round after round, until nothing is left to mend. */
import type { TextEdit } from '../findings/finding.ts';
import { apart, repairsOf } from '../ide/fixAll.ts';
import type { LocatedFinding, Workspace } from '../workspace/types.ts';
import { writeText } from './files.ts';

/** A repair that was made. */
export interface Mended {
  readonly uri: string;
  readonly rule: string;
  /** What the repair is called. */
  readonly title: string;
}

/** Rules that undo each other must not go on for ever. */
const mostRounds = 10;

/**
 * Mends files and writes them. What is mended in one file may be what another waits for, so all files are looked at
 * again until a round finds nothing.
 *
 * @param wanted findings that are to be mended
 */
export async function mend(workspace: Workspace, uris: readonly string[], wanted: (it: LocatedFinding) => boolean): Promise<readonly Mended[]> {
  const mended: Mended[] = [];
  for (let round = 0; round < mostRounds; round++) {
    const before = mended.length;
    for (const uri of uris) mended.push(...(await mendOnce(workspace, uri, wanted)));
    if (mended.length === before) break;
  }
  return mended;
}

async function mendOnce(workspace: Workspace, uri: string, wanted: (it: LocatedFinding) => boolean): Promise<readonly Mended[]> {
  const document = await workspace.document(uri);
  if (document === undefined) return [];
  // What meets another repair waits for the next round, when its finding is looked at in the new text.
  const made = apart(repairsOf((await workspace.findings(uri)).filter(wanted), uri));
  const text = applied(document.text, made.flatMap((it) => it.fix.edits));
  if (text === document.text) return [];
  await writeText(uri, text);
  workspace.filesChanged([uri]);
  return made.map(({ finding, fix }) => ({ uri, rule: finding.rule, title: fix.title }));
}

function applied(text: string, edits: readonly TextEdit[]): string {
  const parts: string[] = [];
  let at = 0;
  for (const { span, newText } of [...edits].sort((a, b) => a.span.start - b.span.start)) {
    parts.push(text.slice(at, span.start), newText);
    at = span.end;
  }
  return parts.join('') + text.slice(at);
}
