// Expressions of public models: what works there raises no error and no warning here.
import { expect, it } from 'vitest';
import { checkModel, modelPath, type Checked, type CorpusEntry } from './rebuild.ts';
import { readReference } from './reference.ts';

/** Entries with a fault of their own: the object, the rule, and why it is right to say so. */
const faulty: readonly (readonly [object: string, expression: string, rule: string, why: string])[] = [
  ['targetExpression', '1,1', 'local-separators', 'a decimal comma, which stored DAX does not know'],
  ['targetExpression', '1,25', 'local-separators', 'a decimal comma, which stored DAX does not know'],
];

it('real expressions are clean', () => {
  const models = new Map<string, CorpusEntry[]>();
  for (const entry of readReference('corpus/expressions.json') as readonly CorpusEntry[]) {
    models.set(modelPath(entry), [...(models.get(modelPath(entry)) ?? []), entry]);
  }
  const checked = [...models.values()].flatMap(checkModel);
  expect(checked.length).toBeGreaterThan(700);
  const isExpected = ({ entry }: Checked, rule: string): boolean =>
    faulty.some(([object, expression, its]) => entry.object === object && entry.expression === expression && rule === its);
  const alarms = checked.flatMap((it) => it.findings.flatMap((found) => (isExpected(it, found.rule) ? [] : [shown(it, found.rule, found.message)])));
  expect(alarms).toEqual([]);
  const seen = checked.flatMap((it) => it.findings.flatMap((found) => (isExpected(it, found.rule) ? [it.entry.expression] : [])));
  expect(new Set(seen)).toEqual(new Set(faulty.map((it) => it[1])));
});

const shown = ({ entry }: Checked, rule: string, message: string): string =>
  `${entry.file} ${entry.table ?? ''}[${entry.object}] ${rule}: ${message}\n${entry.expression}`;
