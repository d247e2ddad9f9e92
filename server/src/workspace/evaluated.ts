/** Whole documents and given texts evaluated, entry by entry: what `eval` prints. */
import { parseFile } from '../../../grammar/src/index.ts';
import type { Segment, Span } from '../../../grammar/src/tree.ts';
import { spanToDocument } from '../base/offsetMap.ts';
import { lineIndex, type LineIndex } from '../base/spans.ts';
import { functionNamed } from '../functions/index.ts';
import type { ColumnRef, QueryResult } from '../plan/plan.ts';
import { bySymbolName, symbolOf } from './pages.ts';
import { measureText, metricQuery } from './queries.ts';
import type { EvaluationRequest, ModelView, Reading, Workspace } from './types.ts';

/** Breakdown and filters that apply to metrics and expressions, not to queries. */
export interface EvaluationContext {
  readonly by: readonly ColumnRef[];
  readonly where: readonly string[];
}

export interface Evaluated {
  /** The metric's name; `Value` for a bare expression, `EVALUATE` for a query. */
  readonly name: string;
  readonly model: string | undefined;
  /** The metric's `@format`. */
  readonly format: string | undefined;
  readonly outcome: QueryResult;
  /** The text that places in the outcome point into, and its lines. */
  readonly place: { readonly lines: LineIndex; readonly span: Span } | undefined;
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
    for (const view of region.segments) {
      const span = spanToDocument(region.region.map, { start: view.segment.start, end: view.segment.end });
      for (const reading of view.readings) {
        for (const it of entriesOf(view.segment, context)) entries.push({ ...it, reading, place: { lines: document.lines, span } });
      }
    }
  }
  return evaluateAll(workspace, entries);
}

/** Evaluates a text that belongs to no file: `-e`, `-q`, `-f`. */
export async function evaluateText(
  workspace: Workspace, model: ModelView | undefined, dax: string, kind: 'expression' | 'query' | 'file', context: EvaluationContext,
): Promise<readonly Evaluated[]> {
  const lines = lineIndex(dax);
  if (kind === 'expression') {
    const reading = { model, measures: model?.measures ?? new Map() };
    const place = { lines, span: { start: 0, end: dax.length } };
    return evaluateAll(workspace, [{ ...expressionEntry(dax, context), reading, place }]);
  }
  const { segments } = parseFile(dax, { isFunction: (name) => functionNamed(name) !== undefined });
  const own = bySymbolName(segments.flatMap((it) => symbolOf('', model?.name ?? '', it) ?? []));
  const measures = own.size === 0 ? (model?.measures ?? new Map()) : new Map([...(model?.measures ?? []), ...own]);
  const entries = segments.flatMap((segment) =>
    entriesOf(segment, context).map((it) => ({
      ...it, reading: { model, measures }, place: { lines, span: { start: segment.start, end: segment.end } },
    })),
  );
  return evaluateAll(workspace, entries);
}

interface NamedQuery {
  readonly name: string;
  readonly query: string;
  /** Which EVALUATE of the query this entry is. */
  readonly index: number;
  /** The last column is the metric's, and is called by its name alone. */
  readonly named: boolean;
  readonly format: string | undefined;
}

interface Entry extends NamedQuery {
  readonly reading: Pick<Reading, 'model' | 'measures'>;
  readonly place: Evaluated['place'];
}

function entriesOf(segment: Segment, context: EvaluationContext): readonly NamedQuery[] {
  const { item } = segment;
  switch (item.kind) {
    case 'measure': {
      const symbol = symbolOf('', '', segment);
      const query = metricQuery({ expression: measureText(item.name), name: item.name, ...context });
      return [{ name: item.name, query, index: 0, named: true, format: symbol?.format }];
    }
    case 'bare':
      return [expressionEntry(segment.text.slice(item.expression.span.start, item.expression.span.end), context)];
    case 'query':
      return item.evaluates.map((_, index) => ({ name: 'EVALUATE', query: segment.text, index, named: false, format: undefined }));
    default:
      return [];
  }
}

const expressionEntry = (dax: string, context: EvaluationContext): NamedQuery => ({
  // Line breaks keep a line comment at the expression's end from swallowing the bracket.
  name: 'Value', query: metricQuery({ expression: `(${dax}\n)`, name: 'Value', ...context }), index: 0, named: true, format: undefined,
});

async function evaluateAll(workspace: Workspace, entries: readonly Entry[]): Promise<readonly Evaluated[]> {
  const byModel = new Map<ModelView | undefined, Entry[]>();
  for (const it of entries) {
    const list = byModel.get(it.reading.model);
    if (list === undefined) byModel.set(it.reading.model, [it]);
    else list.push(it);
  }
  const outcomes = new Map<Entry, QueryResult>();
  for (const [model, list] of byModel) {
    if (model === undefined) {
      for (const it of list) outcomes.set(it, { kind: 'notEvaluated', reason: { id: 'no-model' }, at: undefined });
      continue;
    }
    const requests = list.map((it): EvaluationRequest => ({ query: it.query, index: it.index, measures: it.reading.measures }));
    const results = await workspace.evaluate(model, requests);
    list.forEach((it, i) => {
      const result = results[i];
      if (result !== undefined) outcomes.set(it, loneOutcome(it.named ? calledByName(result, it.name) : result));
    });
  }
  return entries.flatMap((it): readonly Evaluated[] => {
    const outcome = outcomes.get(it);
    return outcome === undefined
      ? []
      : [{ name: it.name, model: it.reading.model?.name, format: it.format, outcome, place: it.place }];
  });
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
