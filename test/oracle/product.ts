/** The product's answer: model file and texts through reading, binding, lowering and the engine. */
import { parseFile } from '../../grammar/src/index.ts';
import { createLowering } from '../../server/src/analysis/index.ts';
import { runJob } from '../../server/src/engine/index.ts';
import { functionNamed } from '../../server/src/functions/index.ts';
import { open, query, type Shop } from '../semantics/chain.ts';
import type { Cell, Reason, ValueType } from '../../server/src/plan/values.ts';
import type { JobStats, QueryResult } from '../../server/src/plan/plan.ts';
import { modelFile, type SmallModel } from './smallModel.ts';
import { definingText, metricsText, queryText, type Question } from './tree.ts';
import type { ResultTable } from './evaluate.ts';
import type { Val } from './values.ts';

export type Answer =
  | { readonly kind: 'table'; readonly table: ResultTable; readonly stats: JobStats }
  /** No value somewhere, for a reason. */
  | { readonly kind: 'refused'; readonly reason: Reason }
  /** What no question of the oracle should meet: an error of DAX, a finding, an exception. */
  | { readonly kind: 'fault'; readonly what: string };

const openModel = (model: SmallModel, { measures }: Question): Promise<Shop> => open('file:///small.daxmodel.yaml', modelFile(model), metricsText(measures));

/** Several questions as queries of one job, each with measures of its own. */
export async function askTogether(model: SmallModel, questions: readonly Question[]): Promise<readonly Answer[]> {
  const shop = await open('file:///small.daxmodel.yaml', modelFile(model), 'm0 = 1\n\nSecond one = "hidden"\n');
  const lowering = createLowering(shop.model, shop.measures);
  const plans = questions.map((it) => {
    const { segments } = parseFile(definingText(it, model.tables[0]?.name ?? ''), { isFunction: (name) => functionNamed(name) !== undefined });
    const [segment] = segments;
    if (segments.length !== 1 || segment?.item.kind !== 'query' || segment.problems.length > 0) throw new Error('the text is no query');
    return lowering.query(segment.item, segment.text);
  });
  const { results, stats } = runJob(shop.database, lowering.job(plans.flat()));
  return results.map((it) => answerOf(it, stats));
}

export async function ask(model: SmallModel, question: Question): Promise<Answer> {
  try {
    const { result, errors, stats } = query(await openModel(model, question), queryText(question.query));
    const answer = answerOf(result, stats);
    const [finding] = errors;
    return finding === undefined || answer.kind === 'refused' ? answer : { kind: 'fault', what: `a false alarm: ${finding.message}` };
  } catch (error) {
    return { kind: 'fault', what: `an exception: ${(error as Error).stack ?? String(error)}` };
  }
}

function answerOf(result: QueryResult, stats: JobStats): Answer {
  if (result.kind === 'notEvaluated') return { kind: 'refused', reason: result.reason };
  if (result.kind === 'error') return { kind: 'fault', what: `error ${result.error.id} ${JSON.stringify(result.error.params)}` };
  const cells = result.columns.map((column) => column.cells.map((it) => valueOf(it, column.type)));
  for (const it of cells.flat()) if (it !== null && 'kind' in it) return it;
  const rows = Array.from({ length: result.rowCount }, (_, row) => cells.map((column) => (column[row] ?? null) as Val));
  return { kind: 'table', table: { names: result.columns.map((it) => it.name), rows }, stats };
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
