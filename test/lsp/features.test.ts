// The table of features: every capability has its handler, every handler its capability, whatever the client can do.
import type { ClientCapabilities, Connection } from 'vscode-languageserver';
import { describe, expect, it } from 'vitest';
import { capabilitiesOf, features, listenTo, registrationsOf } from '../../server/src/lsp/features.ts';
import type { FeatureContext } from '../../server/src/lsp/features/feature.ts';

const clients: readonly (readonly [string, ClientCapabilities])[] = [
  ['a client that can do nothing', {}],
  ['a client that asks for diagnostics', { textDocument: { diagnostic: {} } }],
  [
    'an editor that can do all',
    {
      textDocument: {
        rename: { prepareSupport: true }, callHierarchy: {},
        diagnostic: {}, inlayHint: {}, hover: {}, completion: {}, definition: { linkSupport: true }, codeAction: {}, signatureHelp: {},
        semanticTokens: { requests: {}, tokenTypes: [], tokenModifiers: [], formats: [] },
      },
      workspace: { diagnostics: { refreshSupport: true }, inlayHint: { refreshSupport: true }, configuration: true },
    },
  ],
];

/** The requests that a connection is made to answer. */
function answered(client: ClientCapabilities): readonly string[] {
  const methods: string[] = [];
  const connection = { onRequest: (method: string) => void methods.push(method) } as unknown as Connection;
  const listen = (): void => undefined;
  const ctx = {
    client,
    service: { onDidChange: listen, onLateValues: listen, onLateTree: listen },
    documents: { onDidChangeContent: listen, onDidClose: listen },
  } as unknown as FeatureContext;
  listenTo(features, client, connection, ctx);
  return methods;
}

/** Methods whose capability has another name. */
const capabilities: ReadonlyMap<string, string> = new Map([
  ['textDocument/prepareRename', 'renameProvider'],
  ['textDocument/prepareCallHierarchy', 'callHierarchyProvider'],
  ['callHierarchy/incomingCalls', 'callHierarchyProvider'],
  ['callHierarchy/outgoingCalls', 'callHierarchyProvider'],
  ['workspace/symbol', 'workspaceSymbolProvider'],
  ['textDocument/formatting', 'documentFormattingProvider'],
  ['textDocument/rangeFormatting', 'documentRangeFormattingProvider'],
  ['textDocument/rangesFormatting', 'documentRangeFormattingProvider'],
  ['textDocument/onTypeFormatting', 'documentOnTypeFormattingProvider'],
]);

/** `textDocument/inlayHint` is declared as `inlayHintProvider`, `completionItem/resolve` within `completionProvider`. */
function capabilityOf(method: string): string {
  const known = capabilities.get(method);
  if (known !== undefined) return known;
  const [space, name] = method.split('/');
  return name === 'resolve' ? `${space?.replace(/Item$/, '')}Provider` : `${name}Provider`;
}

describe.each(clients)('for %s', (_, client) => {
  it('declares exactly what it answers of the protocol', () => {
    const declared = Object.keys(capabilitiesOf(features, client)).sort();
    const ofTheProtocol = answered(client).filter((it) => !it.startsWith('daxMetrics/'));
    expect(declared).toEqual([...new Set(ofTheProtocol.map(capabilityOf))].sort());
  });

  it('answers no request twice', () => {
    const methods = answered(client);
    expect(new Set(methods).size).toBe(methods.length);
  });
});

describe('diagnostics', () => {
  it('are answered only to a client that asks', () => {
    expect(answered({})).not.toContain('textDocument/diagnostic');
    expect(answered({ textDocument: { diagnostic: {} } })).toContain('textDocument/diagnostic');
  });
});

describe('formatting', () => {
  const takes = { dynamicRegistration: true };
  const editor: ClientCapabilities = { textDocument: { formatting: takes, rangeFormatting: takes, onTypeFormatting: takes } };

  it('is registered for documents of DAX alone where a client takes registrations', () => {
    expect(Object.keys(capabilitiesOf(features, editor)).filter((it) => it.includes('Formatting'))).toEqual([]);
    const registered = registrationsOf(features, editor);
    expect(registered.map((it) => it.method)).toEqual(['textDocument/formatting', 'textDocument/rangeFormatting', 'textDocument/onTypeFormatting']);
    for (const it of registered) expect(it.options).toMatchObject({ documentSelector: [{ language: 'dax' }] });
  });

  it('is declared to other clients, and registered with none of them', () => {
    expect(capabilitiesOf(features, {})).toMatchObject({ documentFormattingProvider: true, documentOnTypeFormattingProvider: { firstTriggerCharacter: '\n' } });
    expect(registrationsOf(features, {})).toEqual([]);
  });
});
