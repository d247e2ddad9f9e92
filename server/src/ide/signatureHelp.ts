/** Signature help: the function whose arguments are being typed, and which parameter is next. */
import { functionNamed } from '../functions/index.ts';
import type { FunctionSpec, ParameterSpec } from '../functions/spec.ts';
import type { Workspace } from '../workspace/types.ts';
import { cursorAt } from './cursor.ts';
import { formFor, pageOf, parameterIndex, signatureOf, type Signature } from './signature.ts';
import { bodyStart, openSpotAt } from './spot.ts';

export interface SignatureHelp {
  /** One for each form of the function. */
  readonly signatures: readonly Signature[];
  /** Index of the form that fits what was typed so far. */
  readonly active: number;
  /** Index of the parameter at the cursor; undefined behind the last one. */
  readonly parameter: number | undefined;
  /** Markdown. */
  readonly docs: string;
}

export async function signatureHelp(workspace: Workspace, uri: string, offset: number): Promise<SignatureHelp | undefined> {
  const document = await workspace.document(uri);
  const spot = document === undefined ? undefined : openSpotAt(document, offset);
  if (spot === undefined) return undefined;
  const from = bodyStart(spot.segment.segment);
  if (spot.offset < from) return undefined;
  const start = spot.segment.segment.start;
  const cursor = cursorAt(spot.region.region.text, start + from, start + spot.offset);
  if (cursor.inside === 'comment') return undefined;
  // Brackets that only group belong to the argument of the call around them.
  for (const bracket of [...cursor.open].reverse()) {
    const spec = bracket.name === undefined ? undefined : functionNamed(bracket.name);
    if (spec !== undefined) return helpFor(spec, bracket.commas);
    if (bracket.name !== undefined) return undefined;
  }
  return undefined;
}

function helpFor(spec: FunctionSpec, argument: number): SignatureHelp {
  const forms: readonly (readonly ParameterSpec[])[] = spec.otherForm === undefined ? [spec.parameters] : [spec.parameters, spec.otherForm];
  const form = formFor(spec, argument + 1);
  return {
    signatures: forms.map((it) => signatureOf(spec, it)),
    active: forms.indexOf(form),
    parameter: parameterIndex(form, argument),
    docs: `${spec.docs}\n\n[${spec.name} in the DAX reference](${pageOf(spec)})`,
  };
}
