// A project in a temporary folder, opened through the Node host: real files, real opener, real engine.
import { mkdtempSync, mkdirSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { onTestFinished } from 'vitest';
import { positionAt } from '../../server/src/base/spans.ts';
import { canonicalUri } from '../../server/src/base/uri.ts';
import { errorText, reasonText } from '../../server/src/formats/outcomes.ts';
import { createNodeHost } from '../../server/src/host/node/host.ts';
import type { QueryResult } from '../../server/src/plan/plan.ts';
import { createWorkspace } from '../../server/src/workspace/index.ts';
import type { Host } from '../../server/src/workspace/host.ts';
import type { ModelView, Workspace } from '../../server/src/workspace/types.ts';

export type Files = Readonly<Record<string, string | Uint8Array>>;

export interface Project {
  /** The folder that was opened, as a path; it lies in a folder of its own, so that there is an outside. */
  readonly root: string;
  readonly workspace: Workspace;
  uri(file: string): string;
  /** Writes a file and says so, as a watcher does. */
  write(file: string, text: string): void;
  /** `line:column severity[rule] message` of every finding of a file, in order of place. */
  findings(file: string): Promise<readonly string[]>;
  /** The same of every file that can have findings, below its name. */
  allFindings(): Promise<Readonly<Record<string, readonly string[]>>>;
  /** The value of an expression in a model (the only one where it is left out), in words. */
  value(expression: string, model?: string): Promise<string>;
}

/**
 * @param files contents by path, relative to the folder
 * @param prepare makes what is no plain file: links, pipes
 */
export async function openProject(files: Files, prepare: (root: string) => void = () => undefined, adapt: (host: Host) => Host = (it) => it): Promise<Project> {
  const home = realpathSync(mkdtempSync(path.join(tmpdir(), 'dax-metrics-hostile-')));
  onTestFinished(() => rmSync(home, { recursive: true, force: true }));
  const root = path.join(home, 'project');
  mkdirSync(root);
  writeFiles(root, files);
  prepare(root);
  const uri = (file: string): string => canonicalUri(pathToFileURL(path.join(root, file)).href);
  const folders = [`${canonicalUri(pathToFileURL(root).href)}/`];
  const host = adapt(createNodeHost(folders));
  const workspace = createWorkspace({ host, folders });
  onTestFinished(() => {
    workspace.dispose();
    host.engine.dispose();
  });
  const findings = async (file: string): Promise<readonly string[]> => {
    const at = uri(file);
    const lines = await workspace.lines(at);
    return (await workspace.findings(at)).map((it) => {
      const { line, column } = lines === undefined ? { line: -1, column: -1 } : positionAt(lines, it.span.start);
      return `${String(line + 1)}:${String(column + 1)} ${it.severity}[${it.rule}] ${it.message}`;
    });
  };
  return {
    root,
    workspace,
    uri,
    write(file, text) {
      writeFiles(root, { [file]: text });
      workspace.filesChanged([uri(file)]);
    },
    findings,
    async allFindings() {
      const entries: [string, readonly string[]][] = [];
      for (const at of await workspace.checkableFiles()) {
        const file = decodeURIComponent(at.slice(folders[0]?.length));
        const found = await findings(file);
        if (found.length > 0) entries.push([file, found]);
      }
      return Object.fromEntries(entries);
    },
    async value(expression, model) {
      const view = await modelNamed(workspace, model);
      const [result] = await workspace.evaluate(view, [{ query: `EVALUATE ROW("v", ${expression})` }]);
      return inWords(result);
    },
  };
}

export async function modelNamed(workspace: Workspace, name?: string): Promise<ModelView> {
  const models = await workspace.models();
  const found = name === undefined ? models[0] : models.find((it) => it.name === name);
  if (found === undefined) throw new Error(`no model ${name ?? ''}`);
  return found;
}

/** A lone value, an error, or why there is none. */
export function inWords(result: QueryResult | undefined): string {
  if (result === undefined) return 'no result';
  if (result.kind === 'error') return `error: ${errorText(result.error)}`;
  if (result.kind === 'notEvaluated') return `not evaluated: ${reasonText(result.reason)}`;
  const cell = result.columns[0]?.cells[0] ?? null;
  if (cell === null) return 'BLANK';
  if (typeof cell !== 'object') return String(cell);
  if (cell.cell === 'error') return `error: ${errorText(cell)}`;
  return cell.cell === 'notEvaluated' ? `not evaluated: ${reasonText(cell.reason)}` : String(cell.value);
}

function writeFiles(root: string, files: Files): void {
  for (const [file, content] of Object.entries(files)) {
    const target = path.join(root, file);
    mkdirSync(path.dirname(target), { recursive: true });
    writeFileSync(target, content);
  }
}

export const megabytes = (unit: string, count = 5): string => unit.repeat(Math.ceil((count * 1024 * 1024) / unit.length));
