/** FILTER over a whole table as a filter argument, where a condition on its columns does. */
import { children } from '../../../../grammar/src/index.ts';
import type { Expression } from '../../../../grammar/src/tree.ts';
import type { SegmentContext } from '../context.ts';
import { defineRule } from '../rule.ts';
import { argumentAt, targetAt, textOf, unwrap, visitCalls } from '../tree.ts';

export const filterWholeTable = defineRule({
  id: 'filter-whole-table',
  category: 'style',
  severity: 'information',
  help: 'FILTER over a table puts all its columns, and those of every table that it leads to, into the filter. A condition on the columns alone, within KEEPFILTERS where existing filters are to stay, is smaller and faster and gives the same rows.',
  bad: 'M = CALCULATE(COUNTROWS(FactSession), FILTER(FactSession, FactSession[WaitTime] = 1))',
  good: 'M = CALCULATE(COUNTROWS(FactSession), KEEPFILTERS(FactSession[WaitTime] = 1))',
  messages: { default: (p: { table: string }) => `This filters by whole rows of ${p.table}. A condition on the columns does the same: KEEPFILTERS(condition).` },
  segment(ctx, report) {
    visitCalls(ctx, new Set(['CALCULATE', 'CALCULATETABLE']), (call) => {
      for (let i = 1; i < call.args.length; i++) {
        const argument = argumentAt(call, i);
        const filter = argument === undefined ? undefined : unwrap(argument);
        if (filter?.kind !== 'call' || filter.name.toUpperCase() !== 'FILTER') continue;
        const [table, condition] = [argumentAt(filter, 0), argumentAt(filter, 1)];
        const source = table === undefined ? undefined : unwrap(table);
        if (condition === undefined || source?.kind !== 'name' || targetAt(ctx, source.span.start)?.kind !== 'table') continue;
        if (!readsOneTable(ctx, condition, source.name.text)) continue;
        report('default', { table: source.name.text }, filter.span, {
          fixes: [{ title: 'Filter by the condition alone', edits: [{ span: filter.span, newText: `KEEPFILTERS(${textOf(ctx, condition)})` }] }],
        });
      }
    });
  },
});

const allowed = new Set(['AND', 'OR', 'NOT', 'ISBLANK', 'TRUE', 'FALSE', 'BLANK', 'DATE', 'YEAR', 'MONTH', 'DAY', 'LEFT', 'RIGHT', 'MID', 'LEN', 'UPPER', 'LOWER', 'ABS', 'INT', 'MOD']);

/** Whether a condition reads nothing but columns of the table, constants and variables, so that it can stand alone. */
function readsOneTable(ctx: SegmentContext, condition: Expression, table: string): boolean {
  let columns = 0;
  const open: Expression[] = [condition];
  for (let it = open.pop(); it !== undefined; it = open.pop()) {
    if (it.kind === 'column') {
      if (it.table?.text.toLowerCase() !== table.toLowerCase() || targetAt(ctx, it.column.span.start)?.kind !== 'column') return false;
      columns++;
      continue;
    }
    if (it.kind === 'call' && !allowed.has(it.name.toUpperCase())) return false;
    if (it.kind === 'name' && targetAt(ctx, it.span.start)?.kind !== 'variable') return false;
    if (it.kind === 'var' || it.kind === 'missing' || it.kind === 'parameter') return false;
    for (const child of children(it)) if (child.kind !== 'omitted') open.push(child);
  }
  return columns > 0;
}
