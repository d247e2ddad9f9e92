/**
 * Bytes of delimited text → fields, in chunks, in linear time (RFC 4180: a field may stand in double quotes, in which a
 * quote is doubled and delimiters and line breaks are text).
 *
 * Knows nothing of types and makes no strings: a field is a stretch of bytes with their hash. Whether a field was quoted
 * matters: an empty field without quotes is a missing value.
 */

/** The fields of one record, by index; good until the next one. */
export interface CsvRecord {
  /** Bytes of all fields, between `from` and `to`. */
  readonly bytes: Uint8Array;
  readonly count: number;
  readonly from: Int32Array;
  readonly to: Int32Array;
  /** Equal for equal bytes. */
  readonly hash: Int32Array;
  /** 1 where the field stood in quotes. */
  readonly quoted: Uint8Array;
}

export interface CsvEvents {
  /** A record; a line without anything is a record of one empty field. `line` is the 1-based one it begins in. False stops. */
  readonly record: (record: CsvRecord, empty: boolean, line: number) => boolean;
}

export interface CsvProblem {
  /** 1-based. */
  readonly line: number;
  readonly problem: string;
}

export interface CsvReader {
  /** Takes bytes of UTF-8; undefined while all is well. */
  write(bytes: Uint8Array): CsvProblem | undefined;
  end(): CsvProblem | undefined;
}

/** One record may take this many bytes; more is no table. */
const maximumRecord = 64 * 1024 * 1024;

const quote = 34;
const lineFeed = 10;
const carriageReturn = 13;

/** FNV-1a from a start that no file can know, so that none can be made of fields with one hash. */
const hashStart = Math.trunc(Math.random() * 0x1_0000_0000) | 0;
const hashFactor = 0x01000193;

const nothing = new Uint8Array(0);

/** @param delimiter one character */
export function csvReader(delimiter: string, events: CsvEvents): CsvReader {
  const [separator = 44, ...furtherSeparators] = new TextEncoder().encode(delimiter);
  let from = new Int32Array(64);
  let to = new Int32Array(64);
  let hash = new Int32Array(64);
  let quoted = new Uint8Array(64);
  let rest: Uint8Array = nothing;
  let waiting: Uint8Array[] = [];
  let waitingLength = 0;
  let line = 1;
  let stopped = false;

  const separatesAt = (bytes: Uint8Array, at: number): boolean =>
    bytes[at] === separator && furtherSeparators.every((it, i) => bytes[at + 1 + i] === it);

  function read(bytes: Uint8Array, last: boolean): CsvProblem | undefined {
    let at = 0;
    while (at < bytes.length && !stopped) {
      const step = record(bytes, at, last);
      if (typeof step === 'object') return step;
      if (step < 0) break;
      at = step;
    }
    rest = stopped ? nothing : bytes.subarray(at);
    if (rest.length > maximumRecord) return { line, problem: `a row is longer than ${maximumRecord.toLocaleString('en-US')} bytes; a closing quote may be missing` };
    return undefined;
  }

  /** Reads one record from `start`: the offset after it, or -1 when its end is not there yet. */
  function record(bytes: Uint8Array, start: number, last: boolean): number | CsvProblem {
    const { length } = bytes;
    let at = start;
    let index = 0;
    let breaks = 0;
    let isDoubled = false;
    for (;;) {
      let next = at;
      let sum = hashStart;
      if (index === from.length) grow();
      if (bytes[at] === quote) {
        const close = closingQuote(bytes, at + 1);
        // A quote at the very end may be the first half of a doubled one.
        if (!last && (close < 0 || close + 1 >= length)) return -1;
        if (close < 0) return { line, problem: `the quote that opens field ${index + 1} is never closed` };
        next = close + 1;
        for (let i = at + 1; i < close; i++) {
          const code = bytes[i] as number;
          if (code === quote) {
            isDoubled = true;
            i++;
          } else if (code === lineFeed || (code === carriageReturn && bytes[i + 1] !== lineFeed)) breaks++;
          sum = Math.imul(sum ^ code, hashFactor);
        }
        from[index] = at + 1;
        to[index] = close;
        quoted[index] = 1;
      } else {
        for (; next < length; next++) {
          const code = bytes[next] as number;
          if (code === separator || code === lineFeed || code === carriageReturn) {
            if (code !== separator || furtherSeparators.length === 0 || separatesAt(bytes, next)) break;
          }
          sum = Math.imul(sum ^ code, hashFactor);
        }
        from[index] = at;
        to[index] = next;
        quoted[index] = 0;
      }
      hash[index] = sum;
      if (next >= length && !last) return -1;
      if (next < length && separatesAt(bytes, next)) {
        index++;
        at = next + 1 + furtherSeparators.length;
        continue;
      }
      const after = bytes[next];
      if (next < length && after !== lineFeed && after !== carriageReturn) return { line: line + breaks, problem: `text follows the closing quote of field ${index + 1}` };
      // A lone \r at the end may be half a break.
      if (!last && after === carriageReturn && next + 1 >= length) return -1;
      const empty = index === 0 && next === start;
      const firstLine = line;
      line += breaks + 1;
      const fields: CsvRecord = { bytes, count: index + 1, from, to, hash, quoted };
      if (!events.record(isDoubled ? withoutDoubled(fields) : fields, empty, firstLine)) stopped = true;
      if (next >= length) return next;
      return after === carriageReturn && bytes[next + 1] === lineFeed ? next + 2 : next + 1;
    }
  }

  function grow(): void {
    const larger = <T extends Int32Array | Uint8Array>(it: T, made: T): T => {
      made.set(it);
      return made;
    };
    const size = from.length * 2;
    from = larger(from, new Int32Array(size));
    to = larger(to, new Int32Array(size));
    hash = larger(hash, new Int32Array(size));
    quoted = larger(quoted, new Uint8Array(size));
  }

  return {
    write(bytes) {
      if (stopped) return undefined;
      waiting.push(bytes);
      waitingLength += bytes.length;
      // A record that is cut off is read again only when there is twice as much, so that all reading stays linear.
      if (waitingLength < rest.length) return undefined;
      return read(joined(), false);
    },
    end() {
      if (stopped) return undefined;
      const problem = read(joined(), true);
      rest = nothing;
      return problem;
    },
  };

  function joined(): Uint8Array {
    const [only] = waiting;
    let all = rest;
    if (waiting.length === 1 && rest.length === 0 && only !== undefined) all = only;
    else if (waiting.length > 0) {
      all = new Uint8Array(rest.length + waitingLength);
      all.set(rest);
      let at = rest.length;
      for (const it of waiting) {
        all.set(it, at);
        at += it.length;
      }
    }
    waiting = [];
    waitingLength = 0;
    return all;
  }
}

/** The quote that closes a field whose text begins at `from`, or -1. */
function closingQuote(bytes: Uint8Array, from: number): number {
  for (let at = bytes.indexOf(quote, from); at >= 0; at = bytes.indexOf(quote, at + 2)) {
    if (bytes[at + 1] !== quote) return at;
  }
  return -1;
}

/** The same fields with one quote for each that is doubled. */
function withoutDoubled({ bytes, count, from, to, hash, quoted }: CsvRecord): CsvRecord {
  const first = from[0] ?? 0;
  const made = new Uint8Array((to[count - 1] ?? 0) - first + 1);
  const starts = new Int32Array(count);
  const ends = new Int32Array(count);
  let at = 0;
  for (let index = 0; index < count; index++) {
    starts[index] = at;
    for (let i = from[index] ?? 0; i < (to[index] ?? 0); i++) {
      const code = bytes[i] as number;
      made[at++] = code;
      if (code === quote && quoted[index] === 1) i++;
    }
    ends[index] = at;
  }
  return { bytes: made, count, from: starts, to: ends, hash, quoted };
}
