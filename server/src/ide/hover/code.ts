/** A choice code's hover: what it means in this column, the whole choice with its rows, and what the same digits mean in others. */
import type { CodeUse } from '../../analysis/bound.ts';
import { codeOf } from '../../analysis/bind/codes.ts';
import { nameKey, type Choice, type ChoiceOption, type Column, type Model, type Table } from '../../model/model.ts';
import { isMadeUpColumn } from '../../workspace/madeUp.ts';
import { columnText } from '../../workspace/queries.ts';
import type { ModelView } from '../../workspace/types.ts';
import { columnValues } from '../columnValues.ts';
import { asText, table as markdownTable } from '../markdown.ts';
import type { PageCodePlace } from '../pageCodes.ts';
import { cellShown } from '../shown.ts';
import type { HoverContext } from './hover.ts';

/** Rows of the tables of codes and of other meanings, and columns in a row; more are counted. */
const mostOptions = 25;
const mostOthers = 10;
const mostColumns = 4;

/** A code that stands against a choice, in DAX or on a page. */
interface Coded {
  readonly code: string;
  readonly choice: Choice;
  readonly option: ChoiceOption | undefined;
  /** What it is compared with, as written. */
  readonly where: string;
  /** The column whose rows are counted. */
  readonly column: { readonly table: Table; readonly column: Column } | undefined;
  readonly view: ModelView | undefined;
}

export const codeHover = (ctx: HoverContext, use: CodeUse, view: ModelView | undefined): Promise<string> =>
  choiceHover(ctx, { ...use, where: columnText({ table: use.table.name, column: use.column.name }), column: use, view });

export const pageCodeHover = (ctx: HoverContext, it: PageCodePlace): Promise<string> =>
  choiceHover(ctx, { ...it, where: it.attribute });

async function choiceHover(ctx: HoverContext, it: Coded): Promise<string> {
  const { code, choice, option, view } = it;
  const where = asText(it.where);
  const parts = [
    option === undefined ? `${asText(code)} is no code of ${where}` : `${asText(code)} is **${asText(option.label)}** in ${where}${option.deprecated ? ', deprecated' : ''}`,
    `Choice ${asText(choice.name)}${choice.deprecated ? ', deprecated' : ''}${choice.partial === true ? '; there may be other codes' : ''}`,
    optionTable(it, await rowsInTime(ctx, it)),
  ];
  const others = view === undefined ? [] : otherMeanings(view.model, choice, code);
  const rows = others.slice(0, mostOthers).map((its) => {
    const more = its.columns.length > mostColumns ? ` and ${its.columns.length - mostColumns} more` : '';
    return [asText(its.label), its.columns.slice(0, mostColumns).map(asText).join(', ') + more];
  });
  if (rows.length > 0) parts.push(markdownTable(['The same code is', 'in'], rows));
  if (others.length > mostOthers) parts.push(`and ${others.length - mostOthers} more`);
  return parts.filter((part) => part !== '').join('\n\n');
}

/** Rows of each code in the sample: not yet known, or not to be had. */
type Rows = ReadonlyMap<string, number> | 'late' | undefined;

async function rowsInTime(ctx: HoverContext, { column, view }: Coded): Promise<Rows> {
  if (column === undefined || view === undefined) return undefined;
  const work = rowsOf(ctx, view, column);
  work.catch(() => undefined);
  ctx.background?.(work);
  return Promise.race([work, ctx.patience().then(() => 'late' as const)]);
}

async function rowsOf({ workspace }: HoverContext, view: ModelView, { table, column }: NonNullable<Coded['column']>): Promise<ReadonlyMap<string, number> | undefined> {
  const values = await columnValues(workspace, view, { table: table.name, column: column.name });
  if (values === undefined) return undefined;
  const counts = new Map<string, number>();
  for (const { value, rows } of values) {
    if (value === null) continue;
    // Several codes in one value count for each.
    for (const part of column.multiSelect ? String(value).split(',') : [String(value)]) {
      const code = codeOf(part.trim());
      counts.set(code, (counts.get(code) ?? 0) + rows);
    }
  }
  return counts;
}

function optionTable({ code, choice, view, column }: Coded, rows: Rows): string {
  const isGenerated = view !== undefined && column !== undefined && isMadeUpColumn(view, { table: column.table.name, column: column.column.name });
  const all = [...choice.options];
  if (all.length === 0) return '';
  const first = all.slice(0, mostOptions);
  const shown = first.some(([it]) => it === code) ? first : [...first, ...all.filter(([it]) => it === code)];
  const number = (it: number): string => asText(cellShown(it, 'int64', { format: '#,0', culture: view?.project.culture ?? 'en-US' }).text);
  const counts = rows === 'late' ? undefined : rows;
  const lines = shown.map(([it, option]) => {
    const isThis = it === code;
    const mark = (text: string): string => (isThis ? `**${text}**` : text);
    const label = option.deprecated ? `~~${asText(option.label)}~~ deprecated` : mark(asText(option.label));
    return [mark(asText(it)), label, ...(counts === undefined ? [] : [number(counts.get(it) ?? 0)])];
  });
  const rest = all.length > shown.length ? `\n\nand ${all.length - shown.length} more` : '';
  return `${markdownTable(counts === undefined ? ['Code', 'Label'] : ['Code', 'Label', isGenerated ? 'Rows (generated)' : 'Rows'], lines, 2)}${rest}${rows === 'late' ? '\n\n*rows: computing…*' : ''}`;
}

interface Meaning {
  readonly label: string;
  /** Columns in which the code means this. */
  readonly columns: string[];
}

/** What the code means in the columns that have another choice. */
function otherMeanings(model: Model, choice: Choice, code: string): readonly Meaning[] {
  const found = new Map<string, Meaning>();
  for (const it of model.tables.values()) {
    for (const column of it.columns.values()) {
      if (column.choice === undefined || nameKey(column.choice) === nameKey(choice.name)) continue;
      const label = model.choices.get(nameKey(column.choice))?.options.get(code)?.label;
      if (label === undefined) continue;
      const meaning = found.get(label) ?? { label, columns: [] };
      found.set(label, meaning);
      meaning.columns.push(columnText({ table: it.name, column: column.name }));
    }
  }
  return [...found.values()];
}
