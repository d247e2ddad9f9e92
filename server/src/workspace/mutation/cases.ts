/** The expectations of a workspace, and which of them a metric can fail. */
import { parseExpression } from '../../../../grammar/src/index.ts';
import { expectations, type Compare, type DaxPart, type Expectation } from '../../expect/index.ts';
import { nameKey } from '../../model/model.ts';
import { mentionedNames } from '../measureSets.ts';
import { runComparison } from '../comparisonRun.ts';
import { runTags } from '../expectationRun.ts';
import type { ExpectationResult, TagContext } from '../tagRun.ts';
import type { ModelView, Reading, RegionView, SegmentView, Workspace } from '../types.ts';

/** The tags of one metric as one model reads it. */
export interface Case {
  readonly uri: string;
  readonly region: RegionView;
  readonly segment: SegmentView;
  readonly reading: Reading;
  readonly model: ModelView;
  readonly metric: string;
  readonly tags: readonly Expectation[];
  /** Those that can fail: with a bound. */
  readonly compares: readonly Compare[];
  /** Keys of the metrics that it reads, at any depth, with the fewest steps to each; itself at 0. */
  readonly reads: ReadonlyMap<string, number>;
}

/** @param uris the documents to look for tags in */
export async function casesIn(workspace: Workspace, uris: Iterable<string>): Promise<readonly Case[]> {
  const cases: Case[] = [];
  for (const uri of uris) {
    const document = await workspace.document(uri);
    for (const region of document?.regions ?? []) {
      for (const segment of region.segments) {
        const { item } = segment.segment;
        if (item.kind !== 'measure' || item.docs === undefined) continue;
        const { expectations: tags, compares: all } = expectations(item.docs);
        const compares = all.filter((it) => it.within !== undefined);
        if (tags.length + compares.length === 0) continue;
        for (const reading of segment.readings) {
          const { model } = reading;
          if (model === undefined) continue;
          cases.push({ uri, region, segment, reading, model, metric: item.name, tags, compares, reads: readsOf(nameKey(item.name), tags, compares, reading) });
        }
      }
    }
  }
  return cases;
}

/** Runs the tags of a case, in order: those that are alike as one job. */
export async function runCase(ctx: TagContext, { metric, tags, compares }: Pick<Case, 'metric' | 'tags' | 'compares'>): Promise<readonly ExpectationResult[]> {
  const results = tags.length === 0 ? [] : [...(await runTags(ctx, metric, tags))];
  for (const it of compares) results.push(await runComparison(ctx, metric, it));
  return results;
}

/** Runs the tags of a case until one fails: the first by itself, since it mostly does, then the rest, then comparisons. */
export async function firstFailure(ctx: TagContext, { metric, tags, compares }: Case): Promise<{ readonly failed: ExpectationResult | undefined; readonly unclear: ExpectationResult | undefined }> {
  const parts = [{ tags: tags.slice(0, 1), compares: [] }, { tags: tags.slice(1), compares: [] }, ...compares.map((it) => ({ tags: [], compares: [it] }))];
  let unclear: ExpectationResult | undefined;
  for (const part of parts) {
    if (part.tags.length + part.compares.length === 0) continue;
    const results = await runCase(ctx, { metric, ...part });
    const failed = results.find((it) => !it.passed && it.notEvaluated !== true);
    if (failed !== undefined) return { failed, unclear };
    unclear ??= results.find((it) => it.notEvaluated === true);
  }
  return { failed: undefined, unclear };
}

function readsOf(metric: string, tags: readonly Expectation[], compares: readonly Compare[], { measures }: Reading): ReadonlyMap<string, number> {
  const inTags = [
    ...tags.flatMap((it) => [...it.where, ...(it.kind === 'equal' ? [...it.by, it.expression] : [])]),
    ...compares.flatMap((it) => [...it.where, ...it.by, ...it.rows, it.other]),
  ].flatMap(namesIn);
  return stepsFrom([metric], inTags, measures);
}

/**
 * What names read at any depth, with the fewest steps to each: `first` are 0 steps away, `second` 1. Names in brackets are
 * followed whether they are metrics or columns: more is read than needed, never less.
 */
export function stepsFrom(first: readonly string[], second: readonly string[], measures: Reading['measures']): ReadonlyMap<string, number> {
  const steps = new Map(first.map((it) => [it, 0]));
  let level = [...first, ...second];
  for (let step = 1; level.length > 0; step++) {
    const next: string[] = [];
    for (const name of level) {
      if (!steps.has(name)) steps.set(name, step);
      const item = measures.get(name)?.segment.item;
      for (const it of item === undefined ? [] : mentionedNames(item)) {
        if (steps.has(it)) continue;
        steps.set(it, step);
        next.push(it);
      }
    }
    level = next;
  }
  return steps;
}

function namesIn({ text }: DaxPart): readonly string[] {
  const { expression } = parseExpression(text);
  const names = mentionedNames({ kind: 'bare', span: expression.span, docs: undefined, expression });
  // `[model::metric]` reads a metric of another model.
  return names.map((it) => it.split('::').at(-1) ?? it);
}
