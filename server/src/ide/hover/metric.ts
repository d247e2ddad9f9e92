/** A metric's hover: documentation at once, its value and a breakdown as soon as they are there, what it reads, who reads it. */
import type { MeasureDefinition } from '../../../../grammar/src/tree.ts';
import type { MeasureSymbol } from '../../analysis/bound.ts';
import { nameKey } from '../../model/model.ts';
import { madeUpIn } from '../../workspace/madeUp.ts';
import { ageText } from '../age.ts';
import { columnText, measureText } from '../../workspace/queries.ts';
import type { ModelView, Reading, SegmentView } from '../../workspace/types.ts';
import { optionOf } from '../columnValues.ts';
import { lineageOf, usersOf, type Lineage } from '../lineage.ts';
import { asText, renderDocs, table } from '../markdown.ts';
import { cellShown, generatedNote, marked, phrase, scalarShown, type Shown } from '../shown.ts';
import { previewNote } from '../preview/note.ts';
import { documented, metricRequest, styleOf } from '../values.ts';
import { breakdownColumn } from './breakdown.ts';
import { inTime } from './inTime.ts';
import type { HoverContext } from './hover.ts';

/** Rows of a breakdown, and names in a list; more are counted. */
const mostRows = 12;
const mostNames = 12;

/** The hover of a definition's own name: one value for each model that the text belongs to. */
export async function headerHover(ctx: HoverContext, item: MeasureDefinition, segment: SegmentView): Promise<string> {
  const known = segment.readings.flatMap((it) => (it.model === undefined || it.symbol === undefined ? [] : [{ reading: it, model: it.model, symbol: it.symbol }]));
  const docs = item.docs ?? known.map((it) => documented(it.model, it.symbol)?.docs).find((it) => it !== undefined);
  const parts = [`Metric ${asText(item.name)}`, renderDocs(docs)];
  for (const it of known) {
    if (known.length > 1) parts.push(`**In the model ${asText(it.model.name)}**`);
    parts.push(await bodyOf(ctx, it.reading, it.model, it.symbol));
  }
  if (known.length === 0) parts.push('No model is known for this text, so no value is computed.');
  return joined(parts);
}

/** The hover of a reference to a metric. */
export async function metricHover(ctx: HoverContext, reading: Reading, symbol: MeasureSymbol): Promise<string> {
  const of = reading.model === undefined ? '' : ` of the model ${asText(reading.model.name)}`;
  const body = reading.model === undefined ? '' : await bodyOf(ctx, reading, reading.model, symbol);
  const docs = symbol.docs ?? (reading.model === undefined ? undefined : documented(reading.model, symbol)?.docs);
  return joined([`Metric ${asText(symbol.name)}${of}`, renderDocs(docs), body]);
}

async function bodyOf(ctx: HoverContext, reading: Reading, model: ModelView, symbol: MeasureSymbol): Promise<string> {
  const lineage = await lineageOf(ctx.workspace, reading, symbol);
  const users = await usersOf(ctx.workspace, reading, symbol);
  const values = await inTime(ctx, valuesOf(ctx, reading, model, symbol, lineage).then(async (it) => joined([it, await ageOf(ctx, model)])));
  return joined([values, readsOf(lineage), users.length === 0 ? '' : `Used by ${names(users.map(measureText))}`]);
}

async function valuesOf(ctx: HoverContext, reading: Reading, model: ModelView, symbol: MeasureSymbol, lineage: Lineage): Promise<string> {
  const style = styleOf(model, symbol);
  const where = ctx.preview.filters(model);
  // The plain value is what the hint in the text shows too, so it is often known before the data's facts are.
  const request = metricRequest(reading, model, symbol, { where });
  const [scalar] = await ctx.workspace.evaluate(model, [request]);
  const value = marked(scalarShown(scalar, style), madeUpIn(model, request));
  const sentence = (it: Shown): string => sentenceOf(it) + previewNote(ctx.preview, model);
  if (value.kind !== 'value') return sentence(value);
  const by = breakdownColumn(model.model, await ctx.workspace.facts(model), lineage.tables, ctx.settings.hover.breakdownColumn);
  if (by === undefined) return sentence(value);
  const grouped = metricRequest(reading, model, symbol, { by: [by], where });
  const [groups] = await ctx.workspace.evaluate(model, [grouped]);
  if (groups?.kind !== 'table') return sentence(value);
  const [group, values] = groups.columns;
  if (group === undefined || values === undefined || groups.rowCount === 0) return sentence(value);
  const plain = { format: undefined, culture: style.culture };
  const column = model.model.tables.get(nameKey(by.table))?.columns.get(nameKey(by.column));
  const rows = group.cells.map((cell, i) => ({
    isBlank: cell === null,
    group: (column === undefined ? undefined : optionOf(model.model, column, cell))?.label ?? cellShown(cell, group.type, plain).text,
    value: phrase(cellShown(values.cells[i] ?? null, values.type, style)),
  }));
  rows.sort((a, b) => Number(a.isBlank) - Number(b.isBlank) || (a.group < b.group ? -1 : a.group > b.group ? 1 : 0));
  const shown = rows.slice(0, mostRows).map((it) => [asText(it.group), asText(it.value)]);
  const rest = rows.length > mostRows ? `\n\nand ${rows.length - mostRows} more` : '';
  // What the rows are grouped by may be made up though the value is not.
  const note = madeUpIn(model, grouped);
  return `${sentence(marked(value, note))}\n\n${table([asText(columnText(by)), 'Value'], shown, 1)}${rest}`;
}

/** When the youngest of the files that the model reads was changed. */
async function ageOf(ctx: HoverContext, model: ModelView): Promise<string> {
  const ages = [...(await ctx.workspace.dataAges(model)).values()];
  return ages.length === 0 ? '' : `Data changed ${ageText(Math.min(...ages))}`;
}

function sentenceOf(value: Shown): string {
  switch (value.kind) {
    case 'value': return value.madeUp === undefined ? `= **${asText(value.text)}**` : `= **${asText(value.text)}** (generated)\n\n${generatedNote(value) ?? ''}`;
    case 'error': return `Error: ${asText(value.text)}`;
    case 'notEvaluated': return `Not evaluated: ${asText(value.text)}`;
  }
}

function readsOf(lineage: Lineage): string {
  const lines: string[] = [];
  if (lineage.metrics.length > 0) lines.push(`- ${names(lineage.metrics.map(measureText))}`);
  for (const it of lineage.columns.slice(0, mostNames)) {
    const from = it.attributes.length === 0 ? '' : ` ← ${names(it.attributes)}`;
    lines.push(`- ${asText(columnText({ table: it.table.name, column: it.column.name }))}${from}`);
  }
  if (lineage.columns.length > mostNames) lines.push(`- and ${lineage.columns.length - mostNames} more columns`);
  const whole = lineage.tables.filter((it) => !lineage.columns.some((column) => column.table === it));
  if (whole.length > 0) lines.push(`- ${names(whole.map((it) => it.name))}`);
  return lines.length === 0 ? '' : `Reads\n${lines.join('\n')}`;
}

function names(all: readonly string[]): string {
  const rest = all.length > mostNames ? ` and ${all.length - mostNames} more` : '';
  return all.slice(0, mostNames).map(asText).join(', ') + rest;
}

const joined = (parts: readonly string[]): string => parts.filter((it) => it !== '').join('\n\n');
