/** Go to definition: from a name to the place that gives it its meaning. */
import { touches, type Span } from '../base/spans.ts';
import { assertNever } from '../base/assertNever.ts';
import type { Target } from '../analysis/bound.ts';
import type { Place } from '../model/model.ts';
import type { Spot, Workspace } from '../workspace/types.ts';
import { definitionOf, spotAt, toDocument, type Location } from './spot.ts';

export interface DefinitionLink {
  /** The name or code that was asked about. */
  readonly origin: Span;
  readonly uri: string;
  /** The name in the definition's header, or the declaration. */
  readonly span: Span;
}

/**
 * A metric leads to its definition, a table or column to the model file, a choice code to the choice's option, a
 * variable to its VAR, an added column to the expression that adds it. Several models may give several places.
 */
export async function definition(workspace: Workspace, uri: string, offset: number): Promise<readonly DefinitionLink[]> {
  const document = await workspace.document(uri);
  const spot = document === undefined ? undefined : spotAt(document, offset);
  if (spot === undefined) return [];
  const links: DefinitionLink[] = [];
  for (const reading of spot.segment.readings) {
    const code = reading.bound.codes.find((it) => touches(it.span, spot.offset));
    const reference = reading.bound.references.find((it) => touches(it.span, spot.offset));
    const origin = code?.span ?? reference?.span;
    if (origin === undefined) continue;
    const found = code?.option !== undefined ? code.option.place : reference === undefined ? undefined : await placeOf(workspace, spot, reference.target);
    if (found !== undefined && !links.some((it) => it.uri === found.uri && it.span.start === found.span.start)) {
      links.push({ origin: toDocument(spot.region, spot.segment.segment, origin), uri: found.uri, span: found.span });
    }
  }
  return links;
}

async function placeOf(workspace: Workspace, spot: Spot, target: Target): Promise<Location | Place | undefined> {
  const here = (span: Span): Location => ({ uri: spot.document.uri, span: toDocument(spot.region, spot.segment.segment, span) });
  switch (target.kind) {
    case 'table':
      return target.table.place;
    case 'column':
      return target.column.place;
    case 'measure': {
      const defined = await definitionOf(workspace, target.measure);
      const item = defined?.segment.segment.item;
      if (defined === undefined || item?.kind !== 'measure') return undefined;
      return { uri: defined.document.uri, span: toDocument(defined.region, defined.segment.segment, item.nameSpan) };
    }
    case 'extension':
      return target.definition === undefined ? undefined : here(target.definition);
    case 'variable':
      return here(target.definition);
    case 'parameter':
      return here(target.definition);
    case 'definedTable':
    case 'definedColumn':
    case 'definedFunction':
    case 'function':
    case 'word':
    case 'unresolved':
      return undefined;
    default:
      return assertNever(target);
  }
}
