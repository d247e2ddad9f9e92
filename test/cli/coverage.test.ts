// `dax-metrics test --coverage`: metrics that no test reads, branches that no row takes.
import { describe, expect, it } from 'vitest';
import { folder, model } from './cli.ts';

// The sample sells 30 in the north and 5 in the south.
const metrics = `/// @expect 35
Total = SUM(Sales[Amount])

/// @expect "much"
/// @expect "some" where Sales[Region] = "south"
Size =
SWITCH(
    TRUE(),
    [Total] > 100, "very much",
    [Total] > 10, "much",
    "some"
)

Never = COALESCE([Total], 0)
`;
const files = { 'm.daxmodel.yaml': model, 'm.dax': metrics };

describe('test --coverage', () => {
  it('counts branches and metrics, and lists the branches that are never taken', () => {
    expect(folder(files).run('test', '--coverage')).toEqual({
      status: 0,
      stderr: '',
      stdout: `✓ m.dax 3 expectations

3 passed, 0 failed

metric  branches taken      where
──────  ──────────────────  ────────
Size    2 of 3              m.dax:6
Never   not read by a test  m.dax:14

never taken:
  ○ Size m.dax:9:20  SWITCH [Total] > 100: "very much"

2 of 5 branches taken, 2 of 3 metrics read by a test
`,
    });
  });

  it('tells of files without tests too', () => {
    const { stdout } = folder({ 'm.daxmodel.yaml': model, 'm.dax': 'M = IF(TRUE(), 1, 2)\n' }).run('test', '--coverage');
    expect(stdout).toContain('M       not read by a test  m.dax:1');
    expect(stdout).toContain('0 of 2 branches taken, 0 of 1 metrics read by a test');
  });

  it('--format json has tests and metrics with every branch', () => {
    const { tests, coverage } = folder(files).json<{ readonly tests: readonly unknown[]; readonly coverage: readonly { readonly metric: string }[] }>('test', '--coverage', '--format', 'json');
    expect(tests).toHaveLength(3);
    expect(coverage.map((it) => it.metric)).toEqual(['Total', 'Size', 'Never']);
    expect(coverage[1]).toEqual({
      file: 'm.dax', line: 6, column: 1, metric: 'Size', read: true,
      branches: [
        { line: 9, column: 20, function: 'SWITCH', branch: '[Total] > 100', text: '"very much"', taken: 0 },
        { line: 10, column: 19, function: 'SWITCH', branch: '[Total] > 10', text: '"much"', taken: 1 },
        { line: 11, column: 5, function: 'SWITCH', branch: 'else', text: '"some"', taken: 1 },
      ],
    });
  });

  it.each([
    [['test', '--coverage', '--mutate'], '--coverage does not go with --mutate'],
    [['test', '--coverage', '--format', 'junit'], '--coverage is told as stylish or json'],
  ])('%j is wrong use', (args, message) => {
    const { status, stderr } = folder(files).run(...args);
    expect(status).toBe(2);
    expect(stderr).toContain(message);
  });
});
