/** Choice codes: literals that meet a column whose values are the codes of a choice. */
import { quoteColumn, quoteString, quoteTable } from '../../../../grammar/src/index.ts';
import type { Expression, NumberLiteral, StringLiteral } from '../../../../grammar/src/tree.ts';
import { distance as editDistance } from '../../base/closest.ts';
import type { Fix } from '../../findings/finding.ts';
import { nameKey, type Choice, type ChoiceOption, type Model } from '../../model/model.ts';
import { columnType, unwrap } from '../scope.ts';
import { familyOf, typeWord } from '../types.ts';
import { report, type BindContext, type Env, type ModelColumn } from './context.ts';

/** A column that holds codes, and the choice they are of. */
export interface ChoiceColumn extends ModelColumn {
  readonly choice: Choice;
}

export type Literal = StringLiteral | NumberLiteral;

/** The choice column whose values an expression gives, where that is certain. */
export function choiceOf(ctx: BindContext, env: Env, expression: Expression): ChoiceColumn | undefined {
  const column = ctx.lineage.get(expression);
  return column === undefined ? undefined : choiceOfColumn(env, column);
}

export function choiceOfColumn(env: Env, column: ModelColumn): ChoiceColumn | undefined {
  const name = column.column.choice;
  const choice = name === undefined ? undefined : env.names.model?.choices.get(nameKey(name));
  return choice === undefined ? undefined : { ...column, choice };
}

/** The literal that an expression is, through brackets and variables. */
export function literalOf(env: Env, expression: Expression): Literal | undefined {
  let it = unwrap(expression);
  for (let hops = 0; it.kind === 'name' && hops < 20; hops++) {
    const value = env.variables.get(nameKey(it.name.text))?.value;
    if (value === undefined) return undefined;
    it = unwrap(value);
  }
  return it.kind === 'string' || it.kind === 'number' ? it : undefined;
}

/**
 * Checks one literal against the choice of a column, and records that it is a code of it.
 *
 * @param how `order` comparisons may use bounds that are no codes; `search` looks for a code inside a text
 * @returns whether the literal was examined as a code, so that nothing more is said about its type
 */
export function checkCode(
  ctx: BindContext, env: Env, it: ChoiceColumn, literal: Literal, how: 'equal' | 'order' | 'search',
): boolean {
  // Several codes in one cell: the whole cell is no code.
  if (it.column.multiSelect && how !== 'search') return false;
  const text = literal.kind === 'string' ? literal.value.trim() : literal.text;
  // Empty text and 0 test for BLANK.
  if (text === '' || (text === '0' && !it.choice.options.has('0'))) return false;
  const digits = /^\d+$/.test(text) ? text.replace(/^0+(?=\d)/, '') : undefined;
  const option = digits === undefined ? undefined : it.choice.options.get(digits);
  const seen = `${String(literal.span.start)} ${nameOf(it)}`;
  if (ctx.codesSeen.has(seen)) return true;
  ctx.codesSeen.add(seen);
  if (!env.quiet) {
    ctx.codes.push({ span: literal.span, table: it.table, column: it.column, choice: it.choice, code: digits ?? text, option });
  }
  if (option !== undefined) {
    if (how !== 'search') checkType(ctx, env, it, literal, digits ?? text);
  } else if (how === 'equal' || (how === 'search' && isWholeCode(it.choice, digits))) {
    reportUnknown(ctx, env, it, literal, digits, text);
  } else if (how === 'order') checkType(ctx, env, it, literal, digits ?? text);
  return true;
}

/** Whether a text that is searched for is as long as a code, not a part of one. */
function isWholeCode(choice: Choice, digits: string | undefined): boolean {
  if (digits === undefined || digits.length < 4) return false;
  for (const code of choice.options.keys()) if (code.length === digits.length) return true;
  return false;
}

/** `T[c]` as it is written. */
const nameOf = (it: ModelColumn): string => `${quoteTable(it.table.name)}${quoteColumn(it.column.name)}`;

function checkType(ctx: BindContext, env: Env, it: ChoiceColumn, literal: Literal, text: string): void {
  const type = columnType(env.names, it.table, it.column);
  const family = familyOf(type);
  if (family === undefined || family === (literal.kind === 'string' ? 'text' : 'number')) return;
  if (family === 'boolean') {
    const found = literal.kind === 'string' ? 'string' : 'int64';
    report(ctx, env, 'comparison-types', { left: typeWord(type), right: typeWord(found) }, literal.span);
    return;
  }
  const replacement = written(text, family);
  const columnWord = family === 'text' ? 'text' : 'numbers';
  report(ctx, env, 'code-type', { code: text, column: nameOf(it), columnType: columnWord, replacement }, literal.span, {
    fixes: [{ title: `Change to ${replacement}`, preferred: true, edits: [{ span: literal.span, newText: replacement }] }],
  });
}

const written = (code: string, family: 'text' | 'number'): string => (family === 'text' ? quoteString(code) : code);

function reportUnknown(ctx: BindContext, env: Env, it: ChoiceColumn, literal: Literal, digits: string | undefined, text: string): void {
  const shown = literal.kind === 'string' ? quoteString(literal.value) : literal.text;
  const known = familyOf(columnType(env.names, it.table, it.column));
  const family = known === 'number' || (known === undefined && literal.kind === 'number') ? 'number' : 'text';
  const near = digits === undefined ? byLabel(it.choice, text) : byDigits(it.choice, digits);
  const replacement = near === undefined ? undefined : written(String(near.value), family);
  const fixes: readonly Fix[] = near === undefined || replacement === undefined ? [] : [{
    title: `Change to ${replacement} (${near.label})`,
    ...(digits === undefined ? { preferred: true } : {}),
    edits: [{ span: literal.span, newText: replacement }],
  }];
  // Codes of a few digits mean something in nearly every choice.
  const elsewhere = digits === undefined || digits.length < 4 || env.names.model === undefined ? undefined : ofAnother(env.names.model, it, digits);
  if (elsewhere !== undefined) {
    report(ctx, env, 'code-of-another-choice', {
      code: shown, column: nameOf(it), choice: it.choice.name, other: elsewhere.where, label: elsewhere.option.label,
    }, literal.span, { fixes: fixes.map((fix) => ({ title: fix.title, edits: fix.edits })) });
    return;
  }
  const suggestion = near === undefined ? {} : { suggestion: `${replacement ?? ''} (${near.label})` };
  report(ctx, env, 'unknown-code', { code: shown, column: nameOf(it), choice: it.choice.name, ...suggestion }, literal.span, { fixes });
}

/** The code that differs in the fewest digits; among equals the one nearest as a number. */
function byDigits(choice: Choice, digits: string): ChoiceOption | undefined {
  let best: { option: ChoiceOption; distance: number; gap: number } | undefined;
  for (const [code, option] of choice.options) {
    const distance = editDistance(digits, code, 3);
    const gap = Math.abs(Number(digits) - option.value);
    if (distance > 3) continue;
    if (best === undefined || distance < best.distance || (distance === best.distance && gap < best.gap)) best = { option, distance, gap };
  }
  return best?.option;
}

/** The code whose label this is, capitals, blanks and signs aside; else the one with the label that is nearest. */
function byLabel(choice: Choice, text: string): ChoiceOption | undefined {
  const wanted = letters(text);
  if (wanted === '' || wanted.length > 100) return undefined;
  let best: { option: ChoiceOption; distance: number } | undefined;
  for (const option of choice.options.values()) {
    const distance = editDistance(wanted, letters(option.label), Math.max(1, Math.floor(wanted.length / 4)));
    if (distance <= Math.max(1, Math.floor(wanted.length / 4)) && (best === undefined || distance < best.distance)) best = { option, distance };
  }
  return best?.option;
}

const letters = (text: string): string => text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '');

/** Where else in the model the code means something: first in the same table, then in any column, then in any choice. */
function ofAnother(model: Model, it: ChoiceColumn, digits: string): { readonly where: string; readonly option: ChoiceOption } | undefined {
  const tables = [it.table, ...[...model.tables.values()].filter((table) => table !== it.table)];
  for (const table of tables) {
    for (const column of table.columns.values()) {
      if (column.choice === undefined || nameKey(column.choice) === nameKey(it.choice.name)) continue;
      const option = model.choices.get(nameKey(column.choice))?.options.get(digits);
      if (option !== undefined) return { where: nameOf({ table, column }), option };
    }
  }
  for (const choice of model.choices.values()) {
    const option = choice === it.choice ? undefined : choice.options.get(digits);
    if (option !== undefined) return { where: choice.name, option };
  }
  return undefined;
}
