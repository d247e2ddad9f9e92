/** All certain repairs of a file at once: those that `check --fix` makes, of every rule or of one. */
import type { Fix, TextEdit } from '../findings/finding.ts';
import type { LocatedFinding, Workspace } from '../workspace/types.ts';

/** The fix that is made without asking: the preferred one, where it stays within the file. */
export const certainFix = (it: LocatedFinding, uri: string): Fix | undefined =>
  it.fixes.find((fix) => fix.preferred === true && fix.edits.length > 0 && fix.edits.every((edit) => edit.uri === undefined || edit.uri === uri));

interface Repair {
  readonly finding: LocatedFinding;
  readonly fix: Fix;
}

/** Repairs of which no two meet, in the order of the findings: what is left is looked at again in the new text. */
export function apart(repairs: readonly Repair[]): readonly Repair[] {
  const taken: TextEdit[] = [];
  return repairs.filter(({ fix }) => {
    if (fix.edits.some((edit) => taken.some((other) => meets(edit, other)))) return false;
    taken.push(...fix.edits);
    return true;
  });
}

/** Whether two edits overlap or touch: of two that insert in one place nobody can tell which comes first. */
const meets = ({ span: a }: TextEdit, { span: b }: TextEdit): boolean => a.start <= b.end && b.start <= a.end;

/** @param rule the only one that is mended; all where it is undefined */
export async function fixAllEdits(workspace: Workspace, uri: string, rule?: string): Promise<readonly TextEdit[]> {
  return apart(repairsOf(await workspace.findings(uri, 'known'), uri, rule)).flatMap((it) => it.fix.edits).toSorted((a, b) => a.span.start - b.span.start);
}

/** How many findings have a certain fix. */
export async function certainFixes(workspace: Workspace, uri: string): Promise<number> {
  return repairsOf(await workspace.findings(uri, 'known'), uri).length;
}

/** The findings with a certain fix. */
export function repairsOf(findings: readonly LocatedFinding[], uri: string, rule?: string): readonly Repair[] {
  return findings.filter((it) => rule === undefined || it.rule === rule).flatMap((finding): readonly Repair[] => {
    const fix = certainFix(finding, uri);
    return fix === undefined ? [] : [{ finding, fix }];
  });
}
