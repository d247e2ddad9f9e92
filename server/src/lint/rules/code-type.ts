/** A code as text where the column holds numbers, or the other way round. */
import { familyOf } from '../../analysis/types.ts';
import { quoteString } from '../../../../grammar/src/index.ts';
import type { CodeUse } from '../../analysis/bound.ts';
import { columnText } from '../codes/judge.ts';
import { defineRule } from '../rule.ts';

export const codeType = defineRule({
  id: 'code-type',
  category: 'code',
  severity: 'error',
  help: 'One model stores codes as text, another as whole numbers. The literal must be of the type that the model declares for the column; Power BI rejects any other.',
  bad: 'M = CALCULATE(COUNTROWS(FactSession), FactSession[StateCode] = "192360002")',
  good: 'M = CALCULATE(COUNTROWS(FactSession), FactSession[StateCode] = 192360002)',
  messages: {
    default: (p: { column: string; columnType: string; replacement: string }) => `${p.column} holds ${p.columnType}. Write ${p.replacement}.`,
  },
  segment(ctx, report) {
    for (const use of ctx.bound.codes) {
      const family = familyOf(use.column.type ?? 'unknown');
      if (!isCompared(use) || (family !== 'text' && family !== 'number')) continue;
      if (family === (use.literal.kind === 'string' ? 'text' : 'number')) continue;
      const replacement = family === 'text' ? quoteString(use.code) : use.code;
      report('default', { column: columnText(use.table, use.column), columnType: family === 'text' ? 'text' : 'numbers', replacement }, use.span, {
        fixes: [{ title: `Change to ${replacement}`, preferred: true, edits: [{ span: use.span, newText: replacement }] }],
      });
    }
  },
});

/** A code that is wrong anyway is told once; a bound of a range need be none, but must be digits. */
const isCompared = (use: CodeUse): boolean =>
  !use.column.multiSelect && (use.how === 'equal' ? use.option !== undefined : use.how === 'order' && /^-?\d+$/.test(use.code));
