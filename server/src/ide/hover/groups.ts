/** A metric by a dimension, in its hover: the groups with the highest values. */
import { nameKey } from '../../model/model.ts';
import type { Cell } from '../../plan/values.ts';
import { madeUpIn } from '../../workspace/madeUp.ts';
import { columnText } from '../../workspace/queries.ts';
import { optionOf } from '../columnValues.ts';
import { asText, table } from '../markdown.ts';
import { cellShown, phrase } from '../shown.ts';
import { metricRequest, styleOf } from '../values.ts';
import { breakdownIn } from './breakdown.ts';
import type { HoverContext } from './hover.ts';
import type { MetricAt } from './metric.ts';

/** Rows of the table; more are counted. */
const mostRows = 10;

/** @returns Markdown; empty where the metric reads nothing that a dimension tells apart */
export async function groupsOf(ctx: HoverContext, { reading, model, symbol, lineage }: MetricAt): Promise<string> {
  const by = await breakdownIn(ctx.workspace, model, lineage.tables, ctx.settings.hover.breakdownColumn);
  if (by === undefined) return '';
  const request = metricRequest(reading, model, symbol, { by: [by], where: ctx.preview.filters(model) });
  const [groups] = await ctx.workspace.evaluate(model, [request]);
  if (groups?.kind !== 'table') return '';
  const [group, values] = groups.columns;
  if (group === undefined || values === undefined || groups.rowCount === 0) return '';
  const style = styleOf(model, symbol);
  const plain = { format: undefined, culture: style.culture };
  const column = model.model.tables.get(nameKey(by.table))?.columns.get(nameKey(by.column));
  const rows = group.cells.map((cell, i) => ({
    isBlank: cell === null,
    cell: values.cells[i] ?? null,
    group: (column === undefined ? undefined : optionOf(model.model, column, cell))?.label ?? cellShown(cell, group.type, plain).text,
  }));
  rows.sort((a, b) => descending(a.cell, b.cell) || Number(a.isBlank) - Number(b.isBlank) || (a.group < b.group ? -1 : a.group > b.group ? 1 : 0));
  const shown = rows.slice(0, mostRows).map((it) => [asText(it.group), asText(phrase(cellShown(it.cell, values.type, style)))]);
  const rest = rows.length > mostRows ? `\n\nand ${String(rows.length - mostRows)} more` : '';
  // What the rows are grouped by may be made up though the value is not.
  const generated = madeUpIn(model, request).length > 0 ? ' (generated)' : '';
  return `${table([`${asText(columnText(by))}${generated}`, 'Value'], shown, 1)}${rest}`;
}

/** Numbers, the highest first; what is none comes after them. */
function descending(a: Cell, b: Cell): number {
  const [x, y] = [a, b].map((it) => (typeof it === 'number' || typeof it === 'bigint' ? Number(it) : Number.NEGATIVE_INFINITY));
  return x === y || x === undefined || y === undefined ? 0 : y - x;
}
