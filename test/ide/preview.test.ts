// The preview: filters chosen once, obeyed by hints and hovers, never by expectations.
import { describe, expect, it } from 'vitest';
import { createValueHints } from '../../server/src/ide/inlayHints/value.ts';
import { hover } from '../../server/src/ide/hover/hover.ts';
import { previewChoices, previewColumns } from '../../server/src/ide/preview/choices.ts';
import { createPreview, type Preview } from '../../server/src/ide/preview/preview.ts';
import { previewState } from '../../server/src/ide/preview/state.ts';
import { defaultSettings } from '../../server/src/ide/settings.ts';
import { pin } from '../../server/src/ide/tests/pin.ts';
import { applied } from '../../grammar/src/index.ts';
import { tableQuery } from '../../server/src/workspace/queries.ts';
import type { ModelView, Workspace } from '../../server/src/workspace/types.ts';
import { openFixture, uriOf } from '../support/workspace.ts';
import { contact } from './contact.ts';
import { patient } from './open.ts';

/** Sessions of three days of May and one of April; the calendar goes on until June. */
const dated = `//- /dated.daxmodel.yaml
name: dated
tables:
  Fact:
    rows:
      - { On: 2025-04-30T10:00:00, Day: 2025-04-30, Channel: Chat, Size: 1.5 }
      - { On: 2025-05-01T00:00:00, Day: 2025-05-01, Channel: Chat, Size: 2 }
      - { On: 2025-05-02T23:59:59, Day: 2025-05-02, Channel: Voice, Size: 3 }
      - { On: 2025-05-03T00:00:00, Day: 2025-05-03, Channel: null, Size: 4 }
      - { On: null, Day: null, Channel: Voice, Size: 5 }
    columns:
      On: { type: dateTime }
      Day: { type: dateTime }
      Channel: { type: string }
      Size: { type: double }
  Calendar:
    rows: [{ Date: 2025-04-30 }, { Date: 2025-05-01 }, { Date: 2025-05-02 }, { Date: 2025-05-03 }, { Date: 2025-06-30 }]
    columns: { Date: { type: dateTime, key: true } }
relationships:
  - { from: "Fact[Day]", to: "Calendar[Date]" }
//- /m.dax
Rows = COUNTROWS(Fact)
`;

interface Previewed {
  readonly workspace: Workspace;
  readonly uri: string;
  readonly model: ModelView;
  readonly preview: Preview;
}

async function previewed(fixture: string, filters: unknown): Promise<Previewed> {
  const { workspace, files } = await openFixture(fixture);
  const preview = createPreview(() => undefined);
  preview.set(filters);
  const [model] = await workspace.models();
  if (model === undefined) throw new Error('no model');
  return { workspace, uri: uriOf(files.at(-1)?.path ?? ''), model, preview };
}

async function hintsOf({ workspace, uri, preview }: Previewed): Promise<readonly { readonly label: string; readonly tooltip: string | undefined }[]> {
  const document = await workspace.document(uri);
  if (document === undefined) throw new Error('no document');
  return createValueHints(() => workspace, preview).hints(document, { patience: patient, onLate: () => undefined });
}

const valueOf = async (fixture: string, filters: unknown): Promise<string | undefined> => (await hintsOf(await previewed(fixture, filters)))[0]?.label;

describe('a value in the text obeys the preview', () => {
  const values = (column: string, ...all: unknown[]): unknown => ({ kind: 'values', table: 'Fact', column, values: all });
  const days = (column: string, range: object): unknown => ({ kind: 'dates', table: 'Fact', column, ...range });

  it.each<[string, readonly unknown[], string]>([
    ['no filter', [], '= 5'],
    ['one value', [values('Channel', 'Chat')], '= 2'],
    ['several values', [values('Channel', 'Chat', 'Voice')], '= 4'],
    ['BLANK', [values('Channel', null)], '= 1'],
    ['a value and BLANK', [values('Channel', 'Voice', null)], '= 3'],
    ['whole and other numbers', [values('Size', 2, 1.5)], '= 2'],
    ['a text that needs quotes, which no row has', [values('Channel', 'a"b')], '= BLANK'],
    ['a name in other capitals', [{ kind: 'values', table: 'FACT', column: 'channel', values: ['Chat'] }], '= 2'],
    ['whole days, both ends with them', [days('On', { from: '2025-05-01', to: '2025-05-02' })], '= 2'],
    ['days from one on', [days('On', { from: '2025-05-02' })], '= 2'],
    ['days until one, without the rows that have none', [days('On', { to: '2025-05-01' })], '= 2'],
    ['days until the last that there is', [days('On', { from: '2025-05-02', to: '9999-12-31' })], '= 2'],
    ['all days that there are', [days('On', { to: '9999-12-31' })], '= 4'],
    ['days of a calendar', [{ kind: 'dates', table: 'Calendar', column: 'Date', from: '2025-05-01', to: '2025-05-31' }], '= 3'],
    ['two filters', [days('On', { from: '2025-05-01' }), values('Channel', 'Voice')], '= 1'],
    ['a column twice, of which the last counts', [values('Channel', 'Chat'), values('Channel', 'Voice')], '= 2'],
    ['a column that the model lacks', [values('Nowhere', 'Chat'), values('Channel', 'Chat')], '= 2'],
    ['texts where the column has numbers', [values('Size', '2')], '= ?'],
    ['what is no filter', [null, 7, {}, values('Channel'), days('On', {}), days('On', { from: '2025-13-01' }), values('Channel', { a: 1 })], '= 5'],
  ])('%s', async (_, filters, expected) => {
    expect(await valueOf(dated, filters)).toBe(expected);
  });

  it('and says so in its tooltip, with the labels of codes', async () => {
    const it = await previewed(`${contact}//- /m.dax\nSessions = COUNTROWS(FactSession)\n`, [{ kind: 'values', table: 'FactSession', column: 'Reason', values: ['192350001'] }]);
    expect(await hintsOf(it)).toMatchObject([{ label: '= 2', tooltip: 'In the preview: `FactSession[Reason] AgentReject`' }]);
  });

  it('in each of its models that has the column', async () => {
    const other = '//- /other.daxmodel.yaml\nname: other\ntables:\n  Fact:\n    rows: [{ Kind: a }, { Kind: b }]\n    columns: { Kind: { type: string } }\n';
    const page = '//- /page.md\n---\ndax-model: [dated, other]\n---\n```dax\nRows = COUNTROWS(Fact)\n```\n';
    expect(await valueOf(`${dated}${other}${page}`, [values('Channel', 'Chat')])).toBe('= 2 (dated) · = 2 (other)');
    expect(await valueOf(`${dated}${other}${page}`, [values('Kind', 'a')])).toBe('= 5 (dated) · = 1 (other)');
  });
});

describe('a hover obeys the preview', () => {
  const filters = [{ kind: 'values', table: 'FactSession', column: 'Reason', values: ['192350001'] }];
  const text = 'Sessions = COUNTROWS(FactSession)\nTwice = [Sessions] + [Sessions]\n';
  const hoverOn = async (needle: string): Promise<string> => {
    const { workspace, uri, preview } = await previewed(`${contact}//- /m.dax\n${text}`, filters);
    const found = await hover({ workspace, settings: defaultSettings, preview, patience: patient }, uri, text.indexOf(needle));
    return found?.markdown ?? '';
  };

  it('of a metric, with its groups', async () => {
    const said = await hoverOn('Sessions =');
    expect(said).toContain('= **`2`**\n\nIn the preview: `FactSession[Reason] AgentReject`');
    expect(said).toContain('| `Berlin` | `1` |');
    expect(said).toContain('| `Paris` | `1` |');
  });

  it('of a part of a metric', async () => {
    expect(await hoverOn('+ [Sessions]')).toContain('= **`4`**\n\nIn the preview: `FactSession[Reason] AgentReject`');
  });
});

describe('what the preview is chosen from', () => {
  it('are the columns of the model: days first, then what dimensions and few values tell apart', async () => {
    const { workspace, uri } = await previewed(dated, []);
    expect((await previewColumns(workspace, uri)).map((it) => `${it.table}[${it.column}] ${it.kind} ${it.detail}`)).toEqual([
      'Calendar[Date] dates ', 'Fact[On] dates ', 'Fact[Day] dates ', 'Fact[Channel] values 3 values', 'Fact[Size] values 5 values',
    ]);
  });

  it('of a column are its values, the most frequent first, with their rows', async () => {
    const { workspace, model } = await previewed(dated, []);
    expect(await previewChoices(workspace, model.model.uri, { table: 'Fact', column: 'Channel' })).toEqual([
      { kind: 'value', label: 'Chat', detail: '2 rows', value: 'Chat' },
      { kind: 'value', label: 'Voice', detail: '2 rows', value: 'Voice' },
      { kind: 'value', label: '(Blank)', detail: '1 row', value: null },
    ]);
  });

  it('of a choice column are its labels', async () => {
    const { workspace, model } = await previewed(`${contact}//- /m.dax\nA = 1\n`, []);
    const choices = await previewChoices(workspace, model.model.uri, { table: 'FactSession', column: 'Reason' });
    expect(choices?.[0]).toEqual({ kind: 'value', label: 'AgentReject', detail: '192350001 · 2 rows', value: '192350001' });
  });

  it.each(['Fact[On]', 'Calendar[Date]'])('of %s are the days that have rows', async (name) => {
    const { workspace, model } = await previewed(dated, []);
    const [, table = '', column = ''] = /^(\w+)\[(\w+)\]$/.exec(name) ?? [];
    expect(await previewChoices(workspace, model.model.uri, { table, column })).toEqual([
      { kind: 'days', label: 'Last 7 days of the data', detail: '2025-04-27 to 2025-05-03', from: '2025-04-27', to: '2025-05-03' },
      { kind: 'days', label: 'Last 30 days of the data', detail: '2025-04-04 to 2025-05-03', from: '2025-04-04', to: '2025-05-03' },
      { kind: 'days', label: 'May 2025', detail: '', from: '2025-05-01', to: '2025-05-31' },
      { kind: 'days', label: 'April 2025', detail: '', from: '2025-04-01', to: '2025-04-30' },
    ]);
  });

  it('is nothing for a model or a column that there is not', async () => {
    const { workspace, model } = await previewed(dated, []);
    expect(await previewChoices(workspace, 'file:///gone.daxmodel.yaml', { table: 'Fact', column: 'On' })).toBeUndefined();
    expect(await previewChoices(workspace, model.model.uri, { table: 'Fact', column: 'Gone' })).toBeUndefined();
  });
});

describe('the state of the preview', () => {
  it('tells of each filter what it says and whether it applies', async () => {
    const { workspace, uri, preview } = await previewed(dated, [
      { kind: 'dates', table: 'Fact', column: 'On', from: '2025-05-01', to: '2025-05-31' },
      { kind: 'values', table: 'Fact', column: 'Size', values: [1.5, 2, 3, null] },
      { kind: 'values', table: 'Gone', column: 'Team', values: ['Berlin'] },
    ]);
    expect(await previewState(workspace, preview, uri)).toEqual({ models: [{ name: 'dated', filters: [
      { text: 'May 2025', column: 'Fact[On]', applies: true },
      { text: '1.5, 2 and 2 more', column: 'Fact[Size]', applies: true },
      { text: 'Berlin', column: 'Gone[Team]', applies: false },
    ] }] });
  });

  it('is none for a page without DAX and for a file of another kind', async () => {
    const { workspace, preview } = await previewed(`${dated}//- /page.md\n# Page\n`, []);
    expect(await previewState(workspace, preview, uriOf('/page.md'))).toBeUndefined();
    expect(await previewState(workspace, preview, uriOf('/other.txt'))).toBeUndefined();
    expect(await previewState(workspace, preview, uriOf('/dated.daxmodel.yaml'))).toEqual({ models: [{ name: 'dated', filters: [] }] });
  });
});

describe('the conditions of the preview', () => {
  // Values that equal BLANK where nobody is strict, and the days around which BLANK would count as one.
  const odd = `//- /odd.daxmodel.yaml
name: odd
tables:
  T:
    rows:
      - { s: a, n: 0, b: true, d: 2025-05-01 }
      - { s: "", n: 1, b: false, d: 1899-12-30 }
      - { s: null, n: null, b: null, d: null }
      - { s: B, n: -2, b: false, d: 1899-12-31T12:00:00 }
    columns: { s: { type: string }, n: { type: int64 }, b: { type: boolean }, d: { type: dateTime } }
//- /m.dax
N = COUNTROWS(T)
`;
  const values = (column: string, ...its: readonly unknown[]): unknown => [{ kind: 'values', table: 't', column, values: its }];
  const dates = (from?: string, to?: string): unknown => [{ kind: 'dates', table: 'T', column: 'd', from, to }];

  it.each([
    [values('s', 'a'), ['T[s] = "a"'], 1],
    [values('s', 'b'), ['T[s] = "b"'], 1],
    [values('s', ''), ['T[s] == ""'], 1],
    [values('s', null), ['ISBLANK(T[s])'], 1],
    [values('s', 'a', null), ['T[s] IN { "a", BLANK() }'], 2],
    [values('s', 'a "b"'), ['T[s] = "a ""b"""'], null],
    [values('n', 0), ['T[n] == 0'], 1],
    [values('n', -2), ['T[n] = -2'], 1],
    [values('n', 0, 1), ['T[n] IN { 0, 1 }'], 2],
    [values('b', false), ['T[b] == FALSE'], 2],
    [values('b', true), ['T[b] = TRUE'], 1],
    [dates('2025-05-01', '2025-05-31'), ['T[d] >= DATE(2025, 5, 1)', 'T[d] < DATE(2025, 6, 1)'], 1],
    [dates('1899-12-31'), ['T[d] >= dt"1899-12-31"'], 2],
    [dates(undefined, '1900-01-01'), ['NOT ISBLANK(T[d])', 'T[d] < DATE(1900, 1, 2)'], 2],
    [dates('1899-12-30', '1899-12-30'), ['NOT ISBLANK(T[d])', 'T[d] >= dt"1899-12-30"', 'T[d] < dt"1899-12-31"'], 1],
  ])('%j are %j, as a person writes them, and keep the same rows', async (filters, conditions, rows) => {
    const { workspace, model, preview } = await previewed(odd, filters);
    expect(preview.conditions(model)).toEqual(conditions);
    for (const where of [preview.filters(model), conditions]) {
      const [result] = await workspace.evaluate(model, [{ query: tableQuery('ROW("n", COUNTROWS(T))', where) }]);
      expect(result?.kind === 'table' ? result.columns[0]?.cells[0] : result, where.join()).toBe(rows);
    }
  });

  it('stand in the tag of a pinned value, which has no findings', async () => {
    const { workspace, uri, preview } = await previewed(dated, [{ kind: 'values', table: 'Fact', column: 'Channel', values: ['Voice'] }, { kind: 'dates', table: 'Calendar', column: 'Date', from: '2025-05-01', to: '2025-05-31' }]);
    const found = await pin({ workspace, filters: preview.conditions }, uri, 0);
    expect(found).toMatchObject({ kind: 'edits', tag: '@expect 1 where Fact[Channel] = "Voice", Calendar[Date] >= DATE(2025, 5, 1), Calendar[Date] < DATE(2025, 6, 1)' });
    if (found?.kind !== 'edits') return;
    workspace.setText({ uri, text: applied((await workspace.document(uri))?.text ?? '', found.edits), languageId: 'dax', version: 2 });
    expect((await workspace.findings(uri)).map((it) => it.rule)).toEqual([]);
  });
});
