// "Fill from definition" as an editor asks for it, over the protocol.
import { expect, it, onTestFinished } from 'vitest';
import type { CodeAction, Diagnostic, Range } from 'vscode-languageserver';
import { startSession } from '../lsp/session.ts';

const model = `name: m
tables:
  Session:
    columns:
      Id: { type: string, key: true, dataverse: ocsession.sessionid }
      State: { type: int64, choice: state, dataverse: ocsession.statecode }
choices:
  state: { 1: { label: Open }, 2: { label: Closed } }
`;
const block = (name: string): string =>
  `## ${name}\n\n\`\`\`dax\n${name} = CALCULATE(COUNTROWS(Session), Session[State] = 1)\n\`\`\`\n\n| Element | Value |\n| --- | --- |\n| Dataverse entities | |\n| Filters | |\n\n`;
const page = `${block('One')}${block('Two')}`;
const uri = 'file:///w/page.md';
const at = (line: number): Range => ({ start: { line, character: 2 }, end: { line, character: 2 } });

async function actionsAt(range: Range, only?: string[], withDiagnostics = true): Promise<readonly CodeAction[]> {
  const session = await startSession({
    capabilities: { textDocument: { diagnostic: {} } }, folders: ['file:///w'], files: { 'file:///w/m.daxmodel.yaml': model, [uri]: page },
  });
  onTestFinished(() => session.end());
  await session.open(uri, 'markdown', page);
  const { items } = await session.client.sendRequest<{ items: readonly Diagnostic[] }>('textDocument/diagnostic', { textDocument: { uri } });
  const diagnostics = withDiagnostics ? items.filter((it) => it.range.start.line <= range.end.line && it.range.end.line >= range.start.line) : [];
  return (await session.client.sendRequest<CodeAction[] | null>('textDocument/codeAction', {
    textDocument: { uri }, range, context: { diagnostics, ...(only === undefined ? {} : { only }) },
  })) ?? [];
}

const changed = (it: CodeAction | undefined): readonly string[] => (it?.edit?.changes?.[uri] ?? []).map((edit) => `${String(edit.range.start.line)}: ${edit.newText}`);

it('is the quick fix of the finding that tells what is empty', async () => {
  const [action, other] = await actionsAt(at(8));
  expect(action).toMatchObject({ title: 'Fill from definition', kind: 'quickfix', isPreferred: true, diagnostics: [{ code: 'empty-element' }] });
  expect(changed(action)).toEqual(['8:  ocsession ', '9:  - ocsession.statecode = 1 (Open) ']);
  expect(other).toBeUndefined();
});

it('is a change among others anywhere else in the block', async () => {
  expect(await actionsAt(at(3))).toMatchObject([{ title: 'Fill from definition', kind: 'refactor.rewrite' }]);
  expect(await actionsAt(at(3), ['refactor'])).toHaveLength(1);
  expect(await actionsAt(at(3), ['quickfix'])).toEqual([]);
});

it('fills every metric that is selected when it is asked for by name, as on saving', async () => {
  const all: Range = { start: { line: 0, character: 0 }, end: { line: 30, character: 0 } };
  for (const kind of ['source.fillFromDefinition', 'source']) {
    const actions = await actionsAt(all, [kind], false);
    expect(actions).toMatchObject([{ title: 'Fill from definition', kind: 'source.fillFromDefinition' }]);
    expect(changed(actions[0])).toHaveLength(4);
  }
});
