// Fields are read from their bytes where they are written as usual; whatever way is taken, the value is the same.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { converter, misfit } from '../../server/src/formats/table/cells.ts';
import type { ArraySink } from '../../server/src/formats/index.ts';
import type { DataType } from '../../server/src/model/model.ts';
import { fileOptions, read } from './tables.ts';

const digits = fc.string({ unit: fc.constantFrom('0', '1', '4', '5', '9'), minLength: 0, maxLength: 18 });
const sign = fc.constantFrom('', '', '', '-', '+');
const ascii = fc.integer({ min: 0, max: 127 }).filter((it) => it !== 34).map((it) => String.fromCharCode(it));
const numbers = fc.oneof(
  fc.tuple(digits, ascii, digits).map((it) => it.join('')),
  fc.tuple(sign, digits).map((it) => it.join('')),
  fc.tuple(sign, digits, fc.constantFrom('.', '.', ',', '..', 'e'), digits).map((it) => it.join('')),
  fc.double({ noDefaultInfinity: true, noNaN: true }).map(String),
  fc.constantFrom('-0', '0.0', '-0.00', '.5', '5.', '1e5', '12.0', ' 7', '7 ', '-', '.', '9007199254740993', '999999999999999', '9999999999999999', '0.1', '-12.3456', '-12.34565'),
);
const two = fc.integer({ min: 0, max: 61 }).map((it) => String(it).padStart(2, '0'));
const dates = fc.oneof(
  fc.tuple(fc.constantFrom('2024-02-28', '1999-12-31'), fc.nat(9), ascii).map(([date, at, other]) => date.slice(0, at) + other + date.slice(at + 1)),
  fc.tuple(fc.integer({ min: 0, max: 9999 }).map((it) => String(it).padStart(4, '0')), two, two).map((it) => it.join('-')),
  fc.tuple(fc.constantFrom('2024-02-29', '1969-12-31', '2023-02-29', '0001-01-01'), fc.constantFrom('T', ' ', 't', 'x'), two, fc.constantFrom(':', '-'), two, fc.constantFrom('', ':30', ':59.5', ':59.999', ':59.9996', ':5', ':61', ':30,25', ':30.', ':30.-1'), fc.constantFrom('', 'Z', 'z', '+02:00', ' ')).map((it) => it.join('')),
);

function bothWays(type: DataType, texts: readonly string[]): void {
  const result = read(`A,B\n${texts.map((it) => `"${it}",x\n`).join('')}`, { columns: { A: type } });
  const convert = converter(type, fileOptions);
  const expected = texts.map((it) => {
    const value = convert(it);
    return value === misfit ? null : value;
  });
  expect((result.columns[0]?.sink as ArraySink).values.map(shown)).toEqual(expected.map(shown));
  const misfits = texts.filter((it) => convert(it) === misfit).length;
  const [fault] = result.faults;
  expect(fault?.rule === 'data-cell-type' ? fault.params.more + 1 : 0).toBe(misfits);
}

/** A zero with a sign is another value than one without. */
const shown = (it: unknown): string => (Object.is(it, -0) ? '-0' : String(it));

describe('a field has the value that its text has', () => {
  it.each<DataType>(['int64', 'double', 'decimal'])('in a column of %s', (type) => {
    fc.assert(fc.property(fc.array(numbers, { minLength: 1, maxLength: 20 }), (texts) => bothWays(type, texts)), { numRuns: 500 });
  });

  it('in a column of dates', () => {
    fc.assert(fc.property(fc.array(dates, { minLength: 1, maxLength: 20 }), (texts) => bothWays('dateTime', texts)), { numRuns: 500 });
  });

  it('in a column of dates, some of which are none', () => {
    bothWays('dateTime', ['0000-00-00', '2025-02-01', '2025-01-33', '2025-01-05', '2024-17-05', '2025-03-00', '2025-02-32', '2024-12-31', '2025-00-31', '\0'.repeat(10), '2024-12-31']);
  });

  it('when it comes again and again, among others of the same length', () => {
    const texts = Array.from({ length: 900 }, (_, i) => ['1', '12', '123', '1234', '12345', '12345678', '123456789', '123456789012', '1234567890123', 'x', '01', '2e3', ' 5'][(i * 7) % 13] ?? '');
    for (const type of ['int64', 'double', 'decimal'] as const) bothWays(type, texts);
    const many = Array.from({ length: 60_000 }, (_, i) => String((i * 31) % 3001));
    const result = read(`A\n${many.join('\n')}\n`, { columns: { A: 'int64' }, maximumRows: 100_000 });
    expect((result.columns[0]?.sink as ArraySink).values).toEqual(many.map(Number));
  });
});
