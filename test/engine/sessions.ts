// Sessions of a log, from the text of the rules and the rows to the rows of the sessions.
import { lowerDatabase, type DatabaseFinding } from '../../server/src/analysis/index.ts';
import { openDatabase, type Database } from '../../server/src/engine/index.ts';
import { readModelFile, resolveModel } from '../../server/src/formats/index.ts';
import { defaultLimits, type Limits } from '../../server/src/model/model.ts';
import type { Signal } from '../../server/src/plan/scan.ts';

/** A row of the log: who speaks, when (milliseconds since the first of 2025, undefined: not known), and what the rules see of it. */
export interface LogRow {
  readonly who: string | undefined;
  readonly at: number | undefined;
  readonly user?: boolean;
  readonly starts?: boolean;
  readonly ends?: boolean;
  readonly seq?: number;
  readonly text?: string | number;
}

export interface OpenLog {
  readonly database: Database;
  readonly findings: readonly DatabaseFinding[];
  /** The sessions as rows: values by name of column. */
  sessions(): readonly Readonly<Record<string, unknown>>[];
  /** The session of each row of the log. */
  sessionOfRows(): readonly unknown[];
}

const iso = (ms: number): string => new Date(Date.UTC(2025, 0, 1) + ms).toISOString().slice(0, 23);

/** @param rules of table S over table Log, as YAML without indentation */
export async function openLog(rules: string, rows: readonly LogRow[], options: { readonly limits?: Partial<Limits>; readonly signal?: Signal; readonly tables?: string } = {}): Promise<OpenLog> {
  const model = {
    name: 'm',
    tables: {
      Log: {
        columns: {
          Who: { type: 'string' }, At: { type: 'dateTime' }, User: { type: 'boolean' }, Starts: { type: 'boolean' }, Ends: { type: 'boolean' },
          Seq: { type: 'int64' }, Text: {}, InSession: { sessionOf: 'S' },
        },
        rows: rows.map((it) => ({
          Who: it.who ?? null, At: it.at === undefined ? null : iso(it.at), User: it.user ?? null, Starts: it.starts ?? null, Ends: it.ends ?? null, Seq: it.seq ?? null, Text: it.text ?? null,
        })),
      },
    },
  };
  const json = JSON.stringify(model);
  const yaml = `${json.slice(0, json.lastIndexOf('}}'))},\n"S": { "sessionize": ${rules} }${options.tables ?? ''}\n}}`;
  const { raw, findings } = readModelFile('file:///m.daxmodel.yaml', yaml);
  if (raw === undefined || findings.length > 0) throw new Error(JSON.stringify(findings));
  const resolved = resolveModel(raw, { model: () => undefined, entitySchema: () => ({ fault: 'not-found' }) });
  const lowered = lowerDatabase(resolved.model, { clock: 45_658, culture: 'en-US', seed: 1, limits: { ...defaultLimits, ...options.limits } });
  const database = await openDatabase(lowered.spec, () => { throw new Error('the model reads no file'); });
  if (options.signal !== undefined) database.listenTo(options.signal);
  const cells = (table: string, name: string, length: number): readonly unknown[] => {
    const column = database.tables.column(table, name);
    return Array.from({ length }, (_, row) => {
      const value = column.dictionary[column.codes[row] ?? 0] ?? null;
      return column.type === 'dateTime' && typeof value === 'number' ? Math.round((value - 45_658) * 86_400_000) : value;
    });
  };
  return {
    database,
    findings: lowered.findings,
    sessions() {
      const { rowCount, columnNames } = database.tables.table('S');
      const columns = columnNames.map((name) => cells('S', name, rowCount));
      return Array.from({ length: rowCount }, (_, row) => Object.fromEntries(columnNames.map((name, i) => [name, columns[i]?.[row] ?? null])));
    },
    sessionOfRows: () => cells('Log', 'InSession', rows.length),
  };
}
