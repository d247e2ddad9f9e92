/** The values of a column that is made up, straight into codes: each as its recipe, the seed and its names decide. */
import type { Limits } from '../../../model/model.ts';
import { nameKey } from '../../../model/model.ts';
import type { GeneratedColumn, GeneratedSource } from '../../../plan/generate.ts';
import { stopped } from '../../budget.ts';
import { encoderOf, type Encoded, type Encoder } from '../../columns/encoder.ts';
import { chanceOf, type Chance } from './chance.ts';
import { drawOf, type Around, type Draw } from './draw.ts';

/** The most bytes that a value takes while its column is made: the value and the way to it. */
const bytesPerValue = 64;

/** Reserves a table before a row of it is made; raises `Stopped`. Its columns are made one after the other. */
export function reserveGenerated({ rows, columns }: GeneratedSource, limits: Limits): void {
  if (rows > limits.rows) throw stopped({ id: 'limit', what: 'rows', limit: `${limits.rows.toLocaleString('en-US')} rows` });
  if (rows * (columns.length * Uint32Array.BYTES_PER_ELEMENT + bytesPerValue) > limits.memoryBytes) {
    throw stopped({ id: 'limit', what: 'memory', limit: `${String(Math.round(limits.memoryBytes / 1_048_576))} MB` });
  }
}

/** The values of one column for all rows. */
export function generateColumn(table: string, { rows, seed }: GeneratedSource, column: GeneratedColumn, around: Around): Encoded {
  const chance = (what: string): Chance => chanceOf(seed, nameKey(table), nameKey(column.name), what);
  const encoder = encoderOf(column.type, rows, true);
  const draw = drawOf(column, { table, rows, chance, around });
  // Blanks have chances of their own, and every row draws its value: another share of blanks changes no value.
  const blanks = column.blanks <= 0 ? undefined : chance('blanks');
  fill(encoder, draw, rows, blanks === undefined ? undefined : () => blanks() < column.blanks);
  return encoder.done();
}

function fill(encoder: Encoder, draw: Draw, rows: number, isBlank: (() => boolean) | undefined): void {
  if (draw.kind === 'cells') {
    for (let row = 0; row < rows; row++) {
      const cell = draw.next(row);
      encoder.push(isBlank?.() === true ? null : cell);
    }
    return;
  }
  // The values of a list are pushed once each, and then told by their codes.
  const known = new Int32Array(draw.values.length).fill(-1);
  for (let row = 0; row < rows; row++) {
    const place = draw.next(row);
    if (isBlank?.() === true || place < 0) encoder.push(null);
    else if ((known[place] as number) >= 0) encoder.repeat(known[place] as number);
    else known[place] = encoder.push(draw.values[place] ?? null);
  }
}
