// Mutants against the expectations of their metric and of those that read it.
import { describe, expect, it } from 'vitest';
import { runMutations, type MutationReport } from '../../../server/src/workspace/index.ts';
import { openFixture } from '../../support/workspace.ts';

const model = `//- /m.daxmodel.yaml
name: shop
tables:
  Sales:
    rows:
      - { Region: north, Amount: 10 }
      - { Region: north, Amount: 20 }
      - { Region: south, Amount: 5 }
    columns: { Region: { type: string }, Amount: { type: int64 } }
`;

async function run(rest: string, path = '/m.dax'): Promise<MutationReport> {
  const { workspace } = await openFixture(`${model}${rest}`);
  return runMutations(workspace, [`file://${path}`]);
}

const told = ({ mutants }: MutationReport): readonly string[] =>
  mutants.map((it) => `${it.state} ${it.metric} ${it.operator} ${it.before} → ${it.after}${it.because === undefined ? '' : ` (${it.because})`}`);

describe('mutants', () => {
  it('are killed by the first expectation that fails', async () => {
    expect(told(await run('//- /m.dax\n/// @expect 35\n/// @expect 30 where Sales[Region] = "north"\nTotal = SUM(Sales[Amount])\n'))).toEqual([
      'killed Total aggregate SUM → AVERAGE (Total: @expect 35)',
    ]);
  });

  it('survive where no expectation tells them from the metric', async () => {
    // The mean of the one row of the south is its sum.
    expect(told(await run('//- /m.dax\n/// @expect 5 where Sales[Region] = "south"\nTotal = SUM(Sales[Amount])\n'))).toEqual(['survived Total aggregate SUM → AVERAGE']);
    expect(told(await run('//- /m.dax\nTotal = SUM(Sales[Amount])\n'))).toEqual(['survived Total aggregate SUM → AVERAGE (no expectation reads the metric)']);
  });

  it('are killed by metrics that read theirs, in other files too', async () => {
    const report = await run('//- /m.dax\nTotal = SUM(Sales[Amount])\n//- /n.dax\nHalf = DIVIDE([Total], 2)\n\n/// @expect 8.75\nQuarter = DIVIDE([Half], 2)\n');
    expect(told(report)).toEqual(['killed Total aggregate SUM → AVERAGE (Quarter: @expect 8.75)']);
  });

  it('are killed by what stands in a tag', async () => {
    const report = await run('//- /m.dax\nTotal = SUM(Sales[Amount])\n//- /n.dax\n/// @expect = [Total] by Sales[Region]\nSame = SUMX(Sales, Sales[Amount])\n');
    expect(told(report)).toEqual(['killed Total aggregate SUM → AVERAGE (Same: @expect = [Total] by Sales[Region])']);
  });

  it('are killed by a comparison with a bound, not by one that merely tells', async () => {
    const with1 = await run('//- /m.dax\n/// @compare [Same] by Sales[Region] within 1\nTotal = SUM(Sales[Amount])\n//- /n.dax\nSame = SUMX(Sales, Sales[Amount])\n');
    expect(told(with1)).toEqual(['killed Total aggregate SUM → AVERAGE (Total: @compare [Same] by Sales[Region] within 1)']);
    const without = await run('//- /m.dax\n/// @compare [Same] by Sales[Region]\nTotal = SUM(Sales[Amount])\n//- /n.dax\nSame = SUMX(Sales, Sales[Amount])\n');
    expect(told(without)).toEqual(['survived Total aggregate SUM → AVERAGE (no expectation reads the metric)']);
  });

  it('are killed across models', async () => {
    const other = model.replace('/m.daxmodel.yaml', '/b/b.daxmodel.yaml').replace('name: shop', 'name: other');
    const report = await run(`${other}//- /m.dax\nTotal = SUM(Sales[Amount])\n//- /b/b.dax\n/// @expect = [shop::Total]\nSame = SUMX(Sales, Sales[Amount])\n`);
    expect(told(report)).toEqual(['killed Total aggregate SUM → AVERAGE (Same: @expect = [shop::Total])']);
  });

  it('are not killed by an expectation that fails anyway, and it is named', async () => {
    const report = await run('//- /m.dax\n/// @expect 36\nTotal = SUM(Sales[Amount])\n');
    expect(told(report)).toEqual(['survived Total aggregate SUM → AVERAGE (every expectation that reads the metric fails as it stands)']);
    expect(report.failing).toEqual([{ uri: 'file:///m.dax', metric: 'Total', expectation: '@expect 36' }]);
  });

  it('have no verdict where rows of the model are calculated from the metric', async () => {
    const calculated = model.replace('Region: { type: string }', 'Region: { type: string }, Share: { dax: "[Half]" }');
    const { workspace } = await openFixture(`${calculated}//- /m.dax\nTotal = SUM(Sales[Amount])\n\nHalf = [Total] / 2\n\n/// @expect 17.5\nShares = SUM(Sales[Share])\n`);
    const { mutants } = await runMutations(workspace, ['file:///m.dax']);
    expect(mutants.filter((it) => it.metric === 'Total' && it.operator === 'aggregate').map((it) => it.state)).toEqual(['notEvaluated']);
  });

  it('of a page are those of its own metrics, not of the copies of the model\'s', async () => {
    const page = '//- /m.dax\n/// @expect 35\nTotal = SUM(Sales[Amount])\n//- /p.md\n# P\n\n```dax\nTotal = SUM(Sales[Amount])\n```\n\n```dax\n/// @expect 5\nLeast = MIN(Sales[Amount])\n```\n';
    expect(told(await run(page, '/p.md'))).toEqual(['killed Least aggregate MIN → MAX (Least: @expect 5)']);
  });
});

describe('a judgement', () => {
  const metric = (comment: string): string => `//- /m.dax\n${comment}\n/// @expect 5 where Sales[Region] = "south"\nTotal = SUM(Sales[Amount])\n`;

  it('with a reason stands beside the survivor', async () => {
    const report = await run(metric('// dax-metrics-mutant-ok-next-line aggregate -- one row only'));
    expect(told(report)).toEqual(['judged Total aggregate SUM → AVERAGE (one row only)']);
    expect(report.unused).toEqual([]);
  });

  it.each([
    ['of the whole file', '// dax-metrics-mutant-ok number, aggregate -- one row only', 'judged'],
    ['without a reason', '// dax-metrics-mutant-ok-next-line aggregate', 'survived'],
    ['of another operator', '// dax-metrics-mutant-ok-next-line number -- why', 'survived'],
    ['of another line', '// dax-metrics-mutant-ok-line aggregate -- why', 'survived'],
  ])('%s', async (_, comment, state) => {
    const report = await run(metric(comment));
    expect(report.mutants.map((it) => it.state)).toEqual([state]);
    expect(report.unused).toHaveLength(state === 'survived' ? 1 : 0);
  });

  it('is no suppression of findings, and none of it is one', async () => {
    const { workspace } = await openFixture(`${model}${metric('// dax-metrics-mutant-ok-next-line aggregate -- one row only')}`);
    expect(await workspace.findings('file:///m.dax')).toEqual([]);
  });
});
