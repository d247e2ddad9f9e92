// `@compare`: where two definitions of a metric part is told by `dax-metrics test`, by groups and by rows.
import { describe, expect, it } from 'vitest';
import { folder } from './cli.ts';

const sales = 'Id,Region,Amount,Tax\n1,north,10,2\n2,north,20,0\n3,south,5,\n4,south,0,1\n5,west,7,7\n';
const model = (name: string): string => `
name: ${name}
tables:
  Sales:
    source: ../sales.csv
    columns:
      Id: { type: int64, key: true }
      Region: { type: string }
      Amount: { type: int64 }
      Tax: { type: int64 }
`;
const project = (own: string, other = 'Total = SUM(Sales[Tax])\n'): ReturnType<typeof folder> => folder({
  'dax-metrics.json': '{}', 'sales.csv': sales,
  'a/a.daxmodel.yaml': model('a'), 'a/a.dax': own, 'b/b.daxmodel.yaml': model('b'), 'b/b.dax': other,
});
const first = (text: string): string => `/// ${text}\nTotal = SUM(Sales[Amount])\nTax = SUM(Sales[Tax])\nWrong = ERROR("no")\n`;

interface Row {
  readonly kind: string; readonly state: string; readonly expected: string; readonly actual: string; readonly details: readonly string[];
}

describe('a comparison', () => {
  it('lists the groups and the rows that part, and is no failure', () => {
    const { status, stdout } = project(first('@compare [b::Total] by Sales[Region] rows Sales[Id]')).run('test', 'a');
    expect(status).toBe(0);
    expect(stdout).toBe([
      '✓ a/a.dax 0 expectations, 1 comparison',
      '  ≠ Total 1:5  @compare [b::Total] by Sales[Region] rows Sales[Id]',
      '      42 in a, 10 in b',
      '      by Sales[Region], 2 of 3 groups part:',
      '        "north": 30 in a, 2 in b',
      '        "south": 5 in a, 1 in b',
      '      by Sales[Id], 4 of 5 rows part:',
      '        2 only in a: 2, 3',
      '        1 only in b: 4',
      '        1 in both with another value: 1 (10 and 2)',
      '', '1 passed, 0 failed', '',
    ].join('\n'));
  });

  it('of two metrics of one model calls them by their names', () => {
    expect(project(first('@compare [Tax] by Sales[Region]')).run('test', 'a').stdout).toContain('42 in [Total], 10 in [Tax]\n');
  });

  it('names the first few rows and counts the others', () => {
    const rows = Array.from({ length: 40 }, (_, i) => `${String(i)},r${String(i)},1,`).join('\n');
    const it = project(first('@compare [b::Total] by Sales[Region] rows Sales[Id]'));
    it.write('sales.csv', `Id,Region,Amount,Tax\n${rows}\n`);
    const { stdout } = it.run('test', 'a');
    expect(stdout).toContain('  40 only in a: 0, 1, 2, 3, 4 and 35 more\n');
    expect(stdout).toContain('  and 30 more groups\n');
  });

  it('names fewer rows where their keys are long', () => {
    const key = (i: number): string => `r${String(i)}${'x'.repeat(50)}`;
    const it = project(first('@compare [b::Total] rows Sales[Region]'));
    it.write('sales.csv', `Id,Region,Amount,Tax\n${[1, 2, 3, 4].map((i) => `${String(i)},${key(i)},1,`).join('\n')}\n`);
    expect(it.run('test', 'a').stdout).toContain(`  4 only in a: "${key(1)}", "${key(2)}" and 2 more\n`);
  });

  it('shortens what is no whole number, as long as the two stay apart', () => {
    const { stdout } = project('/// @compare [Other] by Sales[Region]\nTotal = DIVIDE(SUM(Sales[Amount]), 7)\nOther = IF(SELECTEDVALUE(Sales[Region]) = "north", [Total] + 0.00000001, [Total] / 3)\n').run('test', 'a');
    expect(stdout).toContain('"south": 0.714286 in [Total], 0.238095 in [Other]\n');
    expect(stdout).toContain('"north": 4.285714285714');
  });

  it('says when there is nothing to tell, BLANK and 0 being the same', () => {
    const { stdout } = project('/// @compare [b::Total] by Sales[Region] rows Sales[Id]\nTotal = SUM(Sales[Tax])\n', 'Total = SUMX(Sales, Sales[Tax] + 0)\n').run('test', 'a');
    expect(stdout).toContain('  = Total 1:5');
    expect(stdout).not.toContain('part:');
  });

  it('looks at what its filters leave', () => {
    const { stdout } = project(first('@compare [b::Total] rows Sales[Id] where Sales[Region] = "south"')).run('test', 'a');
    expect(stdout).toContain('5 in a, 1 in b\n');
    expect(stdout).toContain('1 only in a: 3\n');
    expect(stdout).not.toContain('in both');
  });

  it('fails beyond its bound', () => {
    const { status, stdout } = project(first('@compare [b::Total] by Sales[Region] within 5')).run('test', 'a');
    expect(status).toBe(1);
    expect(stdout).toContain('expected [b::Total] within 5, got 1 of 3 groups further apart');
    expect(project(first('@compare [b::Total] by Sales[Region] within 28')).run('test', 'a').status).toBe(0);
    expect(project(first('@compare [b::Total] rows Sales[Id] within 19')).run('test', 'a').stdout).toContain('1 of 5 rows further apart');
  });

  it.each([
    ['an unknown model', '@compare [nowhere::Total] by Sales[Region]', 'there is no such model'],
    ['an unknown metric', '@compare [b::Nothing] by Sales[Region]', 'got no value ('],
    ['an error in a group', '@compare [Wrong] by Sales[Region]', 'got the error '],
    ['a filter that is no DAX', '@compare [b::Total] by Sales[Region] where Sales[Id] =', 'the tag has a syntax error'],
    ['a value to group by', '@compare [b::Total] by 1', 'the tag has a syntax error'],
  ])('with %s fails and says so', (_what, tag, why) => {
    const { status, stdout } = project(first(tag)).run('test', 'a');
    expect(status).toBe(1);
    expect(stdout).toContain(why);
  });

  it('is a record of its kind in JSON, and text of its case in JUnit', () => {
    const it = project(first('@compare [b::Total] by Sales[Region] rows Sales[Id]'));
    const [row] = it.json<readonly Row[]>('test', 'a', '--format', 'json');
    expect(row).toMatchObject({ kind: 'comparison', state: 'passed', expected: '[b::Total]', actual: 'not the same' });
    expect(row?.details).toHaveLength(8);
    expect(it.run('test', 'a', '--format', 'junit').stdout).toContain('<system-out>42 in a, 10 in b');
  });
});
