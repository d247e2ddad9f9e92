// Slips of the pen in public expressions: a sign or a word left out is told once at most, whatever follows from it.
import { expect, it } from 'vitest';
import { tokenizeExpression, type Token } from '../../grammar/src/index.ts';
import { checkModel, isAlarm, modelPath, type CorpusEntry } from './rebuild.ts';
import { readReference } from './reference.ts';

const models = new Map<string, CorpusEntry[]>();
for (const entry of readReference('corpus/expressions.json') as readonly CorpusEntry[]) {
  models.set(modelPath(entry), [...(models.get(modelPath(entry)) ?? []), entry]);
}
const clean = [...models.values()].flatMap(checkModel).flatMap(({ entry, findings, bindAs }) => (
  bindAs === undefined || findings.length > 0 ? [] : [{ text: entry.expression, bindAs }]
));

/** What holds an expression together. */
const isSign = ({ kind, text }: Token): boolean => kind === 'punctuation' || kind === 'operator' || /^(?:VAR|RETURN)$/i.test(text);

/** What is left may be right: brackets around one value, a sign that becomes a difference when what stands before it is left out. */
const isHarmless = (sign: string, next: Token | undefined): boolean => /^[-+,()]$/.test(sign) || next?.text === '-' || next?.text === '+';

it('a sign left out of an expression', () => {
  const twice: string[] = [];
  const silent: string[] = [];
  let count = 0;
  for (const { text, bindAs } of clean) {
    const all = tokenizeExpression(text);
    const signs = all.filter(isSign);
    // The first of each kind, and each eleventh.
    const chosen = signs.filter((it, i) => i % 11 === 0 || signs.findIndex((other) => other.text === it.text) === i);
    for (const token of chosen) {
      const { span, text: sign } = token;
      const found = bindAs(`${text.slice(0, span.start)} ${text.slice(span.end)}`).findings.filter(isAlarm);
      const shown = `${sign} at ${String(span.start)}: ${found.map((it) => it.rule).join(' ')}\n${text}`;
      count++;
      if (found.length > 1) twice.push(shown);
      if (found.length === 0 && !isHarmless(sign, all[all.indexOf(token) + 1])) silent.push(shown);
    }
  }
  expect(silent).toEqual([]);
  // Commas between digits are decimal commas as well, and then more than that is wrong.
  expect(twice.filter((it) => !it.includes('local-separators'))).toEqual([]);
  expect(twice.length).toBeLessThan(5);
  expect(count).toBeGreaterThan(2000);
});
