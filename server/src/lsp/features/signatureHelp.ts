// textDocument/signatureHelp
import { MarkupKind, type SignatureHelp, type SignatureHelpParams } from 'vscode-languageserver';
import { toOffset, uriOf } from '../convert.ts';
import { request } from './feature.ts';

export const signatureHelpFeature = request<SignatureHelpParams, SignatureHelp | null>({
  method: 'textDocument/signatureHelp',
  declare: () => ({ signatureHelpProvider: { triggerCharacters: ['(', ','], retriggerCharacters: [')'] } }),
  neutral: null,
  async run({ textDocument, position }, { service }) {
    const uri = uriOf(textDocument);
    const document = await service.document(uri);
    if (document === undefined) return null;
    const found = await service.signatureHelp(uri, toOffset(document, position));
    if (found === undefined) return null;
    return {
      signatures: found.signatures.map((it) => ({
        label: it.label,
        documentation: { kind: MarkupKind.Markdown, value: found.docs },
        parameters: it.parameters.map(({ start, end }) => ({ label: [start, end] as [number, number] })),
      })),
      activeSignature: found.active,
      // Behind the last parameter none is marked; an index past the end says so to every client.
      activeParameter: found.parameter ?? found.signatures[found.active]?.parameters.length ?? 0,
    };
  },
});
