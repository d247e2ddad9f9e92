// What each mutation operator makes of a metric, and what it leaves alone.
import { describe, expect, it } from 'vitest';
import { columnFacts, mutantsOf } from '../../../server/src/workspace/mutation/mutants.ts';
import { openFixture } from '../../support/workspace.ts';

const model = `//- /m.daxmodel.yaml
name: shop
tables:
  Sales:
    rows:
      - { Id: a, Ticket: t1, Region: north, Status: 1, Amount: 10, Price: 1.5, Paid: true, Day: 2025-03-01, Shipped: 2025-03-02 }
      - { Id: b, Ticket: t2, Region: north, Status: 2, Amount: 20, Price: 2.5, Paid: false, Day: 2025-03-02, Shipped: 2025-03-04 }
    columns:
      Id: { type: string, key: true }
      Ticket: { type: string, key: true }
      Region: { type: string }
      Status: { type: int64, choice: status }
      Amount: { type: int64 }
      Price: { type: double }
      Paid: { type: boolean }
      Day: { type: dateTime }
      Shipped: { type: dateTime }
choices:
  status: { 1: Open, 2: Won, 3: { label: Old, deprecated: true }, 4: Lost }
`;

/** The bodies of the mutants of `M = body`, by one operator. */
async function mutants(body: string, operator?: string): Promise<readonly string[]> {
  const { workspace } = await openFixture(`${model}//- /m.dax\nM = ${body}\nOther = SUM(Sales[Amount])\n`);
  const document = await workspace.document('file:///m.dax');
  const segment = document?.regions[0]?.segments[0];
  const [view] = await workspace.models();
  const reading = segment?.readings[0];
  if (segment === undefined || view === undefined || reading === undefined) throw new Error('nothing was read');
  const { made } = mutantsOf(segment.segment, reading, view, columnFacts(await workspace.facts(view)));
  const { text } = segment.segment;
  return made.filter((it) => operator === undefined || it.operator === operator)
    .map(({ change: { span, newText } }) => (text.slice(0, span.start) + newText + text.slice(span.end)).replace(/^M = /, '').trim());
}

describe('mutation operators', () => {
  it.each<[operator: string, body: string, expected: readonly string[]]>([
    ['code', 'CALCULATE([Other], Sales[Status] = 1)', ['CALCULATE([Other], Sales[Status] = 2)']],
    ['code', 'CALCULATE([Other], Sales[Status] IN {1, 2})', ['CALCULATE([Other], Sales[Status] IN {4, 2})', 'CALCULATE([Other], Sales[Status] IN {1, 4})']],
    ['comparison', 'CALCULATE([Other], Sales[Region] = "north")', ['CALCULATE([Other], Sales[Region] <> "north")']],
    ['comparison', 'IF([Other] > 5, 1)', ['IF([Other] >= 5, 1)', 'IF([Other] <= 5, 1)']],
    ['comparison', 'CALCULATE([Other], Sales[Region] IN {"north"})', ['CALCULATE([Other], NOT (Sales[Region] IN {"north"}))']],
    ['filter', 'CALCULATE([Other], Sales[Paid], Sales[Region] = "north")', ['CALCULATE([Other], Sales[Region] = "north")', 'CALCULATE([Other], Sales[Paid])']],
    ['filter', 'COUNTROWS(FILTER(Sales, Sales[Amount] > 5))', ['COUNTROWS(Sales)']],
    ['filter', 'CALCULATE([Other], Sales[Region] IN {"a", "b", "c"})', [
      'CALCULATE([Other])', 'CALCULATE([Other], Sales[Region] IN {"b", "c"})', 'CALCULATE([Other], Sales[Region] IN {"a", "c"})', 'CALCULATE([Other], Sales[Region] IN {"a", "b"})',
    ]],
    ['column', 'MAX(Sales[Day])', ['MAX(Sales[Shipped])']],
    ['column', 'MAX(Sales[Shipped])', ['MAX(Sales[Day])']],
    ['column', 'MAX(Sales[Price])', []],
    ['logic', 'CALCULATE([Other], Sales[Amount] > 1 && Sales[Amount] < 9)', [
      'CALCULATE([Other], Sales[Amount] > 1 || Sales[Amount] < 9)', 'CALCULATE([Other], (Sales[Amount] > 1))', 'CALCULATE([Other], (Sales[Amount] < 9))',
    ]],
    ['logic', 'CALCULATE([Other], NOT Sales[Paid])', ['CALCULATE([Other], Sales[Paid])']],
    ['logic', 'IF(AND([Other] > 1, [Other] < 9), 1)', ['IF(OR([Other] > 1, [Other] < 9), 1)', 'IF(([Other] > 1), 1)', 'IF(([Other] < 9), 1)']],
    ['truth', 'CALCULATE([Other], Sales[Paid] = TRUE)', ['CALCULATE([Other], Sales[Paid] = FALSE)']],
    ['truth', 'CALCULATE([Other], Sales[Paid])', ['CALCULATE([Other], NOT (Sales[Paid]))']],
    ['aggregate', 'SUM(Sales[Amount])', ['AVERAGE(Sales[Amount])']],
    ['aggregate', 'DISTINCTCOUNT(Sales[Region])', ['COUNTA(Sales[Region])']],
    ['number', 'IF([Other] > 0, 2.5)', ['IF([Other] > 1, 2.5)', 'IF([Other] > (-1), 2.5)', 'IF([Other] > 0, 3.5)', 'IF([Other] > 0, 1.5)']],
    ['number', 'CALCULATE([Other], Sales[Status] = 1)', []],
    ['divide', 'DIVIDE([Other], 2)', ['DIVIDE(2, [Other])']],
    ['divide', '[Other] / 2', ['2 / [Other]']],
    ['arithmetic', '[Other] - 2', ['[Other]  +  2']],
    ['branch', 'IF([Other] > 1, "x", "y")', ['IF([Other] > 1, "y", "x")']],
    ['branch', 'COALESCE([Other], 0)', ['[Other]', '0']],
    ['unit', 'DATEDIFF(MIN(Sales[Day]), MAX(Sales[Day]), HOUR)', ['DATEDIFF(MIN(Sales[Day]), MAX(Sales[Day]), DAY)']],
    ['text', 'CALCULATE([Other], Sales[Region] IN {"a", "b"})', ['CALCULATE([Other], Sales[Region] IN {"a~", "b"})', 'CALCULATE([Other], Sales[Region] IN {"a", "b~"})']],
  ])('%s: %s', async (operator, body, expected) => {
    expect(await mutants(body, operator)).toEqual(expected);
  });
});

describe('what is not made', () => {
  it.each<[why: string, body: string, operator: string]>([
    ['a count of a key that another count of it equals', 'DISTINCTCOUNT(Sales[Id])', 'aggregate'],
    ['a count of another key of the table', 'DISTINCTCOUNT(Sales[Id])', 'column'],
    ['a change in a variable that nothing reads', 'VAR unused = 5 RETURN [Other]', 'number'],
    ['a junction of the same on both sides', 'IF([Other] > 1 && [Other] > 1, "x")', 'nothing'],
    ['a swap of the same on both sides', 'DIVIDE([Other], [Other])', 'divide'],
    ['a column of another type where no other has its own', 'AVERAGE(Sales[Price])', 'column'],
  ])('%s', async (_, body, operator) => {
    expect(await mutants(body, operator)).toEqual([]);
  });

  it('a junction of the same does not become the other junction', async () => {
    expect(await mutants('IF([Other] > 1 && [Other] > 1, "x")', 'logic')).not.toContain('IF([Other] > 1 || [Other] > 1, "x")');
  });

  it('what binding calls an error', async () => {
    // A sum of texts: the only other column of the type of Day is a date too, and of Region there are the keys.
    expect(await mutants('SUM(Sales[Amount])', 'column')).toEqual(['SUM(Sales[Status])']);
    expect(await mutants('MEDIAN(Sales[Price])')).toEqual(['AVERAGE(Sales[Price])']);
  });
});
