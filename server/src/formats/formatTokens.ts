/** Format strings cut into sections and pieces: quoted literals, escapes and everything else. */

/** A character that means itself (`literal`) or may have a meaning. */
export interface FormatChar {
  readonly char: string;
  readonly literal: boolean;
}

/** Sections of a format string, split at semicolons outside quotes; undefined when a quote is never closed. */
export function formatSections(format: string): readonly (readonly FormatChar[])[] | undefined {
  const sections: FormatChar[][] = [];
  let section: FormatChar[] = [];
  let quoted = false;
  for (let i = 0; i < format.length; i++) {
    const char = format.charAt(i);
    if (quoted) {
      if (char === '"') quoted = false;
      else section.push({ char, literal: true });
    } else if (char === '"') quoted = true;
    else if (char === '\\') {
      i++;
      if (i < format.length) section.push({ char: format.charAt(i), literal: true });
    } else if (char === ';') {
      sections.push(section);
      section = [];
    } else section.push({ char, literal: false });
  }
  if (quoted) return undefined;
  sections.push(section);
  return sections;
}

/** Whether a section has a character out of `chars` that is no literal. */
export const hasSpecial = (section: readonly FormatChar[], chars: string): boolean =>
  section.some((it) => !it.literal && chars.includes(it.char));
