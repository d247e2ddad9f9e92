/** `dax-metrics import-choices`: choices of Dataverse metadata written into a model file. */
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { closest } from '../base/closest.ts';
import { globMatcher } from '../base/glob.ts';
import { canonicalUri, fileName, relativeTo } from '../base/uri.ts';
import { editChoices, readEntitySchema, readModelFile, type ChoiceChange, type EntitySchema } from '../formats/index.ts';
import { createNodeFiles } from '../host/node/files.ts';
import { languageCode, languageWords } from '../model/language.ts';
import { nameKey, type Choice } from '../model/model.ts';
import { exitCodes, UsageError } from './exit.ts';
import { writeText } from './files.ts';
import { brief } from './output/terminal.ts';
import type { FileFault } from '../workspace/host.ts';
import { openProject, type CommonOptions, type OpenProject } from './project.ts';

export interface ImportOptions extends CommonOptions {
  readonly out?: string;
  readonly language?: string;
  readonly only?: readonly string[];
  readonly check?: true;
  readonly stdout?: true;
}

/** Larger metadata is not read: an organisation's entities with all labels are some tens of megabytes. */
const maximumBytes = 256 * 1024 * 1024;

/**
 * Reads metadata files and writes their choices into the model's file; what the file holds besides stays as it is.
 *
 * The report goes to stderr; stdout holds the file's text with `--stdout`, else nothing. With `--check` nothing is
 * written, and the exit code is 1 when something would be.
 */
export async function importChoicesCommand(files: readonly string[], options: ImportOptions): Promise<number> {
  if (options.out !== undefined && options.model !== undefined) throw new UsageError('-m and --out name two files; keep one of them');
  const project = await openProject([], options);
  try {
    const target = await targetOf(project, options);
    const language = options.language === undefined ? target.language : languageCode(options.language);
    if (options.language !== undefined && language === undefined) throw new UsageError(`--language ${options.language} is no language; wanted: ${languageWords}`);
    const schemas = await readMetadata(files, options.root, language);
    if (schemas === undefined) return exitCodes.findings;
    const choices = wanted(joined(schemas, target.choices), options.only);
    const edit = editChoices(target.uri, target.text, choices);
    if ('refusal' in edit) {
      complain(`${shownPath(project, target.uri)}: ${edit.refusal}`);
      return exitCodes.findings;
    }
    const isChanged = !target.exists || edit.text !== target.text;
    report(edit.changes, shownPath(project, target.uri), isChanged, options);
    if (options.stdout === true) process.stdout.write(edit.text);
    else if (isChanged && options.check !== true) await write(target, edit.text);
    return options.check === true && isChanged ? exitCodes.findings : exitCodes.fine;
  } finally {
    project.dispose();
  }
}

interface Target {
  readonly uri: string;
  readonly text: string;
  readonly exists: boolean;
  /** The label language that the project wants. */
  readonly language: number | undefined;
  /** Names of the choices that the file has. */
  readonly choices: ReadonlySet<string>;
}

/** The file of `--out`, or of the model that `-m` names, or of the only model. */
async function targetOf(project: OpenProject, options: ImportOptions): Promise<Target> {
  const models = await project.workspace.models();
  const language = models[0]?.project.labelLanguage;
  if (options.out !== undefined) {
    const uri = uriOf(options.root, options.out);
    if (!/\.(?:ya?ml|json)$/i.test(uri)) throw new UsageError('--out must name a YAML or JSON file');
    const text = await textOf(uri, options.out);
    if (text !== undefined) return { uri, text, exists: true, language, choices: choicesIn(uri, text) };
    const name = fileName(uri).replace(/(?:\.daxmodel)?\.[a-z]+$/i, '');
    const fresh = /\.json$/i.test(uri) ? `${JSON.stringify({ name }, undefined, 2)}\n` : `name: ${/^[A-Za-z][\w-]*$/.test(name) ? name : JSON.stringify(name)}\n`;
    return { uri, text: fresh, exists: false, language, choices: new Set() };
  }
  const model = options.model === undefined && models.length === 1 ? models[0] : models.find((it) => it.name.toLowerCase() === options.model?.toLowerCase());
  if (model === undefined) throw new UsageError(`-m or --out must say where the choices go${models.length === 0 ? '' : `; models: ${models.map((it) => it.name).join(', ')}`}`);
  const text = await textOf(model.model.uri, fileName(model.model.uri));
  if (text === undefined) throw new UsageError(`${fileName(model.model.uri)} does not exist`);
  return { uri: model.model.uri, text, exists: true, language: model.project.labelLanguage, choices: choicesIn(model.model.uri, text) };
}

const choicesIn = (uri: string, text: string): ReadonlySet<string> => new Set(readModelFile(uri, text).raw?.choices.map((it) => nameKey(it.name)));

const faultWords: Readonly<Record<Exclude<FileFault['fault'], 'not-found'>, string>> = {
  'not-a-file': 'is no regular file', 'too-large': `has more than ${maximumBytes.toLocaleString('en-US')} bytes`, 'not-text': 'is no text', unreadable: 'cannot be read', outside: 'cannot be read',
};

/**
 * The text of a file that the user names, wherever it lies; undefined when there is none.
 *
 * @throws UsageError when it is there and cannot be read
 */
async function textOf(uri: string, name: string): Promise<string | undefined> {
  const text = await createNodeFiles([], new Set([uri])).readText(uri, maximumBytes);
  if (typeof text === 'string') return text;
  if (text.fault === 'not-found') return undefined;
  throw new UsageError(`${name} ${faultWords[text.fault]}`);
}

const uriOf = (...parts: readonly string[]): string => canonicalUri(pathToFileURL(path.resolve(...parts)).href);

/** @returns undefined when a file cannot be used; what is wrong is told */
async function readMetadata(files: readonly string[], root: string, language: number | undefined): Promise<readonly EntitySchema[] | undefined> {
  const schemas: EntitySchema[] = [];
  let isSound = true;
  for (const file of files) {
    const text = (await textOf(uriOf(root, file), file)) ?? (await textOf(uriOf(file), file));
    if (text === undefined) throw new UsageError(`no file matches ${file}`);
    const schema = readEntitySchema(uriOf(root, file), text, language);
    const problem = schema.fault !== undefined
      ? `${schema.fault.line}: ${schema.fault.message}`
      : schema.choices.size === 0 ? ' it holds no choices; expand OptionSet, or ask for rows with formatted values' : undefined;
    if (problem !== undefined) {
      complain(`${file}:${problem}`);
      isSound = false;
    } else if (schema.more) complain(`${file}: it is one page of several; the choices of the other pages are not here`);
    schemas.push(schema);
  }
  return isSound ? schemas : undefined;
}

/** All choices by name: definitions before what rows show of them. */
function joined(schemas: readonly EntitySchema[], known: ReadonlySet<string>): readonly Choice[] {
  const all = new Map<string, Choice>();
  for (const schema of schemas.filter((it) => !it.ofRows)) {
    for (const [key, it] of schema.choices) {
      const before = all.get(key);
      all.set(key, before === undefined ? it : { ...before, options: new Map([...before.options, ...it.options]) });
    }
  }
  const names = [...known, ...all.keys()];
  for (const schema of schemas.filter((it) => it.ofRows)) {
    for (const [column, it] of schema.choices) {
      // Rows call a choice by its column; the choice itself has the entity's name before it.
      const key = names.includes(column) ? column : (names.filter((name) => name.endsWith(`_${column}`)).sort((a, b) => a.length - b.length)[0] ?? column);
      const before = all.get(key);
      all.set(key, before === undefined ? { ...it, name: key } : { ...before, options: new Map([...before.options, ...[...it.options].filter(([code]) => !before.options.has(code))]) });
    }
  }
  return [...all.values()];
}

function wanted(choices: readonly Choice[], only: readonly string[] | undefined): readonly Choice[] {
  if (only === undefined) return choices;
  for (const name of only) {
    const matches = globMatcher(nameKey(name));
    if (choices.some((it) => matches(nameKey(it.name)))) continue;
    const suggestion = closest(name, choices.map((it) => it.name));
    throw new UsageError(`the metadata has no choice ${name}${suggestion === undefined ? '' : `; did you mean ${suggestion}?`}`);
  }
  const matchers = only.map((it) => globMatcher(nameKey(it)));
  return choices.filter((it) => matchers.some((matches) => matches(nameKey(it.name))));
}

function report(changes: readonly ChoiceChange[], file: string, isChanged: boolean, options: ImportOptions): void {
  for (const it of changes) {
    const parts = [
      ...(it.kind === 'new' ? [`new, ${count(it.added.length, 'code')}`] : it.added.length > 0 ? [`${count(it.added.length, 'new code')}: ${it.added.map((one) => `${one.value} ${one.label}`).join(', ')}`] : []),
      ...it.relabelled.map((one) => `${one.code} is now ${one.to}, was ${one.from}`),
      ...(it.deprecated.length > 0 ? [`deprecated: ${it.deprecated.join(', ')}`] : []),
      ...(it.kept.length > 0 ? [`kept, though not in the metadata: ${it.kept.join(', ')}`] : []),
      ...(it.reason === undefined ? [] : [`left as it is: ${it.reason}`]),
    ];
    if (parts.length > 0) complain(`${it.name}: ${parts.join('; ')}`);
  }
  const same = changes.filter((it) => it.kind === 'same').length;
  const verb = !isChanged ? 'needs no change' : options.stdout === true ? 'is shown' : options.check === true ? 'would change' : 'is written';
  complain(`${file} ${verb}: ${changes.filter((it) => it.kind === 'new').length} new, ${changes.filter((it) => it.kind === 'changed').length} changed, ${same} the same`);
}

const count = (n: number, what: string): string => `${n} ${what}${n === 1 ? '' : 's'}`;

const complain = (line: string): void => void process.stderr.write(`${brief(line)}\n`);

const shownPath = (project: OpenProject, uri: string): string => relativeTo(project.root, uri);

async function write(target: Target, text: string): Promise<void> {
  if (target.exists) return writeText(target.uri, text);
  try {
    await writeFile(fileURLToPath(target.uri), text, { flag: 'wx' });
  } catch {
    throw new UsageError(`${fileName(target.uri)} cannot be written`);
  }
}
