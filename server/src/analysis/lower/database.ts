/** From a model to the database that an engine opens: calculated tables and columns as plans. */
import { parseExpression } from '../../../../grammar/src/index.ts';
import type { Segment } from '../../../../grammar/src/tree.ts';
import type { Finding } from '../../findings/finding.ts';
import { finding } from '../../findings/registry.ts';
import { nameKey, type Column, type DaxText, type Limits, type Model, type Place, type Role, type Table } from '../../model/model.ts';
import type { Sessionize } from '../../model/sessionize.ts';
import type { ColumnSpec, DatabaseSpec, QueryDefinitions, RelationshipSpec, RoleSpec, TableSource, TableSpec } from '../../plan/database.ts';
import type { Relation, Scalar } from '../../plan/plan.ts';
import type { Reason } from '../../plan/values.ts';
import { bareSegment } from '../bareSegment.ts';
import type { MeasureSymbol, Scope } from '../bound.ts';
import { completeNames } from '../complete.ts';
import { findModelColumn, shapeOf, type Names } from '../scope.ts';
import { isMadeBySessions } from '../sessions.ts';
import { findColumn, type ScalarType } from '../shapes.ts';
import { familyOf, typeWord } from '../types.ts';
import {
  addSource, createLowerContext, openRow, syntaxError, topEnv, type LoweringSource, type LowerContext, type LowerEnv,
  type MeasureSpace,
} from './context.ts';
import { findCircles, type CalculatedNode } from './databaseCircles.ts';
import { withDefined } from './defined.ts';
import { generatedSources, type GenerateOptions } from './generate/generated.ts';
import { contentHash } from './hash.ts';
import { lowerMeasures } from './lowering.ts';
import { lowerRelation } from './relations.ts';
import { lowerScalar } from './scalars.ts';
import { lowerSessions } from './sessions.ts';
import { withFunctions } from './userFunctions.ts';

export interface DatabaseOptions {
  /** Days since 1899-12-30 in UTC; `data`: the latest date of the date tables. */
  readonly clock: number | 'data';
  readonly culture: string;
  readonly seed: number;
  readonly limits: Limits;
  /** How rows are made up for tables that have no source. */
  readonly generate?: GenerateOptions;
  /** Metrics that calculated tables and columns may read, by `nameKey`. */
  readonly measures?: ReadonlyMap<string, MeasureSymbol>;
  /** Functions, tables and columns that text of the model defines: tables and columns become part of the database. */
  readonly defined?: Pick<Scope, 'functions' | 'tables' | 'columns'>;
}

/** A finding of a model file: its span counts in the file `uri`. */
export type DatabaseFinding = Finding & { readonly uri: string };

export interface LoweredDatabase {
  readonly spec: DatabaseSpec;
  /** Circles, columns that an expression does not give, types that differ from the declared ones. */
  readonly findings: readonly DatabaseFinding[];
  /** Texts that plans came from, by `At.source`. */
  readonly sources: readonly LoweringSource[];
}

/** Lowers a model: each table with its rows or the plan of them. */
export function lowerDatabase(model: Model, options: DatabaseOptions): LoweredDatabase {
  const measures = options.measures ?? new Map<string, MeasureSymbol>();
  const ctx = createLowerContext();
  const complete = completeNames({ model, measures, ...options.defined });
  const { space, parts } = withDefined(complete, ctx);
  const { names } = space;
  const completed = complete.model ?? model;
  const circles = findCircles(completed, names, measures);
  const findings: DatabaseFinding[] = [...circles.findings];
  const generated = generatedSources(model, options.generate ?? {});
  const tables = [...completed.tables.values()].map((table) => lowerTable(table, generated.get(nameKey(table.name)), { ctx, space, names, findings, circles: circles.nodes }));
  const roles = (completed.roles ?? []).map((it) => lowerRole(it, { ctx, space, names, findings, circles: circles.nodes }));
  const spec = {
    tables: withParts(tables, parts()),
    relationships: completed.relationships.flatMap((it) => relationshipOf(it, names)),
    ...(roles.length === 0 ? {} : { roles }),
    measures: lowerMeasures(ctx),
    clock: options.clock,
    culture: options.culture,
    seed: options.seed,
    limits: options.limits,
  };
  return { spec: { key: contentHash(spec), ...spec }, findings, sources: ctx.sources };
}

/** The tables with those, and with the columns, that text defines. */
function withParts(tables: readonly TableSpec[], parts: QueryDefinitions | undefined): readonly TableSpec[] {
  if (parts === undefined) return tables;
  const gained = tables.map((table) => {
    const its = parts.columns.filter((it) => it.table === table.name);
    return its.length === 0 ? table : { ...table, columns: [...table.columns, ...its.map((it) => it.column)] };
  });
  return [...gained, ...parts.tables];
}

interface Work {
  readonly ctx: LowerContext;
  readonly space: MeasureSpace;
  readonly names: Names;
  readonly findings: DatabaseFinding[];
  readonly circles: ReadonlyMap<CalculatedNode, string>;
}

function lowerTable(table: Table, generated: TableSource | undefined, work: Work): TableSpec {
  const missing = new Set<string>();
  const source = generated ?? lowerSource(table, work, missing);
  const columns = [...table.columns.values()].map((column) => lowerColumn(table, column, missing.has(nameKey(column.name)), work));
  const dateColumn = table.dateColumn === undefined ? undefined : table.columns.get(nameKey(table.dateColumn))?.name;
  return { name: table.name, columns, ...(dateColumn === undefined ? {} : { dateColumn }), source };
}

function lowerSource(table: Table, work: Work, missing: Set<string>): TableSource {
  const { source } = table;
  switch (source.kind) {
    case 'file': return { kind: 'file', uri: source.uri, path: source.path, format: source.format, options: source.options };
    case 'rows': return { kind: 'rows', rows: source.rows };
    case 'sessionize': return lowerSessionTable(table, source.sessions, work, missing);
    case 'none': return { kind: 'unavailable', reason: { id: 'data-fault', table: table.name, detail: table.unsupported ?? 'it has no source' } };
    case 'dax': {
      const path = work.circles.get(`${nameKey(table.name)}\u0000`);
      if (path !== undefined) return { kind: 'unavailable', reason: { id: 'circular-dependency', path } };
      const { relation, reason } = lowerTableExpression(table, source.expression, work, missing);
      return relation === undefined ? { kind: 'unavailable', reason } : { kind: 'relation', relation };
    }
  }
}

/** The rules of a table of sessions; columns that they do not make and that are not calculated are missing. */
function lowerSessionTable(table: Table, sessions: Sessionize, work: Work, missing: Set<string>): TableSource {
  for (const column of table.columns.values()) {
    if (column.expression !== undefined || column.sessionOf !== undefined) continue;
    if (isMadeBySessions(sessions, column.name)) checkType(table, column, work);
    else reportMissing(column, `sessionize of ${table.name}`, missing, work);
  }
  const path = work.circles.get(`${nameKey(table.name)}\u0000`);
  if (path !== undefined) return { kind: 'unavailable', reason: { id: 'circular-dependency', path } };
  const rules = lowerSessions(table, sessions, {
    names: work.names,
    report: (it) => work.findings.push(it),
    lower: (dax, log) => {
      const { id, inside } = openRow(envOf(dax, work), shapeOf(work.names, log));
      const { expression, problems } = parseExpression(dax.text);
      return { row: id, expression: problems.length > 0 ? { op: 'notEvaluated', reason: syntaxError } : lowerScalar(withFunctions(expression, work.names), inside) };
    },
  });
  return 'from' in rules ? { kind: 'sessions', rules } : { kind: 'unavailable', reason: rules };
}

/** The rows of a calculated table; the engine finds its columns by their plain names. */
function lowerTableExpression(
  table: Table, dax: DaxText, work: Work, missing: Set<string>,
): { readonly relation: Relation; readonly reason?: never } | { readonly relation?: never; readonly reason: Reason } {
  const { expression, problems } = parseExpression(dax.text);
  if (problems.length > 0) return { reason: syntaxError };
  const { relation, shape } = lowerRelation(withFunctions(expression, work.names), envOf(dax, work));
  if (relation.op === 'notEvaluated') return { reason: relation.reason };
  for (const column of table.columns.values()) {
    if (column.expression !== undefined || isMissing(column, table, shape, missing, work)) continue;
    if (findColumn(shape, undefined, column.name) === 'ambiguous') {
      return { reason: { id: 'type-error', detail: `the expression gives several columns ${column.name}` } };
    }
    checkType(table, column, work);
  }
  return { relation };
}

function isMissing(column: Column, table: Table, shape: Parameters<typeof findColumn>[0], missing: Set<string>, work: Work): boolean {
  if (findColumn(shape, undefined, column.name) !== undefined) return false;
  reportMissing(column, `The expression of ${table.name}`, missing, work);
  return true;
}

function reportMissing(column: Column, path: string, missing: Set<string>, work: Work): void {
  missing.add(nameKey(column.name));
  work.findings.push(located(column.place, finding('data-column-missing', { path, column: column.name }, column.place.span)));
}

function lowerColumn(table: Table, column: Column, isAbsent: boolean, work: Work): ColumnSpec {
  const spec = { name: column.name, type: column.type };
  if (isAbsent) {
    const reason: Reason = { id: 'data-fault', table: table.name, detail: `its expression gives no column ${column.name}` };
    return { ...spec, calculated: { row: work.ctx.nextRow++, expression: { op: 'notEvaluated', reason } } };
  }
  if (column.sessionOf !== undefined) return lowerSessionOf(table, column, column.sessionOf.table, work);
  if (column.expression === undefined) return spec;
  const env = envOf(column.expression, work);
  const { id, inside } = openRow(env, shapeOf(work.names, table));
  return { ...spec, calculated: { row: id, expression: lowerColumnExpression(table, column, column.expression, inside, work) } };
}

/** A column of a log that tells the session of each row. */
function lowerSessionOf(table: Table, column: Column, sessions: string, work: Work): ColumnSpec {
  checkType(table, column, work);
  const { name } = column;
  const found = work.names.model?.tables.get(nameKey(sessions));
  const path = work.circles.get(`${nameKey(table.name)}\u0000${nameKey(name)}`);
  const isCut = found?.source.kind === 'sessionize' && nameKey(found.source.sessions.from?.name ?? '') === nameKey(table.name);
  if (path === undefined && found !== undefined && isCut) return { name, type: 'string', sessionOf: found.name };
  const reason: Reason = path === undefined ? { id: 'data-fault', table: table.name, detail: `${sessions} is no table of its sessions` } : { id: 'circular-dependency', path };
  return { name, type: 'string', calculated: { row: work.ctx.nextRow++, expression: { op: 'notEvaluated', reason } } };
}

function lowerColumnExpression(table: Table, column: Column, dax: DaxText, env: LowerEnv, work: Work): Scalar {
  const path = work.circles.get(`${nameKey(table.name)}\u0000${nameKey(column.name)}`);
  if (path !== undefined) return { op: 'notEvaluated', reason: { id: 'circular-dependency', path } };
  const { expression, problems } = parseExpression(dax.text);
  if (problems.length > 0) return { op: 'notEvaluated', reason: syntaxError };
  checkType(table, column, work);
  return lowerScalar(withFunctions(expression, work.names), env);
}

function envOf(dax: DaxText, work: Work): LowerEnv {
  const segment: Segment = bareSegment(parseExpression(dax.text).expression, dax.text);
  return topEnv(work.ctx, work.space, addSource(work.ctx, { uri: dax.uri, text: dax.text, segment }));
}

/** Reports a declared type that the expression certainly does not have. */
function checkType(table: Table, column: Column, { names, findings }: Work): void {
  if (column.type === undefined) return;
  const inferred = names.inferredTypes?.(nameKey(table.name), nameKey(column.name));
  const isDate = (it: ScalarType): boolean => it === 'dateTime';
  if (inferred === undefined || (familyOf(inferred) === familyOf(column.type) && isDate(inferred) === isDate(column.type))) return;
  const place = column.typePlace ?? column.place;
  findings.push(located(place, finding('model-type-mismatch', {
    column: `${table.name}[${column.name}]`, declared: typeWord(column.type), found: typeWord(inferred),
  }, place.span)));
}

const located = (place: Place, it: Finding): DatabaseFinding => ({ ...it, uri: place.uri });

/** A filter that cannot be read is a plan without a value, so that nobody sees what it was to hide. */
function lowerRole(role: Role, work: Work): RoleSpec {
  return {
    name: role.name,
    filters: role.filters.flatMap((it): RoleSpec['filters'] => {
      const table = work.names.model?.tables.get(nameKey(it.table));
      if (table === undefined) return [];
      const { id, inside } = openRow(envOf(it.expression, work), shapeOf(work.names, table));
      const { expression, problems } = parseExpression(it.expression.text);
      const predicate: Scalar = problems.length > 0 ? { op: 'notEvaluated', reason: syntaxError } : lowerScalar(withFunctions(expression, work.names), inside);
      return [{ table: table.name, row: id, predicate }];
    }),
  };
}

function relationshipOf(it: Model['relationships'][number], names: Names): readonly RelationshipSpec[] {
  const from = findModelColumn(names, it.from);
  const to = findModelColumn(names, it.to);
  if (from === undefined || to === undefined) return [];
  return [{
    from: { table: from.table.name, column: from.column.name },
    to: { table: to.table.name, column: to.column.name },
    cardinality: it.cardinality,
    active: it.active,
    crossFilter: it.crossFilter,
    ...(it.securityFilter === undefined ? {} : { securityFilter: it.securityFilter }),
  }];
}
