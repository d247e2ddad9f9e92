// Call hierarchy: `$0` is the cursor; nodes are told by kind and name, calls with the texts that read.
import { describe, expect, it } from 'vitest';
import { incomingCalls, outgoingCalls, prepareCallHierarchy } from '../../server/src/ide/callHierarchy/callHierarchy.ts';
import type { CallItem } from '../../server/src/ide/callHierarchy/definitions.ts';
import { openFixture } from '../support/workspace.ts';
import { contact } from './contact.ts';

const dax = (text: string): string => `${contact}//- /metrics.dax\n${text}`;

async function hierarchy(fixture: string): Promise<{ readonly items: readonly string[]; readonly incoming: readonly string[]; readonly outgoing: readonly string[] }> {
  const { workspace, uri, offset } = await openFixture(fixture);
  const textOf = async (it: string): Promise<string> => (await workspace.document(it))?.text ?? '';
  const word = (it: CallItem): string => `${it.kind} ${it.name}`;
  const items = await prepareCallHierarchy(workspace, uri, offset);
  const incoming: string[] = [];
  const outgoing: string[] = [];
  for (const item of items) {
    for (const { from, spans } of await incomingCalls(workspace, item.uri, item.nameSpan.start)) {
      const text = await textOf(from.uri);
      incoming.push(`${word(from)}: ${spans.map((it) => text.slice(it.start, it.end)).join(' ')}`);
    }
    for (const { to, spans } of await outgoingCalls(workspace, item.uri, item.nameSpan.start)) {
      const text = await textOf(item.uri);
      outgoing.push(`${word(to)}: ${spans.map((it) => text.slice(it.start, it.end)).join(' ')}`);
    }
  }
  return { items: items.map((it) => `${word(it)} (${it.detail})`), incoming, outgoing };
}

describe('call hierarchy', () => {
  it('of a metric: who reads it, and the metrics and functions that it reads', async () => {
    expect(await hierarchy(dax(`FUNCTION Ratio = (a, b) => DIVIDE(a, b)
Sessions = COUNTROWS(FactSession)
/// @expect = [Rejection rate]
Rejected = CALCULATE([Sessions], FactSession[Reason] = "192350001")
Rejection ra$0te = Ratio([Rejected], [Sessions]) + 0 * [sessions]
Twice = 2 * [Rejection rate]
EVALUATE ROW("a", [Rejection rate], "b", [REJECTION RATE])
DEFINE MEASURE FactSession[own] = [Rejection rate] EVALUATE ROW("a", [own])
//- /page.md
\`\`\`dax
Twice = 2 * [Rejection rate]
Thrice = 3 * [Rejection rate]
\`\`\`
`))).toEqual({
      items: ['metric Rejection rate (contact)'],
      incoming: [
        'metric Twice: [Rejection rate]',
        'query EVALUATE: [Rejection rate] [REJECTION RATE]',
        'metric own: [Rejection rate]',
        'metric Thrice: [Rejection rate]',
      ],
      outgoing: ['function Ratio: Ratio', 'metric Rejected: [Rejected]', 'metric Sessions: [Sessions] [sessions]'],
    });
  });

  it('of a function from a call of it', async () => {
    expect(await hierarchy(dax('FUNCTION Half = (a) => a / 2\nFUNCTION Quarter = (a) => Half(Half(a))\nM = Ha$0lf(1)'))).toEqual({
      items: ['function Half (contact)'], incoming: ['function Quarter: Half Half', 'metric M: Half'], outgoing: [],
    });
  });

  it('of calculated tables and columns of a model', async () => {
    const model = `//- /m.daxmodel.yaml
name: m
tables:
  Fact:
    rows: [{ Id: a }]
    columns: { Twice: { dax: "Fact[Id] & [Id]" } }
  Made:
    dax: FILTER(Fact, [Twice] = "aa")
//- /m.dax
`;
    expect(await hierarchy(`${model}M = COUNTROWS(Ma$0de)\nN = COUNT(Made[Id])`)).toEqual({
      items: ['table Made (m)'], incoming: ['metric M: Made', 'metric N: Made'], outgoing: ['column Fact[Twice]: [Twice]'],
    });
    expect(await hierarchy(`${model}M = COUNT(Fact[Twi$0ce])`)).toEqual({
      items: ['column Fact[Twice] (m)'], incoming: ['metric M: [Twice]', 'table Made: [Twice]'], outgoing: [],
    });
  });

  it('of tables and columns that text defines', async () => {
    expect(await hierarchy(dax('TABLE Big = FILTER(FactSession, [Duration] > 60)\nCOLUMN Big[Half] = [Duration] / 2\nM = SUM(Big[Ha$0lf])'))).toEqual({
      items: ['column Half (contact)'], incoming: ['metric M: [Half]'], outgoing: ['table Big: Big'],
    });
  });

  it('of a metric of a DEFINE without EVALUATE', async () => {
    expect(await hierarchy(dax('DEFINE MEASURE FactSession[a] = 1 MEASURE FactSession[b] = [a]\nM = [$0b]'))).toEqual({
      items: ['metric b (contact)'], incoming: ['metric M: [b]'], outgoing: ['metric a: [a]'],
    });
  });

  it('of what a query defines', async () => {
    expect(await hierarchy(dax('DEFINE MEASURE FactSession[a] = 1 MEASURE FactSession[b] = [a] EVALUATE ROW("x", [$0b] + [a])'))).toEqual({
      items: ['metric b (contact)'], incoming: ['query EVALUATE: [b]'], outgoing: ['metric a: [a]'],
    });
  });

  it('of a metric of a page, and of one that reads itself', async () => {
    expect(await hierarchy(`${contact}//- /page.md\n\`\`\`dax\nOwn = 1 + [Own]\nOther = [O$0wn]\n\`\`\`\n`)).toEqual({
      items: ['metric Own (contact)'], incoming: ['metric Own: [Own]', 'metric Other: [Own]'], outgoing: ['metric Own: [Own]'],
    });
  });

  it.each(['M = COUNTROWS(Fact$0Session)', 'M = SUM(FactSession[Dur$0ation])', 'M = VAR a = 1 RETURN $0a', 'M = SU$0M(FactSession[Duration])', 'M = 1 +$0 1'])(
    'is none of what has no expression: %s', async (text) => {
      expect((await hierarchy(dax(text))).items).toEqual([]);
    });

  it('is none outside DAX', async () => {
    expect((await hierarchy(`${contact}//- /m.dax\nSessions = 1\n//- /page.md\nSee [Ses$0sions].\n\n\`\`\`dax\nM = [Sessions]\n\`\`\`\n`)).items).toEqual([]);
  });
});
