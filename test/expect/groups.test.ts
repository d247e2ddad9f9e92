// Two metrics by groups: the union of both sides, a missing group is BLANK.
import { describe, expect, it } from 'vitest';
import { compareGroups, differenceOf, failuresOf, type Grouped } from '../../server/src/expect/index.ts';
import type { Cell, ValueType } from '../../server/src/plan/values.ts';

/** A metric by one column. */
function grouped(rows: readonly (readonly [key: Cell, value: Cell])[], key: ValueType = 'string', value: ValueType = 'int64'): Grouped {
  return {
    keys: [{ name: 'DimAgent[Name]', type: key, cells: rows.map(([it]) => it) }],
    value: { name: 'm', type: value, cells: rows.map(([, it]) => it) },
  };
}

const parts = (left: Grouped, right: Grouped, bound?: number): readonly unknown[] =>
  compareGroups(left, right, bound).parting.map((it) => [it.keys[0]?.cell, it.left.cell, it.right.cell]);

describe('groups', () => {
  const rejected = grouped([['Ana', 3], ['Bo', 5], ['Cy', 0]]);

  it('that agree, in any order, part nowhere', () => {
    expect(compareGroups(rejected, grouped([['Cy', 0], ['Bo', 5], ['Ana', 3]]), undefined))
      .toEqual({ groups: 3, parting: [], partingCount: 0, beyondCount: 0 });
  });

  it('that one side lacks are BLANK there, and BLANK is not 0', () => {
    expect(parts(rejected, grouped([['Ana', 3], ['Bo', 5], ['Di', 1]]))).toEqual([['Cy', 0, null], ['Di', null, 1]]);
  });

  it('are the same whatever the capitals of their keys', () => {
    expect(parts(rejected, grouped([['ANA', 3], ['bo', 5], ['Cy', 0]]))).toEqual([]);
  });

  it('are the same when one model counts keys as whole numbers and the other as doubles', () => {
    expect(parts(grouped([[1, 3], [2, 4]], 'int64'), grouped([[1, 3], [2, 5]], 'double'))).toEqual([[2, 4, 5]]);
  });

  it('with a text key are not those with the number', () => {
    expect(parts(grouped([['1', 3]]), grouped([[1, 3]], 'int64'))).toEqual([['1', 3, null], [1, null, 3]]);
  });

  it('with a BLANK key are one group', () => {
    expect(parts(grouped([[null, 3]]), grouped([[null, 4]], 'int64'))).toEqual([[null, 3, 4]]);
  });

  it('without columns compare two totals', () => {
    const total = (cell: Cell): Grouped => ({ keys: [], value: { name: 'm', type: 'int64', cells: [cell] } });
    expect(compareGroups(total(96), total(95), undefined)).toMatchObject({ groups: 1, partingCount: 1 });
    expect(compareGroups(total(96), total(96), undefined)).toMatchObject({ groups: 1, partingCount: 0 });
  });

  it('agree to the 15 digits of a double', () => {
    expect(parts(grouped([['Ana', 0.1 + 0.2]], 'string', 'double'), grouped([['Ana', 0.3]], 'string', 'double'))).toEqual([]);
  });

  it('with an error never agree', () => {
    const error: Cell = { cell: 'error', id: 'overflow', params: {}, at: undefined };
    expect(compareGroups(grouped([['Ana', error]]), grouped([['Ana', error]]), 5).beyondCount).toBe(1);
  });
});

describe('a bound', () => {
  const left = grouped([['Ana', 10], ['Bo', 20], ['Cy', 30], ['Di', 1]]);
  const right = grouped([['Ana', 12], ['Bo', 23], ['Cy', 30]]);

  it('lets groups part by so much, BLANK counting as 0, and still names them', () => {
    const result = compareGroups(left, right, 2);
    expect(result).toMatchObject({ groups: 4, partingCount: 3, beyondCount: 1 });
    expect(result.parting.map((it) => [it.keys[0]?.cell, it.beyond])).toEqual([['Bo', true], ['Ana', false], ['Di', false]]);
  });

  it('of nothing means equal', () => {
    expect(compareGroups(left, right, undefined).beyondCount).toBe(3);
  });

  it('is exact: 0.3 and 0.1 are 0.2 apart', () => {
    expect(compareGroups(grouped([['Ana', 0.3]], 'string', 'double'), grouped([['Ana', 0.1]], 'string', 'double'), 0.2).beyondCount).toBe(0);
  });
});

it('failures name the group as a filter', () => {
  const result = compareGroups(grouped([['Ana', 3], [null, 1]]), grouped([['Ana', 4]]), undefined);
  expect(failuresOf(result, ['DimAgent[Name]'])).toEqual([
    { expected: '3', actual: '4', filter: 'DimAgent[Name] = "Ana"' },
    { expected: '1', actual: 'BLANK', filter: 'DimAgent[Name] = BLANK()' },
  ]);
});

it('of very many parting groups the first hundred are listed, and all are counted', () => {
  const many = Array.from({ length: 5_000 }, (_, i) => [`a${String(i)}`, i + 1] as const);
  const result = compareGroups(grouped(many), grouped([]), undefined);
  expect(result).toMatchObject({ groups: 5_000, partingCount: 5_000, beyondCount: 5_000 });
  expect(result.parting).toHaveLength(100);
});

describe('where two definitions part', () => {
  const here = grouped([['S-1', 1], ['S-2', 1], ['S-3', 2], ['S-4', 1], ['S-5', 0], ['S-6', null]]);
  const there = grouped([['S-1', 1], ['S-3', 3], ['S-4', 0], ['S-5', null], ['S-6', 0], ['S-7', 1], ['S-8', 4]]);
  const keys = (side: 'left' | 'right' | 'both', most = 9): readonly unknown[] => differenceOf(here, there, most, undefined).sides[side].first.map((it) => it.keys[0]?.cell);

  it('each side has its own, and some are in both with another value', () => {
    expect(keys('left')).toEqual(['S-2', 'S-4']);
    expect(keys('right')).toEqual(['S-7', 'S-8']);
    expect(keys('both')).toEqual(['S-3']);
  });

  it('a group that is BLANK on one side and 0 on the other is in neither', () => {
    const { groups, beyondCount } = differenceOf(here, there, 9, undefined);
    expect({ groups, beyondCount }).toEqual({ groups: 6, beyondCount: 0 });
  });

  it('no more groups are given than asked for, and all are counted', () => {
    expect(keys('right', 1)).toEqual(['S-7']);
    expect(differenceOf(here, there, 1, undefined).sides.right.count).toBe(2);
  });

  it('a group is beyond the bound on either side', () => {
    expect(differenceOf(here, there, 9, 0).beyondCount).toBe(5);
    expect(differenceOf(here, there, 9, 1).beyondCount).toBe(1);
    expect(differenceOf(here, there, 9, 4).beyondCount).toBe(0);
  });
});
