// Values of one column in another one, as relationships look for them: the same from bytes as value by value.
import { describe, expect, it } from 'vitest';
import { storeEncoded, type StoredColumn } from '../../server/src/engine/columns/column.ts';
import { loadedFrom, requestFor } from '../../server/src/engine/index.ts';
import { tableReader } from '../../server/src/formats/index.ts';
import { defaultLimits, type DataType } from '../../server/src/model/model.ts';
import type { TableSpec } from '../../server/src/plan/database.ts';

function column(type: DataType, fields: readonly string[]): StoredColumn {
  const table: TableSpec = {
    name: 'T', columns: [{ name: 'A', type }],
    source: { kind: 'file', uri: 'file:///t.csv', path: 't.csv', format: 'csv', options: { delimiter: undefined, blankTokens: [], trueWords: [], falseWords: [], dateFormats: [] } },
  };
  const reader = tableReader(requestFor(table, defaultLimits));
  reader.write(new TextEncoder().encode(`A\n${fields.join('\n')}\n`));
  const values = loadedFrom(table, reader.end()).table?.columns[0]?.read();
  if (values === undefined || 'reason' in values) throw new Error('nothing was loaded');
  return storeEncoded('A', values);
}

const many = Array.from({ length: 3000 }, (_, i) => `id-${String((i * 7919) % 4001)}`);

describe('values of a column in another', () => {
  it.each<[string, DataType, readonly string[], readonly string[]]>([
    ['texts', 'string', ['a', 'bc', 'def', 'ghij', 'klmno'], ['klmno', 'DEF', 'x', 'bc ']],
    ['many texts', 'string', many, many.map((it) => it.toUpperCase()).reverse()],
    ['texts beyond ASCII', 'string', ['é', 'a', 'straße'], ['a', 'É', 'STRASSE']],
    ['texts of which some equal ASCII', 'string', ['\u212A', 'm'], ['k', 'M']],
    ['numbers', 'int64', ['1', '2', '', '3000000000', '-4'], ['-4', '3000000000', '7', '']],
    ['numbers that no double holds', 'int64', ['9007199254740993', '5'], ['5', '9007199254740993', '9007199254740992']],
    ['fractions', 'double', ['0.1', '0.5', '-2.25'], ['-2.25', '0.1']],
    ['dates', 'dateTime', ['2024-01-01', '2024-01-02T12:00:00'], ['2024-01-02 12:00', '2024-01-03']],
  ])('%s', (_, type, own, others) => {
    const [a, b] = [column(type, own), column(type, others)];
    const expected = a.dictionary.map((it) => b.codeOf(it));
    expect([...a.codesIn(b)].slice(1)).toEqual(expected.slice(1));
    expect(expected.slice(1).some((it) => it > 0)).toBe(true);
  });
});
