/**
 * How numbers and dates are written in a few places: what is the same in every edition of Windows, whose locales FORMAT
 * uses. A group separator or short names that changed between editions are left out, and what needs them is not covered.
 */

export interface FormatLocale {
  readonly decimal: string;
  /** undefined: differs between editions. */
  readonly group: string | undefined;
  /** Stands for `/` in a date. */
  readonly dateSeparator: string;
  readonly months: readonly string[];
  /** From Sunday. */
  readonly days: readonly string[];
  readonly shortMonths?: readonly string[];
  readonly shortDays?: readonly string[];
  /** Dates and times by name, currencies and AM or PM are covered. */
  readonly named?: true;
}

const words = (text: string): readonly string[] => text.split(' ');
const cut = (names: readonly string[]): readonly string[] => names.map((it) => it.slice(0, 3));

const englishMonths = words('January February March April May June July August September October November December');
const englishDays = words('Sunday Monday Tuesday Wednesday Thursday Friday Saturday');
const english: FormatLocale = {
  decimal: '.', group: ',', dateSeparator: '/', months: englishMonths, days: englishDays, shortMonths: cut(englishMonths), shortDays: cut(englishDays),
};

const german: FormatLocale = {
  decimal: ',', group: '.', dateSeparator: '.',
  months: words('Januar Februar März April Mai Juni Juli August September Oktober November Dezember'),
  days: words('Sonntag Montag Dienstag Mittwoch Donnerstag Freitag Samstag'),
  shortMonths: words('Jan Feb Mrz Apr Mai Jun Jul Aug Sep Okt Nov Dez'),
  shortDays: words('So Mo Di Mi Do Fr Sa'),
};

const italianMonths = words('gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre');
const italianDays = words('domenica lunedì martedì mercoledì giovedì venerdì sabato');

/** By name, in small letters. */
const locales: ReadonlyMap<string, FormatLocale> = new Map<string, FormatLocale>([
  ['en-us', { ...english, named: true }],
  ['en-gb', english],
  ['de-de', german],
  ['it-it', { decimal: ',', group: '.', dateSeparator: '/', months: italianMonths, days: italianDays, shortMonths: cut(italianMonths), shortDays: cut(italianDays) }],
  ['fr-fr', {
    decimal: ',', group: undefined, dateSeparator: '/',
    months: words('janvier février mars avril mai juin juillet août septembre octobre novembre décembre'),
    days: words('dimanche lundi mardi mercredi jeudi vendredi samedi'),
  }],
  ['es-es', {
    decimal: ',', group: '.', dateSeparator: '/',
    months: words('enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre'),
    days: words('domingo lunes martes miércoles jueves viernes sábado'),
  }],
  ['nl-nl', {
    decimal: ',', group: '.', dateSeparator: '-',
    months: words('januari februari maart april mei juni juli augustus september oktober november december'),
    days: words('zondag maandag dinsdag woensdag donderdag vrijdag zaterdag'),
  }],
  ['pt-br', {
    decimal: ',', group: '.', dateSeparator: '/',
    months: words('janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro'),
    days: words('domingo segunda-feira terça-feira quarta-feira quinta-feira sexta-feira sábado'),
  }],
]);

/** The locale of a name, whatever its capitals; undefined where it is not covered. */
export const formatLocale = (name: string): FormatLocale | undefined => locales.get(name.toLowerCase());
