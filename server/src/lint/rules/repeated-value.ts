/** A value that stands twice in the same list or SWITCH. */
import type { Call, Expression, TableConstructor } from '../../../../grammar/src/tree.ts';
import { defineRule } from '../rule.ts';
import { argumentAt, textOf, unwrap, visit } from '../tree.ts';

export const repeatedValue = defineRule({
  id: 'repeated-value',
  category: 'code',
  severity: 'warning',
  help: 'A value stands twice among the arms of a SWITCH, of which only the first counts, or twice in a list. One of the two was probably meant to be another one.',
  bad: 'M = SUMX(FactSession, SWITCH(FactSession[Closurereason], "192350001", 1, "192350001", 2))',
  good: 'M = SUMX(FactSession, SWITCH(FactSession[Closurereason], "192350001", 1, "192350002", 2))',
  messages: {
    arm: (p: { code: string }) => `${p.code} has an arm already; this one is never reached.`,
    list: (p: { code: string }) => `${p.code} stands in the list already.`,
  },
  segment(ctx, report) {
    const repeated = (items: readonly Expression[], message: 'arm' | 'list'): void => {
      const seen = new Map<string, Expression>();
      const told = new Set<string>();
      for (const it of items) {
        const literal = unwrap(it);
        if (literal.kind !== 'string' && literal.kind !== 'number') continue;
        const key = literal.kind === 'string' ? `"${literal.value.toLowerCase()}` : String(literal.value);
        const first = seen.get(key);
        if (first === undefined) seen.set(key, it);
        if (first === undefined || told.has(key) || told.size >= mostTold) continue;
        told.add(key);
        report(message, { code: textOf(ctx, it) }, it.span, { related: [{ span: first.span, message: 'It stands here first.' }] });
      }
    };
    visit(ctx, (node) => {
      if (node.kind === 'call' && node.name.toUpperCase() === 'SWITCH') repeated(armsOf(node), 'arm');
      else if (node.kind === 'binary' && node.operator === 'IN') {
        const list = unwrap(node.right);
        if (list.kind === 'constructor') repeated(valuesOf(list), 'list');
      }
    });
  },
});

/** Each value is told once, and of a list that was made by a machine not all are. */
const mostTold = 10;

/** The values that a SWITCH compares its subject with. */
const armsOf = (call: Call): readonly Expression[] =>
  call.args.flatMap((_, i) => (i % 2 === 1 && i < call.args.length - 1 ? (argumentAt(call, i) ?? []) : []));

/** The rows of a list of one column. */
const valuesOf = (it: TableConstructor): readonly Expression[] => it.rows.flatMap((row) => (row.kind === 'omitted' || row.kind === 'tuple' ? [] : [row]));
