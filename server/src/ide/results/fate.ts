/** What becomes of one row in a metric, step by step. */
import type { RowFate } from '../../workspace/explain/rowFate.ts';
import { rowFate } from '../../workspace/explain/rowFate.ts';
import { optionOf } from '../columnValues.ts';
import { asPlain } from '../markdown.ts';
import { cellShown, phrase } from '../shown.ts';
import { metricRequest } from '../values.ts';
import type { Fate, FateParams } from './records.ts';
import type { ResultsContext } from './results.ts';
import { findSubject } from './subject.ts';
import type { ModelView } from '../../workspace/types.ts';
import { parseExpression } from '../../../../grammar/src/index.ts';
import { nameKey } from '../../model/model.ts';

const longestText = 300;
/** Longer conditions name no row that a person means. */
const longestRow = 10_000;

/** @returns undefined where there is no such metric any more */
export async function fateOfRow(ctx: ResultsContext, { subject, row }: FateParams): Promise<Fate | undefined> {
  const found = await findSubject(ctx.workspace, subject);
  if (found?.kind !== 'metric') return undefined;
  const { model, symbol, reading } = found;
  const head = { title: symbol.name, row: asPlain(row, longestText) };
  if (row.length > longestRow) return { ...head, problem: 'The condition is too long.', isWhole: false, ways: [] };
  const { measures, defined } = metricRequest(reading, model, symbol);
  const fate = await rowFate(ctx.workspace, model, symbol, row, { ...(measures === undefined ? {} : { measures }), ...(defined === undefined ? {} : { defined }) });
  if ('problem' in fate) return { ...head, problem: `${fate.problem.charAt(0).toUpperCase()}${fate.problem.slice(1)}.`, isWhole: false, ways: [] };
  if (fate.rows === 0) return { ...head, problem: `No row of ${asPlain(fate.table, 80)} is such.`, isWhole: false, ways: [] };
  if (fate.leaves.length === 0) return { ...head, problem: `${asPlain(symbol.name, 80)} adds up no rows that can be told.`, isWhole: false, ways: [] };
  return { ...head, isWhole: fate.isWhole, ways: fate.leaves.map((it) => wayOf(it, model)) };
}

function wayOf({ text, metrics, steps, fate, value }: RowFate['leaves'][number], model: ModelView): Fate['ways'][number] {
  return {
    text: oneLine(text),
    metrics: metrics.slice(1).map((it) => asPlain(it, longestText)),
    steps: steps.map((it) => ({ kind: it.kind, text: oneLine(it.text), passes: it.passes, values: it.values.map(({ column, value: its }) => `${asPlain(column, longestText)} is ${valueText(its, column, model)}`) })),
    fate,
    ...(value === undefined ? {} : { value: valueText(value, '', model) }),
  };
}

type Value = NonNullable<RowFate['leaves'][number]['value']>;

function valueText({ cell, type }: Value, column: string, { model, project }: ModelView): string {
  const text = asPlain(phrase(cellShown(cell, type, { format: undefined, culture: project.culture })), longestText);
  const named = column === '' ? undefined : parseExpression(column).expression;
  const its = named?.kind === 'column' && named.table !== undefined ? model.tables.get(nameKey(named.table.text))?.columns.get(nameKey(named.column.text)) : undefined;
  const label = its === undefined ? undefined : optionOf(model, its, cell)?.label;
  return label === undefined ? text : `${asPlain(label, longestText)} (${text})`;
}

const oneLine = (text: string): string => asPlain(text.slice(0, longestText * 8).replace(/\s+/g, ' ').trim(), longestText);
