/** Definitions as the nodes of a call hierarchy: where each stands, and which one a place of DAX belongs to. */
import type { Definition } from '../../../../grammar/src/tree.ts';
import { assertNever } from '../../base/assertNever.ts';
import { fileName } from '../../base/uri.ts';
import type { Span } from '../../base/spans.ts';
import { namesInModelFile } from '../../formats/modelNames.ts';
import { nameKey } from '../../model/model.ts';
import type { RegionView, SegmentView, WorkspaceDocument } from '../../workspace/types.ts';
import { mainReading, toDocument } from '../spot.ts';

export interface CallItem {
  readonly name: string;
  readonly kind: 'metric' | 'function' | 'table' | 'column' | 'variable' | 'query';
  /** The model, or the file where none is known. */
  readonly detail: string;
  readonly uri: string;
  /** The whole definition. */
  readonly span: Span;
  /** The name; of a query its first keyword. */
  readonly nameSpan: Span;
}

/** A stretch of a segment that belongs to one node, documentation left out. */
export interface Body {
  readonly item: CallItem;
  readonly document: WorkspaceDocument;
  readonly region: RegionView;
  readonly segment: SegmentView;
  /** Relative to the segment. */
  readonly span: Span;
}

/** The node that a place of DAX belongs to; undefined for an expression without a name and for prose. */
export function bodyAt(document: WorkspaceDocument, region: RegionView, segment: SegmentView, offset: number): Body | undefined {
  const { item } = segment.segment;
  const body = (found: CallItem, span: Span): Body => ({ item: found, document, region, segment, span });
  switch (item.kind) {
    case 'measure':
    case 'columnDefinition':
    case 'tableDefinition':
    case 'functionDefinition':
      return body(itemOf(item, document, region, segment), item.span);
    case 'query': {
      const inside = item.definitions.find((it) => it.span.start <= offset && offset <= it.span.end);
      if (inside !== undefined && inside.kind !== 'variableDefinition') return body(itemOf(inside, document, region, segment), inside.span);
      const [first] = item.evaluates;
      if (first === undefined) return undefined;
      const at = (span: Span): Span => toDocument(region, segment.segment, span);
      const query: CallItem = {
        name: 'EVALUATE', kind: 'query', detail: detailOf(document, segment), uri: document.uri, span: at(item.span), nameSpan: at(first.keyword),
      };
      return body(query, item.span);
    }
    case 'bare': {
      const declared = declaredItem(document, region, segment);
      return declared === undefined ? undefined : body(declared, item.span);
    }
    case 'prose':
      return undefined;
    default:
      return assertNever(item);
  }
}

const detailOf = (document: WorkspaceDocument, segment: SegmentView): string => mainReading(segment)?.model?.name ?? fileName(document.uri);

function itemOf(it: Definition, document: WorkspaceDocument, region: RegionView, segment: SegmentView): CallItem {
  const at = (span: Span): Span => toDocument(region, segment.segment, span);
  const span = { start: Math.min(it.span.start, it.docs?.span.start ?? it.span.start), end: Math.max(it.span.end, it.nameSpan.end) };
  return { name: it.name, kind: kindOf(it), detail: detailOf(document, segment), uri: document.uri, span: at(span), nameSpan: at(it.nameSpan) };
}

function kindOf(it: Definition): CallItem['kind'] {
  switch (it.kind) {
    case 'measure': return 'metric';
    case 'columnDefinition': return 'column';
    case 'tableDefinition': return 'table';
    case 'functionDefinition': return 'function';
    case 'variableDefinition': return 'variable';
    default: return assertNever(it);
  }
}

/** The calculated table or column of a model file whose expression a region is. */
function declaredItem(document: WorkspaceDocument, { region }: RegionView, segment: SegmentView): CallItem | undefined {
  const { defines } = region;
  if (defines?.kind !== 'calculated-table' && defines?.kind !== 'calculated-column') return undefined;
  const isColumn = defines.kind === 'calculated-column';
  const name = isColumn ? defines.column : defines.table;
  const key = namesInModelFile(document, document.uri, document.text).names.find((it) =>
    it.isDefinition && it.what === (isColumn ? 'column' : 'table') && nameKey(it.table) === nameKey(defines.table) && nameKey(it.name) === nameKey(name));
  if (key === undefined) return undefined;
  return {
    name: isColumn ? `${defines.table}[${name}]` : name, kind: isColumn ? 'column' : 'table', detail: detailOf(document, segment), uri: document.uri,
    span: { start: key.span.start, end: Math.max(key.span.end, region.span.end) }, nameSpan: key.span,
  };
}

/** The node whose name stands at an offset: a header, or the key of a calculated table or column in a model file. */
export function bodyNamedAt(document: WorkspaceDocument, offset: number): Body | undefined {
  for (const region of document.regions) {
    for (const segment of region.segments) {
      for (const body of bodiesOf(document, region, segment)) {
        if (body.item.nameSpan.start <= offset && offset <= body.item.nameSpan.end) return body;
      }
    }
  }
  return undefined;
}

/** All nodes of a segment. */
export function bodiesOf(document: WorkspaceDocument, region: RegionView, segment: SegmentView): readonly Body[] {
  const { item } = segment.segment;
  const starts = item.kind === 'query' ? [...item.definitions.map((it) => it.span.start), item.evaluates[0]?.span.start ?? item.span.end] : [item.span.start];
  return starts.flatMap((it) => bodyAt(document, region, segment, it) ?? []);
}
