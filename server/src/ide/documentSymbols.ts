/** The outline: what a file or a page's fences define. */
import type { Definition, Item } from '../../../grammar/src/tree.ts';
import type { Span } from '../base/spans.ts';
import { assertNever } from '../base/assertNever.ts';
import type { RegionView, SegmentView, Workspace } from '../workspace/types.ts';
import { asPlain, firstLine } from './markdown.ts';
import { mainReading, toDocument } from './spot.ts';

export interface DocumentSymbol {
  readonly name: string;
  readonly kind: 'measure' | 'column' | 'table' | 'function' | 'variable' | 'query';
  /** The metric's format, else the first line of its documentation. */
  readonly detail: string | undefined;
  /** The whole definition, documentation included. */
  readonly span: Span;
  /** The name. */
  readonly nameSpan: Span;
  readonly children: readonly DocumentSymbol[];
}

export async function documentSymbols(workspace: Workspace, uri: string): Promise<readonly DocumentSymbol[]> {
  const document = await workspace.document(uri);
  if (document === undefined || document.kind === 'model' || document.kind === 'project') return [];
  return document.regions.flatMap((region) => region.segments.flatMap((segment) => symbolsOf(region, segment)));
}

function symbolsOf(region: RegionView, segment: SegmentView): readonly DocumentSymbol[] {
  const place = (span: Span): Span => toDocument(region, segment.segment, span);
  const item: Item = segment.segment.item;
  switch (item.kind) {
    case 'measure': {
      const format = mainReading(segment)?.symbol?.format;
      return [symbolOf(item, 'measure', place, format === undefined ? undefined : asPlain(format, 40))];
    }
    case 'columnDefinition':
      return [symbolOf(item, 'column', place)];
    case 'tableDefinition':
      return [symbolOf(item, 'table', place)];
    case 'functionDefinition':
      return [symbolOf(item, 'function', place)];
    case 'query': {
      const first = item.evaluates[0];
      const children = item.definitions.map((it) => symbolOf(it, kindOf(it), place));
      if (first === undefined) return children;
      return [{
        name: 'EVALUATE', kind: 'query', detail: firstLine(item.docs), span: place(item.span), nameSpan: place(first.keyword), children,
      }];
    }
    case 'bare':
    case 'prose':
      return [];
    default:
      return assertNever(item);
  }
}

function symbolOf(it: Definition, kind: DocumentSymbol['kind'], place: (span: Span) => Span, format?: string): DocumentSymbol {
  const whole = { start: Math.min(it.span.start, it.docs?.span.start ?? it.span.start), end: Math.max(it.span.end, it.nameSpan.end) };
  // An editor shows no symbol without a name; a definition still being typed may have none.
  const name = it.name.trim() === '' ? '(no name)' : asPlain(it.name, 120);
  return { name, kind, detail: format ?? firstLine(it.docs), span: place(whole), nameSpan: place(it.nameSpan), children: [] };
}

function kindOf(it: Definition): DocumentSymbol['kind'] {
  switch (it.kind) {
    case 'measure': return 'measure';
    case 'columnDefinition': return 'column';
    case 'tableDefinition': return 'table';
    case 'functionDefinition': return 'function';
    case 'variableDefinition': return 'variable';
    default: return assertNever(it);
  }
}
