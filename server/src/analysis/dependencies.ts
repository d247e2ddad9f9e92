/**
 * What a definition reads: metrics, columns, tables, functions, relationships and codes, each with its places, and all of
 * that at any depth.
 *
 * Definitions are bound when somebody asks, and once for each graph.
 */
import { parseExpression } from '../../../grammar/src/index.ts';
import type { Segment } from '../../../grammar/src/tree.ts';
import { assertNever } from '../base/assertNever.ts';
import { circlesAmong } from '../base/circles.ts';
import type { Span } from '../base/spans.ts';
import type { FunctionSpec } from '../functions/spec.ts';
import { nameKey, type Column, type DaxText, type Table } from '../model/model.ts';
import { bind, bindExpressionIn } from './bind/bind.ts';
import type {
  Bound, CodeUse, DefinedColumn, DefinedFunction, DefinedTable, MeasureSymbol, Reference, RelationshipUse, Scope,
} from './bound.ts';
import { columnsOfLog, sessionsOf, textsOfSessions } from './sessions.ts';

/** Something that a definition reads. Equal things have equal keys within one graph. */
export type Dependency =
  | { readonly kind: 'measure'; readonly key: string; readonly measure: MeasureSymbol }
  | { readonly kind: 'table'; readonly key: string; readonly table: Table }
  | { readonly kind: 'column'; readonly key: string; readonly table: Table; readonly column: Column }
  | { readonly kind: 'definedFunction'; readonly key: string; readonly function: DefinedFunction }
  | { readonly kind: 'definedTable'; readonly key: string; readonly table: DefinedTable }
  | { readonly kind: 'definedColumn'; readonly key: string; readonly column: DefinedColumn }
  /** A function of DAX. */
  | { readonly kind: 'function'; readonly key: string; readonly function: FunctionSpec }
  | { readonly kind: 'relationship'; readonly key: string; readonly use: RelationshipUse }
  | { readonly kind: 'code'; readonly key: string; readonly code: CodeUse };

/** What a definition reads itself, with the places in its text where it does. */
export interface Read {
  readonly dependency: Dependency;
  /** In order, relative to the segment, or to the text of an expression in a model file. */
  readonly spans: readonly Span[];
}

/** What a definition reads at some depth. */
export interface DeepRead {
  readonly dependency: Dependency;
  /** 1 for what it reads itself. */
  readonly depth: number;
  /** Key of the definition that reads it, on a shortest way. */
  readonly from: string;
}

export interface DependencyGraph {
  /** What a definition reads itself, in order of first use; nothing for what no expression defines. */
  reads(definition: Dependency): readonly Read[];
  /** Everything that it reads, each thing once, by its shortest way, nearest first. */
  closure(definition: Dependency): readonly DeepRead[];
  /** Keys along a shortest way from a definition back to itself, both ends included; undefined: it does not read itself. */
  circle(definition: Dependency): readonly (string | undefined)[] | undefined;
  /** The definition, table or column that a key stands for, once the graph has met it. */
  byKey(key: string): Dependency | undefined;
}

export const measureDependency = (measure: MeasureSymbol): Dependency => ({ kind: 'measure', key: `[${nameKey(measure.name)}]`, measure });
export const columnDependency = (table: Table, column: Column): Dependency =>
  ({ kind: 'column', key: `${nameKey(table.name)}[${nameKey(column.name)}]`, table, column });
export const tableDependency = (table: Table): Dependency => ({ kind: 'table', key: nameKey(table.name), table });

/**
 * @param scope the names that the definitions see
 * @param boundOf what somebody has bound already; what it does not have is bound here
 */
export function dependencyGraph(scope: Scope, boundOf: (segment: Segment) => Bound | undefined = () => undefined): DependencyGraph {
  const known = new Map<string, Dependency>();
  const reads = new Map<string, readonly Read[]>();
  const meet = <T extends Dependency>(it: T): T => {
    if (!known.has(it.key)) known.set(it.key, it);
    return it;
  };
  const readsOf = (it: Dependency): readonly Read[] => {
    let its = reads.get(it.key);
    if (its === undefined) {
      const bound = boundDefinition(meet(it), scope, boundOf);
      its = bound === undefined ? (it.kind === 'table' ? sessionReads(it.table, scope) : it.kind === 'column' ? sessionOfReads(it.column, scope) : []) : directReads(bound, it);
      for (const read of its) meet(read.dependency);
      reads.set(it.key, its);
    }
    return its;
  };
  const closure = (definition: Dependency): readonly DeepRead[] => {
    const found = new Map<string, DeepRead>();
    let level: readonly Dependency[] = [definition];
    for (let depth = 1; level.length > 0; depth++) {
      const next: Dependency[] = [];
      for (const it of level) {
        for (const { dependency } of readsOf(it)) {
          if (found.has(dependency.key)) continue;
          found.set(dependency.key, { dependency, depth, from: it.key });
          next.push(dependency);
        }
      }
      level = next;
    }
    return [...found.values()];
  };
  return {
    reads: readsOf,
    closure,
    circle(definition) {
      const all = closure(definition);
      const keys = [definition.key, ...all.map((it) => it.dependency.key)];
      const circles = circlesAmong(keys, (key) => (reads.get(key) ?? []).map((it) => it.dependency.key));
      return circles.way(definition.key);
    },
    byKey: (key) => known.get(key),
  };
}

function boundDefinition(it: Dependency, scope: Scope, boundOf: (segment: Segment) => Bound | undefined): Bound | undefined {
  const bindSegment = (segment: Segment): Bound => boundOf(segment) ?? bind(segment, scope);
  switch (it.kind) {
    case 'measure': return bindSegment(it.measure.segment);
    case 'definedFunction': return bindSegment(it.function.segment);
    case 'definedTable': return bindSegment(it.table.segment);
    case 'definedColumn': return bindSegment(it.column.segment);
    case 'table': return it.table.source.kind === 'dax' ? boundText(it.table.source.expression, scope, undefined) : undefined;
    case 'column': return it.column.expression === undefined ? undefined : boundText(it.column.expression, scope, it.table.name);
    case 'function': case 'relationship': case 'code': return undefined;
    default: return assertNever(it);
  }
}

/** What cuts a log into sessions: the log, the columns that order it, and what the rules read. */
function sessionReads(table: Table, scope: Scope): readonly Read[] {
  const sessions = sessionsOf(table);
  const log = sessions?.from === undefined ? undefined : scope.model?.tables.get(nameKey(sessions.from.name));
  if (sessions === undefined || log === undefined) return [];
  const found = new Map<string, Read>();
  const add = ({ dependency, spans }: Read): void => {
    if (!found.has(dependency.key)) found.set(dependency.key, { dependency, spans });
  };
  add({ dependency: tableDependency(log), spans: [] });
  for (const { name } of columnsOfLog(sessions)) {
    const column = log.columns.get(nameKey(name));
    if (column !== undefined) add({ dependency: columnDependency(log, column), spans: [] });
  }
  for (const { dax } of textsOfSessions(sessions)) directReads(boundText(dax, scope, log.name), tableDependency(table)).forEach(add);
  return [...found.values()];
}

/** The session of a row is told by the table of sessions. */
function sessionOfReads(column: Column, scope: Scope): readonly Read[] {
  const table = column.sessionOf === undefined ? undefined : scope.model?.tables.get(nameKey(column.sessionOf.table));
  return table === undefined ? [] : [{ dependency: tableDependency(table), spans: [] }];
}

function boundText({ text }: DaxText, scope: Scope, rowTable: string | undefined): Bound {
  const { expression, problems } = parseExpression(text);
  return bindExpressionIn(expression, text, scope, rowTable, problems);
}

/** The part of a segment that a definition is: several definitions of a query share one. */
function bodyOf(it: Dependency): Span | undefined {
  switch (it.kind) {
    case 'measure': return it.measure.segment.item.kind === 'query' ? it.measure.body.span : undefined;
    case 'definedFunction': return it.function.definition.span;
    case 'definedTable': return it.table.definition.span;
    case 'definedColumn': return it.column.definition.span;
    default: return undefined;
  }
}

function directReads(bound: Bound, definition: Dependency): readonly Read[] {
  const found = new Map<string, { readonly dependency: Dependency; readonly spans: Span[] }>();
  const add = (dependency: Dependency, span: Span): void => {
    const known = found.get(dependency.key);
    if (known === undefined) found.set(dependency.key, { dependency, spans: [span] });
    else known.spans.push(span);
  };
  const body = bodyOf(definition);
  const isInside = ({ span }: { readonly span: Span }): boolean => body === undefined || (span.start >= body.start && span.end <= body.end);
  bound.references.forEach((it, i) => {
    if (it.isDefinition === true || !isInside(it) || isBeforeMetric(bound, it, bound.references[i + 1])) return;
    const dependency = dependencyOf(it);
    if (dependency !== undefined) add(dependency, it.span);
  });
  // A calculated column's table is read with it.
  for (const { dependency, spans } of [...found.values()]) {
    if (dependency.kind !== 'column' || (dependency.table.source.kind !== 'dax' && dependency.table.source.kind !== 'sessionize')) continue;
    for (const span of spans) add(tableDependency(dependency.table), span);
  }
  for (const use of bound.relationships) {
    if (!isInside(use)) continue;
    const key = use.columns.map((it) => `${nameKey(it.table)}[${nameKey(it.column)}]`).sort().join(' - ');
    add({ kind: 'relationship', key, use }, use.span);
  }
  for (const code of bound.codes) {
    if (isInside(code)) add({ kind: 'code', key: `${nameKey(code.table.name)}[${nameKey(code.column.name)}] = ${code.code}`, code }, code.span);
  }
  return [...found.values()];
}

/** Whether a table is but the home of a metric: `T[metric]`. */
function isBeforeMetric({ segment: { text } }: Bound, it: Reference, next: Reference | undefined): boolean {
  if (next?.target.kind !== 'measure' || (it.target.kind !== 'table' && it.target.kind !== 'definedTable')) return false;
  return text.slice(it.span.end, next.span.start).trim() === '';
}

function dependencyOf({ target }: Reference): Dependency | undefined {
  switch (target.kind) {
    case 'measure': return measureDependency(target.measure);
    case 'table': return tableDependency(target.table);
    case 'column': return columnDependency(target.table, target.column);
    case 'definedFunction': return { kind: 'definedFunction', key: `${target.function.name.toUpperCase()}()`, function: target.function };
    case 'definedTable': return { kind: 'definedTable', key: nameKey(target.table.name), table: target.table };
    case 'definedColumn': {
      const { column } = target;
      return { kind: 'definedColumn', key: `${nameKey(column.definition.table.text)}[${nameKey(column.name)}]`, column };
    }
    case 'function': return { kind: 'function', key: `${target.spec.name}()`, function: target.spec };
    case 'extension': case 'variable': case 'parameter': case 'word': case 'unresolved': return undefined;
    default: return assertNever(target);
  }
}
