/** `test --mutate`: metrics changed one thing at a time, and which changes no expectation notices. */
import { spanToDocument } from '../../base/offsetMap.ts';
import type { Span } from '../../base/spans.ts';
import type { MeasureSymbol } from '../../analysis/bound.ts';
import { nameKey } from '../../model/model.ts';
import { namesInModel } from '../requestKeys.ts';
import type { Cancellation, ModelView, Reading, RegionView, SegmentView, Workspace } from '../types.ts';
import { casesIn, firstFailure, runCase, stepsFrom, type Case } from './cases.ts';
import type { Equivalence } from './equivalent.ts';
import { judgementOf, judgementsIn, type Judgement } from './judged.ts';
import { columnFacts, mutantsOf, type Mutant } from './mutants.ts';

export interface MutantResult {
  readonly uri: string;
  readonly metric: string;
  readonly model: string;
  readonly operator: string;
  /** The changed text in the document. */
  readonly span: Span;
  readonly before: string;
  readonly after: string;
  /** `judged`: it survived, and a comment says why that is right. */
  readonly state: 'killed' | 'survived' | 'judged' | 'notEvaluated';
  /** The metric and the tag that failed; why there is no verdict; the reason of the judgement. */
  readonly because: string | undefined;
}

export interface MutationReport {
  readonly mutants: readonly MutantResult[];
  /** Changes that were not made because they provably change nothing, by rule. */
  readonly equivalent: ReadonlyMap<Equivalence, number>;
  /** Metrics whose own expectations fail as they stand: those kill nothing. */
  readonly failing: readonly { readonly uri: string; readonly metric: string; readonly expectation: string }[];
  /** Comments that judge no survivor. */
  readonly unused: readonly { readonly uri: string; readonly span: Span }[];
}

export interface MutationOptions {
  readonly cancellation?: Cancellation | undefined;
  /** Told after each metric. */
  readonly onProgress?: ((done: number, all: number) => void) | undefined;
}

/** A definition that is mutated, with every model that reads it. */
interface Target {
  readonly uri: string;
  readonly region: RegionView;
  readonly segment: SegmentView;
  readonly readings: readonly { readonly reading: Reading; readonly model: ModelView; readonly symbol: MeasureSymbol }[];
}

/** An evaluation that takes longer than this, and than twenty of its kind, has no verdict. */
const longest = 5000;

/**
 * Mutates every metric of some documents. Each mutant runs the expectations of its metric, then those of metrics that
 * read it, nearest first, until one fails. Rows are loaded once.
 *
 * @param uris the documents whose metrics are mutated; expectations of the whole workspace may kill
 */
export async function runMutations(workspace: Workspace, uris: readonly string[], options: MutationOptions = {}): Promise<MutationReport> {
  const models = await workspace.models();
  const all = await casesIn(workspace, new Set([...uris, ...(await workspace.checkableFiles())]));
  const { passing, failing, slowest } = await baseline(workspace, all, models, options.cancellation);
  const targets = (await targetsIn(workspace, uris)).filter((it) => !isDocumentation(it, passing));
  const facts = new Map<ModelView, ReturnType<typeof columnFacts>>();
  const mutants: MutantResult[] = [];
  const equivalent = new Map<Equivalence, number>();
  const unused: MutationReport['unused'][number][] = [];
  let done = 0;
  for (const uri of new Set(targets.map((it) => it.uri))) {
    const document = await workspace.document(uri);
    const judgements = document === undefined ? [] : judgementsIn(document);
    const used = new Set<Judgement>();
    for (const target of targets.filter((it) => it.uri === uri)) {
      if (options.cancellation?.isCancellationRequested === true) break;
      const [first] = target.readings;
      if (first === undefined) continue;
      let factsOf = facts.get(first.model);
      if (factsOf === undefined) facts.set(first.model, (factsOf = columnFacts(await workspace.facts(first.model))));
      const own = mutantsOf(target.segment.segment, first.reading, first.model, factsOf);
      for (const [rule, count] of own.equivalent) equivalent.set(rule, (equivalent.get(rule) ?? 0) + count);
      const casesFor = casesOf(target, passing);
      const isRead = casesFor.length > 0 || casesOf(target, all).length > 0;
      for (const mutant of own.made) {
        const verdict = await judge({ workspace, models, target, mutant, cases: casesFor, isRead, patience: Math.max(longest, slowest * 20), outer: options.cancellation });
        const span = inDocument(target, mutant.change.span);
        const judgement = verdict.state === 'survived' ? judgementOf(judgements, mutant.operator, span) : undefined;
        if (judgement !== undefined) used.add(judgement);
        mutants.push({
          uri, metric: first.symbol.name, model: first.model.name, operator: mutant.operator, span,
          before: target.segment.segment.text.slice(mutant.change.span.start, mutant.change.span.end), after: mutant.change.newText,
          ...(judgement === undefined ? verdict : { state: 'judged', because: judgement.reason }),
        });
      }
      options.onProgress?.(++done, targets.length);
    }
    unused.push(...judgements.filter((it) => !used.has(it)).map(({ span }) => ({ uri, span })));
  }
  return { mutants, equivalent, failing, unused };
}

async function targetsIn(workspace: Workspace, uris: readonly string[]): Promise<readonly Target[]> {
  const targets: Target[] = [];
  for (const uri of uris) {
    const document = await workspace.document(uri);
    for (const region of document?.regions ?? []) {
      for (const segment of region.segments) {
        if (segment.segment.item.kind !== 'measure') continue;
        const readings = segment.readings.flatMap((reading) =>
          (reading.model === undefined || reading.symbol === undefined ? [] : [{ reading, model: reading.model, symbol: reading.symbol }]));
        if (readings.length > 0) targets.push({ uri, region, segment, readings });
      }
    }
  }
  return targets;
}

/** A page's copy of a metric that the model defines, which nothing with an expectation reads: the model's own is mutated. */
function isDocumentation(target: Target, cases: readonly Case[]): boolean {
  if (target.region.region.kind !== 'fence') return false;
  const isCopy = target.readings.every(({ model, symbol }) => model.measures.has(nameKey(symbol.name)));
  return isCopy && !casesOf(target, cases).some((it) => readsTarget(it, target));
}

/** Whether a case sees this very definition under its name. */
const readsTarget = (it: Case, { readings, segment }: Target): boolean =>
  readings.some(({ symbol }) => it.reading.measures.get(nameKey(symbol.name))?.segment === segment.segment);

/** The tags that hold as things stand: the others cannot tell a mutant from the metric. */
async function baseline(
  workspace: Workspace, all: readonly Case[], models: readonly ModelView[], cancellation: Cancellation | undefined,
): Promise<{ readonly passing: readonly Case[]; readonly failing: MutationReport['failing']; readonly slowest: number }> {
  const passing: Case[] = [];
  const failing: MutationReport['failing'][number][] = [];
  let slowest = 0;
  for (const it of all) {
    const started = Date.now();
    const ctx = { ...it, workspace, models, cancellation };
    const holds = async (part: Pick<Case, 'tags' | 'compares'>): Promise<boolean> => {
      const [result] = await runCase(ctx, { metric: it.metric, ...part });
      if (result?.passed !== true) failing.push({ uri: it.uri, metric: it.metric, expectation: result?.title ?? '' });
      return result?.passed === true;
    };
    const tags: Case['tags'][number][] = [];
    const compares: Case['compares'][number][] = [];
    // One job for all that are alike; which of them fails is asked only where one does.
    if ((await runCase(ctx, it)).every((result) => result.passed)) passing.push(it);
    else {
      for (const tag of it.tags) if (await holds({ tags: [tag], compares: [] })) tags.push(tag);
      for (const compare of it.compares) if (await holds({ tags: [], compares: [compare] })) compares.push(compare);
      if (tags.length + compares.length > 0) passing.push({ ...it, tags, compares });
    }
    slowest = Math.max(slowest, Date.now() - started);
  }
  // The first evaluation also loads the rows; it is no measure for the others.
  return { passing, failing, slowest: all.length > 1 ? slowest / 2 : 0 };
}

/** Cases that read the metric, nearest first; those of the metric itself are the nearest. */
function casesOf({ readings }: Target, cases: readonly Case[]): readonly Case[] {
  const [first] = readings;
  if (first === undefined) return [];
  const key = nameKey(first.symbol.name);
  return cases.filter((it) => it.reads.has(key)).sort((a, b) => (a.reads.get(key) ?? 0) - (b.reads.get(key) ?? 0));
}

interface Trial {
  readonly workspace: Workspace;
  readonly models: readonly ModelView[];
  readonly target: Target;
  readonly mutant: Mutant;
  readonly cases: readonly Case[];
  /** Whether an expectation reads the metric, be it one that fails as it stands. */
  readonly isRead: boolean;
  /** Milliseconds that one case may take. */
  readonly patience: number;
  readonly outer: Cancellation | undefined;
}

async function judge(trial: Trial): Promise<Pick<MutantResult, 'state' | 'because'>> {
  const { workspace, models, target, mutant, cases } = trial;
  const measuresOf = overlay(target, mutant);
  let unclear: string | undefined;
  for (const it of cases) {
    const measures = measuresOf(it.reading.measures);
    const readsOther = it.compares.length > 0 || it.tags.some((tag) => tag.kind === 'equal');
    // A page has a metric of its own of that name, or another model has one.
    if (measures === it.reading.measures && !readsOther) continue;
    const deadline = Date.now() + trial.patience;
    const cancellation: Cancellation = {
      get isCancellationRequested() {
        return trial.outer?.isCancellationRequested === true || Date.now() > deadline;
      },
    };
    const reading = { ...it.reading, bound: it.reading.bound, measures };
    const found = await firstFailure({ ...it, reading, workspace, models, cancellation, measuresOf: (model) => measuresOf(model.measures) }, it);
    if (found.failed !== undefined) return { state: 'killed', because: `${it.metric}: ${found.failed.title}` };
    unclear ??= found.unclear?.actual;
  }
  if (unclear !== undefined) return { state: 'notEvaluated', because: unclear };
  const [first] = target.readings;
  const isOfRows = first !== undefined && stepsFrom([...namesInModel(first.model.model)], [], first.model.measures).has(nameKey(first.symbol.name));
  if (isOfRows) return { state: 'notEvaluated', because: 'rows of the model are calculated from the metric' };
  return { state: 'survived', because: cases.length > 0 ? undefined : trial.isRead ? 'every expectation that reads the metric fails as it stands' : 'no expectation reads the metric' };
}

/** Sets of metrics with the mutant in the metric's place; one that does not have the metric stays as it is. */
function overlay({ segment }: Target, { symbol }: Mutant): (measures: Reading['measures']) => Reading['measures'] {
  const key = nameKey(symbol.name);
  const made = new Map<Reading['measures'], Reading['measures']>();
  return (measures) => {
    let its = made.get(measures);
    if (its === undefined) {
      its = measures.get(key)?.segment === segment.segment ? new Map(measures).set(key, symbol) : measures;
      made.set(measures, its);
    }
    return its;
  };
}

const inDocument = ({ region, segment }: Target, { start, end }: Span): Span =>
  spanToDocument(region.region.map, { start: segment.segment.start + start, end: segment.segment.start + end });
