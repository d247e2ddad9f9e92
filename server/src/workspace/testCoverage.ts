/** Coverage of tests: which definitions they evaluated, and which branches of IF, SWITCH, COALESCE and IFERROR were taken. */
import { expressionsOf, walk } from '../../../grammar/src/index.ts';
import type { Argument, Call, Item } from '../../../grammar/src/tree.ts';
import type { Span } from '../base/spans.ts';
import type { Covered } from './covered.ts';
import { measuresIn, type WrittenMeasure } from './measures.ts';
import { measureText, metricQuery } from './queries.ts';
import { columnsOf, otherSide, placeOfTag, readsWhole, type TagContext } from './tagRun.ts';
import type { PlacedTest, TagTest } from './tests.ts';
import type { Cancellation, EvaluationRequest, ModelView, Workspace, WorkspaceDocument } from './types.ts';

/** A document with the metrics that it defines; spans are the document's. */
export interface DocumentCoverage {
  readonly document: WorkspaceDocument;
  readonly metrics: readonly MetricCoverage[];
}

export interface MetricCoverage {
  readonly name: string;
  readonly nameSpan: Span;
  /** For how many contexts it was asked: groups, or rows of an iterator; 0: never. */
  readonly contexts: number;
  readonly choices: readonly ChoiceCoverage[];
}

/** One call that chooses between values. */
export interface ChoiceCoverage {
  /** The function, in capitals. */
  readonly name: string;
  readonly span: Span;
  readonly branches: readonly BranchCoverage[];
}

export interface BranchCoverage {
  /** When it is taken: `then`, `= "a"`. */
  readonly label: string;
  readonly span: Span;
  /** In how many contexts it gave the value; 0: never. */
  readonly taken: number;
}

/**
 * Evaluates what tests evaluate, and tells what they reach, in their documents and in all that their metrics read.
 *
 * @param besides documents that are told of though they have no tests
 * @param cancellation looked at between metrics; what is left then counts as not reached
 */
export async function testCoverage(
  workspace: Workspace, tests: readonly PlacedTest[], besides: readonly string[] = [], cancellation?: Cancellation,
): Promise<readonly DocumentCoverage[]> {
  const models = await workspace.models();
  const uris = new Set([...tests.map((it) => it.uri), ...besides]);
  const counts = new Map<Item, Counts>();
  // A metric at a time: what a job may cost is bounded.
  for (const { model, requests } of jobsFor(tests.map((test) => ({ of: test.reading, sides: evaluated({ workspace, models, cancellation, ...test }, test) })))) {
    if (cancellation?.isCancellationRequested === true) break;
    for (const it of await workspace.coverage(model, requests, cancellation)) {
      uris.add(it.uri);
      add(counts, it);
    }
  }
  const found: DocumentCoverage[] = [];
  for (const uri of uris) {
    const document = await workspace.document(uri);
    if (document !== undefined) found.push({ document, metrics: measuresIn(document).map((it) => coverageOf(it, counts)) });
  }
  return found.filter((it) => it.metrics.length > 0);
}

/** What is evaluated in one model. */
interface Side {
  readonly model: ModelView;
  readonly requests: readonly EvaluationRequest[];
}

/** Joins what the tests of one metric evaluate in one model. */
function jobsFor(tests: readonly { readonly of: TagTest['reading']; readonly sides: readonly Side[] }[]): readonly Side[] {
  const jobs: (Side & { readonly of: TagTest['reading']; readonly requests: EvaluationRequest[] })[] = [];
  for (const { of, sides } of tests) {
    for (const { model, requests } of sides) {
      // Tests of one metric stand beside each other, and few models do.
      const job = jobs.slice(-4).find((it) => it.of === of && it.model === model);
      if (job === undefined) jobs.push({ of, model, requests: [...requests] });
      else job.requests.push(...requests);
    }
  }
  return jobs;
}

/** What is evaluated for a test. */
function evaluated(ctx: TagContext, test: TagTest): readonly Side[] {
  const { model, measures, defined } = ctx.reading;
  const by = test.tag.kind === 'value' ? [] : test.tag.by;
  const rows = test.tag.kind === 'compare' ? test.tag.rows : [];
  if (model === undefined || ![...test.tag.where, ...by, ...rows].every(readsWhole)) return [];
  const lists = test.kind === 'comparison' ? [[], by, rows].filter((it, i) => i === 0 || it.length > 0) : [by];
  const where = test.tag.where.map((it) => it.text);
  const requestsOf = (expression: string, visible: Partial<EvaluationRequest>): readonly EvaluationRequest[] =>
    lists.map((list) => ({ query: metricQuery({ expression, name: test.metric, by: columnsOf(list), where }), ...visible }));
  const own = { model, requests: requestsOf(measureText(test.metric), { measures, defined }) };
  if (test.tag.kind === 'value') return [own];
  const other = otherSide(ctx, test.tag.kind === 'equal' ? test.tag.expression : test.tag.other, model);
  if (other === undefined) return [own];
  return [own, { model: other.model, requests: requestsOf(other.expression, { measures: other.measures, ...(other.model === model ? { defined } : {}) }) }];
}

interface Counts {
  contexts: number;
  /** By the place of the call in its segment. */
  readonly choices: Map<string, number[]>;
}

const placeKey = ({ start, end }: Span): string => `${String(start)}:${String(end)}`;

function add(counts: Map<Item, Counts>, { segment, call, taken }: Covered): void {
  let its = counts.get(segment.item);
  if (its === undefined) counts.set(segment.item, (its = { contexts: 0, choices: new Map() }));
  if (call === undefined) its.contexts += taken[0] ?? 0;
  else {
    const known = its.choices.get(placeKey(call));
    // A call that was lowered for several metrics is one in the text.
    its.choices.set(placeKey(call), taken.map((it, i) => it + (known?.[i] ?? 0)));
  }
}

function coverageOf({ region, segment, item }: WrittenMeasure, counts: ReadonlyMap<Item, Counts>): MetricCoverage {
  const at = (span: Span): Span => placeOfTag(region, segment, span);
  const its = counts.get(item);
  const choices = callsIn(item).flatMap((call): readonly ChoiceCoverage[] => {
    const branches = branchesOf(call, segment.segment.text);
    const taken = its?.choices.get(placeKey(call.span));
    return branches.length === 0 ? [] : [{
      name: call.name.toUpperCase(), span: at(call.span),
      branches: branches.map(({ label, index, span }) => ({ label, span: at(span), taken: taken?.[index] ?? 0 })),
    }];
  });
  return { name: item.name, nameSpan: at(item.nameSpan), contexts: its?.contexts ?? 0, choices };
}

function callsIn(item: Item): readonly Call[] {
  const calls: Call[] = [];
  for (const expression of expressionsOf(item)) walk(expression, (it) => { if (it.kind === 'call') calls.push(it); });
  return calls;
}

interface Branch {
  readonly label: string;
  /** Among the counts of the call. */
  readonly index: number;
  readonly span: Span;
}

/** The branches that are written; what is left out is BLANK, and no branch that anybody could forget. */
function branchesOf({ name, args }: Call, text: string): readonly Branch[] {
  const branch = (index: number, arg: Argument | undefined, label: string): readonly Branch[] =>
    (arg === undefined || arg.kind === 'omitted' || arg.kind === 'missing' ? [] : [{ label, index, span: arg.span }]);
  switch (name.toUpperCase()) {
    case 'IF':
    case 'IF.EAGER': return [...branch(0, args[1], 'then'), ...branch(1, args[2], 'else')];
    case 'IFERROR': return [...branch(0, args[0], 'no error'), ...branch(1, args[1], 'error')];
    case 'COALESCE': return args.flatMap((it, i) => branch(i, it, i === 0 ? 'not BLANK' : 'BLANK before'));
    case 'SWITCH': {
      const rest = args.slice(1);
      const arms = Math.floor(rest.length / 2);
      const pairs = Array.from({ length: arms }, (_, i) => branch(i, rest[2 * i + 1], matchText(rest[2 * i], text)));
      return [...pairs.flat(), ...(rest.length % 2 === 1 ? branch(arms, rest.at(-1), 'else') : [])];
    }
    default: return [];
  }
}

function matchText(match: Argument | undefined, text: string): string {
  const written = match === undefined ? '' : text.slice(match.span.start, match.span.end).replace(/\s+/g, ' ');
  return written.length > 60 ? `${written.slice(0, 60)}…` : written;
}
