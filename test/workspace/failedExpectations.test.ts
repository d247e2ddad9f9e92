// Expectations that do not hold, as findings: they come when they are known, and agree with the tests.
import { describe, expect, it } from 'vitest';
import { applied } from '../../grammar/src/index.ts';
import { runExpectations } from '../../server/src/workspace/index.ts';
import type { LocatedFinding, Workspace } from '../../server/src/workspace/types.ts';
import { contact } from '../ide/contact.ts';
import { openFixture, uriOf } from '../support/workspace.ts';

const metrics = uriOf('/metrics.dax');
const dax = (text: string): string => `${contact}//- /metrics.dax\n${text}`;

/** The findings once they are known: asked for, waited for, and asked for again. */
async function late(workspace: Workspace): Promise<readonly LocatedFinding[]> {
  const changed = new Promise<void>((resolve) => workspace.onDidChange(resolve));
  await workspace.findings(metrics, 'known');
  await changed;
  return (await workspace.findings(metrics, 'known')).filter((it) => it.rule === 'expectation-failed');
}

const failing = `/// @expect 5
All = COUNTROWS(FactSession)
/// @expect 4 where 'Dim Agent'[Team] = "Berlin"
/// @expect 4
Other = [All]
`;

describe('an expectation that does not hold', () => {
  it('is a finding at its value, with what came', async () => {
    const { workspace, files } = await openFixture(dax(failing));
    const text = files.at(-1)?.text ?? '';
    const found = await late(workspace);
    expect(found.map((it) => [text.slice(it.span.start, it.span.end), it.severity, it.message])).toEqual([
      ['5', 'error', 'All: expected 5, got 4.'],
      ['4', 'error', `Other: expected 4, got 3 where 'Dim Agent'[Team] = "Berlin".`],
    ]);
    expect(found).toHaveLength((await runExpectations(workspace, metrics)).filter((it) => !it.passed).length);
  });

  it('can be taken as it came, which nothing does unasked', async () => {
    const { workspace, type } = await openFixture(dax(failing));
    const text = (await workspace.document(metrics))?.text ?? '';
    const fixes = (await late(workspace)).flatMap((it) => it.fixes);
    expect(fixes.map((it) => [it.title, it.preferred])).toEqual([['Expect 4 instead of 5', false], ['Expect 3 instead of 4', false]]);
    type('/metrics.dax', applied(text, fixes.flatMap((it) => it.edits)));
    expect((await runExpectations(workspace, metrics)).map((it) => it.passed)).toEqual([true, true, true]);
    expect(await workspace.findings(metrics, 'known')).toEqual([]);
  });

  it('stays while another definition is written, and goes with its own', async () => {
    const { workspace, type } = await openFixture(dax(failing));
    await late(workspace);
    const now = async (): Promise<number> => (await workspace.findings(metrics, 'known')).filter((it) => it.rule === 'expectation-failed').length;
    type('/metrics.dax', `New = 1 +\n\n${failing}`);
    expect(await now()).toBe(2);
    type('/metrics.dax', failing.replace('@expect 5', '@expect 55'));
    expect(await now()).toBe(1);
  });

  it('is switched off by the project or a comment, and the comment is not called idle', async () => {
    const off = await openFixture(dax(failing).replace('//- /metrics.dax', '//- /dax-metrics.json\n{ "rules": { "expectation-failed": "off" } }\n//- /metrics.dax'));
    expect(await late(off.workspace)).toEqual([]);
    const suppressed = await openFixture(dax(`// dax-metrics-disable-next-line expectation-failed -- known\n${failing}`));
    expect((await late(suppressed.workspace)).map((it) => it.message)).toEqual([`Other: expected 4, got 3 where 'Dim Agent'[Team] = "Berlin".`]);
    for (const sample of ['known', 'wait'] as const) {
      expect((await suppressed.workspace.findings(metrics, sample)).filter((it) => it.rule !== 'expectation-failed')).toEqual([]);
    }
  });

  it('is none where there was no value, and none for who waits for all findings', async () => {
    const { workspace } = await openFixture(dax('/// @expect 1\nM = EXTERNALMEASURE("x", INTEGER, "y")\n/// @expect 2\nN = 1\n'));
    expect((await late(workspace)).map((it) => it.message)).toEqual(['N: expected 2, got 1.']);
    expect((await workspace.findings(metrics, 'wait')).filter((it) => it.rule === 'expectation-failed')).toEqual([]);
  });
});
