// No rule knows a name: entities, tables, columns, metrics and codes renamed everywhere leave the findings as they are.
import { describe, expect, it } from 'vitest';
import { allRules } from '../../server/src/lint/index.ts';
import { openFixture, uriOf } from '../support/workspace.ts';
import { contactFile, metadataFile } from './model.ts';

/** The next letter or digit of its kind, so that names keep their length and what is alike stays alike. */
const shifted = (name: string): string => name.replaceAll(/[a-zA-Z0-9]/g, (it) => {
  const code = it.charCodeAt(0);
  const [first, count] = code >= 97 ? [97, 26] : code >= 65 ? [65, 26] : [48, 10];
  return String.fromCharCode(first + ((code - first + 1) % count));
});

/** Columns and choices of the sample that look like plain words. */
const plain = ['SessionId', 'AgentId', 'Closurereason', 'StateCode', 'StatusCode', 'EventType', 'Channels', 'ChannelId', 'BotId', 'OldState', 'IsAgentSession', 'IsOutbound', 'IsAccepted', 'IsBillable', 'WaitTime', 'CreatedOn', 'closurereason', 'eventtype'];

/** Entities and attributes, slips of the pen included, tables, columns and codes. */
const names = new RegExp(String.raw`\bmsdyn_\w+|\bsystemuser\b|\bstatuscode\b|\b(?:Fact|Dim)[A-Z]\w*|\b1923[45]\d{4,6}\b|\b19236\d{4}\b|\b(?:${plain.join('|')})\b`, 'gi');

const renamed = (text: string): string => text.replaceAll(names, shifted);

async function findingsOf(example: string, model: string, metadata: string): Promise<readonly string[]> {
  const file = example.includes('```') ? '/example.md' : '/example.dax';
  const { workspace } = await openFixture(`//- /contact.daxmodel.yaml${model}\n//- /schema.json\n${metadata}\n//- ${file}\n${example}`);
  return (await workspace.findings(uriOf(file))).map((it) => `${it.rule} ${it.severity} ${String(it.span.start)}-${String(it.span.end)}`);
}

const examples = [...allRules].flatMap(([id, { bad, exampleModel }]) => (bad === undefined ? [] : [{ id, bad, model: `${contactFile}${exampleModel ?? ''}` }]));

describe('renamed, the same is found in the example of', () => {
  it.each(examples)('$id', async ({ bad, model }) => {
    const before = await findingsOf(bad, model, metadataFile);
    expect(before.length).toBeGreaterThan(0);
    expect(await findingsOf(renamed(bad), renamed(model), renamed(metadataFile))).toEqual(before);
  });

  it('which indeed changes every name', () => {
    expect(renamed('CALCULATE(FactSession[Closurereason] = "192350001")')).toBe('CALCULATE(GbduTfttjpo[Dmptvsfsfbtpo] = "203461112")');
  });
});
