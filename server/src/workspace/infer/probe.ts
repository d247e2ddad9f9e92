/** What data files hold, as our own readers and engine tell it: tables, columns, types, different values. */
import { relativeTo } from '../../base/uri.ts';
import { nameKey, type DataType } from '../../model/model.ts';
import type { Cell } from '../../plan/values.ts';
import { createWorkspace } from '../createWorkspace.ts';
import type { Host } from '../host.ts';
import { columnText } from '../queries.ts';
import type { LocatedFinding, ModelView, Workspace } from '../types.ts';

export interface ProbedTable {
  readonly name: string;
  readonly path: string;
  readonly delimiter: string | undefined;
  readonly rowCount: number;
  readonly columns: readonly ProbedColumn[];
}

export interface ProbedColumn {
  readonly name: string;
  /** undefined: no row has a value. */
  readonly type: DataType | undefined;
  /** Different values, BLANK among them. */
  readonly distinct: number;
  readonly blanks: number;
}

/** Every row has a value, and no two the same. */
export const isUnique = (table: ProbedTable, it: ProbedColumn): boolean => table.rowCount > 0 && it.blanks === 0 && it.distinct === table.rowCount;

export interface Probe {
  /** Opens what a model text says in place of what was open before. */
  open(text: string): Promise<{ readonly view: ModelView | undefined; readonly findings: readonly LocatedFinding[] }>;
  /** Values of scalar expressions over the open model; undefined for what has none. */
  ask(expressions: readonly string[]): Promise<readonly (Cell | undefined)[]>;
  /** Different values of a column, at most so many. */
  values(table: string, column: string, most: number): Promise<readonly Cell[]>;
  readonly workspace: Workspace;
  dispose(): void;
}

/** A model file that nobody wrote yet, in a folder; of the folder only the project file is read besides. */
export function probeIn(host: Host, folder: string): Probe {
  const uri = `${folder}inferred.daxmodel.yaml`;
  let version = 0;
  const files: Host['files'] = { ...host.files, find: async (from, globs) => (globs.some((it) => it.includes('daxmodel') || it.endsWith('.dax') || it.endsWith('.md')) ? [] : host.files.find(from, globs)) };
  const workspace = createWorkspace({ host: { ...host, files }, folders: [folder] });
  let view: ModelView | undefined;
  return {
    workspace,
    async open(text) {
      workspace.setText({ uri, languageId: 'yaml', version: ++version, text });
      [view] = await workspace.models();
      return { view, findings: await workspace.findings(uri) };
    },
    async ask(expressions) {
      if (view === undefined || expressions.length === 0) return expressions.map(() => undefined);
      const results = await workspace.evaluate(view, expressions.map((it) => ({ query: `EVALUATE ROW("v", ${it})` })));
      return results.map((it) => {
        const cell = it.kind === 'table' ? it.columns[0]?.cells[0] : undefined;
        return typeof cell === 'object' && cell !== null ? undefined : cell;
      });
    },
    async values(table, column, most) {
      const name = columnText({ table, column });
      const [result] = view === undefined ? [] : await workspace.evaluate(view, [{ query: `EVALUATE TOPN(${String(most)}, VALUES(${name}), ${name}, ASC)` }]);
      return result?.kind === 'table' ? (result.columns[0]?.cells ?? []) : [];
    },
    dispose: () => workspace.dispose(),
  };
}

/** What was open, told table by table; those of which nothing can be used are left out. */
export async function probedTables(probe: Probe, view: ModelView, folder: string, delimiters: ReadonlyMap<string, string>): Promise<readonly ProbedTable[]> {
  const facts = new Map((await probe.workspace.facts(view)).map((it) => [nameKey(it.table), it]));
  const tables: ProbedTable[] = [];
  for (const { name, source } of view.model.tables.values()) {
    const its = facts.get(nameKey(name));
    if (its === undefined || source.kind !== 'file') continue;
    const blanks = await probe.ask(its.columns.map((it) => `COUNTBLANK(${columnText({ table: name, column: it.name })})`));
    // Of a large file nobody has counted yet.
    const counted = await probe.ask(its.columns.map((it) => (it.distinct === undefined ? `DISTINCTCOUNT(${columnText({ table: name, column: it.name })})` : '0')));
    const path = relativeTo(folder, source.uri);
    tables.push({
      name, path, delimiter: delimiters.get(path), rowCount: its.rowCount,
      columns: its.columns.map((it, i) => ({
        name: it.name, type: it.type === 'blank' || it.type === 'variant' ? undefined : it.type,
        distinct: it.distinct ?? Number(counted[i] ?? 0), blanks: Number(blanks[i] ?? 0),
      })),
    });
  }
  return tables;
}
