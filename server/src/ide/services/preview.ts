/** The preview: filters that a person chooses, and what there is to choose from. */
import type { ColumnRef } from '../../plan/plan.ts';
import type { ModelView } from '../../workspace/types.ts';
import { previewChoices, previewColumns, type PreviewChoice, type PreviewColumn } from '../preview/choices.ts';
import type { PreviewControl } from '../preview/preview.ts';
import { previewState, type PreviewState } from '../preview/state.ts';
import type { ServiceContext } from './context.ts';

export interface PreviewService {
  /** @param filters of every value that is shown while writing, unchecked; they replace those before */
  setPreview(filters: unknown): void;
  /** DAX filter arguments that a value shown in this model obeys, for SUMMARIZECOLUMNS and CALCULATETABLE. */
  previewFilters(model: ModelView): readonly string[];
  /** The same in words, plain text; undefined where all rows are seen. */
  previewWords(model: ModelView): string | undefined;
  /** The preview as it applies to a document; undefined where there is no model at hand. */
  previewState(uri: string): Promise<PreviewState | undefined>;
  /** Columns by which the preview of a document can be filtered. */
  previewColumns(uri: string): Promise<readonly PreviewColumn[]>;
  /** @returns values or ranges of days; undefined where they cannot be had */
  previewChoices(model: string, column: ColumnRef): Promise<readonly PreviewChoice[] | undefined>;
}

export function createPreviewService({ workspace, tracked }: ServiceContext, preview: PreviewControl): PreviewService {
  return {
    setPreview: (filters) => preview.set(filters),
    previewFilters: (model) => preview.filters(model),
    previewWords: (model) => preview.words(model),
    previewState: (uri) => previewState(workspace(), preview, uri),
    previewColumns: (uri) => tracked(previewColumns(workspace(), uri)),
    previewChoices: (model, column) => tracked(previewChoices(workspace(), model, column)),
  };
}
