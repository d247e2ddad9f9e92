/** A content key of plain records. */

/** 53 bits of a hash over the records' JSON: equal content, equal key. No protection against anyone who seeks collisions. */
export function contentHash(value: unknown): string {
  const text = JSON.stringify(value, (_, it: unknown) => (typeof it === 'bigint' ? `${String(it)}n` : it)) ?? '';
  let a = 0xdeadbeef;
  let b = 0x41c6ce57;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    a = Math.imul(a ^ code, 2654435761);
    b = Math.imul(b ^ code, 1597334677);
  }
  a = Math.imul(a ^ (a >>> 16), 2246822507) ^ Math.imul(b ^ (b >>> 13), 3266489909);
  b = Math.imul(b ^ (b >>> 16), 2246822507) ^ Math.imul(a ^ (a >>> 13), 3266489909);
  return `${(b >>> 0).toString(16)}${(a >>> 0).toString(16).padStart(8, '0')}-${String(text.length)}`;
}
