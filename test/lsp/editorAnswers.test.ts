// What an editor receives for colours, folding and growing selections, in the terms of the protocol.
import type {
  ClientCapabilities, FoldingRange, SelectionRange, SemanticTokens, SemanticTokensClientCapabilities, SemanticTokensDelta, SignatureHelp,
} from 'vscode-languageserver/node';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { decode } from '../ide/tokens.ts';
import { startSession, type Session } from './session.ts';

const model = 'name: shop\ntables:\n  Sale:\n    rows: [{ Amount: 1 }]\n';
const uri = 'file:///w/metrics.dax';
const text = '/// One.\n/// Two.\nSales =\n  SUM(\n    Sale[Amount]\n  )\n\nTwice = 2 * [Sales]\n';
const noTokens: SemanticTokensClientCapabilities = { requests: {}, tokenTypes: [], tokenModifiers: [], formats: [] };

async function start(textDocument: ClientCapabilities['textDocument']): Promise<Session> {
  const session = await startSession({
    capabilities: textDocument === undefined ? {} : { textDocument }, folders: ['file:///w'], files: { 'file:///w/shop.daxmodel.yaml': model },
  });
  await session.open(uri, 'dax', text);
  return session;
}

describe('semantic tokens', () => {
  let session: Session;
  beforeAll(async () => {
    session = await start({ semanticTokens: { ...noTokens, requests: { full: { delta: true } }, augmentsSyntaxTokens: true } });
  });
  afterAll(() => session.end());
  const ask = <T>(method: string, params: object = {}): Promise<T> =>
    session.client.sendRequest<T>(`textDocument/semanticTokens/${method}`, { textDocument: { uri }, ...params });

  it('are told by their difference to the last answer, in which nothing is one too', async () => {
    const first = await ask<SemanticTokens>('full');
    expect(decode(first.data).map((it) => it.kind)).toEqual([
      'method.declaration', 'function.defaultLibrary', 'class', 'property', 'method.declaration', 'method',
    ]);
    expect(await ask('full/delta', { previousResultId: first.resultId })).toEqual({ resultId: first.resultId, edits: [] });
    await session.change(uri, 2, text.replace('Twice = ', 'Thrice = [Sales] + '));
    const delta = await ask<SemanticTokensDelta>('full/delta', { previousResultId: first.resultId });
    const second = await ask<SemanticTokens>('full');
    expect(delta.resultId).toBe(second.resultId);
    expect(delta.edits).toHaveLength(1);
    const [edit = { start: 0, deleteCount: 0, data: [] }] = delta.edits;
    expect(edit.data?.length).toBeLessThan(second.data.length);
    const patched = [...first.data];
    patched.splice(edit.start, edit.deleteCount, ...(edit.data ?? []));
    expect(patched).toEqual(second.data);
  });

  it('are told in full to who names an answer that is not kept', async () => {
    const answer = await ask<SemanticTokens>('full/delta', { previousResultId: 'long ago' });
    expect(answer.data.length).toBeGreaterThan(0);
  });

  it('are kept of a few documents only, and of none that is closed', async () => {
    const full = (it: string): Promise<SemanticTokens> => session.client.sendRequest('textDocument/semanticTokens/full', { textDocument: { uri: it } });
    const delta = (it: string, previousResultId: string | undefined): Promise<SemanticTokens | SemanticTokensDelta> =>
      session.client.sendRequest('textDocument/semanticTokens/full/delta', { textDocument: { uri: it }, previousResultId });
    const others = Array.from({ length: 33 }, (_, i) => `file:///w/other${i}.dax`);
    const ids = new Map<string, string | undefined>();
    for (const it of others) {
      await session.open(it, 'dax', 'M = SUM(Sale[Amount])\n');
      ids.set(it, (await full(it)).resultId);
    }
    const [first = '', last = ''] = [others[0], others.at(-1)];
    expect(await delta(last, ids.get(last))).toHaveProperty('edits', []);
    expect(await delta(first, ids.get(first))).toHaveProperty('data');
    await session.client.sendNotification('textDocument/didClose', { textDocument: { uri: last } });
    await session.open(last, 'dax', 'M = SUM(Sale[Amount])\n');
    expect(await delta(last, ids.get(last))).toHaveProperty('data');
  });

  it('of a part are those of the part', async () => {
    await session.change(uri, 3, text);
    const range = { start: { line: 7, character: 0 }, end: { line: 8, character: 0 } };
    const { data } = await ask<SemanticTokens>('range', { range });
    expect(decode(data).map((it) => [it.line, it.kind])).toEqual([[7, 'method.declaration'], [7, 'method']]);
  });

  it('of a text without DAX are none', async () => {
    await session.open('file:///w/page.md', 'markdown', '# SUM(1)\n');
    expect(await session.client.sendRequest('textDocument/semanticTokens/full', { textDocument: { uri: 'file:///w/page.md' } })).toBeNull();
  });
});

it('semantic tokens are not offered to a client that has none, and are all of them for one without colours of its own', async () => {
  const without = await start(undefined);
  expect(without.initialized.capabilities.semanticTokensProvider).toBeUndefined();
  await without.end();
  const bare = await start({ semanticTokens: noTokens });
  const { data } = await bare.client.sendRequest<SemanticTokens>('textDocument/semanticTokens/full', { textDocument: { uri } });
  expect(decode(data).map((it) => it.kind)).toContain('operator');
  expect(decode(data).map((it) => it.kind)).toContain('comment.documentation');
  await bare.end();
});

describe('folding', () => {
  const folds = async (capabilities: ClientCapabilities['textDocument']): Promise<readonly FoldingRange[]> => {
    const session = await start(capabilities);
    const ranges = await session.client.sendRequest<FoldingRange[]>('textDocument/foldingRange', { textDocument: { uri } });
    await session.end();
    return ranges;
  };

  it('of whole lines leaves the line in sight that closes a bracket', async () => {
    expect(await folds({ foldingRange: { lineFoldingOnly: true } })).toEqual([
      { startLine: 0, endLine: 1, kind: 'comment' }, { startLine: 2, endLine: 5 }, { startLine: 3, endLine: 4 },
    ]);
  });

  it('of parts of lines begins behind the bracket', async () => {
    expect(await folds({ foldingRange: {} })).toContainEqual({ startLine: 3, startCharacter: 6, endLine: 5, endCharacter: 2 });
  });

  it('keeps the outer ranges where only so many are wanted', async () => {
    expect(await folds({ foldingRange: { lineFoldingOnly: true, rangeLimit: 2 } })).toEqual([
      { startLine: 0, endLine: 1, kind: 'comment' }, { startLine: 2, endLine: 5 },
    ]);
  });
});

it('selections of several cursors grow, each by itself', async () => {
  const session = await start({});
  const positions = [{ line: 4, character: 10 }, { line: 7, character: 2 }];
  const [first, second] = await session.client.sendRequest<SelectionRange[]>('textDocument/selectionRange', { textDocument: { uri }, positions });
  const widths: number[] = [];
  for (let it: SelectionRange | undefined = first; it !== undefined; it = it.parent) {
    widths.push((it.range.end.line - it.range.start.line) * 1000 + it.range.end.character - it.range.start.character);
  }
  expect(widths).toEqual([...widths].sort((a, b) => a - b));
  expect(new Set(widths).size).toBe(widths.length);
  expect(first?.range).toEqual({ start: { line: 4, character: 9 }, end: { line: 4, character: 15 } });
  expect(second?.range).toEqual({ start: { line: 7, character: 0 }, end: { line: 7, character: 5 } });
  await session.end();
});

describe('signature help', () => {
  const call = 'M = MAX(1, 2)\nN = DIVIDE(1, 2, 3, 4)\n';
  const ask = async (signatureHelp: NonNullable<ClientCapabilities['textDocument']>['signatureHelp'], line: number, character: number, context?: object): Promise<SignatureHelp> => {
    const session = await start(signatureHelp === undefined ? {} : { signatureHelp });
    await session.change(uri, 2, call);
    const help = await session.client.sendRequest<SignatureHelp>('textDocument/signatureHelp', { textDocument: { uri }, position: { line, character }, context });
    await session.end();
    return help;
  };
  const able = { signatureInformation: { parameterInformation: { labelOffsetSupport: true }, activeParameterSupport: true, noActiveParameterSupport: true } };

  it('tells where the parameters stand, for each form', async () => {
    const help = await ask(able, 0, 11);
    expect(help).toMatchObject({ activeSignature: 1, activeParameter: 1 });
    expect(help.signatures.map((it) => [it.label, it.activeParameter, it.parameters?.map((parameter) => parameter.label)])).toEqual([
      ['MAX(column)', null, [[4, 10]]], ['MAX(left, right)', 1, [[4, 8], [10, 15]]],
    ]);
  });

  it('names the parameters for a client that takes no places', async () => {
    const help = await ask(undefined, 0, 11);
    expect(help.signatures[1]?.parameters?.map((it) => it.label)).toEqual(['left', 'right']);
    expect(help.signatures[1]).not.toHaveProperty('activeParameter');
  });

  it('marks no parameter behind the last one', async () => {
    expect((await ask(able, 1, 20)).activeParameter).toBeNull();
    expect((await ask(undefined, 1, 20)).activeParameter).toBe(3);
  });

  it('keeps the form that the user turned to, as long as it takes the argument', async () => {
    const shown = await ask(able, 0, 8);
    const turned = { triggerKind: 3, isRetrigger: true, activeSignatureHelp: { ...shown, activeSignature: 0 } };
    expect(shown.activeSignature).toBe(1);
    expect((await ask(able, 0, 8, turned)).activeSignature).toBe(0);
    expect((await ask(able, 0, 11, turned)).activeSignature).toBe(1);
  });
});
