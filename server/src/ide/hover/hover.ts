/** What a hover says about the name, code or call at an offset. */
import { assertNever } from '../../base/assertNever.ts';
import { touches, type Span } from '../../base/spans.ts';
import type { Reference } from '../../analysis/bound.ts';
import type { Preview } from '../preview/preview.ts';
import type { SavedMetrics } from '../saved.ts';
import type { Settings } from '../settings.ts';
import type { Reading, Spot, Workspace } from '../../workspace/types.ts';
import { nameKey } from '../../model/model.ts';
import { namedModel } from '../../workspace/index.ts';
import { namesAt } from '../names.ts';
import { pageCodeAt } from '../pageCodes.ts';
import { spotAt, toDocument } from '../spot.ts';
import { callsIn } from '../calls.ts';
import { callHover } from './call.ts';
import { codeHover, pageCodeHover } from './code.ts';
import { columnHover } from './column.ts';
import { definedColumnHover, definedFunctionHover, definedTableHover, parameterHover } from './defined.ts';
import { functionHover } from './function.ts';
import { headerHover, metricHover } from './metric.ts';
import { selectionHover, subExpressionHover, valueOf } from './subExpression.ts';
import { tableHover } from './table.ts';
import { tagHover } from './tag.ts';
import { extensionHover, variableHover } from './variable.ts';

export interface Hover {
  /** Untrusted Markdown: no HTML, no command links. */
  readonly markdown: string;
  readonly span: Span;
}

export interface HoverContext {
  readonly workspace: Workspace;
  readonly settings: Settings;
  /** Filters that the values of metrics and of their parts obey. */
  readonly preview: Preview;
  /** Where a value is told beside the one before an edit. */
  readonly saved?: SavedMetrics;
  /** Resolves when a hover should no longer wait for values; what is computed then goes on and is kept. */
  readonly patience: () => Promise<void>;
  /** Is told of work that may outlast the hover. */
  readonly background?: (work: Promise<unknown>) => void;
}

/**
 * @param selection what is selected around the offset, in the document: where it is an expression, its value comes first
 * @returns undefined where there is nothing to say; outside DAX only the codes in the elements of a page are known
 */
export async function hover(ctx: HoverContext, uri: string, offset: number, selection?: Span): Promise<Hover | undefined> {
  const document = await ctx.workspace.document(uri);
  const spot = document === undefined ? undefined : spotAt(document, offset);
  if (spot === undefined) {
    const code = document?.kind === 'markdown' ? await pageCodeAt(ctx.workspace, uri, offset) : undefined;
    return code === undefined ? undefined : { markdown: await pageCodeHover(ctx, code), span: code.span };
  }
  const found = (await saySelected(ctx, spot, selection)) ?? (await sayAt(ctx, spot));
  return found === undefined ? undefined : { markdown: found.markdown, span: toDocument(spot.region, spot.segment.segment, found.span) };
}

/** Of what is selected in one segment. */
async function saySelected(ctx: HoverContext, spot: Spot, selection: Span | undefined): Promise<Hover | undefined> {
  const start = selection === undefined ? undefined : spotAt(spot.document, selection.start);
  const end = selection === undefined ? undefined : spotAt(spot.document, selection.end);
  if (start === undefined || end?.segment !== spot.segment || start.segment !== spot.segment) return undefined;
  return selectionHover(ctx, spot, { start: start.offset, end: end.offset });
}

/** With the span relative to the segment. */
async function sayAt(ctx: HoverContext, spot: Spot): Promise<Hover | undefined> {
  for (const reading of spot.segment.readings) {
    const { code } = namesAt(spot.segment, reading, spot.offset);
    if (code !== undefined) return { markdown: await codeHover(ctx, code, reading.model), span: code.span };
  }
  const item = spot.segment.segment.item;
  if (item.kind === 'measure' && touches(item.nameSpan, spot.offset)) {
    return { markdown: await headerHover(ctx, item, spot.segment), span: item.nameSpan };
  }
  for (const reading of spot.segment.readings) {
    const { reference, other, isInTag } = namesAt(spot.segment, reading, spot.offset);
    if (other !== undefined) {
      const markdown = await sayOther(ctx, reading, other.model, other.metric);
      if (markdown !== undefined) return { markdown, span: other.span };
    }
    // The value of a tag's variable counts in the tag's own text.
    const said = reference === undefined || (isInTag && reference.target.kind === 'variable') ? undefined : await sayReference(ctx, spot, reading, reference);
    if (reference !== undefined && said !== undefined) return { markdown: joined(said, isInTag ? '' : await sayValue(ctx, spot, reference)), span: reference.span };
  }
  const sign = tagHover(spot) ?? callHover(spot);
  return sign ?? subExpressionHover(ctx, spot);
}

const joined = (said: string, value: string): string => (value === '' ? said : `${value}\n\n${said}`);

/** The value of the call whose function, or of the variable, that is named. */
async function sayValue(ctx: HoverContext, spot: Spot, { target, span }: Reference): Promise<string> {
  if (target.kind === 'variable') return valueOf(ctx, spot, target.value);
  if (target.kind !== 'function') return '';
  const call = callsIn(spot.segment.segment.item).find((it) => it.nameSpan.start === span.start);
  return call === undefined ? '' : valueOf(ctx, spot, call);
}

async function sayReference(ctx: HoverContext, spot: Spot, reading: Reading, { target }: Reference): Promise<string | undefined> {
  switch (target.kind) {
    case 'table': return tableHover(ctx, reading.model, target.table);
    case 'column': return columnHover(ctx, reading.model, target.table, target.column);
    case 'measure': return metricHover(ctx, reading, target.measure);
    case 'variable': return variableHover(target, reading, spot.segment.segment);
    case 'extension': return extensionHover(target);
    case 'function': return functionHover(target.spec);
    case 'definedTable': return definedTableHover(target.table);
    case 'definedColumn': return definedColumnHover(target.column);
    case 'definedFunction': return definedFunctionHover(target.function);
    case 'parameter': return parameterHover(target, spot.segment.segment.text);
    case 'word':
    case 'unresolved': return undefined;
    default: return assertNever(target);
  }
}

/** A metric of another model, as that model has it. */
async function sayOther(ctx: HoverContext, reading: Reading, name: string, metric: string): Promise<string | undefined> {
  const model = namedModel(await ctx.workspace.models(), reading.model, name);
  const measure = model?.measures.get(nameKey(metric));
  return model === undefined || measure === undefined ? undefined : metricHover(ctx, { ...reading, model, measures: model.measures }, measure);
}
