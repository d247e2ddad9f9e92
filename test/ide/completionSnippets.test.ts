// Snippets made from the model, functions in the order of what a place wants, and codes with their rows.
import { describe, expect, it } from 'vitest';
import { completion, completionDocs, type CompletionItem } from '../../server/src/ide/completion/completion.ts';
import { openFixture } from '../support/workspace.ts';
import { contact } from './contact.ts';
import { docsOf, impatient, labelsAt, patient, withHints } from './open.ts';

const calendar = `//- /c.daxmodel.yaml
name: c
tables:
  Fact:
    rows: [{ Day: 2024-05-01, State: 1 }, { Day: 2025-05-01, State: 1 }, { Day: 2025-06-01, State: 2 }]
    columns: { Day: { type: dateTime }, State: { type: int64, choice: state } }
  Calendar:
    dax: CALENDAR(DATE(2024, 1, 1), DATE(2025, 12, 31))
    columns: { Date: { type: dateTime } }
    dateTable: Date
relationships:
  - { from: "Fact[Day]", to: "Calendar[Date]" }
choices:
  state: { 1: { label: Open }, 2: { label: "Closed, done" } }
`;

async function itemsAt(fixture: string, patience = patient): Promise<readonly CompletionItem[]> {
  const { workspace, uri, offset } = await openFixture(fixture);
  const items = await completion({ workspace, patience }, uri, offset, undefined);
  return [...items].sort((a, b) => (a.sortText < b.sortText ? -1 : 1));
}

const snippetsAt = async (text: string, model = calendar): Promise<ReadonlyMap<string, string>> =>
  new Map((await itemsAt(`${model}//- /m.dax\n${text}`)).flatMap((it) => (it.kind === 'snippet' ? [[it.label, it.newText] as const] : [])));

/** A snippet as it is where nobody chooses: the first of what each place offers, and its mirrors. */
function filled(snippet: string): string {
  const chosen = new Map<string, string>();
  const text = snippet.replace(/\$\{(\d)\|((?:\\.|[^|\\])*)\|\}/g, (_, place: string, all: string) => {
    const first = (/^(?:\\.|[^,\\])*/.exec(all)?.[0] ?? '').replace(/\\(.)/g, '$1');
    chosen.set(place, first);
    return first;
  });
  return text.replace(/\$(\d)/g, (_, place: string) => chosen.get(place) ?? '').replace(/\\(.)/g, '$1');
}

describe('snippets', () => {
  const metrics = 'Rows = COUNTROWS(Fact)\n\nTwice = 2 * [Rows]\n\n';

  it('are those that the model has names for', async () => {
    expect([...(await snippetsAt(`${metrics}M = $0`)).keys()]).toEqual([
      'Rate of two metrics', 'Share of all', 'Year to date', 'Same period of the year before', 'Change to the year before', 'Count of Fact under a code of State',
    ]);
    expect([...(await snippetsAt('M = $0')).keys()]).toEqual(['Count of Fact under a code of State']);
    expect([...(await snippetsAt('M = $0', '')).keys()]).toEqual([]);
  });

  it.each([
    // The text's own sign stands before the value.
    ['Rate of two metrics', '1'], ['Share of all', '1'], ['Year to date', '2'], ['Same period of the year before', '1'],
    ['Count of Fact under a code of State', '2'],
  ])('%s, with the first of what it offers, has a value', async (label, value) => {
    const snippet = (await snippetsAt(`${metrics}M = $0`)).get(label) ?? '';
    expect(await withHints(`${calendar}//- /m.dax\n${metrics}M =\n${filled(snippet)}`, 'value')).toContain(`M =⟨${value}⟩`);
  });

  it('offer metrics and codes, with what is special in a snippet escaped', async () => {
    const found = await snippetsAt('A, $1 | {x} = 1\nM = $0');
    expect(found.get('Rate of two metrics')).toBe('DIVIDE(${1|[A\\, \\$1 \\| {x\\}]|}, ${2|[A\\, \\$1 \\| {x\\}]|})');
    expect(found.get('Count of Fact under a code of State')).toBe('CALCULATE(COUNTROWS(Fact), Fact[State] = ${1|1,2|})');
  });

  it.each(['M = 1 + $0', 'M = SUM(Fact[$0', 'M = CALCULATE(1, FILTER(Fact, $0', '/// @expect = $0\nM = 1', 'M = "$0"'])('are none in %j', async (text) => {
    expect((await snippetsAt(text)).size).toBe(0);
  });
});

describe('functions', () => {
  const first = async (text: string, one: string, other: string): Promise<string> => {
    const labels = await labelsAt(`${contact}//- /m.dax\n${text}`);
    return labels.indexOf(one) < labels.indexOf(other) ? one : other;
  };

  it.each([
    ['M = COUNTROWS($0', 'FILTER', 'ABS'], ['M = $0', 'SUM', 'ADDCOLUMNS'], ['M = 1 + $0', 'SUM', 'ADDCOLUMNS'], ['EVALUATE $0', 'SUMMARIZECOLUMNS', 'ABS'],
    ['M = IF($0', 'ISBLANK', 'ADDCOLUMNS'], ['M = CALCULATE(1, $0', 'REMOVEFILTERS', 'ABS'], ['M = LEFT($0', 'UPPER', 'YEAR'], ['M = COUNTROWS(FactSession) + $0', 'ABS', 'FILTER'],
    ['M = $0', 'ABS', 'RUNNINGSUM'],
  ])('in %j %s comes before %s', async (text, wanted, other) => {
    expect(await first(text, wanted, other)).toBe(wanted);
  });
});

describe('codes', () => {
  const at = `${contact}//- /m.dax\nM = CALCULATE(1, FactSession[Reason] = $0)`;

  it('have their label, their code and their rows', async () => {
    expect((await itemsAt(at)).slice(0, 2).map((it) => [it.label, it.detail])).toEqual([['AgentReject', '192350001 · 2 rows'], ['AgentTimeout', '192350002 · 1 row']]);
  });

  it('tell that their rows are late, and only then', async () => {
    const { workspace, uri, offset } = await openFixture(at);
    const told: string[] = [];
    await completion({ workspace, patience: impatient, onLate: () => told.push('late') }, uri, offset, undefined);
    await completion({ workspace, patience: patient, onLate: () => told.push('again') }, uri, offset, undefined);
    expect(told).toEqual(['late']);
  });

  it('do not wait for their rows', async () => {
    expect((await itemsAt(at, impatient)).slice(0, 2).map((it) => [it.label, it.detail])).toEqual([['AgentReject', '192350001'], ['AgentTimeout', '192350002']]);
  });

  it('that many rows have come first, those that none has come last', async () => {
    const text = `//- /o.daxmodel.yaml\nname: o\ntables:\n  T:\n    rows: [{ c: 3 }, { c: 2 }, { c: 3 }]\n    columns: { c: { type: int64, choice: k } }\nchoices:\n  k: { 1: A, 2: B, 3: C }\n//- /m.dax\nM = CALCULATE(1, T[c] = $0)`;
    expect((await itemsAt(text)).slice(0, 3).map((it) => [it.label, it.detail])).toEqual([['C', '3 · 2 rows'], ['B', '2 · 1 row'], ['A', '1 · 0 rows']]);
  });

  it.each([
    ['M = CALCULATE(1, FactSession[Reason] IN { "192350001", $0 })', ['AgentTimeout', 'AgentReject']],
    ['M = CALCULATE(1, FactSession[Reason] IN { "192350001", "$0" })', ['AgentTimeout', 'AgentReject']],
    ['M = SWITCH(SELECTEDVALUE(FactSession[Reason]), "192350001", "192350002", $0)', ['AgentTimeout', 'AgentReject']],
    // The other list, and what only contains the code, say nothing.
    ['M = CALCULATE(1, FactSession[Reason] IN { "192350001" }, FactSession[Reason] IN { $0 })', ['AgentReject', 'AgentTimeout']],
    ['M = CALCULATE(1, FactSession[Reason] IN { LEFT("192350001", 9), $0 })', ['AgentReject', 'AgentTimeout']],
  ])('that the list has already come after the others: %j', async (text, labels) => {
    const found = (await itemsAt(`${contact}//- /m.dax\n${text}`)).filter((it) => it.kind === 'code').map((it) => it.label);
    expect(found).toEqual(labels);
  });

  it('are found by their digits in the order of their rows, whatever their labels', async () => {
    const found = (await itemsAt(`${contact}//- /m.dax\nM = CALCULATE(1, FactSession[Reason] = "19$0")`)).map((it) => it.filterText);
    expect(found).toEqual(['"192350001 AgentReject', '"192350002 AgentTimeout']);
  });
});

describe('values of a dimension', () => {
  it('have the rows around them, and come in their order', async () => {
    const found = await itemsAt(`${contact}//- /m.dax\nM = CALCULATE(1, 'Dim Agent'[Name] = $0)`);
    expect(found.slice(0, 3).map((it) => [it.label, it.detail])).toEqual([['Ann', '2 rows of FactSession'], ['Bo', '1 row of FactSession'], ['Cy', '1 row of FactSession']]);
  });

  it('are counted by themselves where their table is a fact as well', async () => {
    const text = `//- /o.daxmodel.yaml\nname: o\ntables:\n  E:\n    rows: [{ t: 1 }, { t: 2 }, { t: 2 }]\n  T:\n    rows: [{ t: 1, k: a, s: x }, { t: 2, k: b, s: x }, { t: 3, k: b, s: x }]\n    columns: { t: { type: int64 }, k: { type: string }, s: { type: string } }\n  S:\n    rows: [{ s: x }]\nrelationships:\n  - { from: "E[t]", to: "T[t]" }\n  - { from: "T[s]", to: "S[s]" }\n//- /m.dax\nM = CALCULATE(1, T[k] = $0)`;
    expect((await itemsAt(text)).slice(0, 2).map((it) => [it.label, it.detail])).toEqual([['b', '2 rows'], ['a', '1 row']]);
  });
});

describe('documentation', () => {
  const docsAt = async (text: string, label: string): Promise<string | undefined> => {
    const { workspace, uri, offset } = await openFixture(`${contact}//- /m.dax\n${text}`);
    const item = (await completion({ workspace, patience: patient }, uri, offset, undefined)).find((it) => it.label === label);
    return item?.key === undefined ? undefined : completionDocs(docsOf(workspace), item.key);
  };

  it('of a column has its description as prose and its frequent values', async () => {
    const docs = await docsAt('M = COUNT(FactSession[$0', 'Reason');
    expect(docs).toContain('\nWhy it ended\n');
    expect(docs).toContain('| `192350001` | `AgentReject` | `2` |');
  });

  it('of a table has its rows', async () => {
    expect(await docsAt('M = COUNTROWS($0', 'FactSession')).toContain('4 rows');
  });

  it('of a metric has its value', async () => {
    expect(await docsAt('/// Longest.\nLongest = MAX(FactSession[Duration])\nM = [$0', 'Longest')).toBe('= **`120`**\n\nLongest.');
  });
});
