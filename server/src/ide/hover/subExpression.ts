/** The value that a sub-expression had in the evaluation of its metric: of a call, an operator, a variable or a bracket. */
import { walk } from '../../../../grammar/src/index.ts';
import type { Expression, Segment } from '../../../../grammar/src/tree.ts';
import type { TraceStep } from '../../plan/trace.ts';
import type { TraceNode } from '../../workspace/trace.ts';
import type { Reading, Spot } from '../../workspace/types.ts';
import { asText, daxBlock } from '../markdown.ts';
import { cellShown, marked, phrase } from '../shown.ts';
import { madeUpIn } from '../../workspace/madeUp.ts';
import { previewNote } from '../preview/note.ts';
import { metricRequest } from '../values.ts';
import { inTime } from './inTime.ts';
import type { Hover, HoverContext } from './hover.ts';

/** Values of the rows or groups of an iterator that are listed. */
const mostValues = 5;
/** Characters of an expression that are shown. */
const longestExpression = 400;

/** The hover of whatever has no name: an operator, a number, a bracket. The smallest expression around it counts. */
export async function subExpressionHover(ctx: HoverContext, spot: Spot): Promise<Hover | undefined> {
  const expression = expressionAt(spot.segment.segment, spot.offset);
  if (expression === undefined) return undefined;
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
  const { model, symbol } = reading;
  if (model === undefined || symbol === undefined) return '';
  const request = metricRequest(reading, model, symbol, { where: ctx.preview.filters(model) });
  const { trace } = await ctx.workspace.trace(model, request);
  const { start, end } = unwrapped(expression).span;
  // A branch that is never taken is evaluated for no context: it has a type, and no value.
  const steps = stepsOf(trace, (it) => it.segment === segment && it.step.contexts > 0 && it.step.at.start === start && it.step.at.end === end);
  const [first] = steps;
  if (first === undefined) return '';
  const isMadeUp = madeUpIn(model, request);
  const text = `= ${resultText(first, model.project.culture)}${marked({ kind: 'value', text: '' }, isMadeUp).madeUp === undefined ? '' : ' (generated)'}${previewNote(ctx.preview, model)}`;
  return steps.length === 1 ? text : `${text}\n\nEvaluated in ${String(steps.length)} places; this is the first.`;
}

/** What a bracket around an expression is worth is what stands in it. */
function unwrapped(expression: Expression): Expression {
  let it = expression;
  while (it.kind === 'parenthesized') it = it.expression;
  return it;
}

function stepsOf(trace: readonly TraceNode[], isWanted: (node: TraceNode) => boolean): readonly TraceStep[] {
  const found: TraceStep[] = [];
  const open = [...trace].reverse();
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (isWanted(node)) found.push(node.step);
    open.push(...[...node.children].reverse());
  }
  return found;
}

function resultText({ result, contexts }: TraceStep, culture: string): string {
  const style = { format: undefined, culture };
  switch (result.kind) {
    case 'rows': return `**${result.rows.toLocaleString('en-US')}** ${result.rows === 1 ? 'row' : 'rows'}${contexts === 1 ? '' : ` in ${contexts.toLocaleString('en-US')} contexts`}`;
    case 'failed': return asText(phrase(cellShown(result.failure, 'blank', style)));
    case 'values': {
      const values = result.cells.slice(0, mostValues).map((it) => `**${asText(it === null ? 'BLANK' : phrase(cellShown(it, result.type, style)))}**`);
      if (contexts === 1) return values[0] ?? '**BLANK**';
      return `${values.join(', ')}${contexts > values.length ? ', …' : ''} in ${contexts.toLocaleString('en-US')} rows or groups`;
    }
  }
}
