// textDocument/signatureHelp
import {
  MarkupKind,
  type ClientCapabilities,
  type SignatureHelp,
  type SignatureHelpParams,
  type SignatureInformation,
} from '../library.ts';
import type { SignatureForm, SignatureHelp as Help } from '../../ide/signatureHelp.ts';
import { toOffset, uriOf } from '../convert.ts';
import { request } from './feature.ts';

export const signatureHelpFeature = request<SignatureHelpParams, SignatureHelp | null>({
  method: 'textDocument/signatureHelp',
  declare: () => ({ signatureHelpProvider: { triggerCharacters: ['(', ','], retriggerCharacters: [')'] } }),
  neutral: null,
  async run({ textDocument, position, context }, { service, client }) {
    const uri = uriOf(textDocument);
    const document = await service.document(uri);
    if (document === undefined) return null;
    const found = await service.signatureHelp(uri, toOffset(document, position));
    if (found === undefined) return null;
    const active = activeOf(found, context?.activeSignatureHelp);
    return {
      signatures: found.signatures.map((it) => toSignature(it, client)),
      activeSignature: active,
      activeParameter: activeParameter(found.signatures[active], client),
    };
  },
});

/** The form that the user turned to stays the active one as long as it takes the argument. */
function activeOf(found: Help, before: SignatureHelp | undefined): number {
  const chosen = before?.activeSignature;
  const isSame = before !== undefined && before.signatures.length === found.signatures.length
    && before.signatures.every((it, i) => it.label === found.signatures[i]?.label);
  return chosen != null && isSame && found.signatures[chosen]?.parameter !== undefined ? chosen : found.active;
}

function toSignature(it: SignatureForm, client: ClientCapabilities): SignatureInformation {
  const can = client.textDocument?.signatureHelp?.signatureInformation;
  const asOffsets = can?.parameterInformation?.labelOffsetSupport === true;
  return {
    label: it.label,
    ...(it.docs === '' ? {} : { documentation: { kind: MarkupKind.Markdown, value: it.docs } }),
    parameters: it.parameters.map(({ start, end, docs }) => ({
      label: asOffsets ? ([start, end] as [number, number]) : it.label.slice(start, end),
      ...(docs === '' ? {} : { documentation: docs }),
    })),
    ...(can?.activeParameterSupport === true ? { activeParameter: activeParameter(it, client) } : {}),
  };
}

/** Behind the last parameter none is marked; to a client that knows no such answer an index past the end says so. */
function activeParameter(it: SignatureForm | undefined, client: ClientCapabilities): number | null {
  if (it?.parameter !== undefined) return it.parameter;
  const knowsNone = client.textDocument?.signatureHelp?.signatureInformation?.noActiveParameterSupport === true;
  return knowsNone ? null : (it?.parameters.length ?? 0);
}
