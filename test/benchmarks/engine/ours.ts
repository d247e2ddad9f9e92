/** The engine of the product over the benchmark's files, in this process. */
import { parseFile } from '../../../grammar/src/index.ts';
import { createLowering, lowerDatabase } from '../../../server/src/analysis/index.ts';
import { openDatabase, runJob, type Database } from '../../../server/src/engine/index.ts';
import { readModelFile, resolveModel } from '../../../server/src/formats/index.ts';
import { functionNamed } from '../../../server/src/functions/index.ts';
import { defaultLimits, type Limits, type Model } from '../../../server/src/model/model.ts';
import type { DatabaseSpec, TableSpec } from '../../../server/src/plan/database.ts';
import type { Job } from '../../../server/src/plan/plan.ts';
import { loadFile } from './loadFile.ts';
import type { Files } from './rows.ts';
import { inspectAll } from '../../support/inspect.ts';

export const modelText = (sessions: string): string => `name: centre
tables:
  S:
    source: ${sessions}
    columns:
      SessionId: { type: string, key: true }
      ConversationId: { type: string }
      Reason: { type: int64 }
      Channel: { type: int64 }
      Status: { type: int64 }
      AgentId: { type: int64 }
      StartedOn: { type: dateTime }
      EndedOn: { type: dateTime }
      WaitSeconds: { type: int64 }
      HandleSeconds: { type: double }
  Agent:
    source: agents.csv
    columns: { AgentId: { type: int64, key: true }, TeamId: { type: int64 } }
  Team:
    source: teams.csv
    columns: { TeamId: { type: int64, key: true }, Region: { type: string } }
  Date:
    source: dates.csv
    dateTable: Date
    columns: { Day: { type: int64 }, Date: { type: dateTime, key: true }, Month: { type: int64 } }
relationships:
  - { from: "S[AgentId]", to: "Agent[AgentId]" }
  - { from: "Agent[TeamId]", to: "Team[TeamId]" }
  - { from: "S[StartedOn]", to: "Date[Date]" }
`;

export interface Ours {
  /** Everything from the text of a query to its plan. */
  plan(text: string): Job;
  /** Rows of numbers; no result is kept from one call to the next. */
  run(plan: Job): readonly (readonly (number | undefined)[])[];
}

const specOf = (model: Model): DatabaseSpec =>
  lowerDatabase(model, { clock: 46_000, culture: 'en-US', seed: 1, limits: { ...defaultLimits, rows: 20_000_000, fileBytes: 4 * 1024 ** 3 } }).spec;

/** The table of the sessions, whatever file they are in. */
export function sessionsOf(files: Files): { readonly table: TableSpec; readonly limits: Limits } {
  const { tables, limits } = specOf(modelOf(files));
  const table = tables.find((it) => it.name === 'S');
  if (table === undefined) throw new Error('there are no sessions');
  return { table, limits };
}

/** Opens the benchmark's database. */
export async function openOurs(files: Files): Promise<Ours> {
  const model = modelOf(files);
  const spec = specOf(model);
  const paths: Readonly<Record<string, string>> = { S: files.sessions, Agent: files.agents, Team: files.teams, Date: files.dates };
  const database = await openDatabase(spec, (table) => loadFile(table, paths[table.name] ?? '', spec.limits));
  const { faults } = inspectAll(database);
  if (faults.length > 0) throw new Error(JSON.stringify(faults));
  return { plan: (text) => planOf(model, text), run: (plan) => {
    database.engine.forget();
    return valuesOf(database, plan);
  } };
}

const modelOf = ({ sessions }: Files): Model => modelFrom(modelText(sessions.slice(sessions.lastIndexOf('/') + 1)));

export function modelFrom(text: string): Model {
  const { raw, findings } = readModelFile('file:///centre.daxmodel.yaml', text);
  if (raw === undefined || findings.length > 0) throw new Error(JSON.stringify(findings));
  return resolveModel(raw, { model: () => undefined, entitySchema: () => ({ fault: 'not-found' }) }).model;
}

export function planOf(model: Model, text: string): Job {
  const [segment] = parseFile(text, { isFunction: (name) => functionNamed(name) !== undefined }).segments;
  if (segment?.item.kind !== 'query' || segment.problems.length > 0) throw new Error(`no query: ${text}`);
  const lowering = createLowering(model, new Map());
  return lowering.job(lowering.query(segment.item, segment.text));
}

export function valuesOf(database: Database, plan: Job): readonly (readonly (number | undefined)[])[] {
  const [result] = runJob(database, plan).results;
  if (result?.kind !== 'table') throw new Error(JSON.stringify(result));
  return Array.from({ length: result.rowCount }, (_, row) => result.columns.map(({ cells }) => {
    const cell = cells[row];
    return typeof cell === 'number' ? cell : cell === null || cell === undefined ? undefined : Number(cell);
  }));
}
