/** Fields in double quotes, in which a quote is doubled. */

const quote = 34;

/** The quote that closes a field whose text begins at `from`, or -1. */
export function closingQuote(bytes: Uint8Array, from: number): number {
  for (let at = bytes.indexOf(quote, from); at >= 0; at = bytes.indexOf(quote, at + 2)) {
    if (bytes[at + 1] !== quote) return at;
  }
  return -1;
}

/** Writes one quote for each that is doubled between two offsets. @returns the offset behind what is left */
export function withoutDoubled(bytes: Uint8Array, from: number, to: number): number {
  let at = from;
  for (let i = from; i < to; i++) {
    const code = bytes[i] as number;
    bytes[at++] = code;
    if (code === quote) i++;
  }
  return at;
}
