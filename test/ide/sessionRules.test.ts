// Tables of sessions in the editor: their columns are known wherever DAX is, and the rules are DAX like any other.
import { describe, expect, it } from 'vitest';
import { definition } from '../../server/src/ide/definition.ts';
import { prepareRename, rename } from '../../server/src/ide/rename/rename.ts';
import { references } from '../../server/src/ide/references/references.ts';
import { expectFindings } from '../support/fixtures.ts';
import { openFixture, uriOf } from '../support/workspace.ts';
import { afterCompleting, hoverAt, labelsAt } from './open.ts';

const bot = (rules: { readonly startWhen?: string; readonly last?: string; readonly idle?: string } = {}): string => `//- /bot.daxmodel.yaml
name: bot
tables:
  Message:
    columns:
      Talk: { type: string }
      At: { type: dateTime }
      Kind: { type: string, choice: kind }
      Session: { sessionOf: Billed }
    rows:
      - { Talk: a, At: "2025-01-01T10:00:00", Kind: "1" }
      - { Talk: a, At: "2025-01-01T10:10:00", Kind: "2" }
      - { Talk: a, At: "2025-01-01T11:00:00", Kind: "1" }
  Billed:
    description: What is paid for.
    sessionize:
      from: Message
      partition: Talk
      order: At
      idle: ${rules.idle ?? '30m'}
      startWhen: ${rules.startWhen ?? 'Message[Kind] = "1"'}
      columns:
        Last: { last: '${rules.last ?? 'Message[Kind]'}' }
choices:
  kind: { 1: Topic, 2: Greeting }
`;
const dax = (text: string): string => `${bot()}//- /metrics.dax\n${text}`;

async function findings(source: string): Promise<void> {
  const { workspace, files } = await openFixture(source);
  for (const file of files) expectFindings(file, await workspace.findings(uriOf(file.path)));
}

describe('metrics over sessions', () => {
  it('are checked with the columns that the rules make, and their types', () => findings(dax(`
Sessions = COUNTROWS(Billed)
Long = CALCULATE([Sessions], Billed[Messages] > 10, Billed[EndReason] = "idle", Billed[Talk] = "a")
Late = MAX(Billed[Start]) - MIN(Billed[End])
Wrong = CALCULATE([Sessions], Billed[Messages] = "10")
                                                 ^^^^ error[comparison-types]
None = SUM(Billed[Mesages])
                 ^^^^^^^^^ error[unknown-column]: The table Billed has no column or measure [Mesages]. Did you mean [Messages]?
All turns = SUM(Billed[Turns])
                      ^^^^^^^ error[unknown-column]: The table Billed has no column or measure [Turns].
Of = CALCULATE(COUNTROWS(Message), Message[Session] = 1)
                                                      ^ error[comparison-types]
`.trimStart())));

  it('are completed, hovered and led to their place', async () => {
    expect(await labelsAt(dax('M = SUM(Billed[$0'))).toEqual(expect.arrayContaining(['Talk', 'Session', 'SessionKey', 'Start', 'End', 'Messages', 'StartReason', 'EndReason', 'Last']));
    expect(await hoverAt(dax('M = COUNTROWS(Bil$0led)'))).toContain('Table `Billed`, sessions of `Message`\n\nWhat is paid for.\n\n2 rows\n\n- `Talk` string');
    expect(await hoverAt(dax('M = MAX(Billed[La$0st])'))).toContain('string');
    const { workspace, uri, offset } = await openFixture(dax('M = MAX(Billed[La$0st])'));
    const [link] = await definition(workspace, uri, offset);
    expect((await workspace.document(link?.uri ?? ''))?.text.slice(link?.span.start, link?.span.end)).toBe('Last');
  });
});

describe('rules', () => {
  it('are checked at their place, with the row of the log at hand', async () => {
    await findings(`${bot({ startWhen: 'Message[Knd] = "1"' })}`.replace('startWhen: Message[Knd] = "1"', 'startWhen: Message[Knd] = "1"\n                        ^^^^^ error[unknown-column]'));
    await findings(bot({ startWhen: `'[Kind] = "1"'` }));
    await findings(bot({ startWhen: 'Message[Kind] = "3"' }).replace('= "3"', '= "3"\n                                 ^^^ error[unknown-code]'));
    await findings(bot({ startWhen: 'Message[Kind]' }).replace('startWhen: Message[Kind]', 'startWhen: Message[Kind]\n                 ^^^^^^^^^^^^^ error[model-invalid-value]: StartWhen in sessionize of table Billed must be a condition, TRUE or FALSE; found text.'));
  });

  it('that are refused make no number', async () => {
    const { workspace, uri } = await openFixture(`${bot({ idle: '30' })}//- /metrics.dax\nM = COUNTROWS(Billed)`);
    expect((await workspace.findings(uri)).map((it) => it.rule)).toEqual(['model-invalid-value']);
    const hovered = await hoverAt(`${bot({ idle: '30' })}//- /metrics.dax\nM$0 = COUNTROWS(Billed)`);
    expect(hovered).toContain('its rules are faulty');
    expect(hovered).not.toContain('= **');
  });

  it('are completed and hovered', async () => {
    const text = await afterCompleting(bot({ last: 'Message[$0]' }), 'Kind');
    expect(text).toContain("Last: { last: 'Message[Kind]' }");
    expect(await hoverAt(bot({ startWhen: 'Message[Ki$0nd] = "1"' }))).toContain('Kind');
  });

  it('name the log and its columns: they are found as references', async () => {
    const { workspace, uri, offset } = await openFixture(dax('M = MIN(Message[A$0t])'));
    const found = await references(workspace, uri, offset, true);
    const texts = await Promise.all(found.map(async (it) => (await workspace.document(it.uri))?.text.slice(it.span.start - 7, it.span.end)));
    expect(texts.map((it) => it?.trim())).toEqual(expect.arrayContaining([expect.stringMatching(/order: At$/)]));
  });

  it('are renamed with the log, and with columns that order it', async () => {
    const { workspace, uri, offset } = await openFixture(dax('M = COUNTROWS(Mess$0age)'));
    const result = await rename(workspace, uri, offset, 'Entry');
    if (result === undefined || 'refused' in result) throw new Error(`refused: ${result?.refused ?? ''}`);
    const file = result.files.find((it) => it.uri.endsWith('.yaml'));
    const text = (await workspace.document(file?.uri ?? ''))?.text ?? '';
    const after = [...(file?.edits ?? [])].reverse().reduce((so, it) => so.slice(0, it.span.start) + it.newText + so.slice(it.span.end), text);
    expect(after).toContain('from: Entry');
    expect(after).toContain('startWhen: Entry[Kind] = "1"');
    expect(after).toContain("Last: { last: 'Entry[Kind]' }");
  });

  it.each([
    ['Last', 'Final', "Final: { last: 'Message[Kind]' }"], ['Began', 'Since', 'Since: start'],
  ])('name columns: %s is renamed where it is named', async (column, name, expected) => {
    const model = bot().replace("        Last:", "        Began: start\n        Last:");
    const { workspace, uri, offset } = await openFixture(`${model}//- /metrics.dax\nM = MAX(Billed[${column.slice(0, 2)}$0${column.slice(2)}])`);
    const result = await rename(workspace, uri, offset, name);
    if (result === undefined || 'refused' in result) throw new Error(`refused: ${result?.refused ?? ''}`);
    const texts = await Promise.all(result.files.map(async (file) => {
      const text = (await workspace.document(file.uri))?.text ?? '';
      return [...file.edits].reverse().reduce((so, it) => so.slice(0, it.span.start) + it.newText + so.slice(it.span.end), text);
    }));
    expect(texts.join('\n')).toContain(expected);
    expect(texts.join('\n')).toContain(`M = MAX(Billed[${name}])`);
  });

  it('give columns that keep their names', async () => {
    const { workspace, uri, offset } = await openFixture(dax('M = SUM(Billed[Mess$0ages])'));
    const result = await prepareRename(workspace, uri, offset);
    expect(result === undefined ? 'nothing' : 'refused' in result ? result.refused : 'can be renamed').toMatch(/Messages/);
  });
});
