/** What a metric is made of as a graph: metrics, then columns, then the Dataverse columns and the codes behind them. */
import { quoteColumn, quoteTable } from '../../../grammar/src/index.ts';
import type { MeasureSymbol } from '../analysis/bound.ts';
import { touches } from '../base/spans.ts';
import { nameKey, type Place } from '../model/model.ts';
import { dependencyTree, type DependencyNode } from '../workspace/index.ts';
import { columnText } from '../workspace/queries.ts';
import type { ModelView, Reading, Workspace } from '../workspace/types.ts';
import { attributesOf } from './lineage.ts';
import { asPlain, firstLine } from './markdown.ts';
import { metricPlace } from './modelTree/metrics.ts';
import { mainReading, spotAt } from './spot.ts';

export interface GraphNode {
  readonly id: string;
  readonly kind: 'metric' | 'table' | 'column' | 'attribute' | 'code';
  /** As DAX, or Dataverse, writes it; plain text. */
  readonly label: string;
  /** A line below: what is said of it. */
  readonly detail?: string;
  readonly place?: Place;
}

export interface DependencyGraph {
  readonly metric: string;
  readonly model: string;
  readonly nodes: readonly GraphNode[];
  /** From what reads to what is read. */
  readonly edges: readonly { readonly from: string; readonly to: string }[];
  /** Nodes beyond those that are shown. */
  readonly more: number;
}

/** More make no picture that anyone reads. */
const mostNodes = 300;

/** @param offset in a metric's definition, or on the name of one that is read */
export async function dependencyGraphAt(workspace: Workspace, uri: string, offset: number): Promise<DependencyGraph | undefined> {
  const document = await workspace.document(uri);
  const spot = document === undefined ? undefined : spotAt(document, offset);
  const reading = spot === undefined ? undefined : mainReading(spot.segment);
  if (spot === undefined || reading?.model === undefined) return undefined;
  const symbol = readAt(reading, spot.offset) ?? reading.symbol;
  return symbol === undefined ? undefined : graphOf(workspace, reading.model, symbol);
}

/** @param modelUri the file that declares the model */
export async function dependencyGraphOf(workspace: Workspace, modelUri: string, metric: string): Promise<DependencyGraph | undefined> {
  const view = (await workspace.models()).find((it) => it.model.uri === modelUri);
  const symbol = view?.measures.get(nameKey(metric));
  return view === undefined || symbol === undefined ? undefined : graphOf(workspace, view, symbol);
}

function readAt({ bound }: Reading, offset: number): MeasureSymbol | undefined {
  const found = bound.references.find((it) => it.target.kind === 'measure' && touches(it.span, offset));
  return found?.target.kind === 'measure' ? found.target.measure : undefined;
}

async function graphOf(workspace: Workspace, view: ModelView, symbol: MeasureSymbol): Promise<DependencyGraph> {
  const nodes = new Map<string, GraphNode>();
  const edges = new Map<string, { readonly from: string; readonly to: string }>();
  let more = 0;
  /** @returns whether the node is in the graph */
  const add = (node: GraphNode, reader: string | undefined): boolean => {
    if (!nodes.has(node.id)) {
      if (nodes.size >= mostNodes) {
        more++;
        return false;
      }
      nodes.set(node.id, node);
    }
    if (reader !== undefined) edges.set(`${reader}\n${node.id}`, { from: reader, to: node.id });
    return true;
  };
  const visit = async (it: DependencyNode, reader: string | undefined): Promise<void> => {
    switch (it.kind) {
      case 'metric': {
        const own = reader === undefined ? symbol : view.measures.get(nameKey(it.name));
        const id = `metric ${nameKey(it.name)}`;
        // Nodes are never taken out of the map, so that the first telling, which has the details, stays.
        const isIn = nodes.has(id) ? add({ id, kind: 'metric', label: '' }, reader) : add(await metricNode(workspace, id, it.name, own), reader);
        if (isIn) for (const part of it.parts) await visit(part, id);
        return;
      }
      case 'table': {
        const table = view.model.tables.get(nameKey(it.name));
        add({ id: `table ${nameKey(it.name)}`, kind: 'table', label: plain(quoteTable(it.name)), ...(table === undefined ? {} : { place: table.place }) }, reader);
        return;
      }
      case 'column': addColumn(view, it, reader, add);
    }
  };
  await visit(dependencyTree(view, symbol), undefined);
  return { metric: plain(symbol.name), model: plain(view.name), nodes: [...nodes.values()], edges: [...edges.values()], more };
}

async function metricNode(workspace: Workspace, id: string, name: string, symbol: MeasureSymbol | undefined): Promise<GraphNode> {
  const detail = firstLine(symbol?.docs);
  const place = symbol === undefined ? undefined : await metricPlace(workspace, symbol);
  return { id, kind: 'metric', label: plain(quoteColumn(name)), ...(detail === undefined ? {} : { detail }), ...(place === undefined ? {} : { place }) };
}

function addColumn(
  { model }: ModelView, { table: tableName, name, codes }: Extract<DependencyNode, { kind: 'column' }>, reader: string | undefined,
  add: (node: GraphNode, reader: string | undefined) => boolean,
): void {
  const table = model.tables.get(nameKey(tableName));
  const column = table?.columns.get(nameKey(name));
  const id = `column ${nameKey(tableName)}\u0000${nameKey(name)}`;
  const place = column?.place ?? table?.place;
  if (!add({ id, kind: 'column', label: plain(columnText({ table: tableName, column: name })), ...(column?.description === undefined ? {} : { detail: plain(column.description) }), ...(place === undefined ? {} : { place }) }, reader)) return;
  const options = column?.choice === undefined ? undefined : model.choices.get(nameKey(column.choice))?.options;
  for (const { code, label } of codes) {
    const option = options?.get(code);
    add({ id: `code ${id} ${code}`, kind: 'code', label: plain(code), ...(label === undefined ? {} : { detail: plain(label) }), ...(option === undefined ? {} : { place: option.place }) }, id);
  }
  if (table === undefined || column === undefined) return;
  for (const attribute of attributesOf(model, table, column)) {
    const [entity = '', of = ''] = attribute.split('.');
    const known = model.entities?.get(nameKey(entity))?.attributes.get(nameKey(of));
    add({ id: `attribute ${nameKey(attribute)}`, kind: 'attribute', label: plain(attribute), ...(known === undefined ? {} : { place: known.place }), ...(known?.display === undefined ? {} : { detail: plain(known.display) }) }, id);
  }
}

const plain = (text: string): string => asPlain(text, 100);
