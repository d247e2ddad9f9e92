/** Labels in several languages, and which of them is shown. */

/** Text of one thing by language code (LCID). */
export interface Labels {
  readonly byLanguage: ReadonlyMap<number, string>;
  /** In the language of the user who asked for the metadata. */
  readonly user: string | undefined;
}

export const noLabels: Labels = { byLanguage: new Map(), user: undefined };

const english = 0x09;
/** Serbian, Croatian and Bosnian share a primary language, and are not each other's. */
const shared = 0x1a;
const primaryOf = (language: number): number => language & 0x3ff;

/**
 * The label in a language, or the next best.
 *
 * The first of these that there is: the wanted language; another country's form of it; the language of the user who
 * asked for the metadata; English; the first label of the file.
 *
 * @param language a language code; undefined: none is wanted before others
 * @returns undefined when there is no label with text
 */
export function labelIn(labels: Labels, language: number | undefined): string | undefined {
  const all = [...labels.byLanguage].filter(([, text]) => text !== '');
  const ofPrimary = (primary: number): string | undefined => all.find(([it]) => primaryOf(it) === primary)?.[1];
  const wanted = language === undefined
    ? undefined
    : (all.find(([it]) => it === language)?.[1] ?? (primaryOf(language) === shared ? undefined : ofPrimary(primaryOf(language))));
  const user = labels.user === '' ? undefined : labels.user;
  return wanted ?? user ?? ofPrimary(english) ?? all[0]?.[1];
}

/** Whether a label in any language says so: "Wrap-up (Deprecated)". */
export const saysDeprecated = (labels: Labels): boolean => [...labels.byLanguage.values(), labels.user ?? ''].some((it) => /[([]deprecated[)\]]/i.test(it));
