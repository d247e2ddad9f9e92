/** Time spans as text: `45s`, `30m`, `1h 30m`, `7d`, or ISO 8601 without years and months, `PT1H30M`. */

const unitMs = { d: 86_400_000, h: 3_600_000, m: 60_000, s: 1000, ms: 1 } as const;
const plain = /^(?:(\d{1,9}(?:\.\d{1,3})?)d)?\s*(?:(\d{1,9}(?:\.\d{1,3})?)h)?\s*(?:(\d{1,9}(?:\.\d{1,3})?)m)?\s*(?:(\d{1,9}(?:\.\d{1,3})?)s)?\s*(?:(\d{1,9})ms)?$/i;
const iso = /^P(?:(\d{1,9}(?:\.\d{1,3})?)D)?(?:T(?=\d)(?:(\d{1,9}(?:\.\d{1,3})?)H)?(?:(\d{1,9}(?:\.\d{1,3})?)M)?(?:(\d{1,9}(?:\.\d{1,3})?)S)?)?$/;

/** @returns whole milliseconds above 0; undefined where the text is no such time span */
export function readDuration(text: string): number | undefined {
  if (text.length > 100) return undefined;
  const match = plain.exec(text.trim()) ?? iso.exec(text.trim());
  if (match === null) return undefined;
  const [d, h, m, s, ms] = match.slice(1).map((it: string | undefined) => Number(it ?? 0));
  const total = Math.round((d ?? 0) * unitMs.d + (h ?? 0) * unitMs.h + (m ?? 0) * unitMs.m + (s ?? 0) * unitMs.s + (ms ?? 0));
  return total > 0 && Number.isSafeInteger(total) ? total : undefined;
}
