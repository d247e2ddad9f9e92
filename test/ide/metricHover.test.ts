// How a metric's value comes about, in its hover: over time, by groups, through its filters; and the profile of a column.
import { describe, expect, it } from 'vitest';
import { hover } from '../../server/src/ide/hover/hover.ts';
import { createPreview } from '../../server/src/ide/preview/preview.ts';
import { defaultSettings } from '../../server/src/ide/settings.ts';
import { openFixture } from '../support/workspace.ts';
import { contact } from './contact.ts';
import { hoverAt, impatient, patient } from './open.ts';

/** Rows `Day: count` as sessions, with a calendar that goes on for a month. */
function days(counts: Readonly<Record<string, number>>, calendar = true): string {
  const rows = Object.entries(counts).flatMap(([day, count]) => Array.from({ length: count }, (_, i) => `      - { Day: ${day}, At: ${day}T0${i % 10}:00:00, N: ${i} }`));
  return `//- /d.daxmodel.yaml
name: d
tables:
  Fact:
    rows:
${rows.join('\n')}
    columns: { Day: { type: dateTime }, At: { type: dateTime }, N: { type: int64 } }
${calendar ? `  Calendar:
    dax: CALENDAR(DATE(2025, 1, 1), DATE(2026, 1, 31))
    columns: { Date: { type: dateTime } }
relationships:
  - { from: "Fact[Day]", to: "Calendar[Date]" }
` : ''}`;
}

const trend = async (fixture: string): Promise<string | undefined> => (await hoverAt(fixture))?.split('\n').find((it) => / each (?:day|week|month) of /.test(it));

describe('the line over time', () => {
  it('may end with the last day that there is', async () => {
    expect(await trend(`${days({ '9999-12-30': 2, '9999-12-31': 4 }, false)}//- /m.dax\nRo$0ws = COUNTROWS(Fact)`)).toBe(
      '`▄█` each day of `Fact[Day]`: lowest `2` on 9999-12-30, highest `4` on 9999-12-31');
  });

  it('is of days of the calendar, as far as there are rows', async () => {
    expect(await trend(`${days({ '2025-03-01': 2, '2025-03-02': 8, '2025-03-04': 4 })}//- /m.dax\nRo$0ws = COUNTROWS(Fact)`)).toBe(
      '`▂█·▄` each day of `Calendar[Date]`: lowest `2` on 2025-03-01, highest `8` on 2025-03-02');
  });

  it('is of whole weeks up to the last day where there are more days', async () => {
    expect(await trend(`${days({ '2025-03-01': 1, '2025-03-10': 3, '2025-04-10': 6 })}//- /m.dax\nRo$0ws = COUNTROWS(Fact)`)).toBe(
      '`▄···█` each week of `Calendar[Date]`: lowest `3` in the week of 2025-03-07, highest `6` in the week of 2025-04-04');
  });

  it('is of months where there are more weeks', async () => {
    expect(await trend(`${days({ '2025-01-15': 4, '2025-06-30': 1, '2025-12-31': 8 })}//- /m.dax\nRo$0ws = COUNTROWS(Fact)`)).toBe(
      '`▄····▁·····█` each month of `Calendar[Date]`: lowest `1` in June 2025, highest `8` in December 2025');
  });

  it('computes the metric anew for each point: what does not add up is right too', async () => {
    expect(await trend(`${days({ '2025-03-01': 2, '2025-03-02': 6 })}//- /m.dax\n/// @format 0.0\nMea$0n = AVERAGE(Fact[N])`)).toBe(
      '`▂█` each day of `Calendar[Date]`: lowest `0.5` on 2025-03-01, highest `2.5` on 2025-03-02');
  });

  it('is of the first date of the table where there is no calendar', async () => {
    expect(await trend(`${days({ '2025-03-01': 1, '2025-03-02': 1 }, false)}//- /m.dax\nRo$0ws = COUNTROWS(Fact)`)).toBe('`██` each day of `Fact[Day]`: always `1`');
  });

  it('has its lowest value below zero', async () => {
    expect(await trend(`${days({ '2025-03-01': 1, '2025-03-02': 3 })}//- /m.dax\nLe$0ft = 2 - COUNTROWS(Fact)`)).toBe(
      '`█▁` each day of `Calendar[Date]`: lowest `-1` on 2025-03-02, highest `1` on 2025-03-01');
  });

  it.each([
    ['of one day', `${days({ '2025-03-01': 5 })}//- /m.dax\nRo$0ws = COUNTROWS(Fact)`],
    ['of a text', `${days({ '2025-03-01': 5, '2025-03-02': 1 })}//- /m.dax\nTe$0xt = COUNTROWS(Fact) & " rows"`],
    ['of what has no date', `${contact}//- /m.dax\nRo$0ws = COUNTROWS(FactSession)`],
    ['of a metric that has no value', `${days({ '2025-03-01': 5, '2025-03-02': 1 })}//- /m.dax\nN$0o = EXTERNALMEASURE("x", INTEGER, "y") + COUNTROWS(Fact)`],
  ])('is none %s', async (_, fixture) => {
    expect(await trend(fixture)).toBeUndefined();
  });

  it('obeys the preview', async () => {
    const { workspace, uri, offset } = await openFixture(`${days({ '2025-03-01': 2, '2025-03-02': 8, '2025-03-04': 4 })}//- /m.dax\nRo$0ws = COUNTROWS(Fact)`);
    const preview = createPreview(() => undefined);
    preview.set([{ kind: 'dates', table: 'Calendar', column: 'Date', from: '2025-03-01', to: '2025-03-02' }]);
    expect((await hover({ workspace, settings: defaultSettings, preview, patience: patient }, uri, offset))?.markdown).toContain(
      '`▂█` each day of `Calendar[Date]`: lowest `2` on 2025-03-01, highest `8` on 2025-03-02');
  });
});

describe('the filters of a metric', () => {
  const trail = async (dax: string): Promise<readonly string[]> =>
    ((await hoverAt(`${contact}//- /m.dax\n${dax}`)) ?? '').split('\n\n').filter((it) => it.startsWith('| Rows of'));

  it('tell how many rows each keeps after those before it, with the labels of codes', async () => {
    expect(await trail('Rejec$0ted = CALCULATE(COUNTROWS(FactSession), FactSession[Agent Session], FactSession[Reason] = "192350001", FactSession[Duration] > 30)')).toEqual([
      ['| Rows of `FactSession` | 4 |', '| --- | ---: |', '| `FactSession[Agent Session]` | 3 |', '| `FactSession[Reason] = "192350001"` `AgentReject` | 2 |', '| `FactSession[Duration] > 30` | 1 |'].join('\n'),
    ]);
  });

  it('are those of the metrics that it reads, each once', async () => {
    const text = 'Ra$0te = DIVIDE([Rejected], [Sessions])\nRejected = CALCULATE([Sessions], FactSession[Reason] = "192350001")\nSessions = CALCULATE(COUNTROWS(FactSession), FactSession[Duration] > 30)\n';
    expect(await trail(text)).toEqual([
      ['| Rows of `FactSession` for `[Rejected]` | 4 |', '| --- | ---: |', '| `FactSession[Reason] = "192350001"` `AgentReject` | 2 |', '| `FactSession[Duration] > 30` | 1 |'].join('\n'),
      ['| Rows of `FactSession` for `[Sessions]` | 4 |', '| --- | ---: |', '| `FactSession[Duration] > 30` | 3 |'].join('\n'),
    ]);
  });

  it('are told once where a condition and its branch ask for the same', async () => {
    const text = 'Sa$0fe = IF([Rejected] > 0, [Rejected] * 2)\nRejected = CALCULATE(COUNTROWS(FactSession), FactSession[Reason] = "192350001")\n';
    expect(await trail(text)).toEqual([
      ['| Rows of `FactSession` for `[Rejected]` | 4 |', '| --- | ---: |', '| `FactSession[Reason] = "192350001"` `AgentReject` | 2 |'].join('\n'),
    ]);
  });

  it('that keep nothing keep 0', async () => {
    expect((await trail('N$0one = CALCULATE(COUNTROWS(FactSession), FactSession[Reason] = "x")'))[0]).toContain('| `FactSession[Reason] = "x"` | 0 |');
  });

  it('are none where nothing is filtered', async () => {
    expect(await trail('A$0ll = COUNTROWS(FactSession)')).toEqual([]);
  });
});

describe('the groups of a metric', () => {
  it('come with the highest value first', async () => {
    const said = await hoverAt(`${contact}//- /m.dax\nTi$0me = SUM(FactSession[Duration]) * -1`);
    expect(said).toContain('| `Paris` | `-60` |\n| `Berlin` | `-240` |');
  });
});

describe('values that come late', () => {
  it('are told to be computed, once', async () => {
    const said = await hoverAt(`${days({ '2025-03-01': 1, '2025-03-02': 3 })}//- /m.dax\nRo$0ws = COUNTROWS(Fact)`, defaultSettings, impatient);
    expect(said?.match(/computing/g)).toHaveLength(1);
    expect(said).toContain('Reads');
  });
});

describe('the profile of a column', () => {
  const profile = async (column: string): Promise<string> => (await hoverAt(`${contact}//- /m.dax\nM = COUNTROWS(FILTER(FactSession, ISBLANK(FactSession[$0${column}])))`)) ?? '';

  it('of numbers tells the smallest and the largest', async () => {
    expect(await profile('Duration')).toContain('4 different values in 4 rows, none blank\n\nFrom `30` to `120`');
  });

  it('of codes tells the blanks and the labels of frequent values', async () => {
    const said = await profile('Reason');
    expect(said).toContain('25.0% of the rows blank');
    expect(said).toContain('| `192350001` | `AgentReject` | `2` |');
    expect(said).not.toContain('From ');
  });

  it('of a key tells that none is blank', async () => {
    expect(await profile('SessionId')).toContain('4 different values in 4 rows, none blank');
  });
});
