// Semantic tokens as text: what the protocol's numbers say, written into the document.
import { tokenModifiers, tokenTypes } from '../../server/src/ide/tokenLegend.ts';

export interface Decoded {
  readonly line: number;
  readonly column: number;
  readonly length: number;
  /** `method.declaration` */
  readonly kind: string;
}

/** The numbers of the protocol as places: five a token, each relative to the token before. */
export function decode(data: readonly number[]): readonly Decoded[] {
  const tokens: Decoded[] = [];
  let line = 0;
  let column = 0;
  for (let i = 0; i < data.length; i += 5) {
    const [lines = 0, columns = 0, length = 0, type = 0, bits = 0] = data.slice(i, i + 5);
    line += lines;
    column = lines === 0 ? column + columns : columns;
    const modifiers = tokenModifiers.filter((_, bit) => (bits & (1 << bit)) !== 0);
    tokens.push({ line, column, length, kind: [tokenTypes[type], ...modifiers].join('.') });
  }
  return tokens;
}

/** The text with each token in brackets behind its kind: `method.declaration⟨Sessions⟩ = 1`. */
export function written(text: string, data: readonly number[]): string {
  const lines = text.split(/\r\n|\r|\n/);
  for (const it of [...decode(data)].reverse()) {
    const line = lines[it.line] ?? '';
    const end = it.column + it.length;
    if (end > line.length) throw new Error(`a token of line ${it.line} ends at ${end}, behind the line's end`);
    lines[it.line] = `${line.slice(0, it.column)}${it.kind}⟨${line.slice(it.column, end)}⟩${line.slice(end)}`;
  }
  return lines.join('\n');
}
