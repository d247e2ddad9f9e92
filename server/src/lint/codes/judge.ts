/** What a code is that stands against a choice: known, a label, one of another choice, too long, or nothing at all. */
import { quoteColumn, quoteTable } from '../../../../grammar/src/index.ts';
import { distance } from '../../base/closest.ts';
import { nameKey, type Choice, type ChoiceOption, type Column, type Model, type Table } from '../../model/model.ts';

export type Verdict =
  | { readonly kind: 'known'; readonly option: ChoiceOption }
  /** The label of a code, or nearly so, in place of the code. */
  | { readonly kind: 'label'; readonly option: ChoiceOption }
  /** The choice has no such code, another one has. */
  | { readonly kind: 'elsewhere'; readonly meaning: Meaning; readonly near: readonly ChoiceOption[] }
  /** All codes of the choice have `wanted` digits. */
  | { readonly kind: 'length'; readonly found: number; readonly wanted: number; readonly near: readonly ChoiceOption[] }
  | { readonly kind: 'unknown'; readonly near: readonly ChoiceOption[] };

/** What a code means in another place. */
export interface Meaning {
  /** The column, or the choice where no column has it. */
  readonly where: string;
  readonly option: ChoiceOption;
  readonly table: Table | undefined;
  readonly column: Column | undefined;
}

/** Codes of a few digits mean something in nearly every choice. */
const tellingDigits = 4;
/** A choice whose codes are as long as this is not one of ordinal numbers. */
const longDigits = 5;

/**
 * @param code digits without leading zeros, or the text as written
 * @param elsewhere looks the code up in other choices
 */
export function judge(choice: Choice, code: string, elsewhere: (code: string) => Meaning | undefined): Verdict {
  const option = choice.options.get(code);
  if (option !== undefined) return { kind: 'known', option };
  if (!isDigits(code)) {
    const labelled = byLabel(choice, code);
    return labelled === undefined ? { kind: 'unknown', near: [] } : { kind: 'label', option: labelled };
  }
  const near = byDigits(choice, code);
  const meaning = code.length < tellingDigits ? undefined : elsewhere(code);
  if (meaning !== undefined) return { kind: 'elsewhere', meaning, near };
  const wanted = commonLength(choice);
  const isNearLength = wanted !== undefined && wanted >= longDigits && code.length !== wanted && Math.abs(code.length - wanted) <= 2;
  return isNearLength ? { kind: 'length', found: code.length, wanted, near } : { kind: 'unknown', near };
}

const isDigits = (code: string): boolean => /^-?\d+$/.test(code);

/** `T[c]` as it is written. */
export const columnText = (table: Table, column: Column): string => `${quoteTable(table.name)}${quoteColumn(column.name)}`;

/** Where else in the model a code means something: first in the same table, then in any column, then in any choice. */
export function meaningElsewhere(model: Model, choice: Choice, table: Table | undefined, code: string): Meaning | undefined {
  const others = [...model.tables.values()].filter((it) => it !== table);
  for (const its of table === undefined ? others : [table, ...others]) {
    for (const column of its.columns.values()) {
      if (column.choice === undefined || nameKey(column.choice) === nameKey(choice.name)) continue;
      const option = model.choices.get(nameKey(column.choice))?.options.get(code);
      if (option !== undefined) return { where: columnText(its, column), option, table: its, column };
    }
  }
  for (const other of model.choices.values()) {
    const option = other === choice ? undefined : other.options.get(code);
    if (option !== undefined) return { where: other.name, option, table: undefined, column: undefined };
  }
  return undefined;
}

/** The codes that differ in the fewest digits, three at most; among equals the nearest as a number comes first. */
function byDigits(choice: Choice, digits: string): readonly ChoiceOption[] {
  const farthest = Math.min(3, Math.floor(digits.length / 2));
  const found: { readonly option: ChoiceOption; readonly distance: number; readonly gap: number }[] = [];
  for (const [code, option] of choice.options) {
    const edits = distance(digits, code, farthest);
    if (edits <= farthest) found.push({ option, distance: edits, gap: Math.abs(Number(digits) - option.value) });
  }
  found.sort((a, b) => a.distance - b.distance || a.gap - b.gap);
  const best = found[0]?.distance;
  return found.filter((it) => it.distance === best).slice(0, 3).map((it) => it.option);
}

/** The number of digits that all codes of a choice have. */
function commonLength(choice: Choice): number | undefined {
  let length: number | undefined;
  for (const code of choice.options.keys()) {
    length ??= code.length;
    if (code.length !== length) return undefined;
  }
  return length;
}

/** The code whose label this is, capitals, blanks and signs aside; else the one with the label that is nearest. */
function byLabel(choice: Choice, text: string): ChoiceOption | undefined {
  const wanted = letters(text);
  if (wanted === '' || wanted.length > 100) return undefined;
  let limit = Math.max(1, Math.floor(wanted.length / 4));
  let best: ChoiceOption | undefined;
  for (const option of choice.options.values()) {
    const label = letters(option.label);
    const edits = distance(wanted, label, limit);
    if (edits > limit || edits >= label.length) continue;
    best = option;
    if (edits === 0) break;
    limit = edits - 1;
  }
  return best;
}

const letters = (text: string): string => text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '');
