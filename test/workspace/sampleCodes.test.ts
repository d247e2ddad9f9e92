// Codes that no row of the sample has.
import { expect, it } from 'vitest';
import { checkFiles } from '../support/lint.ts';
import { openFixture, uriOf } from '../support/workspace.ts';

const model = `//- /m.daxmodel.yaml
name: m
tables:
  S:
    rows: [{ Why: "1001", State: 1, Kinds: "1001,1002", Empty: null }, { Why: "1002", State: 2, Kinds: "1001" }]
    columns:
      Why: { type: string, choice: why }
      State: { type: int64, choice: state }
      Kinds: { type: string, choice: why, multiSelect: true }
      Empty: { type: string, choice: why }
  E:
    rows: []
    columns: { Why: { type: string, choice: why } }
  G:
    columns: { Why: { type: string, choice: why } }
  C:
    dax: "SELECTCOLUMNS(FILTER(S, S[State] = 1), \\"Why\\", S[Why])"
    columns: { Why: { choice: why } }
choices:
  why: { 1001: Reject, 1002: Timeout, 1003: Transfer }
  state: { 1: Open, 2: Closed, 3: Lost }
`;

it('are told where they are compared', () =>
  checkFiles(`${model}//- /m.dax
A = CALCULATE(COUNTROWS(S), S[Why] = "1003")
                                     ^^^^^^ information[code-not-in-sample]: No row of the sample has 1003 (Transfer) in S[Why].

B = CALCULATE(COUNTROWS(S), S[State] IN { 1, 3 })
                                             ^ information[code-not-in-sample]: No row of the sample has 3 (Lost) in S[State].

C1 = CALCULATE(COUNTROWS(C), C[Why] = "1002")
                                      ^^^^^^ information[code-not-in-sample]: No row of the sample has 1002 (Timeout) in C[Why].`));

it('are not told of codes that rows have, of ranges, of searches, and of tables without rows', () =>
  checkFiles(`${model}//- /m.dax
A = CALCULATE(COUNTROWS(S), S[Why] = "1001", S[State] < 3)

B = COUNTROWS(FILTER(S, CONTAINSSTRING(S[Kinds], "1003")))

C1 = CALCULATE(COUNTROWS(E), E[Why] = "1003")

D = CALCULATE(COUNTROWS(G), G[Why] = "1003")

F = CALCULATE(COUNTROWS(S), S[Empty] = "1003")`));

it('do not keep an editor waiting, which is told when they are known', async () => {
  const { workspace, uri } = await openFixture(`${model}//- /m.dax\n$0A = CALCULATE(COUNTROWS(S), S[Why] = "1003")`);
  const late = new Promise<void>((resolve) => workspace.onDidChange(resolve));
  expect(await workspace.findings(uri, 'known')).toEqual([]);
  await late;
  expect((await workspace.findings(uri, 'known')).map((it) => it.rule)).toEqual(['code-not-in-sample']);
});

it('follow the data', async () => {
  const { workspace, write } = await openFixture(`//- /m.daxmodel.yaml
name: m
tables:
  S: { source: s.csv, columns: { Why: { type: string, choice: why } } }
choices:
  why: { 1001: Reject, 1002: Timeout }
//- /s.csv
Why
1001
//- /m.dax
A = CALCULATE(COUNTROWS(S), S[Why] = "1002")`);
  const rules = async (): Promise<readonly string[]> => (await workspace.findings(uriOf('/m.dax'))).map((it) => it.rule);
  expect(await rules()).toEqual(['code-not-in-sample']);
  write('/s.csv', 'Why\n1001\n1002\n');
  expect(await rules()).toEqual([]);
});
