/** One item of an element: its head, its names, its conditions. */
import { isCamel, readSentences } from './clauses.ts';
import { slicePlain, type PlainText } from './plain.ts';
import { pieceOf, tokensOf } from './tokens.ts';
import type { CellState, ElementItem, Piece, PlainWord, Reference } from './types.ts';
import { isIdentifier, unitsOf, wordReference, type Unit } from './units.ts';

/** @returns undefined for an item without text */
export function readItem(plain: PlainText): ElementItem | undefined {
  const all = unitsOf(plain, tokensOf(plain));
  const units = all.slice(markerLength(all));
  const [first] = units;
  const last = units.at(-1);
  if (first === undefined || last === undefined) return undefined;
  const head = headOf(plain, units);
  const { clauses, codes, subjects } = readSentences(plain, units);
  const named = units.flatMap((it) => it.reference ?? []);
  const words = [...(head?.form === 'word' ? [head] : []), ...subjects];
  const seen = new Set<number>();
  const references = [...named, ...words]
    .filter((it) => !seen.has(it.span.start) && seen.add(it.span.start))
    .sort((a, b) => a.span.start - b.span.start);
  return { ...pieceOf(plain, first.start, last.end), head, references, clauses, codes, words: plainWords(plain, units, seen), unmatched: unmatchedIn(plain, units) };
}

/** Parts between commas and semicolons of the first sentence, for items that list names; what follows the sentence stays with the last. */
export function splitAtCommas(plain: PlainText): readonly PlainText[] {
  const units = unitsOf(plain, tokensOf(plain));
  const parts: PlainText[] = [];
  let from = 0;
  let depth = 0;
  for (const [i, it] of units.entries()) {
    if (it.kind !== 'sign') continue;
    if (it.key === '(') depth++;
    else if (it.key === ')') depth--;
    else if (it.key === '.' && i > 0 && (units[i + 1]?.gap ?? true)) break;
    else if (depth === 0 && (it.key === ',' || it.key === ';')) {
      parts.push(slicePlain(plain, from, it.start));
      from = it.end;
    }
  }
  parts.push(slicePlain(plain, from, plain.text.length));
  return parts;
}

const bullets: ReadonlySet<string> = new Set(['-', '–', '—', '•', '+', '·']);

/** Units of the mark that begins an item: a bullet, or a number with a dot. */
function markerLength(units: readonly Unit[]): number {
  const [first, second] = units;
  if (first?.kind === 'sign' && bullets.has(first.key)) return 1;
  return first?.literal?.kind === 'number' && (second?.key === '.' || second?.key === ')') && (units[2]?.gap ?? true) ? 2 : 0;
}

function headOf(plain: PlainText, units: readonly Unit[]): Reference | undefined {
  const [first, second] = units;
  if (first?.reference !== undefined) return first.reference;
  if (first?.kind !== 'word' || !isIdentifier(plain, first)) return undefined;
  const ends = second === undefined || (second.kind === 'sign' && ['.', ',', ';', '(', '-', '–', '—'].includes(second.key));
  return ends ? wordReference(plain, first) : undefined;
}

function plainWords(plain: PlainText, units: readonly Unit[], taken: ReadonlySet<number>): readonly PlainWord[] {
  return units.flatMap((it, i): readonly PlainWord[] => {
    if (it.kind !== 'word' || !isCamel(plain, it)) return [];
    const piece = pieceOf(plain, it.start, it.end);
    if (taken.has(piece.span.start)) return [];
    const next = units[i + 1];
    return [{ ...piece, isTable: next?.key === 'table' || next?.key === 'tables' || (next?.key === ':' && i === 0) }];
  });
}

const openers: ReadonlyMap<string, string> = new Map([[')', '('], [']', '[']]);

function unmatchedIn(plain: PlainText, units: readonly Unit[]): readonly Piece[] {
  const open: Unit[] = [];
  const stray: Unit[] = [];
  for (const it of units) {
    if (it.kind !== 'sign') continue;
    if (it.key === '(' || it.key === '[') open.push(it);
    else if (it.key === ')' || it.key === ']') {
      if (open.at(-1)?.key === openers.get(it.key)) open.pop();
      else stray.push(it);
    }
  }
  return [...open, ...stray].sort((a, b) => a.start - b.start).map((it) => pieceOf(plain, it.start, it.end));
}

const placeholders: ReadonlySet<string> = new Set([
  'need info', 'needs info', 'need information', 'info', 'info needed', 'information needed', 'tbd', 'tba', 'tbc', 'todo', 'to do', 'to be done', 'to be defined',
  'to be determined', 'to be added', 'to be decided', 'to be confirmed', 'coming soon', 'pending', 'placeholder', 'xxx', 'fixme', 'fill in', 'add info', 'add text', 'lorem ipsum',
]);
const nones: ReadonlySet<string> = new Set(['n a', 'na', 'none', 'not applicable', 'nothing', 'no filters', 'no filter']);

/** What a text is by its words alone; marks and signs do not count. */
export function stateOf(text: string): CellState {
  if (text.length > 200) return 'filled';
  const words = text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, ' ').trim();
  if (placeholders.has(words)) return 'placeholder';
  if (nones.has(words)) return 'none';
  if (words !== '') return 'filled';
  return /\?|\u2026|\.\.\./.test(text) ? 'placeholder' : 'empty';
}
