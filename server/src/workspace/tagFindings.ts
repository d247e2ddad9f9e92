/** The DAX inside doc tags, checked like any other: filters, columns and expressions of `@expect` and `@compare`. */
import { parseExpression } from '../../../grammar/src/index.ts';
import type { DocComment } from '../../../grammar/src/tree.ts';
import { bindExpression, bindFilter, madeUpReads } from '../analysis/index.ts';
import type { Bound, Scope } from '../analysis/bound.ts';
import { spanToDocument } from '../base/offsetMap.ts';
import { crossModelName, expectations, instability, type DaxPart } from '../expect/index.ts';
import type { Finding } from '../findings/finding.ts';
import { finding } from '../findings/registry.ts';
import { lintSegment } from '../lint/index.ts';

/**
 * Findings of a doc comment's tags, relative to the segment.
 *
 * @param scope what the definition sees
 * @param clock the project's clock: an expectation must not depend on the machine's
 * @param reads what the metric reads, at any depth, itself included
 */
export function tagFindings(docs: DocComment, scope: Scope, clock: string, reads: () => Iterable<Bound>): readonly Finding[] {
  const tags = expectations(docs);
  const found: Finding[] = [...tags.findings];
  for (const it of [...tags.expectations, ...tags.compares]) {
    const parts = it.where.map((part) => checked(part, scope, 'filter'));
    if (it.kind !== 'value') {
      const columns = it.kind === 'compare' ? [...it.by, ...it.rows] : it.by;
      parts.push(...columns.map((part) => checked(part, scope, 'filter')));
      const other = it.kind === 'equal' ? it.expression : it.other;
      if (crossModelName(other) === undefined) parts.push(checked(other, scope, 'expression'));
    }
    found.push(...parts.flatMap((part) => part.findings));
    const all = [...reads(), ...parts.flatMap((part) => part.bound ?? [])];
    const unstable = it.kind === 'compare' ? undefined : instability(all, clock, madeUpReads(all, scope, clock));
    if (unstable !== undefined) found.push(finding('expectation-unstable', { reason: unstable }, it.span));
  }
  return found;
}

function checked(part: DaxPart, scope: Scope, as: 'filter' | 'expression'): { readonly findings: readonly Finding[]; readonly bound: Bound | undefined } {
  const { expression, problems } = parseExpression(part.text);
  if (problems.length > 0) {
    const [first] = problems;
    const at = first === undefined ? part.span : spanToDocument(part.map, first.span);
    return { findings: [finding('malformed-tag', { tag: 'expect', problem: `${part.text.length > 60 ? `${part.text.slice(0, 60)}…` : part.text} is no DAX` }, at)], bound: undefined };
  }
  // `by` names a column, which is no condition; as an expression it would want a row context.
  const bare = expression.kind === 'column' && expression.table !== undefined;
  const bound = as === 'filter' ? bindFilter(expression, part.text, scope) : bindExpression(expression, part.text, scope);
  const { model, measures } = scope;
  const linted = bare || model === undefined ? []
    : lintSegment({ segment: bound.segment, bound, model, measures, place: 'tag', defines: undefined, isSound: true });
  const findings = bare ? bound.findings.filter((it) => it.category === 'reference') : [...bound.findings, ...linted];
  return {
    findings: findings.map((it) => ({
      ...it,
      span: spanToDocument(part.map, it.span),
      fixes: it.fixes.map((fix) => ({
        ...fix,
        edits: fix.edits.map((edit) => (edit.uri === undefined ? { ...edit, span: spanToDocument(part.map, edit.span) } : edit)),
      })),
    })),
    bound,
  };
}
