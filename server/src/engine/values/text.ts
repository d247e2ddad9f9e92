/**
 * Text as Power BI compares it: case-insensitive, accent-sensitive.
 *
 * Equality goes by a folded key, so that it is the same everywhere; order goes by the en-US collation.
 */

/** Texts are equal when their keys are. Characters are folded one by one, so a final sigma equals any other. */
export function textKey(text: string): string {
  if (isPlainAscii(text)) return text.toLowerCase();
  let key = '';
  for (const character of text.normalize('NFC')) key += character.toUpperCase().length === character.length ? character.toUpperCase().toLowerCase() : character.toLowerCase();
  return key;
}

export const textEquals = (a: string, b: string): boolean => a === b || textKey(a) === textKey(b);

/** Below, at or above zero; zero exactly when the texts are equal. */
export function compareText(a: string, b: string): number {
  const ka = textKey(a);
  const kb = textKey(b);
  if (ka === kb) return 0;
  const order = (collator ??= new Intl.Collator('en-US', { sensitivity: 'accent' })).compare(ka, kb);
  return order !== 0 ? order : ka < kb ? -1 : 1;
}

/** Made when texts are first compared: no start waits for the tables of the world's languages. */
let collator: Intl.Collator | undefined;

function isPlainAscii(text: string): boolean {
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) > 127) return false;
  return true;
}
