// The tree of models and the rows of a table, as client and server say them to each other: plain records, types only.
import type { TableRows } from '../../ide/tableRows.ts';
import type { TreeNode, TreePath } from '../../ide/modelTree/node.ts';

export type { TableRows, TreePath };

/** `daxMetrics/modelTree`, client to server: the lines below a path. */
export interface ModelTreeParams {
  readonly path: TreePath;
}
/** A line; `place` as the editor counts. */
export type ModelTreeNode = Omit<TreeNode, 'place'> & { readonly place?: TreePlace };
export type ModelTreeResult = readonly ModelTreeNode[];

export interface TreePlace {
  readonly uri: string;
  readonly range: { readonly start: TreePosition; readonly end: TreePosition };
}
interface TreePosition {
  readonly line: number;
  readonly character: number;
}

/** `daxMetrics/modelTreeChanged`, server to client: the lines below a path, or all of them, are others. */
export interface ModelTreeChanged {
  readonly path?: TreePath;
}

/** `daxMetrics/tableRows`, client to server. */
export interface TableRowsParams {
  /** Uri of the model's file, the first of a path. */
  readonly model: string;
  readonly table: string;
}
export type TableRowsResult = TableRows | { readonly problem: string } | null;
