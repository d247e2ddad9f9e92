/** `@expect` tags run: a metric's expectations against the values that the sample data gives. */
import {
  actualText, compareGroups, crossModelName, expectedText, failuresOf, meets, pinText,
  type Comparison, type EqualExpectation, type Expectation, type Grouped, type ValueExpectation,
} from '../expect/index.ts';
import type { QueryResult } from '../plan/plan.ts';
import type { Cell, ValueType } from '../plan/values.ts';
import { onceForTwo } from './onceForTwo.ts';
import { measureText, metricQuery } from './queries.ts';
import { columnsOf, faultText, grouped, otherSide, readsWhole, tagResult, type ExpectationResult, type TagContext, type Verdict } from './tagRun.ts';
import type { ModelView } from './types.ts';

/** Runs tags of one metric, as one job. */
export async function runTags(ctx: TagContext, metric: string, tags: readonly Expectation[]): Promise<readonly ExpectationResult[]> {
  const { reading, workspace } = ctx;
  const { model } = reading;
  if (model === undefined) {
    return tags.map((it) => result(ctx, metric, it, { passed: false, notEvaluated: true, expected: 'a value', actual: 'not evaluated: no model is known for this text' }));
  }
  const readable = tags.filter(isReadable);
  // All tags of a metric are one job, so that they share scans.
  const own = await workspace.evaluate(
    model,
    readable.map((it) => ({
      query: metricQuery({ expression: measureText(metric), name: metric, by: it.kind === 'value' ? [] : columnsOf(it.by), where: it.where.map((part) => part.text) }),
      measures: reading.measures,
      defined: reading.defined,
    })),
    ctx.cancellation,
  );
  const results: ExpectationResult[] = [];
  for (const it of tags) {
    if (!isReadable(it)) {
      results.push(result(ctx, metric, it, { passed: false, notEvaluated: true, expected: 'a tag that can be read', actual: 'not evaluated: the tag has a syntax error' }));
      continue;
    }
    const answer = own[readable.indexOf(it)];
    if (answer === undefined) continue;
    results.push(it.kind === 'value' ? valueResult(ctx, metric, it, answer) : await equalResult(ctx, metric, it, answer, model));
  }
  return results;
}

/** After most edits the answers are those of before. */
const compared = onceForTwo<Grouped, Comparison>();

/** Half of a filter, or of a breakdown, is another expectation. */
const isReadable = (tag: Expectation): boolean =>
  tag.where.every(readsWhole)
  && (tag.kind === 'value' || (columnsOf(tag.by).length === tag.by.length && tag.by.every(readsWhole) && (crossModelName(tag.expression) !== undefined || readsWhole(tag.expression))));

function valueResult(ctx: TagContext, metric: string, tag: ValueExpectation, answer: QueryResult): ExpectationResult {
  const { cell, type } = loneCell(answer);
  const decimals = tag.expected.kind === 'number' && !tag.expected.integer ? tag.expected.decimals : undefined;
  const pinned = pinText(cell, type, decimals);
  return result(ctx, metric, tag, {
    passed: meets(tag.expected, cell, type, tag.tolerance),
    ...(typeof cell === 'object' && cell !== null && cell.cell === 'notEvaluated' ? { notEvaluated: true } : {}),
    expected: expectedText(tag.expected, tag.tolerance),
    actual: actualText(cell, type),
    pin: pinned === undefined ? undefined : { span: tag.valueSpan, newText: pinned },
  });
}

async function equalResult(ctx: TagContext, metric: string, tag: EqualExpectation, answer: QueryResult, model: ModelView): Promise<ExpectationResult> {
  const other = otherSide(ctx, tag.expression, model);
  const expected = tag.expression.text;
  if (other === undefined) return result(ctx, metric, tag, { passed: false, notEvaluated: true, expected, actual: 'not evaluated: there is no such model' });
  const [right] = await ctx.workspace.evaluate(
    other.model,
    [{
      query: metricQuery({ expression: other.expression, name: metric, by: columnsOf(tag.by), where: tag.where.map((it) => it.text) }),
      measures: other.measures,
      ...(other.model === model ? { defined: ctx.reading.defined } : {}),
    }],
    ctx.cancellation,
  );
  if (right === undefined || answer.kind !== 'table' || right.kind !== 'table') {
    const [wrong] = [answer, right].flatMap((it) => (it === undefined || it.kind === 'table' ? [] : [it]));
    return result(ctx, metric, tag, { passed: false, expected, actual: wrong === undefined ? 'no value' : faultText(wrong), ...(wrong?.kind === 'notEvaluated' ? { notEvaluated: true } : {}) });
  }
  const [theirs, ours] = [grouped(right), grouped(answer)];
  const comparison = compared(theirs, ours, String(tag.tolerance), () => compareGroups(theirs, ours, tag.tolerance));
  const failures = failuresOf(comparison, tag.by.map((it) => it.text));
  const [first] = failures;
  return result(ctx, metric, tag, {
    passed: failures.length === 0,
    expected: tag.by.length === 0 && first !== undefined ? `${expected} (${first.expected})` : expected,
    actual: first === undefined ? 'the same' : tag.by.length === 0 ? first.actual : `${String(comparison.beyondCount)} of ${String(comparison.groups)} groups differ`,
    details: tag.by.length === 0 ? [] : failures.map((it) => `${it.filter ?? ''}: expected ${it.expected}, got ${it.actual}`),
  });
}

/** The one cell of an answer; an error or a missing value is a cell too. */
function loneCell(answer: QueryResult): { readonly cell: Cell; readonly type: ValueType } {
  switch (answer.kind) {
    case 'table':
      return { cell: answer.columns[0]?.cells[0] ?? null, type: answer.columns[0]?.type ?? 'blank' };
    case 'error':
      return { cell: answer.error, type: 'blank' };
    case 'notEvaluated':
      return { cell: { cell: 'notEvaluated', reason: answer.reason, at: answer.at }, type: 'blank' };
  }
}

const result = (ctx: TagContext, metric: string, tag: Expectation, verdict: Verdict): ExpectationResult => tagResult(ctx, 'expectation', metric, tag, verdict);
