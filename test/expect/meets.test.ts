// When a computed value is the expected one. Decimals count as far as they are written; whole numbers count in full.
import { describe, expect, it } from 'vitest';
import { actualText, expectations, expectedText, meets, pinText, type ValueExpectation } from '../../server/src/expect/index.ts';
import type { Cell, ErrorCell, ValueType } from '../../server/src/plan/values.ts';
import { docs } from './docs.ts';

function expectation(text: string): ValueExpectation {
  const [it] = expectations(docs(`/// @expect ${text}`)).expectations;
  if (it?.kind !== 'value') throw new Error(`no value: ${text}`);
  return it;
}

const holds = (text: string, cell: Cell, type: ValueType): boolean => {
  const { expected, tolerance } = expectation(text);
  return meets(expected, cell, type, tolerance);
};

const divisionByZero: ErrorCell = { cell: 'error', id: 'division-by-zero', params: {}, at: undefined };
/** 2025-08-11. */
const august11 = 45880;

describe('holds', () => {
  it.each<[string, Cell, ValueType]>([
    ['96', 96, 'int64'],
    ['96', 96, 'double'],
    ['96', 960_000, 'decimal'],
    ['-1', -1, 'int64'],
    ['9007199254740993', 9_007_199_254_740_993n, 'int64'],
    ['0', 0, 'double'],
    ['0', -0, 'double'],
    ['0.0681', 0.068_149_9, 'double'],
    ['0.0681', 0.068_05, 'double'],
    ['0.07', 0.068, 'double'],
    ['2.5', 2.45, 'double'],
    ['-2.5', -2.45, 'double'],
    ['1.01', 1.005, 'double'],
    ['96.0', 96, 'int64'],
    ['12.34', 123_400, 'decimal'],
    ['0.0', -0.04, 'double'],
    ['1.5E3', 1520, 'double'],
    ['1E-3', 0.0012, 'double'],
    ['96 ± 2', 98, 'int64'],
    ['0.3 ± 0.1', 0.2, 'double'],
    ['BLANK', null, 'int64'],
    ['TRUE', true, 'boolean'],
    ['"AgentReject"', 'AgentReject', 'string'],
    ['dt"2025-08-11"', august11, 'dateTime'],
    ['dt"2025-08-11T09:10:00"', august11 + 9 / 24 + 10 / 1440, 'dateTime'],
    ['error', divisionByZero, 'double'],
    ['error division-by-zero', divisionByZero, 'double'],
    ['5', { cell: 'variant', type: 'int64', value: 5 }, 'variant'],
  ])('%s for %o', (text, cell, type) => {
    expect(holds(text, cell, type)).toBe(true);
  });
});

describe('does not hold', () => {
  it.each<[string, Cell, ValueType]>([
    ['96', 95, 'int64'],
    ['96', 96.4, 'double'],
    ['96', 96.000_000_1, 'double'],
    ['9007199254740993', 9_007_199_254_740_992, 'int64'],
    ['0.0681', 0.068_15, 'double'],
    ['0.0681', -0.0681, 'double'],
    ['1.5E3', 1560, 'double'],
    ['96 ± 2', 98.5, 'double'],
    ['0', null, 'int64'],
    ['0 ± 1', null, 'int64'],
    ['BLANK', 0, 'int64'],
    ['BLANK', '', 'string'],
    ['TRUE', 1, 'int64'],
    ['1', true, 'boolean'],
    ['"5"', 5, 'int64'],
    ['5', '5', 'string'],
    ['"AgentReject"', 'agentreject', 'string'],
    ['45880', august11, 'dateTime'],
    ['dt"2025-08-11"', august11 + 0.5, 'dateTime'],
    ['dt"2025-08-11"', august11, 'int64'],
    ['error', 5, 'int64'],
    ['error overflow', divisionByZero, 'double'],
    ['5', divisionByZero, 'double'],
    ['BLANK', { cell: 'notEvaluated', reason: { id: 'no-model' }, at: undefined }, 'int64'],
    ['error', { cell: 'notEvaluated', reason: { id: 'no-model' }, at: undefined }, 'int64'],
    ['1.0', Infinity, 'double'],
  ])('%s for %o', (text, cell, type) => {
    expect(holds(text, cell, type)).toBe(false);
  });
});

describe('a failure in words', () => {
  it.each([['96'], ['0.0681'], ['"say ""no"""'], ['dt"2025-08-11"'], ['TRUE'], ['BLANK'], ['96 ± 2']])('expects %s as written', (text) => {
    const { expected, tolerance } = expectation(text);
    expect(expectedText(expected, tolerance)).toBe(text);
  });

  it('shows the computed value with all its digits', () => {
    expect(actualText(0.068_15, 'double')).toBe('0.06815');
    expect(actualText('a"b', 'string')).toBe('"a""b"');
    expect(actualText(null, 'string')).toBe('BLANK');
    expect(actualText(divisionByZero, 'double')).toBe('the error division-by-zero (a division by zero)');
    expect(actualText({ cell: 'notEvaluated', reason: { id: 'function-not-supported', name: 'RANKX' }, at: undefined }, 'double'))
      .toBe('no value (RANKX is not supported yet)');
  });
});

describe('a pinned value', () => {
  it.each<[Cell, ValueType, string]>([
    [96, 'int64', '96'],
    [9_007_199_254_740_993n, 'int64', '9007199254740993'],
    [0.068_149_9, 'double', '0.0681'],
    [0.000_123_45, 'double', '0.000123'],
    [96, 'double', '96'],
    [96.25, 'double', '96.2500'],
    [-0.5, 'double', '-0.5000'],
    [123_400, 'decimal', '12.3400'],
    [null, 'double', 'BLANK'],
    [true, 'boolean', 'TRUE'],
    ['a"b', 'string', '"a""b"'],
    [august11, 'dateTime', 'dt"2025-08-11"'],
    [divisionByZero, 'double', 'error division-by-zero'],
  ])('%o is written so that it holds', (cell, type, text) => {
    expect(pinText(cell, type)).toBe(text);
    expect(holds(text, cell, type)).toBe(true);
  });

  it('keeps the decimals that were written before', () => {
    expect(pinText(0.068_149_9, 'double', 2)).toBe('0.0681');
    expect(pinText(12.345, 'double', 1)).toBe('12.3');
  });

  it.each<[string, Cell, ValueType]>([
    ['infinity', Infinity, 'double'],
    ['text of two lines', 'a\nb', 'string'],
    ['what was not evaluated', { cell: 'notEvaluated', reason: { id: 'no-model' }, at: undefined }, 'int64'],
  ])('%s cannot be pinned', (_, cell, type) => {
    expect(pinText(cell, type)).toBeUndefined();
  });
});
