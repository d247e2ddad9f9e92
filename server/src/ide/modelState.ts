/** Whether a document has what its values are made of: a model, and the files that the model names. */
import type { Place } from '../model/model.ts';
import type { Workspace } from '../workspace/types.ts';
import { asPlain } from './markdown.ts';
import { modelsOf } from './preview/models.ts';

export interface ModelState {
  /** Names of the document's models. */
  readonly models: readonly string[];
  /** Whether there is any model in the workspace. */
  readonly anyModel: boolean;
  /** The first error of the files that these models are made from, as plain text, and how many there are. */
  readonly problem: { readonly message: string; readonly place: Place } | undefined;
  readonly problems: number;
}

/** @returns undefined where the document has no DAX */
export async function modelState(workspace: Workspace, uri: string): Promise<ModelState | undefined> {
  const document = await workspace.document(uri);
  const isOurs = document !== undefined && (document.kind === 'dax' || document.kind === 'model' || document.regions.length > 0);
  if (!isOurs) return undefined;
  const all = await workspace.models();
  const models = await modelsOf(workspace, uri);
  const problems: { message: string; place: Place }[] = [];
  for (const file of new Set(models.flatMap((it) => it.model.files))) {
    for (const { severity, message, span } of await workspace.findings(file, 'known')) {
      if (severity === 'error') problems.push({ message: asPlain(message, 200), place: { uri: file, span } });
    }
  }
  return { models: models.map((it) => asPlain(it.name, 60)), anyModel: all.length > 0, problem: problems[0], problems: problems.length };
}
