// Parquet files that someone damaged, or made to do harm: a finding or other values, soon, and never an exception.
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { decompressorOf } from '../../server/src/formats/parquet/codecs.ts';
import { readBytes, written } from '../formats/parquetFiles.ts';
import { openProject } from './project.ts';
import { within } from '../support/within.ts';

const columns = { Id: 'int64', Name: 'string', Amount: 'double', Price: 'decimal', At: 'dateTime', Flag: 'boolean', Many: 'int64' } as const;
const rows = `SELECT i AS Id, 'name ' || (i % 5) AS Name, CASE WHEN i % 3 = 0 THEN NULL ELSE i * 1.25 END::DOUBLE AS Amount, (i * 0.25)::DECIMAL(9,2) AS Price,
  TIMESTAMP '2024-01-01' + to_hours(i::INTEGER) AS At, i % 2 = 0 AS Flag, [i] AS Many FROM range(60) t(i)`;

/** Whole numbers below a bound, the same each time. */
function numbersFrom(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 0x1_0000_0000) * below);
  };
}

async function outcome(bytes: Uint8Array): Promise<string> {
  const result = await readBytes(bytes, { columns, maximumMemory: 64 * 1024 * 1024 });
  expect(result.columns.every((it) => it.sink !== undefined)).toBe(true);
  if (!result.usable) expect(result.faults.at(-1)?.rule).toMatch(/^data-(?:malformed|too-large)$/);
  return result.usable ? 'read' : 'refused';
}

describe('a Parquet file with changed bytes', () => {
  it.each(['uncompressed', 'snappy', 'gzip', 'zstd', 'brotli', 'lz4_raw'])('compressed with %s', async (codec) => {
    const whole = await written(rows, `COMPRESSION ${codec}`);
    const random = numbersFrom(whole.length);
    const seen = new Set<string>();
    for (let i = 0; i < 1500; i++) {
      const bytes = whole.slice();
      for (let changes = 1 + random(3); changes > 0; changes--) {
        // Half of them where the file describes itself.
        const at = random(2) === 0 ? random(bytes.length) : bytes.length - 1 - random(Math.min(bytes.length, 1200));
        bytes[at] = random(3) === 0 ? 255 : random(256);
      }
      seen.add(await outcome(bytes));
    }
    expect([...seen].sort()).toEqual(['read', 'refused']);
  });

  it.each(['V1', 'V2'])('of pages of version %s', async (version) => {
    const whole = await written(rows, `PARQUET_VERSION ${version}, DICTIONARY_SIZE_LIMIT 1, COMPRESSION uncompressed`);
    const random = numbersFrom(whole.length);
    const seen = new Set<string>();
    for (let i = 0; i < 1500; i++) {
      const bytes = whole.slice();
      bytes[random(bytes.length)] = random(256);
      seen.add(await outcome(bytes));
    }
    expect([...seen].sort()).toEqual(['read', 'refused']);
  });
});

describe('a page that is far larger than it says', () => {
  const zeros = new Uint8Array(256 * 1024 * 1024);
  it.each<[string, number, () => Uint8Array]>([
    ['Brotli', 4, () => brotliCompressSync(zeros, { params: { [constants.BROTLI_PARAM_QUALITY]: 3 } })], ['Gzip', 2, () => gzipSync(zeros).subarray(0, 5000)],
  ])('is refused or cut: %s', async (_, codec, bomb) => {
    const decompress = await decompressorOf(codec);
    const bytes = bomb();
    const made = (): number => {
      try {
        return decompress(bytes, 1000).length;
      } catch {
        return 1000;
      }
    };
    expect(within(5, made)).toBe(1000);
  });
});

describe('a project with a Parquet file', () => {
  const files = (parquet: Uint8Array): Readonly<Record<string, string | Uint8Array>> => ({
    'm.daxmodel.yaml': 'name: m\ntables:\n  T:\n    source: t.parquet\n    columns: { Id: { type: int64 }, Name: { type: string }, Amount: { type: double } }\n',
    'm.dax': 'Total = SUM(T[Amount])\n\nNames = DISTINCTCOUNT(T[Name])\n\nOf one = CALCULATE(COUNTROWS(T), T[Name] = "NAME 2")\n',
    't.parquet': parquet,
  });

  it('has values from it', async () => {
    const it = await openProject(files(await written(rows)));
    expect(await it.allFindings()).toEqual({});
    // 1.25 for each of 0 to 59, less those that are multiples of three: 1.25 * (1770 - 570).
    expect(await it.value('[Total]')).toBe('1500');
    expect(await it.value('[Names]')).toBe('5');
    expect(await it.value('[Of one]')).toBe('12');
  });

  it('that is damaged has a finding at the source', async () => {
    const whole = await written(rows);
    const it = await openProject(files(whole.subarray(0, whole.length - 3)));
    expect(await it.allFindings()).toEqual({ 'm.daxmodel.yaml': ['4:13 error[data-malformed] t.parquet, the end of the file: it is no Parquet file, or it is cut off.'] });
    expect(await it.value('[Total]')).toBe('not evaluated: the rows of T cannot be had: its source cannot be read');
  });
});
