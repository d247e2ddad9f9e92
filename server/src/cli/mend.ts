/** `--fix`: applies the certain repairs of findings, round after round, until nothing is left to mend. */
import type { Fix, TextEdit } from '../findings/finding.ts';
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

/** The fix that `--fix` applies: the preferred one, where it stays within the file. */
export const certainFix = (it: LocatedFinding, uri: string): Fix | undefined =>
  it.fixes.find((fix) => fix.preferred === true && fix.edits.length > 0 && fix.edits.every((edit) => edit.uri === undefined || edit.uri === uri));

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
  const taken: TextEdit[] = [];
  const mended: Mended[] = [];
  for (const it of (await workspace.findings(uri)).filter(wanted)) {
    const fix = certainFix(it, uri);
    // What meets another repair waits for the next round, when its finding is looked at in the new text.
    if (fix === undefined || fix.edits.some((edit) => taken.some((other) => meets(edit, other)))) continue;
    taken.push(...fix.edits);
    mended.push({ uri, rule: it.rule, title: fix.title });
  }
  const text = applied(document.text, taken);
  if (text === document.text) return [];
  await writeText(uri, text);
  workspace.filesChanged([uri]);
  return mended;
}

/** Whether two edits overlap or touch: of two that insert in one place nobody can tell which comes first. */
const meets = ({ span: a }: TextEdit, { span: b }: TextEdit): boolean => a.start <= b.end && b.start <= a.end;

function applied(text: string, edits: readonly TextEdit[]): string {
  const parts: string[] = [];
  let at = 0;
  for (const { span, newText } of [...edits].sort((a, b) => a.span.start - b.span.start)) {
    parts.push(text.slice(at, span.start), newText);
    at = span.end;
  }
  return parts.join('') + text.slice(at);
}
