/** Text that is no DAX: prose, and placeholders that stand where a definition is still to come. */

/** A line of words begins so: two words, the second no call and no table of a column. */
const words = /^[*_#> \t-]*(?!(?:var|return|not|in|evaluate|define|order|measure|column|true|false)\b)[\p{L}\p{N}][\p{L}\p{N}'’_-]*[,:;.]?[ \t]+\p{L}[\p{L}\p{N}'’-]*(?![\p{L}\p{N}_.'"]|[ \t]*[[(])/iu;
/** The name of a definition half-written, `Abandoned conversations (excl`: small words before the bracket. */
const wordsAndBracket = /^\p{Lu}[\p{L}\p{N}'’_-]*(?:[ \t]+\p{Ll}[\p{L}\p{N}'’-]*)+[ \t]+\(/u;
const markup = /^[ \t]*(?:\*\*|__|#{1,6}[ \t]|<[a-z!/])/i;
/** Of a line, so much is looked at. */
const enough = 200;

/** Phrases that are a placeholder wherever they stand alone. */
const phrases = new Set([
  'need info', 'needs info', 'info needed', 'need more info', 'more info needed', 'needs more info', 'need information',
  'tbd', 'tba', 'tbc', 'todo', 'to do', 'to be done', 'to be defined', 'to be determined', 'to be added', 'to be provided',
  'to be reviewed', 'to be confirmed', 'to be completed', 'to be updated', 'not available', 'n/a', 'coming soon', 'wip',
  'work in progress', 'insert dax here', 'dax goes here', 'your expression here',
]);
/** Words that may be a table's name, and so are a placeholder only with markup around them. */
const markedUp = new Set(['info', 'pending', 'placeholder', 'missing', 'expression', 'formula', 'dax']);

/** Whether a line reads as prose; asked only of text that does not parse, or to keep paragraphs of prose together. */
export function isProseLine(line: string): boolean {
  const start = line.slice(0, enough);
  return markup.test(start) || words.test(start.trimStart()) || wordsAndBracket.test(start.trimStart());
}

/** Whether the whole text is a placeholder such as `**Need info**` or `TBD`. */
export function isPlaceholder(text: string): boolean {
  if (text.length > enough) return false;
  const trimmed = text.trim();
  if (/^(?:\.{3,}|\u2026|\?+)$/.test(trimmed)) return true;
  const plain = trimmed.replace(/^[*_<`]+|[*_>`]+$/g, '').replace(/[.:!\u2026]+$/, '').replace(/\s+/g, ' ').trim().toLowerCase();
  return phrases.has(plain) || (markedUp.has(plain) && /^[*_<`]/.test(trimmed));
}
