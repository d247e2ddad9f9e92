/** What the views show: the state and the tree of models, the graph of a metric, rows of a table, results. */
import { dependencyGraphAt, dependencyGraphOf, type DependencyGraph } from '../dependencyGraph.ts';
import { modelState, type ModelState } from '../modelState.ts';
import { createModelTree } from '../modelTree/modelTree.ts';
import type { TreeNode, TreePath } from '../modelTree/node.ts';
import { createResultsService, type ResultsService } from '../results/service.ts';
import { tableRows, type TableRows } from '../tableRows.ts';
import type { Keeping, ServiceContext } from './context.ts';

export interface ViewService {
  /** What a document's values are made of, and what of it is missing; undefined where it has no DAX. */
  modelState(uri: string): Promise<ModelState | undefined>;
  /** The lines below a path of the tree of models. What is late is told by `onLateTree`. */
  modelTree(path: TreePath): Promise<readonly TreeNode[]>;
  /** What the metric at a place is made of: the one whose name stands there, else the one that is defined there. */
  dependencyGraphAt(uri: string, offset: number): Promise<DependencyGraph | undefined>;
  dependencyGraphOf(modelUri: string, metric: string): Promise<DependencyGraph | undefined>;
  /** The first rows of a table, or why there are none; undefined where there is no such table. */
  tableRows(modelUri: string, table: string): Promise<TableRows | { readonly problem: string } | undefined>;
  /** What the results view asks. */
  readonly results: ResultsService;
}

/** @param onLateTree is told when what was shown as being computed below a path is there */
export function createViews({ workspace, settings, preview, patience, tracked }: ServiceContext, onLateTree: (path: TreePath) => void): Keeping<ViewService> {
  const tree = createModelTree({ workspace, preview: preview.filters, patience, onLate: onLateTree });
  return {
    service: {
      modelState: (uri) => modelState(workspace(), uri),
      modelTree: (path) => tracked(tree.children(path)),
      dependencyGraphAt: (uri, offset) => dependencyGraphAt(workspace(), uri, offset),
      dependencyGraphOf: (modelUri, metric) => dependencyGraphOf(workspace(), modelUri, metric),
      tableRows: (modelUri, table) => tracked(tableRows(workspace(), modelUri, table)),
      results: createResultsService({ workspace, settings, preview: preview.filters, conditions: preview.conditions }),
    },
    invalidate: tree.invalidate,
    computing: tree.computing,
  };
}
