/** What a tree of the models shows: one record a line, found again by its path. */
import type { Place } from '../../model/model.ts';

/** Uri of the model, then the group, then names by `nameKey`; empty for the top. */
export type TreePath = readonly string[];

export type TreeGroup = 'metrics' | 'tables' | 'relationships' | 'choices';

export interface TreeNode {
  readonly path: TreePath;
  readonly kind: 'model' | TreeGroup | 'metric' | 'table' | 'column' | 'relationship' | 'choice' | 'option';
  readonly label: string;
  /** What stands behind the label: a value, a type, a count. */
  readonly description?: string;
  /** Plain sentences, a line each. */
  readonly tooltip?: string;
  readonly hasChildren: boolean;
  /** Where it is defined. */
  readonly place?: Place;
  /** How DAX refers to it. */
  readonly reference?: string;
  /** Tells columns apart at a glance, the most telling first; of a metric, whether it has a value. */
  readonly trait?: 'key' | 'choice' | 'text' | 'number' | 'date' | 'boolean' | 'calculated' | 'inactive' | 'noValue';
  /** Whose rows can be looked at: the name of the table. */
  readonly rowsOf?: string;
}
