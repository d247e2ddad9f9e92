/** A column's hover: type, choice, Dataverse attribute, description, and its most frequent values. */
import { quoteTable } from '../../../../grammar/src/index.ts';
import type { Column, Table } from '../../model/model.ts';
import type { ColumnRef } from '../../plan/plan.ts';
import { isMadeUpColumn } from '../../workspace/madeUp.ts';
import { columnText } from '../../workspace/queries.ts';
import type { KnownColumn, ModelView } from '../../workspace/types.ts';
import { columnValues, optionOf } from '../columnValues.ts';
import { attributesOf } from '../lineage.ts';
import { asText, renderProse, table as markdownTable } from '../markdown.ts';
import { cellShown, type Style } from '../shown.ts';
import { inTime } from './inTime.ts';
import type { HoverContext } from './hover.ts';

const mostFrequent = 8;

export async function columnHover(ctx: HoverContext, model: ModelView | undefined, table: Table, column: Column): Promise<string> {
  const parts = [`Column ${asText(columnText({ table: table.name, column: column.name }))}${declared(column)}`];
  if (column.description !== undefined) parts.push(renderProse(column.description));
  if (column.choice !== undefined) parts.push(`Choice ${asText(column.choice)}`);
  const attributes = model === undefined ? [] : attributesOf(model.model, table, column);
  if (attributes.length > 0) parts.push(`Dataverse ${attributes.map(asText).join(', ')}`);
  if (model !== undefined) parts.push(await inTime(ctx, valuesOf(ctx, model, table, column)));
  return parts.filter((it) => it !== '').join('\n\n');
}

function declared(column: Column): string {
  const words = [
    column.type, column.key ? 'key' : undefined, column.hidden ? 'hidden' : undefined, column.deprecated ? 'deprecated' : undefined,
    column.expression === undefined ? undefined : 'calculated',
  ].filter((it) => it !== undefined);
  return words.length === 0 ? '' : ` ${words.join(', ')}`;
}

/** Rows, different values, blanks, the smallest and the largest value, and the frequent values with their labels. */
async function valuesOf(ctx: HoverContext, model: ModelView, table: Table, column: Column): Promise<string> {
  const ref = { table: table.name, column: column.name };
  const facts = await ctx.workspace.columnFacts(model, ref);
  if (facts === undefined) return '';
  const type = column.type === undefined && facts.type !== 'blank' ? `${facts.type}, from the data` : '';
  const style: Style = { format: undefined, culture: model.project.culture };
  const number = (it: number): string => cellShown(it, 'int64', { ...style, format: '#,0' }).text;
  const rows = counted(number(facts.rowCount), 'row');
  const summary = facts.distinct === undefined ? rows : `${counted(number(facts.distinct), facts.distinct === 1 ? 'value' : 'different value')} in ${rows}`;
  const { blanks, range } = await profileOf(ctx, model, ref, facts, style);
  const share = blanks === undefined ? '' : blanks === 0 ? ', none blank' : `, ${cellShown(blanks / facts.rowCount, 'double', { ...style, format: '0.0%' }).text} of the rows blank`;
  const generated = isMadeUpColumn(model, ref) ? ' (generated)' : '';
  return [type, `${summary}${share}${generated}`, range, await frequentOf(ctx, model, column, ref, facts, style)].filter((it) => it !== '').join('\n\n');
}

async function profileOf(
  ctx: HoverContext, model: ModelView, ref: ColumnRef, facts: KnownColumn, style: Style,
): Promise<{ readonly blanks: number | undefined; readonly range: string }> {
  if (facts.rowCount === 0) return { blanks: undefined, range: '' };
  const text = columnText(ref);
  // Of texts and of truth values the smallest says nothing.
  const isOrdered = facts.type === 'int64' || facts.type === 'double' || facts.type === 'decimal' || facts.type === 'dateTime';
  const blank = `"Blank", COUNTROWS(FILTER(${quoteTable(ref.table)}, ISBLANK(${text})))`;
  const [result] = await ctx.workspace.evaluate(model, [{ query: `EVALUATE ROW(${blank}${isOrdered ? `, "Min", MIN(${text}), "Max", MAX(${text})` : ''})` }]);
  if (result?.kind !== 'table') return { blanks: undefined, range: '' };
  const [blanks, ...ends] = result.columns.map((it) => it.cells[0] ?? null);
  const [low, high] = ends.map((it) => (it === null ? undefined : cellShown(it, facts.type, style)));
  const range = low?.kind === 'value' && high?.kind === 'value' ? (low.text === high.text ? `Always ${asText(low.text)}` : `From ${asText(low.text)} to ${asText(high.text)}`) : '';
  return { blanks: blanks === null ? 0 : typeof blanks === 'number' ? blanks : undefined, range };
}

async function frequentOf(ctx: HoverContext, model: ModelView, column: Column, ref: ColumnRef, facts: KnownColumn, style: Style): Promise<string> {
  // A column that tells rows apart has no frequent values.
  const values = facts.distinct === facts.rowCount ? undefined : await columnValues(ctx.workspace, model, ref);
  if (values === undefined || values.length === 0) return '';
  const number = (it: number): string => cellShown(it, 'int64', { ...style, format: '#,0' }).text;
  const labelled = values.some((it) => optionOf(model.model, column, it.value) !== undefined);
  const lines = values.slice(0, mostFrequent).map((it) => {
    const option = optionOf(model.model, column, it.value);
    const label = labelled ? [option === undefined ? '' : asText(option.label)] : [];
    return [asText(cellShown(it.value, facts.type, style).text), ...label, asText(number(it.rows))];
  });
  const head = labelled ? ['Value', 'Label', 'Rows'] : ['Value', 'Rows'];
  const rest = values.length > mostFrequent ? `\n\nand ${number(values.length - mostFrequent)} more` : '';
  return `${markdownTable(head, lines, head.length - 1)}${rest}`;
}

const counted = (count: string, what: string): string => `${count} ${what}${count === '1' ? '' : 's'}`;
