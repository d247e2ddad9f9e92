/** Validated data of a model file and its tree → declarations with places. Walks both side by side: they have one shape. */
import type { Span } from '../base/spans.ts';
import type { Finding } from '../findings/finding.ts';
import { finding } from '../findings/registry.ts';
import { nameKey, type Column, type ColumnName, type ColumnNulls, type DaxText, type FileOptions, type Place } from '../model/model.ts';
import { columnReference, type ModelFileData } from '../model/schema.ts';
import { calculationGroup, modelFunction, modelUser } from './declareCalculations.ts';
import { columnHints, modelHints, tableHints } from './declareGenerate.ts';
import { roleOf } from './declareRoles.ts';
import { declareSessionize, isRefused } from './declareSessionize.ts';
import { daxTextOf } from './located/daxText.ts';
import { dateFormat } from './table/dates.ts';
import { entryOf, firstSpan, type LocatedEntry, type LocatedNode } from './located/node.ts';
import type { Named, RawChoice, RawColumn, RawModel, RawRelationship, RawSource, RawTable } from './rawModel.ts';

type TableData = NonNullable<NonNullable<ModelFileData['tables']> extends Map<string, infer T> ? T : never>;
type ColumnData = NonNullable<NonNullable<TableData['columns']> extends Map<string, infer C> ? C : never>;

interface Ctx {
  readonly uri: string;
  readonly text: string;
  readonly findings: Finding[];
  readonly refused: readonly Finding[];
}

/**
 * Builds what a file declares. A name that stands twice (in any case) counts once, the first one.
 *
 * @param refused what the schema refused of the file, which `data` and `tree` lack
 */
export function declare(uri: string, text: string, data: ModelFileData, tree: LocatedNode, refused: readonly Finding[]): { readonly raw: RawModel; readonly findings: readonly Finding[] } {
  const ctx: Ctx = { uri, text, findings: [], refused };
  const choices = entryOf(tree, 'choices')?.value;
  const raw: RawModel = {
    uri,
    name: data.name,
    place: place(ctx, valueSpan(tree, 'name')),
    extends: named(ctx, tree, 'extends'),
    tables: unique(ctx, 'table', entryOf(tree, 'tables')?.value).map((it) => table(ctx, it, data.tables?.get(it.key) ?? undefined)),
    relationships: (data.relationships ?? []).flatMap((it, index) => relationship(ctx, it, itemOf(entryOf(tree, 'relationships')?.value, index))),
    choices: unique(ctx, 'choice', choices).flatMap((it) => choice(ctx, it)),
    imports: [...listAt(ctx, tree, 'dataverse'), ...listAt(ctx, choices, 'import')],
    publicMetrics: (data.public ?? []).map((name, index) => ({ name, place: place(ctx, firstSpan(itemOf(entryOf(tree, 'public')?.value, index) ?? tree)) })),
    home: named(ctx, tree, 'home'),
    user: data.user === undefined ? undefined : modelUser(data.user),
    functions: unique(ctx, 'function', entryOf(tree, 'functions')?.value).flatMap((it) => modelFunction(it, text, uri, (found) => ctx.findings.push(found))),
    roles: unique(ctx, 'role', entryOf(tree, 'roles')?.value).map((it) => roleOf(it, text, uri)),
    ...hinted(ctx, [tree], (report) => modelHints(data.generate, tree, report)),
    calculationGroups: unique(ctx, 'calculation group', entryOf(tree, 'calculationGroups')?.value).map((it) => calculationGroup(it, text, uri)),
  };
  return { raw, findings: ctx.findings };
}

const place = (ctx: Ctx, span: Span): Place => ({ uri: ctx.uri, span });

const itemOf = (node: LocatedNode | undefined, index: number): LocatedNode | undefined => (node?.kind === 'list' ? node.items[index] : undefined);

function valueSpan(node: LocatedNode, key: string): Span {
  const entry = entryOf(node, key);
  return entry === undefined ? firstSpan(node) : firstSpan(entry.value);
}

function named(ctx: Ctx, node: LocatedNode, key: string): Named | undefined {
  const value = entryOf(node, key)?.value;
  return value?.kind === 'scalar' && value.value !== null ? { name: String(value.value), place: place(ctx, value.span) } : undefined;
}

/** Entries of a mapping of names without those that repeat one in another case. `table`: whose columns they are. */
function unique(ctx: Ctx, what: string, node: LocatedNode | undefined, table?: string): readonly LocatedEntry[] {
  if (node?.kind !== 'map') return [];
  const first = new Map<string, LocatedEntry>();
  for (const it of node.entries) {
    const other = first.get(nameKey(it.key));
    if (other === undefined) first.set(nameKey(it.key), it);
    else {
      ctx.findings.push(finding('model-duplicate-name', { what, name: table === undefined ? it.key : `${table}[${it.key}]` }, it.keySpan, {
        related: [{ span: other.keySpan, message: `${other.key} is declared here.` }],
      }));
    }
  }
  return [...first.values()];
}

function table(ctx: Ctx, entry: LocatedEntry, data: TableData | undefined): RawTable {
  const node = entry.value;
  const columns = entryOf(node, 'columns')?.value;
  return {
    name: entry.key,
    place: place(ctx, entry.keySpan),
    description: data?.description,
    source: source(ctx, entry, data),
    format: data?.format,
    options: data === undefined ? {} : options(ctx, data, entry),
    columns: unique(ctx, 'column', columns, entry.key).map((it) => column(ctx, it, data?.columns?.get(it.key) ?? undefined)),
    hidden: data?.hidden,
    dateTable: named(ctx, node, 'dateTable'),
    ...hinted(ctx, [node, ...(columns?.kind === 'map' ? columns.entries.map((it) => it.value) : [])], (report) => tableHints(data?.generate, entry, report)),
  };
}

/** Hints for made-up rows, and whether a part of them was refused: nobody then knows what rows were meant. */
function hinted<T>(ctx: Ctx, owners: readonly LocatedNode[], read: (report: (it: Finding) => void) => T): { readonly generate: T; readonly generateFault: boolean } {
  let generateFault = owners.some((it) => {
    const entry = entryOf(it, 'generate');
    return entry !== undefined && isRefused(ctx.refused, entry);
  });
  const generate = read((it) => {
    generateFault = true;
    ctx.findings.push(it);
  });
  return { generate, generateFault };
}

function source(ctx: Ctx, entry: LocatedEntry, data: TableData | undefined): RawSource | undefined {
  const node = entry.value;
  if (node.kind !== 'map' || data === undefined) return undefined;
  const kinds = node.entries.filter((it) => it.key === 'source' || it.key === 'rows' || it.key === 'dax' || it.key === 'sessionize');
  const [first, second] = kinds;
  if (first === undefined) return undefined;
  if (second !== undefined) {
    ctx.findings.push(finding('model-two-sources', { table: entry.key, first: first.key, second: second.key }, second.keySpan));
  }
  const at = place(ctx, first.key === 'rows' ? first.keySpan : firstSpan(first.value));
  switch (first.key) {
    case 'source': return data.source === undefined ? undefined : { kind: 'file', path: data.source, place: at };
    case 'rows': return { kind: 'rows', rows: (data.rows ?? []).map((it) => [...it]), place: at };
    case 'dax': {
      const expression = daxAt(ctx, node, 'dax');
      return expression === undefined ? undefined : { kind: 'dax', expression, place: at };
    }
    default:
      return data.sessionize === undefined ? undefined
        : { kind: 'sessionize', sessions: declareSessionize(entry.key, first, data.sessionize, ctx, ctx.refused, (found) => ctx.findings.push(found)), place: place(ctx, first.keySpan) };
  }
}

function daxAt(ctx: Ctx, node: LocatedNode, key: string): DaxText | undefined {
  const value = entryOf(node, key)?.value;
  return value?.kind === 'scalar' ? daxTextOf(value, ctx.text, ctx.uri) : undefined;
}

function options(ctx: Ctx, data: TableData, { key: table, value: node }: LocatedEntry): Partial<FileOptions> {
  const booleans = entryOf(node, 'booleans')?.value;
  const lists = {
    blankTokens: wordsAt(ctx, node, 'blankTokens'),
    trueWords: booleans === undefined ? undefined : wordsAt(ctx, booleans, 'true'),
    falseWords: booleans === undefined ? undefined : wordsAt(ctx, booleans, 'false'),
  };
  return {
    ...(data.delimiter === undefined ? {} : { delimiter: data.delimiter }),
    ...(lists.blankTokens === undefined ? {} : { blankTokens: lists.blankTokens }),
    ...(lists.trueWords === undefined ? {} : { trueWords: lists.trueWords }),
    ...(lists.falseWords === undefined ? {} : { falseWords: lists.falseWords }),
    ...(data.dateFormats === undefined ? {} : { dateFormats: dateFormats(ctx, data.dateFormats, table, node) }),
  };
}

/** Patterns that can be read; what makes no date is reported. */
function dateFormats(ctx: Ctx, patterns: readonly string[], table: string, node: LocatedNode): readonly string[] {
  const list = entryOf(node, 'dateFormats')?.value;
  return patterns.filter((pattern, index) => {
    if (dateFormat(pattern) !== undefined) return true;
    const at = itemOf(list, index);
    if (at !== undefined) ctx.findings.push(refused(`entry ${index + 1} of dateFormats of table ${table}`, 'a pattern with year, month and day such as dd.MM.yyyy', at));
    return false;
  });
}

/** A list of words as they are written: unquoted `NULL` or `1` is the word, not what YAML makes of it. */
function wordsAt(ctx: Ctx, node: LocatedNode, key: string): readonly string[] | undefined {
  const value = entryOf(node, key)?.value;
  if (value?.kind !== 'list') return undefined;
  return value.items.flatMap((it) => {
    if (it.kind !== 'scalar') return [];
    return it.style === 'plain' ? ctx.text.slice(it.span.start, it.span.end) : String(it.value);
  });
}

function column(ctx: Ctx, entry: LocatedEntry, data: ColumnData | undefined): RawColumn {
  const node = entry.value;
  const expression = daxAt(ctx, node, 'dax');
  const nulls = data?.nulls === undefined ? undefined : nullsOf(data.nulls);
  const made = columnHints(data?.generate, node, ctx.uri);
  const said: Partial<Omit<Column, 'name' | 'place'>> = {
    ...(data?.type === undefined ? {} : { type: data.type, typePlace: place(ctx, valueSpan(node, 'type')) }),
    ...(data?.key === undefined ? {} : { key: data.key }),
    ...(data?.choice === undefined ? {} : { choice: data.choice, choicePlace: place(ctx, valueSpan(node, 'choice')) }),
    ...(data?.multiSelect === undefined ? {} : { multiSelect: data.multiSelect }),
    ...(data?.dataverse === undefined ? {} : { dataverse: data.dataverse }),
    ...(expression === undefined ? {} : { expression }),
    ...(data?.sessionOf === undefined ? {} : { sessionOf: { table: data.sessionOf, place: place(ctx, valueSpan(node, 'sessionOf')) } }),
    ...(data?.sortBy === undefined ? {} : { sortBy: data.sortBy }),
    ...(data?.hidden === undefined ? {} : { hidden: data.hidden }),
    ...(data?.description === undefined ? {} : { description: data.description }),
    ...(data?.deprecated === undefined ? {} : { deprecated: data.deprecated }),
    ...(nulls === undefined ? {} : { nulls }),
    ...(made === undefined ? {} : { generate: made.hints }),
  };
  const sortBy = data?.sortBy === undefined ? undefined : place(ctx, valueSpan(node, 'sortBy'));
  return { name: entry.key, place: place(ctx, entry.keySpan), said, sortByPlace: sortBy, hintPlaces: made?.places };
}

const nullsOf = (it: NonNullable<ColumnData['nulls']>): ColumnNulls => ({
  ...(it.null === undefined ? {} : { null: it.null }),
  ...(it.notNull === undefined ? {} : { notNull: it.notNull }),
});

type RelationshipData = NonNullable<ModelFileData['relationships']>[number];

function relationship(ctx: Ctx, data: RelationshipData, node: LocatedNode | undefined): readonly RawRelationship[] {
  const from = columnNameOf(data.from);
  const to = columnNameOf(data.to);
  if (from === undefined || to === undefined || node === undefined) return [];
  return [{
    from, fromPlace: place(ctx, valueSpan(node, 'from')),
    to, toPlace: place(ctx, valueSpan(node, 'to')),
    cardinality: data.cardinality, active: data.active, crossFilter: data.crossFilter, securityFilter: data.securityFilter,
    place: place(ctx, firstSpan(node)),
  }];
}

/** Reads `Table[Column]`; doubled quotes and brackets count once. */
export function columnNameOf(text: string): ColumnName | undefined {
  const match = columnReference.exec(text);
  if (match === null) return undefined;
  const tableName = match[1]?.replaceAll("''", "'") ?? match[2] ?? '';
  return { table: tableName.trim(), column: (match[3] ?? '').replaceAll(']]', ']') };
}

/** Where the bracket of the column stands in `Table[Column]`, whatever brackets the names have; -1 where the text is no such thing. */
export function bracketOf(text: string): number {
  const column = columnReference.exec(text)?.[3];
  return column === undefined ? -1 : text.trimEnd().length - column.length - '[]'.length;
}

function choice(ctx: Ctx, entry: LocatedEntry): readonly RawChoice[] {
  const node = entry.value;
  if (node.kind !== 'map') {
    const isImport = nameKey(entry.key) === 'import' || (node.kind === 'scalar' && node.value === null);
    if (!isImport) ctx.findings.push(refused(`choice ${entry.key}`, 'a mapping of codes to labels', node));
    return nameKey(entry.key) === 'import' ? [] : [{ name: entry.key, place: place(ctx, entry.keySpan), import: undefined, from: undefined, partial: false, options: [] }];
  }
  let file: Named | undefined;
  let from: Named | undefined;
  let partial = false;
  const list: RawChoice['options'][number][] = [];
  for (const it of node.entries) {
    const at = place(ctx, it.keySpan);
    if (it.key === 'import' || it.key === 'from') {
      const said = it.value.kind === 'scalar' && it.value.value !== true ? { name: String(it.value.value), place: place(ctx, it.value.span) } : undefined;
      if (said === undefined) ctx.findings.push(refused(`${it.key} of choice ${entry.key}`, it.key === 'import' ? 'the path of a file' : 'the name of a choice', it.value));
      else if (it.key === 'import') file = said;
      else from = said;
    } else if (it.key === 'partial') {
      partial = it.value.kind === 'scalar' && it.value.value === true;
      if (!partial) ctx.findings.push(refused(`partial of choice ${entry.key}`, 'true', it.value));
    } else if (it.value.kind === 'scalar' && it.value.value === true) {
      ctx.findings.push(refused(`option ${it.key} of choice ${entry.key}`, 'text', it.value));
    } else if (it.value.kind === 'scalar') list.push({ code: codeKey(it.key), label: String(it.value.value), deprecated: false, place: at });
    else {
      const label = entryOf(it.value, 'label')?.value;
      const deprecated = entryOf(it.value, 'deprecated')?.value;
      list.push({
        code: codeKey(it.key),
        label: label?.kind === 'scalar' ? String(label.value) : '',
        deprecated: deprecated?.kind === 'scalar' && deprecated.value === true,
        place: at,
      });
    }
  }
  return [{ name: entry.key, place: place(ctx, entry.keySpan), import: file, from, partial, options: list }];
}

/** The digits of a code without needless zeros, as a column writes them. */
const codeKey = (text: string): string => String(Number(text));

const refused = (at: string, expected: string, node: LocatedNode): Finding =>
  finding('model-invalid-value', { at, expected, found: node.kind === 'scalar' ? `the text ${String(node.value).slice(0, 60)}` : `a ${node.kind === 'map' ? 'mapping' : 'list'}` }, firstSpan(node));

/** A file or a list of files. */
function listAt(ctx: Ctx, node: LocatedNode | undefined, key: string): readonly Named[] {
  const value = entryOf(node, key)?.value;
  const items = value?.kind === 'list' ? value.items : value?.kind === 'scalar' ? [value] : [];
  return items.flatMap((it) => (it.kind === 'scalar' && it.value !== null ? [{ name: String(it.value), place: place(ctx, it.span) }] : []));
}
