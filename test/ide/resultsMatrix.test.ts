// A metric by two columns as a matrix: cells, orders, and totals that are evaluated; and values pinned from the grid.
import { describe, expect, it } from 'vitest';
import { applied } from '../../grammar/src/index.ts';
import type { GroupBy, ResultFilter, Results, ResultSort } from '../../server/src/ide/results/records.ts';
import { runExpectations } from '../../server/src/workspace/index.ts';
import { by, openResults as open, shown } from './sessionResults.ts';

const size: GroupBy = { table: 'Size', column: 'Size' };

/** The matrix as the grid shows it, the totals below. */
function seen(it: Results | undefined): string {
  if (it?.matrix === undefined) return 'no matrix';
  const { table, totals } = it.matrix;
  return [shown({ ...it, table }), ...(totals === undefined ? [] : [totals.map(({ text, kind }) => (kind === 'blank' ? '-' : text)).join(' | ')])].join('\n').replaceAll('BLANK', '-');
}

async function matrix(text: string, columns: readonly GroupBy[], sort?: ResultSort): Promise<string> {
  const { service, params } = await open(text);
  return seen(await service.show({ ...params, by: columns, matrix: true, ...(sort === undefined ? {} : { sort }) }));
}

describe('a matrix', () => {
  it('has the values of the second column across, in the order of the column by which it is sorted', async () => {
    expect(await matrix('Seconds$0 = SUM(Session[Seconds])', [by('Channel'), size])).toBe(
      'Channel | tiny | small | large | - | Total\nChat | - | 30 | - | 150 | 180\nVoice | call | 30 | - | 40 | - | 70\n- | - | - | - | 60 | 60\nTotal | 30 | 30 | 40 | 210 | 310');
  });

  it('has totals of a metric that does not add up, each evaluated by itself', async () => {
    expect(await matrix('Channels$0 = DISTINCTCOUNT(Session[Channel])', [by('On', 'year'), by('Rejected')])).toBe(
      'On (year) | FALSE | TRUE | Total\n2025 | 2 | 3 | 3\n2026 | 1 | - | 1\n- | - | 1 | 1\nTotal | 2 | 3 | 3');
    expect(await matrix('Longest$0 = MAX(Session[Seconds])', [by('Channel'), by('Rejected')])).toBe(
      'Channel | FALSE | TRUE | Total\nChat | 80 | 70 | 80\nVoice | call | 40 | 30 | 40\n- | - | 60 | 60\nTotal | 80 | 70 | 80');
  });

  it('has a row for a group that has a value as a whole alone', async () => {
    expect(await matrix('All$0 = IF(NOT ISFILTERED(Session[Rejected]), COUNTROWS(Session), IF(SELECTEDVALUE(Session[Channel]) = "1", 1))', [by('Channel'), by('Rejected')])).toBe(
      'Channel | FALSE | TRUE | Total\nChat | 1 | 1 | 4\nVoice | call | - | - | 3\n- | - | - | 1\nTotal | - | - | 8');
  });

  it('is sorted by what stands across, and by totals', async () => {
    const sorted = (column: number, descending: boolean): Promise<string> => matrix('Seconds$0 = SUM(Session[Seconds])', [by('Channel'), by('Rejected')], { column, descending });
    const lines = (text: string): readonly string[] => text.split('\n').slice(1).map((it) => it.slice(0, 4));
    expect(lines(await sorted(1, false))).toEqual(['Voic', 'Chat', '- | ', 'Tota']);
    expect(lines(await sorted(3, false))).toEqual(['- | ', 'Voic', 'Chat', 'Tota']);
    expect(lines(await sorted(9, false))).toEqual(['Chat', 'Voic', '- | ', 'Tota']);
  });

  it('tells the filter of each column that stands for a value', async () => {
    const { service, params } = await open('Seconds$0 = SUM(Session[Seconds])');
    const it = await service.show({ ...params, by: [by('Rejected'), by('On', 'month')], matrix: true });
    const month = (value: number | null): ResultFilter => ({ by: by('On', 'month'), type: 'dateTime', value });
    expect(it?.matrix?.across).toEqual([null, month(45_658), month(45_689), month(45_717), month(46_082), month(null), null]);
  });

  it('is offered for two columns of which the second has few values, and a list stays behind it', async () => {
    const { service, params } = await open('Rows$0 = COUNTROWS(Session)');
    const can = async (columns: readonly GroupBy[], matrixToo = false): Promise<unknown> => (await service.show({ ...params, by: columns, matrix: matrixToo }))?.canBeMatrix;
    expect([await can([by('Channel'), by('Rejected')]), await can([by('Channel')]), await can([])]).toEqual([true, false, false]);
    const it = await service.show({ ...params, by: [by('Channel'), by('Rejected')], matrix: true, sort: { column: 2, descending: true } });
    expect(shown(it)).toBe('Channel | Rejected | Rows\nChat | FALSE | 2\nChat | TRUE | 2\nVoice | call | FALSE | 1\nVoice | call | TRUE | 2\nBLANK | TRUE | 1');
  });

  it('is none where the second column has too many values', async () => {
    const rows = Array.from({ length: 31 }, (_, i) => `      - { A: ${String(i % 2)}, B: ${String(i)} }\n`).join('');
    const { service, params } = await open(`//- /n/n.daxmodel.yaml\nname: n\ntables:\n  Many:\n    rows:\n${rows}    columns:\n      A: { type: int64 }\n      B: { type: int64 }\n//- /n/a.dax\nM$0 = COUNTROWS(Many)`);
    const columns = [{ table: 'Many', column: 'A' }, { table: 'Many', column: 'B' }];
    const it = await service.show({ ...params, by: columns, matrix: true });
    expect([it?.canBeMatrix, it?.matrix, it !== undefined && 'columns' in it.table ? it.table.rows : 0]).toEqual([false, undefined, 31]);
    expect((await service.show({ ...params, by: columns.toReversed(), matrix: true }))?.canBeMatrix).toBe(true);
  });

  it('is copied as it is shown, to programs without its totals', async () => {
    const { service, params } = await open('Seconds$0 = SUM(Session[Seconds])');
    const wanted = { ...params, by: [by('Channel'), by('Rejected')], matrix: true };
    expect((await service.copy({ ...wanted, format: 'csv' }))?.text).toBe('Session[Channel],Session[Channel] (label),FALSE,TRUE\r\n1,Chat,100,80\r\n2,Voice | call,40,30\r\n,,,60\r\n');
    expect((await service.copy({ ...wanted, format: 'markdown' }))?.text).toBe(
      '| Channel | FALSE | TRUE | Total |\n| --- | ---: | ---: | ---: |\n| Chat | 100 | 80 | 180 |\n| Voice \\| call | 40 | 30 | 70 |\n| BLANK | BLANK | 60 | 60 |\n| Total | 140 | 170 | 310 |\n');
  });
});

describe('filters in words', () => {
  it('are as the grid shows their values, whoever asks', async () => {
    const { service, params } = await open('Rows$0 = COUNTROWS(Session)');
    const filters: readonly ResultFilter[] = [
      { by: by('Channel'), type: 'string', value: '2' }, { by: by('On', 'month'), type: 'dateTime', value: 45_689 }, { by: by('Seconds'), type: 'int64', value: null },
      { by: by('Gone'), type: 'string', value: 'a' },
    ];
    expect((await service.show({ ...params, filters }))?.filters).toEqual([
      { text: 'Channel: Voice | call', applies: true }, { text: 'On (month): 2025-02', applies: true }, { text: 'Seconds: BLANK', applies: true }, { text: 'Gone: a', applies: false },
    ]);
  });

  it('of a query\'s rows are by its columns', async () => {
    const { service, params } = await open('$0EVALUATE SELECTCOLUMNS(Session, Session[Channel], "At", Session[On])');
    const filters: readonly ResultFilter[] = [{ column: 'Session[Channel]', type: 'string', value: '1' }, { column: '[At]', type: 'dateTime', value: 46_082 }, { column: '[Old]', type: 'int64', value: 3 }];
    expect((await service.show({ ...params, filters }))?.filters).toEqual([
      { text: 'Channel: Chat', applies: true }, { text: 'At: 2026-03-01', applies: true }, { text: '[Old]: 3', applies: false },
    ]);
  });
});

describe('pinned from the grid', () => {
  /** The file after values were pinned; all its expectations hold then. */
  async function pinned(text: string, groups: readonly (readonly ResultFilter[])[], preview: readonly string[] = []): Promise<{ readonly text: string; readonly left: readonly string[]; readonly held: number }> {
    const { fixture: { workspace, uri, type }, service, params } = await open(text, preview);
    const found = await service.pin({ subject: params.subject, groups });
    if (found?.kind !== 'edits') throw new Error(found?.reason ?? 'gone');
    const after = applied((await workspace.document(uri))?.text ?? '', found.edits);
    type(uri.slice('file://'.length), after);
    const outcomes = await runExpectations(workspace, uri);
    expect(outcomes.length).toBeGreaterThan(0);
    for (const it of outcomes) expect(it, it.title).toMatchObject({ passed: true });
    return { text: after, left: found.left, held: found.held };
  }
  const channel = (value: string | null): ResultFilter => ({ by: by('Channel'), type: 'string', value });

  it('a value has its group as filters, as a person would write them', async () => {
    const month: ResultFilter = { by: by('On', 'month'), type: 'dateTime', value: 45_689 };
    const { text } = await pinned('Seconds$0 = SUM(Session[Seconds])', [[channel('2'), month]]);
    expect(text).toBe('/// @expect 70 where Session[Channel] = "2", Session[On] >= DATE(2025, 2, 1), Session[On] < DATE(2025, 3, 1)\nSeconds = SUM(Session[Seconds])');
  });

  it('rows are a tag each, at once', async () => {
    const { text, left } = await pinned('/// How long.\nSeconds$0 = SUM(Session[Seconds])', [[channel('1')], [channel('2')], [channel(null)]]);
    expect(text).toBe('/// How long.\n/// @expect 180 where Session[Channel] = "1"\n/// @expect 70 where Session[Channel] = "2"\n/// @expect 60 where ISBLANK(Session[Channel])\nSeconds = SUM(Session[Seconds])');
    expect(left).toEqual([]);
  });

  it('what holds already stays, what does not is replaced, what cannot be pinned is told', async () => {
    const { text, left, held } = await pinned('/// @expect 180 where Session[Channel] = "1"\n/// @expect 71 where Session[Channel] = "2"\nSeconds$0 = IF(NOT ISBLANK(SELECTEDVALUE(Session[Channel])), SUM(Session[Seconds]), ERROR("no"))', [[channel('1')], [channel('2')], [channel(null)]]);
    expect(text).toContain('/// @expect 180 where Session[Channel] = "1"\n/// @expect 70 where Session[Channel] = "2"\nSeconds');
    expect([held, left]).toEqual([1, [expect.stringMatching(/^Its value is an error: /)]]);
  });

  it('they have the filters of the preview too', async () => {
    const { text } = await pinned('Seconds$0 = SUM(Session[Seconds])', [[channel('1')]], ['Session[Rejected]']);
    expect(text).toContain('/// @expect 80 where Session[Rejected], Session[Channel] = "1"\n');
  });

  it('of very many rows the first twenty are', async () => {
    const { text } = await pinned('Rows$0 = COUNTROWS(Session) + 0', Array.from({ length: 25 }, (_, i) => [{ by: by('Seconds'), type: 'int64', value: i } as const]));
    expect(text.match(/@expect/g)).toHaveLength(20);
    expect(text).toContain('where Session[Seconds] == 0\n/// @expect 0 where Session[Seconds] = 1\n');
  });

  it('a metric that is gone has nothing to pin', async () => {
    const { service, params } = await open('$0EVALUATE Session');
    expect(await service.pin({ subject: params.subject, groups: [[]] })).toBeUndefined();
  });
});
