// Did-you-mean: which name was probably meant.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { prepare, suggest } from '../../server/src/analysis/suggest.ts';
import { distance } from '../../server/src/base/closest.ts';

const of = (name: string, ...names: readonly string[]): string | undefined => {
  const found = suggest(name, prepare(names));
  return found === undefined ? undefined : `${found.name}${found.certain ? '' : '?'}`;
};

describe('suggestions', () => {
  it.each([
    ['Incoming essions_FactSession', ['Incoming sessions_FactSession', 'Sessions rejected'], 'Incoming sessions_FactSession'],
    ['FactSesion', ['FactSession', 'FactSessionParticipant'], 'FactSession'],
    ['DimDate', ['Dim Date', 'DimData'], 'Dim Date'],
    ['Tunrs', ['Turns', 'Trunk'], 'Turns'],
    ['ab', ['ax', 'ay'], 'ax?'],
    ['Turns', ['WaitTime', 'AgentId'], undefined],
    ['x', ['Sessions'], undefined],
  ] as const)('%s', (name, names, wanted) => {
    expect(of(name, ...names)).toBe(wanted);
  });
});

/** The textbook table, filled in full. */
function slowDistance(a: string, b: string): number {
  const d = Array.from({ length: a.length + 1 }, (_, i) => Array.from({ length: b.length + 1 }, (_unused, j) => (i === 0 ? j : j === 0 ? i : 0)));
  const at = (i: number, j: number): number => d[i]?.[j] ?? 0;
  for (let i = 1; i <= a.length; i++) {
    for (let j = 1; j <= b.length; j++) {
      let cost = Math.min(at(i - 1, j) + 1, at(i, j - 1) + 1, at(i - 1, j - 1) + (a[i - 1] === b[j - 1] ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) cost = Math.min(cost, at(i - 2, j - 2) + 1);
      (d[i] ?? [])[j] = cost;
    }
  }
  return at(a.length, b.length);
}

describe('edits', () => {
  it('are those of the textbook, up to the limit', () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 9 });
    fc.assert(fc.property(text, text, fc.integer({ min: 0, max: 5 }), (a, b, limit) => {
      expect(distance(a, b, limit)).toBe(Math.min(slowDistance(a, b), limit + 1));
    }), { numRuns: 5000, seed: 3 });
  });
});
