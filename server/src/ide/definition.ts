/** Go to definition: from a name to the place that gives it its meaning. */
import type { Span } from '../base/spans.ts';
import { assertNever } from '../base/assertNever.ts';
import type { CodeUse, MeasureSymbol, Target } from '../analysis/bound.ts';
import type { Item } from '../../../grammar/src/tree.ts';
import { nameKey, type Place } from '../model/model.ts';
import type { Reading, Spot, Workspace } from '../workspace/types.ts';
import { namedModel } from '../workspace/index.ts';
import { namesAt } from './names.ts';
import { pageCodeAt } from './pageCodes.ts';
import { spotAt, toDocument, type Location } from './spot.ts';

export interface DefinitionLink {
  /** The name or code that was asked about. */
  readonly origin: Span;
  readonly uri: string;
  /** The name in the definition's header, or the declaration. */
  readonly span: Span;
}

/**
 * A metric leads to its definition, a table or column to the model file, a choice code to the choice's option, a
 * variable to its VAR, a parameter to the list of parameters, a function to its FUNCTION, an added column to the text
 * that names it; the header of a metric on a page to the model's definition. Several models may give several places.
 */
export async function definition(workspace: Workspace, uri: string, offset: number): Promise<readonly DefinitionLink[]> {
  const document = await workspace.document(uri);
  const spot = document === undefined ? undefined : spotAt(document, offset);
  if (spot === undefined) {
    const code = document?.kind === 'markdown' ? await pageCodeAt(workspace, uri, offset) : undefined;
    return code === undefined ? [] : [{ origin: code.span, ...placeOfCode(code) }];
  }
  const links: DefinitionLink[] = [];
  for (const reading of spot.segment.readings) {
    const { code, reference, other } = namesAt(spot.segment, reading, spot.offset);
    const origin = code?.span ?? other?.span ?? reference?.span;
    if (origin === undefined) continue;
    const found = code !== undefined ? placeOfCode(code)
      : other !== undefined ? await metricOf(workspace, reading, other.model, other.metric)
      : reference === undefined ? undefined
      : await placeOf(workspace, spot, reading, reference.target, reference.isDefinition === true);
    if (found !== undefined && !links.some((it) => it.uri === found.uri && it.span.start === found.span.start)) {
      links.push({ origin: toDocument(spot.region, spot.segment.segment, origin), uri: found.uri, span: found.span });
    }
  }
  return links;
}

/** The option, or the choice that has no such code. */
const placeOfCode = ({ option, choice }: Pick<CodeUse, 'option' | 'choice'>): Place => (option ?? choice).place;

async function placeOf(workspace: Workspace, spot: Spot, reading: Reading, target: Target, isHeader: boolean): Promise<Location | Place | undefined> {
  const here = (span: Span): Location => ({ uri: spot.document.uri, span: toDocument(spot.region, spot.segment.segment, span) });
  switch (target.kind) {
    case 'table':
      return target.table.place;
    case 'column':
      return target.column.place;
    case 'measure': {
      const { measure } = target;
      if (measure.uri === '') {
        const span = ownMeasure(spot.segment.segment.item, measure.name);
        return span === undefined ? undefined : here(span);
      }
      return placeOfMetric(workspace, (isHeader ? reading.model?.measures.get(nameKey(measure.name)) : undefined) ?? measure);
    }
    case 'extension': {
      if (target.definition === undefined) return undefined;
      return target.owner === undefined ? here(target.definition) : placeIn(workspace, target.owner, target.definition);
    }
    case 'variable':
    case 'parameter':
      return here(target.definition);
    case 'definedTable':
      return target.table.uri === '' ? here(target.table.definition.nameSpan) : placeIn(workspace, target.table, target.table.definition.nameSpan);
    case 'definedColumn':
      return target.column.uri === '' ? here(target.column.definition.nameSpan) : placeIn(workspace, target.column, target.column.definition.nameSpan);
    case 'definedFunction':
      return target.function.uri === '' ? here(target.function.definition.nameSpan) : placeIn(workspace, target.function, target.function.definition.nameSpan);
    case 'function':
    case 'word':
    case 'unresolved':
      return undefined;
    default:
      return assertNever(target);
  }
}

async function metricOf(workspace: Workspace, reading: Reading, model: string, metric: string): Promise<Location | undefined> {
  const measure = namedModel(await workspace.models(), reading.model, model)?.measures.get(nameKey(metric));
  return measure === undefined ? undefined : placeOfMetric(workspace, measure);
}

/** The name in the header of a metric's definition. */
export async function placeOfMetric(workspace: Workspace, measure: MeasureSymbol): Promise<Location | undefined> {
  // A DEFINE without EVALUATE defines several.
  const among = ownMeasure(measure.segment.item, measure.name);
  if (among !== undefined) return placeIn(workspace, measure, among);
  const { item } = measure.segment;
  const span = item.kind === 'measure' ? item.nameSpan : ownMeasure(item, measure.name);
  return span === undefined ? undefined : placeIn(workspace, measure, span);
}

/** A metric that a query, or a DEFINE without one, defines. */
function ownMeasure(item: Item, name: string): Span | undefined {
  if (item.kind !== 'query') return undefined;
  return item.definitions.find((it) => it.kind === 'measure' && nameKey(it.name) === nameKey(name))?.nameSpan;
}

/** A span of a segment of some file, which may have moved. */
async function placeIn(workspace: Workspace, { uri, segment }: { readonly uri: string; readonly segment: { readonly item: Item } }, span: Span): Promise<Location | undefined> {
  const document = await workspace.document(uri);
  for (const region of document?.regions ?? []) {
    const found = region.segments.find((it) => it.segment.item === segment.item);
    if (found !== undefined) return { uri, span: toDocument(region, found.segment, span) };
  }
  return undefined;
}
