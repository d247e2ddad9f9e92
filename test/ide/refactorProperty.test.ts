// Whatever is selected in whatever expression: a refactoring that is offered keeps every value.
import { describe, expect, it } from 'vitest';
import { applied, expressionsOf, walk } from '../../grammar/src/index.ts';
import { refactorActions, refactorEdits } from '../../server/src/ide/refactor/refactorings.ts';
import type { QueryResult } from '../../server/src/plan/plan.ts';
import type { Workspace } from '../../server/src/workspace/types.ts';
import { randomOf } from '../oracle/random.ts';
import type { Case } from '../oracle/check.ts';
import { caseOf } from '../oracle/run.ts';
import { modelFile } from '../oracle/smallModel.ts';
import { columnText, measureName, metricsText, queryText } from '../oracle/tree.ts';
import { literal } from '../oracle/values.ts';
import { openFixture } from '../support/workspace.ts';

const uri = 'file:///m.dax';
/** A division by zero becomes BLANK there, as its title says. */
const changing = new Set(['divide']);
/** Selections that are tried of one case. */
const tried = 12;
const cases = 25;
const formedCases = 40;

interface Kept {
  readonly done: ReadonlyMap<string, number>;
  readonly different: readonly string[];
}

/** What the metrics of a text are worth in a random model; undefined where one has no value. */
type Values = (text: string) => Promise<readonly string[] | undefined>;

async function openCase(seed: number, more: readonly string[] = []): Promise<{ readonly workspace: Workspace; readonly of: Case; readonly values: Values }> {
  const of = caseOf(seed);
  const { model, question } = of;
  const { workspace } = await openFixture(`//- /small.daxmodel.yaml\n${modelFile(model)}\n`);
  const [table] = model.tables;
  const column = table === undefined ? '' : columnText({ table: table.name, column: table.columns[0]?.name ?? '' });
  const names = [...question.measures.map((_, i) => measureName(i)), ...more];
  const queries = [queryText(question.query), ...names.flatMap((it) => [`EVALUATE ROW("v", [${it}])`, `EVALUATE ADDCOLUMNS(VALUES(${column}), "v", [${it}])`])];
  const values: Values = async (text) => {
    workspace.setText({ uri, languageId: 'dax', version: 1, text });
    const [view] = await workspace.models();
    const results = view === undefined ? [] : await workspace.evaluate(view, queries.map((query) => ({ query })));
    const said = results.map(saidOf);
    return results.every((it) => it.kind === 'table') && !said.some((it) => it.includes('"notEvaluated"')) ? said : undefined;
  };
  return { workspace, of, values };
}

/** Tries refactorings in the metrics of a random case. */
async function keep(seed: number): Promise<Kept> {
  const { workspace, of, values } = await openCase(seed);
  const text = metricsText(of.question.measures);
  const before = await values(text);
  const done = new Map<string, number>();
  const different: string[] = [];
  // What has no value now may have one in other words.
  if (before === undefined) return { done, different };
  const random = randomOf(seed);
  for (const span of random.some(await spansIn(workspace), tried)) {
    for (const { id, refused } of await refactorActions(workspace, uri, span)) {
      if (refused !== undefined || changing.has(id)) continue;
      const after = applied(text, (await refactorEdits(workspace, uri, span, id)).edits);
      const now = await values(after);
      done.set(id, (done.get(id) ?? 0) + 1);
      if (after === text || now?.join('\n') !== before.join('\n')) different.push(`${id} of ${text.slice(span.start, span.end)} in case ${seed}\n${text}\nbecomes\n${after}`);
      if (id === 'extract-variable') {
        const back = await inlinedAgain(workspace, after);
        done.set('inline-variable', (done.get('inline-variable') ?? 0) + 1);
        const again = back === undefined ? undefined : await values(back);
        if (again?.join('\n') !== before.join('\n')) different.push(`inline-variable in case ${seed}\n${after}\nbecomes\n${back ?? 'nothing'}`);
      }
      workspace.setText({ uri, languageId: 'dax', version: 1, text });
    }
  }
  return { done, different };
}

/** A metric `M` made of a random one in a form that has other words for it, with the place where they are asked for. */
function formed(id: string, { model, question }: Case, seed: number): { readonly text: string; readonly at: number } {
  const random = randomOf(seed);
  const metric = `[${measureName(question.measures.length - 1)}]`;
  const condition = (): string => {
    // DAX has no literal of a decimal.
    const table = model.tables.find((it) => it.columns.some(({ type }) => type !== 'decimal'));
    const column = random.pick((table?.columns ?? []).filter(({ type }) => type !== 'decimal'));
    const values = (table?.rows ?? []).map((row) => row[table?.columns.indexOf(column) ?? 0] ?? null);
    const value = literal(random.pick([...values, null]));
    const name = columnText({ table: table?.name ?? '', column: column.name });
    return random.pick([`${name} = ${value}`, `${name} <> ${value}`, `${name} == ${value}`, `${name} IN { ${value}, ${literal(random.pick([...values, null]))} }`]);
  };
  const form = id === 'coalesce' ? random.pick([`IF(ISBLANK(${metric}), 0, ${metric})`, `IF(NOT ISBLANK(${metric}), ${metric}, 7)`, `IF(${metric} == BLANK(), 1, ${metric})`])
    : id === 'split-filter' ? `CALCULATE(${metric}, ${condition()} && ${condition()})` : `CALCULATE(${metric}, ${condition()}, ${condition()})`;
  const head = `${metricsText(question.measures)}\nM = `;
  const at = id === 'coalesce' ? head.length : head.length + form.indexOf(',') + 2;
  return { text: `${head}${form}\n`, at };
}

/** The text in which the variable that was extracted last is put back in its places. */
async function inlinedAgain(workspace: Workspace, text: string): Promise<string | undefined> {
  const document = await workspace.document(uri);
  if (document?.text !== text) throw new Error('the text is another one');
  const [name] = [...text.matchAll(/VAR (\w+) = /g)].filter(([, word = '']) => extractedName.test(word));
  if (name === undefined) return undefined;
  const at = name.index + 'VAR '.length;
  const { edits } = await refactorEdits(workspace, uri, { start: at, end: at }, 'inline-variable');
  return edits.length === 0 ? undefined : applied(text, edits);
}

/** Names that random metrics do not have. */
const extractedName = /^(?!v\d|V\d)[A-Z]/;

/** The cells of a result; where an error or a reason stands in the text is no part of it. */
const saidOf = (it: QueryResult): string =>
  it.kind === 'table' ? JSON.stringify(it.columns.map(({ name, cells }) => [name, cells]), (key, value: unknown) => (key === 'at' ? undefined : typeof value === 'bigint' ? String(value) : value)) : it.kind;

/** Every expression of the metrics, and every variable. */
async function spansIn(workspace: Workspace): Promise<readonly { readonly start: number; readonly end: number }[]> {
  const document = await workspace.document(uri);
  const found: { start: number; end: number }[] = [];
  for (const { segment } of document?.regions.flatMap((it) => it.segments) ?? []) {
    for (const root of expressionsOf(segment.item)) {
      walk(root, (it) => {
        found.push({ start: it.span.start + segment.start, end: it.span.end + segment.start });
        if (it.kind === 'var') for (const { name } of it.variables) found.push({ start: name.span.start + segment.start, end: name.span.start + segment.start });
        if (it.kind === 'call') for (const { start } of it.commas) found.push({ start: start + segment.start, end: start + segment.start });
      });
    }
  }
  return found;
}

describe('refactorings of random metrics', () => {
  it('keep their values', async () => {
    const done = new Map<string, number>();
    const different: string[] = [];
    for (let seed = 0; seed < cases; seed++) {
      const kept = await keep(seed);
      for (const [id, times] of kept.done) done.set(id, (done.get(id) ?? 0) + times);
      different.push(...kept.different);
      if (different.length >= 5) break;
    }
    expect(different).toEqual([]);
    for (const id of ['extract-variable', 'extract-metric', 'inline-variable']) expect(done.get(id) ?? 0).toBeGreaterThan(20);
  });

  it.each(['coalesce', 'split-filter', 'join-filters'])('and so do other words: %s', async (id) => {
    const different: string[] = [];
    let done = 0;
    for (let seed = 0; seed < formedCases; seed++) {
      const { workspace, of, values } = await openCase(seed, ['M']);
      const { text, at } = formed(id, of, seed);
      const before = await values(text);
      if (before === undefined) continue;
      const { edits } = await refactorEdits(workspace, uri, { start: at, end: at }, id);
      if (edits.length === 0) continue;
      done++;
      const after = applied(text, edits);
      if ((await values(after))?.join('\n') !== before.join('\n')) different.push(`case ${seed}\n${text}\nbecomes\n${after}`);
    }
    expect(different).toEqual([]);
    expect(done).toBeGreaterThan(5);
  });
});
