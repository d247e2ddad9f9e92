/** Expectations that do not hold, as findings: they are computed when there is time for it. */
import type { Item } from '../../../grammar/src/tree.ts';
import type { TextEdit } from '../findings/finding.ts';
import { finding } from '../findings/registry.ts';
import { placeOfTag, type ExpectationResult } from './tagRun.ts';
import { testFilter, testsOf, type TagTest, type TestedTag } from './tests.ts';
import type { Cancellation, LocatedFinding, WorkspaceDocument } from './types.ts';

export interface FailedExpectations {
  /** Findings as far as the values are known; `onLate` is called once when others became known. */
  known(document: WorkspaceDocument, onLate: () => void): readonly LocatedFinding[];
  /** Data changed: nothing is known any more. */
  forget(): void;
}

/** What came of the tags of a metric the last time, by model and place of the tag. */
type Last = ReadonlyMap<string, ExpectationResult>;

/**
 * @param run runs tests, until they are cancelled
 * @param idle resolves when there is time for work that nobody waits for
 */
export function createFailedExpectations(
  run: (tests: readonly TagTest[], cancellation: Cancellation) => Promise<readonly TestedTag[]>, idle: () => Promise<void>,
): FailedExpectations {
  /** A definition that stays as it is, or only moves, shows what it showed until there is something newer. */
  const last = new WeakMap<Item, Last>();
  /** The documents whose values are there, or on their way. */
  let asked = new WeakSet<WorkspaceDocument>();
  const latest = new Map<string, WorkspaceDocument>();

  const findingsNow = (tests: readonly TagTest[]): readonly LocatedFinding[] => tests.flatMap((test) => {
    const result = last.get(test.segment.segment.item)?.get(keyOf(test));
    return result === undefined || result.passed || result.notEvaluated === true ? [] : [findingOf(test, result)];
  });
  const compute = async (document: WorkspaceDocument, tests: readonly TagTest[]): Promise<void> => {
    await idle();
    const cancellation: Cancellation = { get isCancellationRequested() { return latest.get(document.uri) !== document; } };
    if (cancellation.isCancellationRequested) return;
    const results = new Map<Item, Map<string, ExpectationResult>>();
    for (const { test, result } of await run(tests, cancellation)) {
      const { item } = test.segment.segment;
      const its = results.get(item) ?? new Map<string, ExpectationResult>();
      results.set(item, its.set(keyOf(test), result));
    }
    for (const [item, its] of results) last.set(item, its);
  };

  return {
    known(document, onLate) {
      latest.set(document.uri, document);
      if (!/@(?:expect|compare)\b/.test(document.text)) return [];
      const tests = testsOf(document);
      const shown = findingsNow(tests);
      if (tests.length > 0 && !asked.has(document)) {
        asked.add(document);
        const before = messages(shown);
        // A fault of ours is logged where the tests are asked for by name.
        compute(document, tests).then(() => { if (messages(findingsNow(tests)) !== before) onLate(); }, () => undefined);
      }
      return shown;
    },
    forget: () => void (asked = new WeakSet()),
  };
}

const keyOf = ({ index, reading }: TagTest): string => `${String(index)}\u0000${reading.model?.name ?? ''}`;

const messages = (findings: readonly LocatedFinding[]): string => JSON.stringify(findings.map((it) => [it.span.start, it.message]));

function findingOf(test: TagTest, { metric, model, expected, actual, pin }: ExpectationResult): LocatedFinding {
  const { region, segment, tag } = test;
  const filter = testFilter(test);
  const place = test.kind === 'expectation' && test.tag.kind === 'value' ? test.tag.valueSpan : tag.span;
  const span = placeOfTag(region, segment, place);
  const fix = pin === undefined ? [] : [{ title: `Expect ${brief(pin.newText)} instead of ${brief(expected)}`, edits: [{ span, newText: pin.newText } satisfies TextEdit], preferred: false }];
  return { ...finding('expectation-failed', { name: metric, expected, actual, ...(filter === undefined ? {} : { filter }) }, span, { fixes: fix }), model };
}

const brief = (text: string): string => (text.length > 40 ? `${text.slice(0, 40)}…` : text);
