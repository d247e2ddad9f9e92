// What a proposal replaces where names and texts have signs of DAX in them, and where something stands behind the cursor.
import { describe, expect, it } from 'vitest';
import { afterCompleting, labelsAt } from './open.ts';

const model = `//- /m.daxmodel.yaml
name: m
tables:
  Fact:
    rows:
      - { Id: s1, Reason: "a (b)", "Avg. speed (sec)": 1, "Agent's": 2, "x]y": 3, Said: 'say "hi"' }
      - { Id: s2, Reason: "c, d", "Avg. speed (sec)": 1, "Agent's": 2, "x]y": 3, Said: no }
    columns:
      Id: { type: string, key: true }
      Reason: { type: string }
      "Avg. speed (sec)": { type: int64 }
      "Agent's": { type: int64 }
      "x]y": { type: int64 }
      Said: { type: string }
  "Fact (old)":
    rows: [ { Id: o1 } ]
    columns: { Id: { type: string } }
//- /m.dax
`;

describe('a proposal replaces', () => {
  it.each([
    ['M = CALC$0ULATE(SUM(Fact[Id]))', 'CALCULATE', 'M = CALCULATE(SUM(Fact[Id]))'],
    ['M = SUM(Fa$0ct[Id])', 'Fact', 'M = SUM(Fact[Id])'],
    ["M = COUNTROWS('$0Fact (old)')", 'Fact', "M = COUNTROWS('Fact')"],
    ["M = COUNTROWS('Fa$0ct (old)') // it's old", 'Fact', "M = COUNTROWS('Fact') // it's old"],
    ["M = COUNTROWS('$0), COUNTROWS('Fact (old)')", 'Fact', "M = COUNTROWS('Fact'), COUNTROWS('Fact (old)')"],
    ['M = SUM(Fact[A$0vg. speed (sec)])', "Agent's", "M = SUM(Fact[Agent's])"],
    ['M = SUM(Fact[$0Said "so"])', 'Id', 'M = SUM(Fact[Id])'],
    ["M = SUM(Fact[$0Agent's])", 'Id', 'M = SUM(Fact[Id])'],
    ['M = SUM(Fact[$0x]]y])', 'Id', 'M = SUM(Fact[Id])'],
    ['M = SUM(Fact[$0) + SUM(Fact[Id])', 'x]y', 'M = SUM(Fact[x]]y]) + SUM(Fact[Id])'],
    ['M = SUM(Fact[$0, "[x]")', 'Id', 'M = SUM(Fact[Id], "[x]")'],
    ['M = CALCULATE(1, Fact[Reason] = "$0a (b)", Fact[Id] = "x")', 'c, d', 'M = CALCULATE(1, Fact[Reason] = "c, d", Fact[Id] = "x")'],
    ['M = CALCULATE(1, Fact[Reason] = "$0), Fact[Id] = "x"', 'c, d', 'M = CALCULATE(1, Fact[Reason] = "c, d"), Fact[Id] = "x"'],
    ['M = CALCULATE(1, Fact[Said] = "say$0 ""hi""")', 'say "hi"', 'M = CALCULATE(1, Fact[Said] = "say ""hi""")'],
    ['M = CALCULATE(1, Fact[Reason] IN { "$0", "a (b)" })', 'c, d', 'M = CALCULATE(1, Fact[Reason] IN { "c, d", "a (b)" })'],
  ])('what belongs to it: %j', async (text, label, expected) => {
    expect(await afterCompleting(`${model}${text}\n`, label)).toBe(expected);
  });

  it('the name of a table alone where its column stands behind it', async () => {
    expect(await labelsAt(`${model}M = SUM(Fa$0ct[Id])\n`)).toEqual(['Fact', 'Fact (old)']);
  });

  it('the name of a function alone where its arguments stand behind it', async () => {
    expect(await labelsAt(`${model}M = COUNTR$0(Fact)\n`)).not.toContain('Fact');
    expect(await afterCompleting(`${model}M = COUNTR$0(Fact)\n`, 'COUNTROWS')).toBe('M = COUNTROWS(Fact)');
    expect(await afterCompleting(`${model}M = N$0(TRUE)\n`, 'NOT')).toBe('M = NOT(TRUE)');
  });

  it('a column of rows by the name that it has in them', async () => {
    expect(await afterCompleting(`${model}M = SUMX(SELECTCOLUMNS(Fact, "Y", Fact[Id]), [$0)\n`, 'Y')).toBe('M = SUMX(SELECTCOLUMNS(Fact, "Y", Fact[Id]), [Y])');
    expect(await labelsAt(`${model}M = SUMX(SELECTCOLUMNS(Fact, "Y", Fact[Id]), [$0)\n`)).toEqual(['Y']);
  });
});
