// Selection: what a selection at `$0` grows to, the innermost first.
import { describe, expect, it } from 'vitest';
import { selectionRanges } from '../../server/src/ide/selectionRanges.ts';
import { openFixture } from '../support/workspace.ts';

async function rangesAt(fixture: string): Promise<readonly string[]> {
  const { workspace, uri, offset } = await openFixture(fixture);
  const text = (await workspace.document(uri))?.text ?? '';
  const [ranges] = await selectionRanges(workspace, uri, [offset]);
  return (ranges ?? []).map((it) => text.slice(it.start, it.end));
}

describe('a selection grows', () => {
  it('from a column to the file', async () => {
    expect(await rangesAt('/// Docs.\nA = DIVIDE(SUM(T[Dura$0tion of it], 1), 2) + 1\nB = 2')).toEqual([
      'Duration',
      'Duration of it',
      '[Duration of it]',
      'T[Duration of it]',
      'T[Duration of it], 1',
      'SUM(T[Duration of it], 1)',
      'SUM(T[Duration of it], 1), 2',
      'DIVIDE(SUM(T[Duration of it], 1), 2)',
      'DIVIDE(SUM(T[Duration of it], 1), 2) + 1',
      'A = DIVIDE(SUM(T[Duration of it], 1), 2) + 1',
      '/// Docs.\nA = DIVIDE(SUM(T[Duration of it], 1), 2) + 1',
      '/// Docs.\nA = DIVIDE(SUM(T[Duration of it], 1), 2) + 1\nB = 2',
    ]);
  });

  it('through a variable and its block', async () => {
    expect(await rangesAt("A =\n  VAR a = 1\n  VAR b = COUNTROWS('Dim $0Agent')\n  RETURN a + b")).toEqual([
      'Agent',
      'Dim Agent',
      "'Dim Agent'",
      "COUNTROWS('Dim Agent')",
      "VAR b = COUNTROWS('Dim Agent')",
      "VAR a = 1\n  VAR b = COUNTROWS('Dim Agent')\n  RETURN a + b",
      "A =\n  VAR a = 1\n  VAR b = COUNTROWS('Dim Agent')\n  RETURN a + b",
    ]);
  });

  it('from the name of a function', async () => {
    expect(await rangesAt('A = 1 + STDEV.$0S(T[c])')).toEqual(['S', 'STDEV.S', 'STDEV.S(T[c])', '1 + STDEV.S(T[c])', 'A = 1 + STDEV.S(T[c])']);
  });

  it('through brackets, rows and texts', async () => {
    expect(await rangesAt('A = (T[c] IN { (1, "a $0b") })')).toEqual([
      'b', 'a b', '"a b"', '1, "a b"', '(1, "a b")', '{ (1, "a b") }', 'T[c] IN { (1, "a b") }', '(T[c] IN { (1, "a b") })', 'A = (T[c] IN { (1, "a b") })',
    ]);
  });

  it('from a header of any name', async () => {
    expect(await rangesAt("Agent's rate $0[%] = 1")).toEqual(["Agent's rate [%]", "Agent's rate [%] = 1"]);
    expect(await rangesAt('DEFINE MEASURE T[m $0n] = 1')).toEqual(['n', 'm n', '[m n]', 'MEASURE T[m n] = 1', 'DEFINE MEASURE T[m n] = 1']);
  });

  it('through a query', async () => {
    expect(await rangesAt('EVALUATE T\n  ORDER BY T[$0c] DESC, T[d]\nEVALUATE U')).toEqual([
      'c', '[c]', 'T[c]', 'T[c] DESC', 'EVALUATE T\n  ORDER BY T[c] DESC, T[d]', 'EVALUATE T\n  ORDER BY T[c] DESC, T[d]\nEVALUATE U',
    ]);
  });

  it('from a parameter of a function', async () => {
    expect(await rangesAt('FUNCTION F = (a, b$0b : SCALAR = 1) => a + bb')).toEqual(['bb', 'bb : SCALAR = 1', 'FUNCTION F = (a, bb : SCALAR = 1) => a + bb']);
  });

  it('through comments', async () => {
    expect(await rangesAt('A = 1 + /* the $0rest */ 2')).toEqual(['rest', 'the rest', '/* the rest */', 'A = 1 + /* the rest */ 2']);
    expect(await rangesAt('/// First $0line.\n/// Second.\nA = 1')).toEqual([
      'line', 'First line.', '/// First line.\n/// Second.', '/// First line.\n/// Second.\nA = 1',
    ]);
  });

  it('in a fence to the fence, then the page', async () => {
    expect(await rangesAt('//- /page.md\n# Page\n\n> ```dax\n> A =\n>   SUM($01)\n> ```\n')).toEqual([
      '1', 'SUM(1)', 'A =\n>   SUM(1)', 'A =\n>   SUM(1)\n', '# Page\n\n> ```dax\n> A =\n>   SUM(1)\n> ```',
    ]);
  });
});

it('several cursors have a range each, and prose has none of ours', async () => {
  const { workspace, uri } = await openFixture('//- /page.md\nText\n\n```dax\nA = 1\n```\n');
  const ranges = await selectionRanges(workspace, uri, [2, 17, 13]);
  expect(ranges.map((it) => it.length)).toEqual([1, 4, 4]);
  expect(ranges[0]).toEqual([{ start: 2, end: 2 }]);
});
