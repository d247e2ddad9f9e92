// Coverage of tests: which branches the rows of a sample take while expectations are evaluated.
import { describe, expect, it } from 'vitest';
import { testCoverage } from '../../server/src/workspace/testCoverage.ts';
import { testsOf } from '../../server/src/workspace/tests.ts';
import { contact, modelOfOneRow } from '../ide/contact.ts';
import { openFixture } from '../support/workspace.ts';

/** `metric contexts: CALL[label text taken, ...]` for each metric of the documents that the tests of the last file reach. */
async function coverageOf(fixture: string): Promise<readonly string[]> {
  const { workspace, files } = await openFixture(fixture);
  const uri = `file://${files.at(-1)?.path ?? ''}`;
  const document = await workspace.document(uri);
  if (document === undefined) throw new Error('no document');
  const found = await testCoverage(workspace, testsOf(document).map((it) => ({ ...it, uri })));
  return found.flatMap((file) => file.metrics.map((metric) => {
    const { text } = file.document;
    expect(text.slice(metric.nameSpan.start, metric.nameSpan.end)).toBe(metric.name);
    const choices = metric.choices.map((it) => {
      expect(text.slice(it.span.start, it.span.end).toUpperCase()).toContain(`${it.name}(`);
      return `${it.name}[${it.branches.map((one) => `${one.label} ${text.slice(one.span.start, one.span.end)} ${String(one.taken)}`).join(', ')}]`;
    });
    return `${metric.name} ${String(metric.contexts)}: ${choices.join(' ')}`;
  }));
}

/** One metric with one expectation. */
const one = (expression: string, tag = '@expect 1'): string => `${contact}//- /m.dax\n/// ${tag}\nM = ${expression}\n`;

describe('branches', () => {
  it.each([
    ['IF(COUNTROWS(FactSession) > 3, "many", "few")', 'IF[then "many" 1, else "few" 0]'],
    ['IF(COUNTROWS(FactSession) > 9, "many")', 'IF[then "many" 0]'],
    ['IF(COUNTROWS(FactSession) > 9, , "few")', 'IF[else "few" 1]'],
    ['IF.EAGER(COUNTROWS(FactSession) > 3, 1, 2)', 'IF.EAGER[then 1 1, else 2 0]'],
    ['SWITCH(COUNTROWS(FactSession), 3, "three", 4, "four", "else")', 'SWITCH[3 "three" 0, 4 "four" 1, else "else" 0]'],
    ['SWITCH(TRUE(), COUNTROWS(FactSession) > 9, 1, COUNTROWS(FactSession) > 2, 2, 3)', 'SWITCH[COUNTROWS(FactSession) > 9 1 0, COUNTROWS(FactSession) > 2 2 1, else 3 0]'],
    ['COALESCE(SUM(FactSession[Duration]), 0)', 'COALESCE[not BLANK SUM(FactSession[Duration]) 1, BLANK before 0 0]'],
    ['COALESCE(BLANK(), BLANK(), 7)', 'COALESCE[not BLANK BLANK() 0, BLANK before BLANK() 0, BLANK before 7 1]'],
    ['IFERROR(1 + 1, 0)', 'IFERROR[no error 1 + 1 1, error 0 0]'],
    ['IFERROR("a" + 1, 0)', 'IFERROR[no error "a" + 1 0, error 0 1]'],
  ])('of %s', async (expression, choices) => {
    expect(await coverageOf(one(expression))).toEqual([`M 1: ${choices}`]);
  });

  it('of a row of an iterator count as one each', async () => {
    // Four rows: durations 30, 60, 90 and 120; two reasons are AgentReject, one is AgentTimeout, one BLANK.
    expect(await coverageOf(one('SUMX(FactSession, IF(FactSession[Duration] > 45, FactSession[Duration], 0))'))).toEqual([
      'M 1: IF[then FactSession[Duration] 3, else 0 1]']);
    expect(await coverageOf(one('SUMX(FactSession, SWITCH(FactSession[Reason], "192350001", 1, "192350002", 2))'))).toEqual([
      'M 1: SWITCH["192350001" 1 2, "192350002" 2 1]']);
    expect(await coverageOf(one('COUNTROWS(FILTER(FactSession, IF(FactSession[Duration] > 500, TRUE, FALSE)))'))).toEqual([
      'M 1: IF[then TRUE 0, else FALSE 4]']);
  });

  it('of groups and filters add up', async () => {
    expect(await coverageOf(`${contact}//- /m.dax
/// @expect 3 where 'Dim Agent'[Team] = "Berlin"
/// @expect = [M] by 'Dim Agent'[Name]
M = IF(COUNTROWS(FactSession) > 1, COUNTROWS(FactSession), 1)
`)).toEqual(['M 7: IF[then COUNTROWS(FactSession) 3, else 1 4]']);
  });

  it('within branches that are not taken are not taken', async () => {
    expect(await coverageOf(one('IF(COUNTROWS(FactSession) > 9, IF(1 = 1, "a", "b"), "c")'))).toEqual([
      'M 1: IF[then IF(1 = 1, "a", "b") 0, else "c" 1] IF[then "a" 0, else "b" 0]']);
  });
});

describe('metrics', () => {
  it('that are read are reached, at any depth and in other files; others are not', async () => {
    expect(await coverageOf(`${contact}//- /other.dax
Deep = COALESCE(COUNTROWS(FactSession), 0)
Unread = IF(TRUE(), 1, 2)
//- /m.dax
/// @expect 4
M = IF([Deep] > 9, [Never], [Deep])
Never = 1
`)).toEqual([
      'M 1: IF[then [Never] 0, else [Deep] 1]',
      'Never 0: ',
      'Deep 2: COALESCE[not BLANK COUNTROWS(FactSession) 1, BLANK before 0 0]',
      'Unread 0: IF[then 1 0, else 2 0]',
    ]);
  });

  it('on both sides of a comparison are reached', async () => {
    expect(await coverageOf(`${modelOfOneRow('left', 1)}${modelOfOneRow('right', 2)}//- /page.md
---
dax-model: [left]
---

\`\`\`dax
/// @compare [Other] by T[Amount]
M = IF(SUM(T[Amount]) = 1, 1, 2)

Other = IF(SUM(T[Amount]) = 1, 1, 2)
\`\`\`
`)).toEqual(['M 2: IF[then 1 2, else 2 0]', 'Other 2: IF[then 1 2, else 2 0]']);
  });
});
