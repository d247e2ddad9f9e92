// The real chain, in one process: model file → model → databases, texts → plans → results.
import { parseExpression, parseFile } from '../../grammar/src/index.ts';
import { bind, createLowering, lowerDatabase, type MeasureSymbol } from '../../server/src/analysis/index.ts';
import { openDatabase, runJob, type Database } from '../../server/src/engine/index.ts';
import { expectations } from '../../server/src/expect/index.ts';
import type { Finding } from '../../server/src/findings/finding.ts';
import { readModelFile, resolveModel } from '../../server/src/formats/index.ts';
import { functionNamed } from '../../server/src/functions/index.ts';
import { defaultLimits, nameKey, type Model } from '../../server/src/model/model.ts';
import type { DatabaseSpec } from '../../server/src/plan/database.ts';
import type { Job, JobStats, QueryResult } from '../../server/src/plan/plan.ts';
import { inspectAll } from '../support/inspect.ts';

/** A model with its metrics and its rows. */
export interface Shop {
  readonly model: Model;
  readonly measures: ReadonlyMap<string, MeasureSymbol>;
  /** What the database was opened from. */
  readonly spec: DatabaseSpec;
  readonly database: Database;
  /** The role in which queries are seen. */
  readonly role?: string;
}

export interface Answer {
  readonly result: QueryResult;
  readonly stats: JobStats;
  /** What the checks say to the text: errors and warnings. */
  readonly errors: readonly Finding[];
}

const isFunction = (name: string): boolean => functionNamed(name) !== undefined;

/** @throws when the model or a metric has a fault of its own */
export async function open(uri: string, yaml: string, metrics: string): Promise<Shop> {
  const { raw, findings } = readModelFile(uri, yaml);
  if (raw === undefined || findings.length > 0) throw new Error(`the model file: ${words(findings)}`);
  const resolved = resolveModel(raw, { model: () => undefined, entitySchema: () => ({ fault: 'not-found' }) });
  const faults = [...resolved.findings.values()].flat();
  if (faults.length > 0) throw new Error(`the model: ${words(faults)}`);
  const { model } = resolved;
  const measures = new Map<string, MeasureSymbol>();
  for (const segment of parseFile(metrics, { isFunction }).segments) {
    if (segment.item.kind !== 'measure' || segment.problems.length > 0) throw new Error(`no metric: ${segment.text}`);
    const { name, docs, body, table } = segment.item;
    measures.set(nameKey(name), { kind: 'measure', name, model: model.name, uri, segment, docs, body, homeTable: table?.text, format: docs === undefined ? undefined : expectations(docs).format });
  }
  const lowered = lowerDatabase(model, { clock: 45_658, culture: 'en-US', seed: 1, limits: defaultLimits });
  if (lowered.findings.length > 0) throw new Error(`calculated tables: ${words(lowered.findings)}`);
  const database = await openDatabase(lowered.spec, () => { throw new Error('the model reads no file'); });
  const problems = inspectAll(database).faults;
  if (problems.length > 0) throw new Error(`rows: ${JSON.stringify(problems)}`);
  return { model, measures, spec: lowered.spec, database };
}

/** The rows of a query. */
export function query(shop: Shop, text: string): Answer {
  const { results, stats, errors } = queries(shop, text);
  const [result] = results;
  if (result === undefined || results.length !== 1) throw new Error(`${String(results.length)} results`);
  return { result, stats, errors };
}

/** The results of a text with one EVALUATE or several. */
export function queries(shop: Shop, text: string): Pick<Answer, 'stats' | 'errors'> & { readonly results: readonly QueryResult[] } {
  const { job, errors } = lowered(shop, text);
  return { ...runJob(shop.database, shop.role === undefined ? job : { ...job, role: shop.role }), errors };
}

/** What the engine is asked for by a text, and what the checks say to it. */
export function lowered(shop: Shop, text: string): { readonly job: Job; readonly errors: readonly Finding[] } {
  const { segments } = parseFile(text, { isFunction });
  const [segment] = segments;
  if (segments.length !== 1 || segment?.item.kind !== 'query') throw new Error('the text is no query');
  if (segment.problems.length > 0) throw new Error(`the query cannot be read: ${JSON.stringify(segment.problems)}`);
  const lowering = createLowering(shop.model, shop.measures);
  const plans = lowering.query(segment.item, segment.text);
  const { findings } = bind(segment, shop);
  return { job: lowering.job(plans), errors: findings.filter((it) => it.severity === 'error' || it.severity === 'warning') };
}

/** The value of an expression, as ROW gives it. */
export function value(shop: Shop, text: string): Answer {
  const { problems } = parseExpression(text);
  if (problems.length > 0) throw new Error(`the expression cannot be read: ${JSON.stringify(problems)}`);
  return query(shop, `EVALUATE ROW("Value", ${text})`);
}

const words = (findings: readonly { readonly message?: string }[]): string => findings.map((it) => it.message ?? JSON.stringify(it)).join('; ');
