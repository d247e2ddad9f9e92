/** "Pin this value": an `@expect` in the doc comment of a metric, with the value that it has now. */
import type { MeasureDefinition } from '../../../../grammar/src/tree.ts';
import type { Bound, MeasureSymbol } from '../../analysis/bound.ts';
import type { Span } from '../../base/spans.ts';
import { expectations, instability, meets, pinText, type ValueExpectation } from '../../expect/index.ts';
import type { TextEdit } from '../../findings/finding.ts';
import { errorText, reasonText } from '../../formats/outcomes.ts';
import { nameKey } from '../../model/model.ts';
import type { QueryResult } from '../../plan/plan.ts';
import type { Cell, ValueType } from '../../plan/values.ts';
import { madeUpIn } from '../../workspace/madeUp.ts';
import { measureText, metricQuery } from '../../workspace/queries.ts';
import type { EvaluationRequest, ModelView, Reading, Spot, Workspace } from '../../workspace/types.ts';
import { carried } from '../formatting/carried.ts';
import { boundOf } from '../lineage.ts';
import { lineEndOf } from '../refactor/lines.ts';
import { spotAt } from '../spot.ts';
import { metricIdAt } from './list.ts';

export interface PinContext {
  readonly workspace: Workspace;
  /** Filter arguments in which the person looks at values: the pin has them too. */
  readonly filters: (model: ModelView) => readonly string[];
}

export type Pin =
  /** `tag` is what the doc comment says afterwards; it `replaces` a value that does not hold. `metric` is its id among tests. */
  | { readonly kind: 'edits'; readonly tag: string; readonly replaces: boolean; readonly edits: readonly TextEdit[]; readonly metric: string }
  /** A sentence that says why the value is not to be pinned. */
  | { readonly kind: 'refused'; readonly reason: string };

/** A metric's definition, where an offset is in it. */
interface Site {
  readonly spot: Spot;
  readonly item: MeasureDefinition;
}

/** Whether an offset is in the doc comment, or before the body, of a definition. */
export async function isAtHead(workspace: Workspace, uri: string, offset: number): Promise<boolean> {
  const site = await siteAt(workspace, uri, offset);
  return site !== undefined && site.spot.offset <= (site.item.assign?.end ?? site.item.nameSpan.end);
}

async function siteAt(workspace: Workspace, uri: string, offset: number): Promise<Site | undefined> {
  const document = await workspace.document(uri);
  const spot = document === undefined ? undefined : spotAt(document, offset);
  const item = spot?.segment.segment.item;
  return spot === undefined || item?.kind !== 'measure' ? undefined : { spot, item };
}

/**
 * Pins the value of the metric in whose definition an offset lies: a new tag, or a new value of the tag with the same
 * filters.
 *
 * @returns undefined outside of definitions
 */
export async function pin({ workspace, filters }: PinContext, uri: string, offset: number): Promise<Pin | undefined> {
  const site = await siteAt(workspace, uri, offset);
  if (site === undefined) return undefined;
  const values: PinnedValue[] = [];
  for (const reading of site.spot.segment.readings) {
    if (reading.model === undefined) continue;
    const value = await valueIn(workspace, site, reading, reading.model, filters(reading.model).map(onOneLine));
    if ('reason' in value) return { kind: 'refused', reason: value.reason };
    values.push(value);
  }
  const [first, ...others] = values;
  if (first === undefined) return { kind: 'refused', reason: 'No model is known for this text.' };
  const other = others.find((it) => it.text !== first.text || it.where.join() !== first.where.join());
  if (other !== undefined) return { kind: 'refused', reason: `The value is ${first.text} in ${first.model}, ${other.text} in ${other.model}.` };
  return editsFor(site, first);
}

interface PinnedValue {
  readonly model: string;
  readonly cell: Cell;
  readonly type: ValueType;
  readonly text: string;
  readonly where: readonly string[];
}

/** The value as `@expect` has it, asked for as the tag will ask for it. */
async function valueIn(
  workspace: Workspace, { item }: Site, reading: Reading, model: ModelView, where: readonly string[],
): Promise<PinnedValue | { readonly reason: string }> {
  const request: EvaluationRequest = {
    query: metricQuery({ expression: measureText(item.name), name: item.name, where }), measures: reading.measures, defined: reading.defined,
  };
  const unstable = instability(await readsOf(workspace, reading), model.project.clock, madeUpIn(model, request));
  if (unstable !== undefined) return { reason: `An expectation could not hold: ${unstable}.` };
  const [answer] = await workspace.evaluate(model, [request]);
  const { cell, type } = answer?.kind === 'table' ? { cell: answer.columns[0]?.cells[0] ?? null, type: answer.columns[0]?.type ?? 'blank' } : { cell: cellOf(answer), type: 'blank' as const };
  if (typeof cell === 'object' && cell !== null && cell.cell !== 'variant') {
    return { reason: cell.cell === 'error' ? `Its value is an error: ${errorText(cell)}.` : `Not evaluated: ${reasonText(cell.reason)}.` };
  }
  const text = pinText(cell, type);
  return text === undefined ? { reason: 'No literal of DAX stands for its value.' } : { model: model.name, cell, type, text, where };
}

function cellOf(answer: Exclude<QueryResult, { readonly kind: 'table' }> | undefined): Cell {
  if (answer === undefined) return { cell: 'notEvaluated', reason: { id: 'cancelled' }, at: undefined };
  return answer.kind === 'error' ? answer.error : { cell: 'notEvaluated', reason: answer.reason, at: answer.at };
}

/** The definition and all metrics that it reads, at any depth. */
async function readsOf(workspace: Workspace, reading: Reading): Promise<readonly Bound[]> {
  const found: Bound[] = [reading.bound];
  const seen = new Set<MeasureSymbol | undefined>([reading.symbol]);
  for (const bound of found) {
    for (const key of bound.dependencies.measures) {
      const next = reading.measures.get(key);
      if (next === undefined || seen.has(next)) continue;
      seen.add(next);
      const its = await boundOf(workspace, next, reading);
      if (its !== undefined) found.push(its);
    }
  }
  return found;
}

/** Lines of a filter stand in one tag. */
const onOneLine = (filter: string): string => filter.trim().replace(/\s*[\r\n]+\s*/g, ' ');

function editsFor({ spot, item }: Site, { cell, type, text, where }: PinnedValue): Pin {
  const tag = `@expect ${text}${where.length === 0 ? '' : ` where ${where.join(', ')}`}`;
  const alike = item.docs === undefined ? undefined : expectations(item.docs).expectations.find((it): it is ValueExpectation => it.kind === 'value' && hasFilters(it, where));
  if (alike !== undefined && meets(alike.expected, cell, type, alike.tolerance)) return { kind: 'refused', reason: 'The value is pinned already.' };
  const { span, newText } = alike === undefined ? insertion(spot, item, tag) : { span: alike.valueSpan, newText: text };
  const { start } = spot.segment.segment;
  return { kind: 'edits', tag, metric: metricIdAt(spot.document, spot.segment), replaces: alike !== undefined, edits: [carried(spot.document.text, spot.region.region, { span: { start: start + span.start, end: start + span.end }, newText })] };
}

const hasFilters = (tag: ValueExpectation, where: readonly string[]): boolean =>
  tag.where.length === where.length && tag.where.every((it, i) => nameKey(onOneLine(it.text)) === nameKey(where[i] ?? ''));

/** A line of its own: behind the doc comment, or above the definition where there is none. In the segment. */
function insertion({ region: { region }, segment: { segment } }: Spot, item: MeasureDefinition, tag: string): { readonly span: Span; readonly newText: string } {
  const lineEnd = lineEndOf(region.text);
  const last = item.docs?.lines.at(-1);
  const at = last?.span.end ?? item.span.start;
  const text = region.text.slice(0, segment.start + at);
  const line = text.slice(Math.max(text.lastIndexOf('\n'), text.lastIndexOf('\r')) + 1);
  const indent = /^[ \t]*/.exec(line)?.[0] ?? '';
  const span = { start: at, end: at };
  if (last !== undefined) return { span, newText: `${lineEnd}${indent}/// ${tag}` };
  // A comment ends with its line: what stands before the definition there keeps a line of its own.
  return { span, newText: `${line.trim() === '' ? '' : lineEnd + indent}/// ${tag}${lineEnd}${indent}` };
}
