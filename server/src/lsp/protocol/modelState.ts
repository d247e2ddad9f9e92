// `daxMetrics/modelState`, client to server: what a document's values are made of, and what of it is missing.
import type { ModelState as State } from '../../ide/modelState.ts';
import type { TreePlace } from './modelTree.ts';

export interface ModelStateParams {
  readonly uri: string;
}
/** The place as the editor counts. */
export type ModelState = Omit<State, 'problem'> & { readonly problem?: { readonly message: string; readonly place?: TreePlace } };
export type ModelStateResult = ModelState | null;
