/**
 * Delimited text → fields, in chunks, in linear time (RFC 4180: a field may stand in double quotes, in which a quote is
 * doubled and delimiters and line breaks are text).
 *
 * Knows nothing of types. Whether a field was quoted matters: an empty field without quotes is a missing value.
 */

export interface CsvEvents {
  /** A field; `index` counts from 0 in its record. Its text is only there when `wanted(index)` says so. */
  readonly field: (index: number, text: string, quoted: boolean) => void;
  readonly wanted: (index: number) => boolean;
  /** The end of a record with its number of fields; a line without anything is a record of one empty field. False stops. */
  readonly record: (fields: number, empty: boolean, line: number) => boolean;
}

export interface CsvProblem {
  /** 1-based. */
  readonly line: number;
  readonly problem: string;
}

export interface CsvReader {
  /** Takes text; undefined while all is well. */
  write(text: string): CsvProblem | undefined;
  end(): CsvProblem | undefined;
}

/** One record may take this many characters; more is no table. */
const maximumRecord = 64 * 1024 * 1024;

export function csvReader(delimiter: string, events: CsvEvents): CsvReader {
  const separator = delimiter.charCodeAt(0);
  let rest = '';
  let waiting: string[] = [];
  let waitingLength = 0;
  let line = 1;
  let stopped = false;

  /** Reads whole records from `text` and keeps what is left. */
  function read(text: string, last: boolean): CsvProblem | undefined {
    let at = 0;
    // Without quotes every record that begins before the last line break is there as a whole.
    const whole = last ? text.length : text.includes('"') ? -1 : text.lastIndexOf('\n');
    while (at < text.length && !stopped) {
      const step = record(text, at, at <= whole);
      if (typeof step === 'object') return step;
      if (step < 0) break;
      at = step;
    }
    rest = stopped ? '' : text.slice(at);
    if (rest.length > maximumRecord) return { line, problem: `a row is longer than ${maximumRecord.toLocaleString('en-US')} characters; a closing quote may be missing` };
    return undefined;
  }

  /** Reads one record from `start`: the offset after it, or -1 when its end is not in the text yet. `isWhole`: its end is known to be. */
  function record(text: string, start: number, isWhole: boolean): number | CsvProblem {
    if (!isWhole && recordEnd(text, start, separator) < 0) return -1;
    let at = start;
    let index = 0;
    const firstLine = line;
    for (;;) {
      let next: number;
      if (text.charCodeAt(at) === quote) {
        const close = closingQuote(text, at + 1);
        if (close < 0) return { line: firstLine, problem: `the quote that opens field ${index + 1} is never closed` };
        next = close + 1;
        const after = text.charCodeAt(next);
        if (next < text.length && after !== separator && after !== 10 && after !== 13) {
          return { line, problem: `text follows the closing quote of field ${index + 1}` };
        }
        const inner = text.slice(at + 1, close);
        line += breaksIn(inner);
        if (events.wanted(index)) events.field(index, inner.includes('"') ? inner.replaceAll('""', '"') : inner, true);
      } else {
        next = at;
        for (; next < text.length; next++) {
          const code = text.charCodeAt(next);
          if (code === separator || code === 10 || code === 13) break;
        }
        if (events.wanted(index)) events.field(index, text.slice(at, next), false);
      }
      index++;
      if (next < text.length && text.charCodeAt(next) === separator) {
        at = next + 1;
        continue;
      }
      const empty = index === 1 && next === start;
      if (!events.record(index, empty, firstLine)) stopped = true;
      line++;
      if (next >= text.length) return next;
      return text.charCodeAt(next) === 13 && text.charCodeAt(next + 1) === 10 ? next + 2 : next + 1;
    }
  }

  return {
    write(text) {
      if (stopped) return undefined;
      waiting.push(text);
      waitingLength += text.length;
      // A record that is cut off is read again only when the text has doubled, so that all reading stays linear.
      if (waitingLength < rest.length) return undefined;
      const joined = rest + waiting.join('');
      waiting = [];
      waitingLength = 0;
      return read(joined, false);
    },
    end() {
      if (stopped) return undefined;
      const problem = read(rest + waiting.join(''), true);
      rest = '';
      return problem;
    },
  };
}

const quote = 34;

/** Where the line break of a record stands that begins at `start`, or -1. A lone `\r` at the end may be half a break. */
function recordEnd(text: string, start: number, separator: number): number {
  let at = start;
  for (;;) {
    if (text.charCodeAt(at) === quote) {
      const close = closingQuote(text, at + 1);
      // A quote at the very end may be the first half of a doubled one.
      if (close < 0 || close + 1 >= text.length) return -1;
      at = close + 1;
    }
    for (; at < text.length; at++) {
      const code = text.charCodeAt(at);
      if (code === 10) return at;
      if (code === 13) return at + 1 < text.length ? at : -1;
      if (code === separator) break;
    }
    if (at >= text.length) return -1;
    at++;
  }
}

/** The quote that closes a field whose text begins at `from`, or -1. */
function closingQuote(text: string, from: number): number {
  for (let at = text.indexOf('"', from); at >= 0; at = text.indexOf('"', at + 2)) {
    if (text.charCodeAt(at + 1) !== quote) return at;
  }
  return -1;
}

function breaksIn(text: string): number {
  let count = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 10 || (code === 13 && text.charCodeAt(at + 1) !== 10)) count++;
  }
  return count;
}
