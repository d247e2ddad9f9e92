/** Applies the suppressions of a document to its findings, and reports those that do nothing. */
import { closest } from '../base/closest.ts';
import { positionAt, type LineIndex, type Span } from '../base/spans.ts';
import type { Finding } from '../findings/finding.ts';
import type { FindingInfo } from '../findings/registry.ts';
import type { Directive, NamedRule } from './directives.ts';
import { unknownRule } from './rules/unknown-rule.ts';
import { unusedSuppression } from './rules/unused-suppression.ts';

/** A suppression with the stretch of the document that it counts for; undefined: all of it. */
export interface Commented {
  readonly directive: Directive;
  readonly covers: Span | undefined;
}

interface Document {
  readonly text: string;
  readonly lines: LineIndex;
}

/**
 * @param found findings in document offsets, switched-off rules left out
 * @param isOff whether the project switches a rule off: then its suppressions are not called unused
 * @returns what is left, and what is to be said about the suppressions themselves
 */
export function suppress<F extends Finding>(
  found: readonly F[], comments: readonly Commented[], document: Document,
  known: ReadonlyMap<string, FindingInfo>, isOff: (rule: string) => boolean,
): { readonly kept: readonly F[]; readonly about: readonly Finding[] } {
  if (comments.length === 0) return { kept: found, about: [] };
  const used = new Set<NamedRule>();
  const kept = found.filter((it) => {
    if (!isSuppressible(it)) return true;
    const named = comments.flatMap(({ directive, covers }) =>
      covers === undefined || (it.span.start >= covers.start && it.span.start <= covers.end)
        ? directive.rules.filter((rule) => rule.id === it.rule) : []);
    for (const rule of named) used.add(rule);
    return named.length === 0;
  });
  const about: Finding[] = [];
  for (const { directive } of comments) report(directive, used, document, known, isOff, (it) => about.push(it));
  return { kept, about };
}

/** Errors of syntax stay: nothing after them can be trusted. */
const isSuppressible = (it: { readonly category: string; readonly severity: string }): boolean =>
  it.category !== 'syntax' || it.severity !== 'error';

function report(
  directive: Directive, used: ReadonlySet<NamedRule>, document: Document,
  known: ReadonlyMap<string, FindingInfo>, isOff: (rule: string) => boolean, emit: (it: Finding) => void,
): void {
  const unknown = unknownRule.reporter(emit);
  const unused = unusedSuppression.reporter(emit);
  const removeAll = { title: 'Remove the suppression', preferred: true, edits: [{ span: wholeLine(document, directive.span), newText: '' }] };
  if (directive.rules.length === 0) {
    unused('empty', {}, directive.span, { fixes: [removeAll], tag: 'unnecessary' });
    return;
  }
  directive.rules.forEach((rule, i) => {
    if (used.has(rule)) return;
    const info = known.get(rule.id);
    const fix = directive.rules.length === 1 ? removeAll
      : { title: `Remove ${rule.id}`, preferred: true, edits: [{ span: inList(directive.rules, i), newText: '' }] };
    if (info === undefined) {
      const suggestion = closest(rule.id, known.keys());
      unknown('default', { rule: rule.id, ...(suggestion === undefined ? {} : { suggestion }) }, rule.span, {
        fixes: suggestion === undefined ? [{ ...fix, preferred: false }]
          : [{ title: `Change to ${suggestion}`, preferred: true, edits: [{ span: rule.span, newText: suggestion }] }],
      });
    } else if (!isSuppressible(info)) unused('syntax', { rule: rule.id }, rule.span, { fixes: [fix], tag: 'unnecessary' });
    else if (!isOff(rule.id)) unused('default', { rule: rule.id }, rule.span, { fixes: [fix], tag: 'unnecessary' });
  });
}

/** The comment, and its line with it where nothing else stands there. */
function wholeLine({ text, lines }: Document, span: Span): Span {
  const line = positionAt(lines, span.start).line;
  const last = positionAt(lines, span.end).line;
  const start = lines.starts[line] ?? 0;
  const end = lines.starts[last + 1] ?? text.length;
  const before = text.slice(start, span.start);
  const after = text.slice(span.end, end);
  if (after.trim() !== '') return span;
  if (before.trim() === '') return { start, end };
  return { start: start + before.trimEnd().length, end: span.end };
}

/** A name of a list with one comma. */
function inList(rules: readonly NamedRule[], i: number): Span {
  const own = rules[i]?.span ?? { start: 0, end: 0 };
  const next = rules[i + 1];
  if (next !== undefined) return { start: own.start, end: next.span.start };
  return { start: rules[i - 1]?.span.end ?? own.start, end: own.end };
}
