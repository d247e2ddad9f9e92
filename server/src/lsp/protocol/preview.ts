// What client and server say to each other about the preview: plain records, types only.
import type { PreviewChoice, PreviewColumn } from '../../ide/preview/choices.ts';
import type { PreviewFilter, PreviewValue } from '../../ide/preview/filters.ts';
import type { PreviewState } from '../../ide/preview/state.ts';

export type { PreviewChoice, PreviewColumn, PreviewFilter, PreviewState, PreviewValue };

/** `daxMetrics/setPreview`, client to server: the filters that every shown value obeys from now on. */
export interface SetPreviewParams {
  readonly filters: readonly PreviewFilter[];
}

/** `daxMetrics/previewState`: a `PreviewState`, or null where the document has no model. */
export interface PreviewStateParams {
  readonly uri: string;
}

/** `daxMetrics/previewColumns`: the `PreviewColumn`s by which the values of a document can be filtered. */
export interface PreviewColumnsParams {
  readonly uri: string;
}

/** `daxMetrics/previewChoices`: the `PreviewChoice`s of a column, or null where its values cannot be had. */
export interface PreviewChoicesParams {
  readonly model: string;
  readonly table: string;
  readonly column: string;
}
