/** A condition that every code of the choice meets. */
import type { Span } from '../../base/spans.ts';
import { columnText } from '../codes/judge.ts';
import { chainsOf, type Chain } from '../codes/conditions.ts';
import { join, keepsAll } from '../codes/kept.ts';
import { defineRule } from '../rule.ts';

export const filterKeepsAll = defineRule({
  id: 'filter-keeps-all',
  category: 'filter',
  severity: 'warning',
  help: 'Every code of the choice meets the condition, so it removes nothing, or only rows without a code. Often an OR of two inequalities was meant to be an AND, or the range covers the whole choice.',
  bad: 'M = CALCULATE(COUNTROWS(FactSession), FactSession[StateCode] <> 192360000 || FactSession[StateCode] <> 192360001)',
  good: 'M = CALCULATE(COUNTROWS(FactSession), FactSession[StateCode] <> 192360000 && FactSession[StateCode] <> 192360001)',
  messages: {
    default: (p: { count: number; column: string }) => `All ${String(p.count)} codes of ${p.column} meet this condition, so it removes nothing.`,
    blank: (p: { count: number; column: string }) => `All ${String(p.count)} codes of ${p.column} meet this condition, so it removes only BLANK.`,
  },
  segment(ctx, report) {
    const told = new Set<string>();
    for (const chain of chainsOf(ctx)) {
      for (const { joint, parts } of tellingChains(chain)) {
        const kept = join(parts.map((it) => it.kept), joint);
        const span = spanOf(parts);
        const place = `${String(span.start)}-${String(span.end)}`;
        if (kept === undefined || !kept.namesCode || !keepsAll(kept) || kept.subject.choice.options.size < 2 || told.has(place)) continue;
        told.add(place);
        const { subject } = kept;
        report(kept.blank ? 'default' : 'blank', { count: subject.choice.options.size, column: columnText(subject.table, subject.column) }, span);
      }
    }
  },
});

/** The part of a chain of OR that alone is met by all is what is wrong with it. */
const tellingChains = (chain: Chain): readonly Chain[] => {
  const alone = chain.parts.filter((it) => keepsAll(it.kept));
  return chain.joint === 'or' && alone.length > 0 ? alone.map((it) => ({ joint: 'or', parts: [it] })) : [chain];
};

const spanOf = (parts: Chain['parts']): Span => ({
  start: Math.min(...parts.map((it) => it.expression.span.start)),
  end: Math.max(...parts.map((it) => it.expression.span.end)),
});
