/** Whole documents and given texts evaluated, entry by entry: what `eval` prints. */
import { parseExpression, parseFile } from '../../../grammar/src/index.ts';
import type { Expression, Segment, Span } from '../../../grammar/src/tree.ts';
import { bindExpression } from '../analysis/index.ts';
import { spanToDocument } from '../base/offsetMap.ts';
import { lineIndex, type LineIndex } from '../base/spans.ts';
import { functionNamed } from '../functions/index.ts';
import type { ColumnRef, QueryResult } from '../plan/plan.ts';
import { sourceOf } from './databases.ts';
import { definedNames, joinedNames, noDefinedNames } from './definedNames.ts';
import { bySymbolName, symbolOf } from './pages.ts';
import { madeUpIn } from './madeUp.ts';
import { measureText, metricQuery, tableQuery } from './queries.ts';
import type { TraceNode } from './trace.ts';
import type { EvaluationRequest, ModelView, Reading, Workspace } from './types.ts';

/** Breakdown and filters that apply to metrics and expressions, not to queries. */
export interface EvaluationContext {
  readonly by: readonly ColumnRef[];
  readonly where: readonly string[];
  /** Whether the outcomes tell how they came about; each is evaluated by itself then. */
  readonly trace?: boolean;
  /** The role in which all is seen. */
  readonly role?: string | undefined;
}

export interface Evaluated {
  /** The metric's name; `Value` for a bare expression, `EVALUATE` for a query. */
  readonly name: string;
  readonly model: string | undefined;
  /** The metric's `@format`. */
  readonly format: string | undefined;
  readonly outcome: QueryResult;
  /** How the outcome came about, where that was asked for. */
  readonly trace?: readonly TraceNode[];
  /** Where an outcome that is no table has its cause, in the document or the given text; else the whole entry. */
  readonly place: { readonly lines: LineIndex; readonly span: Span };
  /** Tables with made-up rows on which the outcome depends. */
  readonly madeUp: readonly string[];
}

/**
 * Evaluates every metric, bare expression and EVALUATE of a document, in order. A segment that several models read is
 * evaluated in each. A failing entry leaves the others as they are.
 */
export async function evaluateDocument(workspace: Workspace, uri: string, context: EvaluationContext): Promise<readonly Evaluated[]> {
  const document = await workspace.document(uri);
  if (document === undefined) return [];
  const entries: Entry[] = [];
  for (const region of document.regions) {
    // A scalar of a model file is part of the model, no metric.
    if (region.region.kind === 'yaml') continue;
    for (const { segment, readings } of region.segments) {
      const inDocument = (it: Span): Span =>
        spanToDocument(region.region.map, { start: segment.start + it.start, end: segment.start + it.end });
      for (const reading of readings) {
        for (const it of entriesOf(segment, context, reading)) entries.push({ ...it, reading, lines: document.lines, segment, inDocument });
      }
    }
  }
  return evaluateAll(workspace, entries, context);
}

/** Evaluates a text that belongs to no file: `-e`, `-q`, `-f`. */
export async function evaluateText(
  workspace: Workspace, model: ModelView | undefined, dax: string, kind: 'expression' | 'query' | 'file', context: EvaluationContext,
): Promise<readonly Evaluated[]> {
  const lines = lineIndex(dax);
  if (kind === 'expression') {
    const reading = { model, measures: model?.measures ?? new Map(), defined: model?.defined ?? noDefinedNames };
    const { expression, problems } = parseExpression(dax);
    const entry = expressionEntry(dax, 0, context, isTable(expression, dax, reading), problems);
    return evaluateAll(workspace, [{ ...entry, reading, lines, segment: undefined, inDocument: (it) => it }], context);
  }
  const { segments } = parseFile(dax, { isFunction: (name) => functionNamed(name) !== undefined });
  const own = bySymbolName(segments.flatMap((it) => symbolOf('', model?.name ?? '', it) ?? []));
  const measures = own.size === 0 ? (model?.measures ?? new Map()) : new Map([...(model?.measures ?? []), ...own]);
  const defined = joinedNames(model?.defined ?? noDefinedNames, definedNames('', segments, model?.model));
  const reading = { model, measures, defined };
  const entries = segments.flatMap((segment) =>
    entriesOf(segment, context, reading).map((it) => ({
      ...it,
      reading,
      lines,
      segment,
      inDocument: (span: Span) => ({ start: segment.start + span.start, end: segment.start + span.end }),
    })),
  );
  return evaluateAll(workspace, entries, context);
}

/** A part of a segment that has a result, and the query whose result that is. */
export interface NamedQuery {
  readonly name: string;
  readonly query: string;
  /** Which EVALUATE of the query this entry is. */
  readonly index: number;
  /** The entry's own text in its segment. */
  readonly whole: Span;
  /** Where that text begins in the query, when the query holds it. */
  readonly offset: number | undefined;
  /** The last column is the metric's, and is called by its name alone. */
  readonly named: boolean;
  readonly format: string | undefined;
  /** A syntax error of the entry's text, in its segment: what was read says less than its author, and has no value. */
  readonly unread?: Span | undefined;
}

interface Entry extends NamedQuery {
  readonly reading: Pick<Reading, 'model' | 'measures' | 'defined'>;
  readonly lines: LineIndex;
  /** The segment that holds the entry, where there is one. */
  readonly segment: Segment | undefined;
  /** A span of the entry's segment in the document. */
  readonly inDocument: (span: Span) => Span;
}

/** The metrics, bare expressions and EVALUATEs of a segment, in order. */
export function entriesOf(segment: Segment, context: EvaluationContext, reading: Entry['reading']): readonly NamedQuery[] {
  const { item } = segment;
  switch (item.kind) {
    case 'measure': {
      const symbol = symbolOf('', '', segment);
      const query = metricQuery({ expression: measureText(item.name), name: item.name, ...context });
      return [{ name: item.name, query, index: 0, named: true, whole: item.span, offset: undefined, format: symbol?.format }];
    }
    case 'bare':
      return [
        expressionEntry(
          segment.text.slice(item.expression.span.start, item.expression.span.end), item.expression.span.start, context,
          isTable(item.expression, segment.text, reading), segment.problems,
        ),
      ];
    case 'query':
      return item.evaluates.map((it, index) => ({
        name: 'EVALUATE', query: segment.text, index, named: false, whole: it.span, offset: 0, format: undefined,
      }));
    default:
      return [];
  }
}

/**
 * @param start where the expression begins in its segment
 * @param table whether it gives a table, which is a result as it stands
 * @param problems what the parser found in it, in its segment
 */
function expressionEntry(dax: string, start: number, context: EvaluationContext, table: boolean, problems: readonly { readonly span: Span }[]): NamedQuery {
  // Line breaks keep a line comment at the expression's end from swallowing the bracket.
  const expression = `(${dax}\n)`;
  const query = table ? tableQuery(expression, context.where) : metricQuery({ expression, name: 'Value', ...context });
  const whole = { start, end: start + dax.length };
  const offset = query.indexOf(expression) + 1 - start;
  return { name: 'Value', query, index: 0, named: !table, whole, offset, format: undefined, unread: problems[0]?.span };
}

const isTable = (expression: Expression, text: string, { model, measures, defined: { functions, tables, columns } }: Entry['reading']): boolean =>
  bindExpression(expression, text, { model: model?.model, measures, functions, tables, columns }).typeOf(expression).kind === 'table';

async function evaluateAll(workspace: Workspace, entries: readonly Entry[], { trace = false, role }: EvaluationContext): Promise<readonly Evaluated[]> {
  const traces = new Map<Entry, readonly TraceNode[]>();
  const byModel = new Map<ModelView | undefined, Entry[]>();
  const outcomes = new Map<Entry, QueryResult>();
  const madeUp = new Map<Entry, readonly string[]>();
  for (const it of entries) {
    if (it.unread !== undefined) {
      outcomes.set(it, { kind: 'notEvaluated', reason: { id: 'syntax-error' }, at: undefined });
      continue;
    }
    const list = byModel.get(it.reading.model);
    if (list === undefined) byModel.set(it.reading.model, [it]);
    else list.push(it);
  }
  for (const [model, list] of byModel) {
    if (model === undefined) {
      for (const it of list) outcomes.set(it, { kind: 'notEvaluated', reason: { id: 'no-model' }, at: undefined });
      continue;
    }
    const requests = list.map((it): EvaluationRequest => ({ query: it.query, index: it.index, measures: it.reading.measures, defined: it.reading.defined, role }));
    const keep = (i: number, how: readonly TraceNode[]): void => {
      const entry = list[i];
      if (entry !== undefined) traces.set(entry, how);
    };
    const results = trace ? await tracedAll(workspace, model, requests, keep) : await workspace.evaluate(model, requests);
    list.forEach((it, i) => {
      const result = results[i];
      if (result !== undefined) outcomes.set(it, loneOutcome(it.named ? calledByName(result, it.name) : result));
      const request = requests[i];
      if (request !== undefined) madeUp.set(it, madeUpIn(model, request));
    });
  }
  return entries.flatMap((it): readonly Evaluated[] => {
    const outcome = outcomes.get(it);
    if (outcome === undefined) return [];
    const place = { lines: it.lines, span: it.inDocument(causeOf(it, outcome)) };
    const how = traces.get(it);
    return [{ name: it.name, model: it.reading.model?.name, format: it.format, outcome, place, madeUp: madeUp.get(it) ?? [], ...(how === undefined ? {} : { trace: how }) }];
  });
}

async function tracedAll(workspace: Workspace, model: ModelView, requests: readonly EvaluationRequest[], keep: (index: number, trace: readonly TraceNode[]) => void): Promise<readonly QueryResult[]> {
  const results: QueryResult[] = [];
  for (const [i, request] of requests.entries()) {
    const { result, trace } = await workspace.trace(model, request);
    results.push(result);
    keep(i, trace);
  }
  return results;
}

/** The smallest part of the entry's segment that has no value; the whole entry where the cause lies elsewhere. */
function causeOf(entry: Entry, outcome: QueryResult): Span {
  const at = outcome.kind === 'error' ? outcome.error.at : outcome.kind === 'notEvaluated' ? outcome.at : undefined;
  const source = sourceOf(at);
  if (entry.unread !== undefined) return entry.unread;
  if (at === undefined || source === undefined) return entry.whole;
  if (source.segment !== undefined) return source.segment === entry.segment ? at : entry.whole;
  if (source.text !== entry.query || entry.offset === undefined) return entry.whole;
  const span = { start: at.start - entry.offset, end: at.end - entry.offset };
  return span.start >= entry.whole.start && span.end <= entry.whole.end ? span : entry.whole;
}

/** DAX calls an added column `[name]`; a metric's column is its name. */
function calledByName(result: QueryResult, name: string): QueryResult {
  if (result.kind !== 'table') return result;
  const last = result.columns.length - 1;
  return { ...result, columns: result.columns.map((it, i) => (i === last ? { ...it, name } : it)) };
}

/** A lone value that is an error or not evaluated is the entry's outcome; in a breakdown it stays in its cell. */
function loneOutcome(result: QueryResult): QueryResult {
  if (result.kind !== 'table' || result.rowCount !== 1 || result.columns.length !== 1) return result;
  const cell = result.columns[0]?.cells[0];
  if (typeof cell !== 'object' || cell === null || cell.cell === 'variant') return result;
  return cell.cell === 'error' ? { kind: 'error', error: cell } : { kind: 'notEvaluated', reason: cell.reason, at: cell.at };
}
