/** The models that a document's values come from. */
import { canonicalUri } from '../../base/uri.ts';
import type { ModelView, Workspace } from '../../workspace/types.ts';

/** Of a model file the model itself; of a document without DAX yet all models of its project. */
export async function modelsOf(workspace: Workspace, uri: string): Promise<readonly ModelView[]> {
  const document = await workspace.document(uri);
  if (document === undefined) return [];
  const all = await workspace.models();
  if (document.kind === 'model') return all.filter((it) => it.model.uri === canonicalUri(uri));
  const named = new Set(document.regions.flatMap((region) => region.segments.flatMap((it) => it.readings.flatMap((reading) => reading.model ?? []))));
  const found = named.size > 0 ? [...named] : all.filter((it) => it.project.folder === document.project.folder);
  return document.kind === 'markdown' && document.regions.length === 0 ? [] : found;
}
