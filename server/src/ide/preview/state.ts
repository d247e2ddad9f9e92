/** The preview as a document sees it: for the one place where it always stands. */
import type { Workspace } from '../../workspace/types.ts';
import { modelsOf } from './models.ts';
import type { Preview, ToldFilter } from './preview.ts';

export interface PreviewState {
  /** For each model in which the document has values, by name: its filters, those that do not apply included. */
  readonly models: readonly { readonly name: string; readonly filters: readonly ToldFilter[] }[];
}

/** @returns undefined where the document has no model */
export async function previewState(workspace: Workspace, preview: Preview, uri: string): Promise<PreviewState | undefined> {
  const models = await modelsOf(workspace, uri);
  return models.length === 0 ? undefined : { models: models.map((it) => ({ name: it.name, filters: preview.told(it) })) };
}
