// Codes with their labels, wherever a choice is met: hover, hints, completion, the place of an option; in DAX and on pages.
import { describe, expect, it } from 'vitest';
import { codeActions } from '../../server/src/ide/codeActions.ts';
import { completion } from '../../server/src/ide/completion/completion.ts';
import { definition } from '../../server/src/ide/definition.ts';
import { pageLabelHints } from '../../server/src/ide/inlayHints/codeLabel.ts';
import { createLanguageService } from '../../server/src/ide/service.ts';
import { defaultSettings } from '../../server/src/ide/settings.ts';
import { openFixture } from '../support/workspace.ts';
import { afterCompleting, hoverAt, impatient, labelsAt, patient } from './open.ts';

/** Rows by reason: 1001 two, 1002 one, 1009 none; channels: 11 stands in two rows, once beside 12. */
const model = `//- /m.daxmodel.yaml
name: m
tables:
  Session:
    rows:
      - { Reason: "1001", State: 1, Channels: "11", Team: North, Size: 5, Done: true }
      - { Reason: "1001", State: 2, Channels: "11,12", Team: North, Size: 7, Done: false }
      - { Reason: "1002", State: 2, Channels: null, Team: South, Size: 5, Done: false }
    columns:
      Reason: { type: string, choice: reason, dataverse: ocsession.closurereason }
      State: { type: int64, choice: state }
      Channels: { type: string, choice: channel, multiSelect: true }
      Team: { type: string }
      Size: { type: int64 }
      Done: { type: boolean }
choices:
  reason: { 1001: { label: Rejected }, 1002: { label: Timed out }, 1009: { label: "Old | one", deprecated: true } }
  state: { 1: { label: Open }, 2: { label: Closed } }
  channel: { 11: { label: SMS }, 12: { label: Voice } }
`;

const dax = (text: string): string => `${model}//- /m.dax\n${text}`;
const page = (filters: string): string =>
  `${model}//- /page.md\n## Sessions\n\n| Element | Value |\n| --- | --- |\n| Dataverse entities | ocsession |\n| Filters | ${filters} |\n\n\`\`\`dax\nM = COUNTROWS(Session)\n\`\`\`\n`;

describe('the hover of a code', () => {
  it('has the whole choice: value, label, rows in the sample, what is deprecated', async () => {
    expect(await hoverAt(dax('M = CALCULATE(COUNTROWS(Session), Session[Reason] IN { "1001", "10$002" })'))).toBe(`\`1002\` is **\`Timed out\`** in \`Session[Reason]\`

Choice \`reason\`

| Code | Label | Rows |
| --- | --- | ---: |
| \`1001\` | \`Rejected\` | \`2\` |
| **\`1002\`** | **\`Timed out\`** | \`1\` |
| \`1009\` | ~~\`Old \\| one\`~~ deprecated | \`0\` |`);
  });

  it('counts each code of a value that holds several', async () => {
    const text = await hoverAt(dax('M = COUNTROWS(FILTER(Session, CONTAINSSTRING(Session[Channels], "1$01")))'));
    expect(text).toContain('| **`11`** | **`SMS`** | `2` |');
    expect(text).toContain('| `12` | `Voice` | `1` |');
  });

  it('shows the choice at once where the rows take long', async () => {
    const text = await hoverAt(dax('M = CALCULATE(COUNTROWS(Session), Session[Reason] = "10$001")'), defaultSettings, impatient);
    expect(text).toContain('| **`1001`** | **`Rejected`** |');
    expect(text).toContain('*rows: computing…*');
  });

  it('is there in a filter of a page too', async () => {
    const text = await hoverAt(page("Agent rejected sessions have ocsession.closurereason set to '10$001'."));
    expect(text).toContain('`1001` is **`Rejected`** in `ocsession.closurereason`');
    expect(text).toContain('| **`1001`** | **`Rejected`** | `2` |');
  });

  it('shows as much of a long choice as a hover holds, and always the code itself', async () => {
    const options = Array.from({ length: 100 }, (_, i) => `${String(5000 + i)}: { label: L${String(i)} }`).join(', ');
    const text = await hoverAt(`//- /m.daxmodel.yaml\nname: m\ntables:\n  T: { columns: { c: { type: int64, choice: k } } }\nchoices:\n  k: { ${options} }\n//- /m.dax\nM = CALCULATE(COUNTROWS(T), T[c] = 50$099)`);
    expect(text).toContain('| **`5099`** | **`L99`**');
    expect(text).toContain('and 74 more');
    expect(text?.match(/^\| \**`50/gm)).toHaveLength(26);
  });
});

describe('the hint behind a code on a page', () => {
  const hints = async (fixture: string): Promise<readonly string[]> => {
    const { workspace, uri } = await openFixture(fixture);
    const text = (await workspace.document(uri))?.text ?? '';
    return (await pageLabelHints(workspace, uri, { start: 0, end: text.length })).map((it) => `${text.slice(it.offset - 6, it.offset)} ${it.label}`);
  };

  it('is its label, unless one stands there', async () => {
    expect(await hints(page("ocsession.closurereason = '1001' <br> ocsession.closurereason != 1002 (Timed out)$0"))).toEqual(["'1001' Rejected"]);
  });

  it('is switched off with those in DAX', async () => {
    const { workspace, uri } = await openFixture(`${page("ocsession.closurereason = '1001'$0").replace('M = COUNTROWS(Session)', 'M = CALCULATE(COUNTROWS(Session), Session[State] = 1)')}`);
    const labels = async (enabled: boolean): Promise<readonly string[]> => {
      const service = createLanguageService({
        workspace: () => workspace, settings: () => Promise.resolve({ ...defaultSettings, values: { enabled: false, compareWithSaved: false }, codeLabels: { enabled } }), delay: () => patient(),
      });
      return (await service.inlayHints(uri, { start: 0, end: 1000 })).map((it) => it.label).sort();
    };
    expect(await labels(true)).toEqual(['Open', 'Rejected']);
    expect(await labels(false)).toEqual([]);
  });
});

describe('go to the definition', () => {
  const target = async (fixture: string): Promise<string | undefined> => {
    const { workspace, uri, offset } = await openFixture(fixture);
    const [link] = await definition(workspace, uri, offset);
    const lines = link === undefined ? undefined : (await workspace.document(link.uri))?.text;
    return link === undefined ? undefined : `${link.uri} ${lines?.slice(link.span.start, link.span.end) ?? String(link.span.end - link.span.start)}`;
  };

  it('of a code leads to its option, of one that does not exist to the choice', async () => {
    expect(await target(dax('M = CALCULATE(COUNTROWS(Session), Session[Reason] = "10$002")'))).toMatch(/^file:\/\/\/m\.daxmodel\.yaml 1002/);
    expect(await target(dax('M = CALCULATE(COUNTROWS(Session), Session[Reason] = "10$007")'))).toMatch(/^file:\/\/\/m\.daxmodel\.yaml reason/);
    expect(await target(page("ocsession.closurereason = '10$002'"))).toMatch(/^file:\/\/\/m\.daxmodel\.yaml 1002/);
  });

  it('of a code leads into the file from which its choice is imported', async () => {
    const choices = JSON.stringify({ value: [{ Name: 'k', Options: [{ Value: 7, Label: { UserLocalizedLabel: { Label: 'Seven', LanguageCode: 1033 } } }] }] }, undefined, 1);
    const fixture = `//- /m.daxmodel.yaml\nname: m\nchoices: { import: choices.json }\ntables:\n  T: { columns: { c: { type: int64, choice: k } } }\n//- /choices.json\n${choices}\n//- /m.dax\nM = CALCULATE(COUNTROWS(T), T[c] = $07)`;
    expect(await target(fixture)).toMatch(/^file:\/\/\/choices\.json/);
  });
});

describe('completion by label', () => {
  it.each([
    ['Session[Reason] = $0)', 'Timed out', 'Session[Reason] = "1002")'],
    ['Session[Reason] = "$0")', 'Timed out', 'Session[Reason] = "1002")'],
    ['Session[Reason] <> Tim$0)', 'Timed out', 'Session[Reason] <> "1002")'],
    ['Session[Reason] IN { "1001", $0 })', 'Timed out', 'Session[Reason] IN { "1001", "1002" })'],
    ['Session[State] == $0)', 'Closed', 'Session[State] == 2)'],
    ['SWITCH(Session[State], 1, "a", $0)', 'Closed', 'SWITCH(Session[State], 1, "a", 2)'],
    ['Session[Team] = $0)', 'South', 'Session[Team] = "South")'],
    ['Session[Team] IN { $0 })', 'North', 'Session[Team] IN { "North" })'],
    ['SWITCH(Session[Size], $0)', '7', 'SWITCH(Session[Size], 7)'],
  ])('%s', async (text, label, after) => {
    expect(await afterCompleting(dax(`M = CALCULATE(1, ${text}`), label)).toBe(`M = CALCULATE(1, ${after}`);
  });

  it('tells the code, its rows and those of a value without a choice, and what is deprecated', async () => {
    const items = async (text: string) => {
      const { workspace, uri, offset } = await openFixture(dax(text));
      return (await completion({ workspace, patience: patient }, uri, offset, undefined)).slice(0, 3).map(({ label, detail, deprecated }) => ({ label, detail, deprecated }));
    };
    expect(await items('M = CALCULATE(1, Session[Reason] = $0)')).toEqual([
      { label: 'Rejected', detail: '1001 · 2 rows', deprecated: undefined }, { label: 'Timed out', detail: '1002 · 1 row', deprecated: undefined }, { label: 'Old | one', detail: '1009 · 0 rows', deprecated: true },
    ]);
    expect((await items('M = CALCULATE(1, Session[Team] = $0)')).slice(0, 2)).toEqual([
      { label: 'North', detail: '2 rows', deprecated: undefined }, { label: 'South', detail: '1 row', deprecated: undefined },
    ]);
  });

  it('has no more values than a list can use', async () => {
    const rows = Array.from({ length: 300 }, (_, i) => `      - { c: v${String(i)} }`).join('\n');
    const labels = await labelsAt(`//- /m.daxmodel.yaml\nname: m\ntables:\n  T:\n    rows:\n${rows}\n    columns: { c: { type: string } }\n//- /m.dax\nM = CALCULATE(1, T[c] = "$0")`);
    expect(labels).toHaveLength(200);
  });
});

it('a label in the place of a code is turned into the code', async () => {
  const { workspace, uri, offset } = await openFixture(dax('M = CALCULATE(COUNTROWS(Session), Session[Reason] = "Rej$0ected", Session[State] = 2)'));
  const [action] = await codeActions(workspace, uri, { start: offset, end: offset });
  expect(action).toMatchObject({ title: 'Change to "1001" (Rejected)', preferred: true, fix: { edits: [{ newText: '"1001"' }] } });
});
