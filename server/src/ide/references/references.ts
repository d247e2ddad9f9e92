/** Find all references: every place that means what stands at the cursor. */
import type { Workspace } from '../../workspace/types.ts';
import type { Location } from '../spot.ts';
import { askedAt, searched, usesIn } from './find.ts';

/**
 * References across metric files, pages, doc tags and model files, in order of file and place.
 *
 * @param withDefinitions whether the places that give the name its meaning are told as well
 */
export async function references(workspace: Workspace, uri: string, offset: number, withDefinitions: boolean): Promise<readonly Location[]> {
  const asked = await askedAt(workspace, uri, offset);
  if (asked === undefined) return [];
  const uses = await usesIn(workspace, asked.all, asked.symbols, await searched(workspace, asked));
  return uses.filter((it) => withDefinitions || !it.isDefinition).map((it) => ({ uri: it.uri, span: it.span }));
}
