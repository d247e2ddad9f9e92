/** The value that a sub-expression had in the evaluation of its metric: of a call, an operator, a variable, a bracket, or what is selected. */
import { walk } from '../../../../grammar/src/index.ts';
import type { Expression, Segment } from '../../../../grammar/src/tree.ts';
import type { Span } from '../../base/spans.ts';
import type { Reading, Spot } from '../../workspace/types.ts';
import { asText, daxBlock } from '../markdown.ts';
import { previewNote } from '../preview/note.ts';
import { expressionOf, stepValues, type StepValue } from '../stepValues.ts';
import { inTime } from './inTime.ts';
import type { Hover, HoverContext } from './hover.ts';

/** Characters of an expression that are shown. */
const longestExpression = 400;

/** The hover of whatever has no name: an operator, a number, a bracket. The smallest expression around it counts. */
export async function subExpressionHover(ctx: HoverContext, spot: Spot): Promise<Hover | undefined> {
  const expression = expressionAt(spot.segment.segment, spot.offset);
  return expression === undefined ? undefined : expressionHover(ctx, spot, expression);
}

/** The hover of a selected expression; undefined where what is selected is none, or has no value of its own. */
export async function selectionHover(ctx: HoverContext, spot: Spot, selection: Span): Promise<Hover | undefined> {
  const expression = expressionOf(spot.segment.segment, selection);
  return expression === undefined ? undefined : expressionHover(ctx, spot, expression);
}

async function expressionHover(ctx: HoverContext, spot: Spot, expression: Expression): Promise<Hover | undefined> {
  const value = await valueOf(ctx, spot, expression);
  if (value === '') return undefined;
  const { start, end } = expression.span;
  const text = spot.segment.segment.text.slice(start, end);
  return { markdown: `${daxBlock(text.length > longestExpression ? `${text.slice(0, longestExpression)} …` : text)}\n\n${value}`, span: expression.span };
}

/** The value of an expression of the metric at the spot, in Markdown; empty where the spot is in no metric, or nothing is known. */
export async function valueOf(ctx: HoverContext, spot: Spot, expression: Expression): Promise<string> {
  const readings = spot.segment.readings.filter((it) => it.model !== undefined && it.symbol !== undefined);
  const parts = readings.map(async (it) => {
    const value = await inTime(ctx, inReading(ctx, it, spot.segment.segment, expression));
    return value === '' || readings.length === 1 ? value : `In the model ${asText(it.model?.name ?? '')} ${value}`;
  });
  return (await Promise.all(parts)).filter((it) => it !== '').join('\n\n');
}

/** The smallest expression of the metric at an offset that is no bare name or literal. */
function expressionAt({ item }: Segment, offset: number): Expression | undefined {
  if (item.kind !== 'measure') return undefined;
  let found: Expression | undefined;
  walk(item.body, (it) => {
    if (it.span.start > offset || offset > it.span.end) return false;
    if (it.kind === 'binary' || it.kind === 'unary' || it.kind === 'call' || it.kind === 'parenthesized') found = it;
    return true;
  });
  return found;
}

async function inReading(ctx: HoverContext, reading: Reading, segment: Segment, expression: Expression): Promise<string> {
  const [value] = await stepValues(ctx.workspace, ctx.preview, reading, segment, [expression]);
  if (value === undefined || reading.model === undefined) return '';
  const text = `= ${resultText(value)}${value.madeUp.length === 0 ? '' : ' (generated)'}`;
  const places = value.places === 1 ? '' : `Evaluated in ${String(value.places)} places; this is the first.`;
  return [text, previewNote(ctx.preview, reading.model), places].filter((it) => it !== '').join('\n\n');
}

function resultText({ kind, values, contexts }: StepValue): string {
  const count = contexts.toLocaleString('en-US');
  if (kind === 'rows') return `${(values[0] ?? '').replace(/^\S+/, '**$&**')}${contexts === 1 ? '' : ` in ${count} contexts`}`;
  const shown = values.map((it) => (/^(?:error|not evaluated): /.test(it) ? asText(it) : `**${asText(it)}**`));
  return contexts === 1 ? (shown[0] ?? '') : `${shown.join(', ')}${contexts > values.length ? ', …' : ''} in ${count} rows or groups`;
}
