/**
 * Numbers by a custom format such as `#,0.0 %`.
 *
 * Semantics: "Custom numeric formats for the FORMAT function" of the DAX reference, which follows Visual Basic.
 */
import type { FormatChar } from './formatTokens.ts';
import { rounded, scaled, type Digits } from './digits.ts';
import type { FormatLocale } from './locales.ts';

/** A section that was read: literals and placeholders in order, and what applies to the whole number. */
interface NumberSection {
  readonly whole: readonly FormatChar[];
  /** undefined: no decimal point is written. A point without digits behind it shows nothing. */
  readonly fraction: readonly FormatChar[] | undefined;
  readonly exponent: { readonly letter: string; readonly plus: boolean; readonly digits: number } | undefined;
  readonly tail: readonly FormatChar[];
  readonly grouped: boolean;
  /** Powers of ten that `%` and scaling commas bring. */
  readonly scale: number;
}

/** Characters that mean something else than themselves and are not covered beside digits. */
const notCovered = 'aAcCdDhHmMnNpPqQsStTwWyYeE/@&<>!*_[]';

/**
 * The number by the section that its sign asks for.
 *
 * @returns undefined where the format is not covered: date letters beside digits, a negative that rounds to zero, `0.##` of a whole number
 */
export function formatNumber(value: Digits, sections: readonly (readonly FormatChar[])[], locale: FormatLocale): string | undefined {
  const [positive = [], negative, zero] = sections;
  if (sections.length > 4) return undefined;
  if (value.digits === '' && zero !== undefined && zero.length > 0) return formatSection(value, zero, locale);
  if (!value.negative) return formatSection(value, positive, locale);
  const own = negative !== undefined && negative.length > 0;
  if (!own && zero !== undefined) return undefined;
  const text = formatSection({ ...value, negative: false }, own ? negative : positive, locale);
  if (text === undefined) return undefined;
  // Engines differ in whether a negative number that rounds to zero keeps its sign or its section.
  const nothingLeft = formatSection({ negative: false, digits: '', point: 0 }, own ? negative : positive, locale);
  if (text === nothingLeft && /[0-9]/.test(text)) return undefined;
  return own ? text : `-${text}`;
}

function formatSection(value: Digits, chars: readonly FormatChar[], locale: FormatLocale): string | undefined {
  const section = readSection(chars);
  if (section === undefined || (section.grouped && locale.group === undefined)) return undefined;
  const places = section.fraction?.filter(isPlaceholder).length ?? 0;
  let number = scaled(value, section.scale);
  let power = 0;
  if (section.exponent !== undefined && number.digits !== '') {
    power = number.point - 1;
    // Rounding 9.996 to two places gives 10.00: one more power of ten.
    if (rounded({ ...number, point: 1 }, places).whole.length > 1) power++;
    number = scaled(number, -power);
  }
  const { whole, fraction } = rounded(number, places);
  const left = layWhole(whole, section.whole, section.grouped ? locale.group : undefined);
  const right = layFraction(fraction, section.fraction ?? []);
  // `0.##` of a whole number: some engines leave the point standing, others do not.
  if (places > 0 && !/[0-9]/.test(right)) return undefined;
  return left + (places > 0 ? locale.decimal : '') + right + exponentText(section, power) + section.tail.map((it) => it.char).join('');
}

function readSection(chars: readonly FormatChar[]): NumberSection | undefined {
  const first = chars.findIndex(isPlaceholder);
  let scale = 0;
  let part: 'whole' | 'fraction' | 'tail' = 'whole';
  let grouped = false;
  let pendingCommas = 0;
  let exponent: NumberSection['exponent'];
  const whole: FormatChar[] = [];
  const fraction: FormatChar[] = [];
  const tail: FormatChar[] = [];
  let pointSeen = false;
  for (let i = 0; i < chars.length; i++) {
    const it = chars[i];
    if (it === undefined) break;
    const target = part === 'whole' ? whole : part === 'fraction' ? fraction : tail;
    if (it.literal) target.push(it);
    else if (it.char === ',') {
      if (part !== 'whole') return undefined;
      pendingCommas++;
    } else if (it.char === '.') {
      if (part !== 'whole') return undefined;
      scale -= 3 * pendingCommas;
      pendingCommas = 0;
      pointSeen = true;
      part = 'fraction';
    } else if (isPlaceholder(it)) {
      if (part === 'tail') return undefined;
      if (pendingCommas > 0) grouped = true;
      pendingCommas = 0;
      target.push(it);
    } else if (it.char === '%') {
      scale += 2;
      target.push({ char: '%', literal: true });
    } else if ((it.char === 'E' || it.char === 'e') && first >= 0 && i > first && part !== 'tail') {
      const sign = chars[i + 1];
      if (sign === undefined || sign.literal || (sign.char !== '+' && sign.char !== '-')) return undefined;
      let digits = 0;
      while (isPlaceholder(chars[i + 2 + digits])) digits++;
      if (digits === 0 || pendingCommas > 0 || whole.filter(isPlaceholder).length !== 1) return undefined;
      exponent = { letter: it.char, plus: sign.char === '+', digits };
      i += 1 + digits;
      part = 'tail';
    } else if (notCovered.includes(it.char)) return undefined;
    else target.push({ char: it.char, literal: true });
    if (part === 'whole' && it.char !== ',' && !isPlaceholder(it) && pendingCommas > 0) {
      // Commas that end the digits scale: `0,,"M"`.
      scale -= 3 * pendingCommas;
      pendingCommas = 0;
    }
  }
  scale -= 3 * pendingCommas;
  if (first < 0 && (pointSeen || scale !== 0)) return undefined;
  return { whole, fraction: pointSeen ? fraction : undefined, exponent, tail, grouped, scale };
}

/** Digits from the right into the placeholders; the leftmost placeholder takes all that are left. */
function layWhole(digits: string, chars: readonly FormatChar[], group: string | undefined): string {
  const leftmost = chars.findIndex(isPlaceholder);
  const reversed: string[] = [];
  let left = digits.length;
  let laid = 0;
  const lay = (digit: string): void => {
    if (group !== undefined && laid > 0 && laid % 3 === 0) reversed.push(group);
    reversed.push(digit);
    laid++;
  };
  for (let i = chars.length - 1; i >= 0; i--) {
    const it = chars[i];
    if (it === undefined) continue;
    if (!isPlaceholder(it)) reversed.push(it.char);
    else if (left > 0) lay(digits.charAt(--left));
    else if (it.char === '0') lay('0');
    if (i === leftmost) while (left > 0) lay(digits.charAt(--left));
  }
  return reversed.reverse().join('');
}

/** Digits into the placeholders from the left; trailing zeros show only up to the last `0`. */
function layFraction(digits: string, chars: readonly FormatChar[]): string {
  const placeholders = chars.filter(isPlaceholder);
  let shown = digits.length;
  while (shown > 0 && digits[shown - 1] === '0' && placeholders[shown - 1]?.char !== '0') shown--;
  let at = 0;
  return chars.map((it) => {
    if (!isPlaceholder(it)) return it.char;
    const digit = at < shown ? digits.charAt(at) : '';
    at++;
    return digit;
  }).join('');
}

function exponentText(section: NumberSection, power: number): string {
  if (section.exponent === undefined) return '';
  const { letter, plus, digits } = section.exponent;
  const sign = power < 0 ? '-' : plus ? '+' : '';
  return letter + sign + String(Math.abs(power)).padStart(digits, '0');
}

const isPlaceholder = (it: FormatChar | undefined): boolean =>
  it !== undefined && !it.literal && (it.char === '0' || it.char === '#');
