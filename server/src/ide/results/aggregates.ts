/** The aggregates by which a metric adds rows up, with the rows that each goes through. */
import { quoteColumn, quoteTable } from '../../../../grammar/src/index.ts';
import { nameKey } from '../../model/model.ts';
import { columnsIn, namesOf } from '../../workspace/explain/rowFate.ts';
import { leavesOf, type Leaf } from '../../workspace/explain/steps.ts';
import { measureText } from '../../workspace/queries.ts';
import type { FoundMetric } from './subject.ts';

export const aggregatesOf = ({ model, reading, symbol }: FoundMetric): readonly Leaf[] => leavesOf(symbol, namesOf(model, reading));

/**
 * The aggregates as a person tells them apart: by their text; of those that read alike, by the metric on the way; else by
 * the filters and branches that not all of them have; else by number.
 */
export function aggregateTexts(leaves: readonly Leaf[]): readonly string[] {
  const plain = leaves.map((it) => oneLine(it.text));
  const byMetric = apart(plain, (i) => {
    const metric = leaves[i]?.metrics.slice(1).at(-1);
    return metric === undefined ? plain[i] : `${measureText(metric)}: ${plain[i] ?? ''}`;
  });
  const bySteps = apart(byMetric, (i, alike) => {
    const common = (step: string): boolean => alike.every((other) => leaves[other]?.steps.some((it) => it.text === step));
    const own = leaves[i]?.steps.filter((it) => !common(it.text)) ?? [];
    const words = (isBranch: boolean, word: string): string => {
      const its = own.filter((it) => (it.kind === 'branch') === isBranch).map((it) => oneLine(it.text));
      return its.length === 0 ? '' : ` ${word} ${its.join(' and ')}`;
    };
    return `${byMetric[i] ?? ''}${words(false, 'where')}${words(true, 'if')}`;
  });
  return apart(bySteps, (i, alike) => `${bySteps[i] ?? ''} (${String(alike.indexOf(i) + 1)})`);
}

/** The texts, with another in place of each that is not the only one of its kind. */
function apart(texts: readonly string[], other: (index: number, alike: readonly number[]) => string | undefined): readonly string[] {
  const places = new Map<string, number[]>();
  texts.forEach((it, i) => places.set(it, [...(places.get(it) ?? []), i]));
  return texts.map((it, i) => {
    const alike = places.get(it) ?? [];
    return alike.length < 2 ? it : (other(i, alike) ?? it);
  });
}

const oneLine = (text: string): string => text.replace(/\s+/g, ' ');

/** Columns of the aggregate's table in the order in which they tell most: keys, what the steps look at, then the others. */
export function columnsFirst({ model: { model } }: FoundMetric, leaf: Leaf): { readonly keys: readonly string[]; readonly first: readonly string[] } {
  if (leaf.table.kind !== 'named') return { keys: [], first: [] };
  const table = model.tables.get(nameKey(leaf.table.name));
  const keys = [...(table?.columns.values() ?? [])].filter((it) => it.key).map((it) => it.name);
  const looked = leaf.steps.flatMap((it) => columnsIn(it.expression)).filter((it) => it.table !== undefined && nameKey(it.table.text) === nameKey(table?.name ?? ''));
  const named = looked.flatMap((it) => table?.columns.get(nameKey(it.column.text))?.name ?? []);
  return { keys, first: [...new Set([...keys, ...named])] };
}

/** `T[c]` with the names as they are. */
export const columnOf = (table: string, column: string): string => `${quoteTable(table)}${quoteColumn(column)}`;
