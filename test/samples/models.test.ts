// The sample's model and project files are read, and joined with what they extend and import, without a finding.
import { readFileSync } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { readEntitySchema, readModelFile, readProjectFile, resolveModel, type ModelLoader } from '../../server/src/formats/index.ts';
import { allRules } from '../../server/src/lint/index.ts';
import { readSample, sampleFolder } from './sample.ts';

const uriOf = (path: string): string => new URL(path, pathToFileURL(sampleFolder)).href;
const textAt = (uri: string): string => readFileSync(fileURLToPath(uri), 'utf8');
const loader: ModelLoader = {
  model: (uri) => readModelFile(uri, textAt(uri)).raw,
  entitySchema: (uri) => readEntitySchema(uri, textAt(uri)),
};

function resolve(name: string): ReturnType<typeof resolveModel> {
  const uri = uriOf(`${name}/${name}.daxmodel.yaml`);
  const { raw, findings } = readModelFile(uri, textAt(uri));
  expect(findings).toEqual([]);
  if (raw === undefined) throw new Error(`${uri} holds no model`);
  return resolveModel(raw, loader);
}

describe.each(['dataverse', 'historical', 'realtime'])('the model %s', (name) => {
  it('has no finding', () => {
    const { model, findings } = resolve(name);
    expect([...findings.values()].flat()).toEqual([]);
    expect(model.name).toBe(name);
  });

  it('names columns of Dataverse that exist', () => {
    const reference = JSON.parse(readSample('dataverse/choices.json')) as { entities: Record<string, { primaryId: string; primaryName: string; attributes: { attribute: string }[] }> };
    for (const table of resolve(name).model.tables.values()) {
      for (const { dataverse } of table.columns.values()) {
        const [entityName = '', attribute = ''] = dataverse?.split('.') ?? [];
        if (dataverse === undefined) continue;
        const entity = reference.entities[entityName];
        expect([entity?.primaryId, entity?.primaryName, ...(entity?.attributes ?? []).map((it) => it.attribute)], dataverse).toContain(attribute);
      }
    }
  });
});

it.each(['historical', 'realtime'])('the model %s has the raw tables of the model it extends, and its own as DAX', (name) => {
  const raw = [...resolve('dataverse').model.tables.keys()];
  const tables = resolve(name).model.tables;
  expect([...tables.keys()]).toEqual(expect.arrayContaining(raw));
  const own = [...tables.values()].filter((table) => !raw.includes(table.name));
  expect(own.map((table) => table.name).sort()).toEqual(['DimAgent', 'DimChannel', 'DimDate', 'DimQueue', 'FactConversation', 'FactSession', 'FactSessionParticipant', 'ProxyConversationLastOverflow']);
  expect(own.every((table) => table.source.kind === 'dax')).toBe(true);
  expect(tables.get('dimdate')?.dateColumn).toBe('Date');
});

it('codes of the historical model are text, those of the real-time model integers', () => {
  const typeOf = (name: string, column: string): string | undefined => resolve(name).model.tables.get('factsession')?.columns.get(column)?.type;
  expect(typeOf('historical', 'closurereason')).toBe('string');
  expect(typeOf('historical', 'isagentsession')).toBe('boolean');
  expect(typeOf('realtime', 'sessionclosurereasoncode')).toBe('int64');
  expect(typeOf('realtime', 'istransferredout')).toBe('boolean');
});

it('the project file maps the tabs of the page to the models, and stops the clock at the end of the rows', () => {
  const { project, findings } = readProjectFile(uriOf('dax-metrics.json'), readSample('dax-metrics.json'), allRules);
  expect(findings).toEqual([]);
  expect(project.markdownModels).toEqual(new Map([['historicalpage', 'historical'], ['realtimepage', 'realtime']]));
  expect(project.clock).toBe('2025-12-31T23:59:59');
});
