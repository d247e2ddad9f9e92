/** Runs the rules. */
import { spoilsAll } from '../analysis/bind/syntax.ts';
import { overlaps, type Span } from '../base/spans.ts';
import type { Finding, TextEdit } from '../findings/finding.ts';
import type { MeasureSymbol } from '../analysis/bound.ts';
import type { DefinitionContext, ModelWhole, PageContext, SegmentContext } from './context.ts';
import { rules } from './rules/index.ts';

const ofSegments = rules.filter((it) => it.segment !== undefined);
const ofDefinitions = rules.filter((it) => it.definition !== undefined);
const ofPages = rules.filter((it) => it.page !== undefined);

/** Findings of the rules over segments. */
export function lintSegment(ctx: SegmentContext): readonly Finding[] {
  if (spoilsAll(ctx.segment.problems)) return [];
  const found: Finding[] = [];
  const emit = untroubled(ctx, found);
  for (const it of ofSegments) it.segment?.(ctx, emit);
  return found;
}

/** Whether the rules over definitions may have something to say of a metric. */
export const concernsDefinition = (symbol: MeasureSymbol, whole: ModelWhole): boolean =>
  ofDefinitions.some((it) => it.concerns === undefined || it.concerns(symbol, whole));

/** Findings of the rules over definitions. */
export function lintDefinition(ctx: DefinitionContext): readonly Finding[] {
  if (spoilsAll(ctx.segment.problems)) return [];
  const found: Finding[] = [];
  const emit = untroubled(ctx, found);
  for (const it of ofDefinitions) it.definition?.(ctx, emit);
  return found;
}

/** Findings of the rules over pages. */
export function lintPage(ctx: PageContext): readonly Finding[] {
  const found: Finding[] = [];
  for (const it of ofPages) it.page?.(ctx, (one) => found.push(one));
  return found;
}

/**
 * Keeps findings but those at a place that could not be read properly: what was made of it is no ground for complaints.
 * A fix that would take away a comment is not offered: what people wrote beside their DAX is theirs to move.
 */
function untroubled({ segment }: SegmentContext, found: Finding[]): (it: Finding) => void {
  const troubles = (span: Span): boolean =>
    segment.problems.some((it) => overlaps(it.span, span) || (it.span.start === it.span.end && it.span.start >= span.start && it.span.start <= span.end));
  const keepsComments = (edit: TextEdit): boolean => edit.uri !== undefined ||
    segment.comments.every((it) => !overlaps(it, edit.span) || edit.newText.includes(segment.text.slice(it.start, it.end).trimEnd()));
  return (it) => {
    if (!troubles(it.span)) found.push(segment.comments.length === 0 || it.fixes.length === 0 ? it : { ...it, fixes: it.fixes.filter((fix) => fix.edits.every(keepsComments)) });
  };
}
