// Delimited files: what is a field, what is missing, what is malformed and where.
import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { tableReader } from '../../server/src/formats/index.ts';
import { columnsOf, faultsOf, read, requestOf, type Wanted } from './tables.ts';

function rows(text: string, wanted: Wanted = {}): readonly string[] {
  const result = read(text, wanted);
  expect(faultsOf(result)).toEqual([]);
  return columnsOf(result);
}

describe('a CSV file', () => {
  it('has a header and rows', () => {
    expect(rows('Id,Name\n1,Ann\n2,Bob\n')).toEqual(['Id int64: 1, 2', 'Name string: "Ann", "Bob"']);
  });

  it.each([
    ['no line break at the end', 'A\nx'], ['\\r\\n', 'A\r\nx\r\n'], ['lone \\r', 'A\rx\r'], ['a byte order mark', '\uFEFFA\nx\n'],
  ])('may have %s', (_, text) => {
    expect(rows(text)).toEqual(['A string: "x"']);
  });

  it('tells a missing value from an empty text', () => {
    expect(rows('A,B,C\n,"",x\n"",,\n', { columns: { A: 'string', B: 'string', C: 'string' } }))
      .toEqual(['A string: BLANK, ""', 'B string: "", BLANK', 'C string: "x", BLANK']);
  });

  it('has quotes, delimiters and breaks inside quotes', () => {
    expect(rows('A,B\n"say ""hi"", then","two\r\nlines"\nit is 5" long,plain\n'))
      .toEqual(['A string: "say \\"hi\\", then", "it is 5\\" long"', 'B string: "two\\r\\nlines", "plain"']);
  });

  it('loses blanks at the end of text and keeps those before it', () => {
    expect(rows('A\n  x  \n"y "\n', { columns: { A: 'string' } })).toEqual(['A string: "  x", "y"']);
  });

  it('has empty lines, which are rows only where there is one column', () => {
    expect(rows('A,B\n1,2\n\n3,4\n\n')).toEqual(['A int64: 1, 3', 'B int64: 2, 4']);
    expect(rows('A\n1\n\n3\n')).toEqual(['A int64: 1, BLANK, 3']);
  });

  it('has a header and no rows', () => {
    expect(rows('A,B\n', { columns: { A: 'int64' } })).toEqual(['A int64: ', 'B blank: ']);
  });

  it('may be separated by another sign', () => {
    expect(rows('A;B\n1,5;2\n', { options: { delimiter: ';' } })).toEqual(['A string: "1,5"', 'B int64: 2']);
    expect(rows('A\tB\n1\t"x\ty"\n', { format: 'tsv' })).toEqual(['A int64: 1', 'B string: "x\\ty"']);
  });

  it('writes missing values with words, where the model says so', () => {
    expect(rows('A,B\nNULL,n/a\n"NULL",5\n', { options: { blankTokens: ['NULL', 'n/a'] } })).toEqual(['A string: BLANK, "NULL"', 'B int64: BLANK, 5']);
  });

  it('has its columns found in any case, declared ones first', () => {
    expect(rows('b,A,extra\n1,2,3\n', { columns: { a: 'string', B: 'double' } })).toEqual(['a string: "2"', 'B double: 1', 'extra int64: 3']);
    expect(rows('b,A,extra\n1,2,3\n', { columns: { A: 'int64' }, others: false })).toEqual(['A int64: 2']);
  });

  it('may call its columns anything', () => {
    expect(rows('__proto__,constructor,toString,\n1,2,3,4\n')).toEqual(['__proto__ int64: 1', 'constructor int64: 2', 'toString int64: 3']);
  });

  it('lacks a declared column', () => {
    const result = read('Id,Nmae\n1,x\n', { columns: { Id: 'int64', Name: 'string', Other: 'string' } });
    expect(faultsOf(result)).toEqual([
      'data-column-missing {"column":"Name","suggestion":"Nmae"}',
      'data-column-missing {"column":"Other"}',
    ]);
    expect(columnsOf(result)).toEqual(['Id int64: 1', 'Nmae string: "x"']);
  });

  it('has a cell of another type: the first is told with its line, the others are counted, the column is faulty', () => {
    const result = read('Id,N\n1,5\n2,five\n"3\n",\n4,six\n5,7.5\n', { columns: { N: 'int64' } });
    expect(faultsOf(result)).toEqual(['data-cell-type {"place":"line 3","column":"N","type":"int64","value":"\\"five\\"","more":2}']);
    expect(columnsOf(result)).toEqual(['N int64 faulty: 5, BLANK, BLANK, BLANK, BLANK', 'Id int64: 1, 2, 3, 4, 5']);
  });

  it.each([
    ['A,B\n1,2\n1,2,3\n', 'line 3', 'the row has 3 fields, the first line 2 fields'],
    ['A,B\n"x\ny",2\n1\n', 'line 4', 'the row has 1 field, the first line 2 fields'],
    ['A,B\n1,2\n3,"four\n5,6\n', 'line 3', 'the quote that opens field 2 is never closed'],
    ['A,B\n"x"y,2\n', 'line 2', 'text follows the closing quote of field 1'],
    ['A,B,a\n1,2,3\n', 'line 1', 'the column "a" stands twice'],
    ['', 'line 1', 'the file is empty; its first line must name the columns'],
    ['\nA\n', 'line 1', 'the first line must name the columns'],
  ])('%j is malformed', (text, place, problem) => {
    const result = read(text);
    expect(result).toMatchObject({ usable: false, columns: [], rowCount: 0 });
    expect(faultsOf(result)).toEqual([`data-malformed ${JSON.stringify({ place, problem })}`]);
  });

  it('is not UTF-8', () => {
    const bytes = new Uint8Array([...new TextEncoder().encode('A\nx\n'), 0xe9, 0x0a]);
    expect(faultsOf(read(bytes))).toEqual(['data-malformed {"place":"line 1","problem":"the file is not UTF-8"}']);
    expect(faultsOf(read(new Uint8Array([0xff, 0xfe, 0x41, 0x00])))).toEqual(['data-malformed {"place":"line 1","problem":"the file is UTF-16; save it as UTF-8"}']);
    expect(faultsOf(read(new TextEncoder().encode('A\né\n').slice(0, 3)))).toEqual(['data-malformed {"place":"end of the file","problem":"the file is not UTF-8"}']);
  });

  it('has more rows or bytes than allowed', () => {
    expect(faultsOf(read('A\n1\n2\n3\n', { maximumRows: 2 }))).toEqual(['data-too-large {"size":"more than 2 rows","limit":"2 rows"}']);
    expect(faultsOf(read(new TextEncoder().encode('A\n1\n2\n3\n'), { maximumBytes: 4 }))).toEqual(['data-too-large {"size":"more than 4 bytes","limit":"4 bytes"}']);
  });

  it('names its columns even when it is cut off', () => {
    expect(read('A,"B b"\n1,"cut').sourceNames).toEqual(['A', 'B b']);
    expect(read(new TextEncoder().encode('A,B\n1,é').slice(0, 7)).sourceNames).toEqual(['A', 'B']);
    expect(read('b,A\n', { columns: { a: 'int64' } }).sourceNames).toEqual(['b', 'A']);
    expect(read('{"A": 1}\n{"A": 1, "B"', { format: 'ndjson' }).sourceNames).toEqual(['A']);
  });

  it('reads the same in chunks of any size', () => {
    const bytes = new TextEncoder().encode('\uFEFFId,Näme,"Q"\r\n1,"a ""b"", ç",\r\n2,\u{1F600},"x\r\ny"\r\n\r\n3,,"""" \r\n'.replace(' \r\n', '\r\n'));
    const whole = columnsOf(read(bytes));
    expect(whole).toEqual(['Id int64: 1, 2, 3', 'Näme string: "a \\"b\\", ç", "\u{1F600}", BLANK', 'Q string: BLANK, "x\\r\\ny", "\\""']);
    for (let size = 1; size < bytes.length; size++) {
      const reader = tableReader(requestOf({}));
      for (let at = 0; at < bytes.length; at += size) reader.write(bytes.subarray(at, at + size));
      const result = reader.end();
      expect(faultsOf(result)).toEqual([]);
      expect(columnsOf(result)).toEqual(whole);
    }
  });

  it('reads the same in chunks that cut a delimiter in two', () => {
    const bytes = new TextEncoder().encode('A§B\n"a ""b"""§"c"\n1§2\n"§"§""');
    for (let size = 1; size <= bytes.length; size++) {
      const reader = tableReader(requestOf({ options: { delimiter: '§' } }));
      for (let at = 0; at < bytes.length; at += size) reader.write(bytes.subarray(at, at + size));
      const result = reader.end();
      expect(faultsOf(result)).toEqual([]);
      expect(columnsOf(result)).toEqual(['A string: "a \\"b\\"", "1", "§"', 'B string: "c", "2", ""']);
    }
  });

  it('gives back what was written, whatever the cells hold', () => {
    const cell = fc.oneof(fc.string({ maxLength: 8 }), fc.constantFrom('"', ',', '\n', '\r\n', ',"', '""'));
    fc.assert(fc.property(fc.array(fc.tuple(cell, cell), { minLength: 1, maxLength: 8 }), fc.integer({ min: 1, max: 9 }), (table, size) => {
      const written = ['A,B', ...table.map((row) => row.map((it) => `"${it.replaceAll('"', '""')}"`).join(','))].join('\n');
      const reader = tableReader(requestOf({ columns: { A: 'string', B: 'string' } }));
      for (let at = 0; at < written.length; at += size) reader.writeText(written.slice(at, at + size));
      const result = reader.end();
      expect(faultsOf(result)).toEqual([]);
      const trimmed = table.map((row) => row.map((it) => it.replace(/ +$/, '')));
      expect(columnsOf(result)).toEqual(['A', 'B'].map((name, i) => `${name} string: ${trimmed.map((row) => JSON.stringify(row[i])).join(', ')}`));
    }), { numRuns: 200 });
  });
});
