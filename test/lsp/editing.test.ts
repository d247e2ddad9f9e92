// Formatting and refactoring over the wire: edits are made when an action is chosen, for the text that it was offered for.
import type { CodeAction, CodeActionContext, ClientCapabilities, Range, TextEdit } from 'vscode-languageserver/node';
import { describe, expect, it } from 'vitest';
import { startSession, type Session } from './session.ts';

const uri = 'file:///w/metrics.dax';
const model = 'name: shop\ntables:\n  Sale:\n    rows: [{ Amount: 1 }]\n';
const text = 'Total = SUM(Sale[Amount]) + 1\n';
const sum: Range = { start: { line: 0, character: 8 }, end: { line: 0, character: 25 } };
const resolves: ClientCapabilities = { textDocument: { codeAction: { dataSupport: true, disabledSupport: true, resolveSupport: { properties: ['edit'] } } } };

async function start(capabilities: ClientCapabilities, content = text): Promise<Session> {
  const session = await startSession({ capabilities, folders: ['file:///w'], files: { 'file:///w/shop.daxmodel.yaml': model } });
  await session.open(uri, 'dax', content);
  return session;
}

const ask = ({ client }: Session, range: Range, only?: CodeActionContext['only']): Promise<CodeAction[] | null> =>
  client.sendRequest('textDocument/codeAction', { textDocument: { uri }, range, context: { diagnostics: [], ...(only === undefined ? {} : { only }) } });

/** A text with the edits that an answer has for it. */
function applied(content: string, edits: readonly TextEdit[] | null | undefined): string {
  const lines = content.split('\n');
  const offset = ({ line, character }: Range['start']): number => lines.slice(0, line).reduce((sum, it) => sum + it.length + 1, 0) + character;
  return [...(edits ?? [])].sort((a, b) => offset(b.range.start) - offset(a.range.start))
    .reduce((all, it) => all.slice(0, offset(it.range.start)) + it.newText + all.slice(offset(it.range.end)), content);
}

describe('refactorings', () => {
  it('have their edits when they are chosen, unless the text changed meanwhile', async () => {
    const session = await start(resolves);
    const found = await ask(session, sum, ['refactor.extract']);
    expect(found?.map((it) => [it.title, it.kind, it.edit])).toEqual([['Extract variable', 'refactor.extract', undefined], ['Extract metric', 'refactor.extract', undefined]]);
    const [action] = found ?? [];
    const chosen = await session.client.sendRequest<CodeAction>('codeAction/resolve', action);
    expect(applied(text, chosen.edit?.changes?.[uri])).toBe('Total =\n    VAR Amount = SUM(Sale[Amount])\n    RETURN\n        Amount + 1\n');
    await session.change(uri, 2, `\n${text}`);
    expect((await session.client.sendRequest<CodeAction>('codeAction/resolve', action)).edit).toBeUndefined();
    expect(await session.client.sendRequest('codeAction/resolve', { title: 'of others', data: { uri: 7 } })).toEqual({ title: 'of others', data: { uri: 7 } });
    await session.end();
  });

  it('have them at once for a client that asks but once', async () => {
    const session = await start({});
    const action = (await ask(session, sum, ['refactor.extract']))?.find((it) => it.title === 'Extract metric');
    expect(applied(text, action?.edit?.changes?.[uri])).toBe('Total = [New metric] + 1\n\nNew metric = SUM(Sale[Amount])\n');
    await session.end();
  });

  it('let the client ask for a better name, where it can', async () => {
    const session = await startSession({
      capabilities: resolves, folders: ['file:///w'], files: { 'file:///w/shop.daxmodel.yaml': model }, initializationOptions: { renameCommand: 'rename' },
    });
    await session.open(uri, 'dax', text);
    const commands = await Promise.all((await ask(session, sum, ['refactor.extract']) ?? []).map(async (it) => {
      const { command } = await session.client.sendRequest<CodeAction>('codeAction/resolve', it);
      return command;
    }));
    expect(commands).toEqual([
      { title: 'Rename', command: 'rename', arguments: [uri, 1, '    VAR '.length] },
      { title: 'Rename', command: 'rename', arguments: [uri, 0, 'Total = ['.length] },
    ]);
    await session.end();
  });

  it('say why they are refused, to a client that shows it', async () => {
    const row = 'Total = SUMX(Sale, Sale[Amount] * SUM(Sale[Amount]))\n';
    const range: Range = { start: { line: 0, character: 34 }, end: { line: 0, character: 51 } };
    const session = await start(resolves, row);
    const refused = (await ask(session, range))?.find((it) => it.title === 'Extract metric');
    expect(refused?.disabled?.reason).toContain('row context');
    await session.end();
    const other = await start({}, row);
    expect((await ask(other, range))?.map((it) => it.title)).toEqual(['Extract variable']);
    await other.end();
  });
});

describe('fix all', () => {
  const misspelt = 'Total = SUM(Sale[Amount])\n\nA = [Totl]\n\nB = [Totl] + sUM(Sale[Amount])\n';
  const mended = 'Total = SUM(Sale[Amount])\n\nA = [Total]\n\nB = [Total] + sUM(Sale[Amount])\n';
  const first: Range = { start: { line: 2, character: 6 }, end: { line: 2, character: 6 } };

  it('of a rule stands beside the fix of one', async () => {
    const session = await start(resolves, misspelt);
    const action = (await ask(session, first, ['quickfix']))?.find((it) => it.title.startsWith('Fix all'));
    expect(action?.title).toBe('Fix all 2 of unknown-measure in this file');
    const chosen = await session.client.sendRequest<CodeAction>('codeAction/resolve', action);
    expect(applied(misspelt, chosen.edit?.changes?.[uri])).toBe(mended);
    await session.end();
  });

  it('of a file comes when it is asked for by name', async () => {
    const session = await start({}, misspelt);
    for (const kind of ['source.fixAll', 'source.fixAll.daxMetrics']) {
      const actions = await ask(session, first, [kind]);
      expect(actions?.map((it) => it.kind)).toEqual(['source.fixAll.daxMetrics']);
      expect(applied(misspelt, actions?.[0]?.edit?.changes?.[uri])).toBe(mended.replace('sUM', 'SUM'));
    }
    expect((await ask(session, first))?.map((it) => it.kind)).not.toContain('source.fixAll.daxMetrics');
    await session.end();
  });
});

describe('formatting', () => {
  const options = { tabSize: 2, insertSpaces: true };
  const untidy = 'A =sum(Sale[Amount])\n\nB =var x=1 return x\n';
  const request = ({ client }: Session, method: string, params: object): Promise<TextEdit[] | null> =>
    client.sendRequest(`textDocument/${method}`, { textDocument: { uri }, options, ...params });

  it('of a document, of parts, and of what is typed', async () => {
    const session = await start({}, untidy);
    const b = 'B =\n  VAR x = 1\n  RETURN\n    x\n';
    expect(applied(untidy, await request(session, 'formatting', {}))).toBe(`A = SUM ( Sale[Amount] )\n\n${b}`);
    const range = { start: { line: 2, character: 0 }, end: { line: 2, character: 3 } };
    expect(applied(untidy, await request(session, 'rangeFormatting', { range }))).toBe(`A =sum(Sale[Amount])\n\n${b}`);
    expect(applied(untidy, await request(session, 'rangesFormatting', { ranges: [range, range] }))).toBe(`A =sum(Sale[Amount])\n\n${b}`);
    await session.change(uri, 2, 'A =\n');
    expect(await request(session, 'onTypeFormatting', { position: { line: 1, character: 0 }, ch: '\n' })).toEqual([
      { range: { start: { line: 1, character: 0 }, end: { line: 1, character: 0 } }, newText: '  ' },
    ]);
    await session.end();
  });

  it('of a page only for whom asks for it', async () => {
    const session = await start({});
    const page = '```dax\nA =1\n```\n';
    await session.open('file:///w/page.md', 'markdown', page);
    const textDocument = { uri: 'file:///w/page.md' };
    expect(await request(session, 'formatting', { textDocument })).toBeNull();
    expect(applied(page, await request(session, 'formatting', { textDocument, options: { ...options, 'daxMetrics.page': true } }))).toBe('```dax\nA = 1\n```\n');
    await session.end();
  });

  it('is registered for DAX alone with a client that takes registrations', async () => {
    const registered: { readonly method: string; readonly registerOptions: unknown }[] = [];
    let done!: () => void;
    const all = new Promise<void>((resolve) => (done = resolve));
    const takes = { dynamicRegistration: true };
    const session = await startSession({
      capabilities: { textDocument: { formatting: takes, rangeFormatting: takes, onTypeFormatting: takes } },
      prepare: (client) => client.onRequest('client/registerCapability', (it: { registrations: typeof registered }) => {
        registered.push(...it.registrations);
        done();
      }),
    });
    await all;
    expect(session.initialized.capabilities.documentFormattingProvider).toBeUndefined();
    expect(registered.map((it) => it.method)).toEqual(['textDocument/formatting', 'textDocument/rangeFormatting', 'textDocument/onTypeFormatting']);
    for (const it of registered) expect(it.registerOptions).toMatchObject({ documentSelector: [{ language: 'dax' }] });
    await session.end();
  });
});
