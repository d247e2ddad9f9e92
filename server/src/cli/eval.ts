/** `dax-metrics eval`: the values of metrics, expressions and queries. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseExpression } from '../../../grammar/src/index.ts';
import { folderOf } from '../base/uri.ts';
import type { ColumnRef } from '../plan/plan.ts';
import { decodeText } from '../host/decodeText.ts';
import { evaluateDocument, evaluateText, type Evaluated } from '../workspace/index.ts';
import type { ModelView } from '../workspace/types.ts';
import { exitCodes, UsageError } from './exit.ts';
import { formatEval, type EvalFormat } from './output/evalFormats.ts';
import { madeUpNote } from './output/madeUpNote.ts';
import { traceText } from './output/traceFormats.ts';
import { openProject, type CommonOptions, type OpenProject } from './project.ts';

export interface EvalOptions extends CommonOptions {
  readonly expression?: string;
  readonly query?: string;
  readonly file?: string;
  readonly by?: readonly string[];
  readonly where?: readonly string[];
  readonly role?: string;
  readonly trace?: true;
  readonly format: EvalFormat;
}

export async function evalCommand(paths: readonly string[], options: EvalOptions): Promise<number> {
  const text = await textOf(options);
  if (text === undefined && paths.length === 0) throw new UsageError('name files to evaluate, or give -e, -q or -f');
  const project = await openProject(paths, options);
  try {
    const context = { by: columnsOf(options.by ?? []), where: (options.where ?? []).map(checkedFilter), trace: options.trace === true, role: options.role };
    const parts: (readonly Evaluated[])[] = [];
    if (text !== undefined) parts.push(await evaluateText(project.workspace, await modelOf(project, options, text), text.dax, text.kind, context));
    for (const uri of project.files) parts.push(await evaluateDocument(project.workspace, uri, context));
    const results = parts.flat();
    if (results.length === 0) throw new UsageError('no metric, expression or query found');
    process.stdout.write(formatEval(options.format, results, process.stdout.isTTY) + '\n');
    const madeUp = new Set(results.flatMap((it) => it.madeUp));
    if (madeUp.size > 0) process.stderr.write(madeUpNote(madeUp, ', and so are values that come from them'));
    if (options.trace === true) {
      const { scans, waves } = project.workspace.work();
      // For programs the steps stand with their results.
      if (options.format !== 'json') process.stderr.write(`${traceText(results)}\n`);
      process.stderr.write(`${String(scans)} scans in ${String(waves)} waves\n`);
    }
    if (results.some(({ outcome }) => outcome.kind === 'notEvaluated' && outcome.reason.id === 'internal')) return exitCodes.ownFault;
    return results.every((it) => it.outcome.kind === 'table') ? exitCodes.fine : exitCodes.findings;
  } finally {
    project.dispose();
  }
}

interface GivenText {
  readonly dax: string;
  readonly kind: 'expression' | 'query' | 'file';
  readonly uri?: string;
}

async function textOf(options: EvalOptions): Promise<GivenText | undefined> {
  const given = [options.expression, options.query, options.file].filter((it) => it !== undefined);
  if (given.length > 1) throw new UsageError('-e, -q and -f cannot be combined');
  if (options.expression !== undefined) return { dax: options.expression, kind: 'expression' };
  if (options.query !== undefined) return { dax: options.query, kind: 'query' };
  if (options.file === undefined) return undefined;
  for (const base of new Set([options.root, '.'])) {
    const file = path.resolve(base, options.file);
    const bytes = await readFile(file).catch(() => undefined);
    const dax = bytes === undefined ? undefined : decodeText(bytes);
    if (typeof dax === 'string') return { dax, kind: 'file', uri: pathToFileURL(file).href };
  }
  throw new UsageError(`${options.file} cannot be read`);
}

/** The model of a text: the one that -m names, else that of the file's folder, else the only one there is. */
async function modelOf(project: OpenProject, options: EvalOptions, text: GivenText): Promise<ModelView | undefined> {
  const models = await project.workspace.models();
  if (options.model !== undefined) {
    return models.find((it) => it.name.toLowerCase() === options.model?.toLowerCase());
  }
  const near = text.uri === undefined ? [] : models.filter((it) => folderOf(it.model.uri) === folderOf(text.uri ?? ''));
  const only = near.length > 0 ? near : models;
  if (only.length > 1) throw new UsageError(`several models are known, name one with -m: ${only.map((it) => it.name).join(', ')}`);
  return only[0];
}

function columnsOf(texts: readonly string[]): readonly ColumnRef[] {
  return texts.flatMap((text) => {
    const { expression, problems } = parseExpression(`{${text}}`);
    const rows = expression.kind === 'constructor' && problems.length === 0 ? expression.rows : [];
    if (rows.length === 0) throw new UsageError(`--by ${text} is no column; write Table[Column]`);
    return rows.map((row) => {
      if (row.kind !== 'column' || row.table === undefined) throw new UsageError(`--by ${text} is no column; write Table[Column]`);
      return { table: row.table.text, column: row.column.text };
    });
  });
}

function checkedFilter(text: string): string {
  const { problems } = parseExpression(text);
  if (problems.length > 0) throw new UsageError(`--where ${text} cannot be read; write Table[Column] = value`);
  return text;
}
