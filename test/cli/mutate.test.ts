// `dax-metrics test --mutate`: its formats, its exit codes, and what it refuses.
import { describe, expect, it } from 'vitest';
import { folder, model } from './cli.ts';

const metrics = `/// @expect 30
North = CALCULATE(SUM(Sales[Amount]), Sales[Region] = "north")

// dax-metrics-mutant-ok-next-line aggregate -- there is one row in the south
/// @expect 5
South = CALCULATE(SUM(Sales[Amount]), Sales[Region] = "south")

Loose = MIN(Sales[Amount])
`;
const files = { 'm.daxmodel.yaml': model, 'metrics/m.dax': metrics };

describe('test --mutate', () => {
  it('lists what survived with its place, what was judged, and counts', () => {
    const { status, stdout, stderr } = folder(files).run('test', '--mutate');
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toBe(`metrics/m.dax
  6:19  judged  South  aggregate  SUM → AVERAGE  (there is one row in the south)
  8:9  survived  Loose  aggregate  MIN → MAX  (no expectation reads the metric)

9 mutants, 7 killed (77.7 %), 1 survived, 1 judged, 0 not evaluated
`);
  });

  it('fails below --min-killed', () => {
    const it = folder(files);
    expect(it.run('test', '--mutate', '--min-killed', '78').status).toBe(1);
    expect(it.run('test', '--mutate', '--min-killed', '77%').status).toBe(0);
  });

  it('--format json has every mutant, the killed ones with what killed them', () => {
    const { summary, mutants } = folder(files).json<{
      readonly summary: object;
      readonly mutants: readonly { readonly file: string; readonly line: number; readonly metric: string; readonly operator: string; readonly before: string; readonly after: string; readonly state: string; readonly because: string | null }[];
    }>('test', '--mutate', '--format', 'json');
    expect(summary).toEqual({ mutants: 9, killed: 7, survived: 1, judged: 1, notEvaluated: 0, percent: 77.7 });
    expect(mutants[0]).toEqual({
      file: 'metrics/m.dax', line: 2, column: 53, metric: 'North', model: 'shop', operator: 'comparison', before: '=', after: '<>', state: 'killed', because: 'North: @expect 30',
    });
  });

  it('says which expectations fail anyway, and which judgement judges nothing', () => {
    const text = '// dax-metrics-mutant-ok number -- none is here\n/// @expect 31\nTotal = SUM(Sales[Amount])\n';
    const { stdout } = folder({ 'm.daxmodel.yaml': model, 'm.dax': text }).run('test', '--mutate', 'm.dax');
    expect(stdout).toContain('Total  aggregate  SUM → AVERAGE  (every expectation that reads the metric fails as it stands)');
    expect(stdout).toContain('m.dax  Total: @expect 31 fails as it stands, and kills nothing');
    expect(stdout).toContain('m.dax:1  judges no survivor, or gives no reason');
  });

  it.each([
    [['test', '--mutate', '--update'], '--mutate writes nothing'],
    [['test', '--mutate', '--format', 'junit'], '--mutate is told as stylish or json'],
    [['test', '--min-killed', '90'], '--min-killed goes with --mutate'],
    [['test', '--mutate', '--min-killed', '101'], 'a number from 0 to 100'],
    [['test', '--mutate', 'm.daxmodel.yaml'], 'no metric to mutate found'],
  ])('%j is wrong use', (args, message) => {
    const { status, stderr } = folder(files).run(...args);
    expect(status).toBe(2);
    expect(stderr).toContain(message);
  });
});
