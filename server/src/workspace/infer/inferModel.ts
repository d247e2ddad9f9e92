/** A model file from data files: types, keys, relationships and date tables as the rows tell them. */
import { relativeTo, resolvePath } from '../../base/uri.ts';
import type { Host } from '../host.ts';
import { columnText } from '../queries.ts';
import { dateTablesOf, datePatternOf } from './dates.ts';
import { hasDecimalCommas } from './decimalCommas.ts';
import { keyOf } from './keys.ts';
import { modelText, tableNames, yamlText, type Inferred } from './modelText.ts';
import type { ModelView } from '../types.ts';
import { probedTables, probeIn, type Probe, type ProbedColumn, type ProbedTable } from './probe.ts';
import { relationshipsOf } from './relationships.ts';

export interface InferOptions {
  /** Of the model. */
  readonly name: string;
  /** Uri of the folder that the model file would lie in, ending with `/`. */
  readonly folder: string;
  /** Uris of data files in the folder or below. */
  readonly files: readonly string[];
}

export interface InferredModel {
  /** YAML with comments for review; it has no finding. */
  readonly text: string;
  readonly tables: number;
  /** Files of which no row can be used, with the reason. */
  readonly notRead: readonly { readonly path: string; readonly problem: string }[];
}

/**
 * Reads the files whole, through the readers and the engine that evaluate metrics, and says what they hold.
 *
 * Deterministic: the same files give the same text. Bounds are those of the project that the folder belongs to.
 */
export async function inferModel(host: Host, { name, folder, files }: InferOptions): Promise<InferredModel> {
  const probe = probeIn(host, folder);
  try {
    const paths = files.map((it) => relativeTo(folder, it)).sort();
    const names = tableNames(paths);
    const delimiters = await delimitersOf(host, folder, paths);
    const notRead: { path: string; problem: string }[] = [];
    const used: string[] = [];
    const bare = (its: readonly string[]): string => bareText(name, its.map((it) => [names.get(it) ?? it, it]), delimiters);
    const all = await probe.open(bare(paths));
    if (all.findings.length === 0 && (await isWhole(probe, all.view, paths.length))) used.push(...paths);
    else {
      // One that cannot be read takes nothing from the others.
      for (const path of paths) {
        const { findings, view } = await probe.open(bare([path]));
        const [problem] = findings;
        if (problem !== undefined) notRead.push({ path, problem: problem.message });
        else if (!(await isWhole(probe, view, 1))) notRead.push({ path, problem: 'it has no columns' });
        else used.push(path);
      }
    }
    const opened = used.length === paths.length ? all : await probe.open(bare(used));
    // The columns of a Parquet file stand at its end: the engine tells them, not the file's head.
    const listed = await listedColumns(probe, opened.view);
    const { view } = listed.size === 0 ? opened : await probe.open(bareText(name, used.map((it) => [names.get(it) ?? it, it]), delimiters, listed));
    const tables = view === undefined ? [] : await probedTables(probe, view, folder, delimiters);
    const keys = new Map(tables.flatMap((it) => {
      const key = keyOf(it);
      return key === undefined ? [] : [[it, key] as const];
    }));
    const dates = await dateTablesOf(probe, tables);
    const { patterns, remarks } = await patternsOf(probe, tables);
    const { found, refused } = await relationshipsOf(probe, tables, dates);
    for (const { to, from } of found) {
      // What others point to is the key, whatever it is called.
      if (!dates.some((it) => it.table === to.table) && !keys.has(to.table)) keys.set(to.table, to.column);
      if (from.column.type === undefined) remarks.set(from.column, columnText({ table: to.table.name, column: to.column.name }));
    }
    const inferred: Inferred = { name, tables, keys, dates, patterns, remarks, relationships: found, refused, notRead };
    return { text: await soundText(probe, inferred), tables: tables.length, notRead };
  } finally {
    probe.dispose();
  }
}

/** The most of what was found that a model says without a finding. */
async function soundText(probe: Probe, inferred: Inferred): Promise<string> {
  const less: readonly Partial<Inferred>[] = [{}, { patterns: new Map() }, { patterns: new Map(), relationships: [] }, { patterns: new Map(), relationships: [], dates: [], keys: new Map() }];
  for (const it of less) {
    const text = modelText({ ...inferred, ...it });
    if ((await probe.open(text)).findings.length === 0) return text;
  }
  return modelText({ ...inferred, tables: [], relationships: [], refused: [] });
}

/** Whether every table is there and has columns. */
async function isWhole(probe: Probe, view: ModelView | undefined, tables: number): Promise<boolean> {
  const facts = view === undefined ? [] : await probe.workspace.facts(view);
  return facts.length === tables && facts.every((it) => it.columns.length > 0);
}

/** The columns of tables whose files do not begin with them, by the table's name. */
async function listedColumns(probe: Probe, view: ModelView | undefined): Promise<ReadonlyMap<string, readonly string[]>> {
  const of = new Map((view === undefined ? [] : await probe.workspace.facts(view)).map((it) => [it.table, it.columns.map((column) => column.name)]));
  return new Map([...(view?.model.tables.values() ?? [])].flatMap(({ name, source }) => (source.kind === 'file' && source.format === 'parquet' ? [[name, of.get(name) ?? []] as const] : [])));
}

const bareText = (name: string, tables: readonly (readonly [name: string, path: string])[], delimiters: ReadonlyMap<string, string>, listed: ReadonlyMap<string, readonly string[]> = new Map()): string =>
  [`name: ${yamlText(name)}`, tables.length === 0 ? 'tables: {}' : 'tables:', ...tables.flatMap(([table, path]) => {
    const delimiter = delimiters.get(path);
    const columns = listed.get(table) ?? [];
    return [
      `  ${yamlText(table)}:`, `    source: ${yamlText(path)}`, ...(delimiter === undefined ? [] : [`    delimiter: ${JSON.stringify(delimiter)}`]),
      ...(columns.length === 0 ? [] : ['    columns:', ...columns.map((it) => `      ${yamlText(it)}: {}`)]),
    ];
  }), ''].join('\n');

const headBytes = 64 * 1024;

/** The delimiter of files whose header is not cut by commas, as it would be read. */
async function delimitersOf(host: Host, folder: string, paths: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>();
  for (const path of paths.filter((it) => /\.(?:csv|txt)$/i.test(it))) {
    const head = await host.files.readHead(resolvePath(folder, path) ?? path, headBytes);
    if ('fault' in head) continue;
    // Whatever a header's letters are, delimiters, quotes and line ends are ASCII.
    let line = '';
    let isQuoted = false;
    for (const byte of head) {
      if (byte === 34) isQuoted = !isQuoted;
      else if (!isQuoted && (byte === 10 || byte === 13)) break;
      else if (!isQuoted) line += String.fromCharCode(byte);
    }
    const count = (delimiter: string): number => line.split(delimiter).length - 1;
    const [best = ','] = [',', ';', '\t', '|'].sort((a, b) => count(b) - count(a));
    if (best !== ',' && count(',') < count(best)) found.set(path, best);
  }
  return found;
}

async function patternsOf(probe: Probe, tables: readonly ProbedTable[]): Promise<{ readonly patterns: Map<ProbedTable, Map<ProbedColumn, string>>; readonly remarks: Map<ProbedColumn, string> }> {
  const patterns = new Map<ProbedTable, Map<ProbedColumn, string>>();
  const remarks = new Map<ProbedColumn, string>();
  for (const table of tables) {
    const its = new Map<ProbedColumn, string>();
    for (const column of table.columns) {
      const found = await datePatternOf(probe, table, column);
      if (found?.pattern !== undefined) its.set(column, found.pattern);
      else if (found !== undefined) remarks.set(column, `dates by ${found.ambiguous.slice(0, 2).join(' or by ')}: say which with dateFormats`);
      else if (await hasDecimalCommas(probe, table, column)) remarks.set(column, 'numbers with a decimal comma, which are read as text');
    }
    if (its.size > 0) patterns.set(table, its);
  }
  return { patterns, remarks };
}
