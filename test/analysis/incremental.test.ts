// What an edit binds again: the definition that changed, and what reads it at any depth.
import { expect, it } from 'vitest';
import { openFixture, uriOf } from '../support/workspace.ts';

const model = `//- /contact.daxmodel.yaml
name: contact
tables:
  Sessions:
    columns: { Turns: int64, Queue: string }
    rows: [{ Turns: 1, Queue: a }]
//- /main.dax
`;

const text = `Plain = COUNTROWS(Sessions)
FUNCTION Twice = (x : NUMERIC) => x * 2
FUNCTION Four = (x : NUMERIC) => Twice(Twice(x))
Uses function = Four([Plain])
TABLE Fresh = ADDCOLUMNS(VALUES(Sessions[Queue]), "n", [Plain])
COLUMN Sessions[Long] = Sessions[Turns] > Twice(2)
Uses table = SUMX(Fresh, [n])
Uses column = COUNTROWS(FILTER(Sessions, [Long]))
Alone = MAX(Sessions[Turns])`;

async function boundAfter(from: string, to: string): Promise<number> {
  const { workspace, type } = await openFixture(`${model}${text}`);
  await workspace.findings(uriOf('/main.dax'));
  const before = workspace.work().bound;
  type('/main.dax', text.replace(from, to));
  await workspace.findings(uriOf('/main.dax'));
  return workspace.work().bound - before;
}

it.each([
  ['a metric that nothing reads', 'MAX(Sessions[Turns])', 'MIN(Sessions[Turns])', 1],
  // Twice, Four, Uses function; Long, Uses column, and what reads a column of Sessions: Plain and its readers, Fresh, Uses table, Alone
  ['a function', 'x * 2', 'x * 3', 9],
  ['a table: itself and its reader', '"n", [Plain]', '"n", 1', 2],
])('%s', async (_, from, to, count) => {
  expect(await boundAfter(from, to)).toBe(count);
});

it('types follow through functions, tables and columns', async () => {
  const { workspace, type } = await openFixture(`${model}${text}\nCheck = IF([Uses table] = "x", 1)`);
  const rules = async (): Promise<readonly string[]> => (await workspace.findings(uriOf('/main.dax'))).map((it) => it.rule);
  expect(await rules()).toEqual(['comparison-types']);
  type('/main.dax', `${text.replace('SUMX(Fresh, [n])', 'MAXX(Fresh, [n])').replace('"n", [Plain]', '"n", "text"')}\nCheck = IF([Uses table] = "x", 1)`);
  expect(await rules()).toEqual([]);
});
