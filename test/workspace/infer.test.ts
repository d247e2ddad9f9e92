// A model from data files, in any host: here files in memory and the engine in this process.
import { describe, expect, it } from 'vitest';
import { inferModel } from '../../server/src/workspace/index.ts';
import type { Host } from '../../server/src/workspace/host.ts';
import { createLocalEngine } from '../support/engine.ts';
import { memoryFiles } from '../support/workspace.ts';

async function inferred(files: Readonly<Record<string, string>>): Promise<string> {
  const contents = new Map(Object.entries(files).map(([path, text]) => [`file:///w/${path}`, text]));
  const host: Host = { files: memoryFiles(contents), engine: createLocalEngine(contents), now: () => 0 };
  const { text } = await inferModel(host, { name: 'm', folder: 'file:///w/', files: [...contents.keys()].filter((it) => !it.endsWith('dax-metrics.json')) });
  return text;
}

/** Lines of relationships, without what speaks for them. */
const relationships = (text: string): readonly string[] => text.split('\n').filter((it) => it.startsWith('  - ')).map((it) => it.replace(/^ {2}- \{ from: |"| \}$/g, '').replace(', to: ', ' -> '));

describe('relationships', () => {
  it.each<[why: string, files: Readonly<Record<string, string>>, expected: readonly string[]]>([
    ['by the key\'s name', { 'a.csv': 'AId,BId\n1,1\n2,2\n3,1\n', 'b.csv': 'BId\n1\n2\n' }, ['a[BId] -> b[BId]']],
    ['by the table and the key', { 'a.csv': 'Id,AgentId\n1,1\n2,2\n3,1\n', 'Agents.csv': 'Id,Name\n1,x\n2,y\n' }, ['a[AgentId] -> Agents[Id]']],
    ['by the end of the name', { 'a.csv': 'Id,OwnerAgentId\n1,1\n2,2\n3,1\n', 'Agents.csv': 'AgentId\n1\n2\n' }, ['a[OwnerAgentId] -> Agents[AgentId]']],
    ['with blanks on the many side', { 'a.csv': 'Id,AgentId\n1,1\n2,\n3,1\n', 'Agents.csv': 'AgentId\n1\n2\n' }, ['a[AgentId] -> Agents[AgentId]']],
    ['not by values alone', { 'a.csv': 'Id,Count\n1,1\n2,2\n3,1\n', 'Agents.csv': 'AgentId\n1\n2\n' }, []],
    ['not to a column with a value twice', { 'a.csv': 'Id,AgentId\n1,1\n2,2\n', 'b.csv': 'AgentId\n1\n2\n2\n' }, ['b[AgentId] -> a[AgentId]']],
    ['not between types', { 'a.csv': 'Id,AgentId\n1,1\n2,2\n', 'Agents.csv': 'AgentId\n1\n2\nx\n' }, []],
    ['to one table of several that have the key, the one that it names', { 'a.csv': 'Id,AgentId\n1,1\n2,2\n3,1\n', 'Agents.csv': 'AgentId\n1\n2\n', 'Badges.csv': 'AgentId,Badge\n1,x\n2,y\n' }, ['Badges[AgentId] -> Agents[AgentId]', 'a[AgentId] -> Agents[AgentId]']],
  ])('%s', async (_, files, expected) => {
    expect([...relationships(await inferred(files))].sort()).toEqual([...expected].sort());
  });
});

describe('columns', () => {
  it.each([
    ['dates by a pattern beside ISO dates', 'Day\n2025-01-02\n02/13/2025\n03/14/2025\n', ['dateFormats: ["MM/dd/yyyy"]', 'Day: { type: dateTime }']],
    ['numbers with a decimal comma', 'On;Sum\n1;1.234,56\n2;-0,5\n3;12\n', ['Sum: { type: string } # 3 values, no two the same; numbers with a decimal comma, which are read as text']],
    ['numbers that may have thousands', 'On;Sum\n1;1,234\n2;2,345\n', ['Sum: { type: string } # 2 values, no two the same\n']],
    ['texts among numbers', 'On;Sum\n1;1,5\n2;none\n', ['Sum: { type: string } # 2 values, no two the same\n']],
  ])('of %s', async (_, file, lines) => {
    const text = `${await inferred({ 'a.csv': file })}\n`;
    for (const it of lines) expect(text).toContain(it);
  });
});

describe('tables', () => {
  it('of one name in two folders are told apart', async () => {
    const text = await inferred({ 'a/x.csv': 'Id\n1\n', 'b/x.csv': 'Id\n1\n', 'b/X.json': '[{"Id":2}]' });
    expect(text.match(/^ {2}\S.*: #/gm)).toEqual(['  x: #', '  b X: #', '  b x 2: #']);
  });

  it('keep the limits of the project', async () => {
    const text = await inferred({ 'dax-metrics.json': '{ "limits": { "rows": 2 } }', 'a.csv': 'Id\n1\n2\n3\n', 'b.csv': 'Id\n1\n2\n' });
    expect(text).toContain('# not read: a.csv: a.csv has more than 2 rows; the limit is 2 rows.');
    expect(text).toContain('  b: # 2 rows\n');
  });

  it('of no files are none', async () => {
    expect(await inferred({})).toContain('tables: {}');
  });
});
