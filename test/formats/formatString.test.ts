// Format strings: what FORMAT and @format show. Expected texts are those of the DAX reference's tables, or worked out by hand.
import { describe, expect, it } from 'vitest';
import { formatValue } from '../../server/src/formats/formatString.ts';
import type { Cell, ValueType } from '../../server/src/plan/values.ts';

const shown = (cell: Cell, format: string, type: ValueType = 'double'): string | undefined => formatValue(cell, type, format, 'en-US');

describe('numbers by a custom format', () => {
  it.each([
    // format, 5, -5, 0.5, 0
    ['', '5', '-5', '0.5', '0'],
    ['0', '5', '-5', '1', '0'],
    ['0.00', '5.00', '-5.00', '0.50', '0.00'],
    ['#,##0', '5', '-5', '1', '0'],
    ['$#,##0;($#,##0)', '$5', '($5)', '$1', '$0'],
    ['$#,##0.00;($#,##0.00)', '$5.00', '($5.00)', '$0.50', '$0.00'],
    ['0%', '500%', '-500%', '50%', '0%'],
    ['0.00%', '500.00%', '-500.00%', '50.00%', '0.00%'],
    ['0.00E+00', '5.00E+00', '-5.00E+00', '5.00E-01', '0.00E+00'],
    ['0.00E-00', '5.00E00', '-5.00E00', '5.00E-01', '0.00E00'],
  ])('%s', (format, five, minusFive, half, zero) => {
    expect([5, -5, 0.5, 0].map((it) => shown(it, format))).toEqual([five, minusFive, half, zero]);
  });

  it.each([
    [1234567, '#,0', '1,234,567'],
    [0.1234, '0.0 %', '12.3 %'],
    [1, '0 %', '100 %'],
    [2.675, '0.00', '2.68'],
    [1.005, '0.00', '1.01'],
    [-1.5, '0', '-2'],
    [0.995, '0.00', '1.00'],
    [999.999, '#,0.00', '1,000.00'],
    [1e-320, '0.0', '0.0'],
    [1e21, '#,0', '1,000,000,000,000,000,000,000'],
    [7, '000', '007'],
    [1234, '000,000', '001,234'],
    [123456789, '000-00-0000', '123-45-6789'],
    [0.1, '#.#', '.1'],
    [1.5, '0.0##', '1.5'],
    [1.2345, '0.0##', '1.235'],
    [100_000_000, '#,0.', '100,000,000'],
    [100_000_000, '#0,.', '100000'],
    [100_000_000, '#,0,.', '100,000'],
    [1_234_567, '0,,"M"', '1M'],
    [1234.567, '$#,0.00', '$1,234.57'],
    [1234.567, '"US$" #,0.00', 'US$ 1,234.57'],
    [5, '0" sessions"', '5 sessions'],
    [5, '0 \\s', '5 s'],
    [5, '"a;b"0', 'a;b5'],
    [9.996, '0.00E+00', '1.00E+01'],
    [12345.67, '0.0E+0', '1.2E+4'],
    [0, '$#,##0;;\\Z\\e\\r\\o', 'Zero'],
    [-3, '0;;', undefined],
    [0, '#', ''],
  ])('%d as %s', (value, format, text) => {
    expect(shown(value, format)).toBe(text);
  });

  it('keeps every digit of whole and decimal numbers', () => {
    expect(shown(9_007_199_254_740_993n, '#,0', 'int64')).toBe('9,007,199,254,740,993');
    expect(shown(1_234_567_890_123_456_789n, '0.00', 'decimal')).toBe('123456789012345.68');
    expect(shown(123_400, '', 'decimal')).toBe('12.34');
  });
});

describe('named formats', () => {
  it.each([
    ['General Number', '12345.67'],
    ['Currency', '$12,345.67'],
    ['Fixed', '12345.67'],
    ['Standard', '12,345.67'],
    ['Percent', '1234567.00%'],
    ['Scientific', '1.23E+04'],
    ['Yes/No', 'Yes'],
    ['True/False', 'True'],
    ['on/off', 'On'],
  ])('12345.67 as %s', (format, text) => {
    expect(shown(12345.67, format)).toBe(text);
  });

  it('read TRUE and FALSE as words only', () => {
    expect(shown(false, 'Yes/No', 'boolean')).toBe('No');
    expect(shown(true, '0', 'boolean')).toBeUndefined();
  });
});

describe('dates and times', () => {
  // 43552 days after 1899-12-30 is Thursday, 2019-03-28.
  it.each([
    ['General Date', '3/28/2019 1:05:09 PM'],
    ['Long Date', 'Thursday, March 28, 2019'],
    ['Short Date', '3/28/2019'],
    ['Long Time', '1:05:09 PM'],
    ['Medium Time', '01:05 PM'],
    ['Short Time', '13:05'],
    ['yyyy-mm-dd', '2019-03-28'],
    ['yyyy-MM-ddTHH:mm:ss', '2019-03-28T13:05:09'],
    ['m/d/yy', '3/28/19'],
    ['Mmm yyyy', 'Mar 2019'],
    ['dddd, d mmmm', 'Thursday, 28 March'],
    ['h:mm AM/PM', '1:05 PM'],
    ['hh:nn:ss am/pm', '01:05:09 pm'],
    ['"Q"q yyyy', 'Q1 2019'],
    ['w', '5'],
    ['ww', '13'],
    ['y', '87'],
    ['mm:ss', undefined],
    ['hh:MM', undefined],
    ['ss.fff', undefined],
  ])('%s', (format, text) => {
    expect(shown(43552 + (13 * 3600 + 5 * 60 + 9) / 86400, format, 'dateTime')).toBe(text);
  });

  it('show a day without a time, and a time without a day', () => {
    expect(shown(43552, '', 'dateTime')).toBe('3/28/2019');
    expect(shown(0.5, '', 'dateTime')).toBe('12:00:00 PM');
  });

  it('may be given as the number of days', () => {
    expect(shown(43552, 'yyyy-mm-dd', 'int64')).toBe('2019-03-28');
    expect(shown(435_520_000, 'yyyy-mm-dd', 'decimal')).toBe('2019-03-28');
  });

  it('know leap years and the years around them', () => {
    expect(shown(43889.999_999_99, 'yyyy-mm-dd hh:nn', 'dateTime')).toBe('2020-02-29 00:00');
    expect(shown(43890, 'yyyy-mm-dd', 'dateTime')).toBe('2020-02-29');
    expect(shown(1e9, 'yyyy', 'dateTime')).toBeUndefined();
  });
});

describe('what is not covered is not guessed', () => {
  it.each([
    ['a culture that is not known', () => formatValue(5, 'double', '0.00', 'sv-SE')],
    ['groups of a culture whose separator changed', () => formatValue(5000, 'double', '#,0', 'fr-FR')],
    ['text by a format for numbers', () => shown('12', '0.00', 'string')],
    ['an unclosed quote', () => shown(5, '0"x')],
    ['date letters beside digits', () => shown(5, '0 d')],
    ['a comma behind the decimals', () => shown(5, '0.0,')],
    ['infinity', () => shown(Infinity, '0')],
    ['a negative that rounds to nothing', () => shown(-0.3, '0')],
    ['decimals that may all be missing', () => shown(5, '0.##')],
    ['an error', () => shown({ cell: 'error', id: 'overflow', params: {}, at: undefined }, '0')],
    ['a format of a megabyte', () => shown(5, '0'.repeat(1_000_000))],
  ])('%s', (_, text) => {
    expect(text()).toBeUndefined();
  });

  it('BLANK is empty text', () => {
    expect(shown(null, '0.00')).toBe('');
  });
});
