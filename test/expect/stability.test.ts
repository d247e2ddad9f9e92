// An expectation that reads the clock of the machine cannot hold.
import { describe, expect, it } from 'vitest';
import type { Segment } from '../../grammar/src/tree.ts';
import type { Bound, Target } from '../../server/src/analysis/bound.ts';
import { instability } from '../../server/src/expect/index.ts';
import { functionNamed } from '../../server/src/functions/index.ts';

const span = { start: 0, end: 5 };

/** What analysis says of a metric that calls functions. */
function metric(name: string, ...functions: readonly string[]): Bound {
  const missing = { kind: 'missing', span } as const;
  const segment: Segment = {
    start: 0, end: 5, text: '', problems: [], comments: [],
    item: { kind: 'measure', form: 'plain', span, docs: undefined, name, nameSpan: span, assign: span, body: missing, table: undefined },
  };
  const targets = functions.map((it): Target => {
    const spec = functionNamed(it);
    return spec === undefined ? { kind: 'unresolved', name: it } : { kind: 'function', spec };
  });
  return {
    segment, references: targets.map((target) => ({ span, target })), codes: [], findings: [],
    dependencies: { measures: new Set(), tables: new Set(), columns: new Set(), functions: new Set() }, relationships: [],
    typeOf: () => ({ kind: 'unknown' }),
    columnOf: () => undefined,
  };
}

describe('under the clock of the machine', () => {
  it.each(['NOW', 'TODAY', 'UTCNOW', 'UTCTODAY'])('%s makes a metric unstable', (name) => {
    expect(instability([metric('Open sessions', 'SUMX', name)], 'now'))
      .toBe(`Open sessions reads the clock of the machine through ${name}; give the project a fixed clock`);
  });

  it('so does a metric further down', () => {
    expect(instability([metric('A', 'SUMX'), metric('B', 'TODAY')], 'now')).toContain('B reads the clock');
  });

  it('other functions do not', () => {
    expect(instability([metric('A', 'DATE', 'RAND')], 'now')).toBeUndefined();
  });
});

it.each(['data', '2025-08-31T12:00:00'])('the clock %s stands still', (clock) => {
  expect(instability([metric('A', 'NOW')], clock)).toBeUndefined();
});
