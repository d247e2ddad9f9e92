/** Calculated tables and columns that read themselves. */
import { parseExpression } from '../../../../grammar/src/index.ts';
import { circlesAmong, wayText } from '../../base/circles.ts';
import { spanToDocument } from '../../base/offsetMap.ts';
import { finding } from '../../findings/registry.ts';
import { nameKey, type DaxText, type Model, type Place } from '../../model/model.ts';
import { bindExpressionIn } from '../bind/bind.ts';
import type { Bound, MeasureSymbol, Reference } from '../bound.ts';
import type { Names } from '../scope.ts';
import { columnsOfLog, sessionsOf, textsOfSessions } from '../sessions.ts';
import type { DatabaseFinding } from './database.ts';

/** `table\u0000` for a calculated table, `table\u0000column` for a calculated column; keys. */
export type CalculatedNode = string;

interface Node {
  readonly name: string;
  /** Where it is told that reads something: the key that names it, or what stands for all of its texts. */
  readonly place: Place;
  readonly texts: readonly { readonly dax: DaxText; readonly bound: Bound }[];
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
    if (table.source.kind === 'dax' || table.source.kind === 'sessionize') keys.add(`${nameKey(table.name)}\u0000`);
    for (const column of table.columns.values()) if (column.expression !== undefined || column.sessionOf !== undefined) keys.add(`${nameKey(table.name)}\u0000${nameKey(column.name)}`);
  }
  const scope = { model, measures, ...(names.inferredTypes === undefined ? {} : { inferredTypes: names.inferredTypes }) };
  const nodes = new Map<CalculatedNode, Node>();
  const add = (key: CalculatedNode, it: { readonly name: string; readonly place: Place; readonly texts: readonly DaxText[]; readonly rowTable?: string; readonly besides?: readonly CalculatedNode[] }): void => {
    const texts = it.texts.map((dax) => ({ dax, bound: bindExpressionIn(parseExpression(dax.text).expression, dax.text, scope, it.rowTable) }));
    const reads = [...texts.flatMap(({ bound }) => readsOf(bound, measures, scope)), ...it.besides ?? []];
    nodes.set(key, { name: it.name, place: it.place, texts, reads: new Set(reads.filter((read) => keys.has(read))) });
  };
  for (const table of model.tables.values()) {
    const own = nameKey(table.name);
    const rows = `${own}\u0000`;
    if (table.source.kind === 'dax') add(rows, { name: table.name, place: table.source.place, texts: [table.source.expression] });
    const sessions = sessionsOf(table);
    const log = sessions?.from;
    if (sessions !== undefined && log !== undefined) {
      const named = columnsOfLog(sessions).map((it) => `${nameKey(log.name)}\u0000${nameKey(it.name)}`);
      add(rows, { name: table.name, place: log.place, texts: textsOfSessions(sessions).map((it) => it.dax), rowTable: log.name, besides: [`${nameKey(log.name)}\u0000`, ...named] });
    }
    for (const column of table.columns.values()) {
      // A calculated column needs the rows of its table, and may well count them.
      const at = { name: `${table.name}[${column.name}]`, rowTable: table.name };
      if (column.expression !== undefined) add(`${rows}${nameKey(column.name)}`, { ...at, place: column.place, texts: [column.expression], besides: [rows] });
      else if (column.sessionOf !== undefined) add(`${rows}${nameKey(column.name)}`, { ...at, place: column.sessionOf.place, texts: [], besides: [`${nameKey(column.sessionOf.table)}\u0000`] });
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
  const isMetric = (it: Reference): boolean => it.target.kind === 'measure';
  for (const meant of [leads, isMetric]) {
    for (const { dax, bound } of node.texts) {
      const reference = bound.references.find(meant);
      if (reference !== undefined) return { ...finding('circular-dependency', { path }, spanToDocument(dax.map, reference.span)), uri: dax.uri };
    }
  }
  return { ...finding('circular-dependency', { path }, node.place.span), uri: node.place.uri };
}
