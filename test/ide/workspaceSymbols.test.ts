// Symbols of the workspace, as someone types who looks for one.
import { describe, expect, it } from 'vitest';
import { workspaceSymbols } from '../../server/src/ide/workspaceSymbols.ts';
import { openFixture } from '../support/workspace.ts';
import { contact } from './contact.ts';

const files = `${contact}//- /other/raw.daxmodel.yaml
name: raw
extends: ../contact.daxmodel.yaml
//- /metrics.dax
Sessions rejected = 1
FUNCTION Ratio = (a, b) => DIVIDE(a, b)
TABLE Big = FILTER(FactSession, TRUE)
COLUMN Big[Half] = 1
DEFINE MEASURE FactSession[own] = 1 VAR secret = 2 EVALUATE ROW("a", [own])
//- /page.md
\`\`\`dax
Sessions rejected = 1
Only here = 2
\`\`\`
//- /prose.md
Sessions rejected = 1
`;

async function found(query: string): Promise<readonly string[]> {
  const { workspace } = await openFixture(files);
  const symbols = await workspaceSymbols(workspace, query);
  return Promise.all(symbols.map(async (it) => {
    const text = (await workspace.document(it.uri))?.text.slice(it.span.start, it.span.end);
    return `${it.kind} ${it.name} in ${it.container}: ${text}`;
  }));
}

describe('a query', () => {
  it.each([
    ['sessrej', ['metric Sessions rejected in contact: Sessions rejected']],
    ['RATIO', ['function Ratio in contact: Ratio', 'column Duration in FactSession: Duration']],
    ['big', ['table Big in contact: Big']],
    ['[half]', ['column Half in Big: [Half]']],
    ['own', ['metric own in contact: [own]']],
    ['only', ['metric Only here in contact: Only here']],
    ["'Dim Agent", ["table Dim Agent in contact: Dim Agent"]],
    ['secret', []],
    ['xyz', []],
  ])('%j finds each thing once, the best first', async (query, expected) => {
    const [name] = await found(query);
    expect(name).toBe(expected[0]);
    expect(await found(query)).toEqual(expected);
  });

  it('without letters finds everything, tables that models share once', async () => {
    const all = await found('');
    expect(all.filter((it) => it.startsWith('table '))).toEqual(['table Big in contact: Big', 'table Dim Agent in contact: Dim Agent', 'table FactSession in contact: FactSession']);
  });

  it('has a bounded answer', async () => {
    const { workspace } = await openFixture(`//- /m.dax\n${Array.from({ length: 700 }, (_, i) => `Metric ${i} = ${i}`).join('\n')}`);
    expect(await workspaceSymbols(workspace, 'met')).toHaveLength(500);
  });

  it('sees what was just typed', async () => {
    const { workspace, type } = await openFixture(files);
    expect(await workspaceSymbols(workspace, 'brandnew')).toEqual([]);
    type('/metrics.dax', 'Brand new = 1\n');
    expect((await workspaceSymbols(workspace, 'brandnew')).map((it) => it.name)).toEqual(['Brand new']);
  });
});
