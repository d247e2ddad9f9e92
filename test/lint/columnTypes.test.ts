// Columns whose type nobody declares, used as two types.
import { expect, it } from 'vitest';
import { checkFiles } from '../support/lint.ts';
import { openFixture, uriOf } from '../support/workspace.ts';
import { contactFile } from './model.ts';

const model = `//- /contact.daxmodel.yaml${contactFile}`;

it('the rarer use is the conflict, across files', () =>
  checkFiles(`${model}//- /a.dax
A = CALCULATE(COUNTROWS(FactSession), FactSession[IsBillable])
                                      ^^^^^^^^^^^^^^^^^^^^^^^ error[column-type-conflict]: FactSession[IsBillable] is a condition here and compared with text elsewhere. Declare its type, or write both alike.
//- /b.dax
B = CALCULATE(COUNTROWS(FactSession), FactSession[IsBillable] = "1")

C = CALCULATE(COUNTROWS(FactSession), FactSession[IsBillable] IN { "1", "2" })`));

it('of equally many the later one', () =>
  checkFiles(`${model}//- /a.dax
A = CALCULATE(COUNTROWS(FactSession), NOT FactSession[IsBillable])

B = CALCULATE(COUNTROWS(FactSession), FactSession[IsBillable] = 1)
                                      ^^^^^^^^^^^^^^^^^^^^^^^ error[column-type-conflict]: FactSession[IsBillable] is compared with a number here and a condition elsewhere. ...`));

it('on a page, against its own fences and the files of the model', () =>
  checkFiles(`${model}//- /a.dax
A = CALCULATE(COUNTROWS(FactSession), FactSession[IsBillable] = "1")
//- /page.md
\`\`\`dax
B = SUMX(FactSession, IF(FactSession[IsBillable], 1))
                         ^^^^^^^^^^^^^^^^^^^^^^^ error[column-type-conflict]
\`\`\`
\`\`\`dax
C = SUMX(FactSession, SWITCH(FactSession[IsBillable], "1", 1, "2", 2, 3))
\`\`\``));

it('one use, a test for BLANK, and columns with a type are fine', () =>
  checkFiles(`${model}//- /a.dax
A = CALCULATE(COUNTROWS(FactSession), FactSession[IsBillable], FactSession[IsAgentSession])

B = COUNTROWS(FILTER(FactSession, FactSession[IsBillable] == BLANK() || FactSession[IsBillable] <> ""))
                                                                        ^^^^^^^^^^^^^^^^^^^^^^^ error[column-type-conflict]

C = COUNTROWS(FILTER(FactSession, FactSession[IsBillable] <> 0))`));

it('an edit reads again only the segment that changed', async () => {
  const { workspace, type } = await openFixture(`${model}//- /a.dax
A = CALCULATE(COUNTROWS(FactSession), FactSession[IsBillable])
//- /b.dax
B = CALCULATE(COUNTROWS(FactSession), FactSession[IsBillable] = "1")

C = CALCULATE(COUNTROWS(FactSession), FactSession[IsBillable] = "2")`);
  const rules = async (): Promise<readonly string[]> => (await workspace.findings(uriOf('/a.dax'))).map((it) => it.rule);
  expect(await rules()).toEqual(['column-type-conflict']);
  const before = workspace.work();
  type('/b.dax', 'B = CALCULATE(COUNTROWS(FactSession), FactSession[IsBillable])\n\nC = CALCULATE(COUNTROWS(FactSession), FactSession[IsBillable] = "2")');
  expect(await rules()).toEqual([]);
  expect(workspace.work().bound - before.bound).toBe(1);
});
