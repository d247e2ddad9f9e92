/** A table's hover: its rows and its columns. */
import { hasMadeUpRows } from '../../analysis/index.ts';
import { nameKey, type Table } from '../../model/model.ts';
import type { ModelView } from '../../workspace/types.ts';
import { ageText } from '../age.ts';
import { asText, renderProse } from '../markdown.ts';
import { cellShown } from '../shown.ts';
import { inTime } from './inTime.ts';
import type { HoverContext } from './hover.ts';

const mostColumns = 20;

export async function tableHover(ctx: HoverContext, model: ModelView | undefined, table: Table): Promise<string> {
  const parts = [`Table ${asText(table.name)}${sourceOf(table)}`];
  if (table.description !== undefined) parts.push(renderProse(table.description));
  parts.push(model === undefined ? columnsOf([...table.columns.values()]) : await inTime(ctx, contents(ctx, model, table)));
  return parts.filter((it) => it !== '').join('\n\n');
}

async function contents(ctx: HoverContext, model: ModelView, table: Table): Promise<string> {
  const [facts] = await ctx.workspace.facts(model, [table.name]);
  if (facts === undefined) return columnsOf([...table.columns.values()]);
  const rows = cellShown(facts.rowCount, 'int64', { format: '#,0', culture: model.project.culture }).text;
  const age = (await ctx.workspace.dataAges(model)).get(nameKey(table.name));
  return `${rows} ${facts.rowCount === 1 ? 'row' : 'rows'}${age === undefined ? '' : `, changed ${ageText(age)}`}\n\n${columnsOf(facts.columns.map((it) => ({ name: it.name, type: it.type === 'blank' ? undefined : it.type })))}`;
}

function sourceOf(table: Table): string {
  switch (table.source.kind) {
    case 'file': return ` from ${asText(table.source.path)}`;
    case 'dax': return ', calculated';
    case 'sessionize': return `, sessions${table.source.sessions.from === undefined ? '' : ` of ${asText(table.source.sessions.from.name)}`}`;
    case 'rows': return '';
    case 'none': return hasMadeUpRows(table) ? ', rows generated: it has no source' : '';
  }
}

function columnsOf(columns: readonly { readonly name: string; readonly type: string | undefined }[]): string {
  const lines = columns.slice(0, mostColumns).map((it) => `- ${asText(it.name)}${it.type === undefined ? '' : ` ${it.type}`}`);
  if (columns.length > mostColumns) lines.push(`- and ${columns.length - mostColumns} more`);
  return lines.join('\n');
}
