/** What a value in a hover says of the preview that it obeys. */
import type { ModelView } from '../../workspace/types.ts';
import { asText } from '../markdown.ts';
import type { Preview } from './preview.ts';

/** `In the preview: …`, in Markdown; empty where no filter applies. */
export function previewNote(preview: Preview, model: ModelView): string {
  const words = preview.words(model);
  return words === undefined ? '' : `In the preview: ${asText(words)}`;
}
