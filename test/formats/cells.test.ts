// Cells by declared type, and the types of columns that nobody declared.
import { describe, expect, it } from 'vitest';
import type { DataType, FileOptions } from '../../server/src/model/model.ts';
import { columnsOf, faultsOf, read } from './tables.ts';

/** One cell, quoted so that it may hold anything. */
function cell(text: string, type: DataType, options: Partial<FileOptions> = {}): string {
  const result = read(`A\n"${text}"\n`, { columns: { A: type }, options });
  const [shown = ''] = columnsOf(result);
  return result.faults.length > 0 ? 'no' : shown.slice(shown.indexOf(':') + 2);
}

describe('a cell of type', () => {
  // Digits of int64: 2^63 - 1 is 9223372036854775807, 2^53 is 9007199254740992.
  it.each([
    ['12', '12'], ['-7', '-7'], ['+7', '7'], [' 12 ', '12'], ['007', '7'], ['12.0', '12'], ['12.', '12'], ['-0', '0'],
    ['9007199254740991', '9007199254740991'], ['9007199254740993', '9007199254740993n'],
    ['9223372036854775807', '9223372036854775807n'], ['-9223372036854775808', '-9223372036854775808n'],
    ['9223372036854775808', 'no'], ['-9223372036854775809', 'no'], ['12.5', 'no'], ['1e3', 'no'], ['1,000', 'no'], ['0x10', 'no'], ['x', 'no'], ['TRUE', 'no'],
    ['', 'BLANK'], ['  ', 'BLANK'],
  ])('int64: %s is %s', (text, expected) => {
    expect(cell(text, 'int64')).toBe(expected);
  });

  it.each([
    ['1.5', '1.5'], ['-.5', '-0.5'], ['5.', '5'], ['1e3', '1000'], ['1E-2', '0.01'], ['0.1', '0.1'], ['1e999', 'no'], ['NaN', 'no'], ['Infinity', 'no'], ['1,5', 'no'], ['1 000', 'no'], ['.', 'no'],
  ])('double: %s is %s', (text, expected) => {
    expect(cell(text, 'double')).toBe(expected);
  });

  // Scaled by 10,000; the largest is 922337203685477.5807.
  it.each([
    ['1.5', '15000'], ['0.1', '1000'], ['-0.0001', '-1'], ['0.00005', '1'], ['0.00004999', '0'], ['-0.00005', '-1'], ['1e2', '1000000'], ['1.5e-3', '15'], ['5', '50000'],
    ['922337203685477.5807', '9223372036854775807n'], ['-922337203685477.5808', '-9223372036854775808n'], ['922337203685477.5808', 'no'],
    ['900719925474.0993', '9007199254740993n'], ['1e300', 'no'], ['1e-300', '0'], ['0e9999', '0'], ['x', 'no'],
  ])('decimal: %s is %s', (text, expected) => {
    expect(cell(text, 'decimal')).toBe(expected);
  });

  it.each([
    ['true', 'true'], ['TRUE', 'true'], ['1', 'true'], ['0', 'false'], ['False ', 'false'], ['yes', 'no'], ['2', 'no'], ['', 'BLANK'],
  ])('boolean: %s is %s', (text, expected) => {
    expect(cell(text, 'boolean')).toBe(expected);
  });

  it('boolean has other words where the model says so', () => {
    const options = { trueWords: ['Ja', 'x'], falseWords: ['Nein'] };
    expect(['ja', 'X', 'nein', 'true', '1'].map((it) => cell(it, 'boolean', options))).toEqual(['true', 'true', 'false', 'no', 'no']);
  });

  // Day 1 is 1899-12-31; 2025-01-01 is day 45658; a second is 1/86400 of a day.
  it.each([
    ['2025-01-01', '45658'], ['2025-01-01T12:00:00', '45658.5'], ['2025-01-01 06:00', '45658.25'], ['2025-01-01t12:00:00.000', '45658.5'],
    ['1899-12-30', '0'], ['1899-12-31', '1'], ['1900-03-01', '61'], ['1970-01-01', '25569'], ['2024-02-29', '45351'], ['9999-12-31', '2958465'], ['0001-01-01', '-693593'],
    ['2025-01-01T00:00:00Z', '45658'], ['2025-01-01T02:00:00+02:00', '45658'], ['2024-12-31T19:00:00-0500', '45658'], ['2025-01-01T01:00:00 +01:00', '45658'], ['2025-01-01T05:30:00+05:30', '45658'],
    ['2025-01-01T00:00:01', String(45658 + 1 / 86400)], ['2025-01-01T00:00:00.0004', '45658'], ['2025-01-01T00:00:00.0006', String((45658 * 86400000 + 1) / 86400000)],
    ['2025-02-29', 'no'], ['2025-13-01', 'no'], ['2025-01-32', 'no'], ['2025-00-10', 'no'], ['2025-01-01T24:00:00', 'no'], ['2025-01-01T12:60:00', 'no'], ['2025-01-01T12:00:60', 'no'],
    ['2025-01-01T12', 'no'], ['2025-1-1', 'no'], ['01.02.2025', 'no'], ['2025-01-01T00:00:00+15:00', 'no'], ['0000-01-01', 'no'], ['', 'BLANK'],
  ])('dateTime: %s is %s', (text, expected) => {
    expect(cell(text, 'dateTime')).toBe(expected);
  });

  it.each([
    ['dd.MM.yyyy', '01.02.2025', '45689'], ['dd.MM.yyyy HH:mm:ss', '01.02.2025 12:00:00', '45689.5'], ['d/M/yyyy', '1/2/2025', '45689'], ['M/d/yyyy h:mm tt', '2/1/2025 6:00 PM', '45689.75'],
    ['M/d/yyyy h:mm tt', '2/1/2025 12:00 AM', '45689'], ['yyyyMMdd', '20250201', '45689'], ["d 'of' M yyyy", '1 of 2 2025', '45689'], ['dd.MM.yy', '01.02.25', '45689'],
    ['yyyy-MM-ddTHH:mm:ss.fff', '2025-02-01T00:00:00.500', String(45689 + 0.5 / 86400)], ['dd.MM.yyyy', '31.02.2025', 'no'], ['dd.MM.yyyy', '1.2.2025', 'no'], ['dd.MM.yyyy', '01.02.2025 12:00', 'no'],
    ['M/d/yyyy h:mm tt', '2/1/2025 13:00 PM', 'no'],
  ])('dateTime by %s: %s is %s', (format, text, expected) => {
    expect(cell(text, 'dateTime', { dateFormats: [format] })).toBe(expected);
  });

  it('string keeps what is written, but for blanks at its end', () => {
    expect(cell(' 007 ', 'string')).toBe('" 007"');
    expect(cell('', 'string')).toBe('""');
  });
});

describe('a column without a type', () => {
  it.each([
    ['int64', ['1', '-2', '', '0']], ['double', ['1', '2.5']], ['double', ['1e3', '.5']], ['boolean', ['true', 'FALSE', '']], ['dateTime', ['2025-01-01', '2025-01-01T10:00:00Z']],
    ['string', ['1', 'x']], ['string', ['007', '008']], ['string', ['true', '1']], ['string', ['2025-01-01', '5']], ['string', ['99999999999999999999']], ['string', ['1.5', '007']],
    ['int64', ['9223372036854775807']], ['string', ['9223372036854775808']], ['int64', ['1', '0']], ['blank', ['', '']], ['string', ['+1', '+2']],
  ])('is %s when its cells are %j', (type, cells) => {
    for (const order of [cells, [...cells].reverse()]) {
      const [column = ''] = columnsOf(read(`A,B\n${order.map((it) => `${it},x`).join('\n')}\n`));
      expect(column.split(':')[0]).toBe(`A ${type}`);
    }
  });

  it('is read by the words and formats of the model', () => {
    const options = { trueWords: ['ja', '1'], falseWords: ['nein', '0'], dateFormats: ['dd.MM.yyyy'] };
    expect(columnsOf(read('A,B,C\nja,01.02.2025,1\nnein,,0\n', { options }))).toEqual(['A boolean: true, false', 'B dateTime: 45689, BLANK', 'C int64: 1, 0']);
  });

  it('of nothing but empty texts is text', () => {
    expect(columnsOf(read('A,B\n"",1\n,2\n'))).toEqual(['A string: "", BLANK', 'B int64: 1, 2']);
  });

  it('of numbers in quotes is of numbers, and an empty text among them is BLANK', () => {
    expect(columnsOf(read('A\n"1"\n""\n"3"\n'))).toEqual(['A int64: 1, BLANK, 3']);
  });

  it('has no faults', () => {
    expect(faultsOf(read('A\n1\nx\n'))).toEqual([]);
  });
});
