/** What literal and name tokens say: decoded names, strings, numbers and dates. */

/** The name in `'...'` or `[...]` or bare text, with doubled delimiters undone. */
export function decodeName(image: string): string {
  const first = image.charAt(0);
  if (first === '[') return undouble(inner(image, ']'), ']');
  if (first === "'") return undouble(inner(image, "'"), "'");
  if (isTypographic(first)) return image.slice(1, -1);
  // A bracketed name whose opening bracket is missing.
  if (image.endsWith(']')) return undouble(image.slice(0, -1), ']');
  return image;
}

export function decodeString(image: string): string {
  return undouble(inner(image, '"'), '"');
}

/** A name that a line break cuts in two: joined with a blank, and without one. */
export function joinBroken(image: string): { readonly spaced: string; readonly tight: string } {
  const name = decodeName(image);
  return {
    spaced: name.replace(/[ \t]*(?:\r\n|\r|\n)[ \t]*/g, ' ').trim(),
    tight: name.replace(/[ \t]*(?:\r\n|\r|\n)[ \t]*/g, '').trim(),
  };
}

const datePattern = /^(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ](\d{1,2}):(\d{1,2})(?::(\d{1,2}(?:\.\d+)?))?)?$/;
const millisecondsADay = 86_400_000;
/** 1899-12-30, day 0 of DAX. */
const epoch = Date.UTC(1899, 11, 30);

/** Days since 1899-12-30 of `2024-01-31` or `2024-1-31T10:00:00`; NaN when the text is no date. */
export function dateSerial(text: string): number {
  const match = datePattern.exec(text.trim());
  if (match === null) return NaN;
  const [year, month, day, hour, minute, second] = match.slice(1).map((it) => (it === undefined ? 0 : Number(it)));
  const [y, m, d, h, min, s] = [year ?? 0, month ?? 0, day ?? 0, hour ?? 0, minute ?? 0, second ?? 0];
  const date = new Date(0);
  date.setUTCFullYear(y, m - 1, d);
  const exists = date.getUTCFullYear() === y && date.getUTCMonth() === m - 1 && date.getUTCDate() === d;
  if (!exists || h > 23 || min > 59 || s >= 60) return NaN;
  return (date.getTime() - epoch) / millisecondsADay + (h * 3600 + min * 60 + s) / 86_400;
}

/** What stands between the delimiters; the closing one may be missing or typographic. */
function inner(image: string, close: string): string {
  const last = image.charAt(image.length - 1);
  const closed = image.length > 1 && (last === close || isTypographic(last));
  return image.slice(1, closed ? -1 : undefined);
}

function undouble(text: string, delimiter: string): string {
  return text.includes(delimiter) ? text.replaceAll(delimiter + delimiter, delimiter) : text;
}

function isTypographic(char: string): boolean {
  return char !== '' && '“”„‟″＂‘’‚‛′＇'.includes(char);
}
