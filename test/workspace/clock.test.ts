// `clock: data`: NOW and TODAY tell the latest date of the model's date tables, whatever the day, the filter or the role.
import { madeUpIn } from '../../server/src/workspace/madeUp.ts';
import { describe, expect, it } from 'vitest';
import { reasonText } from '../../server/src/formats/outcomes.ts';
import { openFixture, type OpenFixture } from '../support/workspace.ts';

const project = '//- /dax-metrics.json\n{}\n';
/** The days of a file, and sales that go on after them. */
const dates = `//- /m.daxmodel.yaml
name: m
tables:
  Dates:
    source: dates.csv
    dateTable: Date
    columns: { Date: { type: dateTime }, Late: { type: boolean, dax: "Dates[Date] >= TODAY () - 1" } }
  Recent:
    dax: SELECTCOLUMNS ( FILTER ( Sales, Sales[On] > TODAY () - 2 ), "Amount", Sales[Amount] )
    columns: { Amount: { type: int64 } }
  Sales:
    rows:
      - { On: 2024-03-09, Amount: 1 }
      - { On: 2024-03-10, Amount: 2 }
      - { On: 2024-05-01, Amount: 4 }
    columns: { On: { type: dateTime }, Amount: { type: int64 } }
relationships:
  - { from: "Sales[On]", to: "Dates[Date]" }
roles:
  Early: { filters: { Dates: "Dates[Date] < DATE ( 2024, 3, 10 )" } }
//- /dates.csv
Date
2024-03-08
2024-03-10
2024-03-09
`;
const other = (tables: string): string => `//- /m.daxmodel.yaml\nname: m\ntables:\n${tables}`;

async function valueOf({ workspace }: OpenFixture, expression: string, role?: string): Promise<unknown> {
  const [view] = await workspace.models();
  if (view === undefined) throw new Error('no model');
  const [result] = await workspace.evaluate(view, [{ query: `EVALUATE ROW("v", ${expression})`, ...(role === undefined ? {} : { role }) }]);
  const cell = result?.kind === 'table' ? result.columns[0]?.cells[0] : result;
  return typeof cell === 'object' && cell !== null && 'reason' in cell ? reasonText(cell.reason) : cell;
}
const text = (moment: string): string => `FORMAT(${moment}, "yyyy-mm-dd hh:nn")`;

describe('the clock of a project that says none, or says data', () => {
  it.each([['TODAY', '{}'], ['NOW', '{}'], ['UTCTODAY', '{ "clock": "data" }'], ['UTCNOW', '{ "clock": "data" }']])('%s() is the latest date of the date table', async (name, file) => {
    const it = await openFixture(dates + `//- /dax-metrics.json\n${file}\n`);
    expect(await valueOf(it, text(`${name}()`))).toBe('2024-03-10 00:00');
  });

  it('is the same in every filter context and for every role', async () => {
    const it = await openFixture(dates + project);
    expect(await valueOf(it, `CALCULATE(${text('TODAY()')}, Dates[Date] = DATE(2024, 3, 8))`)).toBe('2024-03-10 00:00');
    expect(await valueOf(it, 'COUNTROWS(Dates)', 'Early')).toBe(2);
    expect(await valueOf(it, text('TODAY()'), 'Early')).toBe('2024-03-10 00:00');
  });

  it('is read by calculated tables, by calculated columns of the date table itself, and by what a query defines', async () => {
    const it = await openFixture(dates + project);
    expect(await valueOf(it, 'SUM(Recent[Amount])')).toBe(7);
    expect(await valueOf(it, 'COUNTROWS(FILTER(Dates, Dates[Late]))')).toBe(2);
    expect(await valueOf(it, 'MAXX(FILTER({ 1, 2 }, TODAY() = DATE(2024, 3, 10)), [Value])')).toBe(2);
  });

  it('moves with the data, and nothing else', async () => {
    const it = await openFixture(dates + project);
    expect(await valueOf(it, text('TODAY()'))).toBe('2024-03-10 00:00');
    it.write('/dates.csv', 'Date\n2024-03-08\n2025-06-07\n');
    expect(await valueOf(it, text('TODAY()'))).toBe('2025-06-07 00:00');
    expect(await valueOf(it, 'SUM(Recent[Amount])')).toBe(null);
  });

  it('is the latest of several date tables, blank dates left out, and keeps the time of day', async () => {
    const it = await openFixture(other(`  A: { dateTable: D, rows: [{ D: 2024-01-01 }, { D: null }], columns: { D: { type: dateTime } } }
  B: { dateTable: D, rows: [{ D: "2024-02-03T04:05:00" }], columns: { D: { type: dateTime } } }\n`) + project);
    expect(await valueOf(it, text('NOW()'))).toBe('2024-02-03 04:05');
    expect(await valueOf(it, text('TODAY()'))).toBe('2024-02-03 00:00');
  });
});

describe('where the data has no dates', () => {
  const said = (why: string): string => `the clock follows the dates of the data, and ${why}; give dax-metrics.json a clock, or the model a date table`;

  it.each([
    ['no table is marked', '  A: { rows: [{ D: 1 }] }\n', said('the model marks no table as its date table')],
    ['the date table is empty', '  A: { dateTable: D, rows: [], columns: { D: { type: dateTime } } }\n', said('A has no dates')],
    ['its dates are texts', '  A: { dateTable: D, rows: [{ D: "x" }], columns: { D: { type: string } } }\n', said('A has no dates')],
    ['the file is missing', '  A: { dateTable: D, source: a.csv, columns: { D: { type: dateTime } } }\n', 'the rows of A cannot be had: its source cannot be read'],
  ])('%s: nothing is evaluated that reads the clock', async (_name, tables, why) => {
    const it = await openFixture(other(tables) + project);
    expect(await valueOf(it, 'TODAY()')).toBe(why);
    expect(await valueOf(it, '1 + 1')).toBe(2);
  });

  it('a date table that reads the clock goes round in a circle', async () => {
    const it = await openFixture(other('  A: { dateTable: Date, dax: "CALENDAR ( DATE ( 2024, 1, 1 ), TODAY () )", columns: { Date: { type: dateTime } } }\n') + project);
    expect(await valueOf(it, 'TODAY()')).toMatch(/^it depends on itself: .*A/);
    expect(await valueOf(it, 'COUNTROWS(A)')).toMatch(/^it depends on itself: .*A/);
  });
});

describe('where the dates are made up', () => {
  const model = other('  A: { dateTable: D, generate: { rows: 5 }, columns: { D: { type: dateTime } } }\n  B: { rows: [{ N: 1 }] }\n');
  const dax = '//- /m.dax\n/// @expect 1 where B[N] = 1\nRows = COUNTROWS ( FILTER ( B, TODAY () > DATE ( 2000, 1, 1 ) ) )\n';

  it.each([['{}', ['A']], ['{ "clock": "2025-01-01" }', []]])('under %s the values say that they come from %j', async (file, tables) => {
    const { workspace, uri } = await openFixture(`${dax}${model}//- /dax-metrics.json\n${file}\n`);
    const [view] = await workspace.models();
    if (view === undefined) throw new Error('no model');
    expect(madeUpIn(view, { query: 'EVALUATE ROW("v", [Rows])' })).toEqual(tables);
    const findings = (await workspace.findings(uri)).filter((it) => it.rule === 'expectation-unstable').length;
    expect(findings).toBe(tables.length);
  });
});
