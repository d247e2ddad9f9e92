// The outline of a file and of a page.
import { expect, it } from 'vitest';
import { documentSymbols, type DocumentSymbol } from '../../server/src/ide/documentSymbols.ts';
import { openFixture } from '../support/workspace.ts';
import { contact } from './contact.ts';

async function outline(fixture: string): Promise<readonly string[]> {
  const { workspace, uri } = await openFixture(fixture);
  const text = (await workspace.document(uri))?.text ?? '';
  const line = (it: DocumentSymbol): string =>
    `${it.kind} ${it.name}${it.detail === undefined ? '' : ` (${it.detail})`} at ${text.slice(it.nameSpan.start, it.nameSpan.end)}`;
  return (await documentSymbols(workspace, uri)).flatMap((it) => [line(it), ...it.children.map((child) => `  ${line(child)}`)]);
}

it('of a file of metrics', async () => {
  expect(await outline(`${contact}//- /m.dax
/// All of them.
/// @format #,0
Sessions = 1
/// In words.
Agent's rate = 2$0
MEASURE FactSession[Third] = 3

DEFINE
  MEASURE FactSession[x] = 1
EVALUATE ROW("v", [x])
`)).toEqual([
    'measure Sessions (#,0) at Sessions',
    "measure Agent's rate (In words.) at Agent's rate",
    'measure Third at [Third]',
    'query EVALUATE at EVALUATE',
    '  measure x at [x]',
  ]);
});

it("of a page's fences", async () => {
  expect(await outline(`${contact}//- /page.md\n# Sessions$0\n\n- \`\`\`dax\n  Sessions = 1\n  \`\`\`\n`)).toEqual(['measure Sessions at Sessions']);
});
