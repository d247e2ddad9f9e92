/** Databases of models, opened in the engine when something is evaluated; jobs answered once per data. */
import { lowerDatabase, type DatabaseFinding, type LoweringSource } from '../analysis/index.ts';
import { nameKey, type Model } from '../model/model.ts';
import type { DataFault, DatabaseSpec, InspectedPart, TableFacts } from '../plan/database.ts';
import type { ColumnRef, Job, JobResult, JobStats, QueryResult } from '../plan/plan.ts';
import type { At } from '../plan/values.ts';
import type { FileHost, Host } from './host.ts';
import { coveredBy, type Covered } from './covered.ts';
import { requestKeys, stampsOf } from './requestKeys.ts';
import { inRole, loweringFor, plansIn, requestGroups, type Lowering } from './requestPlans.ts';
import { traceTree, type Traced } from './trace.ts';
import type { Cancellation, EvaluationRequest, KnownColumn, ModelView } from './types.ts';

export interface Databases {
  evaluate(view: ModelView, requests: readonly EvaluationRequest[], cancellation?: Cancellation): Promise<readonly QueryResult[]>;
  /** Evaluates one query anew, and tells how its value came about. */
  trace(view: ModelView, request: EvaluationRequest, cancellation?: Cancellation): Promise<Traced>;
  /** Evaluates queries anew, and tells which branches of which definitions they took. */
  coverage(view: ModelView, requests: readonly EvaluationRequest[], cancellation?: Cancellation): Promise<readonly Covered[]>;
  /** Reads the model's files, where that is still to be done. */
  opened(view: ModelView): Promise<Opened>;
  /**
   * What is known of tables after load, of all or of those named; values that are waited for come first. Of a table whose
   * rows cannot be had nothing is told.
   */
  facts(view: ModelView, tables?: readonly string[]): Promise<readonly TableFacts[]>;
  /** The same of one column, also where its values were not made yet. */
  columnFacts(view: ModelView, column: ColumnRef): Promise<KnownColumn | undefined>;
  /** All that is wrong with the data of the model. */
  faults(view: ModelView): Promise<readonly DataFault[]>;
  /** Findings of the calculated tables and columns of a model, by file: circles among them. */
  findings(view: ModelView): readonly DatabaseFinding[];
  /** Data files changed on disk: what was computed from them is forgotten. */
  filesChanged(uris: readonly string[]): void;
  readonly stats: JobStats & { readonly jobs: number };
}

export interface Opened {
  readonly key: string;
  /** When the file of a table was changed, in milliseconds since 1970, by `nameKey` of the table. */
  readonly changed: ReadonlyMap<string, number>;
  /** What was found to be wrong so far. */
  readonly faults: DataFault[];
  /** What was asked about these rows, and no others. */
  readonly inspected: Map<string, Promise<TableFacts | undefined>>;
}

interface Entry {
  readonly model: Model;
  readonly clock: string;
  /** Of the metrics that the model's own DAX reads. */
  readonly stamps: string;
  readonly spec: DatabaseSpec;
  readonly findings: readonly DatabaseFinding[];
  opened: Promise<Opened> | undefined;
  /** Results by the query's text and the stamps of the metrics it may read; another map for other data. */
  results: Map<string, QueryResult>;
  /** How the values came about that were asked about last: who points at one part of a metric points at the next. */
  traces: Map<string, { readonly measures: ModelView['measures']; readonly traced: Traced }>;
  /** Query texts by number: one text may be asked for once for each of thousands of EVALUATEs. */
  readonly texts: Map<string, number>;
}

/** Results kept per model; a result is one small table. */
const keptResults = 20_000;
const keptTraces = 4;

/** @param lateFaults called when data that were read for an evaluation turned out to be faulty */
export function createDatabases(host: Host, lateFaults: () => void): Databases {
  const entries = new Map<string, Entry>();
  const total = { jobs: 0, scans: 0, waves: 0 };

  const entryOf = (view: ModelView): Entry => {
    const name = databaseName(view);
    const known = entries.get(name);
    const stamps = stampsOf(view);
    if (known !== undefined && known.model === view.model && known.clock === view.project.clock && known.stamps === stamps) return known;
    const clock = clockOf(view.project.clock, host.now());
    const { spec, findings } = lowerDatabase(view.model, {
      clock,
      generate: { until: endOfTime(view.project.clock, clock) },
      culture: view.project.culture,
      seed: 1,
      limits: view.project.limits,
      measures: view.measures,
      defined: view.defined,
    });
    const entry: Entry = { model: view.model, clock: view.project.clock, stamps, spec, findings, opened: undefined, results: new Map(), traces: new Map(), texts: new Map() };
    entries.set(name, entry);
    return entry;
  };

  const open = (view: ModelView, entry: Entry): Promise<Opened> => {
    entry.opened ??= (async () => {
      const { key, changed } = await contentOf(entry.spec, host.files);
      const watch = host.watchLoading?.(view.name);
      const { faults } = await host.engine.open(databaseName(view), { ...entry.spec, key }, watch);
      watch?.done();
      return { key, changed, faults: [...faults], inspected: new Map<string, Promise<TableFacts | undefined>>() };
    })();
    return entry.opened;
  };

  const inspect = (view: ModelView, entry: Entry, { key, faults, inspected }: Opened, part: InspectedPart): Promise<TableFacts | undefined> => {
    const name = JSON.stringify([part.table, part.column]);
    const known = inspected.get(name);
    if (known !== undefined) return known;
    const asked = host.engine.inspect(databaseName(view), key, part).then((it) => {
      // Another was opened in its place: nothing of that is said of this one, which is opened anew when it is next asked for.
      if (it === undefined) {
        if (entries.get(databaseName(view)) === entry) entry.opened = undefined;
        return undefined;
      }
      faults.push(...it.faults);
      if (it.faults.length > 0) lateFaults();
      return it.facts;
    });
    inspected.set(name, asked);
    return asked;
  };

  const factsOf = async (view: ModelView, entry: Entry, only?: readonly string[]): Promise<readonly TableFacts[]> => {
    const opened = await open(view, entry);
    const keys = only === undefined ? undefined : new Set(only.map(nameKey));
    const found: TableFacts[] = [];
    for (const { name } of entry.spec.tables) {
      if (keys?.has(nameKey(name)) === false) continue;
      const facts = await inspect(view, entry, opened, { table: name });
      if (facts !== undefined) found.push(facts);
    }
    return found;
  };

  /** Runs a job, and keeps what it cost and what it found wrong with the data. */
  const ask: Ask = async (view, job, cancellation) => {
    const entry = entryOf(view);
    const { opened } = entry;
    const watch = host.watchEvaluation?.(view.name);
    const signal = watch === undefined ? cancellation : { get isCancellationRequested() { return cancellation?.isCancellationRequested === true || watch.isCancelled(); } };
    const answer = await host.engine.run(databaseName(view), job, signal).finally(() => watch?.done());
    total.scans += answer.stats.scans;
    total.waves += answer.stats.waves;
    const { faults = [] } = answer;
    if (faults.length > 0) {
      (await opened)?.faults.push(...faults);
      lateFaults();
    }
    return answer;
  };

  return {
    opened: (view) => open(view, entryOf(view)),
    facts: (view, tables) => factsOf(view, entryOf(view), tables),
    async columnFacts(view, { table, column }) {
      const entry = entryOf(view);
      const own = entry.spec.tables.find((it) => nameKey(it.name) === nameKey(table));
      if (own === undefined) return undefined;
      const opened = await open(view, entry);
      const facts = await inspect(view, entry, opened, { table: own.name, column });
      const [found] = facts?.columns ?? [];
      return facts === undefined || found === undefined ? undefined : { ...found, rowCount: facts.rowCount };
    },
    async faults(view) {
      const entry = entryOf(view);
      await factsOf(view, entry);
      return (await open(view, entry)).faults;
    },
    findings: (view) => entryOf(view).findings,
    async evaluate(view, requests, cancellation) {
      const entry = entryOf(view);
      // Where the data changes meanwhile, what was computed from the old goes with the old map.
      const known = entry.results;
      const keys = requestKeys(view, entry.texts, requests);
      const missing = [...new Set(keys)].filter((it) => !known.has(it));
      if (missing.length > 0) {
        await open(view, entry);
        const wanted = new Map(requests.map((it, i) => [keys[i] ?? '', it]));
        const jobs = missing.flatMap((key) => wanted.get(key) ?? []);
        const results = await run(ask, view, jobs, cancellation);
        total.jobs++;
        missing.forEach((key, i) => {
          const result = results[i];
          if (result !== undefined) known.set(key, result);
        });
        const answers = keys.map((it) => known.get(it) ?? cancelled);
        // The oldest go first, never those of this request.
        for (const key of known.keys()) {
          if (known.size <= Math.max(keptResults, keys.length)) break;
          known.delete(key);
        }
        // A stopped evaluation says nothing about the value: it must not be what the next one finds.
        for (const key of missing) if (wasCancelled(known.get(key))) known.delete(key);
        return answers;
      }
      return keys.map((it) => used(known, it) ?? cancelled);
    },
    async trace(view, request, cancellation) {
      const entry = entryOf(view);
      await open(view, entry);
      const { traces } = entry;
      const [key = ''] = requestKeys(view, entry.texts, [request]);
      const known = used(traces, key);
      // Its steps point into the definitions of then.
      if (known?.measures === (request.measures ?? view.measures)) return known.traced;
      const lowering = loweringFor(view, request.measures ?? view.measures, request.defined ?? view.defined);
      const plan = plansIn(request.query, lowering)[request.index ?? 0];
      if (plan === undefined) return { result: syntaxError, trace: [] };
      const { results, trace = [] } = await ask(view, { ...inRole(lowering.job([plan]), request.role), trace: true }, cancellation);
      total.jobs++;
      const result = results[0] ?? cancelled;
      keepSources(result, lowering.sources);
      const traced: Traced = { result, trace: traceTree(trace, lowering.sources) };
      if (!wasCancelled(result)) traces.set(key, { measures: request.measures ?? view.measures, traced });
      for (const oldest of traces.keys()) {
        if (traces.size <= keptTraces) break;
        traces.delete(oldest);
      }
      return traced;
    },
    async coverage(view, requests, cancellation) {
      await open(view, entryOf(view));
      const covered: Covered[] = [];
      for (const { measures, defined, role, indices } of requestGroups(view, requests)) {
        if (cancellation?.isCancellationRequested === true) break;
        const lowering = loweringFor(view, measures, defined);
        const plans = indices.flatMap((i) => plansIn(requests[i]?.query ?? '', lowering)[requests[i]?.index ?? 0] ?? []);
        const job = inRole(lowering.job(plans), role);
        const { coverage } = await ask(view, { ...job, coverage: true }, cancellation);
        total.jobs++;
        if (coverage !== undefined) covered.push(...coveredBy(job, coverage, lowering.sources));
      }
      return covered;
    },
    filesChanged(uris) {
      const changed = new Set(uris);
      for (const entry of entries.values()) {
        const touched = entry.spec.tables.some((it) => it.source.kind === 'file' && changed.has(it.source.uri));
        if (!touched) continue;
        entry.opened = undefined;
        entry.results = new Map();
        entry.traces = new Map();
      }
    },
    get stats() {
      return { ...total };
    },
  };
}

/** Reads an entry and makes it the youngest. */
function used<V>(results: Map<string, V>, key: string): V | undefined {
  const value = results.get(key);
  if (value !== undefined) {
    results.delete(key);
    results.set(key, value);
  }
  return value;
}

const cancelled: QueryResult = { kind: 'notEvaluated', reason: { id: 'cancelled' }, at: undefined };

const wasCancelled = (it: QueryResult | undefined): boolean => it?.kind === 'notEvaluated' && it.reason.id === 'cancelled';

const databaseName = (view: ModelView): string => `${view.project.folder}\u0000${view.name}`;

type Ask = (view: ModelView, job: Job, cancellation: Cancellation | undefined) => Promise<JobResult>;

async function run(ask: Ask, view: ModelView, requests: readonly EvaluationRequest[], cancellation: Cancellation | undefined): Promise<readonly QueryResult[]> {
  const results: QueryResult[] = [];
  for (const { measures, defined, role, indices } of requestGroups(view, requests)) {
    const lowering = loweringFor(view, measures, defined);
    const plansOf = new Map<string, ReturnType<Lowering['query']>>();
    const plans = indices.map((i) => {
      const { query, index = 0 } = requests[i] ?? { query: '' };
      let all = plansOf.get(query);
      if (all === undefined) plansOf.set(query, (all = plansIn(query, lowering)));
      return all[index];
    });
    const known = plans.flatMap((it) => (it === undefined ? [] : [it]));
    const answer = await ask(view, inRole(lowering.job(known), role), cancellation);
    let next = 0;
    indices.forEach((i, at) => {
      const result = plans[at] === undefined ? syntaxError : (answer.results[next++] ?? cancelled);
      keepSources(result, lowering.sources);
      results[i] = result;
    });
  }
  return results;
}

/** Places outlive their job: what a place's `source` counts in is remembered beside it. */
const sources = new WeakMap<At, LoweringSource>();

/** The text that a place of a result points into: a query's, or the segment of a metric. */
export const sourceOf = (at: At | undefined): LoweringSource | undefined => (at === undefined ? undefined : sources.get(at));

function keepSources(result: QueryResult, known: readonly LoweringSource[]): void {
  const keep = (at: At | undefined): void => {
    const source = at === undefined ? undefined : known[at.source];
    if (at !== undefined && source !== undefined) sources.set(at, source);
  };
  switch (result.kind) {
    case 'error':
      return keep(result.error.at);
    case 'notEvaluated':
      return keep(result.at);
    case 'table':
      for (const column of result.columns) {
        for (const cell of column.cells) if (typeof cell === 'object' && cell !== null && cell.cell !== 'variant') keep(cell.at);
      }
  }
}

const syntaxError: QueryResult = { kind: 'notEvaluated', reason: { id: 'syntax-error' }, at: undefined };

/** A key that changes when the description or a data file does, and when each file was changed. */
async function contentOf(spec: DatabaseSpec, files: FileHost): Promise<Pick<Opened, 'key' | 'changed'>> {
  const parts = [spec.key];
  const changed = new Map<string, number>();
  for (const table of spec.tables) {
    if (table.source.kind !== 'file') continue;
    const facts = await files.stat(table.source.uri);
    parts.push('fault' in facts ? facts.fault : `${String(facts.size)}@${String(facts.modified)}`);
    // A file system that does not know says 1970.
    if (!('fault' in facts) && facts.modified > 0) changed.set(nameKey(table.name), facts.modified);
  }
  return { key: parts.join('|'), changed };
}

/** Where made-up time ends: at a clock that stands still, since rows are the same every day. */
export const endOfTime = (clock: string, serial: number | 'data'): number | undefined => (clock === 'now' || serial === 'data' ? undefined : serial);

/**
 * @param now milliseconds since 1970
 * @returns days since 1899-12-30; `data` is for the engine to tell
 */
export function clockOf(clock: string, now: number): number | 'data' {
  const epoch = Date.UTC(1899, 11, 30);
  if (clock === 'now') return (now - epoch) / 86_400_000;
  if (clock === 'data') return clock;
  return (Date.parse(`${clock}${/[zZ]$|[+-]\d\d:\d\d$/.test(clock) ? '' : 'Z'}`) - epoch) / 86_400_000;
}
