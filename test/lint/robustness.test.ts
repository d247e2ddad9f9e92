// Rules throw for no text, and take no long time for any.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { lintText } from '../support/lint.ts';
import { contact } from './model.ts';

const pieces = [
  'M = ', '\n', ' ', '(', ')', '{', '}', ',', '&&', '||', '=', '==', '<>', '<', '>=', ' IN ', 'NOT ', '"192350001"', '"AgentReject"', '192360000', '-1', '0', '""',
  'FactSession', 'FactSession[Closurereason]', 'FactSession[StateCode]', 'FactSession[Channels]', 'FactSession[BotId]', '[IsBillable]', '[M]',
  'CALCULATE(', 'FILTER(', 'SWITCH(', 'TRUE()', 'IF(', 'ISBLANK(', 'BLANK()', 'TREATAS(', 'KEEPFILTERS(', 'AND(', 'OR(', 'UNION(', 'COALESCE(',
  'VAR x = ', 'VAR FactSession = ', ' RETURN ', 'x', '// dax-metrics-disable-next-line unknown-code\n', '/* dax-metrics-disable', '*/', '/// @expect 1\n', '\u201c', ';',
];

it('pieces of DAX in any order', () => {
  fc.assert(fc.property(fc.array(fc.constantFrom(...pieces), { maxLength: 60 }), (parts) => {
    lintText(parts.join(''), contact);
  }), { numRuns: 400, seed: 7 });
});

const filter = (condition: string): string => `M = COUNTROWS(FILTER(FactSession, ${condition}))`;

it.each([
  ['a chain of hundreds of conditions', filter(Array.from({ length: 300 }, (_, i) => `FactSession[StatusCode] <> ${String((i % 6) + 1)}`).join(' && ')), []],
  ['a filter of thousands of conditions', `M = CALCULATE(COUNTROWS(FactSession), ${Array.from({ length: 5000 }, (_, i) => `FactSession[StatusCode] = ${String((i % 2) + 1)}`).join(', ')})`, ['filter-keeps-nothing']],
  ['a list of ten thousand codes', filter(`FactSession[StatusCode] IN { ${Array.from({ length: 10_000 }, (_, i) => String(i + 100)).join(', ')} }`), ['unknown-code']],
  ['a SWITCH of five thousand arms', `M = SUMX(FactSession, SWITCH(FactSession[StatusCode], ${Array.from({ length: 5000 }, (_, i) => `${String(i)}, 1`).join(', ')}))`, ['unknown-code']],
  ['conditions nested a hundred deep', filter(`${'(FactSession[StatusCode] = 1 || FactSession[WaitTime] > 1 && '.repeat(100)}TRUE()${')'.repeat(100)}`), []],
  ['variables in a long chain', `M = ${Array.from({ length: 500 }, (_, i) => `VAR v${String(i)} = ${i === 0 ? '"192350001"' : `v${String(i - 1)}`}`).join(' ')} RETURN CALCULATE(COUNTROWS(FactSession), FactSession[Closurereason] = v499)`, []],
])('%s', (_, text, rules) => {
  // Quadratic work over ten thousand would take minutes, and the test's time be up.
  expect([...new Set(lintText(text, contact).map((it) => it.rule))]).toEqual(rules);
});
