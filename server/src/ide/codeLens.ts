/** What stands above a definition: whether its expectations hold, who refers to it, and what one may do with its value; above a query, that it has results. */
import { lineEnd, type Span } from '../base/spans.ts';
import { measuresIn, type WrittenMeasure } from '../workspace/measures.ts';
import type { Cancellation, SegmentView, Workspace, WorkspaceDocument } from '../workspace/types.ts';
import { runTests, testsOf } from '../workspace/tests.ts';
import { references } from './references/references.ts';
import { subjectsIn } from './results/subject.ts';
import { mainReading, toDocument, type Location } from './spot.ts';
import { metricIdOf } from './tests/list.ts';

export interface CodeLens {
  readonly kind: 'tests' | 'references' | 'results' | 'pin';
  /** The name in the definition; of a query its first line. */
  readonly span: Span;
}

/** A lens with what it says and does. */
export type LensText =
  | { readonly kind: 'tests'; readonly title: string; readonly metric: string }
  | { readonly kind: 'references'; readonly title: string; readonly places: readonly Location[] }
  | { readonly kind: 'results' | 'pin'; readonly title: string };

/** The lenses of a document, in order; what they say is found when one is seen. */
export function codeLenses(document: WorkspaceDocument): readonly CodeLens[] {
  const tested = new Set(testsOf(document).map((it) => it.segment));
  const named = namedIn(document).flatMap(({ region, segment, item }): readonly CodeLens[] => {
    const span = toDocument(region, segment.segment, item.nameSpan);
    const references: CodeLens = { kind: 'references', span };
    // Without a model there are no values.
    if (mainReading(segment)?.model === undefined) return [references];
    return tested.has(segment) ? [{ kind: 'tests', span }, { kind: 'results', span }, references]
      : [{ kind: 'results', span }, references, { kind: 'pin', span }];
  });
  return [...named, ...queriesIn(document)].sort((a, b) => a.span.start - b.span.start);
}

/** Each EVALUATE and bare expression that a model reads. */
function queriesIn(document: WorkspaceDocument): readonly CodeLens[] {
  const spans = subjectsIn(document).flatMap(({ found }) => (found.kind === 'query' ? [toDocument(found.region, found.segment.segment, found.entry.whole)] : []));
  // Of a text that several models read there is one lens; it asks for the model.
  return [...new Map(spans.map((it) => [it.start, it])).values()].map(({ start, end }) => ({ kind: 'results', span: { start, end: Math.min(end, lineEnd(document.text, start)) } }));
}

const namedIn = (document: WorkspaceDocument): readonly WrittenMeasure[] => measuresIn(document).filter((it) => it.item.name !== '');

/**
 * What a lens says now.
 *
 * @returns undefined where the definition is not there any more
 */
export async function codeLensText(workspace: Workspace, uri: string, { kind, span }: CodeLens, cancellation: Cancellation): Promise<LensText | undefined> {
  const document = await workspace.document(uri);
  if (document === undefined) return undefined;
  const metric = namedIn(document).find((it) => toDocument(it.region, it.segment.segment, it.item.nameSpan).start === span.start);
  if (metric === undefined) return kind === 'results' && queriesIn(document).some((it) => it.span.start === span.start) ? { kind, title: 'Show results' } : undefined;
  switch (kind) {
    case 'results': return { kind, title: 'Show results' };
    case 'pin': return { kind, title: 'Pin this value' };
    case 'references': {
      const places = await references(workspace, uri, span.start, false);
      return { kind, title: places.length === 1 ? '1 reference' : `${String(places.length)} references`, places };
    }
    case 'tests': return testsText(workspace, document, metric.segment, cancellation);
  }
}

/** How many of a metric's tags hold. A comparison without a bound cannot fail, and is none to count on. */
async function testsText(workspace: Workspace, document: WorkspaceDocument, segment: SegmentView, cancellation: Cancellation): Promise<LensText | undefined> {
  const tests = testsOf(document).filter((it) => it.segment === segment);
  const [first] = tests;
  if (first === undefined) return undefined;
  const results = (await runTests(workspace, tests, cancellation)).map((it) => it.result);
  const missing = results.filter((it) => it.notEvaluated === true).length;
  const failed = results.filter((it) => !it.passed).length - missing;
  const what = (count: number): string => `${tests.every((it) => it.kind === 'expectation') ? 'expectation' : 'test'}${count === 1 ? '' : 's'}`;
  const all = tests.length;
  const verb = (count: number, one: string, several: string): string => (count === 1 ? one : several);
  const title = results.length < all ? `${String(all)} ${what(all)}`
    : failed > 0 ? `${String(failed)} of ${String(all)} ${what(all)} ${verb(failed, 'fails', 'fail')}`
    : missing > 0 ? `${String(missing)} of ${String(all)} ${what(all)} ${verb(missing, 'has', 'have')} no value`
    : `${String(all)} ${what(all)} ${verb(all, 'holds', 'hold')}`;
  return { kind: 'tests', title, metric: metricIdOf(first) };
}
