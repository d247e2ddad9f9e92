// Values as people and programs see them.
import { describe, expect, it } from 'vitest';
import { csvCell, csvText, jsonCell } from '../../server/src/formats/cells.ts';
import { formatCell } from '../../server/src/formats/values.ts';
import type { Cell, ValueType } from '../../server/src/plan/values.ts';

/** 2024-01-31 is 45322 days after 1899-12-30. */
const january31 = 45322;
const tenPastNine = 9 / 24 + 10 / 1440;

describe('shown to people', () => {
  it.each<[string, Cell, ValueType, string | undefined, string]>([
    ['BLANK', null, 'int64', '#,0', 'BLANK'],
    ['a count', 1234, 'int64', undefined, '1234'],
    ['a count with a format', 1234, 'int64', '#,0', '1,234'],
    ['a count beyond 2^53', 9_007_199_254_740_993n, 'int64', undefined, '9007199254740993'],
    ['a double', 0.1 + 0.2, 'double', undefined, '0.3'],
    ['a third', 1 / 3, 'double', undefined, '0.333333333333333'],
    ['a rate', 0.0512, 'double', '0.0 %', '5.1 %'],
    ['a large double', 1e20, 'double', undefined, '1E+20'],
    ['a decimal', 123_400, 'decimal', undefined, '12.34'],
    ['a negative decimal', -1, 'decimal', undefined, '-0.0001'],
    ['a large decimal', 9_223_372_036_854_775_807n, 'decimal', undefined, '922337203685477.5807'],
    ['a day', january31, 'dateTime', undefined, '2024-01-31'],
    ['a moment', january31 + tenPastNine, 'dateTime', undefined, '2024-01-31T09:10:00'],
    ['a day with a format', january31, 'dateTime', 'Short Date', '1/31/2024'],
    ['TRUE', true, 'boolean', undefined, 'TRUE'],
    ['text', 'AgentReject', 'string', '#,0', 'AgentReject'],
    ['infinity', Infinity, 'double', '0.0 %', 'Infinity'],
    ['a cell of a mixed column', { cell: 'variant', type: 'decimal', value: 5000 }, 'variant', undefined, '0.5'],
    ['a format that is not covered', 5, 'int64', '0.##', '5'],
    ['an error', { cell: 'error', id: 'text-to-number', params: { text: 'x' }, at: undefined }, 'double', undefined, 'the text "x" is no number'],
  ])('%s', (_, cell, type, format, text) => {
    expect(formatCell(cell, type, format, 'en-US')).toBe(text);
  });

  it('is grouped by the rules of its own culture, never of another one', () => {
    expect(formatCell(1234.5, 'double', '#,0.0', 'de-DE')).toBe('1.234,5');
    expect(formatCell(1234.5, 'double', '#,0.0', 'sv-SE')).toBe('1234.5');
  });
});

describe('in JSON', () => {
  it.each<[string, Cell, ValueType, unknown]>([
    ['BLANK', null, 'string', null],
    ['a count', 96, 'int64', 96],
    ['the largest whole number of a double', 9_007_199_254_740_991, 'int64', 9_007_199_254_740_991],
    ['a count beyond 2^53', 9_007_199_254_740_993n, 'int64', '9007199254740993'],
    ['a double', 0.1, 'double', 0.1],
    ['a decimal over zero', -Infinity, 'decimal', '-Infinity'],
    ['infinity', Infinity, 'double', 'Infinity'],
    ['minus infinity', -Infinity, 'double', '-Infinity'],
    ['NaN', NaN, 'double', 'NaN'],
    ['a decimal', 123_400, 'decimal', 12.34],
    ['a decimal that a double cannot hold', 9_223_372_036_854_775_807n, 'decimal', '922337203685477.5807'],
    ['a day', january31, 'dateTime', '2024-01-31T00:00:00'],
    ['a moment', january31 + tenPastNine, 'dateTime', '2024-01-31T09:10:00'],
    ['FALSE', false, 'boolean', false],
    ['text', '192350001', 'string', '192350001'],
    ['a cell of a mixed column', { cell: 'variant', type: 'dateTime', value: january31 }, 'variant', '2024-01-31T00:00:00'],
    [
      'a cell that was not evaluated',
      { cell: 'notEvaluated', reason: { id: 'function-not-supported', name: 'RANKX' }, at: undefined }, 'int64',
      { notEvaluated: { id: 'function-not-supported', message: 'RANKX is not supported yet' } },
    ],
  ])('%s', (_, cell, type, json) => {
    expect(jsonCell(cell, type)).toEqual(json);
  });
});

describe('in CSV', () => {
  it.each<[string, Cell, ValueType, string]>([
    ['BLANK', null, 'string', ''],
    ['empty text', '', 'string', '""'],
    ['a negative number', -5, 'int64', '-5'],
    ['TRUE', true, 'boolean', 'TRUE'],
    ['a moment', january31, 'dateTime', '2024-01-31T00:00:00'],
    ['text with a comma', 'a,b', 'string', '"a,b"'],
    ['text with a quote', 'a"b', 'string', '"a""b"'],
    ['text with a line break', 'a\nb', 'string', '"a\nb"'],
    ['text that a spreadsheet would run', '=HYPERLINK("http://x")', 'string', '"\'=HYPERLINK(""http://x"")"'],
    ['text that looks negative', '-5', 'string', "'-5"],
  ])('%s', (_, cell, type, field) => {
    expect(csvCell(cell, type)).toBe(field);
  });

  it('a header is text too', () => {
    expect(csvText('% of total, all')).toBe('"% of total, all"');
  });
});
