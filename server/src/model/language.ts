/** Languages of labels: tags such as `de-DE` and the language codes (LCID) that Dataverse uses. */

/** Language codes of the languages that Dataverse has labels in. */
const codes: ReadonlyMap<string, number> = new Map([
  ['ar-sa', 1025], ['bg-bg', 1026], ['ca-es', 1027], ['zh-tw', 1028], ['cs-cz', 1029], ['da-dk', 1030], ['de-de', 1031], ['el-gr', 1032], ['en-us', 1033],
  ['fi-fi', 1035], ['fr-fr', 1036], ['he-il', 1037], ['hu-hu', 1038], ['it-it', 1040], ['ja-jp', 1041], ['ko-kr', 1042], ['nl-nl', 1043], ['nb-no', 1044],
  ['pl-pl', 1045], ['pt-br', 1046], ['ro-ro', 1048], ['ru-ru', 1049], ['hr-hr', 1050], ['sk-sk', 1051], ['sv-se', 1053], ['th-th', 1054], ['tr-tr', 1055],
  ['id-id', 1057], ['uk-ua', 1058], ['sl-si', 1060], ['et-ee', 1061], ['lv-lv', 1062], ['lt-lt', 1063], ['vi-vn', 1066], ['eu-es', 1069], ['hi-in', 1081],
  ['ms-my', 1086], ['kk-kz', 1087], ['gl-es', 1110], ['zh-cn', 2052], ['de-ch', 2055], ['en-gb', 2057], ['fr-be', 2060], ['nl-be', 2067], ['pt-pt', 2070],
  ['sr-latn-cs', 2074], ['zh-hk', 3076], ['de-at', 3079], ['en-au', 3081], ['es-es', 3082], ['fr-ca', 3084], ['sr-cyrl-cs', 3098], ['en-ca', 4105],
]);

/** Of a language without a country the one that is meant: `zh` is simplified, `pt` Brazilian, `no` Bokmål. */
const alone: ReadonlyMap<string, number> = new Map([['zh', 2052], ['zh-hans', 2052], ['zh-hant', 1028], ['no', 1044], ['es', 3082], ['pt', 1046], ['sr', 2074], ['en', 1033]]);

/**
 * The language code of a setting.
 *
 * @param text `1031`, `de-DE` or `de`, in any case
 * @returns undefined for what is none of these; of a country that is not known the language alone
 */
export function languageCode(text: string): number | undefined {
  const tag = text.trim().toLowerCase().replaceAll('_', '-');
  if (/^\d{4,5}$/.test(tag)) return Number(tag);
  const [language = ''] = tag.split('-');
  return codes.get(tag) ?? alone.get(tag) ?? alone.get(language) ?? [...codes].find(([it]) => it.startsWith(`${language}-`))?.[1];
}

export const languageWords = 'a language such as en-US, de or 1033';
