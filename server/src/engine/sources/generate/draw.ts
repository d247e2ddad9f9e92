/** What a recipe draws for each row: a value, or the place of one in a list. */
import { converter, misfit } from '../../../formats/table/cells.ts';
import type { DataType, RowValue } from '../../../model/model.ts';
import type { GeneratedColumn, Recipe } from '../../../plan/generate.ts';
import type { Cell } from '../../../plan/values.ts';
import { stopped } from '../../budget.ts';
import { BLANK_CODE, type StoredColumn } from '../../columns/column.ts';
import { pulse } from '../../pulse.ts';
import { isFailure } from '../../values/cells.ts';
import { equalIn } from '../../values/convert.ts';
import { drawNumber, places, placesBy, shuffled, type Chance } from './chance.ts';
import { drawMoment, partOf, serialAt } from './moments.ts';
import { wordsOf } from './words.ts';

/** What a column may be drawn from besides chance. */
export interface Around {
  /** A column of this or of another table; raises `Stopped` where it cannot be had. */
  column(table: string, column: string): StoredColumn;
}

export type Draw =
  | { readonly kind: 'cells'; readonly next: (row: number) => Cell }
  /** Places in a list; -1 for BLANK. */
  | { readonly kind: 'places'; readonly values: readonly Cell[]; readonly next: (row: number) => number };

export interface DrawContext {
  readonly table: string;
  readonly rows: number;
  /** Chances of the column by what they are for. */
  readonly chance: (what: string) => Chance;
  readonly around: Around;
}

/** How a column's values are drawn, row after row from the first. */
export function drawOf({ name, type, recipe }: GeneratedColumn, ctx: DrawContext): Draw {
  const chance = ctx.chance('values');
  switch (recipe.kind) {
    case 'count': return { kind: 'cells', next: (row) => counted(row + 1, type, recipe.prefix) };
    case 'days': return { kind: 'cells', next: (row) => recipe.from + row };
    case 'each': {
      const values = cellsOf(recipe.values, type, ctx.table, name);
      return { kind: 'places', values, next: (row) => (row < values.length ? row : -1) };
    }
    case 'values': {
      const values = cellsOf(recipe.values, type, ctx.table, name);
      return { kind: 'places', values, next: values.length === 0 ? () => -1 : placesBy(recipe.weights, chance) };
    }
    case 'flags': return { kind: 'cells', next: () => chance() < recipe.share };
    case 'foreign': return foreign(recipe, type, ctx, chance);
    case 'numbers': return { kind: 'cells', next: numbers(recipe, type, chance) };
    case 'moments': return { kind: 'cells', next: drawMoment(recipe.from, recipe.to, recipe.hours, chance) };
    case 'after': return after(recipe, ctx, chance);
    case 'part': return part(recipe, type, ctx);
    case 'words': {
      const values = wordsOf(recipe.list);
      const order = shuffled(values.length, chance);
      // As many rows as there are words have no word twice.
      return { kind: 'places', values, next: (row) => order[row % values.length] as number };
    }
  }
}

function counted(number: number, type: DataType, prefix: string): Cell {
  switch (type) {
    case 'string': return `${prefix}${String(number)}`;
    case 'decimal': return number * 10_000;
    case 'boolean': return number % 2 === 1;
    default: return number;
  }
}

function cellsOf(values: readonly RowValue[], type: DataType, table: string, column: string): readonly Cell[] {
  const convert = converter(type, { delimiter: undefined, blankTokens: [], trueWords: ['true'], falseWords: ['false'], dateFormats: [] });
  return values.map((it) => {
    const cell = convert(it);
    if (cell === misfit) throw stopped({ id: 'data-fault', table, detail: `${String(it).slice(0, 60)}, which generate names for ${column}, is no ${type}` });
    return cell;
  });
}

/** Rows of the other table by chance; their values in the order of its rows. */
function foreign({ table, column, distribution, unique }: Extract<Recipe, { kind: 'foreign' }>, type: DataType, ctx: DrawContext, chance: Chance): Draw {
  const other = ctx.around.column(table, column);
  const { values: own, count } = valuesOf(other);
  // Numbers of another type are the same numbers; what has no like in the column's type is BLANK.
  const values = other.type === type ? own : own.map((it) => equalIn(it, other.type, type) ?? null);
  if (count === 0) return { kind: 'places', values: [], next: () => -1 };
  if (unique) {
    const order = shuffled(count, chance);
    return { kind: 'places', values, next: (row) => (row < count ? (order[row] as number) : -1) };
  }
  return { kind: 'places', values, next: places(count, distribution, chance) };
}

/** The values that rows have, each once, in the order in which it comes first. */
function valuesOf({ codes, dictionary }: StoredColumn): { readonly values: readonly Cell[]; readonly count: number } {
  const values: Cell[] = [];
  const seen = new Uint8Array(dictionary.length);
  // The last code is that of the row for orphans.
  for (let row = 0; row < codes.length - 1; row++) {
    pulse();
    const code = codes[row] as number;
    if (code === BLANK_CODE || seen[code] === 1) continue;
    seen[code] = 1;
    const cell = dictionary[code] ?? null;
    if (!isFailure(cell)) values.push(cell);
  }
  return { values, count: values.length };
}

function numbers(recipe: Extract<Recipe, { kind: 'numbers' }>, type: DataType, chance: Chance): () => Cell {
  if (type === 'int64') {
    const { min, max } = recipe;
    // Both bounds belong to the range.
    if (recipe.distribution === 'uniform') return () => Math.min(max, Math.floor(min + chance() * (max - min + 1)));
    return () => Math.round(drawNumber(recipe, chance)) + 0;
  }
  const unit = 10 ** (type === 'decimal' ? Math.min(recipe.decimals, 4) : recipe.decimals);
  return () => {
    const steps = Math.round(drawNumber(recipe, chance) * unit) + 0;
    if (type === 'string') return String(steps / unit);
    return type === 'decimal' ? Math.round((steps * 10_000) / unit) : steps / unit;
  };
}

function after(recipe: Extract<Recipe, { kind: 'after' }>, ctx: DrawContext, chance: Chance): Draw {
  const { codes, dictionary } = ctx.around.column(ctx.table, recipe.column);
  return {
    kind: 'cells',
    next(row) {
      const seconds = Math.round(drawNumber(recipe, chance));
      const moment = dictionary[codes[row] as number];
      return typeof moment === 'number' ? serialAt(Math.round(moment * 86_400) + seconds) : null;
    },
  };
}

function part(recipe: Extract<Recipe, { kind: 'part' }>, type: DataType, ctx: DrawContext): Draw {
  const { codes, dictionary } = ctx.around.column(ctx.table, recipe.column);
  const values = dictionary.map((it) => (typeof it === 'number' ? partOf(it, recipe.part, type) : null));
  return { kind: 'places', values, next: (row) => codes[row] as number };
}
