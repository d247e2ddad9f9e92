/** A column's hover: type, choice, Dataverse attribute, description, and its most frequent values. */
import type { Column, Table } from '../../model/model.ts';
import { isMadeUpColumn } from '../../workspace/madeUp.ts';
import { columnText } from '../../workspace/queries.ts';
import type { ModelView, Reading } from '../../workspace/types.ts';
import { columnFacts, columnValues, optionOf } from '../columnValues.ts';
import { attributesOf } from '../lineage.ts';
import { asText, table as markdownTable } from '../markdown.ts';
import { cellShown, type Style } from '../shown.ts';
import { inTime } from './inTime.ts';
import type { HoverContext } from './hover.ts';

const mostFrequent = 8;

export async function columnHover(ctx: HoverContext, reading: Reading, table: Table, column: Column): Promise<string> {
  const parts = [`Column ${asText(columnText({ table: table.name, column: column.name }))}${declared(column)}`];
  if (column.description !== undefined) parts.push(asText(column.description));
  if (column.choice !== undefined) parts.push(`Choice ${asText(column.choice)}`);
  const { model } = reading;
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

async function valuesOf(ctx: HoverContext, model: ModelView, table: Table, column: Column): Promise<string> {
  const ref = { table: table.name, column: column.name };
  const facts = await columnFacts(ctx.workspace, model, ref);
  if (facts === undefined) return '';
  const type = column.type === undefined && facts.type !== 'blank' ? `${facts.type}, from the data\n\n` : '';
  const style: Style = { format: undefined, culture: model.project.culture };
  const number = (it: number): string => cellShown(it, 'int64', { ...style, format: '#,0' }).text;
  const rows = counted(number(facts.rowCount), 'row');
  const summary = facts.distinct === undefined ? rows : `${counted(number(facts.distinct), facts.distinct === 1 ? 'value' : 'different value')} in ${rows}`;
  // A column that tells rows apart has no frequent values.
  const values = facts.distinct === facts.rowCount ? undefined : await columnValues(ctx.workspace, model, ref);
  if (values === undefined || values.length === 0) return `${type}${summary}${isMadeUpColumn(model, ref) ? ' (generated)' : ''}`;
  const blanks = values.find((it) => it.value === null)?.rows ?? 0;
  const share = blanks === 0 ? 'none' : `${cellShown(blanks / facts.rowCount, 'double', { ...style, format: '0.0%' }).text} of the rows`;
  const labelled = values.some((it) => optionOf(model.model, column, it.value) !== undefined);
  const lines = values.slice(0, mostFrequent).map((it) => {
    const option = optionOf(model.model, column, it.value);
    const label = labelled ? [option === undefined ? '' : asText(option.label)] : [];
    return [asText(cellShown(it.value, facts.type, style).text), ...label, asText(number(it.rows))];
  });
  const head = labelled ? ['Value', 'Label', 'Rows'] : ['Value', 'Rows'];
  const rest = values.length > mostFrequent ? `\n\nand ${number(values.length - mostFrequent)} more` : '';
  return `${type}${summary}, ${share} blank${isMadeUpColumn(model, ref) ? ' (generated)' : ''}\n\n${markdownTable(head, lines, head.length - 1)}${rest}`;
}

const counted = (count: string, what: string): string => `${count} ${what}${count === '1' ? '' : 's'}`;
