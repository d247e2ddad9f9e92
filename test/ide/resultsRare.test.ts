// Results of what is rare: names with blanks, quotes and brackets, both ends of time, numbers that no literal says, mixed values.
import { describe, expect, it } from 'vitest';
import type { GroupBy, ResultSubject } from '../../server/src/ide/results/records.ts';
import { createResultsService } from '../../server/src/ide/results/service.ts';
import { defaultSettings } from '../../server/src/ide/settings.ts';
import { openFixture } from '../support/workspace.ts';
import { shown } from './sessionResults.ts';

const model = `//- /m.daxmodel.yaml
name: m
tables:
  "It's [a]":
    rows:
      - { "K[]]": k1, On: 1850-05-03T08:00:00, V: 1, Ok: true, Kind: "1", Big: "922337203685477.5807", D: d1 }
      - { "K[]]": k2, On: 1899-12-30T00:00:00, V: -2, Ok: false, Kind: "2", Big: "922337203685477.5806", D: d1 }
      - { "K[]]": k3, On: 1899-12-31T12:00:00, V: -10, Ok: null, Kind: null, Big: "0.1", D: d2 }
      - { "K[]]": k4, On: 9999-12-31T00:00:00, V: 5, Ok: false, Kind: "1", Big: "0.1", D: null }
      - { "K[]]": k5, On: null, V: 7, Ok: true, Kind: "1", Big: "0.2", D: null }
    columns:
      "K[]]": { type: string, key: true }
      On: { type: dateTime }
      V: { type: int64 }
      Ok: { type: boolean }
      Kind: { type: string, choice: kind }
      Big: { type: decimal }
      D: { type: string }
  Dim:
    rows: [ { D: d1, N: one }, { D: d2, N: two } ]
    columns: { D: { type: string, key: true }, N: { type: string } }
relationships:
  - { from: "Dim[D]", to: "'It''s [a]'[D]", cardinality: one-to-many }
choices:
  kind:
    1: { label: First }
    2: { label: Second }
//- /a.dax
$0`;

const table = `'It''s [a]'`;
const by = (column: string, grain?: GroupBy['grain']): GroupBy => ({ table: `It's [a]`, column, ...(grain === undefined ? {} : { grain }) });

async function open(text: string) {
  const { workspace, uri } = await openFixture(model + text);
  const service = createResultsService({ workspace: () => workspace, settings: () => Promise.resolve(defaultSettings), preview: () => [], conditions: () => [] });
  const [first] = await service.subjects(uri, 0);
  if (first === undefined) throw new Error('there is nothing to show results of');
  const subject: ResultSubject = first;
  return { service, subject };
}

describe('parts of time', () => {
  // BLANK is no day, though comparisons take it for the day 0; behind the last month there is none.
  it.each<[Exclude<GroupBy['grain'], undefined>, string]>([
    ['day', '1850-05-03 | 1\n1899-12-30 | 1\n1899-12-31 | 1\n9999-12-31 | 1\nBLANK | 1'],
    ['month', '1850-05 | 1\n1899-12 | 2\n9999-12 | 1\nBLANK | 1'],
    ['year', '1850 | 1\n1899 | 2\n9999 | 1\nBLANK | 1'],
  ])('a %s has the rows that are in it, at both ends of time', async (grain, rows) => {
    const { service, subject } = await open(`M = COUNTROWS(${table})`);
    const all = await service.show({ subject, by: [by('On', grain)], filters: [] });
    expect(shown(all)).toBe(`On (${grain}) | M\n${rows}`);
    if (all === undefined || !('columns' in all.table)) throw new Error('there is no table');
    const [days, counts] = all.table.columns;
    for (const [i, value] of (days?.cells ?? []).entries()) {
      const alone = await service.show({ subject, by: [], filters: [{ by: by('On', grain), type: 'dateTime', value }] });
      expect(alone?.value?.text).toBe(counts?.texts[i]);
    }
  });

  it('of one column stand beside each other', async () => {
    const { service, subject } = await open(`M = COUNTROWS(${table})`);
    expect(shown(await service.show({ subject, by: [by('On', 'year'), by('On', 'month')], filters: [] })))
      .toBe('On (year) | On (month) | M\n1850 | 1850-05 | 1\n1899 | 1899-12 | 2\n9999 | 9999-12 | 1\nBLANK | BLANK | 1');
    expect(shown(await service.show({ subject, by: [by('Ok'), by('Ok')], filters: [] }))).toBe('Ok | M\nFALSE | 2\nTRUE | 2\nBLANK | 1');
  });
});

describe('values', () => {
  it('are not to be filtered by where a literal says several of them', async () => {
    const { service, subject } = await open(`M = COUNTROWS(${table})`);
    const it = await service.show({ subject, by: [by('Big')], filters: [] });
    if (it === undefined || !('columns' in it.table)) throw new Error('there is no table');
    expect(it.table.columns[0]?.texts.map((text, i) => [text, it.table !== undefined && 'columns' in it.table && it.table.columns[0]?.inexact.includes(i)]))
      .toEqual([['0.1', false], ['0.2', false], ['922337203685477.5806', true], ['922337203685477.5807', true]]);
  });

  it('of several types are in order: numbers by their size', async () => {
    const { service, subject } = await open(`V = IF(SELECTEDVALUE(${table}[V]) = 1, "x", SELECTEDVALUE(${table}[V]))`);
    expect(shown(await service.show({ subject, by: [by('V')], filters: [], sort: { column: 1, descending: false } })))
      .toBe('V | V\n-10 | -10\n-2 | -2\n5 | 5\n7 | 7\n1 | x');
  });

  it('of a column have no format of a metric of its name', async () => {
    const { service, subject } = await open(`EVALUATE SELECTCOLUMNS(FILTER(${table}, ${table}[V] = 5), ${table}[V], "Share", 0.5)\n\n/// @format 0%\nV = 1\n\n/// @format 0%\nShare = 1\n`);
    expect(shown(await service.show({ subject, filters: [] }))).toBe('V | Share\n5 | 50%');
  });

  it('of a query over a table with a name in quotes have their labels', async () => {
    const { service, subject } = await open(`EVALUATE VALUES(${table}[Kind]) ORDER BY ${table}[Kind] DESC`);
    expect(shown(await service.show({ subject, filters: [] }))).toBe('Kind\nSecond\nFirst\nBLANK');
  });
});

describe('rows behind a value', () => {
  it('of a table with a name in quotes have conditions that name them', async () => {
    const { service, subject } = await open(`N = CALCULATE(SUM(${table}[V]), ${table}[Ok] = TRUE)`);
    const it = await service.rows({ subject, filters: [], aggregate: 0, all: true });
    expect(it?.keys.slice(0, 2)).toEqual([`${table}[K[]]]]] == "k1"`, `${table}[K[]]]]] == "k2"`]);
    expect(it !== undefined && 'columns' in it.rows ? it.rows.columns.map((column) => column.title).slice(0, 2) : []).toEqual(['K[]]', 'Ok']);
    expect(it?.counted).toEqual([true, false, false, false, true]);
    const [way] = (await service.fate({ subject, row: it?.keys[1] ?? '' }))?.ways ?? [];
    expect([way?.fate, way?.steps[0]?.values]).toEqual(['dropped', [`${table}[Ok] is FALSE`]]);
    const [third] = (await service.fate({ subject, row: it?.keys[2] ?? '' }))?.ways ?? [];
    expect(third?.steps[0]?.values).toEqual([`${table}[Ok] is BLANK`]);
  });

  it('have a part in the rows of the table that they refer to, whichever side the relationship is written from', async () => {
    const { service, subject } = await open(`O = COUNTROWS(${table})`);
    const fate = async (row: string) => (await service.fate({ subject, row }))?.ways.map((it) => it.fate);
    expect(await fate('Dim[D] == "d2"')).toEqual(['counted']);
    const other = await open('O = COUNTROWS(Dim)');
    expect((await other.service.fate({ subject: other.subject, row: `${table}[V] = 5` }))?.ways.map((it) => it.fate)).toEqual(['elsewhere']);
  });

  it('are told though they are many and have no key', async () => {
    const { workspace, uri } = await openFixture(`//- /m.daxmodel.yaml
name: m
tables:
  T:
    dax: SELECTCOLUMNS(GENERATESERIES(1, 1500), "V", MOD([Value], 7), "W", [Value])
    columns: { V: { type: int64 }, W: { type: int64 } }
//- /a.dax
$0Named = SUM(T[W])

Other = SUMX(ADDCOLUMNS(T, "Named", 1, "W 2", 0 - T[W]), [W 2])
`);
    const service = createResultsService({ workspace: () => workspace, settings: () => Promise.resolve(defaultSettings), preview: () => [], conditions: () => [] });
    const rows = async (name: string) => (await service.rows({ subject: { kind: 'metric', uri, model: 'm', name, ordinal: 0 }, filters: [], aggregate: 0, all: false }))?.rows;
    for (const name of ['Named', 'Other']) {
      const it = await rows(name);
      if (it === undefined || !('columns' in it)) throw new Error(JSON.stringify(it));
      expect([it.rows, it.total, it.columns.slice(0, 2).map((column) => column.texts.slice(0, 3))]).toEqual([1000, 1500, [['0', '0', '0'], ['7', '14', '21']]]);
    }
  });

  it.each([
    // A variable's rows are those of where it is defined, and they count where the branch that uses it is taken.
    ['VAR t = FILTER(T, T[V] > 1) RETURN IF(COUNTROWS(T) > 9, COUNTROWS(t))', [false], []],
    ['VAR t = FILTER(T, T[V] > 1) VAR most = 2 RETURN IF(most = 2, COUNTROWS(FILTER(t, T[V] <= most)))', [true, true, true], [2]],
    ['VAR t = FILTER(T, T[V] > 1) RETURN COUNTROWS(CALCULATETABLE(t, T[V] = 3))', [true, true], [2, 3]],
    ['VAR n = CALCULATE(COUNTROWS(T), T[V] > 1) RETURN SWITCH(TRUE, FALSE, n, 1)', [false], []],
    ['VAR n = CALCULATE(COUNTROWS(T), T[V] > 1) VAR m = IF(FALSE, 0, n) RETURN IF(TRUE, m)', [true, true, true], [2, 3]],
    ['COALESCE(BLANK(), CALCULATE(COUNTROWS(T), T[V] > 1))', [true, true], [2, 3]],
    ['CALCULATE(COUNTROWS(ALL(T)), T[V] > 2)', [], [1, 2, 3]],
  ])('come through the ways to %s', async (expression, passes, counted) => {
    const { workspace, uri } = await openFixture(`//- /m.daxmodel.yaml
name: m
tables:
  T:
    rows: [ { Id: a, V: 1 }, { Id: b, V: 2 }, { Id: c, V: 3 } ]
    columns: { Id: { type: string, key: true }, V: { type: int64 } }
//- /a.dax
$0M = ${expression}
`);
    const service = createResultsService({ workspace: () => workspace, settings: () => Promise.resolve(defaultSettings), preview: () => [], conditions: () => [] });
    const subject: ResultSubject = { kind: 'metric', uri, model: 'm', name: 'M', ordinal: 0 };
    const aggregates = (await service.rows({ subject, filters: [], aggregate: 0, all: false }))?.aggregates.length ?? 0;
    const aggregate = aggregates - 1;
    const it = await service.rows({ subject, filters: [], aggregate, all: false });
    expect(it !== undefined && 'columns' in it.rows ? it.rows.columns.find((column) => column.title === 'V')?.cells : it).toEqual(counted);
    const way = (await service.fate({ subject, row: 'T[Id] == "b"' }))?.ways[aggregate];
    expect([way?.fate, way?.steps.map((step) => step.passes)]).toEqual([counted.includes(2) ? 'counted' : 'dropped', passes]);
  });

  it.each([
    ['TOTALYTD(SUM(T[V]), C[D])', [[1], [1, 2], [1, 2, 3]]],
    ['TOTALYTD([Sum], C[D], T[V] > 1, "2024-01-31")', [[], [2], [2, 3]]],
    ['TOTALYTD([Sum], C[D], "2024-01-31")', [[1], [2], [2, 3]]],
    ['CLOSINGBALANCEMONTH([Sum], C[D])', [[1], [2], []]],
    ['OPENINGBALANCEMONTH([Sum], C[D])', [[], [1], [2]]],
    ['FIRSTNONBLANKVALUE(C[D], [Sum])', [[1], [2], [3]]],
  ])('are those of the dates that %s looks at', async (expression, expected) => {
    const { workspace, uri } = await openFixture(`//- /m.daxmodel.yaml
name: m
tables:
  T:
    rows: [ { D: 2024-01-31, V: 1 }, { D: 2024-02-29, V: 2 }, { D: 2024-03-05, V: 3 } ]
    columns: { D: { type: dateTime }, V: { type: int64 } }
  C:
    dax: CALENDAR(DATE(2024, 1, 1), DATE(2024, 12, 31))
    columns: { Date: { type: dateTime } }
relationships:
  - { from: "T[D]", to: "C[Date]" }
//- /a.dax
$0M = ${expression.replaceAll('C[D]', 'C[Date]')}

Sum = SUM(T[V])
`);
    const service = createResultsService({ workspace: () => workspace, settings: () => Promise.resolve(defaultSettings), preview: () => [], conditions: () => [] });
    const subject: ResultSubject = { kind: 'metric', uri, model: 'm', name: 'M', ordinal: 0 };
    const rowsOf = async (month: number): Promise<readonly unknown[] | undefined> => {
      const value = (Date.UTC(2024, month, 1) - Date.UTC(1899, 11, 30)) / 86_400_000;
      const it = await service.rows({ subject, filters: [{ by: { table: 'C', column: 'Date', grain: 'month' }, type: 'dateTime', value }], aggregate: 0, all: false });
      return it === undefined ? undefined : 'columns' in it.rows ? it.rows.columns.find((column) => column.title === 'V')?.cells : [it.rows.text];
    };
    const rows = [await rowsOf(0), await rowsOf(1), await rowsOf(2)];
    expect(rows).toEqual(expected);
  });

  it('are looked for no longer than anyone waits', async () => {
    // Forty variables, each of which uses the one before twice: no way through all uses would end.
    const variables = Array.from({ length: 40 }, (_, i) => `VAR v${String(i)} = ${i === 0 ? '1' : `v${String(i - 1)} + v${String(i - 1)}`}`).join('\n  ');
    const { service, subject } = await open(`A = ${variables}\n  RETURN v39`);
    const it = await service.show({ subject, by: [], filters: [] });
    expect([it?.value?.text, it?.hasRows]).toEqual(['549755813888', false]);
  });

  it('have their filters told in words', async () => {
    const { service, subject } = await open(`M = COUNTROWS(${table})`);
    const filters = [null, -18_137].map((value) => ({ by: by('On', 'year' as const), type: 'dateTime' as const, value }));
    expect((await service.explain({ subject, filters: filters.slice(0, 1) }))?.filters).toEqual([`${table}[On] is BLANK`]);
    expect((await service.explain({ subject, filters: filters.slice(1) }))?.filters).toEqual([`${table}[On] is 1850`]);
  });

  it('are explained with the labels of codes in the filters', async () => {
    const { service, subject } = await open(`O = CALCULATE(COUNTROWS(${table}), ${table}[Kind] = "1")`);
    const it = await service.explain({ subject, filters: [] });
    expect(JSON.stringify(it?.steps)).toContain(`It's [a][Kind] is First (1)`);
  });
});
