// Tags as tests: how they are listed and called, and what comes of them when they are run.
import { describe, expect, it } from 'vitest';
import { listTests } from '../../server/src/ide/tests/list.ts';
import { runListed, type Outcome } from '../../server/src/ide/tests/run.ts';
import { runExpectations } from '../../server/src/workspace/index.ts';
import type { Cancellation, Workspace } from '../../server/src/workspace/types.ts';
import { openFixture, uriOf } from '../support/workspace.ts';
import { contact, modelOfOneRow } from './contact.ts';

const metrics = uriOf('/metrics.dax');
const dax = (text: string): string => `${contact}//- /metrics.dax\n${text}`;

const rejected = `/// @expect 2
/// @expect 3 where 'Dim Agent'[Team] = "Berlin"
Rejected = CALCULATE(COUNTROWS(FactSession), FactSession[Reason] = "192350001")
`;

async function run(workspace: Workspace, uri: string, ids?: readonly string[], cancellation?: Cancellation): Promise<readonly Outcome[]> {
  const outcomes: Outcome[] = [];
  await runListed(workspace, uri, ids, cancellation, (done) => outcomes.push(...done));
  return outcomes;
}

/** `metric: [line:] title` of every test, a file after the other. */
async function listed(workspace: Workspace, uri?: string): Promise<readonly string[]> {
  const files = await listTests(workspace, uri);
  return files.flatMap((file) => file.metrics.flatMap((metric) => metric.tags.map((tag) => {
    const { text } = file.document;
    expect(text.slice(metric.span.start, metric.span.end)).toContain(metric.name);
    return `${metric.name}: ${tag.title}${tag.model === undefined ? '' : ` (${tag.model})`} at line ${String(text.slice(0, tag.span.start).split('\n').length)}`;
  })));
}

describe('tests', () => {
  it('are the tags of every file, each at its line', async () => {
    const { workspace } = await openFixture(`${dax(`${rejected}\nNothing = 1\n/// @compare [Rejected] by 'Dim Agent'[Name]\nAll = COUNTROWS(FactSession)\n`)}
//- /page.md
# A page

\`\`\`dax
/// @expect 4
Sessions = COUNTROWS(FactSession)
\`\`\`
//- /other.md
No DAX, though it tells of @expect.
`);
    expect(await listed(workspace)).toEqual([
      'Rejected: @expect 2 at line 1',
      `Rejected: @expect 3 where 'Dim Agent'[Team] = "Berlin" at line 2`,
      `All: @compare [Rejected] by 'Dim Agent'[Name] at line 6`,
      'Sessions: @expect 4 at line 4',
    ]);
    expect(await listed(workspace, uriOf('/page.md'))).toEqual(['Sessions: @expect 4 at line 4']);
    expect(await listed(workspace, uriOf('/nowhere.dax'))).toEqual([]);
  });

  it('of text that several models read are one for each', async () => {
    const { workspace } = await openFixture(`${modelOfOneRow('left', 1)}${modelOfOneRow('right', 2)}//- /page.md
---
dax-model: [left, right]
---

\`\`\`dax
/// @expect 1
M = SUM(T[Amount])
\`\`\`
`);
    expect(await listed(workspace)).toEqual(['M: @expect 1 (left) at line 6', 'M: @expect 1 (right) at line 6']);
    expect((await run(workspace, uriOf('/page.md'))).map((it) => it.state)).toEqual(['passed', 'failed']);
  });

  it('keep their ids while the text changes around them, and two definitions of a name have their own', async () => {
    const { workspace, type } = await openFixture(dax(`${rejected}`));
    const ids = async (): Promise<readonly string[]> => (await listTests(workspace, metrics)).flatMap((it) => it.metrics.flatMap((metric) => metric.tags.map((tag) => tag.id)));
    const before = await ids();
    expect(before).toHaveLength(2);
    type('/metrics.dax', `-- above\n/// @expect 1\nOther = 1\n\n${rejected.replace('@expect 2', '@expect 5 ± 1')}`);
    expect((await ids()).slice(1)).toEqual(before);
    type('/metrics.dax', rejected + rejected);
    const twice = await ids();
    expect(new Set(twice).size).toBe(4);
    expect(twice.slice(0, 2)).toEqual(before);
  });
});

describe('running', () => {
  it('tells what was expected, what came, and under which filters', async () => {
    const { workspace } = await openFixture(dax(rejected));
    expect(await run(workspace, metrics)).toMatchObject([
      { state: 'passed', expected: '2', actual: '2', filter: undefined },
      { state: 'failed', expected: '3', actual: '1', filter: `'Dim Agent'[Team] = "Berlin"` },
    ]);
  });

  it('finds what the command line finds', async () => {
    const { workspace } = await openFixture(dax(`${rejected}/// @expect = [Rejected] by 'Dim Agent'[Name]
/// @compare [Rejected] by 'Dim Agent'[Name] within 0
All = COUNTROWS(FactSession)
`));
    const results = await runExpectations(workspace, metrics);
    expect((await run(workspace, metrics)).map((it) => [it.state === 'passed', it.expected, it.actual, it.details])).toEqual(
      results.map((it) => [it.passed, it.expected, it.actual, it.details]));
    expect(results.map((it) => it.passed)).toEqual([true, false, false, false]);
  });

  it.each([
    ['/// @expect 1\nM = EXTERNALMEASURE("x", INTEGER, "y")\n', /EXTERNALMEASURE/],
    ['/// @expect 1\nM = 1 +\n', /syntax/],
    ['/// @expect 1 where Nope[X] = 1\nM = 1\n', /Nope/],
    ['/// @compare [nowhere::Rejected] by FactSession[Reason]\nM = 1\n', /no such model/],
    [`/// @compare [Other] by FactSession[Reason]\nM = 1\nOther = EXTERNALMEASURE("x", INTEGER, "y")\n`, /EXTERNALMEASURE/],
    ['/// @expect = [nowhere::Rejected]\nM = 1\n', /no such model/],
  ])('says why there was no value: %s', async (text, why) => {
    const { workspace } = await openFixture(dax(text));
    const [outcome] = await run(workspace, metrics);
    expect(outcome).toMatchObject({ state: 'notEvaluated', actual: expect.stringMatching(why) as string });
  });

  it('runs those that are asked for, as the open text has them', async () => {
    const { workspace, type } = await openFixture(dax(rejected));
    const [file] = await listTests(workspace, metrics);
    const second = file?.metrics[0]?.tags[1]?.id ?? '';
    expect(await run(workspace, metrics, [second])).toMatchObject([{ id: second, state: 'failed' }]);
    type('/metrics.dax', rejected.replace('@expect 3', '@expect 1'));
    expect(await run(workspace, metrics, [second])).toMatchObject([{ id: second, state: 'passed' }]);
    expect(await run(workspace, metrics, ['of a tag that went'])).toEqual([]);
  });

  it('ends when it is told to', async () => {
    const { workspace } = await openFixture(dax(`${rejected}/// @expect 4\nAll = COUNTROWS(FactSession)\n`));
    let isCancellationRequested = false;
    const outcomes: Outcome[] = [];
    await runListed(workspace, metrics, undefined, { get isCancellationRequested() { return isCancellationRequested; } }, (done) => {
      outcomes.push(...done);
      isCancellationRequested = true;
    });
    expect(outcomes).toHaveLength(2);
  });
});
