/** A heading and the metric below it, or its twin in another tab, that are nearly the same name. */
import { blocksOf, definitionsOf, type BlockContext } from '../pages/blocks.ts';
import { stems } from '../pages/codes.ts';
import { nameKey } from '../../model/model.ts';
import type { PageContext } from '../context.ts';
import { defineRule } from '../rule.ts';

export const headingDrift = defineRule({
  id: 'heading-drift',
  category: 'documentation',
  severity: 'information',
  help: 'The heading and the metric below it have names that differ in a word or in its form, or the metrics of two tabs do. Readers and searches take them for different metrics.',
  bad: '## Sessions rejected rate\n\n```dax\nSession rejection rate = COUNTROWS(FactSession)\n```',
  good: '## Sessions rejected rate\n\n```dax\nSessions rejected rate = COUNTROWS(FactSession)\n```',
  messages: {
    form: (p: { name: string; heading: string }) => `The heading says "${p.heading}", the metric below is called ${p.name}.`,
    heading: (p: { name: string; heading: string }) => `The heading says "${p.heading}", the metric is called ${p.name}.`,
    twin: (p: { name: string; twin: string }) => `Under the same heading this metric is called ${p.twin} elsewhere.`,
  },
  page(ctx, report) {
    const twins = new Map<number, { readonly name: string; readonly words: readonly string[] }>();
    for (const it of blocksOf(ctx)) {
      const { heading } = it.block;
      if (heading === undefined) continue;
      for (const { name, span } of namesOf(ctx, it)) {
        const words = wordsOf(name);
        const wanted = wordsOf(heading.text);
        const near = words.join(' ') === wanted.join(' ') ? 'same' : nearness(words, wanted);
        // The same words in another form: it is the heading that is found by nobody who knows the metric.
        if (near === 'form') report('form', { name, heading: heading.text }, heading.span, { related: [{ span, message: 'The metric.' }] });
        else if (near === 'word') report('heading', { name, heading: heading.text }, span, { related: [{ span: heading.span, message: 'The heading.' }] });
        const twin = twins.get(heading.span.start);
        if (twin === undefined) twins.set(heading.span.start, { name, words });
        else if (twin.words.join(' ') !== words.join(' ') && twin.words.join('') === words.join('')) report('twin', { name, twin: twin.name }, span);
      }
    }
  },
});

function namesOf(ctx: PageContext, block: BlockContext): readonly { readonly name: string; readonly span: { readonly start: number; readonly end: number } }[] {
  return definitionsOf(ctx, block).flatMap(({ segment }) => {
    const { item } = segment.segment;
    return item.kind === 'measure' ? [{ name: item.name, span: segment.toPage(item.nameSpan) }] : [];
  });
}

/** Words of a name; what stands behind an underscore is its table, what stands in brackets its unit. */
const wordsOf = (name: string): readonly string[] =>
  nameKey(name.replaceAll(/\([^)]*\)/g, ' ').split('_').find((it) => it.trim() !== '') ?? name).split(/[^\p{L}\p{N}]+/u).filter((it) => it !== '');

/** Whether two names are meant to be one: the same words in other forms, or most of their words. */
function nearness(a: readonly string[], b: readonly string[]): 'form' | 'word' | 'far' {
  const [left, right] = [new Set(a.flatMap(stems).map(root)), new Set(b.flatMap(stems).map(root))];
  const common = [...left].filter((it) => right.has(it)).length;
  if (common === left.size && common === right.size) return 'form';
  return common > 0 && common * 2 >= Math.max(left.size, right.size) ? 'word' : 'far';
}

/** rejection and rejected have the root reject. */
const root = (stem: string): string => stem.replace(/(?:ion|al)$/, '');
