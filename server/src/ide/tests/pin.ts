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
  /**
   * `tag` is what the doc comment says afterwards, the first of `tags`; all of them `replace` values that do not hold, or
   * some are new. Values that were pinned already are `held`; `left` says of each other that is not pinned why. `metric` is
   * its id among tests.
   */
  | {
    readonly kind: 'edits'; readonly tag: string; readonly tags: number; readonly held: number; readonly left: readonly string[]; readonly replaces: boolean;
    readonly edits: readonly TextEdit[]; readonly metric: string;
  }
  /** A sentence that says why the value is not to be pinned. */
  | { readonly kind: 'refused'; readonly reason: string };

/** A metric's definition, where an offset is in it. */
export interface Site {
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
  const [value] = await valuesAt(workspace, site, (model) => [filters(model)]);
  return value === undefined ? { kind: 'refused', reason: 'No model is known for this text.' } : editsFor(site, [value]);
}

/**
 * Values of a definition in several contexts, each as `@expect` will ask for it, in every model that reads the text.
 *
 * @param contexts filter arguments, a list a value
 */
export async function valuesAt(
  workspace: Workspace, site: Site, contexts: (model: ModelView) => readonly (readonly string[])[],
): Promise<readonly (PinnedValue | Refusal)[]> {
  const byModel: (readonly (PinnedValue | Refusal)[])[] = [];
  for (const reading of site.spot.segment.readings) {
    if (reading.model !== undefined) byModel.push(await valuesIn(workspace, site, reading, reading.model, contexts(reading.model).map((where) => where.map(onOneLine))));
  }
  return (byModel[0] ?? []).map((first, i) => alike(first, byModel.slice(1).flatMap((it) => it[i] ?? [])));
}

/** The value that all models have. */
function alike(first: PinnedValue | Refusal, others: readonly (PinnedValue | Refusal)[]): PinnedValue | Refusal {
  for (const it of others) {
    if ('reason' in first) break;
    if ('reason' in it) return it;
    if (it.text !== first.text || it.where.join() !== first.where.join()) return { reason: `The value is ${first.text} in ${first.model}, ${it.text} in ${it.model}.` };
  }
  return first;
}

/** A sentence that says why a value is not to be pinned. */
export interface Refusal {
  readonly reason: string;
}

export interface PinnedValue {
  readonly model: string;
  readonly cell: Cell;
  readonly type: ValueType;
  readonly text: string;
  readonly where: readonly string[];
}

async function valuesIn(
  workspace: Workspace, { item }: Site, reading: Reading, model: ModelView, contexts: readonly (readonly string[])[],
): Promise<readonly (PinnedValue | Refusal)[]> {
  const requests = contexts.map((where): EvaluationRequest => ({
    query: metricQuery({ expression: measureText(item.name), name: item.name, where }), measures: reading.measures, defined: reading.defined,
  }));
  const reads = await readsOf(workspace, reading);
  const unstable = requests.map((it) => instability(reads, model.project.clock, madeUpIn(model, it)));
  const answers = await workspace.evaluate(model, requests);
  return contexts.map((where, i) => {
    const why = unstable[i];
    return why === undefined ? valueOf(answers[i], model, where) : { reason: `An expectation could not hold: ${why}.` };
  });
}

function valueOf(answer: QueryResult | undefined, model: ModelView, where: readonly string[]): PinnedValue | Refusal {
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

/** The edits that pin what can be pinned; a refusal where nothing can. */
export function editsFor({ spot, item }: Site, values: readonly (PinnedValue | Refusal)[]): Pin {
  const tags: string[] = [];
  const added: string[] = [];
  const edits: { readonly span: Span; readonly newText: string }[] = [];
  const left: string[] = [];
  let held = 0;
  const known = item.docs === undefined ? [] : expectations(item.docs).expectations;
  for (const value of values) {
    if ('reason' in value) {
      left.push(value.reason);
      continue;
    }
    const { cell, type, text, where } = value;
    const same = known.find((it): it is ValueExpectation => it.kind === 'value' && hasFilters(it, where));
    if (same !== undefined && meets(same.expected, cell, type, same.tolerance)) {
      held++;
      continue;
    }
    const tag = `@expect ${text}${where.length === 0 ? '' : ` where ${where.join(', ')}`}`;
    tags.push(tag);
    if (same === undefined) added.push(tag);
    else edits.push({ span: same.valueSpan, newText: text });
  }
  const [first] = tags;
  if (first === undefined) return { kind: 'refused', reason: left[0] ?? (held > 1 ? 'They are pinned already.' : 'The value is pinned already.') };
  if (added.length > 0) edits.push(insertion(spot, item, added));
  const { start } = spot.segment.segment;
  return {
    kind: 'edits', tag: first, tags: tags.length, held, left, metric: metricIdAt(spot.document, spot.segment), replaces: added.length === 0,
    edits: edits.map(({ span, newText }) => carried(spot.document.text, spot.region.region, { span: { start: start + span.start, end: start + span.end }, newText })),
  };
}

const hasFilters = (tag: ValueExpectation, where: readonly string[]): boolean =>
  tag.where.length === where.length && tag.where.every((it, i) => nameKey(onOneLine(it.text)) === nameKey(where[i] ?? ''));

/** Lines of their own: behind the doc comment, or above the definition where there is none. In the segment. */
function insertion({ region: { region }, segment: { segment } }: Spot, item: MeasureDefinition, tags: readonly string[]): { readonly span: Span; readonly newText: string } {
  const lineEnd = lineEndOf(region.text);
  const last = item.docs?.lines.at(-1);
  const at = last?.span.end ?? item.span.start;
  const text = region.text.slice(0, segment.start + at);
  const line = text.slice(Math.max(text.lastIndexOf('\n'), text.lastIndexOf('\r')) + 1);
  const indent = /^[ \t]*/.exec(line)?.[0] ?? '';
  const span = { start: at, end: at };
  if (last !== undefined) return { span, newText: tags.map((it) => `${lineEnd}${indent}/// ${it}`).join('') };
  // A comment ends with its line: what stands before the definition there keeps a line of its own.
  return { span, newText: `${line.trim() === '' ? '' : lineEnd + indent}${tags.map((it) => `/// ${it}${lineEnd}${indent}`).join('')}` };
}
