/** Completion in model and project files: keys, words that a value may be, and names of tables, columns, choices, rules. */
import { canonicalUri } from '../../base/uri.ts';
import { allRules } from '../../lint/index.ts';
import { nameKey } from '../../model/model.ts';
import { shapeAt, type ShapeKey } from '../../model/schemaShape.ts';
import { columnText } from '../../workspace/queries.ts';
import type { ModelView, Workspace, WorkspaceDocument } from '../../workspace/types.ts';
import type { CompletionItem } from '../completion/item.ts';
import { asPlain } from '../markdown.ts';
import { keySays } from './keys.ts';
import { pathsAt, type ProposedPath } from './paths.ts';
import { scan, type ModelCursor, type Path } from './scan.ts';

/** Names of a kind in a list. */
const mostNames = 2_000;

interface Proposed {
  readonly text: string;
  readonly kind: CompletionItem['kind'];
  readonly detail?: string | undefined;
  /** Behind a key: a value in its line, or lines below it. */
  readonly holds?: ShapeKey['holds'];
  /** Whether YAML needs quotes around it. */
  readonly quoted?: boolean;
  /** What comes before it on its line: it stands below the key above. */
  readonly lead?: string;
}

/**
 * @param isFaint only a blank or an equals sign was typed: there are proposals where a value or a key in brackets must follow
 * @returns proposals in the order in which they are to be shown
 */
export async function modelFileCompletion(workspace: Workspace, document: WorkspaceDocument, offset: number, isFaint: boolean): Promise<readonly CompletionItem[]> {
  const file = document.kind === 'project' ? 'project' : 'model';
  const at = scan(document.text, offset);
  if (at === undefined || (isFaint && !awaitsMore(document.text, at, offset))) return [];
  const models = await workspace.models();
  const names = namesOf(document.text, models.find((it) => it.model.uri === canonicalUri(document.uri)));
  const quote = quoteAt(document, at, offset);
  const typed = document.text.slice(at.start + (quote === undefined ? 0 : 1), offset);
  const paths = file === 'project' ? undefined : await pathsAt(workspace, document.uri, at, typed);
  if (paths !== undefined) return paths.map((it, i) => finished(document, at, offset, proposedPath(it), i));
  const proposedAt = (place: ModelCursor): readonly Proposed[] => {
    const shape = shapeAt(file, place.path);
    const present = new Set(names.keysAt(place.path));
    const fixed = shape.keys.filter((it) => !present.has(it.name)).map((it): Proposed =>
      ({ text: it.name, kind: 'keyword', detail: keySays(file, place.path, it.name), holds: it.holds }));
    const words = shape.words.map((it): Proposed => ({ text: it, kind: 'word' }));
    const found = file === 'project' ? projectNames(place, present, models.map((it) => it.name)) : modelNames(place, present, names);
    return place.place === 'node' ? [...found, ...fixed, ...(fixed.length === 0 ? words : [])] : [...words, ...found];
  };
  const below = emptyAbove(document, at);
  const children = below === undefined ? [] : proposedAt(below.at).map((it): Proposed => ({ ...it, lead: below.lead }));
  return [...children, ...proposedAt(at)].slice(0, mostNames).map((it, i) => finished(document, at, offset, it, i));
}

/** Whether what was typed before the cursor asks for more: a key its value, a bracket what it holds. */
function awaitsMore(text: string, at: ModelCursor, offset: number): boolean {
  return at.start === offset && text[offset - 1] === ' ' && (at.inBrackets === true || at.place === 'value');
}

/**
 * Editors go on below a key at its own column, where what the key holds must be indented further.
 *
 * @returns the place in what the key above holds, with what leads to it; undefined where that key holds something
 */
function emptyAbove({ text, uri }: WorkspaceDocument, at: ModelCursor): { readonly at: ModelCursor; readonly lead: string } | undefined {
  if (at.place !== 'node' || at.inBrackets === true || isJsonFile(uri)) return undefined;
  const column = columnOf(text, at.start);
  const line = text.slice(0, at.start - column).trimEnd();
  const above = at.start - column > line.length ? scan(text, line.length) : undefined;
  if (above?.place !== 'value' || above.inBrackets === true || above.start !== line.length) return undefined;
  const key = line.slice(line.lastIndexOf('\n') + 1);
  if (key.search(/[^\s-]/) !== column || hasLinesBelow(text, at.start, column)) return undefined;
  const { isList } = shapeAt('model', above.path);
  return { at: { path: isList ? [...above.path, 0] : above.path, place: 'node', start: at.start }, lead: isList ? '  - ' : '  ' };
}

const columnOf = (text: string, offset: number): number => offset - text.slice(0, offset).lastIndexOf('\n') - 1;

/** Whether the next line with text is indented further than a column. */
function hasLinesBelow(text: string, offset: number, column: number): boolean {
  const [, blanks] = /^[^\n]*\n(?:[ \t\r]*\n)*([ \t]*)\S/.exec(text.slice(offset)) ?? [];
  return blanks !== undefined && blanks.length > column;
}

const isJsonFile = (uri: string): boolean => uri.toLowerCase().endsWith('.json');

interface Names {
  readonly tables: readonly string[];
  readonly choices: readonly string[];
  readonly metrics: readonly string[];
  columns(table: string): readonly string[];
  keysAt(path: Path): readonly string[];
}

/** Names that the text has, whether or not it can be read as a whole, and what the model adds: columns of data files, imported choices. */
function namesOf(text: string, view: ModelView | undefined): Names {
  const model = view?.model;
  const keys = new Map<string, string[]>();
  scan(text, text.length, (mapping, name) => {
    const at = JSON.stringify(mapping);
    const list = keys.get(at);
    if (list === undefined) keys.set(at, [name]);
    else list.push(name);
  });
  const keysAt = (path: Path): readonly string[] => keys.get(JSON.stringify(path)) ?? [];
  const joined = (own: readonly string[], more: Iterable<string>): readonly string[] => [...new Map([...own, ...more].map((it) => [nameKey(it), it])).values()];
  return {
    keysAt,
    metrics: [...(view?.measures.values() ?? [])].map((it) => it.name),
    tables: joined(keysAt(['tables']), [...(model?.tables.values() ?? [])].map((it) => it.name)),
    choices: joined(keysAt(['choices']).filter((it) => it !== 'import'), [...(model?.choices.values() ?? [])].map((it) => it.name)),
    columns: (table) => joined(keysAt(['tables', table, 'columns']), [...(model?.tables.get(nameKey(table))?.columns.values() ?? [])].map((it) => it.name)),
  };
}

function projectNames({ path, place }: ModelCursor, present: ReadonlySet<string>, models: readonly string[]): readonly Proposed[] {
  const [first, second] = path;
  if (first === 'rules' && path.length === 1 && place === 'node') {
    return [...allRules].filter(([id]) => !present.has(id)).map(([id, { category }]): Proposed => ({ text: id, kind: 'value', detail: category, holds: 'value' }));
  }
  if (first === 'markdown' && second === 'models' && path.length === 3 && place === 'value') return models.map((it) => ({ text: it, kind: 'value' }));
  return [];
}

function modelNames({ path, place }: ModelCursor, present: ReadonlySet<string>, names: Names): readonly Proposed[] {
  const [first, second, third, fourth, last] = path;
  const tables = (): readonly Proposed[] => names.tables.map((it) => ({ text: it, kind: 'table' }));
  const columns = (table: string): readonly Proposed[] => names.columns(table).map((it) => ({ text: it, kind: 'column' }));
  const asKeys = (all: readonly Proposed[]): readonly Proposed[] => all.filter((it) => !present.has(it.text)).map((it) => ({ ...it, holds: 'value' }));
  const table = typeof second === 'string' ? second : '';
  if (first === 'relationships' && place === 'value' && (third === 'from' || third === 'to')) {
    return names.tables.flatMap((of) => names.columns(of).map((it): Proposed => ({ text: columnText({ table: of, column: it }), kind: 'column', quoted: true })));
  }
  if (first === 'roles' && third === 'filters' && path.length === 3 && place === 'node') return asKeys(tables());
  if (first === 'home' && path.length === 1) return tables();
  if (first === 'public' && path.length === 2) return names.metrics.map((it) => ({ text: it, kind: 'measure' }));
  if (first !== 'tables') return [];
  if (place === 'node') {
    if (third === 'columns' && path.length === 3) return asKeys(columns(table));
    return third === 'rows' && path.length === 4 ? asKeys(columns(table)) : [];
  }
  if (third === 'dateTable' && path.length === 3) return columns(table);
  if (third === 'columns' && path.length === 5) {
    if (last === 'choice') return names.choices.map((it) => ({ text: it, kind: 'value' }));
    if (last === 'sessionOf') return tables();
    return last === 'sortBy' ? columns(table).filter((it) => it.text !== fourth) : [];
  }
  if (third === 'sessionize' && path.length >= 4) {
    if (fourth === 'from') return tables();
    // The log's columns are not the sessions': any table's may be meant while `from` is not written.
    if (fourth === 'partition' || fourth === 'order') return names.tables.filter((it) => it !== table).flatMap(columns);
  }
  return [];
}

const proposedPath = ({ path, table }: ProposedPath): Proposed =>
  ({ text: path, kind: path.endsWith('/') ? 'folder' : 'file', ...(table === undefined ? {} : { detail: `read by ${asPlain(table, 60)}` }) });

/** The quote that was typed before the cursor. */
function quoteAt({ text }: WorkspaceDocument, { start }: ModelCursor, offset: number): string | undefined {
  return start < offset ? /["']/.exec(text[start] ?? '')?.[0] : undefined;
}

function finished(document: WorkspaceDocument, at: ModelCursor, offset: number, { text, kind, detail, holds, quoted = false, lead = '' }: Proposed, index: number): CompletionItem {
  const isJson = isJsonFile(document.uri);
  const typedQuote = quoteAt(document, at, offset);
  const line = /^[^\r\n]*/.exec(document.text.slice(offset))?.[0] ?? '';
  const rest = (typedQuote === undefined ? /^[^\s,{}[\]:#"']*/ : typedQuote === '"' ? /^[^"]*"|^[^\s,{}[\]:#"]*/ : /^[^']*'|^[^\s,{}[\]:#']*/).exec(line)?.[0] ?? '';
  const isWord = kind === 'word' && /^(?:true|false)$/.test(text);
  const needsQuotes = !isWord && (isJson || quoted || typedQuote !== undefined || !(kind === 'file' || kind === 'folder' ? /^[\p{L}\p{N}_.][\p{L}\p{N}_./-]*$/u : /^[\p{L}_][\p{L}\p{N}_. -]*$/u).test(text) || /^(?:true|false|null|yes|no|on|off)$/i.test(text));
  const written = needsQuotes ? JSON.stringify(text) : text;
  // A key that has its colon already keeps it; a value stands behind a blank.
  const hasColon = /^\s*:/.test(line.slice(rest.length));
  const blank = at.place === 'value' && document.text[at.start - 1] === ':' ? ' ' : '';
  const isAlone = !isJson && at.inBrackets !== true && line.slice(rest.length).trim() === '' && typedQuote === undefined;
  const suffix = holds === undefined || hasColon ? '' : holds === 'value' || isJson ? ': ' : `:${isAlone ? below(document.text, at.start, lead.length, holds) : ''}`;
  const label = asPlain(text, 120);
  return {
    label, kind, newText: `${lead}${blank}${written}${suffix}`,
    filterText: `${typedQuote ?? ''}${label}`, sortText: String(index).padStart(5, '0'), span: { start: at.start, end: offset + rest.length },
    ...(detail === undefined ? {} : { detail }),
  };
}

/** The line below a key, where what it holds begins; nothing where it holds something already. */
function below(text: string, start: number, lead: number, holds: 'mapping' | 'list'): string {
  const column = columnOf(text, start) + lead;
  return hasLinesBelow(text, start, column) ? '' : `\n${' '.repeat(column + 2)}${holds === 'list' ? '- ' : ''}`;
}
