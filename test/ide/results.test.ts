// The results view's answers: a metric by columns and parts of time, queries, sorted and filtered.
import { describe, expect, it } from 'vitest';
import type { ResultFilter, ResultsParams } from '../../server/src/ide/results/records.ts';
import { by, openResults as open, shown } from './sessionResults.ts';

const seconds = 'Seconds$0 = SUM(Session[Seconds])';
describe('a metric', () => {
  it('is shown by a column, codes by their labels, BLANK last', async () => {
    const { service, params } = await open(seconds);
    const it = await service.show({ ...params, by: [by('Channel')] });
    expect(shown(it)).toBe('Channel | Seconds\nChat | 180\nVoice | call | 70\nBLANK | 60');
    expect(it?.value).toEqual({ kind: 'value', text: '310' });
  });

  it('is shown by parts of time, each value in one of them', async () => {
    const { service, params } = await open(seconds);
    expect(shown(await service.show({ ...params, by: [by('On', 'month')] }))).toBe('On (month) | Seconds\n2025-01 | 30\n2025-02 | 70\n2025-03 | 60\n2026-03 | 80\nBLANK | 70');
    expect(shown(await service.show({ ...params, by: [by('On', 'day')] }))).toBe('On (day) | Seconds\n2025-01-31 | 30\n2025-02-01 | 30\n2025-02-28 | 40\n2025-03-02 | 60\n2026-03-01 | 80\nBLANK | 70');
    expect(shown(await service.show({ ...params, by: [by('On', 'year')] }))).toBe('On (year) | Seconds\n2025 | 160\n2026 | 80\nBLANK | 70');
  });

  it('is shown by two columns, those of one table where its rows have both', async () => {
    const { service, params } = await open('Sessions$0 = COUNTROWS(Session) + 0');
    expect(shown(await service.show({ ...params, by: [by('On', 'year'), by('Channel')] }))).toBe(
      'On (year) | Channel | Sessions\n2025 | Chat | 2\n2025 | Voice | call | 3\n2025 | BLANK | 1\n2026 | Chat | 1\nBLANK | Chat | 1',
    );
  });

  it('is shown by a column of another table and a part of time', async () => {
    const { service, params } = await open(seconds);
    expect(shown(await service.show({ ...params, by: [{ table: 'Size', column: 'Size' }, by('On', 'month')] }))).toBe(
      'Size | On (month) | Seconds\ntiny | 2025-02 | 30\nsmall | 2025-01 | 30\nlarge | 2025-02 | 40\nBLANK | 2025-03 | 60\nBLANK | 2026-03 | 80\nBLANK | BLANK | 70',
    );
  });

  it('stands in the order of the column by which its own is sorted', async () => {
    const { service, params } = await open(seconds);
    expect(shown(await service.show({ ...params, by: [{ table: 'Size', column: 'Size' }] }))).toBe('Size | Seconds\ntiny | 30\nsmall | 30\nlarge | 40\nBLANK | 210');
  });

  it('is sorted by its value, BLANK and what has no value last in either order', async () => {
    const { service, params } = await open(seconds);
    const sorted = async (descending: boolean) => shown(await service.show({ ...params, by: [by('On', 'month')], sort: { column: 0, descending } }));
    expect(await sorted(true)).toBe('On (month) | Seconds\n2026-03 | 80\n2025-03 | 60\n2025-02 | 70\n2025-01 | 30\nBLANK | 70');
    expect(shown(await service.show({ ...params, by: [by('Channel')], sort: { column: 1, descending: true } }))).toBe('Channel | Seconds\nChat | 180\nVoice | call | 70\nBLANK | 60');
  });

  it.each<[string, ResultFilter, string, string]>([
    ['a code', { by: by('Channel'), type: 'string', value: '2' }, '70', 'Channel | Seconds\nVoice | call | 70'],
    ['BLANK', { by: by('Channel'), type: 'string', value: null }, '60', 'Channel | Seconds\nBLANK | 60'],
    ['a month', { by: by('On', 'month'), type: 'dateTime', value: 45658 }, '30', 'Channel | Seconds\nChat | 30'],
    ['a truth value', { by: by('Rejected'), type: 'boolean', value: false }, '140', 'Channel | Seconds\nChat | 100\nVoice | call | 40'],
    ['a column that is gone', { by: by('Gone'), type: 'boolean', value: false }, '310', 'Channel | Seconds\nChat | 180\nVoice | call | 70\nBLANK | 60'],
  ])('is filtered by %s', async (_, filter, value, rows) => {
    const { service, params } = await open(seconds);
    const it = await service.show({ ...params, by: [by('Channel')], filters: [filter] });
    expect([it?.value?.text, shown(it)]).toEqual([value, rows]);
  });

  it('obeys the preview', async () => {
    const { service, params } = await open(seconds, ['Session[Channel] = "2"']);
    const it = await service.show({ ...params, by: [by('Channel')] });
    expect([it?.value?.text, shown(it), it?.preview]).toEqual(['70', 'Channel | Seconds\nVoice | call | 70', ['Session[Channel] = "2"']]);
  });

  it('is one value where it is not broken down', async () => {
    const { service, params } = await open('Rate$0 = DIVIDE(SUM(Session[Seconds]), 0)\n/// @format 0.0\n');
    expect(shown(await service.show({ ...params, by: [] }))).toBe('Rate\nBLANK');
  });

  it('has its format, and groups without a value say why', async () => {
    const { service, params } = await open('/// @format #,0.0\nPart$0 = 1 / (SUM(Session[Seconds]) - 60) * 1000');
    expect(shown(await service.show({ ...params, by: [by('Channel')] }))).toContain('Chat | 8.3');
  });

  it.each([['0.0%', true], ['Percent', true], ['0.0\\%', undefined], ['#,0 "%"', undefined]])('in the format %s tells whether its numbers are percents', async (format, isPercent) => {
    const { service, params } = await open(`/// @format ${format}\nPart$0 = 0.5`);
    const table = (await service.show({ ...params, by: [] }))?.table;
    expect(table !== undefined && 'columns' in table ? table.columns.at(-1)?.isPercent : 'no table').toBe(isPercent);
  });

  it('that is gone is told as gone', async () => {
    const { service, params } = await open(seconds);
    expect(await service.show({ ...params, subject: { ...params.subject, kind: 'metric', name: 'Other' } as ResultsParams['subject'] })).toBeUndefined();
  });
});

const query = (text: string): string => `${text}\n`;

describe('a query', () => {
  it('is shown as it is, in its order, columns by their names, codes by their labels', async () => {
    const { service, params } = await open(query('$0EVALUATE SUMMARIZECOLUMNS(Session[Channel], "Seconds", SUM(Session[Seconds])) ORDER BY [Seconds]'));
    expect(shown(await service.show(params))).toBe('Channel | Seconds\nBLANK | 60\nVoice | call | 70\nChat | 180');
  });

  it('of several is the one at the place, and stays it when text comes before it', async () => {
    const { fixture, service, params } = await open(query('EVALUATE { 1 }\nEVAL$0UATE { 2 }\nEVALUATE { 3 }'));
    expect(shown(await service.show(params))).toBe('Value\n2');
    fixture.type('/a.dax', 'M = 1\n\nEVALUATE { 1 }\nEVALUATE { 20 }\nEVALUATE { 3 }');
    expect(shown(await service.show(params))).toBe('Value\n20');
    expect((await service.show(params))?.title).toBe('Query 2');
    fixture.type('/a.dax', '1 + 1\n\nEVALUATE { 1 }');
    expect((await service.show(params))?.title).toBe('Query');
  });

  it('is sorted and filtered by what its rows have', async () => {
    const { service, params } = await open(query('$0EVALUATE SELECTCOLUMNS(Session, "Id", Session[Id], "Channel", Session[Channel])'));
    const filters: readonly ResultFilter[] = [{ column: '[Channel]', type: 'string', value: '1' }];
    expect(shown(await service.show({ ...params, filters, sort: { column: 0, descending: true } }))).toBe('Id | Channel\ns7 | 1\ns2 | 1\ns1 | 1\n=s8 | 1');
  });

  it('obeys the preview, whatever stands around its table', async () => {
    const { service, params } = await open(query('DEFINE MEASURE Session[m] = COUNTROWS(Session) // rows\n$0EVALUATE ADDCOLUMNS(VALUES(Session[Channel]), "n", [m]) // all\nORDER BY Session[Channel] DESC'), ['Session[Channel] <> "1"']);
    expect(shown(await service.show(params))).toBe('Channel | n\nVoice | call | 3\nBLANK | 1');
  });

  it('that cannot be read says so', async () => {
    const { service, params } = await open(query('$0EVALUATE FILTER(Session,'));
    expect(shown(await service.show(params))).toMatch(/^notEvaluated: /);
  });

  it('may be a bare expression', async () => {
    const { service, params } = await open('$0SUM(Session[Seconds]) * 2');
    expect(shown(await service.show(params))).toBe('Value\n620');
    const table = await open('$0FILTER(Size, Size[Place] > 2)', ['Size[Place] > 1']);
    expect(shown(await table.service.show(table.params))).toBe('Seconds | Size | Place\n40 | large | 3');
  });

  it('of many rows is cut, and says how many there are', async () => {
    const { service, params } = await open(query('$0EVALUATE GENERATESERIES(1, 12345)'));
    const it = await service.show({ ...params, sort: { column: 0, descending: true } });
    const table = it !== undefined && 'columns' in it.table ? it.table : undefined;
    expect([table?.rows, table?.total, table?.columns[0]?.texts[0]]).toEqual([10_000, 12_345, '12345']);
  });

  it('shows an error where only some rows have one', async () => {
    const { service, params } = await open(query('$0EVALUATE SELECTCOLUMNS(Size, "Place", Size[Place], "r", VALUE(Size[Size]))'));
    const it = await service.show({ ...params, sort: { column: 0, descending: false } });
    const column = it !== undefined && 'columns' in it.table ? it.table.columns[1] : undefined;
    if (column !== undefined) expect(column.failed.map(([row]) => row)).toEqual([0, 1, 2, 3]);
    else expect(shown(it)).toMatch(/^error: /);
  });
});

describe('values', () => {
  it('hold no control character, and are cut', async () => {
    const { service, params } = await open('$0EVALUATE { "a" & UNICHAR(8238) & UNICHAR(10) & REPT("b", 400) }');
    const it = await service.show(params);
    const text = it !== undefined && 'columns' in it.table ? (it.table.columns[0]?.texts[0] ?? '') : '';
    expect(text.startsWith('a\\u{202e}\u240ab')).toBe(true);
    expect([...text].length).toBeLessThan(320);
  });

  it.each([
    ['a number that fifteen digits do not tell', '1 / 3', [0]],
    ['a number that they do', '0.25', []],
    ['a moment between two seconds', 'DATE(2025, 1, 1) + 1 / 86400 / 3', [0]],
    ['a second', 'DATE(2025, 1, 1) + TIME(10, 11, 12)', []],
    ['a moment that only looks like one', 'DATE(2025, 1, 1) + TIME(10, 11, 12) + 0.000000000007', [0]],
    ['BLANK', 'BLANK()', []],
  ])('%s: whether a filter can tell it exactly', async (_, expression, inexact) => {
    const { service, params } = await open(`$0EVALUATE ROW("v", ${expression})`);
    const it = await service.show(params);
    expect(it !== undefined && 'columns' in it.table ? it.table.columns[0]?.inexact : undefined).toEqual(inexact);
  });
});

describe('choices', () => {
  it('are the columns of related tables first, then those of the metric, then the others', async () => {
    const { service, params } = await open('$0M = COUNTROWS(Session)');
    const choices = await service.choices(params.subject);
    expect(choices.map((it) => `${it.table}[${it.column}] ${String(it.isNear)}`)).toEqual([
      'Size[Seconds] true', 'Size[Size] true', 'Size[Place] true',
      'Session[Id] true', 'Session[Channel] true', 'Session[On] true', 'Session[Seconds] true', 'Session[Rejected] true',
    ]);
  });

  it('of another table say so', async () => {
    const { service, params } = await open('$0M = COUNTROWS(Size)');
    expect((await service.choices(params.subject)).map((it) => `${it.table} ${String(it.isNear)}`)).toEqual(['Size true', 'Size true', 'Size true', ...Array<string>(5).fill('Session false')]);
  });
});
