// How old the data are from which a value comes.
import { describe, expect, it } from 'vitest';
import { ageText } from '../../server/src/ide/age.ts';
import type { FileHost } from '../../server/src/workspace/host.ts';
import { createWorkspace } from '../../server/src/workspace/index.ts';
import { createLocalEngine } from '../support/engine.ts';
import { fixture } from '../support/fixtures.ts';
import { folder, memoryFiles, openFixture, uriOf } from '../support/workspace.ts';
import { hoverAt } from './open.ts';

const model = (source: string): string => `//- /m.daxmodel.yaml
name: shop
tables:
  Sales: { ${source}, columns: { Amount: { type: int64 } } }
//- /sales.csv
Amount
2
3
`;

describe('the hover of a value', () => {
  it('tells when the youngest data file was changed', async () => {
    expect(await hoverAt(`${model('source: sales.csv')}//- /m.dax\nTo$0tal = SUM(Sales[Amount])\n`)).toContain('Data changed 3 days ago');
  });

  it('tells no age of rows that stand in the model', async () => {
    expect(await hoverAt(`${model('rows: [{ Amount: 5 }]')}//- /m.dax\nTo$0tal = SUM(Sales[Amount])\n`)).not.toContain('Data changed');
  });

  it('of a table tells when its file was changed', async () => {
    expect(await hoverAt(`${model('source: sales.csv')}//- /m.dax\nTotal = COUNTROWS(Sa$0les)\n`)).toContain('2 rows, changed 3 days ago');
  });

  it('tells no age where the file system does not know it', async () => {
    const contents = new Map(fixture(model('source: sales.csv')).map((it) => [uriOf(it.path), it.text]));
    const files = memoryFiles(contents);
    const timeless: FileHost = { ...files, stat: async (uri) => ({ ...(await files.stat(uri)), modified: 0 }) };
    const workspace = createWorkspace({ host: { files: timeless, engine: createLocalEngine(contents), now: () => Date.UTC(2025, 11, 31) }, folders: [folder] });
    const [view] = await workspace.models();
    if (view === undefined) throw new Error('no model');
    expect(await workspace.evaluate(view, [{ query: 'EVALUATE ROW("v", SUM(Sales[Amount]))' }])).toMatchObject([{ columns: [{ cells: [5] }] }]);
    expect([...(await workspace.dataAges(view))]).toEqual([]);
  });

  it('is that of the new file after the file was changed', async () => {
    const { workspace, write } = await openFixture(`${model('source: sales.csv')}//- /m.dax\nTotal = SUM(Sales[Amount])\n`);
    const [view] = await workspace.models();
    if (view === undefined) throw new Error('no model');
    const before = await workspace.dataAges(view);
    write('/sales.csv', 'Amount\n7\n');
    const after = await workspace.dataAges(view);
    expect([before.has('sales'), after.has('sales')]).toEqual([true, true]);
    expect(after.get('sales')).not.toBe(before.get('sales'));
  });
});

describe('an age in words', () => {
  it.each([[0, 'less than a minute ago'], [59_999, 'less than a minute ago'], [60_000, '1 minute ago'], [3_599_999, '59 minutes ago'], [7_200_000, '2 hours ago'], [86_400_000 * 45, '1 month ago'], [86_400_000 * 800, '2 years ago']])('of %i ms is %s', (milliseconds, text) => {
    expect(ageText(milliseconds)).toBe(text);
  });
});
