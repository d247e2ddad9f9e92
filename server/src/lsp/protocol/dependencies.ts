// `daxMetrics/dependencies`, client to server: what a metric is made of.
import type { DependencyGraph as Graph, GraphNode } from '../../ide/dependencyGraph.ts';
import type { TreePlace } from './modelTree.ts';

/** The metric at a place, or one of a model by its name; `model` is the uri of the model's file. */
export type DependenciesParams =
  | { readonly textDocument: { readonly uri: string }; readonly position: { readonly line: number; readonly character: number } }
  | { readonly model: string; readonly metric: string };

/** Places as the editor counts. */
export type DependencyGraphNode = Omit<GraphNode, 'place'> & { readonly place?: TreePlace };
export type DependencyGraph = Omit<Graph, 'nodes'> & { readonly nodes: readonly DependencyGraphNode[] };
export type DependenciesResult = DependencyGraph | null;
