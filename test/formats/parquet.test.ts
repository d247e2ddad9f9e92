// Parquet files: every compression, every packing, every type, and what does not fit.
import { describe, expect, it } from 'vitest';
import { decompressorOf } from '../../server/src/formats/parquet/codecs.ts';
import { pagesOf } from '../../server/src/formats/parquet/pages.ts';
import { openParquet } from '../../server/src/formats/parquet/readParquet.ts';
import type { DataType } from '../../server/src/model/model.ts';
import { readBytes, written } from './parquetFiles.ts';
import { columnsOf, faultsOf, read, requestOf } from './tables.ts';

const codecs = ['uncompressed', 'snappy', 'gzip', 'zstd', 'brotli', 'lz4', 'lz4_raw'];

/** Texts of few and of many spellings, numbers, dates and missing values, in several row groups. */
const rows = `SELECT i AS Id, CASE WHEN i % 7 = 0 THEN NULL ELSE 'name ' || (i % 50) END AS Name, 'key-' || md5(i::VARCHAR) AS Key,
  CASE WHEN i % 3 = 0 THEN NULL ELSE i * 1.25 END::DOUBLE AS Amount, DATE '2024-01-01' + (i % 400)::INTEGER AS Day, i % 2 = 0 AS Flag FROM range(5000) t(i)`;
const columns = { Id: 'int64', Name: 'string', Key: 'string', Amount: 'double', Day: 'dateTime', Flag: 'boolean' } as const;

describe('a Parquet file', () => {
  it.each(codecs)('compressed with %s has the rows of the CSV file', async (codec) => {
    const csv = read(await written(rows, 'HEADER', 'csv'), { columns, maximumRows: 10_000 });
    const result = await readBytes(await written(rows, `COMPRESSION ${codec}, ROW_GROUP_SIZE 2048`), { columns, maximumRows: 10_000 });
    expect(faultsOf(result)).toEqual([]);
    expect(result.rowCount).toBe(5000);
    expect(columnsOf(result)).toEqual(columnsOf(csv));
  });

  it.each(['V1', 'V2'])('of pages of version %s has the rows of the CSV file', async (version) => {
    const csv = read(await written(rows, 'HEADER', 'csv'), { columns, maximumRows: 10_000 });
    const result = await readBytes(await written(rows, `PARQUET_VERSION ${version}, DICTIONARY_SIZE_LIMIT 1`), { columns, maximumRows: 10_000 });
    expect(faultsOf(result)).toEqual([]);
    expect(columnsOf(result)).toEqual(columnsOf(csv));
  });

  const valueOf = async (expression: string, type?: DataType): Promise<string> => {
    const result = await readBytes(await written(`SELECT ${expression} AS X`), { columns: { X: type } });
    expect(faultsOf(result)).toEqual([]);
    return columnsOf(result)[0] ?? '';
  };

  it.each<[string, string]>([
    ['true', 'boolean: true'],
    ['(-128)::TINYINT', 'int64: -128'], ['255::UTINYINT', 'int64: 255'], ['(-32768)::SMALLINT', 'int64: -32768'], ['65535::USMALLINT', 'int64: 65535'],
    ['(-2147483648)::INTEGER', 'int64: -2147483648'], ['4294967295::UINTEGER', 'int64: 4294967295'],
    ['9007199254740993::BIGINT', 'int64: 9007199254740993n'], ['(-9223372036854775808)::BIGINT', 'int64: -9223372036854775808n'],
    ['42::BIGINT', 'int64: 42'], ['42::UBIGINT', 'int64: 42'], ['9223372036854775807::UBIGINT', 'int64: 9223372036854775807n'],
    ['0.1::DOUBLE', 'double: 0.1'], ['0.5::FLOAT', 'double: 0.5'],
    ['12.34::DECIMAL(4,2)', 'decimal: 123400'], ['(-12.3456)::DECIMAL(9,4)', 'decimal: -123456'], ['123456789012.34::DECIMAL(18,2)', 'decimal: 1234567890123400'],
    ['12345678901234.5678::DECIMAL(30,4)', 'decimal: 123456789012345678n'], ['1.23456::DECIMAL(10,5)', 'double: 1.23456'],
    ["DATE '2024-02-29'", 'dateTime: 45351'], ["DATE '1899-12-31'", 'dateTime: 1'], ["DATE '0001-01-01'", 'dateTime: -693593'],
    ["TIMESTAMP '2024-02-29 12:00:00'", 'dateTime: 45351.5'], ["TIMESTAMP '1969-12-31 18:00:00'", 'dateTime: 25568.75'],
    ["TIMESTAMP_MS '2024-02-29 06:00:00'", 'dateTime: 45351.25'], ["TIMESTAMP_NS '2024-02-29 06:00:00'", 'dateTime: 45351.25'], ["TIMESTAMP_S '2024-02-29 06:00:00'", 'dateTime: 45351.25'],
    ["TIMESTAMPTZ '2024-02-29 12:00:00+06:00'", 'dateTime: 45351.25'],
    ["TIME '18:00:00'", 'dateTime: 0.75'],
    ["'Straße'", 'string: "Straße"'], ["'ends with blanks  '", 'string: "ends with blanks"'], ["''", 'string: ""'],
    ["UUID '0123ABCD-4567-89ab-cdef-0123456789ab'", 'string: "0123abcd-4567-89ab-cdef-0123456789ab"'],
    ["'text'::BLOB", 'string: "text"'], ["'b'::ENUM('a', 'b')", 'string: "b"'], ["'{\"a\": 1}'::JSON", 'string: "{\\"a\\": 1}"'],
  ])('holds %s, which nobody declared', async (expression, value) => {
    expect(await valueOf(expression)).toBe(`X ${value}`);
  });

  it.each<[string, DataType, string]>([
    ['42::INTEGER', 'double', '42'], ['42::INTEGER', 'decimal', '420000'], ['42::INTEGER', 'string', '"42"'], ['1::INTEGER', 'boolean', 'true'],
    ['9007199254740993::BIGINT', 'string', '"9007199254740993"'], ['9007199254740993::BIGINT', 'double', '9007199254740992'],
    ['12.00::DOUBLE', 'int64', '12'], ['12.34::DECIMAL(4,2)', 'double', '12.34'], ['12.00::DECIMAL(4,2)', 'int64', '12'], ['12.345678::DECIMAL(18,6)', 'decimal', '123457'],
    ['12.34::DECIMAL(4,2)', 'string', '"12.34"'], ['(-0.05)::DECIMAL(4,2)', 'string', '"-0.05"'],
    ["'2024-02-29'", 'dateTime', '45351'], ["DATE '2024-02-29'", 'string', '"2024-02-29"'], ["TIMESTAMP '2024-02-29 12:30:00'", 'string', '"2024-02-29T12:30:00.000"'],
    ["'007'", 'int64', '7'], ['NULL::INTEGER', 'int64', 'BLANK'],
  ])('holds %s in a column declared %s', async (expression, type, value) => {
    expect(await valueOf(expression, type)).toBe(`X ${type}: ${value}`);
  });

  it.each<[string, DataType, string]>([
    ["'five'", 'int64', '{"place":"row 3","column":"X","type":"int64","value":"\\"five\\"","more":1}'],
    ["'NaN'::DOUBLE", 'double', '{"place":"row 3","column":"X","type":"double","value":"\\"NaN\\"","more":1}'],
    ["'infinity'::DOUBLE", 'double', '{"place":"row 3","column":"X","type":"double","value":"\\"Infinity\\"","more":1}'],
    ['12.5::DOUBLE', 'int64', '{"place":"row 3","column":"X","type":"int64","value":"12.5","more":1}'],
    ['18446744073709551615::UBIGINT', 'int64', '{"place":"row 3","column":"X","type":"int64","value":"18446744073709551615","more":1}'],
    ["DATE '10000-01-01'", 'dateTime', '{"place":"row 3","column":"X","type":"dateTime","value":"\\"2932897\\"","more":1}'],
  ])('holds %s in a column declared %s, where it does not fit', async (expression, type, fault) => {
    const result = await readBytes(await written(`SELECT CASE WHEN i > 1 THEN ${expression} END AS X, i AS Y FROM range(4) t(i)`), { columns: { X: type, Y: 'int64' } });
    expect(faultsOf(result)).toEqual([`data-cell-type ${fault}`]);
    expect(columnsOf(result)).toEqual([`X ${type} faulty: BLANK, BLANK, BLANK, BLANK`, 'Y int64: 0, 1, 2, 3']);
  });

  it.each([["[1, 2]", 'a list'], ["{'a': 1}", 'a structure'], ['MAP {1: 2}', 'a map'], ["INTERVAL '1' DAY", 'an interval']])('holds %s, which is %s, beside other columns', async (expression) => {
    const result = await readBytes(await written(`SELECT 1 AS A, ${expression} AS X, 2 AS B`), { columns: { A: 'int64', X: 'string', B: 'int64' } });
    expect(result.faults.map((it) => `${it.rule} ${it.column ?? ''}`)).toEqual(['data-cell-type X']);
    expect(columnsOf(result)).toEqual(['A int64: 1', 'X string faulty: BLANK', 'B int64: 2']);
  });

  it('is read for the columns that are declared, in any case', async () => {
    const result = await readBytes(await written('SELECT 1 AS a, 2 AS "B b", 3 AS c'), { columns: { 'b B': 'int64', A: 'int64' } });
    expect(columnsOf(result)).toEqual(['b B int64: 2', 'A int64: 1']);
  });

  it('lacks a declared column', async () => {
    const result = await readBytes(await written('SELECT 1 AS A, 2 AS Nmae'), { columns: { A: 'int64', Name: 'int64' } });
    expect(faultsOf(result)).toEqual(['data-column-missing {"column":"Name"}']);
  });

  it('may have no rows', async () => {
    const result = await readBytes(await written('SELECT 1 AS A, NULL::VARCHAR AS B LIMIT 0'), { columns: { A: 'int64', B: 'string' } });
    expect(faultsOf(result)).toEqual([]);
    expect(columnsOf(result)).toEqual(['A int64: ', 'B string: ']);
  });

  it('has more rows, bytes or values than allowed', async () => {
    const bytes = await written('SELECT i AS A FROM range(1000) t(i)');
    expect(faultsOf(await readBytes(bytes, { columns: { A: 'int64' }, maximumRows: 999 }))).toEqual(['data-too-large {"size":"more than 999 rows","limit":"999 rows"}']);
    expect(faultsOf(await readBytes(bytes, { columns: { A: 'int64' }, maximumBytes: 100 }))[0]).toMatch(/^data-too-large .*"limit":"100 bytes"/);
    expect(faultsOf(await readBytes(bytes, { columns: { A: 'int64' }, maximumMemory: 2000 }))[0]).toMatch(/^data-too-large .*bytes of values","limit":"2,000 bytes"/);
  });

  it('takes memory for each of its columns once, however often it is read', async () => {
    const bytes = await written('SELECT i AS A, i * 2 AS B FROM range(1000) t(i)');
    const request = { ...requestOf({ format: 'parquet', columns: { A: 'int64', B: 'int64' } }), path: 'data.parquet' };
    const usable = async (maximumMemory: number): Promise<readonly boolean[]> => {
      const { columns: [a, b] } = await openParquet({ size: bytes.length, read: (from, to) => bytes.slice(from, to) }, { ...request, maximumMemory });
      return [a, a, a, b, a].map((it) => it?.read().usable === true);
    };
    const needed = 1000 * (4 + 8);
    expect(await usable(needed * 3)).toEqual([true, true, true, true, true]);
    expect(await usable(needed * 1.5)).toEqual([true, true, true, false, true]);
  });

  it.each([
    ['no Parquet file', new TextEncoder().encode('A,B\n1,2\n3,4\n'), 'the end of the file', 'it is no Parquet file, or it is cut off'],
    ['empty', new Uint8Array(0), 'the end of the file', 'it is no Parquet file, or it is cut off'],
  ])('is %s', async (_, bytes, place, problem) => {
    expect(faultsOf(await readBytes(bytes, { columns: { A: 'int64' } }))).toEqual([`data-malformed ${JSON.stringify({ place, problem })}`]);
  });

  it.each([['Snappy', 1], ['Gzip', 2], ['Zstandard', 6], ['LZ4', 7]])('may have a page of missing values alone, of which nothing was compressed, by %s', async (_, codec) => {
    // The head of a page of the second kind: five missing values, told by two bytes of levels, and no bytes behind them.
    const page = Uint8Array.of(0x15, 6, 0x15, 4, 0x15, 4, 0x5c, 0x15, 10, 0x15, 10, 0x15, 10, 0x15, 0, 0x15, 4, 0x15, 0, 0, 0, 10, 0);
    const pages = pagesOf(
      page, { codec, values: 5, start: 0, compressed: page.length, uncompressed: page.length },
      { index: 0, kind: { kind: 'whole', bits: 32, unsigned: false }, physical: 'INT32', width: 0, optional: true },
      await decompressorOf(codec), { page: new Uint8Array(0), chunk: new Uint8Array(0) },
    );
    expect([...pages].map(({ rows, present, values }) => [rows, [...(present ?? [])], values.kind === 'plain' ? values.raw.count : values.indices.length])).toEqual([[5, [0, 0, 0, 0, 0], 0]]);
  });

  it('has no levels that are larger than levels are', async () => {
    // Five rows of a level 255: as many values as there are rows, and more.
    const page = Uint8Array.of(0x15, 6, 0x15, 4, 0x15, 4, 0x5c, 0x15, 10, 0x15, 10, 0x15, 10, 0x15, 0, 0x15, 4, 0x15, 0, 0, 0, 10, 255);
    const pages = pagesOf(
      page, { codec: 0, values: 5, start: 0, compressed: page.length, uncompressed: page.length },
      { index: 0, kind: { kind: 'whole', bits: 32, unsigned: false }, physical: 'INT32', width: 0, optional: true },
      await decompressorOf(0), { page: new Uint8Array(0), chunk: new Uint8Array(0) },
    );
    expect(() => [...pages]).toThrow('a number has too many bits');
  });

  it('is cut off', async () => {
    const bytes = await written(rows);
    for (const length of [1, 8, 100, bytes.length >> 1, bytes.length - 1]) {
      expect(faultsOf(await readBytes(bytes.subarray(0, length), { columns }))).toEqual(['data-malformed {"place":"the end of the file","problem":"it is no Parquet file, or it is cut off"}']);
    }
  });
});
