/** `[model::metric]`: how a tag names a metric of another model. */
import { decodeName } from '../../../grammar/src/literals.ts';
import type { DaxPart } from './records.ts';

/**
 * The model and the metric that a tag's DAX names.
 *
 * @returns undefined when the DAX is anything else than one such name; it is then read in the model of the tag itself
 */
export function crossModelName(part: DaxPart): { readonly model: string; readonly metric: string } | undefined {
  if (!/^\[(?:[^\]]|\]\])+\]$/.test(part.text)) return undefined;
  const name = decodeName(part.text);
  const at = name.indexOf('::');
  const model = name.slice(0, Math.max(at, 0)).trim();
  const metric = name.slice(at + 2).trim();
  return at < 0 || model === '' || metric === '' ? undefined : { model, metric };
}
