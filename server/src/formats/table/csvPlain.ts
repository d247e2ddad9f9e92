/** The rows of a delimited file that have nothing unusual, which are nearly all of nearly all files: one tight loop. */

const quote = 34;
const lineFeed = 10;
const carriageReturn = 13;
/** Below it no letter or digit stands. */
const minus = 45;

/** Where fields are put: field `column` of row `row` is number `row * width + column`. */
export interface Places {
  readonly width: number;
  readonly from: Int32Array;
  readonly to: Int32Array;
  readonly lines: Int32Array;
}

/** Rows that the last call of a reader has read. */
export interface PlainReader {
  /**
   * Reads rows up to one that has a quoted field, another number of fields, or no end yet.
   *
   * @param firstRow number of the row that is read first
   * @param most number of the row that is not read any more
   * @param line that the first row begins in
   * @returns the offset behind the rows that were read
   */
  read(bytes: Uint8Array, view: DataView, start: number, places: Places, firstRow: number, most: number, line: number): number;
  /** Rows of the last call. */
  rows(): number;
}

/** @param separator one byte */
export function plainReader(separator: number): PlainReader {
  // What ends a field is at most so great: of four bytes all greater ones are passed over at once.
  const greatest = Math.max(separator, carriageReturn);
  const hasWords = greatest < minus;
  const least = (greatest + 1) * 0x01010101;
  let rows = 0;

  return {
    rows: () => rows,
    read(bytes, view, start, { width, from, to, lines }, firstRow, most, line) {
      const { length } = bytes;
      const wordsEnd = hasWords ? length - 3 : 0;
      let begin = start;
      let row = firstRow;
      let slot = firstRow * width;
      rowsOf: while (row < most) {
        const rowEnd = slot + width;
        let at = begin;
        for (;;) {
          if (bytes[at] === quote) break rowsOf;
          let next = at;
          let code = 0;
          for (;;) {
            if (next < wordsEnd) {
              const word = view.getInt32(next, true);
              let marks = (word - least) & ~word & 0x80808080;
              if (marks === 0) {
                next += 4;
                if (next >= wordsEnd) continue;
                const second = view.getInt32(next, true);
                marks = (second - least) & ~second & 0x80808080;
                if (marks === 0) {
                  next += 4;
                  continue;
                }
              }
              // The lowest mark is that of the first byte that may end the field.
              next += (31 - Math.clz32(marks & -marks)) >>> 3;
            } else if (next >= length) break rowsOf;
            code = bytes[next] as number;
            if (code === separator || code === lineFeed || code === carriageReturn) break;
            next++;
          }
          from[slot] = at;
          to[slot] = next === at ? at - 1 : next;
          slot++;
          if (code === separator) {
            if (slot === rowEnd) break rowsOf;
            at = next + 1;
            continue;
          }
          if (slot !== rowEnd) break rowsOf;
          if (code === carriageReturn) {
            if (next + 1 >= length || bytes[next + 1] !== lineFeed) break rowsOf;
            next++;
          }
          begin = next + 1;
          break;
        }
        lines[row] = line + row - firstRow;
        row++;
      }
      rows = row - firstRow;
      return begin;
    },
  };
}
