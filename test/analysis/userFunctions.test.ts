// Functions put in for their calls: bounded whatever text defines, and each fault told where the call stands.
import { describe, expect, it } from 'vitest';
import { parseFile } from '../../grammar/src/index.ts';
import { createLowering, type DefinedFunction } from '../../server/src/analysis/index.ts';
import { functionNamed } from '../../server/src/functions/index.ts';
import type { Scalar } from '../../server/src/plan/plan.ts';
import { modelOf } from '../support/models.ts';
import { showScalar } from '../support/plans.ts';
import { within } from '../support/within.ts';

const model = modelOf({ tables: { T: { columns: { N: 'int64' }, rows: [] } } });

/** The plan of an expression with these functions around. */
function plan(definitions: string, expression: string): Scalar {
  const isFunction = (name: string): boolean => functionNamed(name) !== undefined;
  const functions = new Map(parseFile(definitions, { isFunction }).segments.flatMap((segment): readonly (readonly [string, DefinedFunction])[] => {
    const { item } = segment;
    return item.kind === 'functionDefinition' ? [[item.name.toUpperCase(), { name: item.name, uri: 'file:///f.dax', segment, definition: item }]] : [];
  }));
  const [query] = parseFile(`EVALUATE { ${expression} }`, { isFunction }).segments;
  if (query?.item.kind !== 'query') throw new Error('no query');
  const lowering = createLowering(model, new Map(), undefined, { functions });
  const relation = lowering.query(query.item, query.text)[0]?.relation;
  if (relation?.op !== 'rows') throw new Error(`no rows: ${JSON.stringify(relation)}`);
  return relation.rows[0]?.[0] ?? { op: 'constant', type: 'blank', value: null };
}

/** All reasons why parts of a plan are not evaluated, with their places. */
function reasonsIn(it: unknown): readonly unknown[] {
  if (typeof it !== 'object' || it === null) return [];
  if ('op' in it && it.op === 'notEvaluated' && 'reason' in it) return [it.reason];
  return Object.values(it).flatMap(reasonsIn);
}

describe('a call', () => {
  it('is replaced by the body, its values by variables', () => {
    expect(showScalar(plan('FUNCTION Twice = (x) => x * 2', 'Twice(1 + 2)'))).toBe('let(v1 = +(1, 2); *(v1, 2))');
    expect(showScalar(plan('FUNCTION Twice = (x : EXPR) => x * x', 'Twice(1 + 2)'))).toBe('*(+(1, 2), +(1, 2))');
  });

  it('of a function of DAX is that function, whatever text defines', () => {
    expect(showScalar(plan('FUNCTION ABS = (x) => x * 2', 'ABS(1)'))).toBe('ABS(1)');
  });

  it('points to itself where something in the body has no value', () => {
    const it = plan('FUNCTION Bad = (x) => x + [Nowhere]', '1 + Bad(2)');
    expect(JSON.stringify(it)).toContain('"reason":{"id":"unresolved-name","name":"[Nowhere]"},"at":{"source":0,"start":15,"end":21}');
  });

  it('of a function that cannot be read has no value', () => {
    expect(reasonsIn(plan('FUNCTION Bad = (x) => x +', 'Bad(2)'))).toEqual([{ id: 'syntax-error' }]);
  });
});

describe('functions without end', () => {
  const limit = { id: 'limit', what: 'depth', limit: '50,000 parts of an expression with its functions put in' };
  const chain = (count: number, body: (before: string) => string, first: string): string =>
    `FUNCTION F0 = ${first}\n${Array.from({ length: count }, (_, i) => `FUNCTION F${String(i + 1)} = ${body(`F${String(i)}`)}\n`).join('')}`;

  it.each([
    ['call the one before twice', chain(200, (it) => `(x) => ${it}(x) + ${it}(x)`, '(x) => x'), 'F200(1)'],
    ['hand an expression on twice', chain(200, (it) => `(x : EXPR) => ${it}(x + x)`, '(x : EXPR) => x'), 'F200(1)'],
    ['nest their arguments', chain(200, (it) => `(x : EXPR) => ${it}(${it}(${it}(x)))`, '(x : EXPR) => x + x'), 'F200(1)'],
    ['are many', chain(5_000, (it) => `(x) => ${it}(x)`, '(x) => x'), 'F5000(1)'],
    ['nest deeply each', chain(60, (it) => `(x) => ${'('.repeat(150)}${it}(x)${')'.repeat(150)}`, '(x) => x'), 'F60(1)'],
  ])('%s: they end at a limit, soon', (_, definitions, call) => {
    const reasons = within(3, () => reasonsIn(plan(definitions, call)));
    expect(reasons.length).toBeGreaterThan(0);
    for (const it of reasons) expect(it).toEqual(limit);
  });

  it('lead back to themselves: the way is told', () => {
    const definitions = 'FUNCTION A = (x) => B(x)\nFUNCTION B = (x) => C(x)\nFUNCTION C = (x = A(1)) => x\nFUNCTION Self = () => Self()';
    expect(reasonsIn(plan(definitions, 'Self()'))).toEqual([{ id: 'circular-dependency', path: 'Self → Self' }]);
    expect(reasonsIn(plan('FUNCTION A = (x) => B(x)\nFUNCTION B = (x) => A(x)', 'B(1)'))).toEqual([{ id: 'circular-dependency', path: 'B → A → B' }]);
    expect(reasonsIn(plan('FUNCTION D = (x = D()) => x', 'D()'))).toEqual([{ id: 'circular-dependency', path: 'D → D' }]);
  });
});
