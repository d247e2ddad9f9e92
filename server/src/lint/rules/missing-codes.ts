/** A SWITCH over a choice that leaves out codes and has no last result. */
import type { Call, Expression } from '../../../../grammar/src/tree.ts';
import type { Fix } from '../../findings/finding.ts';
import type { ChoiceOption } from '../../model/model.ts';
import { quoteString } from '../../../../grammar/src/index.ts';
import { columnText } from '../codes/judge.ts';
import { join, keptBy, subjectOf, type Kept, type Subject } from '../codes/kept.ts';
import type { SegmentContext } from '../context.ts';
import { defineRule } from '../rule.ts';
import { argumentAt, unwrap, valueOf, visitCalls } from '../tree.ts';
import { codeOf } from '../../analysis/bind/codes.ts';

export const missingCodes = defineRule({
  id: 'missing-codes',
  category: 'code',
  severity: 'information',
  help: 'A SWITCH over the codes of a choice gives BLANK for every code that has no arm, unless it ends with a result for all others. Add the arms that are missing, or a last result.',
  bad: 'M = SUMX(FactSession, SWITCH(FactSession[StateCode], 192360000, 1, 192360001, 2))',
  good: 'M = SUMX(FactSession, SWITCH(FactSession[StateCode], 192360000, 1, 192360001, 2, 0))',
  messages: {
    default: (p: { column: string; codes: string }) => `This SWITCH over ${p.column} has no arm for ${p.codes}, and no last result.`,
  },
  segment(ctx, report) {
    if (!ctx.isSound) return;
    visitCalls(ctx, new Set(['SWITCH']), (call) => {
      const subject = argumentAt(call, 0);
      // With an even number of arguments the last one is the result for all others.
      if (subject === undefined || call.args.length < 5 || call.args.length % 2 === 0) return;
      const matches = call.args.flatMap((_, i) => (i % 2 === 1 ? [argumentAt(call, i)] : []));
      const isTrue = isTrueLiteral(unwrap(subject));
      const covered = isTrue ? coveredByConditions(ctx, matches) : coveredByValues(ctx, subject, matches);
      if (covered === undefined) return;
      const missing = [...covered.subject.choice.options.values()].filter((it) => !it.deprecated && !covered.codes.has(String(it.value)));
      if (missing.length === 0 || covered.codes.size === 0) return;
      const { table, column } = covered.subject;
      report('default', { column: columnText(table, column), codes: listed(missing) }, call.nameSpan, {
        fixes: isTrue ? [] : armsFix(call, covered.subject, missing),
      });
    });
  },
});

const isTrueLiteral = (it: Expression): boolean =>
  it.kind === 'boolean' ? it.value : it.kind === 'call' && it.name.toUpperCase() === 'TRUE';

function coveredByConditions(ctx: SegmentContext, conditions: readonly (Expression | undefined)[]): Kept | undefined {
  const parts = conditions.map((it) => (it === undefined ? undefined : keptBy(ctx, it))).filter((it) => it !== undefined);
  const key = parts[0]?.subject.key;
  if (parts.length !== conditions.length || parts.some((it) => it.subject.key !== key || !it.namesCode)) return undefined;
  return join(parts, 'or');
}

function coveredByValues(
  ctx: SegmentContext, expression: Expression, values: readonly (Expression | undefined)[],
): { readonly subject: Subject; readonly codes: ReadonlySet<string> } | undefined {
  const subject = subjectOf(ctx, expression);
  if (subject === undefined) return undefined;
  const codes = new Set<string>();
  for (const it of values) {
    const value = it === undefined ? undefined : valueOf(ctx, it);
    if (value?.kind === 'string') codes.add(codeOf(value.value.trim()));
    else if (value?.kind === 'number') codes.add(codeOf(value.text));
    else return undefined;
  }
  return { subject, codes };
}

const shownCodes = 5;

function listed(missing: readonly ChoiceOption[]): string {
  const shown = missing.slice(0, shownCodes).map((it) => `${String(it.value)} (${it.label})`).join(', ');
  return missing.length > shownCodes ? `${shown} and ${String(missing.length - shownCodes)} more` : shown;
}

/** More arms than this are nobody's wish. */
const mostArms = 20;

function armsFix(call: Call, subject: Subject, missing: readonly ChoiceOption[]): readonly Fix[] {
  const last = call.args.at(-1);
  if (call.close === undefined || last === undefined || missing.length > mostArms) return [];
  const written = (it: ChoiceOption): string => (subject.column.type === 'string' ? quoteString(String(it.value)) : String(it.value));
  const newText = missing.map((it) => `, ${written(it)}, BLANK()`).join('');
  return [{ title: 'Add the missing arms', edits: [{ span: { start: last.span.end, end: last.span.end }, newText }] }];
}
