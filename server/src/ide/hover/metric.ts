/** A metric's hover: documentation at once, its value and how it comes about as soon as they are there, what it reads, who reads it. */
import type { MeasureDefinition } from '../../../../grammar/src/tree.ts';
import type { MeasureSymbol } from '../../analysis/bound.ts';
import { ageText } from '../age.ts';
import type { ModelView, Reading, SegmentView } from '../../workspace/types.ts';
import { lineageOf, usersOf, type Lineage } from '../lineage.ts';
import { asText, renderDocs } from '../markdown.ts';
import { documented } from '../values.ts';
import { groupsOf } from './groups.ts';
import { computing, inTime } from './inTime.ts';
import type { HoverContext } from './hover.ts';
import { readsOf, usedByOf } from './reads.ts';
import { trailOf } from './trail.ts';
import { trendOf } from './trend.ts';
import { valueOf } from './value.ts';

/** A metric as a text sees it in one of its models. */
export interface MetricAt {
  readonly reading: Reading;
  readonly model: ModelView;
  readonly symbol: MeasureSymbol;
  readonly lineage: Lineage;
}

/** The hover of a definition's own name: one value for each model that the text belongs to. */
export async function headerHover(ctx: HoverContext, item: MeasureDefinition, segment: SegmentView): Promise<string> {
  const known = segment.readings.flatMap((it) => (it.model === undefined || it.symbol === undefined ? [] : [{ reading: it, model: it.model, symbol: it.symbol }]));
  const docs = item.docs ?? known.map((it) => documented(it.model, it.symbol)?.docs).find((it) => it !== undefined);
  const parts = [`Metric ${asText(item.name)}`, renderDocs(docs)];
  const bodies = await Promise.all(known.map((it) => bodyOf(ctx, it.reading, it.model, it.symbol)));
  known.forEach((it, i) => {
    if (known.length > 1) parts.push(`**In the model ${asText(it.model.name)}**`);
    parts.push(bodies[i] ?? '');
  });
  if (known.length === 0) parts.push('No model is known for this text, so no value is computed.');
  return joined(parts);
}

/** The hover of a reference to a metric. */
export async function metricHover(ctx: HoverContext, reading: Reading, symbol: MeasureSymbol): Promise<string> {
  const of = reading.model === undefined ? '' : ` of the model ${asText(reading.model.name)}`;
  const body = reading.model === undefined ? '' : await bodyOf(ctx, reading, reading.model, symbol);
  const docs = symbol.docs ?? (reading.model === undefined ? undefined : documented(reading.model, symbol)?.docs);
  return joined([`Metric ${asText(symbol.name)}${of}`, renderDocs(docs), body]);
}

/** What comes too late is told to be under way, once; the parts that are there are shown. */
async function bodyOf(ctx: HoverContext, reading: Reading, model: ModelView, symbol: MeasureSymbol): Promise<string> {
  const at: MetricAt = { reading, model, symbol, lineage: await lineageOf(ctx.workspace, reading, symbol) };
  const value = valueOf(ctx, at);
  // Without a value there is nothing to break down. The rest is asked for when the value is there, which hints show too.
  const more = (part: (ctx: HoverContext, at: MetricAt) => Promise<string>): Promise<string> =>
    value.then((it) => (it.hasValue ? part(ctx, at) : ''));
  const values = await Promise.all([value.then((it) => it.text), more(trendOf), more(groupsOf), more(trailOf), ageOf(ctx, model)].map((it) => inTime(ctx, it)));
  const late = values.indexOf(computing);
  return joined([
    ...values.filter((it, i) => it !== computing || i === late),
    await readsOf(ctx.workspace, at),
    await usedByOf(ctx.workspace, await usersOf(ctx.workspace, reading, symbol)),
  ]);
}

/** When the youngest of the files that the model reads was changed. */
async function ageOf(ctx: HoverContext, model: ModelView): Promise<string> {
  const ages = [...(await ctx.workspace.dataAges(model)).values()];
  return ages.length === 0 ? '' : `Data changed ${ageText(Math.min(...ages))}`;
}

const joined = (parts: readonly string[]): string => parts.filter((it) => it !== '').join('\n\n');
