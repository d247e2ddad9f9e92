// The results view's answers: a metric by columns and parts of time, queries, sorted, filtered, copied.
import { describe, expect, it } from 'vitest';
import type { ResultFilter, Results, ResultsParams } from '../../server/src/ide/results/records.ts';
import { createResultsService, type ResultsService } from '../../server/src/ide/results/service.ts';
import { defaultSettings } from '../../server/src/ide/settings.ts';
import { openFixture } from '../support/workspace.ts';

/** Eight sessions of two channels over three months; one has no channel, one no date, one no duration. */
const model = `//- /m.daxmodel.yaml
name: m
tables:
  Session:
    rows:
      - { Id: s1, Channel: "1", On: 2025-01-31T08:00:00, Seconds: 10, Rejected: true }
      - { Id: s2, Channel: "1", On: 2025-01-31T23:59:59, Seconds: 20, Rejected: false }
      - { Id: s3, Channel: "2", On: 2025-02-01, Seconds: 30, Rejected: true }
      - { Id: s4, Channel: "2", On: 2025-02-28T12:00:00, Seconds: 40, Rejected: false }
      - { Id: s5, Channel: "2", On: 2025-03-01, Seconds: null, Rejected: true }
      - { Id: s6, Channel: null, On: 2025-03-02, Seconds: 60, Rejected: true }
      - { Id: s7, Channel: "1", On: null, Seconds: 70, Rejected: true }
      - { Id: "=s8", Channel: "1", On: 2026-03-01, Seconds: 80, Rejected: false }
    columns:
      Id: { type: string, key: true }
      Channel: { type: string, choice: channel }
      On: { type: dateTime }
      Seconds: { type: int64 }
      Rejected: { type: boolean }
  Size:
    rows:
      - { Seconds: 10, Size: small, Place: 2 }
      - { Seconds: 20, Size: small, Place: 2 }
      - { Seconds: 30, Size: tiny, Place: 1 }
      - { Seconds: 40, Size: large, Place: 3 }
    columns:
      Seconds: { type: int64, key: true }
      Size: { type: string, sortBy: Place }
      Place: { type: int64 }
relationships:
  - { from: "Session[Seconds]", to: "Size[Seconds]" }
choices:
  channel:
    1: { label: Chat }
    2: { label: Voice | call }
`;

interface Open {
  readonly service: ResultsService;
  readonly params: ResultsParams;
}

async function open(text: string, preview: readonly string[] = []): Promise<Open> {
  const { workspace, uri, offset } = await openFixture(`${model}//- /a.dax\n${text}`);
  const service = createResultsService({ workspace: () => workspace, settings: () => Promise.resolve(defaultSettings), preview: () => preview });
  const [subject] = await service.subjects(uri, offset);
  if (subject === undefined) throw new Error('there is nothing to show results of');
  return { service, params: { subject, filters: [] } };
}

/** `heading` and rows, as the grid shows them. */
function shown(it: Results | undefined): string {
  if (it === undefined) return 'gone';
  if (!('columns' in it.table)) return `${it.table.kind}: ${it.table.text}`;
  const { columns, rows } = it.table;
  return [columns.map((column) => column.title).join(' | '), ...Array.from({ length: rows }, (_, i) => columns.map((column) => column.texts[i]).join(' | '))].join('\n');
}

const seconds = 'Seconds$0 = SUM(Session[Seconds])';
const by = (column: string, grain?: 'day' | 'month' | 'year') => ({ table: 'Session', column, ...(grain === undefined ? {} : { grain }) });

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

  it('that is gone is told as gone', async () => {
    const { service, params } = await open(seconds);
    expect(await service.show({ ...params, subject: { ...params.subject, kind: 'metric', name: 'Other' } as ResultsParams['subject'] })).toBeUndefined();
  });
});
