/** What a hover says about the name, code or call at an offset. */
import { assertNever } from '../../base/assertNever.ts';
import { touches, type Span } from '../../base/spans.ts';
import type { Reference } from '../../analysis/bound.ts';
import type { Settings } from '../settings.ts';
import type { Reading, Spot, Workspace } from '../../workspace/types.ts';
import { spotAt, toDocument } from '../spot.ts';
import { callHover } from './call.ts';
import { codeHover } from './code.ts';
import { columnHover } from './column.ts';
import { functionHover } from './function.ts';
import { headerHover, metricHover } from './metric.ts';
import { tableHover } from './table.ts';
import { extensionHover, variableHover } from './variable.ts';

export interface Hover {
  /** Untrusted Markdown: no HTML, no command links. */
  readonly markdown: string;
  readonly span: Span;
}

export interface HoverContext {
  readonly workspace: Workspace;
  readonly settings: Settings;
  /** Resolves when a hover should no longer wait for values; what is computed then goes on and is kept. */
  readonly patience: () => Promise<void>;
  /** Is told of work that may outlast the hover. */
  readonly background?: (work: Promise<unknown>) => void;
}

/** @returns undefined outside DAX and where there is nothing to say */
export async function hover(ctx: HoverContext, uri: string, offset: number): Promise<Hover | undefined> {
  const document = await ctx.workspace.document(uri);
  const spot = document === undefined ? undefined : spotAt(document, offset);
  if (spot === undefined) return undefined;
  const found = await sayAt(ctx, spot);
  return found === undefined ? undefined : { markdown: found.markdown, span: toDocument(spot.region, spot.segment.segment, found.span) };
}

/** With the span relative to the segment. */
async function sayAt(ctx: HoverContext, spot: Spot): Promise<Hover | undefined> {
  for (const reading of spot.segment.readings) {
    const code = pick(reading.bound.codes, spot.offset);
    if (code !== undefined) return { markdown: codeHover(code, reading), span: code.span };
  }
  const item = spot.segment.segment.item;
  if (item.kind === 'measure' && touches(item.nameSpan, spot.offset)) {
    return { markdown: await headerHover(ctx, item, spot.segment), span: item.nameSpan };
  }
  for (const reading of spot.segment.readings) {
    const reference = pick(reading.bound.references, spot.offset);
    const markdown = reference === undefined ? undefined : await sayReference(ctx, spot, reading, reference);
    if (reference !== undefined && markdown !== undefined) return { markdown, span: reference.span };
  }
  return callHover(spot);
}

async function sayReference(ctx: HoverContext, spot: Spot, reading: Reading, { target }: Reference): Promise<string | undefined> {
  switch (target.kind) {
    case 'table': return tableHover(ctx, reading, target.table);
    case 'column': return columnHover(ctx, reading, target.table, target.column);
    case 'measure': return metricHover(ctx, reading, target.measure);
    case 'variable': return variableHover(target, reading, spot.segment.segment);
    case 'extension': return extensionHover(target);
    case 'function': return functionHover(target.spec);
    case 'definedTable':
    case 'definedColumn':
    case 'definedFunction':
    case 'parameter':
    case 'word':
    case 'unresolved': return undefined;
    default: return assertNever(target);
  }
}

/** The item under the pointer; at the end of one, the one that ends there. */
function pick<T extends { readonly span: Span }>(items: readonly T[], offset: number): T | undefined {
  return items.find((it) => it.span.start <= offset && offset < it.span.end) ?? items.find((it) => touches(it.span, offset));
}
