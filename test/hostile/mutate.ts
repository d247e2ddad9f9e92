// Texts changed at random, by a seed: characters anywhere, and tokens as DAX has them.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { globSync } from 'tinyglobby';
import { parseFile, tokenize } from '../../grammar/src/index.ts';
import { randomOf, type Random } from '../oracle/random.ts';

/** Longer texts are cut, so that a million of them are read in minutes. */
const longest = 250;

/** What the samples and the tests write, piece by piece, and statements of every kind. */
export function dictionary(root: string): readonly string[] {
  const files = globSync(['samples/**/*.dax', 'test/invalid/*.case', 'test/semantics/*.case'], { cwd: root }).sort();
  const pieces = files.flatMap((file) => {
    const text = readFileSync(path.join(root, file), 'utf8');
    return file.endsWith('.case') ? text.split(/^===.*$/m).slice(1) : parseFile(text).segments.map((it) => it.text);
  });
  return [...statements, ...pieces.map((it) => it.trim().slice(0, longest)).filter((it) => it !== '')];
}

const statements = [
  'Sessions rejected =\n/// no doc\nCALCULATE(DISTINCTCOUNT(FactSession[SessionId]), FactSession[Closurereason] IN { "192350001", "192350002" })',
  "/// Docs.\n/// @format 0.0 %\nLoad % = VAR a = [Sessions] VAR b = 2.5 RETURN DIVIDE(a, b, .1) // end\n\nAgent's rate := -2 ^ -1 & \"a \"\"b\"\"\" == BLANK()",
  "DEFINE\n  MEASURE 'Fact Session'[m] = SUMX(T, T[a]]b] * 1.) /* why */\n  VAR v = dt\"2024-1-31 6:30:00\"\n  COLUMN T[c] = NOT T[f] || T[g] = @p\n  TABLE t = { (1, \"a\"), (2, \"b\") }\nEVALUATE t ORDER BY t[Value1] DESC, [m] START AT 1, \"x\"\nEVALUATE VAR x = v RETURN ROW(\"x\", x)",
  'DEFINE TABLE n = T WITH VISUAL SHAPE AXIS ROWS GROUP [a], [b] TOTAL [c] ORDER BY [a] ASC AXIS COLUMNS GROUP [d] DENSIFY "d"\nEVALUATE n',
  'FUNCTION A.Half = (\n  x : SCALAR INT64 VAL = 1, // first\n  t : TABLE EXPR,\n) =>\n  VAR y = x / 2\n  RETURN y + COUNTROWS(t)\n\nM = A.Half(1, T)',
  'DATATABLE("a", INTEGER, "b", STRING, { { 1, "x" }, { 2, }, { , "y" } })', 'WINDOW(0, ABS, 0, REL, , -1)', '= (a, b) IN { (1, 2) } && NOT c IN t',
  'Need info', '**Need info**', 'The text goes on\nand on', '“smart” quotes and ‘names’[x]', 'IF(a; b; 1,5)', "'Customer' [Educa\ntion]",
];

const characters = [
  ...'()[]{}"\'“”‘’,;:=<>+-*/^&|!@#%$.~`\\_0123456789aeiTx \t\n\r', '\r\n', '\n\n', '/*', '*/', '//', '--', '///', '""', "''", ']]', '=>', ':=', '==', '<>', '&&', '||',
  '\u0000', '\u0007', '\u0085', '\u00a0', '\u200b', '\u2028', '\ud83d', '\ude00', '\ufeff', '\uffff', 'é', 'ß', 'İ', '日', '\u0301',
];
const words = [
  'VAR ', 'RETURN ', 'VAR x = ', ' IN ', 'NOT ', 'TRUE', 'EVALUATE ', 'DEFINE ', 'DEFINE\n', 'MEASURE T[m] = ', 'COLUMN T[c] = ', 'TABLE n = ', 'FUNCTION f = ', '(x : NUMERIC = 1) => ',
  'ORDER BY ', 'START AT ', ' DESC', ' WITH VISUAL SHAPE ', 'AXIS ROWS ', 'GROUP ', 'TOTAL ', 'DENSIFY ', '\nM = ', "\n'q, r' = ", '\n/// doc\n', 'SUM(', 'IF(', '{ 1, 2 }', '(1, 2)', '[a]', 'T[b]', "'T x'[c]",
  '"s"', 'dt"2024-01-31"', '@p', '1', '1.5e-3', '1,5', 'x',
];

export interface Mutated {
  /** The text before its changes. */
  readonly source: string;
  readonly text: string;
}

/** The text of a seed: a few pieces of the dictionary, changed once to eight times. */
export function mutated(seed: number, pieces: readonly string[]): Mutated {
  const random = randomOf(seed);
  const source = Array.from({ length: random.weighed([[2, 1], [1, 2]]) }, () => random.pick(pieces)).join('\n\n');
  let text = source;
  for (let count = random.weighed([[6, 1], [4, 2], [2, 4], [1, 8]]); count > 0; count--) text = changed(text, random, pieces);
  return { source, text };
}

/** A text with one change, of characters or of tokens. */
export function changed(text: string, random: Random, pieces: readonly string[]): string {
  return (random.chance(0.5) ? inCharacters : inTokens)(text, random, pieces).slice(0, 4 * longest);
}

function inCharacters(text: string, random: Random): string {
  const at = random.int(0, text.length);
  const end = Math.min(text.length, at + random.weighed([[6, 1], [2, 3], [1, 40], [1, 400]]));
  switch (random.int(0, 6)) {
    case 0: return text.slice(0, at) + random.pick(characters) + text.slice(at);
    case 1: return text.slice(0, at) + random.pick(characters) + text.slice(end);
    case 2: return text.slice(0, at) + text.slice(end);
    case 3: return text.slice(0, at) + text.slice(at, end).repeat(random.int(2, 5)) + text.slice(end);
    case 4: return text.slice(0, at);
    case 5: return text.slice(0, at) + String.fromCharCode(random.int(0, 0xffff)) + text.slice(at);
    default: return text.slice(0, at) + text.slice(at, end).split('').reverse().join('') + text.slice(end);
  }
}

function inTokens(text: string, random: Random, pieces: readonly string[]): string {
  const tokens = tokenize(text);
  if (tokens.length === 0) return text + random.pick(words);
  const token = random.pick(tokens);
  const { start, end } = token.span;
  const other = random.pick(tokens);
  const put = (by: string): string => text.slice(0, start) + by + text.slice(end);
  switch (random.int(0, 8)) {
    case 0: return put('');
    case 1: return put(`${token.text} ${token.text}`);
    case 2: return put(other.text);
    case 3: return put(random.pick(words));
    case 4: return put(`${token.text} ${random.pick(words)}`);
    case 5: return put(`(${token.text})`);
    case 6: return put(`${random.pick(['(', '{', 'IF(', '"', "'", '[', '/*', 'VAR x = '])}${token.text}`);
    case 7: {
      const piece = random.pick(pieces);
      const cut = random.int(0, piece.length);
      return put(piece.slice(cut, cut + random.int(1, 80)));
    }
    default: {
      const [a, b] = token.span.start <= other.span.start ? [token, other] : [other, token];
      if (a.span.end > b.span.start) return put('');
      return text.slice(0, a.span.start) + b.text + text.slice(a.span.end, b.span.start) + a.text + text.slice(b.span.end);
    }
  }
}
