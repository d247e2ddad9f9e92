/** Where text could not be read in its order, and what can be said of such a place all the same. */
import type { ProblemCode, Segment } from '../../../../grammar/src/tree.ts';
import type { Span } from '../../base/spans.ts';
import type { FindingId } from '../../findings/registry.ts';
import { functionNamed } from '../../functions/index.ts';

/** Problems after which arguments, rows and variables are not those that were meant. */
const disordering: ReadonlySet<ProblemCode> = new Set<ProblemCode>([
  'unexpected-token', 'expected-token', 'invalid-character', 'unclosed-bracket', 'unclosed-string', 'unclosed-name', 'unclosed-comment',
]);

/** What is wrong wherever it stands. */
const independent: ReadonlySet<FindingId> = new Set<FindingId>([
  'unknown-table', 'unknown-column', 'misspelt-function', 'unknown-function', 'duplicate-variable', 'variable-named-table',
  'circular-dependency',
]);

/** The parts of a segment that have such a problem: of a query its definitions and tables, else the whole segment. */
export function brokenParts({ item, problems, text }: Segment): readonly Span[] {
  const places = problems.filter((it) => disordering.has(it.code)).map((it) => it.span.start);
  if (places.length === 0) return [];
  if (item.kind !== 'query') return [{ start: 0, end: text.length }];
  const starts = [...item.definitions, ...item.evaluates].map((it) => it.span.start).sort((a, b) => a - b);
  return starts.map((start, i) => ({ start, end: starts[i + 1] ?? text.length })).filter((part) => places.some((at) => at >= part.start && at < part.end));
}

/**
 * Whether a finding stands whatever else is wrong around it.
 *
 * @param written the text at the finding's place
 */
export const isIndependent = (rule: FindingId, written: string): boolean =>
  // The name of a function whose bracket is missing is read as a table's.
  independent.has(rule) && !(rule === 'unknown-table' && functionNamed(written) !== undefined);
