// References, highlights, renaming, call hierarchy and workspace symbols over the wire, in the terms of the protocol.
import type {
  CallHierarchyIncomingCall, CallHierarchyItem, CallHierarchyOutgoingCall, DocumentHighlight, Location, SymbolInformation, WorkspaceEdit,
} from 'vscode-languageserver/node';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startSession, type Session } from './session.ts';

const model = 'name: shop\ntables:\n  Sale:\n    rows: [{ Amount: 1 }]\n';
const uri = 'file:///w/caf%C3%A9.dax';
const text = 'Sales = SUM(Sale[Amount])\r\n😀 rate = [Sales] / 2 + [Sales]\r\n';
const page = '# Page\n\n> ```dax\n> Half = [Sales] / 2\n> ```\n';

const folder = { folders: ['file:///w'], files: { 'file:///w/shop.daxmodel.yaml': model, 'file:///w/page.md': page } };
const at = (line: number, character: number, file = uri) => ({ textDocument: { uri: file }, position: { line, character } });
const range = (line: number, start: number, end: number) => ({ start: { line, character: start }, end: { line, character: end } });

let session: Session;
beforeAll(async () => {
  session = await startSession({
    ...folder,
    capabilities: { textDocument: { rename: { prepareSupport: true } }, workspace: { workspaceEdit: { documentChanges: true } } },
  });
  await session.open(uri, 'dax', text);
});
afterAll(() => session.end());
const ask = <T>(method: string, params: unknown): Promise<T> => session.client.sendRequest<T>(method, params);

describe('references', () => {
  it('are told in the spelling of the editor, with lines of each file', async () => {
    const found = await ask<Location[]>('textDocument/references', { ...at(1, 14), context: { includeDeclaration: true } });
    expect(found).toEqual([
      { uri, range: range(0, 0, 5) },
      { uri, range: range(1, 10, 17) },
      { uri, range: range(1, 24, 31) },
      { uri: 'file:///w/page.md', range: range(3, 9, 16) },
    ]);
    expect(await ask('textDocument/references', { ...at(1, 14), context: { includeDeclaration: false } })).toEqual(found.slice(1));
  });

  it('are null outside DAX', async () => {
    expect(await ask('textDocument/references', { ...at(0, 3, 'file:///w/page.md'), context: { includeDeclaration: true } })).toBeNull();
    expect(await ask('textDocument/documentHighlight', at(0, 3, 'file:///w/page.md'))).toBeNull();
    expect(await ask('textDocument/prepareRename', at(0, 3, 'file:///w/page.md'))).toBeNull();
    expect(await ask('textDocument/rename', { ...at(0, 3, 'file:///w/page.md'), newName: 'x' })).toBeNull();
  });
});

it('highlights tell the definition from what reads it', async () => {
  const found = await ask<DocumentHighlight[]>('textDocument/documentHighlight', at(0, 2));
  expect(found.map((it) => [it.range.start.line, it.kind])).toEqual([[0, 3], [1, 2], [1, 2]]);
});

describe('rename', () => {
  it('is prepared with the name as people read it', async () => {
    expect(session.initialized.capabilities.renameProvider).toEqual({ prepareProvider: true });
    expect(await ask('textDocument/prepareRename', at(1, 14))).toEqual({ range: range(1, 10, 17), placeholder: 'Sales' });
  });

  it('edits each file in the version that the editor holds', async () => {
    const edit = await ask<WorkspaceEdit>('textDocument/rename', { ...at(1, 14), newName: 'All sales' });
    expect(edit).toEqual({
      documentChanges: [
        {
          textDocument: { uri, version: 1 },
          edits: [
            { range: range(0, 0, 5), newText: 'All sales' },
            { range: range(1, 10, 17), newText: '[All sales]' },
            { range: range(1, 24, 31), newText: '[All sales]' },
          ],
        },
        { textDocument: { uri: 'file:///w/page.md', version: null }, edits: [{ range: range(3, 9, 16), newText: '[All sales]' }] },
      ],
    });
  });

  it('is refused with a sentence', async () => {
    await expect(ask('textDocument/prepareRename', at(0, 9))).rejects.toThrow('SUM is a name of the language.');
    await expect(ask('textDocument/rename', { ...at(1, 14), newName: '' })).rejects.toThrow('A name is needed.');
    await expect(ask('textDocument/rename', { ...at(1, 14), newName: '😀 rate' })).rejects.toThrow('There is a metric [😀 rate] already.');
  });

  it('is not prepared for a client that cannot, and edits without versions', async () => {
    const plain = await startSession({ ...folder, capabilities: {} });
    await plain.open(uri, 'dax', text);
    expect(plain.initialized.capabilities.renameProvider).toBe(true);
    const edit = await plain.client.sendRequest<WorkspaceEdit>('textDocument/rename', { ...at(0, 1), newName: 'S' });
    expect(edit.documentChanges).toBeUndefined();
    expect(Object.entries(edit.changes ?? {}).map(([file, edits]) => [file, edits.map((it) => it.newText)])).toEqual([
      [uri, ['S', '[S]', '[S]']], ['file:///w/page.md', ['[S]']],
    ]);
    await plain.end();
  });
});

describe('call hierarchy', () => {
  it('goes from a reference to the definition, to its readers and to what it reads', async () => {
    const [sales, ...more] = await ask<CallHierarchyItem[]>('textDocument/prepareCallHierarchy', at(1, 14));
    expect(more).toEqual([]);
    expect(sales).toMatchObject({ name: 'Sales', kind: 7, detail: 'shop', uri, selectionRange: range(0, 0, 5) });
    const incoming = await ask<CallHierarchyIncomingCall[]>('callHierarchy/incomingCalls', { item: sales });
    expect(incoming.map((it) => [it.from.name, it.from.uri, it.fromRanges])).toEqual([
      ['😀 rate', uri, [range(1, 10, 17), range(1, 24, 31)]],
      ['Half', 'file:///w/page.md', [range(3, 9, 16)]],
    ]);
    const [rate] = incoming;
    const outgoing = await ask<CallHierarchyOutgoingCall[]>('callHierarchy/outgoingCalls', { item: rate?.from });
    expect(outgoing.map((it) => [it.to.name, it.fromRanges.length])).toEqual([['Sales', 2]]);
  });

  it('is null outside DAX', async () => {
    expect(await ask('textDocument/prepareCallHierarchy', at(0, 3, 'file:///w/page.md'))).toBeNull();
  });
});

it('symbols of the workspace have their place and what they belong to', async () => {
  const found = await ask<SymbolInformation[]>('workspace/symbol', { query: 'sls' });
  expect(found).toEqual([{ name: 'Sales', kind: 7, containerName: 'shop', location: { uri, range: range(0, 0, 5) } }]);
  expect(await ask('workspace/symbol', { query: 'no such thing' })).toBeNull();
});
