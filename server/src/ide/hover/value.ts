/** The value of a metric in its hover: beside the saved one where it was another, in the preview that it obeys. */
import { madeUpIn } from '../../workspace/madeUp.ts';
import { asText } from '../markdown.ts';
import { previewNote } from '../preview/note.ts';
import { generatedNote, marked, savedNote, scalarShown, type Shown } from '../shown.ts';
import { metricRequest, styleOf } from '../values.ts';
import type { HoverContext } from './hover.ts';
import type { MetricAt } from './metric.ts';

export interface MetricValue {
  /** Markdown. */
  readonly text: string;
  readonly hasValue: boolean;
}

export async function valueOf(ctx: HoverContext, { reading, model, symbol }: Omit<MetricAt, 'lineage'>): Promise<MetricValue> {
  const where = ctx.preview.filters(model);
  const shown = async (its: Pick<MetricAt, 'reading' | 'symbol'>): Promise<Shown> => {
    const request = metricRequest(its.reading, model, its.symbol, { where });
    const [result] = await ctx.workspace.evaluate(model, [request]);
    return marked(scalarShown(result, styleOf(model, its.symbol)), madeUpIn(model, request));
  };
  const now = await shown({ reading, symbol });
  const before = symbol.uri === '' ? undefined : (await ctx.saved?.of(symbol.uri))?.get(`${model.name}\u0000${symbol.name}\u00000`);
  const saved = before === undefined ? undefined : savedNote(now, await shown(before));
  return { text: [sentence(now, saved), previewNote(ctx.preview, model)].filter((it) => it !== '').join('\n\n'), hasValue: now.kind === 'value' };
}

function sentence(value: Shown, saved: string | undefined): string {
  const before = saved === undefined ? '' : ` (${saved.replace(/^saved (?!an error$)(.*)$/s, (_, text: string) => `saved ${asText(text)}`)})`;
  switch (value.kind) {
    case 'value': return value.madeUp === undefined ? `= **${asText(value.text)}**${before}` : `= **${asText(value.text)}** (generated)${before}\n\n${generatedNote(value) ?? ''}`;
    case 'error': return `Error: ${asText(value.text)}${before}`;
    case 'notEvaluated': return `Not evaluated: ${asText(value.text)}`;
  }
}
