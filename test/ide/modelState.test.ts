// What a document's values are made of, and what of it is missing.
import { expect, it } from 'vitest';
import { modelState } from '../../server/src/ide/modelState.ts';
import { openFixture } from '../support/workspace.ts';

const model = '//- /m.daxmodel.yaml\nname: shop\ntables:\n  Sales: { source: sales.csv }\n';

it('a metric file has its model', async () => {
  const { workspace } = await openFixture(`${model}//- /sales.csv\nId\n1\n//- /m.dax\nA = 1\n`);
  expect(await modelState(workspace, 'file:///m.dax')).toEqual({ models: ['shop'], anyModel: true, problem: undefined, problems: 0 });
});

it('a data file that is missing is told at its place', async () => {
  const { workspace } = await openFixture(`${model}//- /m.dax\nA = COUNTROWS(Sales)\n`);
  const [view] = await workspace.models();
  if (view !== undefined) await workspace.facts(view);
  await workspace.findings('file:///m.daxmodel.yaml', 'wait');
  const state = await modelState(workspace, 'file:///m.dax');
  expect(state).toMatchObject({ models: ['shop'], problems: 1, problem: { place: { uri: 'file:///m.daxmodel.yaml' } } });
  expect(state?.problem?.message).toContain('sales.csv');
});

it('without a model there is none, and a page without DAX has nothing to tell', async () => {
  const { workspace } = await openFixture('//- /m.dax\nA = 1\n//- /p.md\n# Page\n');
  expect(await modelState(workspace, 'file:///m.dax')).toEqual({ models: [], anyModel: false, problem: undefined, problems: 0 });
  expect(await modelState(workspace, 'file:///p.md')).toBeUndefined();
  expect(await modelState(workspace, 'file:///gone.dax')).toBeUndefined();
});
