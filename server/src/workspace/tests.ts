/** The `@expect` and `@compare` tags of documents as tests: listed without a value being computed, and run. */
import { expectations, type Compare, type DocTags, type Expectation } from '../expect/index.ts';
import { runComparison } from './comparisonRun.ts';
import { runTags } from './expectationRun.ts';
import { measuresIn } from './measures.ts';
import { placeOfTag, titleOfTag, type ExpectationResult, type TagContext } from './tagRun.ts';
import type { Cancellation, Reading, RegionView, SegmentView, Workspace, WorkspaceDocument } from './types.ts';

/** One tag in one model. */
export type TagTest = {
  readonly metric: string;
  /** Which of the definitions of that name in the document, from 0. */
  readonly nth: number;
  /** Which of the metric's tags, from 0: expectations before comparisons. */
  readonly index: number;
  readonly region: RegionView;
  readonly segment: SegmentView;
  readonly reading: Reading;
} & (
  | { readonly kind: 'expectation'; readonly tag: Expectation }
  | { readonly kind: 'comparison'; readonly tag: Compare }
);

/** A test with its document. */
export type PlacedTest = TagTest & { readonly uri: string };

/** A test with what came of it. */
export interface TestedTag {
  readonly test: TagTest;
  readonly result: ExpectationResult;
}

/** The tags of a document that can be read, in order: of each metric, in each of its models. */
export function testsOf(document: WorkspaceDocument): readonly TagTest[] {
  const tests: TagTest[] = [];
  const seen = new Map<string, number>();
  for (const { region, segment, item } of measuresIn(document)) {
    const nth = seen.get(item.name) ?? 0;
    seen.set(item.name, nth + 1);
    if (item.docs === undefined) continue;
    const tags = expectations(item.docs);
    for (const reading of segment.readings) tests.push(...tagsOf({ metric: item.name, nth, region, segment, reading }, tags));
  }
  return tests;
}

function tagsOf(place: Pick<TagTest, 'metric' | 'nth' | 'region' | 'segment' | 'reading'>, { expectations: expected, compares }: DocTags): readonly TagTest[] {
  return [
    ...expected.map((tag, index): TagTest => ({ ...place, kind: 'expectation', tag, index })),
    ...compares.map((tag, i): TagTest => ({ ...place, kind: 'comparison', tag, index: expected.length + i })),
  ];
}

/** The tests of a document by its address; none where it cannot be read. */
export async function testsIn(workspace: Workspace, uri: string): Promise<readonly PlacedTest[]> {
  const document = await workspace.document(uri);
  return document === undefined ? [] : testsOf(document).map((it) => ({ ...it, uri }));
}

/** The tag as written, on one line, and where it stands in the document. */
export const testTitle = ({ segment, tag }: TagTest): string => titleOfTag(segment.segment, tag.span);
export const testSpan = ({ region, segment, tag }: TagTest): ReturnType<typeof placeOfTag> => placeOfTag(region, segment, tag.span);

/** The filters of a tag as they are written, on one line; undefined where there are none. */
export const testFilter = ({ tag }: TagTest): string | undefined =>
  tag.where.length === 0 ? undefined : tag.where.map((it) => it.text.replace(/\s+/g, ' ')).join(', ');

/**
 * Runs tests, a metric at a time: those of one metric in one model share a job.
 *
 * @param onDone told after each metric, in order
 * @param cancellation looked at between metrics and during an evaluation; what is left then has no result
 */
export async function runTests(
  workspace: Workspace, tests: readonly TagTest[], cancellation?: Cancellation, onDone?: (done: readonly TestedTag[]) => void,
): Promise<readonly TestedTag[]> {
  const models = await workspace.models();
  const all: TestedTag[] = [];
  for (const group of byReading(tests)) {
    const [{ region, segment, reading, metric }] = group;
    const ctx: TagContext = { workspace, region, segment, reading, models, cancellation };
    const expected = group.filter((it) => it.kind === 'expectation');
    const results = expected.length === 0 ? [] : await runTags(ctx, metric, expected.map((it) => it.tag));
    const done: TestedTag[] = expected.flatMap((test, i) => {
      const result = results[i];
      return result === undefined ? [] : [{ test, result }];
    });
    for (const test of group) if (test.kind === 'comparison') done.push({ test, result: await runComparison(ctx, metric, test.tag) });
    // An evaluation that was stopped has told nothing about its tests.
    if (cancellation?.isCancellationRequested === true) break;
    all.push(...done);
    onDone?.(done);
  }
  return all;
}

function byReading(tests: readonly TagTest[]): readonly (readonly [TagTest, ...TagTest[]])[] {
  const groups = new Map<Reading, [TagTest, ...TagTest[]]>();
  for (const it of tests) {
    const group = groups.get(it.reading);
    if (group === undefined) groups.set(it.reading, [it]);
    else group.push(it);
  }
  return [...groups.values()];
}

/** Runs every tag of a document, in order. Metrics of a page are read as the page defines them. */
export async function runExpectations(workspace: Workspace, uri: string, cancellation?: Cancellation): Promise<readonly ExpectationResult[]> {
  const document = await workspace.document(uri);
  return document === undefined ? [] : (await runTests(workspace, testsOf(document), cancellation)).map((it) => it.result);
}
