/** The filters of a metric in its hover: how many rows each keeps, after those before it. */
import { quoteTable } from '../../../../grammar/src/index.ts';
import { nameKey } from '../../model/model.ts';
import { madeUpIn } from '../../workspace/madeUp.ts';
import { namesOf } from '../../workspace/explain/rowFate.ts';
import type { Step } from '../../workspace/explain/place.ts';
import { leavesOf, ROWS, type Leaf } from '../../workspace/explain/steps.ts';
import type { EvaluationRequest, Reading } from '../../workspace/types.ts';
import { asText, table } from '../markdown.ts';
import { measureText, metricQuery } from '../../workspace/queries.ts';
import { cellShown } from '../shown.ts';
import { definitionOf } from '../spot.ts';
import { metricRequest } from '../values.ts';
import type { HoverContext } from './hover.ts';
import type { MetricAt } from './metric.ts';

/** Aggregates whose filters are told, and filters of each; more are counted. */
const mostLeaves = 3;
const mostSteps = 8;
const mostLabels = 3;

/** @returns Markdown; empty where the metric filters nothing */
export async function trailOf(ctx: HoverContext, at: MetricAt): Promise<string> {
  const { model, symbol, reading } = at;
  const leaves = distinct(leavesOf(symbol, namesOf(model, reading)).filter((it) => it.steps.length > 0 && it.table.kind === 'named'));
  const shown = await Promise.all(leaves.slice(0, mostLeaves).map((it) => trail(ctx, at, it)));
  const rest = leaves.length > mostLeaves ? [`and the filters of ${String(leaves.length - mostLeaves)} more`] : [];
  return [...shown, ...rest].filter((it) => it !== '').join('\n\n');
}

async function trail(ctx: HoverContext, { model, symbol, reading }: MetricAt, leaf: Leaf): Promise<string> {
  const root = leaf.table.kind === 'named' ? quoteTable(leaf.table.name) : leaf.rows;
  const steps = leaf.steps.slice(0, mostSteps);
  const counting = `COUNTROWS(${ROWS})`;
  const counts = [counting, ...steps.map((it) => it.count(counting))].map((it) => it.replaceAll(ROWS, () => root));
  const plain = metricRequest(reading, model, symbol);
  const requests = counts.map((expression): EvaluationRequest =>
    ({ ...plain, query: metricQuery({ expression: `${expression}\n`, name: 'Rows', where: ctx.preview.filters(model) }) }));
  const results = await ctx.workspace.evaluate(model, requests);
  const style = { format: '#,0', culture: model.project.culture };
  const rows = results.flatMap((it): readonly string[] => {
    const cell = it.kind === 'table' ? it.columns[0]?.cells[0] : undefined;
    // No rows are BLANK when they are counted.
    return cell === null ? ['0'] : typeof cell === 'number' ? [cellShown(cell, 'int64', style).text] : [];
  });
  if (rows.length < counts.length) return '';
  const labels = await labelsOf(ctx, leaf, reading);
  const lines = steps.map((it, i) => [`${asText(oneLine(it.text))}${labels(it)}`, rows[i + 1] ?? '']);
  const generated = requests.some((it) => madeUpIn(model, it).length > 0) ? ' (generated)' : '';
  const [, via] = leaf.metrics;
  const of = via === undefined ? '' : ` for ${asText(measureText(via))}`;
  const rest = leaf.steps.length > mostSteps ? `\n\nand ${String(leaf.steps.length - mostSteps)} more filters` : '';
  return `${table([`Rows of ${asText(root)}${of}${generated}`, rows[0] ?? ''], lines, 1)}${rest}`;
}

/** What the codes in a step mean, behind its text. */
async function labelsOf({ workspace }: HoverContext, leaf: Leaf, reading: Reading): Promise<(step: Step) => string> {
  const owners = await Promise.all(leaf.metrics.map(async (name) => {
    const symbol = reading.measures.get(nameKey(name));
    const bound = symbol === undefined ? undefined : symbol === reading.symbol ? reading.bound : (await definitionOf(workspace, symbol))?.reading.bound;
    return { text: symbol?.segment.text ?? '', codes: bound?.codes ?? [] };
  }));
  return ({ text, expression: { span: { start, end } } }) => {
    // A step stands in the text of one of the metrics on the way.
    const owner = owners.find((it) => it.text.slice(start, end) === text);
    const labels = (owner?.codes ?? []).filter((it) => it.span.start >= start && it.span.end <= end).flatMap((it) => it.option?.label ?? []);
    return labels.length === 0 ? '' : ` ${[...new Set(labels)].slice(0, mostLabels).map(asText).join(', ')}`;
  };
}

/** Aggregates of the same rows through the same filters are one trail, whichever branches lead to them. */
function distinct(leaves: readonly Leaf[]): readonly Leaf[] {
  const seen = new Set<string>();
  return leaves.filter((it) => {
    const key = JSON.stringify([it.table, ...it.steps.filter(({ kind }) => kind !== 'branch').map(({ text }) => text)]);
    return !seen.has(key) && seen.add(key);
  });
}

const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim();
