// `daxMetrics/makeModel`, client to server: a model from the data files of a folder.
import type { MadeModel } from '../../ide/makeModel.ts';

export interface MakeModelParams {
  /** Uri of the folder. */
  readonly folder: string;
  /** Of the model. */
  readonly name: string;
}
export type MakeModelResult = MadeModel | { readonly problem: string };
