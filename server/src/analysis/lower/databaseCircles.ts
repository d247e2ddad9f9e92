/** Calculated tables and columns that read themselves. */
import { parseExpression } from '../../../../grammar/src/index.ts';
import { circlesAmong, wayText } from '../../base/circles.ts';
import { spanToDocument } from '../../base/offsetMap.ts';
import { finding } from '../../findings/registry.ts';
import { nameKey, type DaxText, type Model } from '../../model/model.ts';
import { bindExpressionIn } from '../bind/bind.ts';
import type { Bound, MeasureSymbol, Reference } from '../bound.ts';
import type { Names } from '../scope.ts';
import type { DatabaseFinding } from './database.ts';

/** `table\u0000` for a calculated table, `table\u0000column` for a calculated column; keys. */
export type CalculatedNode = string;

interface Node {
  readonly name: string;
  readonly dax: DaxText;
  readonly bound: Bound;
  readonly reads: ReadonlySet<CalculatedNode>;
}

/**
 * Finds circles among calculated tables and columns, also through metrics.
 *
 * @returns the circle, in words, of each that takes part in one; a finding at each reference that closes one
 */
export function findCircles(
  model: Model, names: Names, measures: ReadonlyMap<string, MeasureSymbol>,
): { readonly nodes: ReadonlyMap<CalculatedNode, string>; readonly findings: readonly DatabaseFinding[] } {
  const nodes = nodesOf(model, names, measures);
  const ways = circlesAmong(nodes.keys(), (it) => nodes.get(it)?.reads ?? []);
  const circles = new Map<CalculatedNode, string>();
  const findings: DatabaseFinding[] = [];
  for (const [key, node] of nodes) {
    if (!ways.has(key)) continue;
    for (const next of node.reads) {
      const way = ways.way(key, next);
      if (way === undefined) continue;
      const words = wayText(way, (it) => nodes.get(it)?.name ?? '');
      circles.set(key, words);
      findings.push(at(node, next, words));
      break;
    }
  }
  return { nodes: circles, findings };
}

function nodesOf(model: Model, names: Names, measures: ReadonlyMap<string, MeasureSymbol>): ReadonlyMap<CalculatedNode, Node> {
  const keys = new Set<CalculatedNode>();
  for (const table of model.tables.values()) {
    if (table.source.kind === 'dax') keys.add(`${nameKey(table.name)}\u0000`);
    for (const column of table.columns.values()) if (column.expression !== undefined) keys.add(`${nameKey(table.name)}\u0000${nameKey(column.name)}`);
  }
  const scope = { model, measures, ...(names.inferredTypes === undefined ? {} : { inferredTypes: names.inferredTypes }) };
  const nodes = new Map<CalculatedNode, Node>();
  const add = (key: CalculatedNode, name: string, dax: DaxText, own: string, rowTable?: string): void => {
    const { expression } = parseExpression(dax.text);
    const bound = bindExpressionIn(expression, dax.text, scope, rowTable);
    const reads = new Set<CalculatedNode>(readsOf(bound, measures, scope).filter((it) => keys.has(it)));
    // A calculated column needs the rows of its table, and may well count them.
    if (rowTable !== undefined && keys.has(`${own}\u0000`)) reads.add(`${own}\u0000`);
    nodes.set(key, { name, dax, bound, reads });
  };
  for (const table of model.tables.values()) {
    const own = nameKey(table.name);
    if (table.source.kind === 'dax') add(`${own}\u0000`, table.name, table.source.expression, own);
    for (const column of table.columns.values()) {
      if (column.expression !== undefined) add(`${own}\u0000${nameKey(column.name)}`, `${table.name}[${column.name}]`, column.expression, own, table.name);
    }
  }
  return nodes;
}

/** Tables and columns that an expression reads, metrics followed. */
function readsOf(bound: Bound, measures: ReadonlyMap<string, MeasureSymbol>, scope: { readonly model: Model }): readonly CalculatedNode[] {
  const found: CalculatedNode[] = [];
  const seen = new Set<string>();
  const take = (it: Bound): void => {
    for (const table of it.dependencies.tables) found.push(`${table}\u0000`);
    for (const column of it.dependencies.columns) found.push(column);
    for (const name of it.dependencies.measures) {
      const measure = seen.has(name) ? undefined : measures.get(name);
      seen.add(name);
      if (measure !== undefined) queue.push(measure);
    }
  };
  const queue: MeasureSymbol[] = [];
  take(bound);
  for (let it = queue.shift(); it !== undefined; it = queue.shift()) {
    take(bindExpressionIn(it.body, it.segment.text, { model: scope.model, measures }));
  }
  return found;
}

/** The finding, at the reference that leads into the circle. */
function at(node: Node, next: CalculatedNode, path: string): DatabaseFinding {
  const [table = '', column = ''] = next.split('\u0000');
  const leads = (it: Reference): boolean => {
    const { target } = it;
    if (column === '') return target.kind === 'table' && nameKey(target.table.name) === table;
    return target.kind === 'column' && nameKey(target.table.name) === table && nameKey(target.column.name) === column;
  };
  const reference = node.bound.references.find(leads) ?? node.bound.references.find((it) => it.target.kind === 'measure');
  const span = reference?.span ?? { start: 0, end: node.dax.text.length };
  return { ...finding('circular-dependency', { path }, spanToDocument(node.dax.map, span)), uri: node.dax.uri };
}
