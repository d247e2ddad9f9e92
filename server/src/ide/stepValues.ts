/** What an expression of a metric's text was worth in the metric's evaluation: for hovers and for hints of variables. */
import { walk } from '../../../grammar/src/index.ts';
import type { Expression, Segment } from '../../../grammar/src/tree.ts';
import type { TraceStep } from '../plan/trace.ts';
import { madeUpIn } from '../workspace/madeUp.ts';
import type { TraceNode } from '../workspace/trace.ts';
import type { Reading, Workspace } from '../workspace/types.ts';
import { cellShown, phrase } from './shown.ts';
import { metricRequest } from './values.ts';
import type { Preview } from './preview/preview.ts';

/** Values of the rows or groups of an iterator that are listed. */
const mostValues = 5;

export interface StepValue {
  /** Plain text, each by itself: `29`, `error: …`; of a table `2 rows`. */
  readonly values: readonly string[];
  /** More than one: as many rows or groups of an iterator as it was evaluated for. */
  readonly contexts: number;
  readonly kind: 'values' | 'rows';
  /** In how many places of the evaluation it took part; the value is that of the first. */
  readonly places: number;
  /** Tables with made-up rows on which it may depend. */
  readonly madeUp: readonly string[];
}

/**
 * @param reading of the segment, in which it defines a metric
 * @param wanted expressions of the segment
 * @returns for each its value; undefined where it was never evaluated, as in a branch that is not taken
 */
export async function stepValues(
  workspace: Workspace, preview: Preview, reading: Reading, segment: Segment, wanted: readonly Expression[],
): Promise<readonly (StepValue | undefined)[]> {
  const { model, symbol } = reading;
  if (model === undefined || symbol === undefined) return wanted.map(() => undefined);
  const request = metricRequest(reading, model, symbol, { where: preview.filters(model) });
  const { trace } = await workspace.trace(model, request);
  const madeUp = madeUpIn(model, request);
  const { culture } = model.project;
  const byPlace = stepsByPlace(trace, segment);
  return wanted.map((it) => {
    const { start, end } = unwrapped(it).span;
    const steps = byPlace.get(placeOf(start, end)) ?? [];
    return steps[0] === undefined ? undefined : { ...shownStep(steps[0], culture), places: steps.length, madeUp };
  });
}

/** A branch that is never taken is evaluated for no context: it has a type, and no value. */
function stepsByPlace(trace: readonly TraceNode[], segment: Segment): ReadonlyMap<string, readonly TraceStep[]> {
  const found = new Map<string, TraceStep[]>();
  const open = [...trace].reverse();
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    open.push(...[...node.children].reverse());
    const { step } = node;
    if (node.segment !== segment || step.contexts === 0) continue;
    const place = placeOf(step.at.start, step.at.end);
    const list = found.get(place);
    if (list === undefined) found.set(place, [step]);
    else list.push(step);
  }
  return found;
}

const placeOf = (start: number, end: number): string => `${String(start)}-${String(end)}`;

/** What a bracket around an expression is worth is what stands in it. */
export function unwrapped(expression: Expression): Expression {
  let it = expression;
  while (it.kind === 'parenthesized') it = it.expression;
  return it;
}

/** The largest expression of a metric that has exactly a span, blanks at its ends left out; undefined where none has. */
export function expressionOf({ item, text }: Segment, selected: { readonly start: number; readonly end: number }): Expression | undefined {
  if (item.kind !== 'measure') return undefined;
  const inner = text.slice(selected.start, selected.end);
  const start = selected.start + inner.length - inner.trimStart().length;
  const end = start + inner.trim().length;
  let found: Expression | undefined;
  walk(item.body, (it) => {
    if (it.span.start > start || it.span.end < end) return false;
    if (found === undefined && it.span.start === start && it.span.end === end) found = it;
    return found === undefined;
  });
  return found;
}

function shownStep({ result, contexts }: TraceStep, culture: string): Pick<StepValue, 'values' | 'contexts' | 'kind'> {
  const style = { format: undefined, culture };
  switch (result.kind) {
    case 'rows':
      return { kind: 'rows', contexts, values: [`${cellShown(result.rows, 'int64', { format: '#,0', culture }).text} ${result.rows === 1 ? 'row' : 'rows'}`] };
    case 'failed':
      return { kind: 'values', contexts, values: [phrase(cellShown(result.failure, 'blank', style))] };
    case 'values': {
      const values = result.cells.slice(0, mostValues).map((it) => (it === null ? 'BLANK' : phrase(cellShown(it, result.type, style))));
      return { kind: 'values', contexts, values: values.length === 0 ? ['BLANK'] : contexts === 1 ? values.slice(0, 1) : values };
    }
  }
}
