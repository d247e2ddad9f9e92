/** The sample workspace through the whole product: findings, values, and what they cost. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { createNodeFiles } from '../../server/src/host/node/files.ts';
import { createWorkspace, evaluateText, metricQuery, runExpectations } from '../../server/src/workspace/index.ts';
import type { LocatedFinding, ModelView } from '../../server/src/workspace/types.ts';
import { engineOver, metricFiles } from './sample.ts';

const root = path.resolve(import.meta.dirname, '../../samples');
const folder = `${pathToFileURL(root).href}/`;
const uri = (it: string): string => folder + it;

const workspace = createWorkspace({
  host: { files: createNodeFiles([folder]), engine: engineOver(folder), now: () => Date.UTC(2025, 11, 31) },
  folders: [folder],
});
afterAll(() => workspace.dispose());

const modelNamed = async (name: string): Promise<ModelView> => {
  const found = (await workspace.models()).find((it) => it.name === name);
  if (found === undefined) throw new Error(`there is no model ${name}`);
  return found;
};

/** Errors and warnings: the sample keeps the published text, of which much could be written better. */
const faults = async (file: string): Promise<readonly LocatedFinding[]> =>
  (await workspace.findings(file)).filter((it) => it.severity === 'error' || it.severity === 'warning');

describe('findings', () => {
  it('are none in models, project and metric files', async () => {
    const files = (await workspace.checkableFiles()).filter((it) => it.startsWith(uri('omnichannel/')) && !it.endsWith('.md'));
    expect(files.map((it) => it.slice(folder.length))).toEqual([
      'omnichannel/dataverse/conversation-rates.dax',
      'omnichannel/dataverse/conversation-times-historical.dax',
      'omnichannel/dataverse/conversation-times.dax',
      'omnichannel/dataverse/conversations.dax',
      'omnichannel/dataverse/dataverse.daxmodel.yaml',
      'omnichannel/dataverse/session-rates.dax',
      'omnichannel/dataverse/sessions-realtime.dax',
      'omnichannel/dataverse/sessions.dax',
      'omnichannel/dax-metrics.json',
      'omnichannel/historical/conversation-times.dax',
      'omnichannel/historical/conversation-wait-time.dax',
      'omnichannel/historical/conversations.dax',
      'omnichannel/historical/historical.daxmodel.yaml',
      'omnichannel/historical/sessions.dax',
      'omnichannel/realtime/conversation-times.dax',
      'omnichannel/realtime/conversations.dax',
      'omnichannel/realtime/in-minutes.dax',
      'omnichannel/realtime/realtime.daxmodel.yaml',
      'omnichannel/realtime/sessions.dax',
    ]);
    for (const file of files) expect(await faults(file), file).toEqual([]);
  });

  it('of the page are what is really wrong there', async () => {
    const page = uri('omnichannel/calculate-session-metrics.md');
    const { text } = (await workspace.document(page)) ?? { text: '' };
    const found = (await faults(page)).map((it) => [it.severity, it.rule, text.slice(it.span.start, it.span.end)]);
    expect(found).toEqual([
      ['warning', 'placeholder', '**Need info**'],
      ['warning', 'empty-element', 'Dataverse entities'],
      ['warning', 'placeholder', '**Need info**'],
      ['warning', 'empty-element', 'Dataverse entities'],
      ['warning', 'page-placeholder', 'Need info'],
      ['error', 'page-null-meaning', 'systemuser.msdyn_botapplicationid is not null'],
      ['warning', 'undeclared-entity', 'msdyn_ocliveworkitem.msdyn_channel'],
      ['warning', 'page-multi-select', "msdyn_ocliveworkitem.msdyn_channel != '192350000'"],
      ['warning', 'deprecated-attribute', 'msdyn_ocsession.msdyn_state'],
      ['warning', 'page-table', 'FactConversations'],
      ['warning', 'page-filter-keeps-all', 'msdyn_ocliveworkitem.statuscode is set to any value between 1 to 7'],
      ['warning', 'page-placeholder', 'Need info'],
      ['error', 'unknown-measure', '[Incoming essions_FactSession]'],
      ['warning', 'malformed-attribute', 'systemuser. msdyn_botapplicationid'],
      ['warning', 'undeclared-entity', 'msdyn_ocliveworkitem.msdyn_channel'],
      ['warning', 'page-multi-select', "msdyn_ocliveworkitem.msdyn_channel != '192350000'"],
      ['error', 'page-null-meaning', 'systemuser.msdyn_botapplicationid  is not null'],
      ['warning', 'deprecated-column', '[SessionStateCode]'],
      ['warning', 'empty-element', 'Dataverse entities'],
    ]);
  });
});

describe('calculated tables hold the rows that SQL finds', () => {
  const facts = JSON.parse(readFileSync(path.join(import.meta.dirname, 'facts.json'), 'utf8')) as Record<string, Record<string, Record<string, number>>>;
  for (const [name, tables] of Object.entries(facts)) {
    for (const [table, expressions] of Object.entries(tables)) {
      it(`${name}: ${table}`, async () => {
        const model = await modelNamed(name);
        for (const [expression, expected] of Object.entries(expressions)) {
          const [entry] = await evaluateText(workspace, model, expression, 'expression', { by: [], where: [] });
          const cell = entry?.outcome.kind === 'table' ? entry.outcome.columns[0]?.cells[0] : entry?.outcome;
          // Minutes are doubles: their sums may differ in the last digits.
          if (typeof cell === 'number' && !Number.isInteger(cell)) expect(cell / expected, expression).toBeCloseTo(1, 9);
          else expect(cell, expression).toBe(expected);
        }
      });
    }
  }
});

describe('expectations', () => {
  it.each(metricFiles)('of %s hold', async (file) => {
    const results = await runExpectations(workspace, uri(`omnichannel/${file}`));
    expect(results.filter((it) => !it.passed)).toEqual([]);
    expect(results.length).toBeGreaterThan(0);
  });
});

describe('a breakdown costs as many scans for hundreds of groups as for a few', () => {
  const dimensions = [
    [{ table: 'DimQueue', column: 'Queue' }],
    [{ table: 'DimAgent', column: 'Name' }],
    [{ table: 'DimChannel', column: 'Channel' }],
    [{ table: 'DimDate', column: 'Date' }],
    [{ table: 'DimAgent', column: 'Name' }, { table: 'DimDate', column: 'Month' }],
  ];
  for (const name of ['historical', 'realtime']) {
    it(name, async () => {
      const model = await modelNamed(name);
      for (const measure of model.measures.values()) {
        const scans: number[] = [];
        for (const by of dimensions) {
          const before = workspace.work().scans;
          const [result] = await workspace.evaluate(model, [
            { query: metricQuery({ expression: `[${measure.name}]`, name: measure.name, by }) },
          ]);
          expect(result?.kind, measure.name).toBe('table');
          scans.push(workspace.work().scans - before);
        }
        const [few, , , , many] = scans;
        // By two tables the groups of each are found with a scan of its own.
        expect(scans, measure.name).toEqual([few, few, few, few, many]);
        expect(many, measure.name).toBe((few ?? 0) + 1);
      }
    });
  }
});
