/** How long ago something was, in words that hold for a while. */

const units: readonly (readonly [name: string, milliseconds: number])[] = [['year', 31_557_600_000], ['month', 2_629_800_000], ['day', 86_400_000], ['hour', 3_600_000], ['minute', 60_000]];

/** `3 hours ago`; the unit is the largest of which there is one. */
export function ageText(milliseconds: number): string {
  for (const [name, length] of units) {
    const count = Math.floor(milliseconds / length);
    if (count > 0) return `${String(count)} ${name}${count === 1 ? '' : 's'} ago`;
  }
  return 'less than a minute ago';
}
