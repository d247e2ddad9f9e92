/** What a metric reads and which metrics read it, with links to where that is defined. */
import type { MeasureSymbol } from '../../analysis/bound.ts';
import { positionAt, type Span } from '../../base/spans.ts';
import { columnText, measureText } from '../../workspace/queries.ts';
import type { Workspace } from '../../workspace/types.ts';
import { placeOfMetric } from '../definition.ts';
import { asText } from '../markdown.ts';
import type { MetricAt } from './metric.ts';

/** Names in a list; more are counted. */
const mostNames = 12;

export async function readsOf(workspace: Workspace, { lineage }: MetricAt): Promise<string> {
  const lines: string[] = [];
  if (lineage.metrics.length > 0) lines.push(`- ${await metricLinks(workspace, lineage.metrics)}`);
  for (const it of lineage.columns.slice(0, mostNames)) {
    const from = it.attributes.length === 0 ? '' : ` ← ${names(it.attributes)}`;
    const text = asText(columnText({ table: it.table.name, column: it.column.name }));
    lines.push(`- ${await linked(workspace, text, it.column.place)}${from}`);
  }
  if (lineage.columns.length > mostNames) lines.push(`- and ${String(lineage.columns.length - mostNames)} more columns`);
  const whole = lineage.tables.filter((it) => !lineage.columns.some((column) => column.table === it));
  if (whole.length > 0) lines.push(`- ${await listed(whole, (it) => linked(workspace, asText(it.name), it.place))}`);
  return lines.length === 0 ? '' : `Reads\n${lines.join('\n')}`;
}

export const usedByOf = async (workspace: Workspace, users: readonly MeasureSymbol[]): Promise<string> =>
  users.length === 0 ? '' : `Used by ${await metricLinks(workspace, users)}`;

const metricLinks = (workspace: Workspace, metrics: readonly MeasureSymbol[]): Promise<string> =>
  listed(metrics, async (it) => linked(workspace, asText(measureText(it.name)), it.uri === '' ? undefined : await placeOfMetric(workspace, it)));

/** A link to a file of the workspace at a line and a column; the text alone where the file can no longer be read. */
async function linked(workspace: Workspace, text: string, place: { readonly uri: string; readonly span: Span } | undefined): Promise<string> {
  const lines = place === undefined ? undefined : await workspace.lines(place.uri);
  if (place === undefined || lines === undefined) return text;
  const { line, column } = positionAt(lines, place.span.start);
  const uri = place.uri.replace(/[()<>\\\s`]/g, (it) => `%${it.charCodeAt(0).toString(16).padStart(2, '0')}`);
  return `[${text}](${uri}#${String(line + 1)},${String(column + 1)})`;
}

async function listed<T>(all: readonly T[], textOf: (it: T) => Promise<string>): Promise<string> {
  const shown = await Promise.all(all.slice(0, mostNames).map(textOf));
  return shown.join(', ') + (all.length > mostNames ? ` and ${String(all.length - mostNames)} more` : '');
}

const names = (all: readonly string[]): string =>
  all.slice(0, mostNames).map(asText).join(', ') + (all.length > mostNames ? ` and ${String(all.length - mostNames)} more` : '');
