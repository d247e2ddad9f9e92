// `check --format sarif` holds to the standard, whatever was found.
import { cpSync } from 'node:fs';
import path from 'node:path';
import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import { expect, it } from 'vitest';
import { sarifLog } from '../../server/src/cli/output/checkSarif.ts';
import { folder, model } from './cli.ts';
import { sarifSchema } from './sarifSchema.ts';

interface Log {
  readonly runs: readonly [{
    readonly tool: { readonly driver: { readonly rules: readonly { readonly id: string; readonly help: { readonly text: string } }[] } };
    readonly results: readonly { readonly ruleId: string; readonly ruleIndex: number }[];
  }];
}

const ajv = new Ajv({ strict: true, strictRequired: false, allErrors: true });
addFormats.default(ajv);
const validate = ajv.compile(sarifSchema);

const faults = (log: unknown): unknown => (validate(log) ? [] : validate.errors);

it.each([
  ['nothing', 'Total = SUM(Sales[Amount])\n'],
  ['findings with fixes, names that addresses escape, hints', 'Wrong = SUM(Sales[Amout]) + DIVIDE(1, 2, BLANK())\n\nÄ😀 = [Totl]\n'],
  ['a text that ends in the middle', 'M = CALCULATE(SUM(Sales[Amount]), Sales[Region] = "x'],
])('%s', (_name, text) => {
  const log = folder({ 'm.daxmodel.yaml': model, 'a b#c%.dax': text }).json<Log>('check', '--format', 'sarif');
  expect(faults(log)).toEqual([]);
});

it('the sample, with an index and a description of the rule for every result', () => {
  const it = folder({});
  cpSync(path.join(import.meta.dirname, '../../samples/omnichannel'), it.root, { recursive: true });
  const log = it.json<Log>('check', '--format', 'sarif');
  expect(faults(log)).toEqual([]);
  const [{ tool, results }] = log.runs;
  expect(results.length).toBeGreaterThan(10);
  for (const { ruleId, ruleIndex } of results) expect(tool.driver.rules[ruleIndex]).toMatchObject({ id: ruleId, help: { text: expect.stringMatching(/\S/) as string } });
});

it('leads to the pages of the rules where these are installed, and joins edits of one file', () => {
  const range = { start: { line: 1, column: 1 }, end: { line: 1, column: 2 } };
  const edits = [{ file: 'a.dax', range, newText: 'x' }, { file: 'b.dax', range, newText: 'y' }, { file: 'a.dax', range, newText: 'z' }];
  const log = sarifLog([{
    file: '../a.dax', range, rule: 'unknown-column', category: 'reference', severity: 'error', message: 'm', model: null, fixes: [{ title: 't', edits }],
  }], { version: '1.2.3', rulePages: 'file:///somewhere/docs/rules/' });
  expect(faults(log)).toEqual([]);
  expect(log).toMatchObject({
    runs: [{
      tool: { driver: { semanticVersion: '1.2.3', rules: [{ id: 'unknown-column', helpUri: 'file:///somewhere/docs/rules/unknown-column.md', defaultConfiguration: { level: 'error' } }] } },
      results: [{ ruleIndex: 0, fixes: [{ artifactChanges: [{ artifactLocation: { uri: 'a.dax' }, replacements: [{}, {}] }, { artifactLocation: { uri: 'b.dax' } }] }] }],
    }],
  });
});

it('the schema refuses what the standard does not have', () => {
  expect(validate({ version: '2.1.0', runs: [{ tool: { driver: { name: 'x' } }, results: [{ message: { text: 'm' }, column: 1 }] }] })).toBe(false);
  expect(validate({ version: '2.1.0', runs: [{ tool: {} }] })).toBe(false);
});
