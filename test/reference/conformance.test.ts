// Values of the documentation and of Power BI Desktop: each is met, or not evaluated, and never another.
import { describe, expect, it } from 'vitest';
import type { QueryResult } from '../../server/src/plan/plan.ts';
import type { Cell, ValueType } from '../../server/src/plan/values.ts';
import { open, query } from '../semantics/chain.ts';
import { isDocumented, modelFileOf, queryOf, type Desktop, type DocumentedCase, type DocumentedValue, type Inputs } from './documented.ts';
import { readReference } from './reference.ts';

/** Cases that the documentation contradicts elsewhere, or that no model can hold. */
const doubtful: ReadonlyMap<string, string> = new Map([
  ['data-types#14', 'engines give FALSE for BLANK() || BLANK()'],
  ['data-types#15', 'engines give FALSE for BLANK() && BLANK()'],
  ['data-types#16', 'the operator reference: text and numbers are never compared'],
  ['data-types#17', 'the operator reference: text and numbers are never compared'],
  ['data-types#18', 'the operator reference: text and TRUE/FALSE are never compared'],
  ['acosh#table2', 'a digit is left out: it is 2.9932228'],
  ['tan#table1', 'rounded to four places, 0.9992'],
  ['averagea#1', 'a column of several types, which no model holds'],
]);

type Typed = readonly [Cell, ValueType];

/** `not evaluated` in any cell makes the whole not evaluated. */
function rowsOf(result: QueryResult): readonly (readonly Typed[])[] | 'not evaluated' | 'error' {
  if (result.kind === 'notEvaluated') return 'not evaluated';
  if (result.kind === 'error') return 'error';
  const rows = Array.from({ length: result.rowCount }, (_, i) => result.columns.map((it): Typed => [it.cells[i] ?? null, it.type]));
  const cells = rows.flat().map(([cell]) => cell);
  const has = (kind: string): boolean => cells.some((it) => it !== null && typeof it === 'object' && it.cell === kind);
  return has('notEvaluated') ? 'not evaluated' : has('error') ? 'error' : rows;
}

function meets({ expected }: DocumentedCase, found: ReturnType<typeof rowsOf>): boolean {
  if (found === 'not evaluated') return true;
  if (found === 'error' || expected.kind === 'error') return found === expected.kind;
  const wanted: readonly (readonly DocumentedValue[])[] = expected.kind === 'scalar' ? [[expected.value]] : expected.rows;
  const digits = expected.kind === 'scalar' ? expected.digits : undefined;
  const left = [...found];
  return wanted.length === found.length && wanted.every((row) => {
    const at = left.findIndex((its) => row.every((value, i) => isDocumented(value, its[i]?.[0] ?? null, its[i]?.[1] ?? 'blank', digits)));
    if (at >= 0) left.splice(at, 1);
    return at >= 0;
  });
}

const shown = (it: unknown): string => JSON.stringify(it, (_, value: unknown) => (typeof value === 'bigint' ? String(value) : value));

describe('values', () => {
  it('of the documentation', async () => {
    const cases = (readReference('conformance/docs.json') as readonly DocumentedCase[]).filter((it) => !doubtful.has(it.id));
    const empty = await open('file:///nothing.daxmodel.yaml', 'name: nothing\ntables: {}\n', '');
    const faults: string[] = [];
    let met = 0;
    for (const each of cases) {
      const shop = each.inputs === undefined ? empty : await open('file:///documented.daxmodel.yaml', modelFileOf(each.inputs), '');
      const { result, errors } = query(shop, queryOf(each));
      const found = rowsOf(result);
      if (!meets(each, found)) faults.push(`${each.id}: ${each.code}\n  found ${shown(found)}, documented ${shown(each.expected)}`);
      else if (found !== 'not evaluated') met++;
      if (each.expected.kind !== 'error') faults.push(...errors.map((error) => `${each.id}: ${each.code}\n  a false alarm: ${error.message}`));
    }
    expect(faults).toEqual([]);
    expect(met).toBeGreaterThan(30);
  });

  it('of Power BI Desktop', async () => {
    const { tables, probes } = readReference('conformance/desktop.json') as Desktop;
    const inputs: Inputs = Object.fromEntries(Object.entries(tables).flatMap(([name, rows]) => (
      typeof rows === 'string' ? [] : [[name, { columns: Object.keys(rows[0] ?? {}), rows: rows.map((it) => Object.values(it)) }]]
    )));
    const shop = await open('file:///desktop.daxmodel.yaml', modelFileOf(inputs), '');
    const faults: string[] = [];
    let met = 0;
    for (const { name, dax, want } of probes) {
      const { result, errors } = query(shop, dax);
      const found = rowsOf(result);
      const [only] = typeof found === 'string' ? [] : found.flat();
      if (only !== undefined && isDocumented(want, only[0], only[1])) met++;
      else if (found !== 'not evaluated') faults.push(`${name}: found ${shown(found)}, captured ${String(want)}`);
      faults.push(...errors.map((error) => `${name}: a false alarm: ${error.message}`));
    }
    expect(faults).toEqual([]);
    expect(met).toBeGreaterThan(15);
  });
});
