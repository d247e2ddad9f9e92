// "Fill from definition": the empty cells of a page after the action.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { fillActions } from '../../server/src/ide/fill/fill.ts';
import type { TextEdit } from '../../server/src/findings/finding.ts';
import { openFixture, uriOf, type OpenFixture } from '../support/workspace.ts';

const model = `//- /m.daxmodel.yaml
name: m
tables:
  Session:
    columns:
      Id: { type: string, key: true, dataverse: ocsession.sessionid }
      Reason: { type: string, choice: reason, dataverse: ocsession.closurereason }
      State: { type: int64, choice: state, dataverse: ocsession.statecode }
      IsPerson: { type: boolean, dataverse: systemuser.botid, nulls: { null: true, notNull: false } }
      IsBotText: { type: string, dataverse: systemuser.botid, nulls: { null: "0", notNull: "1" } }
      IsOutbound: { type: boolean, dataverse: ocliveworkitem.msdyn_isoutbound }
      IsLong: { type: boolean, dataverse: ocsession.duration }
      Seconds: { type: int64, dataverse: ocsession.duration }
      Minutes: { dax: "Session[Seconds] / 60" }
      Note: { type: string }
      Answered: { type: string, dataverse: systemuser.botid }
      Out: { type: string, dataverse: ocliveworkitem.msdyn_isoutbound }
      CreatedOn: { type: dateTime, dataverse: ocsession.createdon }
      Wait: { type: double, dataverse: ocsession.createdon }
choices:
  reason: { 1001: { label: Rejected }, 1002: { label: "Timed | out" }, 1003: { label: Closed } }
  state: { 1: { label: Open }, 2: { label: Closed } }
`;

/** A page with one metric whose elements are empty; `$0` is in its fence. */
const page = (dax: string, rows = '| Dataverse entities | |\n| Attributes | |\n| Filters | |'): string =>
  `${model}//- /page.md\n## Sessions\n\n\`\`\`dax\n$0${dax}\n\`\`\`\n\n| Element | Value |\n| --- | --- |\n${rows}\n`;

async function actionAt(fixture: string, title: string): Promise<{ readonly opened: OpenFixture; readonly text: string } | undefined> {
  const opened = await openFixture(fixture);
  const { workspace, uri, offset } = opened;
  const action = (await fillActions(workspace, uri, { start: offset, end: offset })).find((it) => it.title === title);
  const text = (await workspace.document(uri))?.text ?? '';
  return action === undefined ? undefined : { opened, text: applied(text, action.edits) };
}

const applied = (text: string, edits: readonly TextEdit[]): string =>
  [...edits].sort((a, b) => b.span.start - a.span.start).reduce((all, { span, newText }) => all.slice(0, span.start) + newText + all.slice(span.end), text);

/** The values of the element table after "Fill from definition". */
async function filled(dax: string): Promise<readonly (string | undefined)[]> {
  const result = await actionAt(page(dax), 'Fill from definition');
  return cellsOf(result?.text ?? '');
}

const cellsOf = (text: string): readonly string[] =>
  text.split('\n').filter((it) => /^\| (?:Dataverse|Attributes|Filters)/.test(it)).map((it) => it.replace(/^\|[^|]*\|/, '').replace(/\|$/, '').trim());

describe('conditions of the DAX become filters of the page', () => {
  it.each([
    ['CALCULATE(COUNTROWS(Session), Session[Reason] = "1001")', '- ocsession.closurereason = 1001 (Rejected)'],
    ['CALCULATE(COUNTROWS(Session), 1001 <> Session[Reason])', '- ocsession.closurereason != 1001 (Rejected)'],
    ['CALCULATE(COUNTROWS(Session), Session[Reason] IN { "1001", "1003" })', '- ocsession.closurereason = 1001 (Rejected) or ocsession.closurereason = 1003 (Closed)'],
    ['CALCULATE(COUNTROWS(Session), NOT Session[Reason] IN { "1001", "1003" })', '- ocsession.closurereason != 1001 (Rejected) and ocsession.closurereason != 1003 (Closed)'],
    ['CALCULATE(COUNTROWS(Session), TREATAS({ 1 }, Session[State]))', '- ocsession.statecode = 1 (Open)'],
    ['CALCULATE(COUNTROWS(Session), KEEPFILTERS(Session[State] = 1 || Session[Reason] = "1001"))', '- ocsession.statecode = 1 (Open) or ocsession.closurereason = 1001 (Rejected)'],
    ['COUNTROWS(FILTER(Session, Session[State] = 1 && Session[Seconds] >= 60))', '- ocsession.statecode = 1 (Open) <br> - ocsession.duration >= 60'],
    ['SUMX(Session, IF(Session[State] == 2, 1, 0))', '- ocsession.statecode = 2 (Closed)'],
    ['SUMX(Session, SWITCH(TRUE(), Session[State] = 2, 1, Session[Reason] = "1003", 2, 0))', '- ocsession.statecode = 2 (Closed) <br> - ocsession.closurereason = 1003 (Closed)'],
    ['CALCULATE(COUNTROWS(Session), Session[IsPerson])', '- IsPerson is obtained from systemuser.botid is null'],
    ['CALCULATE(COUNTROWS(Session), NOT Session[IsPerson])', '- systemuser.botid is not null'],
    ['CALCULATE(COUNTROWS(Session), Session[IsPerson] = FALSE)', '- systemuser.botid is not null'],
    ['CALCULATE(COUNTROWS(Session), Session[IsBotText] = "1")', '- systemuser.botid is not null'],
    ['CALCULATE(COUNTROWS(Session), Session[IsBotText] <> "1")', '- systemuser.botid is null'],
    ['CALCULATE(COUNTROWS(Session), Session[IsOutbound] <> TRUE)', '- ocliveworkitem.msdyn_isoutbound != true'],
    ['CALCULATE(COUNTROWS(Session), Session[IsLong])', '- IsLong is obtained from ocsession.duration'],
    ['CALCULATE(COUNTROWS(Session), NOT ISBLANK(Session[Seconds]))', '- ocsession.duration is not null'],
    ['CALCULATE(COUNTROWS(Session), Session[Answered] = "1")', "- Answered = '1', obtained from systemuser.botid"],
    ['CALCULATE(COUNTROWS(Session), Session[Answered] = "abc")', "- systemuser.botid = 'abc'"],
    ['CALCULATE(COUNTROWS(Session), Session[Out] <> "1")', '- ocliveworkitem.msdyn_isoutbound != true'],
    ['CALCULATE(COUNTROWS(Session), Session[Wait] > 60)', '- Wait > 60, obtained from ocsession.createdon'],
    ['CALCULATE(COUNTROWS(Session), ISBLANK(Session[CreatedOn]))', '- ocsession.createdon is null'],
    ['VAR r = "1001" RETURN CALCULATE(COUNTROWS(Session), Session[Reason] = r)', '- ocsession.closurereason = 1001 (Rejected)'],
  ])('%s', async (dax, filters) => {
    expect((await filled(`M = ${dax}`))[2]).toBe(filters);
  });

  it('what Dataverse has no words for is said in DAX, a pipe escaped', async () => {
    expect((await filled('M = COUNTROWS(FILTER(Session, LEN(Session[Note]) > 3 || Session[Note] = "x"))'))[2]).toBe('- `LEN(Session[Note]) > 3 \\|\\| Session[Note] = "x"`');
  });

  it('a label is no mark of the table', async () => {
    expect((await filled('M = CALCULATE(COUNTROWS(Session), Session[Reason] = "1002")'))[2]).toBe('- ocsession.closurereason = 1002 (Timed \\| out)');
  });

  it('a metric that filters nothing says so, and a filter that keeps everything is none', async () => {
    expect(await filled('M = COUNTROWS(Session)')).toEqual(['ocsession', '', 'None']);
    expect((await filled('M = CALCULATE(COUNTROWS(Session), Session[State] IN { 1, 2 })'))[2]).toBe('None');
  });

  it('what both parts of a rate ask of one attribute is joined', async () => {
    expect((await filled('A = CALCULATE(COUNTROWS(Session), Session[Reason] = "1001")\n\nM = DIVIDE([A], CALCULATE(COUNTROWS(Session), Session[Reason] IN { "1001", "1003" }))'))[2])
      .toBe('- ocsession.closurereason = 1001 (Rejected) or ocsession.closurereason = 1003 (Closed)');
  });
});

it('metrics and calculated columns are followed to the attributes', async () => {
  const result = await actionAt(`${page('M = [Long] + SUM(Session[Minutes])')}//- /m.dax\nLong = CALCULATE(DISTINCTCOUNT(Session[Id]), Session[IsOutbound])`, 'Fill from definition');
  expect(cellsOf(result?.text ?? '')).toEqual([
    'ocsession, ocliveworkitem',
    '- ocsession.sessionid <br> - ocliveworkitem.msdyn_isoutbound <br> - ocsession.duration',
    '- ocliveworkitem.msdyn_isoutbound = true',
  ]);
});

it.each([
  ['an expression without a name', 'CALCULATE(COUNTROWS(Session), Session[State] = 1)'],
  ['a definition with a name that a line break parts', 'M = CALCULATE(COUNTROWS(Session), Session[Sta\nte] = 1)'],
])('%s is read too', async (_name, dax) => {
  expect((await filled(dax))[2]).toBe('- ocsession.statecode = 1 (Open)');
});

it('prose is kept, placeholders are filled, in the style of the page', async () => {
  const other = '\n## Other\n\n```dax\nO = 1\n```\n\n| Element | Value |\n| --- | --- |\n| Dataverse entities | a, b |\n| Attributes | a.x_y<br>b.y_x |\n';
  const result = await actionAt(`${page('M = CALCULATE(DISTINCTCOUNT(Session[Id]), Session[State] = 1)', '| Dataverse entities | TBD |\n| Attributes | |\n| Filters | Only open sessions. |')}${other}`, 'Fill from definition');
  expect(cellsOf(result?.text ?? '').slice(0, 3)).toEqual(['ocsession', 'ocsession.sessionid<br>ocsession.statecode', 'Only open sessions.']);
});

it('a metric that only the model defines is written into the fence of its heading', async () => {
  const result = await actionAt(`${page('**Need info**').replace('$0**Need', '**Ne$0ed')}//- /m.dax\n/// Counted once.\nSession = DISTINCTCOUNT(Session[Id])\n`, 'Fill from definition');
  expect(result?.text).toContain('```dax\nSession = DISTINCTCOUNT(Session[Id])\n```');
  expect(cellsOf(result?.text ?? '')).toEqual(['ocsession', '- ocsession.sessionid', 'None']);
});

describe('offers nothing', () => {
  it.each([
    ['where nothing is known', page('**Need info**')],
    ['where the DAX is broken', page('M = CALCULATE(COUNTROWS(Session), ')],
    ['where the model says nothing of Dataverse', page('M = SUM(Other[x])').replace('tables:\n', 'tables:\n  Other: { rows: [{ x: 1 }] }\n')],
    ['where everything stands', page('M = CALCULATE(COUNTROWS(Session), Session[State] = 1)', '| Dataverse entities | ocsession |\n| Attributes | ocsession.statecode |\n| Filters | Sessions with ocsession.statecode set to 1 |')],
  ])('%s', async (_name, fixture) => {
    const { workspace, uri, offset } = await openFixture(fixture);
    expect(await fillActions(workspace, uri, { start: offset, end: offset })).toEqual([]);
  });
});

it('what filled cells lack is added to them where that is asked for', async () => {
  const fixture = page('M = CALCULATE(COUNTROWS(Session), Session[State] = 1, Session[IsPerson])', '| Dataverse entities | ocsession |\n| Attributes | - ocsession.statecode |\n| Filters | - Open ones: ocsession.statecode = 1 <br> - More |');
  const result = await actionAt(fixture, 'Add what is missing');
  expect(cellsOf(result?.text ?? '')).toEqual([
    'ocsession, systemuser',
    '- ocsession.statecode <br> - systemuser.botid',
    '- Open ones: ocsession.statecode = 1 <br> - More <br> - IsPerson is obtained from systemuser.botid is null',
  ]);
});

it('an added item goes on in a list', async () => {
  const fixture = `${model}//- /page.md\n## Sessions\n\n\`\`\`dax\n$0M = CALCULATE(COUNTROWS(Session), Session[State] = 1, Session[Reason] = "1001")\n\`\`\`\n\n**Filters**:\n\n- ocsession.statecode = 1 (Open)\n`;
  expect((await actionAt(fixture, 'Add what is missing'))?.text).toContain('- ocsession.statecode = 1 (Open)\n- ocsession.closurereason = 1001 (Rejected)');
});

describe('the page of the sample', () => {
  const folder = path.join(import.meta.dirname, '../../samples/omnichannel');
  const file = (name: string): string => `//- /${name}\n${readFileSync(path.join(folder, name), 'utf8')}\n`;
  const files = ['dax-metrics.json', 'dataverse/dataverse.daxmodel.yaml', 'dataverse/choices.json', 'dataverse/entity-definitions.json', 'historical/historical.daxmodel.yaml', 'historical/sessions.dax', 'realtime/realtime.daxmodel.yaml', 'realtime/sessions.dax', 'calculate-session-metrics.md'];

  it('fills its empty cells, and no rule finds anything in them but what it finds in the DAX', async () => {
    const { workspace, type } = await openFixture(files.map(file).join(''));
    const uri = uriOf('/calculate-session-metrics.md');
    const text = (await workspace.document(uri))?.text ?? '';
    const start = text.indexOf('Session rejection rate = ');
    const [action] = await fillActions(workspace, uri, { start, end: start });
    const after = applied(text, action?.edits ?? []);
    const begin = after.indexOf('|Element', start);
    expect(after.slice(begin, after.indexOf('---\n\n', begin))).toBe(`|Element|Value  |
|---------|---------|
|Dataverse entities | msdyn_ocsession |
|Attributes  | - msdyn_ocsession.msdyn_closurereason <br> - msdyn_ocsession.msdyn_state |
|Filters  | - msdyn_ocsession.msdyn_closurereason = 192350001 (AgentReject) <br> - msdyn_ocsession.msdyn_state = 192350002 (Closed) |
`);
    const before = (await workspace.findings(uri)).filter((it) => it.span.start > start && it.rule !== 'empty-element').map((it) => it.rule);
    type('/calculate-session-metrics.md', after);
    const found = (await workspace.findings(uri)).filter((it) => it.span.start > start).map((it) => it.rule);
    // The DAX reads a column that Dataverse has deprecated; the page that says so has it too.
    expect(before).toContain('deprecated-column');
    expect(found.filter((it) => it !== 'deprecated-attribute')).toEqual(before);
  });
});
