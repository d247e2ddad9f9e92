/** The tests of the workspace as an editor lists them: by file, metric and tag. */
import type { Span } from '../../base/spans.ts';
import { measuresIn } from '../../workspace/measures.ts';
import { testSpan, testsOf, testTitle, type TagTest } from '../../workspace/tests.ts';
import type { SegmentView, Workspace, WorkspaceDocument } from '../../workspace/types.ts';
import { toDocument } from '../spot.ts';

export interface FileTests {
  readonly document: WorkspaceDocument;
  readonly metrics: readonly MetricTests[];
}

export interface MetricTests {
  /** Stays while the text around the metric changes. */
  readonly id: string;
  readonly name: string;
  /** The name in its definition. */
  readonly span: Span;
  readonly tags: readonly ListedTag[];
}

export interface ListedTag {
  readonly id: string;
  readonly title: string;
  /** Where several models read the tag: the one of this test. */
  readonly model: string | undefined;
  readonly span: Span;
}

/** Of the metrics of a document. */
export const metricIdOf = ({ metric, nth }: Pick<TagTest, 'metric' | 'nth'>): string => JSON.stringify(nth === 0 ? [metric] : [metric, nth]);

/** The id of the metric that a segment defines. */
export function metricIdAt(document: WorkspaceDocument, segment: SegmentView): string {
  const { item } = segment.segment;
  const metric = item.kind === 'measure' ? item.name : '';
  const alike = measuresIn(document).filter((it) => it.item.name === metric);
  return metricIdOf({ metric, nth: alike.findIndex((it) => it.segment === segment) });
}

/** Of the tests of a document: it stays while the text around the tag changes, and while the tag itself does. */
export const testId = ({ metric, nth, index, reading }: TagTest): string => JSON.stringify([metric, nth, index, reading.model?.name ?? null]);

/** The tests of one document. */
export function fileTests(document: WorkspaceDocument): FileTests {
  const metrics = new Map<string, { readonly test: TagTest; readonly tags: ListedTag[] }>();
  for (const it of testsOf(document)) {
    const id = metricIdOf(it);
    let entry = metrics.get(id);
    if (entry === undefined) metrics.set(id, (entry = { test: it, tags: [] }));
    const several = it.segment.readings.length > 1;
    entry.tags.push({ id: testId(it), title: testTitle(it), model: several ? it.reading.model?.name : undefined, span: testSpan(it) });
  }
  return {
    document,
    metrics: [...metrics].map(([id, { test: { metric, region, segment }, tags }]): MetricTests => {
      const { item } = segment.segment;
      return { id, name: metric, span: toDocument(region, segment.segment, item.kind === 'measure' ? item.nameSpan : item.span), tags };
    }),
  };
}

/** @returns the tests of one file, or of every file that has any, in order of their names */
export async function listTests(workspace: Workspace, uri: string | undefined): Promise<readonly FileTests[]> {
  if (uri !== undefined) {
    const document = await workspace.document(uri);
    return document === undefined ? [] : [fileTests(document)];
  }
  const found: FileTests[] = [];
  for (const it of await workspace.checkableFiles()) {
    const document = await workspace.document(it);
    if (document === undefined || !/@(?:expect|compare)\b/.test(document.text)) continue;
    const file = fileTests(document);
    if (file.metrics.length > 0) found.push(file);
  }
  return found;
}
