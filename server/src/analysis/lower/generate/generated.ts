/** Tables whose rows are made up: from types, choices, relationships and hints to what each column is drawn from. */
import type { ColumnHints } from '../../../model/generate.ts';
import { nameKey, type Column, type DataType, type Model, type Table } from '../../../model/model.ts';
import type { GeneratedColumn, GeneratedSource, Recipe } from '../../../plan/generate.ts';
import { isDrawn, isMadeUp, rowCountsOf, serialOfHint, type RowCounts } from './rowCounts.ts';
import { endsAt, generatedType } from './types.ts';

export interface GenerateOptions {
  /** Rows of the largest fact table; undefined: what the model says. */
  readonly rows?: number | undefined;
  readonly seed?: number | undefined;
  /** The serial at which time ends where the model does not say; undefined: the end of 2025. */
  readonly until?: number | undefined;
  /** Rows are made up for tables too that have a source. */
  readonly all?: true;
}

/** The sources of tables that have none, by `nameKey` of the table. */
export function generatedSources(model: Model, options: GenerateOptions): ReadonlyMap<string, GeneratedSource> {
  const counts = rowCountsOf(model, options.rows);
  const groups = new Set((model.calculationGroups ?? []).map((it) => nameKey(it.name)));
  const seed = options.seed ?? model.generate?.seed ?? 1;
  const sources = new Map<string, GeneratedSource>();
  for (const [key, table] of model.tables) {
    if (!isMadeUp(table) || groups.has(key)) continue;
    if (table.source.kind === 'none' || (options.all === true)) sources.set(key, sourceOf({ model, table, counts, until: options.until }, seed));
  }
  return withEnoughKeys(sources);
}

/** Keys of keys of keys: a chain that is longer ends with rows that have no key. */
const mostRounds = 50;

/** A table whose key is that of another one has no more rows than that. */
function withEnoughKeys(sources: Map<string, GeneratedSource>): ReadonlyMap<string, GeneratedSource> {
  for (let round = 0, isChanged = true; isChanged && round < mostRounds; round++) {
    isChanged = false;
    for (const [key, source] of sources) {
      const rows = source.columns.reduce((least, { recipe }) => (recipe.kind === 'foreign' && recipe.unique ? Math.min(least, sources.get(nameKey(recipe.table))?.rows ?? least) : least), source.rows);
      if (rows === source.rows) continue;
      sources.set(key, { ...source, rows });
      isChanged = true;
    }
  }
  return sources;
}

interface Ctx {
  readonly model: Model;
  readonly table: Table;
  readonly counts: RowCounts;
  readonly until: number | undefined;
}

function sourceOf(ctx: Ctx, seed: number): GeneratedSource {
  const columns = [...ctx.table.columns.values()].filter(isDrawn).map((it): GeneratedColumn => {
    const type = generatedType(ctx.model, ctx.table, it);
    const isUnique = mustBeUnique(ctx, it);
    return { name: it.name, type, blanks: isUnique ? 0 : (it.generate?.blanks ?? 0), recipe: recipeOf(ctx, it, type, isUnique) };
  });
  return { kind: 'generated', rows: ctx.counts.of(ctx.table, ownCount(ctx, columns)), seed, columns };
}

/** As many rows as there are days, or codes of the key. */
function ownCount(ctx: Ctx, columns: readonly GeneratedColumn[]): number | undefined {
  const each = columns.flatMap(({ recipe }) => (recipe.kind === 'each' ? [recipe.values.length] : []));
  if (each.length > 0) return each.reduce((least, it) => Math.min(least, it));
  const { from, to } = rangeOf(ctx, undefined);
  const asked = ctx.table.generate?.rows;
  return columns.some((it) => it.recipe.kind === 'days') ? (asked ?? Math.max(0, Math.ceil(to) - Math.floor(from))) : undefined;
}

/** A key, and the one side of a relationship: no value twice, and none missing. */
const mustBeUnique = ({ model, table }: Ctx, column: Column): boolean =>
  column.key || isDateColumn(table, column) || endsAt(model, table, column).some((it) => it.isUnique);

const isDateColumn = (table: Table, column: Column): boolean => table.dateColumn !== undefined && nameKey(table.dateColumn) === nameKey(column.name);

function recipeOf(ctx: Ctx, column: Column, type: DataType, isUnique: boolean): Recipe {
  const hints = column.generate ?? {};
  const part = hints.part !== undefined && hints.of !== undefined ? ({ kind: 'part', column: columnNamed(ctx, hints.of), part: hints.part } as const) : undefined;
  if (isUnique) return uniqueRecipe(ctx, column, type, part);
  const listed = listedValues(hints);
  if (listed !== undefined) return { kind: 'values', ...listed };
  if (part !== undefined) return part;
  if (hints.after !== undefined) return afterOf(columnNamed(ctx, hints.after), hints);
  const other = otherEnd(ctx, column);
  if (other !== undefined) return { kind: 'foreign', ...other, distribution: hints.distribution ?? 'uniform', unique: false };
  const codes = codesOf(ctx, column);
  if (codes !== undefined) return { kind: 'values', ...codes };
  switch (type) {
    case 'boolean': return { kind: 'flags', share: hints.share ?? 0.5 };
    case 'int64': case 'double': case 'decimal': return numbersOf(hints, type);
    case 'dateTime': return { kind: 'moments', ...rangeOf(ctx, hints), hours: hints.hours ?? [0, 24] };
    case 'string': return textOf(ctx, column, hints);
  }
}

/** No value twice, and none missing. */
function uniqueRecipe(ctx: Ctx, column: Column, type: DataType, part: Recipe | undefined): Recipe {
  const hints = column.generate ?? {};
  const listed = listedValues(hints) ?? codesOf(ctx, column);
  // Texts that differ in case alone are one value.
  if (listed !== undefined) return { kind: 'each', values: [...new Map(listed.values.map((it) => [String(it).toLowerCase(), it])).values()] };
  // The day of a date that is unique is unique itself, as the key of a date table.
  if (part?.kind === 'part' && part.part === 'date') return part;
  const other = otherEnd(ctx, column);
  if (other !== undefined) return { kind: 'foreign', ...other, distribution: 'uniform', unique: true };
  if (type === 'dateTime') return { kind: 'days', from: Math.floor(rangeOf(ctx, hints).from) };
  if (type === 'boolean') return { kind: 'each', values: [false, true] };
  return { kind: 'count', prefix: hints.prefix ?? prefixOf(column) };
}

const columnNamed = ({ table }: Ctx, name: string): string => table.columns.get(nameKey(name))?.name ?? name;

interface Weighted {
  readonly values: readonly (string | number | boolean | null)[];
  readonly weights: readonly number[];
}

function listedValues({ values }: ColumnHints): Weighted | undefined {
  return values?.some((it) => it.weight > 0) === true ? { values: values.map((it) => it.value), weights: values.map((it) => it.weight) } : undefined;
}

/** The codes of the column's choice that are in use. */
function codesOf({ model }: Ctx, column: Column): Weighted | undefined {
  const choice = column.choice === undefined ? undefined : model.choices.get(nameKey(column.choice));
  const codes = [...(choice?.options ?? [])].filter(([, it]) => !it.deprecated).map(([code]) => code);
  if (codes.length === 0) return undefined;
  if (!column.multiSelect) return { values: codes, weights: codes.map(() => 1) };
  // Every other value of several codes holds two, as neighbours.
  const pairs = codes.slice(1).map((code, i) => `${codes[i] ?? ''},${code}`);
  return { values: [...codes, ...pairs], weights: [...codes.map(() => 1), ...pairs.map(() => codes.length / (2 * pairs.length))] };
}

/** The column at the one side of a relationship that begins here; an active one before others. */
function otherEnd({ model, table }: Ctx, column: Column): { readonly table: string; readonly column: string } | undefined {
  const ends = endsAt(model, table, column).filter((it) => it.isMany);
  const end = (ends.find((it) => it.active) ?? ends[0])?.other;
  if (end === undefined) return undefined;
  const other = model.tables.get(nameKey(end.table));
  // A calculated table of dates is often made from the very rows that point to it.
  const isOfDates = other?.source.kind === 'dax' && generatedType(model, table, column) === 'dateTime';
  return other === undefined || isOfDates ? undefined : { table: other.name, column: other.columns.get(nameKey(end.column))?.name ?? end.column };
}

const defaultFrom = 45_658; // 2025-01-01
const defaultTo = 46_023; // 2026-01-01
const daysBefore = 365;

/** The range of time: of the column, else of the table, else of the model, else the year before the clock; the end is not in it. */
function rangeOf({ model, table, until }: Ctx, hints: ColumnHints | undefined): { readonly from: number; readonly to: number } {
  const said = [hints, table.generate, model.generate];
  const first = said.map((it) => serialOfHint(it?.from)).find((it) => it !== undefined);
  const last = said.map((it) => lastOf(it?.to)).find((it) => it !== undefined);
  const end = last ?? (until === undefined ? undefined : Math.floor(until) + 1);
  if (first !== undefined) return { from: first, to: Math.max(first + 1, end ?? Math.max(defaultTo, first + daysBefore)) };
  return end === undefined ? { from: defaultFrom, to: defaultTo } : { from: Math.floor(end) - daysBefore, to: end };
}

/** A day belongs to the range whole; a moment ends it. */
function lastOf(text: string | undefined): number | undefined {
  const serial = serialOfHint(text);
  return serial === undefined ? undefined : text?.length === 10 ? serial + 1 : serial;
}

function numbersOf(hints: ColumnHints, type: 'int64' | 'double' | 'decimal'): Recipe {
  const { min, max } = boundsOf(hints);
  const distribution = hints.distribution ?? 'uniform';
  const mean = hints.mean ?? (distribution === 'exponential' ? min + (max - min) / 5 : (min + max) / 2);
  return { kind: 'numbers', distribution, min, max, mean, deviation: hints.deviation ?? (max - min) / 6, decimals: type === 'int64' ? 0 : (hints.decimals ?? 2) };
}

/** What is not said: amounts and counts are seldom below 0, unless their mean is. */
function boundsOf({ mean, deviation, ...hints }: ColumnHints): { readonly min: number; readonly max: number } {
  if (mean !== undefined && mean <= 0) {
    // No draw of a normal distribution is further from its mean.
    const reach = deviation === undefined ? Math.max(-mean, 50) : deviation * 6;
    const min = hints.min ?? Math.min(mean - reach, hints.max ?? mean);
    return { min, max: Math.max(min, hints.max ?? mean + reach) };
  }
  const min = hints.min ?? Math.min(0, hints.max ?? 0);
  return { min, max: Math.max(min, hints.max ?? Math.max(min + 100, mean === undefined ? min : mean * 2)) };
}

/** Seconds: ten minutes on average, a day at most. */
function afterOf(column: string, hints: ColumnHints): Recipe {
  const min = Math.max(0, hints.min ?? 0);
  const max = Math.max(min, hints.max ?? Math.max(86_400, min, (hints.mean ?? 0) * 10));
  const mean = hints.mean ?? Math.min(min + 600, max);
  return { kind: 'after', column, distribution: hints.distribution ?? 'exponential', min, max, mean, deviation: hints.deviation ?? (max - min) / 6 };
}

/** Texts of a table that others point to tell its rows apart; in a fact table a few come again and again. */
function textOf({ table, counts }: Ctx, column: Column, hints: ColumnHints): Recipe {
  if (hints.words !== undefined) return { kind: 'words', list: hints.words };
  const prefix = hints.prefix ?? `${column.name} `;
  if (!counts.isFact(table) || hints.prefix !== undefined) return { kind: 'count', prefix };
  const values = Array.from({ length: 10 }, (_, i) => `${prefix}${String(i + 1)}`);
  return { kind: 'values', values, weights: values.map(() => 1) };
}

/** `session-` for SessionId: keys are read easily and never taken for numbers. */
const prefixOf = ({ name }: Column): string => `${nameKey(name).replace(/[_ ]*(?:id|key|code|number)$/, '').replace(/[^\p{L}\p{N}]+/gu, '-').replace(/^-|-$/g, '').slice(0, 40) || 'row'}-`;
