/** Binding of whole texts in tests. */
import { parseFile } from '../../grammar/src/index.ts';
import type { Segment } from '../../grammar/src/tree.ts';
import { bind } from '../../server/src/analysis/index.ts';
import type { Bound, MeasureSymbol } from '../../server/src/analysis/bound.ts';
import type { Finding } from '../../server/src/findings/finding.ts';
import { functionNamed } from '../../server/src/functions/index.ts';
import { nameKey, type Model } from '../../server/src/model/model.ts';
import { definedNames } from '../../server/src/workspace/definedNames.ts';
import { expectFindings, oneFile, type FixtureFile } from './fixtures.ts';

export interface BoundText {
  readonly segments: readonly Segment[];
  readonly bounds: readonly Bound[];
  readonly measures: ReadonlyMap<string, MeasureSymbol>;
  /** Findings of all segments, in offsets of the text. */
  readonly findings: readonly Finding[];
}

/** Segments of a text. */
export const segmentsOf = (text: string): readonly Segment[] =>
  parseFile(text, { isFunction: (name) => functionNamed(name) !== undefined }).segments;

/** The metrics that segments define, by key; of two with one name the first counts. */
export function measuresOf(segments: readonly Segment[], model: string): ReadonlyMap<string, MeasureSymbol> {
  const measures = new Map<string, MeasureSymbol>();
  for (const segment of segments) {
    const { item } = segment;
    if (item.kind !== 'measure' || measures.has(nameKey(item.name))) continue;
    measures.set(nameKey(item.name), {
      kind: 'measure', name: item.name, model, uri: 'file:///main.dax', segment, docs: item.docs, body: item.body,
      homeTable: item.table?.text, format: undefined,
    });
  }
  return measures;
}

/** Binds each segment of a text in a model. */
export function bindText(text: string, model: Model | undefined): BoundText {
  const segments = segmentsOf(text);
  const measures = measuresOf(segments, model?.name ?? '');
  const { functions, tables, columns } = definedNames('file:///main.dax', segments, model);
  const bounds = segments.map((it) => bind(it, { model, measures, functions, tables, columns }));
  const findings = bounds.flatMap((bound) => bound.findings.map((it): Finding => ({
    ...it, span: { start: it.span.start + bound.segment.start, end: it.span.end + bound.segment.start },
  })));
  return { segments, bounds, measures, findings };
}

/** Checks that a text has just the findings that its carets expect. */
export function check(source: string, model: Model): BoundText {
  const file = oneFile(source);
  const bound = bindText(file.text, model);
  expectFindings(file, bound.findings);
  return bound;
}

/** Applies the first fix of the only finding and gives the text that results. */
export function fixed(source: string, model: Model): string {
  const file: FixtureFile = oneFile(source);
  const { bounds } = bindText(file.text, model);
  const found = bounds.flatMap((bound) => bound.findings.map((it) => ({ it, shift: bound.segment.start })));
  const [only] = found;
  const [fix] = only?.it.fixes ?? [];
  if (only === undefined || found.length !== 1 || fix === undefined) {
    throw new Error(`one finding with a fix is wanted: ${found.map(({ it }) => `${it.rule} (${String(it.fixes.length)})`).join(', ')}`);
  }
  return [...fix.edits].sort((a, b) => b.span.start - a.span.start).reduce(
    (text, edit) => text.slice(0, edit.span.start + only.shift) + edit.newText + text.slice(edit.span.end + only.shift),
    file.text,
  );
}
