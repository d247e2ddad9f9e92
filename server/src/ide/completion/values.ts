/** Proposals for what a column is compared with: its choice's codes by label, else the values in its data. */
import { quoteString } from '../../../../grammar/src/index.ts';
import { nameKey, type Choice, type DataType } from '../../model/model.ts';
import { isMadeUpColumn } from '../../workspace/madeUp.ts';
import type { ModelView, Workspace } from '../../workspace/types.ts';
import { columnValues, rowsAround, type RowsAround, type ValueCount } from '../columnValues.ts';
import { asPlain } from '../markdown.ts';
import { cellShown } from '../shown.ts';
import type { ExpectedColumn } from './context.ts';
import type { Proposal } from './item.ts';

/** Values of a column without a choice; the most frequent ones come first. */
const mostProposals = 200;

/** What comes in time, else what else is to be taken. */
export type InTime = <T>(work: Promise<T>, otherwise: T) => Promise<T>;

/** What is typed of the value already. */
export interface TypedValue {
  /** A quote was typed; the proposal's text replaces it. */
  readonly quoted: boolean;
  /** It begins with a digit, so that a code is meant rather than its label. */
  readonly isCode: boolean;
}

/** What stands beside a proposal: from what the data tell, where they are there. */
interface Counted {
  readonly values: readonly ValueCount[] | undefined;
  rowsText(rows: number): string;
}

export async function valuesOf(workspace: Workspace, model: ModelView, at: ExpectedColumn, typed: TypedValue, inTime: InTime): Promise<readonly Proposal[]> {
  const ref = { table: at.table.name, column: at.column.name };
  const choice = at.column.choice === undefined ? undefined : model.model.choices.get(nameKey(at.column.choice));
  const known = await inTime(Promise.all([workspace.columnFacts(model, ref), columnValues(workspace, model, ref), rowsAround(workspace, model, ref)]), undefined);
  const type = at.column.type ?? known?.[0]?.type;
  const around = known?.[2];
  const values = known?.[1] === undefined || around === undefined ? known?.[1] : orderedAround(known[1], around);
  const of = `${around === undefined ? '' : ` of ${asPlain(around.table, 40)}`}${isMadeUpColumn(model, ref) ? ' (generated)' : ''}`;
  const rowsText = (rows: number): string => `${cellShown(rows, 'int64', { format: '#,0', culture: model.project.culture }).text} ${rows === 1 ? 'row' : 'rows'}${of}`;
  // What a list has already is not chosen again, but it can be found.
  const ranked = (it: Proposal): Proposal => (at.used.has(it.newText) ? { ...it, rank: it.rank + 0.5 } : it);
  if (choice !== undefined) return codesOf(choice, type === 'string', typed, { values, rowsText }).map(ranked);
  if (values === undefined || type === undefined) return [];
  return values.slice(0, mostProposals).flatMap(({ value, rows }, i): readonly Proposal[] => {
    const newText = literal(value, type);
    if (newText === undefined || (typed.quoted && !newText.startsWith('"'))) return [];
    const label = typeof value === 'string' ? asPlain(value, 60) : newText;
    return [ranked({ label: label === '' ? '""' : label, kind: 'value', newText, filterText: newText, detail: rowsText(rows), rank: i / 1000 })];
  });
}

/** A dimension has each value once or so; what people look for is what most rows around it have. */
function orderedAround(values: readonly ValueCount[], { rows }: RowsAround): readonly ValueCount[] {
  return values.map(({ value }) => ({ value, rows: rows.get(value) ?? 0 })).sort((a, b) => b.rows - a.rows);
}

/** Every code; those that rows have come first, the most frequent before the others. */
function codesOf(choice: Choice, asString: boolean, { quoted, isCode }: TypedValue, { values, rowsText }: Counted): readonly Proposal[] {
  const order = new Map((values ?? []).map((it, i) => [String(it.value), { rows: it.rows, rank: Math.min(i, 400) / 1000 }]));
  return [...choice.options].map(([code, option]) => {
    const newText = asString ? quoteString(code) : code;
    const label = asPlain(option.label, 60);
    return {
      label, kind: 'code', newText,
      detail: values === undefined ? code : `${code} · ${rowsText(order.get(code)?.rows ?? 0)}`,
      rank: values === undefined ? 0 : (order.get(code)?.rank ?? 0.401),
      // A code is found by its label, and by its digits too. Editors put what begins like the typed text first, and of
      // equals the shorter one: among quotes, where codes alone compete, all begin with digits of one length.
      filterText: `${asString || quoted ? '"' : ''}${quoted || isCode ? `${code} ${label}` : `${label} ${code}`}`,
      ...(option.deprecated ? { deprecated: true } : {}),
    };
  });
}

/** A value as DAX text of the column's type; undefined where it has no literal of its own. */
function literal(value: unknown, type: DataType | 'variant' | 'blank'): string | undefined {
  if (typeof value === 'string') return /[\r\n]/.test(value) ? undefined : quoteString(value);
  if (typeof value === 'boolean') return value ? 'TRUE' : 'FALSE';
  if (type === 'int64' && (typeof value === 'number' || typeof value === 'bigint')) return String(value);
  return type === 'double' && typeof value === 'number' && Number.isFinite(value) ? String(value) : undefined;
}
