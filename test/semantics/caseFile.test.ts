// A case that says nothing, or something else than is found, must not pass.
import { describe, expect, it } from 'vitest';
import { readCaseFile, readExpected, type ExpectedTable } from './caseFile.ts';
import { difference } from './compare.ts';
import type { QueryResult } from '../../server/src/plan/plan.ts';

const file = (cases: string): string => `=== model shop\n\n=== metrics\nA = 1\n\n${cases}`;
const why = '# because the reference page says so in words';

describe('a file of cases', () => {
  it('reads queries and checks', () => {
    const { cases, metrics } = readCaseFile(file(`=== One\n${why}\n1 + 1 => 2 int64\n[A] => "a, ""b"""\n=== Two\n${why}\nEVALUATE {1}\n----\n[Value]: int64, T[a,b]\n1, BLANK\n`));
    expect(metrics.trim()).toBe('A = 1');
    expect(cases.map((each) => each.check)).toEqual([
      {
        kind: 'expressions',
        lines: [
          { expression: '1 + 1', expected: { kind: 'value', value: { is: 'number', text: '2' }, type: 'int64' } },
          { expression: '[A]', expected: { kind: 'value', value: { is: 'text', value: 'a, "b"' }, type: undefined } },
        ],
      },
      {
        kind: 'query',
        query: 'EVALUATE {1}',
        expected: {
          kind: 'table',
          columns: [{ name: '[Value]', type: 'int64' }, { name: 'T[a,b]', type: undefined }],
          rows: [[readExpected('1'), readExpected('BLANK')]],
        },
      },
    ]);
  });

  it.each([
    ['no case', '', 'the file holds no case'],
    ['a case without words', '=== One\n1 => 1', 'no derivation'],
    ['a case without a check', `=== One\n${why}\n`, 'nothing is checked'],
    ['a query without expected rows', `=== One\n${why}\nEVALUATE {1}\n----\n`, 'no expected rows'],
    ['a query without a bar', `=== One\n${why}\nEVALUATE {1}\n`, 'neither a check nor a query'],
    ['a row that is too short', `=== One\n${why}\nEVALUATE {1}\n----\n[a], [b]\n1\n`, '2 columns, but 1 values'],
    ['a value that is none', `=== One\n${why}\n1 => one`, 'no value'],
    ['two cases of one title', `=== One\n${why}\n1 => 1\n=== One\n${why}\n1 => 1`, 'the same title'],
  ])('is refused with %s', (_, cases, problem) => {
    expect(() => readCaseFile(file(cases))).toThrow(problem);
  });

  it('is refused without a model', () => {
    expect(() => readCaseFile(`=== One\n${why}\n1 => 1`)).toThrow('no "=== model"');
  });
});

describe('a result differs', () => {
  const scalar = (type: 'int64' | 'double' | 'decimal' | 'string' | 'dateTime' | 'boolean' | 'blank', cell: number | string | boolean | null): QueryResult =>
    ({ kind: 'table', columns: [{ name: '[Value]', type, cells: [cell] }], rowCount: 1 });
  const differs = (result: QueryResult, expected: string): boolean => difference(result, readExpected(expected), false) !== undefined;

  it('by value and by type', () => {
    expect(differs(scalar('int64', 5), '5')).toBe(false);
    expect(differs(scalar('int64', 5), '6')).toBe(true);
    expect(differs(scalar('int64', 5), '5 double')).toBe(true);
    expect(differs(scalar('decimal', 52_500), '5.25')).toBe(false);
    expect(differs(scalar('decimal', 5), '5')).toBe(true);
    expect(differs(scalar('double', 0.1 + 0.2), '0.3')).toBe(false);
    expect(differs(scalar('double', 0.3001), '0.3')).toBe(true);
    expect(differs(scalar('double', Number.NaN), 'NaN')).toBe(false);
    expect(differs(scalar('double', Number.POSITIVE_INFINITY), '5')).toBe(true);
    expect(differs(scalar('dateTime', 45_292), '2024-01-01')).toBe(false);
    expect(differs(scalar('dateTime', 45_293), '2024-01-01')).toBe(true);
    expect(differs(scalar('double', 45_292), '2024-01-01')).toBe(true);
  });

  it('between BLANK, zero, empty text and FALSE', () => {
    expect(differs(scalar('int64', null), 'BLANK')).toBe(false);
    expect(differs(scalar('int64', 0), 'BLANK')).toBe(true);
    expect(differs(scalar('int64', null), '0')).toBe(true);
    expect(differs(scalar('string', ''), 'BLANK')).toBe(true);
    expect(differs(scalar('string', ''), '""')).toBe(false);
    expect(differs(scalar('boolean', false), '0')).toBe(true);
    expect(differs(scalar('string', 'a'), '"A"')).toBe(true);
  });

  it('between errors and what was not evaluated', () => {
    const failed: QueryResult = { kind: 'notEvaluated', reason: { id: 'function-not-supported', name: 'TOPN' }, at: undefined };
    expect(differs(failed, 'not evaluated function-not-supported TOPN')).toBe(false);
    expect(differs(failed, 'not evaluated function-not-supported RANKX')).toBe(true);
    expect(differs(failed, 'error overflow')).toBe(true);
    expect(differs(failed, 'BLANK')).toBe(true);
    expect(differs({ kind: 'error', error: { cell: 'error', id: 'overflow', params: {}, at: undefined } }, 'error overflow')).toBe(false);
  });

  it('by rows, their number and, where it counts, their order', () => {
    const result: QueryResult = { kind: 'table', columns: [{ name: '[v]', type: 'int64', cells: [1, 2, 2] }], rowCount: 3 };
    const table = (...values: readonly string[]): ExpectedTable => ({ kind: 'table', columns: [{ name: '[v]', type: undefined }], rows: values.map((it) => [readExpected(it)]) });
    expect(difference(result, table('2', '1', '2'), false)).toBeUndefined();
    expect(difference(result, table('2', '1', '2'), true)).toBeDefined();
    expect(difference(result, table('1', '2', '2'), true)).toBeUndefined();
    expect(difference(result, table('1', '2'), false)).toBeDefined();
    expect(difference(result, table('1', '2', '2', '2'), false)).toBeDefined();
    expect(difference(result, table('1', '1', '2'), false)).toBeDefined();
    expect(difference(result, { ...table('1', '2', '2'), columns: [{ name: '[w]', type: undefined }] }, false)).toBeDefined();
    expect(difference(result, { ...table('1', '2', '2'), columns: [{ name: '[v]', type: 'double' }] }, false)).toBeDefined();
  });
});
