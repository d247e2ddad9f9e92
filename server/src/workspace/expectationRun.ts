/** `@expect` tags run: each metric's expectations against the values that the sample data gives. */
import { parseExpression } from '../../../grammar/src/index.ts';
import { spanToDocument } from '../base/offsetMap.ts';
import type { Span } from '../base/spans.ts';
import {
  actualText, compareGroups, crossModelName, expectations, expectedText, failuresOf, meets, pinText,
  type DaxPart, type EqualExpectation, type Expectation, type Grouped, type ValueExpectation,
} from '../expect/index.ts';
import { errorText, reasonText } from '../formats/outcomes.ts';
import { nameKey } from '../model/model.ts';
import type { ColumnRef, QueryResult, ResultColumn } from '../plan/plan.ts';
import type { Cell, ValueType } from '../plan/values.ts';
import { measureText, metricQuery } from './queries.ts';
import type { Cancellation, ModelView, Reading, RegionView, SegmentView, Workspace } from './types.ts';

export interface ExpectationResult {
  readonly metric: string;
  readonly model: string | undefined;
  /** The tag as written, on one line. */
  readonly title: string;
  /** The tag in the document. */
  readonly span: Span;
  readonly passed: boolean;
  /** There was no value to hold against the tag: it says nothing about the metric. */
  readonly notEvaluated?: true;
  readonly expected: string;
  readonly actual: string;
  /** Groups that part, one a line. */
  readonly details: readonly string[];
  /** The edit that would make the tag hold; undefined where the value cannot be written down. */
  readonly pin: { readonly span: Span; readonly newText: string } | undefined;
}

/** Runs every expectation of a document, in order. Metrics of a page are read as the page defines them. */
export async function runExpectations(workspace: Workspace, uri: string, cancellation?: Cancellation): Promise<readonly ExpectationResult[]> {
  const document = await workspace.document(uri);
  if (document === undefined) return [];
  const models = await workspace.models();
  const results: ExpectationResult[] = [];
  for (const region of document.regions) {
    for (const segment of region.segments) {
      const { item } = segment.segment;
      if (item.kind !== 'measure' || item.docs === undefined) continue;
      const tags = expectations(item.docs).expectations;
      if (tags.length === 0) continue;
      for (const reading of segment.readings) {
        results.push(...(await runTags({ workspace, region, segment, reading, models, cancellation }, item.name, tags)));
      }
    }
  }
  return results;
}

export interface TagContext {
  readonly workspace: Workspace;
  readonly region: RegionView;
  readonly segment: SegmentView;
  readonly reading: Reading;
  readonly models: readonly ModelView[];
  readonly cancellation: Cancellation | undefined;
  /** Metrics of another model in place of those that it has. */
  readonly measuresOf?: (model: ModelView) => Reading['measures'];
}

/** Runs tags of one metric, as one job. */
export async function runTags(ctx: TagContext, metric: string, tags: readonly Expectation[]): Promise<readonly ExpectationResult[]> {
  const { reading, workspace } = ctx;
  const { model } = reading;
  if (model === undefined) {
    return tags.map((it) => result(ctx, metric, it, { passed: false, expected: 'a value', actual: 'not evaluated: no model is known for this text' }));
  }
  const readable = tags.filter(isReadable);
  // All tags of a metric are one job, so that they share scans.
  const own = await workspace.evaluate(
    model,
    readable.map((it) => ({
      query: metricQuery({ expression: measureText(metric), name: metric, by: columnsOf(it), where: it.where.map((part) => part.text) }),
      measures: reading.measures,
      defined: reading.defined,
    })),
    ctx.cancellation,
  );
  const results: ExpectationResult[] = [];
  for (const it of tags) {
    if (!isReadable(it)) {
      results.push(result(ctx, metric, it, { passed: false, expected: 'a tag that can be read', actual: 'not evaluated: the tag has a syntax error' }));
      continue;
    }
    const answer = own[readable.indexOf(it)];
    if (answer === undefined) continue;
    results.push(it.kind === 'value' ? valueResult(ctx, metric, it, answer) : await equalResult(ctx, metric, it, answer, model));
  }
  return results;
}

/** Whether the DAX of a tag is read to its end: half of a filter, or of a breakdown, is another expectation. */
function isReadable(tag: Expectation): boolean {
  const reads = (part: DaxPart): boolean => parseExpression(part.text).problems.length === 0;
  if (!tag.where.every(reads)) return false;
  if (tag.kind === 'value') return true;
  return columnsOf(tag).length === tag.by.length && tag.by.every(reads) && (crossModelName(tag.expression) !== undefined || reads(tag.expression));
}

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
  if (other === undefined) return result(ctx, metric, tag, { passed: false, expected, actual: 'not evaluated: there is no such model' });
  const [right] = await ctx.workspace.evaluate(
    other.model,
    [{
      query: metricQuery({ expression: other.expression, name: metric, by: columnsOf(tag), where: tag.where.map((it) => it.text) }),
      measures: other.measures,
      ...(other.model === model ? { defined: ctx.reading.defined } : {}),
    }],
    ctx.cancellation,
  );
  if (right === undefined || answer.kind !== 'table' || right.kind !== 'table') {
    const [wrong] = [answer, right].flatMap((it) => (it === undefined || it.kind === 'table' ? [] : [it]));
    return result(ctx, metric, tag, { passed: false, expected, actual: wrong === undefined ? 'no value' : actualOf(wrong), ...(wrong?.kind === 'notEvaluated' ? { notEvaluated: true } : {}) });
  }
  const comparison = compareGroups(grouped(right), grouped(answer), tag.tolerance);
  const failures = failuresOf(comparison, tag.by.map((it) => it.text));
  const [first] = failures;
  return result(ctx, metric, tag, {
    passed: failures.length === 0,
    expected: tag.by.length === 0 && first !== undefined ? `${expected} (${first.expected})` : expected,
    actual: first === undefined ? 'the same' : tag.by.length === 0 ? first.actual : `${String(comparison.beyondCount)} of ${String(comparison.groups)} groups differ`,
    details: tag.by.length === 0 ? [] : failures.map((it) => `${it.filter ?? ''}: expected ${it.expected}, got ${it.actual}`),
  });
}

/** The other side's expression, in this model or, for `[model::metric]`, in that one. */
function otherSide(ctx: TagContext, part: DaxPart, model: ModelView): { readonly model: ModelView; readonly expression: string; readonly measures: Reading['measures'] } | undefined {
  const cross = crossModelName(part);
  if (cross === undefined) return { model, expression: `(${part.text}\n)`, measures: ctx.reading.measures };
  const wanted = nameKey(cross.model);
  const near = ctx.models.filter((it) => it.project.folder === model.project.folder);
  const other = [...near, ...ctx.models].find((it) => nameKey(it.name) === wanted);
  return other === undefined ? undefined : { model: other, expression: measureText(cross.metric), measures: ctx.measuresOf?.(other) ?? other.measures };
}

const columnsOf = (tag: Expectation): readonly ColumnRef[] =>
  tag.kind === 'value'
    ? []
    : tag.by.flatMap((it) => {
        const { expression } = parseExpression(it.text);
        return expression.kind === 'column' && expression.table !== undefined
          ? [{ table: expression.table.text, column: expression.column.text }]
          : [];
      });

function grouped(it: Extract<QueryResult, { readonly kind: 'table' }>): Grouped {
  const value: ResultColumn = it.columns.at(-1) ?? { name: '', type: 'blank', cells: [] };
  return { keys: it.columns.slice(0, -1), value };
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

const actualOf = (it: Exclude<QueryResult, { readonly kind: 'table' }>): string =>
  it.kind === 'error' ? `error: ${errorText(it.error)}` : `not evaluated: ${reasonText(it.reason)}`;

interface Verdict {
  readonly passed: boolean;
  readonly notEvaluated?: true;
  readonly expected: string;
  readonly actual: string;
  readonly details?: readonly string[];
  readonly pin?: ExpectationResult['pin'];
}

/** A tag on one line, without the marks of the lines that continue it. */
const titleOf = (tag: string): string =>
  tag.split('\n').map((line, i) => (i === 0 ? line.trimEnd() : line.trim().replace(/^\/\/\//, '').trim())).join(' ');

function result(ctx: TagContext, metric: string, tag: Expectation, verdict: Verdict): ExpectationResult {
  const { segment } = ctx.segment;
  const at = (span: Span): Span =>
    spanToDocument(ctx.region.region.map, { start: segment.start + span.start, end: segment.start + span.end });
  return {
    metric,
    model: ctx.reading.model?.name,
    title: titleOf(segment.text.slice(tag.span.start, tag.span.end)),
    span: at(tag.span),
    passed: verdict.passed,
    ...(verdict.notEvaluated === undefined ? {} : { notEvaluated: verdict.notEvaluated }),
    expected: verdict.expected,
    actual: verdict.actual,
    details: verdict.details ?? [],
    pin: verdict.pin === undefined ? undefined : { span: at(verdict.pin.span), newText: verdict.pin.newText },
  };
}
