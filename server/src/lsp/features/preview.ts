// daxMetrics/setPreview and what the client asks to let a person choose its filters
import { uriOf } from '../convert.ts';
import type {
  PreviewChoice, PreviewChoicesParams, PreviewColumn, PreviewColumnsParams, PreviewState, PreviewStateParams, SetPreviewParams,
} from '../protocol/preview.ts';
import { ownRequest, type Feature } from './feature.ts';

export const previewFeatures: readonly Feature[] = [
  ownRequest<SetPreviewParams, null>('daxMetrics/setPreview', ({ filters }, { service }) => {
    service.setPreview(filters);
    return null;
  }, null),
  ownRequest<PreviewStateParams, PreviewState | null>('daxMetrics/previewState', async (it, { service }) => (await service.previewState(uriOf(it))) ?? null, null),
  ownRequest<PreviewColumnsParams, readonly PreviewColumn[]>('daxMetrics/previewColumns', (it, { service }) => service.previewColumns(uriOf(it)), []),
  ownRequest<PreviewChoicesParams, readonly PreviewChoice[] | null>(
    'daxMetrics/previewChoices', async ({ model, ...column }, { service }) => (await service.previewChoices(model, column)) ?? null, null,
  ),
];
