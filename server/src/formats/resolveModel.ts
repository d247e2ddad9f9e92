/** One model file, the files it extends and the schemas it imports → a model. */
import { closest } from '../base/closest.ts';
import { fileName, folderOf, resolvePath } from '../base/uri.ts';
import type { Finding } from '../findings/finding.ts';
import { finding } from '../findings/registry.ts';
import { nameKey, type Choice, type ChoiceOption, type Entity, type Model, type ModelFunction, type Table } from '../model/model.ts';
import { checkModel } from './checkModel.ts';
import { joinedChoice, joinedEntity } from './dataverse/definitions.ts';
import { finishColumns, mappedEntities, unknownAttributes } from './dataverse/mapping.ts';
import type { EntitySchema } from './entitySchema.ts';
import type { Named, RawCalculationGroup, RawChoice, RawModel, RawTable } from './rawModel.ts';
import { resolveSource } from './resolveSource.ts';

/** Why a file cannot be had. */
export interface LoadFault {
  readonly fault: 'not-found' | 'not-a-file' | 'too-large' | 'outside' | 'not-text' | 'unreadable';
  /** Bytes, where `too-large`. */
  readonly size?: number;
}

/** Files that a model names, read and parsed by who knows them; each may be asked for several times. */
export interface ModelLoader {
  /** What `readModelFile` made of a file; undefined when the file is there but nothing of it can be used. */
  model(uri: string): RawModel | LoadFault | undefined;
  entitySchema(uri: string): EntitySchema | LoadFault;
}

export interface ResolvedModel {
  readonly model: Model;
  /** Faults that only show when files are joined, by the file they stand in: in offsets of its text. */
  readonly findings: ReadonlyMap<string, readonly Finding[]>;
}

export interface NamedFiles {
  readonly models: readonly string[];
  readonly entitySchemas: readonly string[];
}

/** The uris that a file names, to be loaded before `resolveModel` asks for them. Those that lead nowhere are left out. */
export function filesNamedBy(raw: RawModel): NamedFiles {
  const flat = (list: readonly (Named | undefined)[]): readonly string[] => {
    const uris = list.map((it) => (it === undefined ? undefined : resolvePath(folderOf(it.place.uri), it.name)));
    return [...new Set(uris.filter((it) => it !== undefined))];
  };
  return { models: flat([raw.extends]), entitySchemas: flat([...raw.imports, ...raw.choices.map((it) => it.import)]) };
}

/** A model extends at most this many others, one above the other. */
const maximumChain = 50;

/**
 * Joins a model file with what it extends and imports, and checks what only the whole can tell.
 *
 * @param raw the file
 * @param loader gives the other files
 * @returns the model without what is faulty, and findings for the places of `raw` only: an extended file is a model
 *   itself and has its own; never throws
 */
export function resolveModel(raw: RawModel, loader: ModelLoader): ResolvedModel {
  const ctx: Ctx = { uri: raw.uri, loader, findings: [], files: new Set([raw.uri]), tablesMissing: false, choicesMissing: false };
  const chain = chainOf(ctx, raw);
  const { choices, entities } = choicesOf(ctx, chain);
  const tables = new Map<string, Table>();
  const groups = mergedGroups(ctx, chain);
  for (const it of [...mergedTables(chain).values(), ...groups.map((group) => group.table)]) tables.set(nameKey(it.name), finishTable(ctx, it, entities));
  const own = checkModel({ raw, chain, tables, choices, tablesMissing: ctx.tablesMissing, choicesMissing: ctx.choicesMissing });
  const home = chain.find((it) => it.home !== undefined && own.tables.has(nameKey(it.home.name)))?.home;
  const model: Model = {
    name: raw.name,
    uri: raw.uri,
    place: raw.place,
    tables: own.tables,
    relationships: own.relationships,
    choices,
    publicMetrics: new Set(chain.flatMap((it) => it.publicMetrics.map((metric) => nameKey(metric.name)))),
    files: [...ctx.files],
    entities: mappedEntities(entities, own.tables.values()),
    ...(home === undefined ? {} : { home: home.name }),
    ...userOf(chain),
    ...functionsOf(chain),
    ...hintsOf(chain),
    ...(own.roles.length === 0 ? {} : { roles: own.roles }),
    ...(groups.length === 0 ? {} : { calculationGroups: groups.map((it) => it.group) }),
  };
  const findings = [...ctx.findings, ...own.findings, ...unknownAttributes(raw.tables, entities)].sort((a, b) => a.span.start - b.span.start);
  return { model, findings: new Map(findings.length === 0 ? [] : [[raw.uri, findings]]) };
}

interface Ctx {
  /** Findings are kept for this file only. */
  readonly uri: string;
  readonly loader: ModelLoader;
  readonly findings: Finding[];
  readonly files: Set<string>;
  /** A file that may declare more could not be had: what is not found may be there. */
  tablesMissing: boolean;
  choicesMissing: boolean;
}

function report(ctx: Ctx, at: Named, it: Finding): void {
  if (at.place.uri === ctx.uri) ctx.findings.push(it);
}

function broken(ctx: Ctx): void {
  ctx.tablesMissing = true;
  ctx.choicesMissing = true;
}

/** The file itself, what it extends, and so on upwards; it ends before a circle closes. */
function chainOf(ctx: Ctx, raw: RawModel): readonly RawModel[] {
  const chain = [raw];
  for (let at = raw; at.extends !== undefined; ) {
    const named: Named = at.extends;
    const uri = resolvePath(folderOf(at.uri), named.name);
    if (uri === undefined) {
      broken(ctx);
      report(ctx, named, finding('data-outside', { path: named.name }, named.place.span));
      break;
    }
    const circle = chain.findIndex((it) => it.uri === uri);
    if (circle >= 0 || chain.length >= maximumChain) {
      // Every file of the circle says so at its own `extends`.
      const path = [...chain.slice(Math.max(circle, 0)), chain[Math.max(circle, 0)]].map((it) => (it === undefined ? '' : fileName(it.uri))).join(' → ');
      broken(ctx);
      const place = raw.extends?.place.span ?? named.place.span;
      if (circle === 0 || circle < 0) ctx.findings.push(finding('model-cycle', { what: 'models', path }, place));
      break;
    }
    ctx.files.add(uri);
    const loaded = ctx.loader.model(uri);
    if (loaded === undefined || 'fault' in loaded) {
      broken(ctx);
      const fault = loaded ?? 'nothing of it can be used';
      report(ctx, named, typeof fault === 'string' ? finding('data-malformed', { path: named.name, place: 'see there', problem: fault }, named.place.span) : faultFinding(fault, named));
      break;
    }
    chain.push(loaded);
    at = loaded;
  }
  return chain;
}

/** A finding for a file that cannot be had. */
export function faultFinding(it: LoadFault, at: Named): Finding {
  const path = at.name;
  switch (it.fault) {
    case 'not-found': return finding('data-missing', { path }, at.place.span);
    case 'outside': return finding('data-outside', { path }, at.place.span);
    case 'not-a-file': return finding('data-not-regular', { path }, at.place.span);
    case 'too-large': return finding('data-too-large', { path, size: `${(it.size ?? 0).toLocaleString('en-US')} bytes`, limit: 'lower' }, at.place.span);
    case 'not-text': return finding('data-malformed', { path, place: 'the file', problem: 'it is no text' }, at.place.span);
    case 'unreadable': return finding('data-malformed', { path, place: 'the file', problem: 'it cannot be read' }, at.place.span);
  }
}

function choicesOf(ctx: Ctx, chain: readonly RawModel[]): { readonly choices: ReadonlyMap<string, Choice>; readonly entities: ReadonlyMap<string, Entity> } {
  const choices = new Map<string, Choice>();
  const entities = new Map<string, Entity>();
  for (const raw of [...chain].reverse()) {
    for (const it of raw.imports) {
      const schema = schemaOf(ctx, it);
      for (const [key, choice] of schema?.choices ?? []) choices.set(key, joinedChoice(choices.get(key), choice));
      for (const [key, entity] of schema?.entities ?? []) entities.set(key, joinedEntity(entities.get(key), entity));
    }
    for (const it of raw.choices) {
      const imported = it.import === undefined ? undefined : schemaOf(ctx, it.import);
      const found = imported === undefined ? undefined : importedChoice(imported, it);
      for (const [key, entity] of imported?.entities ?? []) entities.set(key, joinedEntity(entities.get(key), entity));
      // What a file that cannot be read would have held is not known; that it cannot be read is told.
      if (it.import !== undefined && imported?.fault === undefined && imported !== undefined && found === undefined) {
        const wanted = it.from ?? it;
        const suggestion = closest(wanted.name, [...imported.choices.values()].map((choice) => choice.name));
        report(ctx, wanted, finding('model-unknown-reference', { what: `choice in ${it.import.name} named`, name: wanted.name, ...(suggestion === undefined ? {} : { suggestion }) }, wanted.place.span));
      }
      choices.set(nameKey(it.name), mergeChoice(it, found ?? choices.get(nameKey(it.name))));
    }
  }
  return { choices, entities };
}

/** The choice that `from:` names, or that has the same name; of rows the column whose name ends the choice's name. */
function importedChoice(schema: EntitySchema, it: RawChoice): Choice | undefined {
  const name = nameKey((it.from ?? it).name);
  const found = schema.choices.get(name);
  if (found !== undefined || !schema.ofRows) return found;
  const ends = [...schema.choices].filter(([column]) => name.endsWith(`_${column}`));
  return ends.sort(([a], [b]) => b.length - a.length)[0]?.[1];
}

function schemaOf(ctx: Ctx, at: Named): EntitySchema | undefined {
  const uri = resolvePath(folderOf(at.place.uri), at.name);
  if (uri === undefined) {
    ctx.choicesMissing = true;
    report(ctx, at, finding('data-outside', { path: at.name }, at.place.span));
    return undefined;
  }
  ctx.files.add(uri);
  const loaded = ctx.loader.entitySchema(uri);
  if ('fault' in loaded && !('choices' in loaded)) {
    ctx.choicesMissing = true;
    report(ctx, at, faultFinding(loaded, at));
    return undefined;
  }
  const schema = loaded as EntitySchema;
  if (schema.fault !== undefined) {
    ctx.choicesMissing = true;
    report(ctx, at, finding('data-malformed', { path: at.name, place: `line ${schema.fault.line}`, problem: schema.fault.message.replace(/\.$/, '') }, at.place.span));
  }
  if (schema.more) report(ctx, at, finding('data-incomplete', { path: at.name }, at.place.span));
  return schema;
}

/** Options that the file writes are laid over those that the choice has already. */
function mergeChoice(raw: RawChoice, base: Choice | undefined): Choice {
  const options = new Map<string, ChoiceOption>(base?.options);
  for (const it of raw.options) options.set(it.code, { value: Number(it.code), label: it.label, deprecated: it.deprecated, place: it.place });
  const partial = raw.partial || base?.partial === true;
  return { name: raw.name, place: raw.place, options, deprecated: base?.deprecated ?? false, source: base?.source, ...(partial ? { partial } : {}) };
}

/** Tables of the chain, the uppermost file first; what a file below says is laid over, column by column and key by key. */
function mergedTables(chain: readonly RawModel[]): ReadonlyMap<string, RawTable> {
  const tables = new Map<string, RawTable>();
  for (const raw of [...chain].reverse()) {
    for (const it of raw.tables) {
      const base = tables.get(nameKey(it.name));
      tables.set(nameKey(it.name), base === undefined ? it : overlay(base, it));
    }
  }
  return tables;
}

/** Calculation groups of the chain, that of the file itself before one of the same name above; a table of the name hides none. */
function mergedGroups(ctx: Ctx, chain: readonly RawModel[]): readonly RawCalculationGroup[] {
  const groups = new Map<string, RawCalculationGroup>();
  for (const raw of [...chain].reverse()) for (const it of raw.calculationGroups) groups.set(nameKey(it.group.name), it);
  const tables = mergedTables(chain);
  return [...groups.values()].filter(({ group }) => {
    const table = tables.get(nameKey(group.name));
    if (table === undefined) return true;
    const { name, place } = group;
    report(ctx, { name, place }, finding('model-duplicate-name', { what: 'table', name }, place.span, table.place.uri === place.uri ? { related: [{ span: table.place.span, message: `${table.name} is declared here.` }] } : {}));
    return false;
  }).sort((a, b) => b.group.precedence - a.group.precedence);
}

/** Who is asking: what the nearest file says. */
function userOf(chain: readonly RawModel[]): Pick<Model, 'user'> {
  const user = chain.find((it) => it.user !== undefined)?.user;
  return user === undefined ? {} : { user };
}

/** Hints for made-up rows: each from the nearest file that gives it. */
function hintsOf(chain: readonly RawModel[]): Pick<Model, 'generate'> {
  const said = [...chain].reverse().flatMap((it) => it.generate ?? []);
  return said.length === 0 ? {} : { generate: Object.assign({}, ...said) as NonNullable<Model['generate']> };
}

/** Functions of the chain; those of a file hide those of the files above. */
function functionsOf(chain: readonly RawModel[]): Pick<Model, 'functions'> {
  const functions = new Map<string, ModelFunction>();
  for (const raw of [...chain].reverse()) for (const it of raw.functions) functions.set(it.name.toUpperCase(), it);
  return functions.size === 0 ? {} : { functions };
}

function overlay(base: RawTable, over: RawTable): RawTable {
  const columns = new Map(base.columns.map((it) => [nameKey(it.name), it]));
  for (const it of over.columns) {
    const below = columns.get(nameKey(it.name));
    columns.set(nameKey(it.name), below === undefined ? it : { ...it, name: below.name, said: { ...below.said, ...it.said }, sortByPlace: it.sortByPlace ?? below.sortByPlace, hintPlaces: it.hintPlaces ?? below.hintPlaces });
  }
  const ownSource = over.source !== undefined;
  return {
    name: base.name,
    place: over.place,
    description: over.description ?? base.description,
    source: over.source ?? base.source,
    format: ownSource ? over.format : (over.format ?? base.format),
    options: ownSource ? over.options : { ...base.options, ...over.options },
    columns: [...columns.values()],
    hidden: over.hidden ?? base.hidden,
    dateTable: over.dateTable ?? base.dateTable,
    generate: over.generate ?? base.generate,
    generateFault: over.generateFault === true || base.generateFault === true,
  };
}

function finishTable(ctx: Ctx, raw: RawTable, entities: ReadonlyMap<string, Entity>): Table {
  const { source, unsupported, findings } = resolveSource(raw);
  for (const it of findings) {
    if (it.uri === ctx.uri) ctx.findings.push(it.finding);
  }
  return {
    name: raw.name,
    place: raw.place,
    description: raw.description,
    source,
    columns: finishColumns(raw, entities),
    hidden: raw.hidden ?? false,
    dateColumn: raw.dateTable?.name,
    ...(unsupported === undefined ? {} : { unsupported }),
    ...(raw.generate === undefined ? {} : { generate: raw.generate }),
  };
}
