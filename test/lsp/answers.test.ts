// What an editor receives: the features' answers in the terms of the protocol.
import type { CodeAction, CompletionItem, DocumentSymbol, LocationLink, SignatureHelp } from 'vscode-languageserver/node';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startSession, type Session } from './session.ts';

const model = `name: shop
tables:
  Sale:
    rows: [{ Amount: 1, Kind: "10" }]
    columns:
      Amount: { type: int64 }
      Kind: { type: string, choice: kind }
choices:
  import: choices.json
`;
const choices = '{ "kind": { "10": "Cash", "20": "Card" } }\n';
const metrics = '/// All sales.\nSales = SUM(Sale[Amount])\r\nTwice = 2 * [Salse] + IF(Sale[Kind] = "10", 1)\n';

const uri = 'file:///w/metrics.dax';
let session: Session;

beforeAll(async () => {
  session = await startSession({
    capabilities: {
      textDocument: { diagnostic: {}, definition: { linkSupport: true }, documentSymbol: { hierarchicalDocumentSymbolSupport: true } },
    },
    folders: ['file:///w'],
    files: { 'file:///w/shop.daxmodel.yaml': model, 'file:///w/choices.json': choices },
  });
  await session.open(uri, 'dax', metrics);
});
afterAll(() => session.end());

const at = (line: number, character: number) => ({ textDocument: { uri }, position: { line, character } });
const ask = <T>(method: string, params: unknown): Promise<T> => session.client.sendRequest<T>(method, params);

describe('definition', () => {
  it('of a column is a link into the model file', async () => {
    const [link] = await ask<LocationLink[]>('textDocument/definition', at(1, 20));
    expect(link).toMatchObject({
      originSelectionRange: { start: { line: 1, character: 16 }, end: { line: 1, character: 24 } },
      targetUri: 'file:///w/shop.daxmodel.yaml',
      targetSelectionRange: { start: { line: 5, character: 6 } },
    });
  });
});

describe('completion', () => {
  it('replaces from the bracket, and tells its documentation when asked', async () => {
    const items = await ask<CompletionItem[]>('textDocument/completion', { ...at(2, 14), context: { triggerKind: 2, triggerCharacter: '[' } });
    const item = items.find((it) => it.label === 'Sales');
    expect(item?.textEdit).toEqual({
      range: { start: { line: 2, character: 12 }, end: { line: 2, character: 19 } }, newText: '[Sales]',
    });
    const resolved = await ask<CompletionItem>('completionItem/resolve', item);
    // The value comes before the words; this session has none.
    expect(resolved.documentation).toEqual({ kind: 'markdown', value: expect.stringMatching(/^Not evaluated: .*\n\nAll sales\.$/) as string });
  });

  it('is for the text that was asked about, though somebody types on meanwhile', async () => {
    const other = 'file:///w/typed.dax';
    const start = 'M = SUM(Sale[';
    const position = { line: 0, character: start.length };
    await session.open(other, 'dax', `${start}])`);
    const asked = ask<CompletionItem[]>('textDocument/completion', { textDocument: { uri: other }, position, context: { triggerKind: 2, triggerCharacter: '[' } });
    await session.change(other, 2, `${start}Am])`);
    expect((await asked).find((it) => it.label === 'Amount')?.textEdit).toEqual({
      range: { start: { line: 0, character: start.length - 1 }, end: { line: 0, character: start.length + 1 } }, newText: '[Amount]',
    });
    const behindOther = ask('textDocument/completion', { textDocument: { uri: other }, position, context: { triggerKind: 1 } });
    await session.change(other, 3, '');
    expect(await behindOther).toBeNull();
  });

  it.each([
    ['M = ', 'SU', ')', 'SUM(', 4], ['M = SUM(Sale[Amount]) + ', 'DIV', '', 'DIVIDE(', 24],
  ])('behind a blank is for the word that is begun meanwhile: %j with %j', async (before, typed, behind, newText, character) => {
    const other = 'file:///w/begun.dax';
    const position = { line: 0, character: before.length };
    await session.open(other, 'dax', `${before}${behind}`);
    const asked = ask<CompletionItem[]>('textDocument/completion', { textDocument: { uri: other }, position, context: { triggerKind: 2, triggerCharacter: ' ' } });
    await session.change(other, 2, `${before}${typed}${behind}`);
    const start = { line: 0, character };
    expect((await asked)?.find((it) => it.textEdit?.newText.startsWith(newText))?.textEdit).toMatchObject({ range: { start, end: start } });
    await session.change(other, 3, '');
  });

  it('hands an item back as it is when its data are not ours', async () => {
    const item = { label: 'x', data: { kind: 'column', table: 7 } };
    expect(await ask('completionItem/resolve', item)).toEqual(item);
  });
});

describe('code actions', () => {
  const range = { start: { line: 2, character: 14 }, end: { line: 2, character: 14 } };

  it('put a misspelt name right, and name the finding that the editor sent', async () => {
    const report = await ask<{ items: readonly { readonly code: string }[] }>('textDocument/diagnostic', { textDocument: { uri } });
    const diagnostics = report.items.filter((it) => it.code === 'unknown-measure');
    const [action] = await ask<CodeAction[]>('textDocument/codeAction', { textDocument: { uri }, range, context: { diagnostics } });
    expect(action).toMatchObject({ kind: 'quickfix', isPreferred: true, diagnostics });
    expect(action?.edit?.changes?.[uri]?.map((it) => it.newText).join()).toContain('Sales');
  });

  it('offer once what both a fix and a refactoring do', async () => {
    const ratio = 'file:///w/ratio.dax';
    await session.open(ratio, 'dax', 'Ratio = SUM(Sale[Amount]) / COUNTROWS(Sale)');
    const cursor = { start: { line: 0, character: 27 }, end: { line: 0, character: 27 } };
    const titles = async (only?: readonly string[]): Promise<readonly string[]> =>
      (await ask<CodeAction[]>('textDocument/codeAction', { textDocument: { uri: ratio }, range: cursor, context: { diagnostics: [], only } })).map((it) => it.title);
    expect((await titles()).filter((it) => it.startsWith('Use DIVIDE'))).toEqual(['Use DIVIDE']);
    expect(await titles(['refactor'])).toContain('Use DIVIDE (a division by zero becomes BLANK)');
  });

  it('are not offered to who asks for other kinds', async () => {
    expect(await ask('textDocument/codeAction', { textDocument: { uri }, range, context: { diagnostics: [], only: ['source.organizeImports'] } })).toBeNull();
  });
});

it('diagnostics are not repeated when nothing changed', async () => {
  const first = await ask<{ resultId: string }>('textDocument/diagnostic', { textDocument: { uri } });
  expect(await ask('textDocument/diagnostic', { textDocument: { uri }, previousResultId: first.resultId })).toEqual({
    kind: 'unchanged', resultId: first.resultId,
  });
});

it('the outline has definitions with their names', async () => {
  const symbols = await ask<DocumentSymbol[]>('textDocument/documentSymbol', { textDocument: { uri } });
  expect(symbols.map((it) => [it.name, it.detail, it.range.start.line, it.selectionRange.start.line])).toEqual([
    ['Sales', 'All sales.', 0, 1], ['Twice', undefined, 2, 2],
  ]);
});

it('signature help marks the parameter', async () => {
  const help = await ask<SignatureHelp>('textDocument/signatureHelp', at(2, 43));
  expect(help.signatures[help.activeSignature ?? 0]?.label).toMatch(/^IF\(/);
  expect(help.activeParameter).toBe(1);
});

it('a position behind the end of its line is its end', async () => {
  expect(await ask('textDocument/hover', at(1, 500))).toBeNull();
});
