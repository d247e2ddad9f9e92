// `dax-metrics format`: which files it names and writes, and what it leaves alone.
import { describe, expect, it } from 'vitest';
import { folder } from './cli.ts';

const untidy = 'Total =sum(Sales[Amount])\n';
const tidy = 'Total = SUM ( Sales[Amount] )\n';
const page = '# Total\n\n- text\n  ```dax\n  Total =sum(Sales[Amount])\n  ```\n\n```sql\nselect  1\n```\n';

describe('format', () => {
  it('without more writes the result to standard output, and no file', () => {
    const at = folder({ 'a.dax': untidy });
    expect(at.run('format', 'a.dax')).toEqual({ status: 0, stdout: tidy, stderr: '' });
    expect(at.read('a.dax')).toBe(untidy);
  });

  it('--check names what is not laid out and fails', () => {
    const at = folder({ 'a.dax': untidy, 'b.dax': tidy, 'pages/p.md': page });
    expect(at.run('format', '--check')).toEqual({
      status: 1, stdout: 'a.dax\npages/p.md\n', stderr: 'dax-metrics: 2 of 3 files not formatted; --write formats them\n',
    });
    expect(at.read('a.dax')).toBe(untidy);
    expect(at.run('format', '--check', 'b.dax')).toEqual({ status: 0, stdout: '', stderr: '' });
  });

  it('--write writes files in their encoding, and is done then', () => {
    const at = folder({ 'a.dax': `\ufeff${untidy.replace('\n', '\r\n')}`, 'b.dax': tidy, 'p.md': page });
    expect(at.run('format', '--write', '.')).toEqual({ status: 0, stdout: 'a.dax\np.md\n', stderr: '' });
    expect(at.read('a.dax')).toBe(`\ufeff${tidy.replace('\n', '\r\n')}`);
    expect(at.read('p.md')).toBe(page.replace('Total =sum(Sales[Amount])', 'Total = SUM ( Sales[Amount] )'));
    expect(at.run('format', '--check')).toEqual({ status: 0, stdout: '', stderr: '' });
  });

  it('follows its options', () => {
    const at = folder({ 'a.dax': 'Total = var x = sum(Sales[Amount]) return x\n' });
    expect(at.run('format', '--tabs', '--parentheses', 'compact', 'a.dax').stdout).toBe('Total =\n\tVAR x = SUM(Sales[Amount])\n\tRETURN\n\t\tx\n');
    expect(at.run('format', '--indent', '2', '--width', '20', '--no-upper-case', 'a.dax').stdout)
      .toBe('Total =\n  var x =\n    sum (\n      Sales[Amount]\n    )\n  return\n    x\n');
  });

  it('tells wrong use', () => {
    const at = folder({ 'a.dax': untidy, 'm.daxmodel.yaml': 'name: m\n' });
    expect(at.run('format', '--check', '--write').status).toBe(2);
    expect(at.run('format', '--width', '5').status).toBe(2);
    expect(at.run('format', '--indent', '99').status).toBe(2);
    expect(at.run('format', 'nothing.dax').status).toBe(2);
    expect(at.run('format', 'm.daxmodel.yaml').status).toBe(2);
  });
});
