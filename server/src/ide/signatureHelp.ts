/** Signature help: the function whose arguments are being typed, and which parameter is next. */
import type { Call, Segment } from '../../../grammar/src/tree.ts';
import type { DefinedFunction } from '../analysis/bound.ts';
import { functionNamed } from '../functions/index.ts';
import type { FunctionSpec, ParameterSpec } from '../functions/spec.ts';
import type { Workspace } from '../workspace/types.ts';
import { callOpeningAt, definedFunctionAt } from './calls.ts';
import { cursorAt, type Cursor } from './cursor.ts';
import { renderDocs } from './markdown.ts';
import { formFor, indexIn } from './parameters.ts';
import { definedSignature, pageOf, signatureOf, type Signature } from './signature.ts';
import { openSpotAt } from './spot.ts';
import { statementAt } from './statement.ts';
import { placeIn, tagCursorAt } from './tagCursor.ts';

export interface SignatureHelp {
  /** One for each form of the function. */
  readonly signatures: readonly SignatureForm[];
  /** Index of the form that fits what is written so far. */
  readonly active: number;
}

export interface SignatureForm extends Signature {
  /** Index of the parameter at the cursor; undefined behind the last one. */
  readonly parameter: number | undefined;
  /** Markdown. */
  readonly docs: string;
}

/** @returns undefined outside the arguments of every known function, in comments and in table constructors */
export async function signatureHelp(workspace: Workspace, uri: string, offset: number): Promise<SignatureHelp | undefined> {
  const document = await workspace.document(uri);
  const spot = document === undefined ? undefined : openSpotAt(document, offset);
  if (spot === undefined) return undefined;
  const { segment } = spot.segment;
  const cursor = cursorIn(spot.region.region.text, segment, spot.offset);
  if (cursor === undefined || cursor.inside === 'comment') return undefined;
  for (const bracket of [...cursor.open].reverse()) {
    // The values of a table constructor are no arguments.
    if (bracket.sign === '{') return undefined;
    // Brackets that only group belong to the argument of the call around them.
    if (bracket.name === undefined) continue;
    const open = (cursor.tokens[bracket.token]?.start ?? 0) - segment.start;
    const call = callOpeningAt(segment.item, open);
    const spec = functionNamed(bracket.name);
    if (spec !== undefined) return helpFor(spec, call, bracket.commas);
    const defined = definedFunctionAt(spot.segment, (cursor.tokens[bracket.token - 1]?.start ?? 0) - segment.start);
    return defined === undefined ? undefined : helpForDefined(defined, bracket.commas);
  }
  return undefined;
}

/** In the DAX of the statement around an offset, or of a doc tag. */
function cursorIn(text: string, segment: Segment, offset: number): Cursor | undefined {
  const at = segment.start + offset;
  const tag = tagCursorAt(text, at);
  if (tag !== undefined) return tag.isInName ? undefined : cursorAt(tag.text, placeIn(tag, at).from, at);
  const statement = statementAt(segment, offset);
  return statement === undefined ? undefined : cursorAt(text, segment.start + statement.from, at);
}

/** @param call with the arguments behind the cursor; undefined where the parser could make no call of the text */
function helpFor(spec: FunctionSpec, call: Call | undefined, argument: number): SignatureHelp {
  const args = call?.args ?? [];
  const forms: readonly (readonly ParameterSpec[])[] = spec.otherForm === undefined ? [spec.parameters] : [spec.parameters, spec.otherForm];
  const docs = `${spec.docs}\n\n[${spec.name} in the DAX reference](${pageOf(spec)})`;
  return {
    signatures: forms.map((form) => ({ ...signatureOf(spec, form), parameter: indexIn(spec, form, args, argument), docs })),
    active: forms.indexOf(formFor(spec, Math.max(args.length, argument + 1))),
  };
}

function helpForDefined(it: DefinedFunction, argument: number): SignatureHelp {
  const parameter = argument < it.definition.parameters.length ? argument : undefined;
  return { signatures: [{ ...definedSignature(it), parameter, docs: renderDocs(it.definition.docs) }], active: 0 };
}
