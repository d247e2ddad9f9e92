/**
 * Values as text by a format string: what FORMAT gives, and how a metric with `@format` is shown.
 *
 * What is not covered gives undefined, never a guess: most cultures, text and TRUE/FALSE by a number's format, and the
 * corners in which engines and documentation differ.
 */
import type { Cell, ValueType } from '../plan/values.ts';
import { formatDate, isDateSection, longDate, longTime, mediumTime, momentOf, shortDate, shortTime, type Moment } from './dateFormat.ts';
import { digitsOfDouble, digitsOfInteger, fullText, plainText, type Digits } from './digits.ts';
import { formatLocale, type FormatLocale } from './locales.ts';
import { formatNumber } from './numberFormat.ts';
import { formatSections } from './formatTokens.ts';

/** Longest format string that is read. */
const longestFormat = 1024;

/**
 * Formats one value.
 *
 * @param cell a value or BLANK; errors and the like are not covered
 * @param type its type; a variant cell brings its own
 * @param format a format string of Power BI, a named one (`Percent`) included; empty means General Number or Date
 * @param culture a name such as `en-US`; of others than that one only custom formats and numbers by name are covered
 * @returns BLANK gives empty text; undefined: not covered
 */
export function formatValue(cell: Cell, type: ValueType, format: string, culture: string): string | undefined {
  const locale = formatLocale(culture);
  if (locale === undefined || format.length > longestFormat) return undefined;
  if (cell === null) return '';
  if (typeof cell === 'object') return cell.cell === 'variant' ? formatValue(cell.value, cell.type, format, culture) : undefined;
  if (typeof cell === 'string') return format === '' ? cell : undefined;
  const name = format.trim().toLowerCase();
  if (typeof cell === 'boolean') return words.has(name) ? wordFor(name, cell) : undefined;
  if (typeof cell === 'number' && !Number.isFinite(cell)) return undefined;

  const digits = digitsOf(cell, type);
  const isCovered = locale.named !== undefined || !(words.has(name) || dateNames.has(name) || name === 'currency' || (name === '' && type === 'dateTime'));
  if (!isCovered) return undefined;
  if (words.has(name)) return wordFor(name, digits.digits !== '');
  if (type === 'dateTime' && (name === '' || dateNames.has(name))) {
    const moment = momentOf(Number(cell));
    return moment === undefined ? undefined : dateNames.get(name === '' ? 'general date' : name)?.(moment, Number(cell));
  }
  if (name === '' || name === 'general number') return (type === 'double' || type === 'dateTime' ? plainText(digits) : fullText(digits)).replace('.', locale.decimal);
  if (name === 'currency') return digits.negative ? undefined : custom(digits, serialOf(cell, type), '$#,##0.00', locale);
  return custom(digits, serialOf(cell, type), numberNames.get(name) ?? format, locale);
}

/** Whether numbers above and below zero are shown a hundred times as great, with a percent sign: each sign makes them so once more. */
export function isPercentFormat(format: string): boolean {
  const sections = (formatSections(numberNames.get(format.trim().toLowerCase()) ?? format) ?? []).slice(0, 2);
  return sections.length > 0 && sections.every((section) => section.filter((it) => !it.literal && it.char === '%').length === 1);
}

const numberNames: ReadonlyMap<string, string> = new Map([
  ['fixed', '0.00'],
  ['standard', '#,##0.00'],
  ['percent', '0.00%'],
  ['scientific', '0.00E+00'],
]);

const words: ReadonlyMap<string, readonly [no: string, yes: string]> = new Map([
  ['yes/no', ['No', 'Yes']],
  ['true/false', ['False', 'True']],
  ['on/off', ['Off', 'On']],
]);

const dateNames: ReadonlyMap<string, (moment: Moment, serial: number) => string> = new Map([
  ['general date', generalDate],
  ['c', generalDate],
  ['long date', longDate],
  // The reference says that both show the long form.
  ['medium date', longDate],
  ['short date', shortDate],
  ['long time', longTime],
  ['medium time', mediumTime],
  ['short time', shortTime],
]);

/** Date, time or both: midnight shows no time, and the day zero shows no date. */
function generalDate(moment: Moment, serial: number): string {
  const midnight = moment.hour === 0 && moment.minute === 0 && moment.second === 0;
  if (midnight) return shortDate(moment);
  return serial >= 0 && serial < 1 ? longTime(moment) : `${shortDate(moment)} ${longTime(moment)}`;
}

function wordFor(name: string, yes: boolean): string | undefined {
  return words.get(name)?.[yes ? 1 : 0];
}

function custom(digits: Digits, serial: number, format: string, locale: FormatLocale): string | undefined {
  const sections = formatSections(format);
  const first = sections?.[0];
  if (sections === undefined || first === undefined) return undefined;
  if (!isDateSection(first)) return formatNumber(digits, sections, locale);
  if (sections.length > 1) return undefined;
  const moment = momentOf(serial);
  return moment === undefined ? undefined : formatDate(moment, first, locale);
}

function digitsOf(cell: number | bigint, type: ValueType): Digits {
  if (type === 'decimal') return digitsOfInteger(cell, 4);
  return type === 'int64' || typeof cell === 'bigint' ? digitsOfInteger(cell) : digitsOfDouble(cell);
}

/** The number as a date serial. */
const serialOf = (cell: number | bigint, type: ValueType): number => (type === 'decimal' ? Number(cell) / 10_000 : Number(cell));
