/** The product's answer: model file and texts through reading, binding, lowering and the engine. */
import { open, query, type Shop } from '../semantics/chain.ts';
import type { Cell, Reason, ValueType } from '../../server/src/plan/values.ts';
import type { JobStats } from '../../server/src/plan/plan.ts';
import { modelFile, type SmallModel } from './smallModel.ts';
import { metricsText, queryText, type Question } from './tree.ts';
import type { ResultTable } from './evaluate.ts';
import type { Val } from './values.ts';

export type Answer =
  | { readonly kind: 'table'; readonly table: ResultTable; readonly stats: JobStats }
  /** No value somewhere, for a reason. */
  | { readonly kind: 'refused'; readonly reason: Reason }
  /** What no question of the oracle should meet: an error of DAX, a finding, an exception. */
  | { readonly kind: 'fault'; readonly what: string };

export const openModel = (model: SmallModel, { measures }: Question): Promise<Shop> => open('file:///small.daxmodel.yaml', modelFile(model), metricsText(measures));

export async function ask(model: SmallModel, question: Question): Promise<Answer> {
  try {
    const { result, errors, stats } = query(await openModel(model, question), queryText(question.query));
    if (result.kind === 'notEvaluated') return { kind: 'refused', reason: result.reason };
    if (result.kind === 'error') return { kind: 'fault', what: `error ${result.error.id} ${JSON.stringify(result.error.params)}` };
    const [finding] = errors;
    if (finding !== undefined) return { kind: 'fault', what: `a false alarm: ${finding.message}` };
    const cells = result.columns.map((column) => column.cells.map((it) => valueOf(it, column.type)));
    const odd = cells.flat().find((it) => it !== null && 'kind' in it);
    if (odd !== undefined && odd !== null && 'kind' in odd) return odd;
    const rows = Array.from({ length: result.rowCount }, (_, row) => cells.map((column) => (column[row] ?? null) as Val));
    return { kind: 'table', table: { names: result.columns.map((it) => it.name), rows }, stats };
  } catch (error) {
    return { kind: 'fault', what: `an exception: ${(error as Error).stack ?? String(error)}` };
  }
}

function valueOf(cell: Cell, type: ValueType): Val | Exclude<Answer, { kind: 'table' }> {
  if (cell === null) return null;
  if (typeof cell === 'object') {
    if (cell.cell === 'variant') return valueOf(cell.value, cell.type);
    if (cell.cell === 'notEvaluated') return { kind: 'refused', reason: cell.reason };
    return { kind: 'fault', what: `error ${cell.id} ${JSON.stringify(cell.params)}` };
  }
  if (typeof cell === 'boolean') return { t: 'bool', v: cell };
  if (typeof cell === 'string') return { t: 'text', v: cell };
  const v = Number(cell);
  switch (type) {
    case 'int64': return { t: 'int', v };
    case 'double': return { t: 'double', v };
    case 'decimal': return { t: 'decimal', v };
    case 'dateTime': return { t: 'date', v };
    default: return { kind: 'fault', what: `a number in a column of type ${type}` };
  }
}
