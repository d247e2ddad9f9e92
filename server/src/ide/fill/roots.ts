/** The definitions of a metric block: those of its fences, else the metric of the model that its heading names. */
import { spanToDocument } from '../../base/offsetMap.ts';
import type { CellState } from '../../documents/index.ts';
import type { TextEdit } from '../../findings/finding.ts';
import type { Bound, MeasureSymbol } from '../../analysis/index.ts';
import type { ModelWhole, PageContext } from '../../lint/index.ts';
import { definitionsOf, type BlockContext } from '../../lint/pages/blocks.ts';
import { stems } from '../../lint/pages/codes.ts';
import { nameKey } from '../../model/model.ts';
import type { Root } from './reads.ts';

/** Whether something is still to be written. */
export const isOpen = (state: CellState): boolean => state === 'empty' || state === 'placeholder';

export function rootsOf(page: PageContext, block: BlockContext): readonly Root[] {
  const own = definitionsOf(page, block).flatMap(({ readings }) => readings.flatMap(({ segment, bound, model, measures }) =>
    (segment.item.kind === 'prose' || !isReadable(bound) ? [] : [{ segment, model, measures }])));
  return own.length > 0 ? own : block.block.fences.every((it) => isOpen(it.state)) ? ofHeading(block) : [];
}

/** Whether nothing in the text is left unread; a name that was broken in two is read. */
export const isReadable = ({ findings }: Pick<Bound, 'findings'>): boolean =>
  !findings.some((it) => it.category === 'syntax' && it.severity === 'error' && it.rule !== 'broken-name');

/** What the fence of a block is to hold that has none but a placeholder. */
export function writtenDefinition(page: PageContext, { block, schema }: BlockContext): TextEdit | undefined {
  const [fence, another] = block.fences;
  if (fence === undefined || another !== undefined || !isOpen(fence.state)) return undefined;
  const [root, other] = ofHeading({ block, schema });
  if (root === undefined || other !== undefined) return undefined;
  const { item, text } = root.segment;
  if (item.kind !== 'measure') return undefined;
  const from = item.docs === undefined ? 0 : item.docs.span.end;
  const { region } = fence;
  const end = region.text.trimEnd().length;
  const start = region.text.length - region.text.trimStart().length;
  const [piece] = region.map;
  if (piece === undefined || end === 0 || start >= end) return undefined;
  const span = spanToDocument(region.map, { start, end });
  // The marks of a list or a quote stand before every line.
  const mark = page.text.slice(page.text.lastIndexOf('\n', span.start - 1) + 1, span.start);
  return { span, newText: text.slice(from).trim().split('\n').join(`\n${mark}`) };
}

/** The metrics that a heading names: by the letter, else by their words, unless several have them. */
function ofHeading({ block, schema }: BlockContext): readonly Root[] {
  const { heading } = block;
  if (heading === undefined) return [];
  return schema.wholes.flatMap((whole) => {
    const found = whole.definitions.get(nameKey(heading.text))?.[0] ?? byWords(whole, heading.text);
    return found === undefined ? [] : [{ segment: found.segment, model: whole.model, measures: metricsOf(whole) }];
  });
}

function byWords({ definitions }: ModelWhole, text: string): MeasureSymbol | undefined {
  const wanted = wordsOf(text);
  const found = [...definitions.values()].flatMap(([it]) => (it !== undefined && wordsOf(it.name) === wanted ? [it] : []));
  return found.length === 1 ? found[0] : undefined;
}

/** Words of a name by their stems; what stands behind an underscore is its table, what stands in brackets its unit. */
const wordsOf = (name: string): string => stems((name.split('_')[0] ?? name).replace(/\([^()]{0,40}\)/g, ' ')).join(' ');

function metricsOf({ definitions }: ModelWhole): Root['measures'] {
  const first = new Map<string, MeasureSymbol>();
  for (const [key, [it]] of definitions) if (it !== undefined) first.set(key, it);
  return first;
}
