/** How a value came about: the trace of its evaluation as a tree of the metric's sub-expressions. */
import { positionAt } from '../../base/spans.ts';
import { quoteString } from '../../../../grammar/src/index.ts';
import type { TraceStep } from '../../plan/trace.ts';
import type { Cell } from '../../plan/values.ts';
import { madeUpIn } from '../../workspace/madeUp.ts';
import { measureText, tableQuery } from '../../workspace/queries.ts';
import type { TraceNode } from '../../workspace/trace.ts';
import type { EvaluationRequest, ModelView, RegionView, Workspace, WorkspaceDocument } from '../../workspace/types.ts';
import { asPlain } from '../markdown.ts';
import { cellShown, phrase, scalarShown, type Style } from '../shown.ts';
import { toDocument } from '../spot.ts';
import { metricRequest, styleOf, valueColumn } from '../values.ts';
import { inContext } from './queries.ts';
import type { Explained, ExplainNode, ResultsParams, ShownValue } from './records.ts';
import { argumentsOf, titleOf, told, type ResultsContext } from './results.ts';
import { findSubject, type Found } from './subject.ts';
import { filterTexts, labelledIn, traceFilterText } from './words.ts';

const mostSteps = 2_000;
const mostLevels = 100;
const longestText = 200;
/** Values of the groups or rows of a step that are told. */
const fewValues = 5;

export interface ExplainParams extends ResultsParams {
  /** What the grid shows for the value. */
  readonly shown?: string;
}

/** @returns undefined where the text has no such metric or query any more */
export async function explained(ctx: ResultsContext, params: ExplainParams): Promise<Explained | undefined> {
  const found = await findSubject(ctx.workspace, params.subject);
  if (found === undefined) return undefined;
  const { model } = found;
  const request = requestOf(ctx, found, params);
  const { result, trace } = await ctx.workspace.trace(model, request, ctx.cancellation);
  const style: Style = found.kind === 'metric' ? styleOf(model, found.symbol) : { format: undefined, culture: model.project.culture };
  const isTable = found.kind === 'query' && result.kind === 'table' && (result.rowCount !== 1 || result.columns.length !== 1);
  const value: ShownValue = isTable ? { kind: 'value', text: rowsText(result.rowCount) } : told(scalarShown(result, style));
  const budget = { left: mostSteps, dropped: 0 };
  const places = placesOf(ctx.workspace);
  // Of a metric the query is ours: only what its own text does is told.
  const roots = found.kind === 'metric' ? trace.flatMap(ownSteps) : trace;
  const steps: ExplainNode[] = [];
  for (const it of roots) steps.push(...(await nodeOf(it, model, undefined, 0, budget, places)));
  return {
    title: titleOf(found),
    value,
    filters: filterTexts(model, params.filters),
    ...(params.shown === undefined || isTable || params.shown === phrase(value) ? {} : { grid: asPlain(params.shown, longestText) }),
    steps,
    left: budget.dropped,
    madeUp: madeUpIn(model, request),
    preview: ctx.preview(model),
  };
}

function requestOf(ctx: ResultsContext, found: Found, params: ExplainParams): EvaluationRequest {
  const { model, reading } = found;
  const preview = ctx.preview(model);
  if (found.kind === 'query') {
    return { query: inContext(found.entry, found.segment.segment, preview), index: found.entry.index, measures: reading.measures, defined: reading.defined };
  }
  const where = [...preview, ...argumentsOf(model, params.filters)];
  const query = tableQuery(`ROW(${quoteString(valueColumn)}, ${measureText(found.symbol.name)})`, where);
  return { ...metricRequest(reading, model, found.symbol), query };
}

/** Steps of definitions; those of the query around them are left out. */
function ownSteps(node: TraceNode): readonly TraceNode[] {
  const found: TraceNode[] = [];
  const open = [node];
  for (let it = open.pop(); it !== undefined; it = open.pop()) {
    if (it.segment !== undefined) found.push(it);
    else open.push(...[...it.children].reverse());
  }
  return found;
}

type PlaceOf = (node: TraceNode) => Promise<ExplainNode['place']>;

async function nodeOf(
  node: TraceNode, model: ModelView, outer: string | undefined, level: number, budget: { left: number; dropped: number }, placeOf: PlaceOf,
): Promise<readonly ExplainNode[]> {
  if (budget.left <= 0 || level > mostLevels) {
    budget.dropped += sizeOf(node);
    return [];
  }
  budget.left--;
  const { step } = node;
  const filters = step.filters.map((it) => traceFilterText(model, it));
  const key = filters.join('\n');
  const children: ExplainNode[] = [];
  for (const it of node.children) children.push(...(await nodeOf(it, model, key, level + 1, budget, placeOf)));
  const place = await placeOf(node);
  return [{
    text: asPlain(node.text.slice(0, longestText * 8).replace(/\s+/g, ' ').trim(), longestText),
    value: resultOf(step, model, labelledIn(model, node.text)),
    contexts: step.contexts,
    ...(key === outer ? {} : { filters }),
    ...(place === undefined ? {} : { place }),
    children,
  }];
}

function sizeOf(node: TraceNode): number {
  let count = 0;
  const open = [node];
  for (let it = open.pop(); it !== undefined; it = open.pop()) {
    count++;
    open.push(...it.children);
  }
  return count;
}

function resultOf({ result, contexts }: TraceStep, { project }: ModelView, labelled: (cell: Cell, shown: string) => string): ShownValue {
  const style: Style = { format: undefined, culture: project.culture };
  switch (result.kind) {
    case 'rows': return { kind: 'value', text: rowsText(result.rows) };
    case 'failed': return told(cellShown(result.failure, 'blank', style));
    case 'values': {
      const shown = result.cells.slice(0, fewValues).map((it) => {
        const own = cellShown(it, result.type, style);
        return { ...own, text: labelled(it, own.text) };
      });
      const [only] = shown;
      if (contexts === 0) return { kind: 'value', text: 'not needed' };
      if (contexts === 1 && only !== undefined) return { kind: only.kind, text: asPlain(only.text, longestText) };
      return { kind: 'value', text: asPlain(`${shown.map(phrase).join(', ')}${contexts > shown.length ? ', …' : ''}`, longestText) };
    }
  }
}

const rowsText = (rows: number): string => `${rows.toLocaleString('en-US')} ${rows === 1 ? 'row' : 'rows'}`;

/** Where the texts of steps stand in their documents, as these are now. */
function placesOf(workspace: Workspace): PlaceOf {
  const documents = new Map<string, Promise<WorkspaceDocument | undefined>>();
  const regions = new Map<TraceNode['segment'], RegionView | undefined>();
  return async ({ segment, uri, step }) => {
    if (segment === undefined || uri === '') return undefined;
    let document = documents.get(uri);
    if (document === undefined) documents.set(uri, (document = workspace.document(uri)));
    const known = await document;
    if (known === undefined) return undefined;
    if (!regions.has(segment)) regions.set(segment, known.regions.find((it) => it.segments.some((other) => other.segment === segment)));
    const region = regions.get(segment);
    if (region === undefined) return undefined;
    const { line, column } = positionAt(known.lines, toDocument(region, segment, step.at).start);
    return { uri, line, character: column };
  };
}
