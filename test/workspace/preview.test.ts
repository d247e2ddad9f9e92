// A preview shows the workspace as it would be with other texts, and leaves it as it is.
import { expect, it } from 'vitest';
import type { PreviewedTexts } from '../../server/src/workspace/types.ts';
import { openFixture, uriOf } from '../support/workspace.ts';

const files = `//- /m.daxmodel.yaml
name: m
tables: { T: { columns: { key: { type: string } } } }
//- /one.dax
A = 1
//- /two.dax
B = [A] + COUNT(T[key])
`;

const unknown = async (it: PreviewedTexts): Promise<readonly string[]> =>
  ((await it.document(uriOf('/two.dax')))?.regions ?? []).flatMap(({ segments }) => segments.flatMap(({ readings }) => readings.flatMap(({ bound }) => bound.findings.map((found) => found.rule))));

it('of a metric file and of a model file', async () => {
  const { workspace } = await openFixture(files);
  expect(await unknown(workspace)).toEqual([]);
  expect(await unknown(workspace.preview(new Map([[uriOf('/one.dax'), 'C = 1\n']])))).toEqual(['unknown-measure']);
  const model = (await workspace.document(uriOf('/m.daxmodel.yaml')))?.text.replace('key:', 'other:') ?? '';
  expect(await unknown(workspace.preview(new Map([[uriOf('/m.daxmodel.yaml'), model]])))).toEqual(['unknown-column']);
  expect(await unknown(workspace)).toEqual([]);
});

it('reads again only what would be another text', async () => {
  const { workspace } = await openFixture(files);
  await unknown(workspace);
  const preview = workspace.preview(new Map([[uriOf('/one.dax'), 'A = 2\n']]));
  await unknown(preview);
  expect(preview.work().parsed).toBe(1);
});
