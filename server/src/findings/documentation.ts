/** Findings of category documentation: pages that document metrics. */
import { kind } from './define.ts';

const documentation = kind('documentation');

export const documentationFindings = {
  'model-unknown': documentation(
    'information', () => 'No model is known for this text, so only its syntax is checked. Name one after the fence: ```dax model=NAME.',
    'The model comes from the fence, the front matter, a mapped heading or tab, or the only model of the folder.',
  ),
  'model-not-found': documentation<{ model: string; known: string }>(
    'warning', (p) => `There is no model ${p.model} here. Known: ${p.known}.`,
    'The name after the fence, in the front matter, or before :: in a tag is that of no model in this workspace folder.',
  ),
  'only-in-model': documentation<{ name: string; models: string }>(
    'information', (p) => `${p.name} is known only in ${p.models}.`,
    'The page belongs to several models; the reference resolves in some of them.',
  ),
  'doc-drift': documentation<{ name: string; model: string }>(
    'warning', (p) => `${p.name} reads differently in the model ${p.model}.`,
    'The page documents a metric whose definition has changed.',
  ),
};
