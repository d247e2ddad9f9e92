// What text defines for a model is known in all its files, on its pages, and by tabs.
import { describe, expect, it } from 'vitest';
import { expectFindings } from '../support/fixtures.ts';
import { openFixture, uriOf } from '../support/workspace.ts';

const model = `//- /contact.daxmodel.yaml
name: contact
tables:
  Sessions:
    columns: { Turns: int64, Queue: string }
    rows: [{ Turns: 1, Queue: a }]
`;

/** Checks the findings of every file of a fixture but the model. */
async function checkFiles(source: string): Promise<void> {
  const { workspace, files } = await openFixture(`${model}${source}`);
  for (const file of files.filter((it) => !it.path.endsWith('.yaml'))) {
    const findings = (await workspace.findings(uriOf(file.path))).filter((it) => it.category === 'reference' || it.category === 'type');
    expectFindings(file, findings);
  }
}

describe('across the files of a model', () => {
  it('functions, tables, columns and metrics are known', async () => {
    await checkFiles(`//- /a.dax
FUNCTION Twice = (x : NUMERIC) => x * 2
TABLE Fresh = SELECTCOLUMNS(Sessions, "Price [€]", Sessions[Turns])
COLUMN Sessions[Long] = Sessions[Turns] > 5
DEFINE
  MEASURE Sessions[Defined] = SUM(Sessions[Turns])
  FUNCTION Thrice = (x : NUMERIC) => x * 3
//- /b.dax
A = Twice([Defined]) + Thrice(SUM(Fresh[Price [€]]]))
B = Twice()
    ^^^^^ error[argument-count]: Twice takes 1 argument; 0 given.
C = SUM(Fresh[Prize])
             ^^^^^^^ error[unknown-column]: The table Fresh has no column or measure [Prize]...
D = COUNTROWS(FILTER(Sessions, [Long])) & Twic([Defined])
                                          ^^^^ error[misspelt-function]: There is no function TWIC. Did you mean Twice?
E = IF([Defined] = "x", 1)
                   ^^^ error[comparison-types]
`);
  });

  it('a name that is defined twice is told the second time', async () => {
    await checkFiles(`//- /a.dax
FUNCTION Twice = (x) => x * 2
TABLE Fresh = { 1 }
COLUMN Sessions[Long] = 1
M = 1
//- /b.dax
FUNCTION TWICE = (x) => x + x
         ^^^^^ error[duplicate-definition]: TWICE is defined more than once in the model contact.
TABLE Fresh = { 2 }
      ^^^^^ error[duplicate-definition]
DEFINE COLUMN Sessions[Long] = 2
                      ^^^^^^ error[duplicate-definition]
  MEASURE Sessions[M] = 2
                  ^^^ error[duplicate-definition]
`);
  });
});

describe('on a page', () => {
  it('its own definitions hide those of the model, and show a tab alone what they define', async () => {
    await checkFiles(`//- /a.dax
FUNCTION Twice = (x : NUMERIC) => x * 2
//- /page.md
---
model: contact
---
# Page
\`\`\`dax
FUNCTION Twice = (x : NUMERIC, y : NUMERIC) => x * y
A = Twice(1, 2)
B = Twice(1)
    ^^^^^ error[argument-count]
\`\`\`
`);
  });
});

it('a definition that moves to another file leads on', async () => {
  const { workspace, type } = await openFixture(`${model}//- /a.dax
FUNCTION Twice = (x : NUMERIC) => x * 2
//- /b.dax
A = Twice(1)
`);
  const rules = async (path: string): Promise<readonly string[]> => (await workspace.findings(uriOf(path))).map((it) => it.rule);
  expect(await rules('/b.dax')).toEqual([]);
  type('/a.dax', '// nothing');
  expect(await rules('/b.dax')).toEqual(['unknown-function']);
  type('/b.dax', 'A = Twice(1)\nDEFINE FUNCTION Twice = (x) => x');
  expect(await rules('/b.dax')).toEqual([]);
});
