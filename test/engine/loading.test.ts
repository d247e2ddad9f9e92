// Delimited files as columns: texts that are one value are one, however and wherever they are spelt.
import { describe, expect, it } from 'vitest';
import { loadedFrom, openDatabase, requestFor } from '../../server/src/engine/index.ts';
import { tableReader } from '../../server/src/formats/index.ts';
import { defaultLimits } from '../../server/src/model/model.ts';
import type { DatabaseSpec, TableSpec } from '../../server/src/plan/database.ts';
import { inspectAll } from '../support/inspect.ts';

const table: TableSpec = {
  name: 'T', columns: [{ name: 'A', type: 'string' }],
  source: { kind: 'file', uri: 'file:///t.csv', path: 't.csv', format: 'csv', options: { delimiter: undefined, blankTokens: [], trueWords: [], falseWords: [], dateFormats: [] } },
};
const spec: DatabaseSpec = { key: 'k', tables: [table], relationships: [], measures: [], clock: 46_000, culture: 'en-US', seed: 1, limits: defaultLimits };

/** How many values the column has, BLANK included. */
async function distinct(...fields: readonly string[]): Promise<number | undefined> {
  const database = await openDatabase(spec, (it) => {
    const reader = tableReader(requestFor(it, spec.limits));
    reader.write(new TextEncoder().encode(`A\n${fields.join('\n')}\n`));
    return loadedFrom(it, reader.end());
  });
  const { facts, faults } = inspectAll(database);
  expect(faults).toEqual([]);
  return facts[0]?.columns[0]?.distinct;
}

describe('texts of a file', () => {
  it.each([
    ['a blank at the end', ['abc', 'abc ', 'abc'], 1],
    ['a blank at the end first', ['abc ', 'abc', 'abc  '], 1],
    ['capitals after small letters', ['abc', 'def', 'ABC', 'abc'], 2],
    ['capitals first', ['ABC', 'abc', 'Abc'], 1],
    ['quotes', ['abc', '"abc"', '"abc "'], 1],
    ['letters beyond ASCII', ['straße', 'élan', 'ÉLAN', 'elan'], 3],
    ['an empty text and a missing one', ['abc', '""', '', 'abc'], 3],
    ['a sign beyond ASCII that is a letter within it', ['k', 'K', '\u212A', 'm'], 2],
    ['such a sign first', ['\u212A', 'k', 'm', 'K'], 2],
    ['lengths of all kinds', ['a', 'ab', 'abc', 'abcd', 'abcde', 'abcdefgh', 'abcdefghi', 'ABCDEFGHI', 'abcdefghI', 'abcdefgh'], 7],
    ['as many values as rows', Array.from({ length: 5000 }, (_, i) => `Key-${String(i * 7919)}`), 5000],
    ['signs beside the letters', ['@a', '`a', '[a', '{a', 'Za', 'za'], 5],
    ['nothing in common', ['a', 'b', 'c'], 3],
    ['a text after an empty one', ['abc', '""', 'def', 'abc', 'def', 'abc '], 3],
  ])('that have %s', async (_, fields, expected) => {
    expect(await distinct(...fields)).toBe(expected);
  });
});
