// Expressions of public models: all of them parse and bind, and none binds any more once a name in it leads nowhere.
import { describe, expect, it } from 'vitest';
import { runCorpus } from '../corpusRun/run.ts';
import { checkModel, isAlarm, modelPath, type Checked, type CorpusEntry } from './rebuild.ts';
import { readReference } from './reference.ts';

/** Entries with a fault of their own: the expression, the rule, and why it is right to say so. */
const faulty: readonly (readonly [expression: string, rule: string, why: string])[] = [
  ['1,1', 'local-separators', 'a decimal comma, which stored DAX does not know'],
  ['1,25', 'local-separators', 'a decimal comma, which stored DAX does not know'],
];

const corpus = readReference('corpus/expressions.json') as readonly CorpusEntry[];
const models = new Map<string, CorpusEntry[]>();
for (const entry of corpus) {
  models.set(modelPath(entry), [...(models.get(modelPath(entry)) ?? []), entry]);
}
const checked = [...models.values()].flatMap(checkModel);
const isFaulty = ({ entry }: Checked, rule: string): boolean => faulty.some(([expression, its]) => entry.expression === expression && rule === its);

const shown = ({ entry }: Checked, what: string): string => `${entry.file} ${entry.table ?? ''}[${entry.object}] ${what}\n${entry.expression}`;

describe('expressions of public models', () => {
  it('are read to the last token, and bind', () => {
    const outcomes = runCorpus(corpus);
    const unaccepted = outcomes.filter((it) => it.verdict === 'no DAX');
    expect(outcomes.filter((it) => it.verdict !== 'bound' && it.verdict !== 'no DAX').map((it) => [it.entry.expression, it.faults])).toEqual([]);
    expect(new Set(unaccepted.map((it) => it.entry.expression))).toEqual(new Set(faulty.map((it) => it[0])));
    expect(outcomes.length - unaccepted.length).toBeGreaterThan(730);
  });

  it('raise no error and no warning', () => {
    expect(checked.length).toBeGreaterThan(700);
    const alarms = checked.flatMap((it) => it.findings.flatMap((found) => (isFaulty(it, found.rule) ? [] : [shown(it, `${found.rule}: ${found.message}`)])));
    expect(alarms).toEqual([]);
    const seen = checked.flatMap((it) => it.findings.flatMap((found) => (isFaulty(it, found.rule) ? [it.entry.expression] : [])));
    expect(new Set(seen)).toEqual(new Set(faulty.map((it) => it[0])));
  });

  it('raise just one error, at its place, once a name leads nowhere', () => {
    const wrong: string[] = [];
    let names = 0;
    let changed = 0;
    for (const it of checked) {
      const { bindAs, entry: { expression } } = it;
      if (bindAs === undefined || it.findings.length > 0) continue;
      const sites = bindAs(expression).references.filter(({ target, isDefinition }) =>
        isDefinition !== true && (target.kind === 'table' || target.kind === 'column' || target.kind === 'measure'));
      for (const { span } of sites) {
        const other = nowhere(expression.slice(span.start, span.end));
        const bound = bindAs(expression.slice(0, span.start) + other + expression.slice(span.end));
        const found = bound.findings.filter(isAlarm);
        const [only] = found;
        const isTold = found.length === 1 && only?.severity === 'error' && only.span.start === span.start && only.span.end === span.start + other.length;
        if (!isTold) wrong.push(shown(it, `${other} at ${String(span.start)}: ${found.map((each) => each.rule).join(' ')}`));
      }
      names += sites.length;
      if (sites.length > 0) changed++;
    }
    expect(wrong).toEqual([]);
    expect(changed).toBeGreaterThan(600);
    expect(names).toBeGreaterThan(2000);
  });
});

/** A name of the same form that no model has. */
const nowhere = (name: string): string => (name.startsWith('[') ? '[Nowhere 7]' : name.startsWith("'") ? "'Nowhere 7'" : 'Nowhere7');
