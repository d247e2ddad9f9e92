// A value that comes from made-up rows says so, wherever it is shown.
import { describe, expect, it } from 'vitest';
import { openFixture } from '../support/workspace.ts';
import { createValueHints } from '../../server/src/ide/inlayHints/value.ts';
import { hoverAt, patient, withHints } from './open.ts';

const model = `//- /m.daxmodel.yaml
name: shop
tables:
  Sales: { generate: { rows: 40 }, columns: { RegionId: {}, Amount: { type: int64, generate: { min: 2, max: 2 } } } }
  Region:
    rows: [{ Id: n, Name: north }, { Id: s, Name: south }]
    columns: { Id: { key: true, type: string }, Name: { type: string } }
  Months: { dax: "SUMMARIZE(Sales, Sales[RegionId])", columns: { RegionId: { type: string } } }
relationships:
  - { from: "Sales[RegionId]", to: "Region[Id]" }
`;

describe('a fault in generate', () => {
  const shown = async (columns: string, table = '{ rows: 7 }', whole = ''): Promise<string> =>
    withHints(`//- /m.daxmodel.yaml
name: shop
${whole}tables:
  Sales: { generate: ${table}, columns: { ${columns} } }
  Other: { generate: { rows: 3 }, columns: { N: { type: int64 } } }
//- /m.dax
Rows = COUNTROWS(Sales)

Others = COUNTROWS(Other)
`, 'value');
  const good = 'N: { type: int64 }';

  it.each([
    ['of the table', good, '{ rows: ten }'],
    ['of the table, a range that ends before it begins', good, '{ rows: 7, from: 2025-02-01, to: 2025-01-01 }'],
    ['of a column, an unknown key', 'N: { type: int64, generate: { mni: 3 } }', undefined],
    ['of a column, a range turned round', 'N: { type: int64, generate: { min: 5, max: 1 } }', undefined],
    ['of a column, for another type', 'N: { type: int64, generate: { share: 0.5 } }', undefined],
  ])('%s leaves its table without rows, and no other', async (_name, columns, table) => {
    expect(await shown(columns, table)).toBe('Rows = COUNTROWS(Sales)⟨= ?⟩\n\nOthers = COUNTROWS(Other)⟨= 3 (generated)⟩');
  });

  it('of the model leaves every such table without rows', async () => {
    expect(await shown(good, '{ rows: 7 }', 'generate: { rows: many }\n')).toBe('Rows = COUNTROWS(Sales)⟨= ?⟩\n\nOthers = COUNTROWS(Other)⟨= ?⟩');
  });

  it('is none of a table that has its rows', async () => {
    expect(await withHints(`//- /m.daxmodel.yaml
name: shop
tables:
  Sales: { rows: [{ N: 1 }], generate: { rows: ten }, columns: { N: { type: int64 } } }
//- /m.dax
Rows = COUNTROWS(Sales)
`, 'value')).toBe('Rows = COUNTROWS(Sales)⟨= 1⟩');
  });
});

describe('the value of a metric', () => {
  it('is marked where it depends on made-up rows, at any depth', async () => {
    expect(await withHints(`${model}//- /m.dax
Total = SUM(Sales[Amount])

Half = [Total] / 2

Months = COUNTROWS(Months)

Regions = COUNTROWS(Region)

One = 1
`, 'value')).toBe(`Total = SUM(Sales[Amount])⟨= 80 (generated)⟩

Half = [Total] / 2⟨= 40 (generated)⟩

Months = COUNTROWS(Months)⟨= 2 (generated)⟩

Regions = COUNTROWS(Region)⟨= 2⟩

One = 1⟨= 1⟩`);
  });

  it('follows an edit of what it reads, however deep', async () => {
    const opened = await openFixture(`${model}//- /m.dax\nBase = COUNTROWS(Region)\n//- /n.dax\nMiddle = [Base] + 1\n//- /o.dax\nTop = [Middle] + 1\n`);
    const top = async (): Promise<string | undefined> => {
      const document = await opened.workspace.document('file:///o.dax');
      return document === undefined ? undefined : (await createValueHints(() => opened.workspace).hints(document, { patience: patient, onLate: () => undefined }))[0]?.label;
    };
    expect(await top()).toBe('= 4');
    opened.type('/m.dax', 'Base = COUNTROWS(Sales)\n');
    expect(await top()).toBe('= 42 (generated)');
    opened.type('/m.dax', 'Base = COUNTROWS(Region) + 0\n');
    expect(await top()).toBe('= 4');
  });

  it('is marked where a filter gets to its table over made-up rows', async () => {
    const bridged = `//- /m.daxmodel.yaml
name: shop
tables:
  A: { rows: [{ Id: 1 }, { Id: 2 }], columns: { Id: { key: true, type: int64 } } }
  Bridge: { generate: { rows: 3 }, columns: { A: {}, B: {} } }
  B: { rows: [{ Id: 1 }, { Id: 2 }], columns: { Id: { key: true, type: int64 } } }
  Aside: { columns: { A: {} } }
relationships:
  - { from: "Bridge[A]", to: "A[Id]", crossFilter: both }
  - { from: "Bridge[B]", to: "B[Id]", crossFilter: both }
  - { from: "Aside[A]", to: "A[Id]" }
`;
    const hints = await withHints(`${bridged}//- /m.dax\nFiltered = CALCULATE(COUNTROWS(A), B[Id] = 1) + 0\n\nPlain = COUNTROWS(A)\n`, 'value');
    expect(hints).toContain('(generated)⟩');
    expect(hints).toContain('Plain = COUNTROWS(A)⟨= 2⟩');
  });
});

describe('a hover', () => {
  const at = async (text: string): Promise<string> => (await hoverAt(`${model}//- /m.dax\n${text}`)) ?? '';

  it('of a metric marks its value, and says whose rows are made up', async () => {
    expect(await at('To$0tal = SUM(Sales[Amount])\n')).toContain('= **`80`** (generated)\n\nGenerated: `Sales` has no source, so the rows are made up.');
    expect(await at('Re$0gions = COUNTROWS(Region)\n')).not.toMatch(/generated/i);
  });

  it('of a table and of a column too', async () => {
    expect(await at('Total = SUM(Sa$0les[Amount])\n')).toContain('rows generated: it has no source');
    expect(await at('Total = SUM(Sales[Am$0ount])\n')).toContain('(generated)');
    expect(await at('Total = COUNTROWS(VALUES(Months[Region$0Id]))\n')).toContain('(generated)');
    expect(await at('Total = COUNTROWS(VALUES(Region[Na$0me]))\n')).not.toMatch(/generated/i);
  });
});

describe('an expectation', () => {
  it('that depends on made-up rows is a finding', async () => {
    const { workspace } = await openFixture(`${model}//- /m.dax
/// @expect 80
Total = SUM(Sales[Amount])

/// @expect 2
/// @expect = [Total] by Region[Name]
Regions = COUNTROWS(Region)

/// @expect 2
/// @expect 2 where Sales[Amount] = 2
Plain = DISTINCTCOUNT(Region[Id])
`);
    const findings = await workspace.findings('file:///m.dax');
    expect(findings.map((it) => [it.rule, it.message])).toEqual([
      ['expectation-unstable', 'The expectation cannot hold: it reads Sales, whose rows are made up because it has no source; give it one, or rows.'],
      ['expectation-unstable', 'The expectation cannot hold: it reads Sales, whose rows are made up because it has no source; give it one, or rows.'],
      ['expectation-unstable', 'The expectation cannot hold: it reads Sales, whose rows are made up because it has no source; give it one, or rows.'],
    ]);
  });

  it('goes quiet once the table has rows', async () => {
    const opened = await openFixture(`${model}//- /m.dax\n/// @expect 80\nTotal = SUM(Sales[Amount])\n`);
    expect(await opened.workspace.findings('file:///m.dax')).toHaveLength(1);
    const file = opened.files.find((it) => it.path === '/m.daxmodel.yaml');
    opened.type('/m.daxmodel.yaml', (file?.text ?? '').replace('generate: { rows: 40 }', 'rows: [{ RegionId: n, Amount: 80 }]'));
    expect(await opened.workspace.findings('file:///m.dax')).toEqual([]);
  });
});
