/** `[model::metric]` in tags: whether there is such a model, and such a metric in it. */
import { quoteColumn } from '../../../grammar/src/index.ts';
import type { Segment } from '../../../grammar/src/tree.ts';
import { closest } from '../base/closest.ts';
import type { Finding } from '../findings/finding.ts';
import { finding } from '../findings/registry.ts';
import { nameKey } from '../model/model.ts';
import { tagNames } from './tagReadings.ts';
import { namedModel } from './tagRun.ts';
import type { ModelView, Reading } from './types.ts';

/** Whether a segment may name a metric of another model at all; told from its text, since it is asked of every segment. */
export const mayNameOtherModels = ({ item, text }: Segment): boolean => item.kind === 'measure' && item.docs !== undefined && text.includes('::');

/**
 * Findings of a definition's tags, relative to the segment.
 *
 * @param views the models of the workspace folder
 */
export function crossModelFindings({ item }: Segment, reading: Reading, views: readonly ModelView[]): readonly Finding[] {
  const { model } = reading;
  if (model === undefined) return [];
  return tagNames(item, reading).others.flatMap((it): readonly Finding[] => {
    const other = namedModel(views, model, it.model);
    if (other === undefined) return [finding('model-not-found', { model: it.model, known: views.map(({ name }) => name).join(', ') }, it.span)];
    if (other.measures.has(nameKey(it.metric))) return [];
    const written = (metric: string): string => quoteColumn(`${it.model}::${metric}`);
    const near = closest(it.metric, [...other.measures.values()].map(({ name }) => name));
    if (near === undefined) return [finding('unknown-measure', { name: written(it.metric) }, it.span)];
    const suggestion = written(near);
    const fixes = [{ title: `Change to ${suggestion}`, preferred: true, edits: [{ span: it.span, newText: suggestion }] }];
    return [finding('unknown-measure', { name: written(it.metric), suggestion }, it.span, { fixes })];
  });
}
