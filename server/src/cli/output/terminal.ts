/** Text for a terminal: colours where it shows them, and nothing from a file that could steer it. */

export interface Paint {
  readonly bold: (text: string) => string;
  readonly dim: (text: string) => string;
  readonly red: (text: string) => string;
  readonly yellow: (text: string) => string;
  readonly blue: (text: string) => string;
  readonly green: (text: string) => string;
}

export function paint(colours: boolean): Paint {
  const style = (code: number) => (text: string) => (colours ? `\u001b[${String(code)}m${text}\u001b[0m` : text);
  return { bold: style(1), dim: style(2), red: style(31), yellow: style(33), blue: style(34), green: style(32) };
}

/** Replaces control characters (terminal sequences, line breaks, direction marks) so that text stays text. */
export const plain = (text: string): string =>
  text.replace(/[\u0000-\u001f\u007f-\u009f\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g, (it) => (it === '\n' || it === '\t' ? ' ' : '\ufffd'));

/** Characters of one text that people are shown. */
const longest = 200;

/** Plain, and so short that it does not bury what stands around it. */
export const brief = (text: string): string => plain(text.length > longest ? `${text.slice(0, longest - 1)}…` : text);

/** A table of text with aligned columns; numbers are set right. */
export function textTable(header: readonly string[], rows: readonly (readonly string[])[], right: readonly boolean[]): string {
  const cells = [header, ...rows].map((row) => row.map(brief));
  const widths = header.map((_, i) => cells.reduce((most, row) => Math.max(most, [...(row[i] ?? '')].length), 0));
  const line = (row: readonly string[]): string =>
    row
      .map((cell, i) => {
        const gap = ' '.repeat(Math.max(0, (widths[i] ?? 0) - [...cell].length));
        return right[i] === true ? gap + cell : cell + gap;
      })
      .join('  ')
      .trimEnd();
  const [head, ...body] = cells;
  return [line(head ?? []), widths.map((it) => '─'.repeat(it)).join('  '), ...body.map(line)].join('\n');
}
