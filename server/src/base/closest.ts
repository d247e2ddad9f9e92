/** The name that was probably meant. */

/**
 * Finds the known name nearest to a misspelt one.
 *
 * @param name what was written
 * @param known what would have been right, in order of preference
 * @returns the nearest by edits (insert, delete, replace, swap neighbours; case is free), or undefined when none is near
 *   enough: one edit for up to 4 characters, two up to 7, a third of the length above that
 */
export function closest(name: string, known: Iterable<string>): string | undefined {
  const wanted = name.toLowerCase();
  if (wanted.length === 0 || wanted.length > 200) return undefined;
  let limit = wanted.length <= 4 ? 1 : wanted.length <= 7 ? 2 : Math.floor(wanted.length / 3);
  let best: string | undefined;
  for (const candidate of known) {
    const folded = candidate.toLowerCase();
    if (folded === wanted) return candidate;
    if (Math.abs(folded.length - wanted.length) > limit) continue;
    const edits = distance(wanted, folded, limit);
    if (edits <= limit && edits < folded.length) {
      best = candidate;
      limit = edits - 1;
    }
  }
  return best;
}

/**
 * Edits between two texts, or more than `limit` when they are further apart (restricted Damerau-Levenshtein).
 *
 * What both begin and end with is left out, and of the table only the band that `limit` edits can reach is filled, so
 * that one text can be compared with thousands.
 */
export function distance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) > limit) return limit + 1;
  let start = 0;
  const shorter = Math.min(a.length, b.length);
  while (start < shorter && a.charCodeAt(start) === b.charCodeAt(start)) start++;
  let [endA, endB] = [a.length, b.length];
  while (endA > start && endB > start && a.charCodeAt(endA - 1) === b.charCodeAt(endB - 1)) {
    endA--;
    endB--;
  }
  const height = endA - start;
  const width = endB - start;
  if (height === 0 || width === 0) return Math.max(height, width);
  const beyond = limit + 1;
  let [before, previous, row] = rows(width + 1);
  for (let j = 0; j <= width; j++) previous[j] = Math.min(j, beyond);
  for (let i = 1; i <= height; i++) {
    const from = Math.max(1, i - limit);
    const to = Math.min(width, i + limit);
    row.fill(beyond, 0, width + 1);
    row[0] = Math.min(i, beyond);
    let least = from === 1 ? (row[0] ?? beyond) : beyond;
    const letter = a.charCodeAt(start + i - 1);
    for (let j = from; j <= to; j++) {
      const other = b.charCodeAt(start + j - 1);
      let cost = Math.min((previous[j] ?? beyond) + 1, (row[j - 1] ?? beyond) + 1, (previous[j - 1] ?? beyond) + (letter === other ? 0 : 1));
      const isSwap = i > 1 && j > 1 && letter === b.charCodeAt(start + j - 2) && a.charCodeAt(start + i - 2) === other;
      if (isSwap) cost = Math.min(cost, (before[j - 2] ?? beyond) + 1);
      row[j] = Math.min(cost, beyond);
      if (cost < least) least = cost;
    }
    if (least > limit) return beyond;
    [before, previous, row] = [previous, row, before];
  }
  return previous[width] ?? beyond;
}

type Row = Uint16Array<ArrayBuffer>;
let kept: readonly [Row, Row, Row] = [new Uint16Array(256), new Uint16Array(256), new Uint16Array(256)];

/** Three rows to be filled anew; the same ones each time, so that thousands of comparisons allocate nothing. */
function rows(width: number): readonly [Row, Row, Row] {
  if (kept[0].length < width) kept = [new Uint16Array(width), new Uint16Array(width), new Uint16Array(width)];
  return kept;
}
