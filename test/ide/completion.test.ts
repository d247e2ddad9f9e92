// Completion: the text after a proposal was taken at `$0`.
import { describe, expect, it } from 'vitest';
import { completion, completionDocs } from '../../server/src/ide/completion/completion.ts';
import { openFixture } from '../support/workspace.ts';
import { contact } from './contact.ts';
import { afterCompleting, docsOf, impatient, labelsAt } from './open.ts';

const dax = (text: string): string => `${contact}//- /metrics.dax\n${text}`;

describe.each([
  // Columns of the table at hand.
  ['M = SUM(FactSession[$0', 'Duration', 'M = SUM(FactSession[Duration]'],
  ['M = SUM(FactSession[Du$0)', 'Duration', 'M = SUM(FactSession[Duration])'],
  ['M = SUM(FactSession[Du$0ra])', 'Duration', 'M = SUM(FactSession[Duration])'],
  ["M = COUNT('Dim Agent'[$0])", 'Team', "M = COUNT('Dim Agent'[Team])"],
  ['M = SUM(FactSession[$0) + SUM(FactSession[Duration])', 'Duration', 'M = SUM(FactSession[Duration]) + SUM(FactSession[Duration])'],
  // Metrics, and columns of the row context.
  ['Sessions = 1\nM = [$0', 'Sessions', 'Sessions = 1\nM = [Sessions]'],
  ['Sessions = 1\nM = [Se$0ss] + 1', 'Sessions', 'Sessions = 1\nM = [Sessions] + 1'],
  ['Sessions = 1\nM = Ses$0', 'Sessions', 'Sessions = 1\nM = [Sessions]'],
  ['Rate [%]] = 1\nM = SUMX(FactSession, [Dur$0', 'Duration', 'Rate [%]] = 1\nM = SUMX(FactSession, [Duration]'],
  // A bracket inside a name opens nothing.
  ['MEASURE FactSession[Rate [%] = 1\nM = [Ra$0te [%] + 1', 'Rate [%', 'MEASURE FactSession[Rate [%] = 1\nM = [Rate [%] + 1'],
  ['MEASURE FactSession[Rate [%] = 1\nM = [Rte$0te [%] + [Rate [%]', 'Rate [%', 'MEASURE FactSession[Rate [%] = 1\nM = [Rate [%] + [Rate [%]'],
  ['MEASURE FactSession[Rate [%] = 1\nM = [$0Rate [%]', 'Rate [%', 'MEASURE FactSession[Rate [%] = 1\nM = [Rate [%]'],
  ['MEASURE FactSession[Rate [%] = 1\nM = [Ra$0 + [Rate [%]', 'Rate [%', 'MEASURE FactSession[Rate [%] = 1\nM = [Rate [%] + [Rate [%]'],
  ['MEASURE FactSession[Rate [%]]] = 1\nM = [Ra$0te [%]]] + 1', 'Rate [%]', 'MEASURE FactSession[Rate [%]]] = 1\nM = [Rate [%]]] + 1'],
  ['Sessions = 1\nM = [Ses$0[Sessions]', 'Sessions', 'Sessions = 1\nM = [Sessions][Sessions]'],
  ['M = SUMX(ADDCOLUMNS(FactSession, "Half", 1), [Ha$0])', 'Half', 'M = SUMX(ADDCOLUMNS(FactSession, "Half", 1), [Half])'],
  // Tables, in quotes where they need them.
  ['M = COUNTROWS(Fa$0)', 'FactSession', 'M = COUNTROWS(FactSession)'],
  ['M = COUNTROWS(Ag$0)', 'Dim Agent', "M = COUNTROWS('Dim Agent')"],
  ["M = COUNTROWS('$0)", 'Dim Agent', "M = COUNTROWS('Dim Agent')"],
  ["M = COUNTROWS('$0')", 'Dim Agent', "M = COUNTROWS('Dim Agent')"],
  ["M = COUNTROWS('Fact$0')", 'FactSession', "M = COUNTROWS('FactSession')"],
  // Functions.
  ['M = DIV$0', 'DIVIDE', 'M = DIVIDE('],
  ['M = DIV$0(1, 2)', 'DIVIDE', 'M = DIVIDE(1, 2)'],
  ['M = BLA$0', 'BLANK', 'M = BLANK()'],
  ['M = BLA$0()', 'BLANK', 'M = BLANK()'],
  ['M = CALC(SUM$0)', 'SUMX', 'M = CALC(SUMX()'],
  // Variables and words.
  ['M = VAR total = 1 RETURN to$0', 'total', 'M = VAR total = 1 RETURN total'],
  ['M = DATEDIFF(1, 2, $0)', 'MONTH', 'M = DATEDIFF(1, 2, MONTH)'],
  ['M = VAR total = 1\n  RET$0', 'RETURN', 'M = VAR total = 1\n  RETURN'],
  // Codes by label, in the type of the column.
  ['M = CALCULATE(1, FactSession[Reason] = $0)', 'AgentReject', 'M = CALCULATE(1, FactSession[Reason] = "192350001")'],
  ['M = CALCULATE(1, FactSession[Reason] = "$0)', 'AgentReject', 'M = CALCULATE(1, FactSession[Reason] = "192350001")'],
  ['M = CALCULATE(1, FactSession[Reason] = "$0")', 'AgentTimeout', 'M = CALCULATE(1, FactSession[Reason] = "192350002")'],
  ['M = CALCULATE(1, FactSession[Reason] == "Age$0")', 'AgentTimeout', 'M = CALCULATE(1, FactSession[Reason] == "192350002")'],
  ['M = CALCULATE(1, FactSession[Reason] <> "1923$0")', 'AgentReject', 'M = CALCULATE(1, FactSession[Reason] <> "192350001")'],
  ['M = CALCULATE(1, FactSession[Reason] IN { $0 })', 'AgentReject', 'M = CALCULATE(1, FactSession[Reason] IN { "192350001" })'],
  ['M = CALCULATE(1, FactSession[Reason] IN { "192350001", "$0" })', 'AgentTimeout', 'M = CALCULATE(1, FactSession[Reason] IN { "192350001", "192350002" })'],
  ['M = IF(FactSession[Reason] = "$0 && 1 = "1", 2)', 'AgentReject', 'M = IF(FactSession[Reason] = "192350001" && 1 = "1", 2)'],
  ["M = CALCULATE(1, 'Dim Agent'[Mode] = Con$0)", 'Consult', "M = CALCULATE(1, 'Dim Agent'[Mode] = 192350001)"],
  ["M = CALCULATE(1, 'Dim Agent'[Mode] = \"Con$0\")", 'Consult', "M = CALCULATE(1, 'Dim Agent'[Mode] = 192350001)"],
  ["M = SUMX('Dim Agent', SWITCH('Dim Agent'[Mode], $0, 1))", 'Primary', "M = SUMX('Dim Agent', SWITCH('Dim Agent'[Mode], 192350000, 1))"],
  // Values of a column without a choice.
  ["M = CALCULATE(1, 'Dim Agent'[Team] = \"$0\")", 'Berlin', "M = CALCULATE(1, 'Dim Agent'[Team] = \"Berlin\")"],
  ["M = CALCULATE(1, 'Dim Agent'[Team] = $0", 'Paris', "M = CALCULATE(1, 'Dim Agent'[Team] = \"Paris\""],
  ['M = CALCULATE(1, FactSession[Duration] = $0)', '90', 'M = CALCULATE(1, FactSession[Duration] = 90)'],
])('%s', (text, label, after) => {
  it(`${label} gives ${after}`, async () => {
    expect(await afterCompleting(dax(text), label)).toBe(after);
  });
});

describe('proposals', () => {
  it('are the columns of the table only, after its bracket', async () => {
    expect(await labelsAt(dax('M = SUM(FactSession[$0'))).toEqual(['Duration', 'Agent Session', 'AgentId', 'Reason', 'SessionId']);
    expect(await labelsAt(dax('M = COUNT(FactSession[$0'))).toEqual(['Agent Session', 'AgentId', 'Duration', 'Reason', 'SessionId']);
  });

  it('are the codes and values before anything else', async () => {
    expect((await labelsAt(dax('M = CALCULATE(1, FactSession[Reason] = $0)'))).slice(0, 2)).toEqual(['AgentReject', 'AgentTimeout']);
    expect((await labelsAt(dax("M = CALCULATE(1, 'Dim Agent'[Team] = \"$0\")")))).toEqual(['Berlin', 'Paris']);
  });

  it.each(['M = 1 // SU$0', '/// SU$0\nM = 1', 'M$0 = 1', 'M = "SU$0"', 'M = Nowhere[$0'])('there are none in %j', async (text) => {
    expect(await labelsAt(dax(text))).toEqual([]);
  });

  it('do not stand in the way of the next definition', async () => {
    expect(await labelsAt(dax('M = 1\nSess$0'))).not.toContain('FactSession');
  });

  it('leave the metric out that is being defined', async () => {
    expect(await labelsAt(dax('A = 1\nB = [$0'))).toEqual(['A']);
  });

  it('do not wait for data', async () => {
    const { workspace, uri, offset } = await openFixture(dax("M = CALCULATE(1, 'Dim Agent'[Team] = \"$0\")"));
    expect(await completion({ workspace, patience: impatient }, uri, offset, '[')).toEqual([]);
  });

  it('tell more when they are looked at', async () => {
    const { workspace, uri, offset } = await openFixture(dax('/// All sessions.\nSessions = 1\nM = [$0'));
    const [item] = await completion({ workspace, patience: impatient }, uri, offset, '[');
    expect(item?.key === undefined ? undefined : await completionDocs(docsOf(workspace), item.key)).toBe('= **`1`**\n\nAll sessions.');
    expect(await completionDocs(docsOf(workspace), { kind: 'function', name: 'DIVIDE' })).toContain('DIVIDE(numerator');
  });
});

describe('a page', () => {
  const page = (text: string): string => `${contact}//- /page.md\n${text}`;
  const fence = page('Text\n\n  ```dax\n  M = SUM(FactSession[$0)\n  ```\n');

  it('completes at a trigger character in a fence', async () => {
    expect(await afterCompleting(fence, 'Duration', '[')).toBe('Text\n\n  ```dax\n  M = SUM(FactSession[Duration])\n  ```');
  });

  it('leaves who types letters alone, and prose at all times', async () => {
    expect(await labelsAt(fence)).toEqual([]);
    expect(await labelsAt(page('See [$0\n\n```dax\nM = 1\n```\n'), '[')).toEqual([]);
  });
});
