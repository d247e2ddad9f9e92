// "Pin this value": what is written, where, and that it holds afterwards; and what is not pinned.
import { describe, expect, it } from 'vitest';
import { applied } from '../../grammar/src/index.ts';
import { isAtHead, pin, type Pin } from '../../server/src/ide/tests/pin.ts';
import { runExpectations } from '../../server/src/workspace/index.ts';
import { openFixture } from '../support/workspace.ts';
import { contact, modelOfOneRow } from './contact.ts';

const dax = (text: string, more = ''): string => `${contact}${more}//- /metrics.dax\n${text}`;

/** @returns the file with the `$0` after its value was pinned there; every expectation in it holds then */
async function pinned(fixture: string, filters: readonly string[] = []): Promise<string> {
  const { workspace, uri, offset, type } = await openFixture(fixture);
  const found = await pin({ workspace, filters: () => filters }, uri, offset);
  if (found?.kind !== 'edits') throw new Error(found?.reason ?? 'no definition');
  const text = applied((await workspace.document(uri))?.text ?? '', found.edits);
  type(uri.slice('file://'.length), text);
  for (const it of await runExpectations(workspace, uri)) expect(it, it.title).toMatchObject({ passed: true });
  expect(text).toContain(found.tag);
  return text;
}

async function refusal(fixture: string): Promise<string | undefined> {
  const { workspace, uri, offset } = await openFixture(fixture);
  const found: Pin | undefined = await pin({ workspace, filters: () => [] }, uri, offset);
  return found?.kind === 'refused' ? found.reason : undefined;
}

describe('a pinned value', () => {
  it('stands above a definition without a doc comment', async () => {
    expect(await pinned(dax('-- first\nA = 1\n\nRejected = $0CALCULATE(COUNTROWS(FactSession), FactSession[Reason] = "192350001")\n'))).toBe(
      '-- first\nA = 1\n\n/// @expect 2\nRejected = CALCULATE(COUNTROWS(FactSession), FactSession[Reason] = "192350001")');
  });

  it('stands at the end of a doc comment, indented as it is', async () => {
    expect(await pinned(dax('    /// How long.\n    /// @format 0.0\n    Dura$0tion = AVERAGE(FactSession[Duration]) / 7\n'))).toBe(
      '    /// How long.\n    /// @format 0.0\n    /// @expect 10.7143\n    Duration = AVERAGE(FactSession[Duration]) / 7');
    expect(await pinned(dax('/// @expect 4\n///   where FactSession[Duration] > 0\nAll$0 = COUNTROWS(FactSession)'))).toBe(
      '/// @expect 4\n///   where FactSession[Duration] > 0\n/// @expect 4\nAll = COUNTROWS(FactSession)');
  });

  it.each([
    ['"a ""b"""', '"a ""b"""'],
    ['DATE(2025, 8, 7)', 'dt"2025-08-07"'],
    ['TRUE()', 'TRUE'],
    ['BLANK()', 'BLANK'],
    ['-0.5', '-0.5000'],
    ['12345678901', '12345678901'],
  ])('is a literal: %s', async (expression, literal) => {
    expect(await pinned(dax(`M$0 = ${expression}`))).toBe(`/// @expect ${literal}\nM = ${expression}`);
  });

  it('carries the filters in which one looks at values, on one line', async () => {
    expect(await pinned(dax('All = COUN$0TROWS(FactSession)'), [`'Dim Agent'[Team] =\n  "Berlin"`, 'FactSession[Duration] > 50'])).toBe(
      `/// @expect 2 where 'Dim Agent'[Team] = "Berlin", FactSession[Duration] > 50\nAll = COUNTROWS(FactSession)`);
  });

  it('replaces what was expected in the same filters', async () => {
    expect(await pinned(dax(`/// @expect 3\n/// @expect 2 where 'Dim Agent'[Name] = "Ann"\nAll$0 = COUNTROWS(FactSession)`))).toBe(
      `/// @expect 4\n/// @expect 2 where 'Dim Agent'[Name] = "Ann"\nAll = COUNTROWS(FactSession)`);
  });

  it('keeps the line ends of the text, and the marks of a page', async () => {
    const { workspace, uri, type } = await openFixture(dax('$0'));
    const text = '/// Text.\r\nM = 1\r\n';
    type('/metrics.dax', text);
    const found = await pin({ workspace, filters: () => [] }, uri, text.indexOf('M'));
    expect(found?.kind === 'edits' ? applied(text, found.edits) : found).toBe('/// Text.\r\n/// @expect 1\r\nM = 1\r\n');
    expect(await pinned(`${contact}//- /page.md\n> - Quoted:\n>\n>   \`\`\`dax\n>   /// Text.\n>   A = 1\n>\n>   All = $0COUNTROWS(FactSession)\n>   \`\`\`\n`)).toContain(
      '>   A = 1\n>\n>   /// @expect 4\n>   All = COUNTROWS(FactSession)');
  });
});

describe('nothing is pinned', () => {
  it.each([
    ['where there is no value', 'M$0 = EXTERNALMEASURE("x", INTEGER, "y")', 'Not evaluated: '],
    ['where DAX raises an error', 'M$0 = "x" + 1', 'Its value is an error: '],
    ['that no literal stands for', 'M$0 = "a" & UNICHAR(10) & "b"', 'No literal of DAX stands for its value.'],
    ['twice', '/// @expect 1\nM$0 = 1', 'The value is pinned already.'],
    ['that holds within a bound', '/// @expect 1 ± 1\nM$0 = 2', 'The value is pinned already.'],
  ])('%s', async (_, text, reason) => {
    expect(await refusal(dax(text))).toMatch(new RegExp(`^${reason}`));
  });

  it('that depends on the clock of the machine, at any depth', async () => {
    const clock = '//- /dax-metrics.json\n{ "clock": "now" }\n';
    expect(await refusal(dax('A = YEAR(TODAY())\nB = [A]\nM$0 = [B] * 2', clock))).toBe(
      'An expectation could not hold: A reads the clock of the machine through TODAY; give the project a fixed clock.');
    expect(await refusal(dax('A = YEAR(TODAY())\nM$0 = [A] * 2', '//- /dax-metrics.json\n{ "clock": "2025-08-07" }\n'))).toBeUndefined();
  });

  it('that depends on generated rows', async () => {
    const { workspace, uri, offset } = await openFixture('//- /m.daxmodel.yaml\nname: m\ntables:\n  T:\n    columns: { A: { type: int64 } }\n//- /m.dax\nM$0 = COUNTROWS(T)\n');
    expect(await pin({ workspace, filters: () => [] }, uri, offset)).toMatchObject({ kind: 'refused', reason: expect.stringMatching(/T, whose rows are made up/) as string });
  });

  it('where models disagree, or none is known', async () => {
    const page = '//- /page.md\n---\ndax-model: [one, two]\n---\n\n```dax\nM$0 = SUM(T[Amount])\n```\n';
    expect(await refusal(`${modelOfOneRow('one', 1)}${modelOfOneRow('two', 2)}${page}`)).toBe('The value is 1 in one, 2 in two.');
    expect(await pinned(`${modelOfOneRow('one', 1)}${modelOfOneRow('two', 1)}${page}`)).toContain('```dax\n/// @expect 1\nM = SUM(T[Amount])');
    expect(await refusal('//- /m.dax\nM$0 = 1')).toBe('No model is known for this text.');
  });

  it('outside of definitions', async () => {
    const { workspace, uri, offset } = await openFixture(dax('$0EVALUATE { 1 }'));
    expect(await pin({ workspace, filters: () => [] }, uri, offset)).toBeUndefined();
  });
});

it.each([
  ['/// Te$0xt.\nM = 1', true], ['/// Text.\nM$0 = 1', true], ['M = $0 1', false], ['M =$0 1', true], ['EVALUATE$0 { 1 }', false],
])('%s is at the head of a definition: %s', async (text, isHead) => {
  const { workspace, uri, offset } = await openFixture(dax(text));
  expect(await isAtHead(workspace, uri, offset)).toBe(isHead);
});
