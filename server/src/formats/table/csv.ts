/**
 * Bytes of delimited text → fields, in chunks, in linear time (RFC 4180: a field may stand in double quotes, in which a
 * quote is doubled and delimiters and line breaks are text).
 *
 * Knows nothing of types and makes no strings but those of the first record: rows are handed over many at a time, a field
 * being a stretch of bytes. Whether a field was quoted matters: an empty field without quotes is a missing value.
 */

import { plainReader } from './csvPlain.ts';
import { closingQuote, withoutDoubled } from './csvQuotes.ts';

/** The fields of some rows: field `column` of row `row` is number `row * width + column`. Good until the next ones. */
export interface CsvRows {
  readonly bytes: Uint8Array;
  /** The same bytes. */
  readonly view: DataView;
  readonly count: number;
  readonly width: number;
  readonly from: Int32Array;
  /** A missing value, a field of nothing without quotes, ends before it begins. */
  readonly to: Int32Array;
  /** 1 where the field stood in quotes. */
  readonly quoted: Uint8Array;
  /** Whether any field did. */
  readonly anyQuoted: boolean;
  /** The 1-based line that each row begins in. */
  readonly lines: Int32Array;
}

export interface CsvEvents {
  /** The first record. `empty`: a line without anything. False stops. */
  readonly header: (fields: readonly string[], empty: boolean) => boolean;
  /** Rows of as many fields. Empty lines are rows only where there is one field. False stops. */
  readonly rows: (rows: CsvRows) => boolean;
}

export interface CsvProblem {
  /** 1-based. */
  readonly line: number;
  readonly problem: string;
}

export interface CsvReader {
  /** Takes bytes of UTF-8, and keeps none of them; undefined while all is well. */
  write(bytes: Uint8Array): CsvProblem | undefined;
  end(): CsvProblem | undefined;
  /** The line that the last record began in; 0 before the first. */
  lastLine(): number;
}

/** One record may take this many bytes; more is no table. */
const maximumRecord = 64 * 1024 * 1024;

/** Rows that are handed over together, as far as their fields are not too many: what is told of them stays in the cache. */
const mostRows = 1024;
const mostFields = 1 << 15;

const quote = 34;
const lineFeed = 10;
const carriageReturn = 13;

const nothing = new Uint8Array(0);
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

const viewOf = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

/** @param delimiter one character */
export function csvReader(delimiter: string, events: CsvEvents): CsvReader {
  const [separator = 44, ...furtherSeparators] = new TextEncoder().encode(delimiter);
  /** 1 for a byte that may end a field. */
  const ends = new Uint8Array(256);
  for (const it of [separator, lineFeed, carriageReturn]) ends[it] = 1;
  const plain = furtherSeparators.length === 0 ? plainReader(separator) : undefined;
  let width = 0;
  let atOnce = 1;
  let from = new Int32Array(64);
  let to = new Int32Array(64);
  let quoted = new Uint8Array(64);
  let lines = new Int32Array(1);
  let anyQuoted = false;
  let count = 0;
  /** Bytes that wait for more, at the beginning of a buffer that serves the whole file. */
  let own = new Uint8Array(0);
  let pending = 0;
  /** How many of them were there when they were last looked at. */
  let cutOff = 0;
  let line = 1;
  let lastLine = 0;
  let stopped = false;
  /** The bytes that are read. */
  let current: Uint8Array = nothing;
  let currentView = viewOf(nothing);
  /** Whether they are a copy that is free to be written to. */
  let isCopy = false;

  const separatesAt = (at: number): boolean =>
    current[at] === separator && furtherSeparators.every((it, i) => current[at + 1 + i] === it);

  /** Reads whole records. @returns the offset behind them, or what is wrong */
  function read(bytes: Uint8Array, isOwn: boolean, last: boolean): number | CsvProblem {
    current = bytes;
    currentView = viewOf(bytes);
    isCopy = isOwn;
    let at = 0;
    let problem: CsvProblem | undefined;
    while (at < bytes.length && !stopped) {
      if (plain !== undefined && width > 0) {
        at = plain.read(current, currentView, at, { width, from, to, lines }, count, atOnce, line);
        const rows = plain.rows();
        if (rows > 0) {
          lastLine = line + rows - 1;
          line += rows;
          count += rows;
          if (count === atOnce) flush();
          continue;
        }
      }
      const step = record(at, last);
      if (typeof step === 'object') {
        problem = step;
        break;
      }
      if (step < 0) break;
      at = step;
    }
    flush();
    current = nothing;
    currentView = viewOf(nothing);
    if (stopped) return bytes.length;
    if (problem !== undefined) return problem;
    if (bytes.length - at > maximumRecord) return { line, problem: `a row is longer than ${maximumRecord.toLocaleString('en-US')} bytes; a closing quote may be missing` };
    return at;
  }

  function flush(): void {
    if (count === 0 || stopped) return;
    if (!events.rows({ bytes: current, view: currentView, count, width, from, to, quoted, anyQuoted, lines })) stopped = true;
    count = 0;
    if (anyQuoted) quoted.fill(0);
    anyQuoted = false;
  }

  /** Reads one record from `start`: the offset after it, or -1 when its end is not there yet. */
  function record(start: number, last: boolean): number | CsvProblem {
    const bytes = current;
    const { length } = bytes;
    const base = count * width;
    let at = start;
    let index = 0;
    let breaks = 0;
    let doubled = 0;
    for (;;) {
      let next = at;
      if (base + index === from.length) grow();
      if (bytes[at] === quote) {
        const close = closingQuote(bytes, at + 1);
        // A quote at the very end may be the first half of a doubled one, and what follows it the first byte of a delimiter.
        if (!last && (close < 0 || close + 1 + furtherSeparators.length >= length)) return forget(base, index);
        if (close < 0) return { line, problem: `the quote that opens field ${index + 1} is never closed` };
        next = close + 1;
        for (let i = at + 1; i < close; i++) {
          const code = bytes[i] as number;
          if (code === quote) {
            doubled++;
            i++;
          } else if (code === lineFeed || (code === carriageReturn && bytes[i + 1] !== lineFeed)) breaks++;
        }
        from[base + index] = at + 1;
        to[base + index] = close;
        quoted[base + index] = 1;
        anyQuoted = true;
      } else {
        for (;;) {
          while (next < length && ends[bytes[next] as number] === 0) next++;
          if (furtherSeparators.length === 0 || next >= length || bytes[next] !== separator || separatesAt(next)) break;
          next++;
        }
        from[base + index] = at;
        to[base + index] = next === at ? at - 1 : next;
      }
      if (next >= length && !last) return forget(base, index);
      if (next < length && separatesAt(next)) {
        index++;
        at = next + 1 + furtherSeparators.length;
        continue;
      }
      const after = bytes[next];
      if (next < length && after !== lineFeed && after !== carriageReturn) return { line: line + breaks, problem: `text follows the closing quote of field ${index + 1}` };
      // A lone \r at the end may be half a break.
      if (!last && after === carriageReturn && next + 1 >= length) return forget(base, index);
      lastLine = line;
      if (doubled > 0) undouble(base, index);
      const problem = take(index + 1, index === 0 && next === start);
      line += breaks + 1;
      if (problem !== undefined) return problem;
      if (next >= length) return next;
      return after === carriageReturn && bytes[next + 1] === lineFeed ? next + 2 : next + 1;
    }
  }

  /** The record is not there yet: what was noted of its fields is undone. */
  function forget(base: number, index: number): -1 {
    if (anyQuoted) quoted.fill(0, base, base + index + 1);
    return -1;
  }

  function take(fields: number, empty: boolean): CsvProblem | undefined {
    if (width === 0) {
      const names = Array.from({ length: fields }, (_, index) => decoder.decode(current.subarray(from[index], Math.max(from[index] as number, to[index] as number))));
      if (!events.header(names, empty)) stopped = true;
      width = fields;
      atOnce = Math.max(1, Math.min(mostRows, Math.floor(mostFields / width)));
      from = new Int32Array(atOnce * width);
      to = new Int32Array(atOnce * width);
      quoted = new Uint8Array(atOnce * width);
      lines = new Int32Array(atOnce);
      anyQuoted = false;
      return undefined;
    }
    if (empty && width > 1) return undefined;
    if (fields !== width) {
      const words = (it: number): string => `${it} ${it === 1 ? 'field' : 'fields'}`;
      return { line, problem: `the row has ${words(fields)}, the first line ${words(width)}` };
    }
    lines[count++] = line;
    if (count === atOnce) flush();
    return undefined;
  }

  /** Writes one quote for each that is doubled, where they stand. */
  function undouble(base: number, last: number): void {
    if (!isCopy) {
      current = current.slice();
      currentView = viewOf(current);
      isCopy = true;
    }
    for (let field = base; field <= base + last; field++) {
      if (quoted[field] === 1) to[field] = withoutDoubled(current, from[field] as number, to[field] as number);
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
    quoted = larger(quoted, new Uint8Array(size));
  }

  /** Keeps bytes whose record is not there yet. */
  function keep(bytes: Uint8Array): void {
    if (pending + bytes.length > own.length) {
      const larger = new Uint8Array((pending + bytes.length) * 2);
      larger.set(own.subarray(0, pending));
      own = larger;
    }
    own.set(bytes, pending);
    pending += bytes.length;
  }

  return {
    write(bytes) {
      if (stopped) return undefined;
      if (pending === 0) {
        const at = read(bytes, false, false);
        if (typeof at === 'object') return at;
        keep(bytes.subarray(at));
        cutOff = pending;
        return undefined;
      }
      keep(bytes);
      // A record that is cut off is read again only when there is twice as much, so that all reading stays linear.
      if (pending < cutOff * 2) return undefined;
      const at = read(own.subarray(0, pending), true, false);
      if (typeof at === 'object') return at;
      own.copyWithin(0, at, pending);
      pending -= at;
      cutOff = pending;
      return undefined;
    },
    end() {
      if (stopped) return undefined;
      const at = read(own.subarray(0, pending), true, true);
      pending = 0;
      return typeof at === 'object' ? at : undefined;
    },
    lastLine: () => lastLine,
  };
}
