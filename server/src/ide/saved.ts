/** Metrics as the files on disk have them, for the value before an edit beside the new one. */
import { metricsIn, type MetricReading } from './inlayHints/metrics.ts';
import type { ModelView, PreviewedTexts, Workspace } from '../workspace/types.ts';

export interface SavedMetrics {
  /**
   * The metrics of a document by their keys, as they are saved: in this document or in those that they read. The models
   * are those of now: only what pages and files of metrics say is compared.
   *
   * @returns undefined where everything is saved
   */
  of(uri: string): Promise<ReadonlyMap<string, MetricReading> | undefined>;
  /** Files on disk are others than before. */
  invalidate(): void;
}

/** Reads and binds what is saved once, however often what is typed changes. */
export function createSavedMetrics(workspace: () => Workspace): SavedMetrics {
  let kept: { readonly key: string; readonly of: Workspace; readonly saved: PreviewedTexts; readonly metrics: Map<string, ReadonlyMap<string, MetricReading>> } | undefined;
  let generation = 0;
  return {
    async of(uri) {
      const now = workspace();
      const texts = await now.unsaved();
      if (texts.size === 0) {
        kept = undefined;
        return undefined;
      }
      const key = JSON.stringify([generation, ...texts]);
      if (kept?.key !== key || kept.of !== now) kept = { key, of: now, saved: now.preview(texts), metrics: new Map() };
      const { saved, metrics } = kept;
      const known = metrics.get(uri);
      if (known !== undefined) return known;
      const document = await saved.document(uri);
      const models = new Map((await now.models()).map((it) => [it.model.uri, it]));
      const found = new Map((document === undefined ? [] : metricsIn(document)).flatMap(({ readings }) => readings.flatMap((it) => {
        const model: ModelView | undefined = models.get(it.model.model.uri);
        return model === undefined ? [] : [[it.key, { ...it, model }] as const];
      })));
      metrics.set(uri, found);
      return found;
    },
    invalidate: () => void generation++,
  };
}
