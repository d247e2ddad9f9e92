/** What running `@expect` and running `@compare` have in common: the reading of a tag, its other side, its result. */
import { parseExpression } from '../../../grammar/src/index.ts';
import { spanToDocument } from '../base/offsetMap.ts';
import type { Span } from '../base/spans.ts';
import { crossModelName, type DaxPart, type Grouped } from '../expect/index.ts';
import { errorText, reasonText } from '../formats/outcomes.ts';
import { nameKey } from '../model/model.ts';
import type { ColumnRef, QueryResult, ResultColumn } from '../plan/plan.ts';
import { madeUpIn } from './madeUp.ts';
import { measureText, metricQuery } from './queries.ts';
import type { Cancellation, ModelView, Reading, RegionView, SegmentView, Workspace } from './types.ts';

export interface ExpectationResult {
  /** A comparison without a bound tells where two metrics part, and never fails. */
  readonly kind: 'expectation' | 'comparison';
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
  /** Groups and rows that part, one a line; an indented line belongs to the one above. */
  readonly details: readonly string[];
  /** Tables with made-up rows on which the values depend; absent where there are none. */
  readonly madeUp?: readonly string[];
  /** The edit that would make the tag hold; undefined where the value cannot be written down. */
  readonly pin: { readonly span: Span; readonly newText: string } | undefined;
}

/** Where a tag stands, and what it is read with. */
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

/** Whether the DAX of a tag is read to its end: half of a filter, or of a breakdown, is another expectation. */
export const readsWhole = (part: DaxPart): boolean => parsedPart(part).problems.length === 0;

const parsedParts = new WeakMap<DaxPart, ReturnType<typeof parseExpression>>();

/** Parts are parsed once: a tag is run after every edit. */
function parsedPart(part: DaxPart): ReturnType<typeof parseExpression> {
  let parsed = parsedParts.get(part);
  if (parsed === undefined) parsedParts.set(part, (parsed = parseExpression(part.text)));
  return parsed;
}

/** The columns that `by` or `rows` names; fewer than parts when one is no column. */
export const columnsOf = (parts: readonly DaxPart[]): readonly ColumnRef[] =>
  parts.flatMap((it) => {
    const { expression } = parsedPart(it);
    return expression.kind === 'column' && expression.table !== undefined
      ? [{ table: expression.table.text, column: expression.column.text }]
      : [];
  });

/** What a metric is held against: an expression and the model that it is read in. */
export interface OtherSide {
  readonly model: ModelView;
  readonly expression: string;
  readonly measures: Reading['measures'];
}

/** The other side, in this model or, for `[model::metric]`, in that one. */
export function otherSide(ctx: TagContext, part: DaxPart, model: ModelView): OtherSide | undefined {
  const cross = crossModelName(part);
  if (cross === undefined) return { model, expression: `(${part.text}\n)`, measures: ctx.reading.measures };
  const other = namedModel(ctx.models, model, cross.model);
  return other === undefined ? undefined : { model: other, expression: measureText(cross.metric), measures: ctx.measuresOf?.(other) ?? other.measures };
}

/** The model that a tag names: of the same project first. */
export function namedModel(models: readonly ModelView[], from: ModelView | undefined, name: string): ModelView | undefined {
  const wanted = nameKey(name);
  const near = models.filter((it) => it.project.folder === from?.project.folder);
  return [...near, ...models].find((it) => nameKey(it.name) === wanted);
}

type Table = Extract<QueryResult, { readonly kind: 'table' }>;

const groupedTables = new WeakMap<Table, Grouped>();

/** The columns of an answer: the last is the value. The same object for the same answer. */
export function grouped(it: Table): Grouped {
  let found = groupedTables.get(it);
  if (found === undefined) {
    const value: ResultColumn = it.columns.at(-1) ?? { name: '', type: 'blank', cells: [] };
    groupedTables.set(it, (found = { keys: it.columns.slice(0, -1), value }));
  }
  return found;
}

/** Why an answer holds no values. */
export const faultText = (it: Exclude<QueryResult, { readonly kind: 'table' }>): string =>
  it.kind === 'error' ? `error: ${errorText(it.error)}` : `not evaluated: ${reasonText(it.reason)}`;

export interface Verdict {
  readonly passed: boolean;
  readonly notEvaluated?: true;
  readonly expected: string;
  readonly actual: string;
  readonly details?: readonly string[];
  readonly pin?: ExpectationResult['pin'];
}

/** What of a tag is DAX. */
export interface TagParts {
  readonly span: Span;
  readonly where: readonly DaxPart[];
  readonly by?: readonly DaxPart[];
  readonly rows?: readonly DaxPart[];
  readonly expression?: DaxPart;
  readonly other?: DaxPart;
}

export function tagResult(ctx: TagContext, kind: ExpectationResult['kind'], metric: string, tag: TagParts, verdict: Verdict): ExpectationResult {
  const at = (span: Span): Span => placeOfTag(ctx.region, ctx.segment, span);
  return {
    kind,
    metric,
    model: ctx.reading.model?.name,
    title: titleOfTag(ctx.segment.segment, tag.span),
    span: at(tag.span),
    passed: verdict.passed,
    ...(verdict.notEvaluated === undefined ? {} : { notEvaluated: verdict.notEvaluated }),
    expected: verdict.expected,
    actual: verdict.actual,
    details: verdict.details ?? [],
    ...madeUpFor(ctx, metric, tag),
    pin: verdict.pin === undefined ? undefined : { span: at(verdict.pin.span), newText: verdict.pin.newText },
  };
}

/** Made-up rows on either side, in the model of each. */
function madeUpFor(ctx: TagContext, metric: string, tag: TagParts): Pick<ExpectationResult, 'madeUp'> {
  const { model, measures, defined } = ctx.reading;
  if (model === undefined) return {};
  const part = tag.expression ?? tag.other;
  const right = part === undefined ? undefined : otherSide(ctx, part, model);
  const sides = [{ model, expression: measureText(metric), measures }, ...(right === undefined ? [] : [right])];
  const where = tag.where.map((it) => it.text);
  const by = columnsOf([...(tag.by ?? []), ...(tag.rows ?? [])]);
  const tables = sides.flatMap((it) => madeUpIn(it.model, {
    query: metricQuery({ expression: it.expression, name: metric, by, where }), measures: it.measures, ...(it.model === model ? { defined } : {}),
  }));
  return tables.length === 0 ? {} : { madeUp: [...new Set(tables)] };
}

/** A span of a metric's segment in the document. */
export const placeOfTag = ({ region }: RegionView, { segment }: SegmentView, span: Span): Span =>
  spanToDocument(region.map, { start: segment.start + span.start, end: segment.start + span.end });

/** A tag on one line, without the marks of the lines that continue it. */
export const titleOfTag = ({ text }: SegmentView['segment'], span: Span): string =>
  text.slice(span.start, span.end).split('\n').map((line, i) => (i === 0 ? line.trimEnd() : line.trim().replace(/^\/\/\//, '').trim())).join(' ');
