/**
 * Definitions that read themselves: metrics, and the functions, tables and columns that text defines. Circles are found
 * once for each set of names, and reported at each reference that closes one.
 */
import { quoteColumn, quoteTable, walk } from '../../../../grammar/src/index.ts';
import type { Definition, Expression } from '../../../../grammar/src/tree.ts';
import { circlesAmong, leadsBack, wayText, type Circles } from '../../base/circles.ts';
import type { Span } from '../../base/spans.ts';
import { nameKey } from '../../model/model.ts';
import type { DefinedFunction, DefinedTable } from '../bound.ts';
import { unwatched } from '../lookups.ts';
import type { Definitions, Names } from '../scope.ts';
import { report, type BindContext, type Env } from './context.ts';

export const measureNode = (name: string): string => `m\u0000${nameKey(name)}`;
export const functionNode = (name: string): string => `f\u0000${name.toUpperCase()}`;
export const tableNode = (name: string): string => `t\u0000${nameKey(name)}`;
export const columnNode = (table: string, name: string): string => `c\u0000${nameKey(table)}\u0000${nameKey(name)}`;

/** The node that the name of a definition has; undefined for a variable of a query. */
export function namedNode(item: Definition): string | undefined {
  switch (item.kind) {
    case 'measure': return measureNode(item.name);
    case 'functionDefinition': return functionNode(item.name);
    case 'tableDefinition': return tableNode(item.name);
    case 'columnDefinition': return columnNode(item.table.text, item.name);
    case 'variableDefinition': return undefined;
  }
}

/** The node of a definition; undefined where its name now means another definition, which tells nothing about this one. */
export function nodeOf(item: Definition, { definitions }: Names): string | undefined {
  const node = namedNode(item);
  return node !== undefined && bodyOf(definitions, node) === item.body ? node : undefined;
}

/** Reports a reference that leads back to the definition in which it stands. */
export function reportCircle(ctx: BindContext, env: Env, node: string, span: Span): void {
  if (env.own === undefined) return;
  const { definitions } = env.names;
  const way = circles(definitions).way(env.own, node);
  if (way === undefined) return;
  report(ctx, env, 'circular-dependency', { path: wayText(way, (it) => nameOf({ ...definitions, measures: unwatched(definitions.measures) }, it)) }, span);
}

/** All definitions that lead back to themselves, as nodes. */
export const nodesInCircles = (definitions: Definitions): readonly string[] => circles(definitions).members;

/**
 * Takes over to a changed set that there are no circles, where there were none: a new one would lead through what changed.
 *
 * @param changed nodes whose definition changed, or that are new
 */
export function carryCircles(before: Definitions, after: Definitions, changed: Iterable<string>): void {
  const old = known.get(unwatched(before.measures));
  if (old === undefined || old.circles.members.length > 0 || !isSame(old.definitions, after)) return;
  const plain = { ...after, measures: unwatched(after.measures) };
  if (!leadsBack(changed, (it) => reads(plain, it))) known.set(plain.measures, { definitions: plain, circles: old.circles });
}

interface Known {
  readonly definitions: Definitions;
  readonly circles: Circles<string>;
}

const known = new WeakMap<Definitions['measures'], Known>();

/** What is looked at here is no dependency of a single definition: where circles come or go, their members are told. */
function circles(definitions: Definitions): Circles<string> {
  const plain = { ...definitions, measures: unwatched(definitions.measures) };
  let entry = known.get(plain.measures);
  if (entry === undefined || !isSame(entry.definitions, plain)) {
    entry = { definitions: plain, circles: circlesAmong(nodes(plain), (it) => reads(plain, it)) };
    known.set(plain.measures, entry);
  }
  return entry.circles;
}

const isSame = (a: Definitions, b: Definitions): boolean => a.functions === b.functions && a.tables === b.tables && a.columns === b.columns;

function* nodes({ measures, functions, tables, columns }: Definitions): Iterable<string> {
  for (const key of measures.keys()) yield `m\u0000${key}`;
  for (const key of functions.keys()) yield `f\u0000${key}`;
  for (const key of tables.keys()) yield `t\u0000${key}`;
  for (const key of columns.keys()) yield `c\u0000${key}`;
}

/** What a node stands for; undefined for a name that text does not define. */
function definitionOf({ measures, functions, tables, columns }: Definitions, node: string): { readonly name: string; readonly body: Expression; readonly table?: string } | undefined {
  const key = node.slice(2);
  switch (node[0]) {
    case 'm': return measures.get(key);
    case 'f': return definition(functions.get(key));
    case 't': return definition(tables.get(key));
    default: {
      const its = columns.get(key);
      return its === undefined ? undefined : { name: its.name, body: its.definition.body, table: its.definition.table.text };
    }
  }
}

const definition = (it: DefinedFunction | DefinedTable | undefined): { readonly name: string; readonly body: Expression } | undefined =>
  it === undefined ? undefined : { name: it.name, body: it.definition.body };

const bodyOf = (definitions: Definitions, node: string): Expression | undefined => definitionOf(definitions, node)?.body;

function nameOf(definitions: Definitions, node: string): string {
  const its = definitionOf(definitions, node);
  if (its === undefined) return node;
  if (node.startsWith('m')) return quoteColumn(its.name);
  if (its.table !== undefined) return `${quoteTable(its.table)}${quoteColumn(its.name)}`;
  return node.startsWith('t') ? quoteTable(its.name) : its.name;
}

/** Nodes that a definition reads directly, as far as its text tells. */
function reads(definitions: Definitions, node: string): readonly string[] {
  const its = definitionOf(definitions, node);
  if (its === undefined) return [];
  const bare = bareNames(its.body);
  const found = bare.map((it) => `m\u0000${it}`).filter((it) => definitions.measures.has(it.slice(2)));
  if (its.table !== undefined) {
    // In its own row, a column of the table needs no table before it.
    for (const it of bare) if (!definitions.measures.has(it)) found.push(`c\u0000${nameKey(its.table)}\u0000${it}`);
  }
  return definitions.functions.size + definitions.tables.size + definitions.columns.size === 0 ? found : [...found, ...otherNodes(its.body)];
}

const bareNamesOf = new WeakMap<Expression, readonly string[]>();

/** Keys of names in brackets without a table, those left out that the text itself adds as columns. */
function bareNames(body: Expression): readonly string[] {
  let its = bareNamesOf.get(body);
  if (its === undefined) {
    const bare = new Set<string>();
    // A column that the body itself names, "x", is meant by [x] in it.
    const texts: string[] = [];
    walk(body, (it) => {
      if (it.kind === 'string') texts.push(it.value);
      // `T[c]` is a column far more often than a metric; a circle through one is found when it is evaluated.
      else if (it.kind === 'column' && it.table === undefined) bare.add(nameKey(it.column.text));
    });
    if (bare.size > 0) for (const it of texts) bare.delete(nameKey(it));
    its = [...bare];
    bareNamesOf.set(body, its);
  }
  return its;
}

const otherNodesOf = new WeakMap<Expression, readonly string[]>();

/** Nodes of tables, columns and functions. */
function otherNodes(body: Expression): readonly string[] {
  let its = otherNodesOf.get(body);
  if (its === undefined) {
    const others = new Set<string>();
    const variables = new Set<string>();
    walk(body, (it) => {
      switch (it.kind) {
        case 'var': for (const variable of it.variables) variables.add(tableNode(variable.name.text)); break;
        case 'name': others.add(tableNode(it.name.text)); break;
        case 'call': others.add(functionNode(it.name)); break;
        case 'column': if (it.table !== undefined) others.add(tableNode(it.table.text)).add(columnNode(it.table.text, it.column.text)); break;
        default:
      }
    });
    its = [...others].filter((it) => !variables.has(it));
    otherNodesOf.set(body, its);
  }
  return its;
}
