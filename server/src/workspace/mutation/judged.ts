/**
 * Survivors that somebody judged, as comments say it:
 *
 *     // dax-metrics-mutant-ok-next-line number, column -- why no expectation can tell
 *     // dax-metrics-mutant-ok-line filter -- why
 *     // dax-metrics-mutant-ok text -- why
 *
 * As with suppressions the first counts for the next line of DAX, the second for its own line, the third for the whole
 * file. A judgement without a reason is none.
 */
import type { Span } from '../../base/spans.ts';
import { directivesIn } from '../suppressions.ts';
import type { WorkspaceDocument } from '../types.ts';

export interface Judgement {
  readonly operators: readonly string[];
  readonly reason: string;
  /** The comment, in the document. */
  readonly span: Span;
  /** Where it counts; undefined: in the whole document. */
  readonly covers: Span | undefined;
}

export const judgementsIn = (document: WorkspaceDocument): readonly Judgement[] =>
  directivesIn(document, 'dax-metrics-mutant-ok').map(({ directive, covers }) => ({
    operators: directive.rules.map((it) => it.id), reason: directive.reason, span: directive.span, covers,
  }));

/** The judgement of a survivor; of several the first. */
export const judgementOf = (all: readonly Judgement[], operator: string, span: Span): Judgement | undefined =>
  all.find((it) => it.reason !== '' && it.operators.includes(operator)
    && (it.covers === undefined || (span.start >= it.covers.start && span.start <= it.covers.end)));
