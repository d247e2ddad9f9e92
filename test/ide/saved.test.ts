// The value before an edit beside the new one, until the file is saved.
import { describe, expect, it } from 'vitest';
import { hover } from '../../server/src/ide/hover/hover.ts';
import { createValueHints } from '../../server/src/ide/inlayHints/value.ts';
import { noPreview } from '../../server/src/ide/preview/preview.ts';
import { createSavedMetrics } from '../../server/src/ide/saved.ts';
import { defaultSettings } from '../../server/src/ide/settings.ts';
import { openFixture, uriOf } from '../support/workspace.ts';
import { contact } from './contact.ts';
import { patient } from './open.ts';

async function editor(files: string) {
  const { workspace, type, write } = await openFixture(`${contact}${files}`);
  const saved = createSavedMetrics(() => workspace);
  const hints = createValueHints(() => workspace);
  workspace.onDidChange(() => {
    hints.invalidate();
    saved.invalidate();
  });
  return {
    workspace, type, write, saved,
    labels: async (path: string, compare = true): Promise<readonly string[]> => {
      const document = await workspace.document(uriOf(path));
      if (document === undefined) throw new Error(`no document ${path}`);
      return (await hints.hints(document, { patience: patient, onLate: () => undefined }, compare ? saved : undefined)).map((it) => it.label);
    },
  };
}

describe('a value that differs from the saved one', () => {
  it('stands beside it until the file is saved', async () => {
    const it = await editor('//- /m.dax\nA = COUNTROWS(FactSession)\nB = 7\n');
    expect(await it.labels('/m.dax')).toEqual(['= 4', '= 7']);
    const text = 'A = COUNTROWS(FactSession) + 1\nB = 7 + 0\n';
    it.type('/m.dax', text);
    expect(await it.labels('/m.dax')).toEqual(['= 5 (saved 4)', '= 7']);
    expect(await it.labels('/m.dax', false)).toEqual(['= 5', '= 7']);
    it.write('/m.dax', text);
    expect(await it.labels('/m.dax')).toEqual(['= 5', '= 7']);
  });

  it('is told in its format', async () => {
    const it = await editor('//- /m.dax\n/// @format 0.0%\nA = 1 / 4\n');
    it.type('/m.dax', '/// @format 0.0%\nA = 1 / 8\n');
    expect(await it.labels('/m.dax')).toEqual(['= 12.5% (saved 25.0%)']);
  });

  it('is told of a metric of another file that reads the edited one', async () => {
    const it = await editor('//- /m.dax\nA = 1\n//- /n.dax\nTwice = 2 * [A]\nOther = 3\n');
    it.type('/m.dax', 'A = 5\n');
    expect(await it.labels('/n.dax')).toEqual(['= 10 (saved 2)', '= 3']);
  });

  it('is told in pages, where a definition moved and another came', async () => {
    const page = (dax: string): string => `# Page\n\n\`\`\`dax\n${dax}\n\`\`\`\n`;
    const it = await editor(`//- /page.md\n${page('A = 1\nB = 2')}`);
    it.type('/page.md', page('New = 9\nB = 2\nA = 4'));
    expect(await it.labels('/page.md')).toEqual(['= 9', '= 2', '= 4 (saved 1)']);
  });

  it('is told of errors, never of what was or is not evaluated', async () => {
    const it = await editor('//- /m.dax\nA = "x" + 1\nB = 1\nC = EXTERNALMEASURE("x", INTEGER, "y")\nD = 2\n');
    it.type('/m.dax', 'A = 3\nB = "x" + 1\nC = 4\nD = EXTERNALMEASURE("x", INTEGER, "y")\n');
    expect(await it.labels('/m.dax')).toEqual(['= 3 (saved an error)', '= error', '= 4', '= ?']);
  });

  it('is not told of a file that is not on the disk', async () => {
    const it = await editor('//- /m.dax\nA = 1\n');
    it.type('/new.dax', 'N = 1\n');
    it.type('/new.dax', 'N = 2\n');
    expect(await it.labels('/new.dax')).toEqual(['= 2']);
  });

  it('is told with the rows of now where the model changes too', async () => {
    const it = await editor('//- /m.dax\nA = COUNTROWS(FactSession)\n');
    it.type('/m.dax', 'A = COUNTROWS(FactSession) * 10\n');
    it.type('/contact.daxmodel.yaml', 'name: contact\ntables:\n  FactSession:\n    rows: [{ SessionId: a }]\n');
    expect(await it.labels('/m.dax')).toEqual(['= 10 (saved 1)']);
  });

  it('binds what is saved once, however often one types', async () => {
    const it = await editor('//- /m.dax\nA = 1\n');
    const metrics = new Set<unknown>();
    for (const n of [2, 3, 4]) {
      it.type('/m.dax', `A = ${n}\n`);
      expect(await it.labels('/m.dax')).toEqual([`= ${n} (saved 1)`]);
      metrics.add(await it.saved.of(uriOf('/m.dax')));
    }
    expect(metrics.size).toBe(1);
  });

  it('stands in the hover of the metric and of a reference to it', async () => {
    const it = await editor('//- /m.dax\nA = 1\nB = [A] + 1\n');
    it.type('/m.dax', 'A = 5\nB = [A] + 1\n');
    const said = async (offset: number): Promise<string | undefined> =>
      (await hover({ workspace: it.workspace, settings: defaultSettings, preview: noPreview, saved: it.saved, patience: patient }, uriOf('/m.dax'), offset))?.markdown;
    expect(await said(0)).toContain('= **`5`** (saved `1`)');
    expect(await said('A = 5\nB = [A'.length)).toContain('= **`5`** (saved `1`)');
    expect(await said('A = 5\n'.length)).toContain('= **`6`** (saved `2`)');
  });
});
