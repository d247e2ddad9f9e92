/** What only the whole model can tell: references between tables, columns, choices and relationships. */
import { closest } from '../base/closest.ts';
import type { Finding } from '../findings/finding.ts';
import { finding } from '../findings/registry.ts';
import type { ColumnHints } from '../model/generate.ts';
import { nameKey, type Choice, type Column, type ColumnName, type Place, type Relationship, type Role, type Table } from '../model/model.ts';
import type { PlacedName } from '../model/sessionize.ts';
import { checkedHints, hintFinding } from './checkGenerate.ts';
import type { RawModel, RawRelationship, RawTable } from './rawModel.ts';

export interface CheckInput {
  readonly raw: RawModel;
  /** `raw` first, then what it extends. */
  readonly chain: readonly RawModel[];
  readonly tables: ReadonlyMap<string, Table>;
  readonly choices: ReadonlyMap<string, Choice>;
  /** An extended file could not be had: a table or column that is not found may be there, and nothing is said. */
  readonly tablesMissing: boolean;
  readonly choicesMissing: boolean;
}

export interface CheckedModel {
  /** Without references that lead nowhere. */
  readonly tables: ReadonlyMap<string, Table>;
  readonly relationships: readonly Relationship[];
  /** Each with the filters whose tables exist. */
  readonly roles: readonly Role[];
  readonly findings: readonly Finding[];
}

export function checkModel(input: CheckInput): CheckedModel {
  const ctx: Ctx = { ...input, findings: [] };
  const tables = new Map([...input.tables].map(([key, it]) => [key, checkTable(ctx, it)]));
  const relationships = checkRelationships(ctx);
  const { home } = input.raw;
  if (home !== undefined) table(ctx, home.name, home.place);
  return { tables, relationships, roles: checkRoles(ctx), findings: ctx.findings };
}

/** Roles by name, that of the file itself before one of the same name above. */
function checkRoles(ctx: Ctx): readonly Role[] {
  const roles = new Map<string, Role>();
  for (const raw of [...ctx.chain].reverse()) for (const it of raw.roles) roles.set(nameKey(it.name), it);
  return [...roles.values()].map((it) => ({ ...it, filters: it.filters.flatMap((filter): Role['filters'] => {
    const found = table(ctx, filter.table, filter.place);
    return found === undefined ? [] : [{ ...filter, table: found.name }];
  }) }));
}

interface Ctx extends CheckInput {
  readonly findings: Finding[];
}

function report(ctx: Ctx, place: Place, it: Finding): void {
  if (place.uri === ctx.raw.uri) ctx.findings.push(it);
}

function unknown(ctx: Ctx, what: string, name: string, known: Iterable<string>, place: Place): void {
  const suggestion = closest(name, known);
  report(ctx, place, finding('model-unknown-reference', { what, name, ...(suggestion === undefined ? {} : { suggestion }) }, place.span));
}

function table(ctx: Ctx, name: string, place: Place): Table | undefined {
  const found = ctx.tables.get(nameKey(name));
  if (found === undefined && !ctx.tablesMissing) unknown(ctx, 'table', name, [...ctx.tables.values()].map((it) => it.name), place);
  return found;
}

/**
 * Names of a table's columns, or undefined where its rows or its expression may bring more than the file names.
 *
 * A file may have columns that nobody declared, and a `dax:` table has those of its expression.
 */
export function knownColumns(it: Table): ReadonlyMap<string, string> | undefined {
  if (it.source.kind === 'file' || it.source.kind === 'dax' || it.unsupported !== undefined) return undefined;
  return new Map([...it.columns].map(([key, column]) => [key, column.name]));
}

/** Whether a column may be there; a finding where it surely is not. `except`: the column that asks, never meant itself. */
function column(ctx: Ctx, it: Table, name: string, place: Place, except?: string): boolean {
  const known = knownColumns(it);
  if (known === undefined || known.has(nameKey(name))) return true;
  if (!ctx.tablesMissing) unknown(ctx, `column in ${it.name} named`, name, [...known.values()].filter((other) => other !== except), place);
  return false;
}

function checkTable(ctx: Ctx, it: Table): Table {
  if (it.source.kind === 'sessionize') checkLog(ctx, it, it.source.sessions.from);
  const rawTables = ctx.chain.flatMap((raw) => raw.tables.filter((other) => nameKey(other.name) === nameKey(it.name)));
  const columns = new Map<string, Column>();
  let isFaulty = ctx.chain.some((raw) => raw.generateFault) || rawTables.some((raw) => raw.generateFault === true);
  for (const [key, own] of it.columns) {
    let checked = own;
    if (own.choice !== undefined && !ctx.choices.has(nameKey(own.choice))) {
      if (!ctx.choicesMissing) unknown(ctx, 'choice', own.choice, [...ctx.choices.values()].map((choice) => choice.name), own.choicePlace ?? own.place);
      checked = { ...checked, choice: undefined };
    }
    if (own.sortBy !== undefined) {
      const place = rawTables.flatMap((raw) => raw.columns).find((raw) => nameKey(raw.name) === key && raw.said.sortBy === own.sortBy)?.sortByPlace ?? own.place;
      if (!column(ctx, it, own.sortBy, place, own.name)) checked = { ...checked, sortBy: undefined };
    }
    if (own.generate !== undefined) {
      checked = { ...checked, generate: checkHints(ctx, it, own, own.generate, rawTables) };
      isFaulty ||= checked.generate !== own.generate;
    }
    if (own.sessionOf !== undefined) checkSessionOf(ctx, it, own.name, own.sessionOf);
    columns.set(key, checked);
  }
  const dateTable = rawTables.find((raw) => raw.dateTable !== undefined)?.dateTable;
  const dateKnown = it.dateColumn === undefined || column(ctx, it, it.dateColumn, dateTable?.place ?? it.place);
  const dateType = it.dateColumn === undefined ? undefined : it.columns.get(nameKey(it.dateColumn))?.type;
  if (dateTable !== undefined && dateType !== undefined && dateType !== 'dateTime') {
    report(ctx, dateTable.place, finding('model-invalid-value', { at: `dateTable of table ${it.name}`, expected: 'a dateTime column', found: `${dateTable.name}, which is ${dateType}` }, dateTable.place.span));
  }
  const unmade = isFaulty && it.source.kind === 'none' && it.unsupported === undefined ? { unsupported: 'generate has a fault' } : {};
  return { ...it, ...unmade, columns, dateColumn: dateKnown ? it.dateColumn : undefined };
}

/** Hints for made-up values without those that mean nothing, each told at its key. */
function checkHints(ctx: Ctx, it: Table, own: Column, hints: ColumnHints, rawTables: readonly RawTable[]): ColumnHints {
  const raw = rawTables.flatMap((other) => other.columns).find((other) => nameKey(other.name) === nameKey(own.name) && other.said.generate !== undefined);
  const placeOf = (key: string): Place => raw?.hintPlaces?.get(key) ?? own.place;
  return checkedHints(it, own, hints, (key, expected, found) => {
    const place = placeOf(key);
    report(ctx, place, hintFinding(`${key} in generate of column ${it.name}[${own.name}]`, expected, found, place));
  }, (key, name) => {
    const found = it.columns.get(nameKey(name));
    if (found === undefined) column(ctx, it, name, placeOf(key), own.name);
    return found;
  });
}

/** The log of a table of sessions is another table. */
function checkLog(ctx: Ctx, it: Table, from: PlacedName | undefined): void {
  const log = from === undefined ? undefined : table(ctx, from.name, from.place);
  if (log !== it || from === undefined) return;
  report(ctx, from.place, finding('model-invalid-value', { at: `from in sessionize of table ${it.name}`, expected: 'another table', found: 'the table itself' }, from.place.span));
}

/** A column can tell the session of each row where the rows are those that the sessions are cut from. */
function checkSessionOf(ctx: Ctx, it: Table, name: string, named: { readonly table: string; readonly place: Place }): void {
  const sessions = table(ctx, named.table, named.place)?.source;
  if (sessions === undefined) return;
  const log = sessions.kind === 'sessionize' ? sessions.sessions.from?.name : undefined;
  if (log !== undefined && nameKey(log) === nameKey(it.name)) return;
  const found = sessions.kind === 'sessionize' ? `${named.table}, which is cut from ${log ?? 'nothing'}` : `${named.table}, which is none`;
  report(ctx, named.place, finding('model-invalid-value', { at: `sessionOf of column ${it.name}[${name}]`, expected: `a table of sessions cut from ${it.name}`, found }, named.place.span));
}

const pairKey = (from: ColumnName, to: ColumnName): string => JSON.stringify([from.table, from.column, to.table, to.column].map(nameKey));
const tablesKey = (it: Relationship): string => JSON.stringify([nameKey(it.from.table), nameKey(it.to.table)].sort());

/** Relationships whose ends exist, extended files first; one that a file repeats is laid over the one it extends. */
function checkRelationships(ctx: Ctx): readonly Relationship[] {
  const kept = new Map<string, Relationship>();
  for (const raw of [...ctx.chain].reverse()) {
    for (const it of raw.relationships) {
      const ends = endsOf(ctx, it);
      if (ends === undefined) continue;
      const key = pairKey(ends.from, ends.to);
      const base = kept.get(key);
      if (base?.place.uri === it.place.uri) {
        report(ctx, it.place, finding('model-duplicate-name', { what: 'the relationship', name: shown(ends) }, it.place.span));
        continue;
      }
      kept.set(key, {
        ...ends,
        cardinality: it.cardinality ?? base?.cardinality ?? 'many-to-one',
        active: it.active ?? base?.active ?? true,
        crossFilter: it.crossFilter ?? base?.crossFilter ?? 'single',
        ...securityOf(it, base),
        place: it.place,
      });
    }
  }
  return oneActive(ctx, [...kept.values()]);
}

const securityOf = (it: RawRelationship, base: Relationship | undefined): Pick<Relationship, 'securityFilter'> => {
  const securityFilter = it.securityFilter ?? base?.securityFilter;
  return securityFilter === undefined ? {} : { securityFilter };
};

const shown = (it: { readonly from: ColumnName; readonly to: ColumnName }): string =>
  `${it.from.table}[${it.from.column}] to ${it.to.table}[${it.to.column}]`;

/** Both ends with their names as declared, or undefined where one leads nowhere. */
function endsOf(ctx: Ctx, it: RawRelationship): { readonly from: ColumnName; readonly to: ColumnName } | undefined {
  const end = (name: ColumnName, place: Place): ColumnName | undefined => {
    const found = table(ctx, name.table, place);
    if (found === undefined || !column(ctx, found, name.column, place)) return undefined;
    return { table: found.name, column: found.columns.get(nameKey(name.column))?.name ?? name.column };
  };
  const from = end(it.from, it.fromPlace);
  const to = end(it.to, it.toPlace);
  if (from === undefined || to === undefined) return undefined;
  if (nameKey(from.table) === nameKey(to.table)) {
    report(ctx, it.toPlace, finding('model-invalid-value', { at: 'to of the relationship', expected: 'a column of another table', found: `a column of ${to.table} itself` }, it.toPlace.span));
    return undefined;
  }
  return { from, to };
}

/** Between two tables one relationship is active, as in Power BI; of several the first stays so. */
function oneActive(ctx: Ctx, list: readonly Relationship[]): readonly Relationship[] {
  const active = new Map<string, Relationship>();
  return list.map((it) => {
    if (!it.active) return it;
    const other = active.get(tablesKey(it));
    if (other === undefined) {
      active.set(tablesKey(it), it);
      return it;
    }
    report(ctx, it.place, finding('relationship-ambiguous', { first: it.from.table, second: it.to.table }, it.place.span, {
      related: [{ uri: other.place.uri, span: other.place.span, message: 'This one is active.' }],
    }));
    return { ...it, active: false };
  });
}
