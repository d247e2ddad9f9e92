/** The findings of a document, as the editor lists and underlines them. */
import type { LocatedFinding, Workspace } from '../workspace/types.ts';

/** Findings in document offsets, in order of place; nobody waits for data to see a slip of the pen. */
export const diagnostics = (workspace: Workspace, uri: string): Promise<readonly LocatedFinding[]> => workspace.findings(uri, 'known');
