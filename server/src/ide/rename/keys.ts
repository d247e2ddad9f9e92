/** Keys of occurrences after a renaming: what a place means is compared by them before and after. */
import { nameKey } from '../../model/model.ts';

/** @param name the new name */
export function renamedKey(key: string, name: string): string {
  const parts = key.split('\u0000');
  const last = parts.length - 1;
  return parts.with(last, parts[0] === 'F' || (parts[0] === 'l' && parts[1] === 'F') ? name.toUpperCase() : nameKey(name)).join('\u0000');
}

/**
 * A key at a place where others are renamed.
 *
 * @param renamed keys of the place's renamed things
 */
export function keyAfter(key: string, renamed: readonly string[], name: string): string {
  if (renamed.includes(key)) return renamedKey(key, name);
  for (const it of renamed) {
    const [kind = '', table = ''] = it.split('\u0000');
    // Columns have their table's name in theirs, added columns that of the table or function that has them.
    const inside = kind === 't' ? `c\u0000${table}\u0000` : kind === 'T' ? `C\u0000${table}\u0000` : undefined;
    if (inside !== undefined && key.startsWith(inside)) return `${kind === 't' ? 'c' : 'C'}\u0000${nameKey(name)}\u0000${key.slice(inside.length)}`;
    const owned = `X\u0000${it}\u0000`;
    if (key.startsWith(owned)) return `X\u0000${renamedKey(it, name)}\u0000${key.slice(owned.length)}`;
  }
  return key;
}
